import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Whose a token is, and which application holds it (none for the command line's). */
export interface TokenOwner {
  readonly companyId: number;
  readonly userId: number;
  readonly clientId: string | null;
}

/**
 * What a token opens: one of the four APIs, Timekit's by the kinds of its keys ('timekit' is the app token, 'timekit-server'
 * and 'timekit-client' belong to one resource); or the web app, as a session.
 */
export type Door =
  | 'tsheets-rest'
  | 'tsheets-legacy'
  | 'timestation'
  | 'timekit'
  | 'timekit-widget'
  | 'timekit-server'
  | 'timekit-client'
  | 'web';

/** A valid access token. */
export interface AccessToken extends TokenOwner {
  readonly door: Door;
  /** The application whose bookings Timekit's keys are for; null for the other doors. */
  readonly bookingAppId: number | null;
  /** Epoch seconds; null when it does not expire. */
  readonly expiresAt: number | null;
  /** When its application was registered (epoch seconds); null without one. */
  readonly appCreated: number | null;
  /** Names what it is revoked together with: an authorization, or a session of the web app; null for a single token. */
  readonly family: string | null;
}

/** A new access token. */
export interface NewAccessToken extends Omit<AccessToken, 'appCreated' | 'door' | 'bookingAppId'> {
  /** The TSheets REST API when not given. */
  readonly door?: Door;
  readonly bookingAppId?: number | null;
  readonly hash: string;
  readonly label: string;
}

/** A refresh token as it is stored. */
export interface RefreshToken extends TokenOwner {
  readonly family: string;
  readonly expiresAt: number;
  readonly used: boolean;
  readonly revoked: boolean;
}

function instant(epochSeconds: number | null): string | null {
  return epochSeconds === null ? null : pgOfEpoch(epochSeconds);
}

/**
 * Keeps an access token. The same token of the same user given again (a fixed demo token) is valid again; false when the
 * token is another user's.
 */
export async function insertAccessToken(db: Db, token: NewAccessToken, now: number): Promise<boolean> {
  const rows = await db.rows(sql`
    INSERT INTO access_tokens AS t
      (hash, company_id, user_id, client_id, family, label, created, expires_at, door, booking_app_id)
    VALUES (${token.hash}, ${token.companyId}, ${token.userId}, ${token.clientId}, ${token.family}, ${token.label},
            ${pgOfEpoch(now)}, ${instant(token.expiresAt)}, ${token.door ?? 'tsheets-rest'}, ${token.bookingAppId ?? null})
    ON CONFLICT (hash) DO UPDATE SET revoked_at = NULL, expires_at = EXCLUDED.expires_at, label = EXCLUDED.label
    WHERE t.company_id = EXCLUDED.company_id AND t.user_id = EXCLUDED.user_id AND t.door = EXCLUDED.door
      AND t.booking_app_id IS NOT DISTINCT FROM EXCLUDED.booking_app_id
    RETURNING 1`);
  return rows.length > 0;
}

/** The token of a hash, unless it or its application was revoked; the user and the moment are checked by the caller. */
export async function findAccessToken(db: Db, hash: string): Promise<AccessToken | undefined> {
  const [row] = await db.rows(sql`
    SELECT t.company_id, t.user_id, t.client_id, t.expires_at, a.created, t.door, t.booking_app_id, t.family
    FROM access_tokens t LEFT JOIN oauth_apps a ON a.client_id = t.client_id
    LEFT JOIN booking_apps b ON b.company_id = t.company_id AND b.id = t.booking_app_id
    WHERE t.hash = ${hash} AND t.revoked_at IS NULL AND (t.client_id IS NULL OR a.active)
      AND (t.booking_app_id IS NULL OR b.active)`);
  if (row === undefined) return undefined;
  const [companyId, userId, clientId, expiresAt, appCreated, door, bookingAppId, family] = row;
  return {
    companyId: Number(companyId),
    userId: Number(userId),
    clientId: clientId ?? null,
    family: family ?? null,
    expiresAt: typeof expiresAt === 'string' ? epochOfPg(expiresAt) : null,
    appCreated: typeof appCreated === 'string' ? epochOfPg(appCreated) : null,
    door: door as Door,
    bookingAppId: typeof bookingAppId === 'string' ? Number(bookingAppId) : null,
  };
}

/** Revokes one access token; gives its company, or undefined when there is nothing to revoke. */
export async function revokeAccessToken(db: Db, hash: string, now: number): Promise<number | undefined> {
  const [row] = await db.rows(sql`
    UPDATE access_tokens SET revoked_at = ${pgOfEpoch(now)} WHERE hash = ${hash} AND revoked_at IS NULL
    RETURNING company_id`);
  return row === undefined ? undefined : Number(row[0]);
}

/** Revokes every access and refresh token that descends from one authorization, or a session with all that it gave out. */
export async function revokeFamily(db: Db, family: string, now: number): Promise<void> {
  const at = pgOfEpoch(now);
  await db.pipeline([
    sql`UPDATE access_tokens SET revoked_at = ${at} WHERE family = ${family} AND revoked_at IS NULL`,
    sql`UPDATE refresh_tokens SET revoked_at = ${at} WHERE family = ${family} AND revoked_at IS NULL`,
  ]);
}

/** A key of one person, of a booking application. */
export interface PersonalKey {
  /** Names it without giving it away: the first half of its hash, written as a UUID. */
  readonly id: string;
  readonly userId: number;
  readonly door: Door;
  readonly label: string;
  /** Epoch seconds. */
  readonly created: number;
}

const asUuid = sql`left(t.hash, 32)::uuid`;

/** The valid keys that persons have for a booking application, oldest first. */
export async function personalKeysOf(db: Db, companyId: number, bookingAppId: number): Promise<PersonalKey[]> {
  const rows = await db.rows(sql`
    SELECT ${asUuid}, t.user_id, t.door, t.label, t.created FROM access_tokens t
    JOIN users u ON u.company_id = t.company_id AND u.id = t.user_id AND u.active
    WHERE t.company_id = ${companyId} AND t.booking_app_id = ${bookingAppId} AND t.revoked_at IS NULL
      AND t.door IN ('timekit-server', 'timekit-client')
    ORDER BY t.created, t.hash`);
  return rows.map(([id, userId, door, label, created]) => ({
    id: id ?? '',
    userId: Number(userId),
    door: door as Door,
    label: label ?? '',
    created: epochOfPg(created ?? ''),
  }));
}

/** Revokes one of them. */
export async function revokePersonalKey(db: Db, companyId: number, id: string, now: number): Promise<void> {
  await db.rows(sql`
    UPDATE access_tokens t SET revoked_at = ${pgOfEpoch(now)}
    WHERE t.company_id = ${companyId} AND ${asUuid} = ${id}::uuid AND t.door IN ('timekit-server', 'timekit-client')`);
}

/** Revokes the keys of a booking application that open these doors. */
export async function revokeBookingAppTokens(
  db: Db,
  companyId: number,
  bookingAppId: number,
  doors: readonly Door[],
  now: number,
): Promise<void> {
  await db.rows(sql`
    UPDATE access_tokens SET revoked_at = ${pgOfEpoch(now)}
    WHERE company_id = ${companyId} AND booking_app_id = ${bookingAppId} AND door = ANY(${doors}) AND revoked_at IS NULL`);
}

/** Revokes every access and refresh token of one user. */
export async function revokeTokensOfUser(db: Db, companyId: number, userId: number, now: number): Promise<void> {
  const at = pgOfEpoch(now);
  await db.pipeline([
    sql`UPDATE access_tokens SET revoked_at = ${at}
        WHERE company_id = ${companyId} AND user_id = ${userId} AND revoked_at IS NULL`,
    sql`UPDATE refresh_tokens SET revoked_at = ${at}
        WHERE company_id = ${companyId} AND user_id = ${userId} AND revoked_at IS NULL`,
  ]);
}

/** Keeps a refresh token, under its hash. */
export async function insertRefreshToken(
  db: Db,
  token: TokenOwner & { hash: string; family: string; expiresAt: number },
  now: number,
): Promise<void> {
  await db.rows(sql`
    INSERT INTO refresh_tokens (hash, company_id, user_id, client_id, family, created, expires_at)
    VALUES (${token.hash}, ${token.companyId}, ${token.userId}, ${token.clientId}, ${token.family}, ${pgOfEpoch(now)},
            ${pgOfEpoch(token.expiresAt)})`);
}

/**
 * The refresh token of a hash. Its family stays locked until the transaction ends, so that two uses at once, or a use and
 * a revocation, come one after the other.
 */
export async function lockRefreshToken(db: Db, hash: string): Promise<RefreshToken | undefined> {
  const [, [row] = []] = await db.pipeline([
    sql`SELECT pg_advisory_xact_lock(20003, hashtext(family::text)) FROM refresh_tokens WHERE hash = ${hash}`,
    sql`SELECT company_id, user_id, client_id, family, expires_at, used_at IS NOT NULL, revoked_at IS NOT NULL
        FROM refresh_tokens WHERE hash = ${hash}`,
  ]);
  if (row === undefined) return undefined;
  const [companyId, userId, clientId, family, expiresAt, used, revoked] = row;
  return {
    companyId: Number(companyId),
    userId: Number(userId),
    clientId: clientId ?? null,
    family: family ?? '',
    expiresAt: epochOfPg(expiresAt ?? ''),
    used: used === 't',
    revoked: revoked === 't',
  };
}

/** Marks a refresh token as used. */
export async function markRefreshTokenUsed(db: Db, hash: string, now: number): Promise<void> {
  await db.rows(sql`UPDATE refresh_tokens SET used_at = ${pgOfEpoch(now)} WHERE hash = ${hash}`);
}

/** Notes that a user was active, and through which token. */
export async function recordActivity(db: Db, user: TokenOwner, tokenHash: string, now: number): Promise<void> {
  const at = pgOfEpoch(now);
  await db.pipeline([
    sql`INSERT INTO user_activity AS a (company_id, user_id, last_active) VALUES (${user.companyId}, ${user.userId}, ${at})
        ON CONFLICT (company_id, user_id) DO UPDATE SET last_active = greatest(a.last_active, EXCLUDED.last_active)`,
    sql`UPDATE access_tokens SET last_used = greatest(last_used, ${at}) WHERE hash = ${tokenHash}`,
  ]);
}

/** Deletes tokens that have been useless for 30 days. */
export async function deleteExpiredTokens(db: Db, now: number): Promise<void> {
  const before = pgOfEpoch(now - 30 * 86_400);
  await db.pipeline([
    sql`DELETE FROM access_tokens WHERE expires_at < ${before} OR revoked_at < ${before}`,
    sql`DELETE FROM refresh_tokens WHERE expires_at < ${before} OR revoked_at < ${before}`,
  ]);
}
