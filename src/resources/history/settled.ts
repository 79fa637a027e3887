import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../lib/errors.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Class of the advisory locks under which rows of history are numbered; see migration 0037. */
const stampLock = 20_001;
const pauseMilliseconds = 20;

const latest = sql`SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM history_id_seq`;

/**
 * The number up to which the history of each of these companies has all that it will ever have, whatever order transactions
 * commit in. A company is left out while somebody who wrote in it takes longer than `patience` (milliseconds); what it misses
 * now comes with a later call. Nobody waits for the caller. `db` must see all of the companies and be no transaction.
 */
export async function settledUpTo(
  db: Db,
  companyIds: readonly number[],
  patience = 2_000,
): Promise<Map<number, number>> {
  const [[last] = [], locks = []] = await db.pipeline([latest, holders(companyIds)]);
  const number = Number(last?.[0] ?? 0);
  let under = new Set(locks.map(String));
  const end = performance.now() + patience;
  while (under.size > 0 && performance.now() < end) {
    await sleep(pauseMilliseconds);
    // Who began later has later numbers, and does not matter.
    const now = new Set((await db.rows(holders(companyIds))).map(String));
    under = under.intersection(now);
  }
  const unsettled = new Set([...under].map((lock) => Number(lock.split(',')[0])));
  return new Map(companyIds.filter((id) => !unsettled.has(id)).map((id) => [id, number]));
}

/**
 * The present of a company: whoever reads its rows after this sees all changes up to that number, and all others come behind it.
 * Throws DomainError ('unavailable') while somebody takes long to write.
 */
export async function presentOf(db: Db, companyId: number): Promise<number> {
  const number = (await settledUpTo(db, [companyId])).get(companyId);
  if (number !== undefined) return number;
  throw new DomainError('unavailable', 'A long write is under way. Ask again in a moment.', { code: 'retry' });
}

/** Companies, and the transactions that write in them. */
function holders(companyIds: readonly number[]) {
  return sql`
    SELECT objid, virtualtransaction FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND classid = ${stampLock}::oid AND objsubid = 2
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND objid = ANY(${companyIds}::oid[])`;
}
