import { pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import type { Door } from './queries.ts';

/**
 * Signs people out wherever they signed in with their password: ends their sessions of the web app, with what these gave out, and
 * of the legacy API; questions of the OAuth pages that wait for them are dropped. Tokens and keys stay, and the sign-in `kept`: a
 * session's family, or the hash of one of the legacy API.
 */
export async function endSignIns(
  db: Db,
  companyId: number,
  userIds: readonly number[],
  now: number,
  kept?: string,
): Promise<void> {
  if (userIds.length === 0) return;
  await db.pipeline([
    sql`SELECT end_sign_ins(${companyId}, ${userIds}::int[], ${kept ?? null}, ${pgOfEpoch(now)})`,
    sql`DELETE FROM authorization_requests WHERE company_id = ${companyId} AND user_id = ANY(${userIds}::int[])`,
  ]);
}

/** Revokes what a session gave out for a door. */
export async function revokeTrial(db: Db, family: string, door: Door, now: number): Promise<void> {
  await db.rows(sql`
    UPDATE access_tokens SET revoked_at = ${pgOfEpoch(now)}
    WHERE family = ${family} AND door = ${door} AND revoked_at IS NULL`);
}
