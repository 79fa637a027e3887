import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';

/** A user of a company. */
export interface CompanyUser {
  readonly companyId: number;
  readonly userId: number;
}

/** A session of the legacy API as it is stored. */
export interface StoredSession {
  /** The user that its API key was made for. */
  readonly keyOwner: CompanyUser;
  /** Who has logged in; undefined before. */
  readonly user: CompanyUser | undefined;
  /** Epoch seconds. */
  readonly lastUsed: number;
}

const hour = 3_600;
/** Seconds without a request after which a session ends: after a log-in, and before one. The reference is silent. */
const idleSeconds = 24 * hour;
const idleBeforeLogIn = hour;
/** Seconds after which every session ends. */
const longestSession = 30 * 24 * hour;

/** Sessions `s` that have not ended by themselves. */
function alive(now: number): Sql {
  const since = (seconds: number): string => pgOfEpoch(now - seconds);
  return sql`(s.created > ${since(longestSession)}::timestamptz AND s.last_used > CASE WHEN s.user_id IS NULL
    THEN ${since(idleBeforeLogIn)}::timestamptz ELSE ${since(idleSeconds)}::timestamptz END)`;
}

/** SQL: that the API key `k` is still good. */
const goodKey = (now: number): Sql =>
  sql`(k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${pgOfEpoch(now)}::timestamptz))`;

/** Keeps a new session, under its hash. */
export async function insertSession(
  db: Db,
  session: { readonly hash: string; readonly companyId: number; readonly keyHash: string },
  now: number,
): Promise<void> {
  const at = pgOfEpoch(now);
  await db.rows(sql`
    INSERT INTO legacy_sessions (hash, company_id, key_hash, created, last_used)
    VALUES (${session.hash}, ${session.companyId}, ${session.keyHash}, ${at}, ${at})`);
}

/** The session of a hash, unless it has ended or its API key was revoked; archived users are the caller's to refuse. */
export async function findSession(db: Db, hash: string, now: number): Promise<StoredSession | undefined> {
  const [row] = await db.rows(sql`
    SELECT k.company_id, k.user_id, s.user_company_id, s.user_id, s.last_used
    FROM legacy_sessions s JOIN access_tokens k ON k.hash = s.key_hash
    WHERE s.hash = ${hash} AND ${goodKey(now)} AND ${alive(now)}`);
  if (row === undefined) return undefined;
  const [keyCompany, keyUser, userCompany, userId, lastUsed] = row;
  return {
    keyOwner: { companyId: Number(keyCompany), userId: Number(keyUser) },
    user: userId === null ? undefined : { companyId: Number(userCompany), userId: Number(userId) },
    lastUsed: epochOfPg(String(lastUsed)),
  };
}

/** Notes that a session is used. */
export async function touchSession(db: Db, hash: string, now: number): Promise<void> {
  await db.rows(
    sql`UPDATE legacy_sessions SET last_used = greatest(last_used, ${pgOfEpoch(now)}) WHERE hash = ${hash}`,
  );
}

/** Logs a user in; false when the session is gone. */
export async function bindSession(db: Db, hash: string, user: CompanyUser, now: number): Promise<boolean> {
  const rows = await db.rows(sql`
    UPDATE legacy_sessions SET user_company_id = ${user.companyId}, user_id = ${user.userId},
      last_used = greatest(last_used, ${pgOfEpoch(now)})
    WHERE hash = ${hash} RETURNING 1`);
  return rows.length > 0;
}

/** Ends a session. */
export async function deleteSession(db: Db, hash: string): Promise<void> {
  await db.rows(sql`DELETE FROM legacy_sessions WHERE hash = ${hash}`);
}

/** Whether a user is logged in by any session. */
export async function hasSession(db: Db, { companyId, userId }: CompanyUser, now: number): Promise<boolean> {
  const rows = await db.rows(sql`
    SELECT 1 FROM legacy_sessions s JOIN access_tokens k ON k.hash = s.key_hash
    WHERE s.user_company_id = ${companyId} AND s.user_id = ${userId} AND ${goodKey(now)} AND ${alive(now)} LIMIT 1`);
  return rows.length > 0;
}

/** Deletes the sessions that have ended. */
export async function deleteEndedSessions(db: Db, now: number): Promise<void> {
  await db.rows(sql`
    DELETE FROM legacy_sessions s USING access_tokens k
    WHERE k.hash = s.key_hash AND NOT (${goodKey(now)} AND ${alive(now)})`);
}
