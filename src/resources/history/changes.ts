import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import type { EventAction } from './eventful.ts';

/** One change of one row, as the history keeps it. */
export interface Change {
  /** Its place among all changes of the company. */
  readonly id: number;
  readonly table: string;
  readonly rowId: number;
  readonly action: EventAction;
  /** Who did it; 0 where the server itself was at work. */
  readonly userId: number;
  /** The door that it came through. */
  readonly via: string;
  /** As PostgreSQL prints it. */
  readonly at: string;
}

const columns = sql`id, resource, row_id, actor_user_id, via, at, before IS NULL, after IS NULL`;

function changeOf(cells: readonly (string | null)[]): Change {
  const [id, table, rowId, userId, via, at, isNew, isGone] = cells;
  return {
    id: Number(id),
    table: String(table),
    rowId: Number(rowId),
    action: isNew === 't' ? 'created' : isGone === 't' ? 'deleted' : 'updated',
    userId: Number(userId ?? 0),
    via: String(via),
    at: String(at),
  };
}

/** Changes of a company behind one and up to another, in order. */
export async function readChanges(
  db: Db,
  companyId: number,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<Change[]> {
  const rows = await db.rows(sql`
    SELECT ${columns} FROM history WHERE company_id = ${companyId} AND id > ${after}::bigint AND id <= ${upTo}::bigint
    ORDER BY id LIMIT ${limit}`);
  return rows.map(changeOf);
}

/** These changes, by id. */
export async function changesById(db: Db, companyId: number, ids: readonly number[]): Promise<Map<number, Change>> {
  const rows = await db.rows(sql`
    SELECT ${columns} FROM history WHERE company_id = ${companyId} AND id = ANY(${ids}::bigint[])`);
  return new Map(rows.map(changeOf).map((change) => [change.id, change]));
}

/** What rows were, by the change: after it, or before it where it deleted them; by column. */
export async function imagesOf(
  db: Db,
  companyId: number,
  ids: readonly number[],
): Promise<Map<number, Readonly<Record<string, unknown>>>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows(sql`
    SELECT id, coalesce(after, before) FROM history WHERE company_id = ${companyId} AND id = ANY(${ids}::bigint[])`);
  return new Map(rows.map(([id, image]) => [Number(id), JSON.parse(image ?? '{}') as Record<string, unknown>]));
}
