import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** A user with what is needed to check his password. */
export interface Login {
  readonly companyId: number;
  readonly userId: number;
  readonly clientUrl: string;
  readonly companyName: string;
  readonly username: string;
  readonly name: string;
  readonly active: boolean;
  readonly requirePasswordChange: boolean;
  readonly passwordHash: string | null;
}

const login = sql`
  SELECT c.id, u.id, c.client_url, c.name, u.username, coalesce(nullif(u.display_name, ''), u.first_name || ' ' || u.last_name),
         u.active, u.require_password_change, p.password_hash
  FROM companies c JOIN users u ON u.company_id = c.id
  LEFT JOIN credentials p ON p.company_id = u.company_id AND p.user_id = u.id`;

async function oneLogin(db: Db, condition: ReturnType<typeof sql>): Promise<Login | undefined> {
  // Who manages a client from outside signs in at home.
  const [row] = await db.rows(sql`${login} WHERE ${condition} AND u.external_company_id IS NULL`);
  if (row === undefined) return undefined;
  const [companyId, userId, clientUrl, companyName, username, name, active, requirePasswordChange, passwordHash] = row;
  return {
    companyId: Number(companyId),
    userId: Number(userId),
    clientUrl: clientUrl ?? '',
    companyName: companyName ?? '',
    username: username ?? '',
    name: name ?? '',
    active: active === 't',
    requirePasswordChange: requirePasswordChange === 't',
    passwordHash: passwordHash ?? null,
  };
}

/** The user of a company address and user name, in any case of letters. */
export function findLogin(db: Db, clientUrl: string, username: string): Promise<Login | undefined> {
  return oneLogin(db, sql`lower(c.client_url) = lower(${clientUrl}) AND lower(u.username) = lower(${username})`);
}

/** The user name of whom a name or email address means among those who sign in; undefined when that is nobody, or not one. */
export async function usernameOf(db: Db, companyId: number, text: string): Promise<string | undefined> {
  const rows = await db.rows(sql`
    SELECT u.username, lower(u.username) = lower(${text}) AS named FROM users u
    WHERE u.company_id = ${companyId} AND u.external_company_id IS NULL
      AND (lower(u.username) = lower(${text}) OR (u.active AND u.email <> '' AND lower(u.email) = lower(${text})))
    ORDER BY named DESC LIMIT 2`);
  const [first, second] = rows;
  return first !== undefined && (first[1] === 't' || second === undefined) ? (first[0] ?? undefined) : undefined;
}

/** The user of an id. */
export function loginOf(db: Db, companyId: number, userId: number): Promise<Login | undefined> {
  return oneLogin(db, sql`c.id = ${companyId} AND u.company_id = ${companyId} AND u.id = ${userId}`);
}

/** Stores a user's password hash. */
export async function storePasswordHash(db: Db, companyId: number, userId: number, hash: string): Promise<void> {
  await db.rows(sql`
    INSERT INTO credentials (company_id, user_id, password_hash) VALUES (${companyId}, ${userId}, ${hash})
    ON CONFLICT (company_id, user_id) DO UPDATE SET password_hash = EXCLUDED.password_hash`);
}

/** Says whether the user must choose a new password when he signs in next. */
export async function updateRequirePasswordChange(
  db: Db,
  companyId: number,
  userId: number,
  required: boolean,
): Promise<void> {
  await db.rows(sql`
    UPDATE users SET require_password_change = ${required}
    WHERE company_id = ${companyId} AND id = ${userId} AND require_password_change <> ${required}`);
}

/** What is counted: failed tries per account or per address, new companies per address. */
export type AttemptScope = 'account' | 'address' | 'sign-up';

/** How many attempts are free, and how long (seconds) they are remembered. */
export interface AttemptLimit {
  readonly free: number;
  readonly window: number;
  /** The first wait; it doubles with each further attempt, up to the window. */
  readonly firstWait: number;
}

/** Counts an attempt before its outcome is known, so that many at once can not slip through; false when it must wait. */
export async function countAttempt(
  db: Db,
  scope: AttemptScope,
  key: string,
  limit: AttemptLimit,
  now: number,
): Promise<boolean> {
  const at = pgOfEpoch(now);
  const rows = await db.rows(sql`
    INSERT INTO sign_in_attempts AS a (scope, key, attempts, forget_at)
    VALUES (${scope}, ${key}, 1, ${pgOfEpoch(now + limit.window)})
    ON CONFLICT (scope, key) DO UPDATE SET (attempts, blocked_until, forget_at) = (
      SELECT n.attempts, n.until, coalesce(n.until + ${limit.window} * interval '1 second',
                                           CASE WHEN n.attempts = 1 THEN EXCLUDED.forget_at ELSE a.forget_at END)
      FROM (
        SELECT m.attempts, CASE WHEN m.attempts >= ${limit.free}::integer THEN ${at}::timestamptz + interval '1 second'
          * least(${limit.firstWait} * power(2, least(m.attempts - ${limit.free}::integer, 20)), ${limit.window}) END AS until
        FROM (SELECT CASE WHEN a.forget_at <= ${at} THEN 1 ELSE a.attempts + 1 END AS attempts) m
      ) n)
    WHERE a.blocked_until IS NULL OR a.blocked_until <= ${at}
    RETURNING 1`);
  return rows.length > 0;
}

/** When the next attempt is allowed, in epoch seconds. */
export async function blockedUntil(db: Db, scope: AttemptScope, key: string): Promise<number | undefined> {
  const [row] = await db.rows(sql`SELECT blocked_until FROM sign_in_attempts WHERE scope = ${scope} AND key = ${key}`);
  const cell = row?.[0];
  return typeof cell === 'string' ? epochOfPg(cell) : undefined;
}

/** Forgets an account's attempts, and the one attempt of the address that succeeded. */
export async function forgiveAttempts(db: Db, account: string, address: string, limit: AttemptLimit): Promise<void> {
  await db.pipeline([
    sql`DELETE FROM sign_in_attempts WHERE scope = 'account' AND key = ${account}`,
    sql`UPDATE sign_in_attempts SET attempts = greatest(attempts - 1, 0),
          blocked_until = CASE WHEN attempts - 1 >= ${limit.free} THEN blocked_until END
        WHERE scope = 'address' AND key = ${address}`,
  ]);
}

/** Deletes counts that are no longer remembered. */
export async function deleteOldAttempts(db: Db, now: number): Promise<void> {
  await db.rows(sql`DELETE FROM sign_in_attempts WHERE forget_at < ${pgOfEpoch(now)}`);
}
