import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** A registered OAuth application. */
export interface OAuthApp {
  readonly clientId: string;
  readonly companyId: number;
  readonly name: string;
  readonly description: string;
  readonly redirectUris: readonly string[];
  readonly secretHash: string;
}

/** What a signed-in user is being asked, or has granted: the checked parameters of GET /authorize. */
export interface Authorization {
  readonly companyId: number;
  readonly userId: number;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string | null;
}

/** An authorization that waits for an answer. */
export interface AuthorizationRequest extends Authorization {
  readonly purpose: 'password' | 'consent';
  readonly state: string;
}

/** An authorization code as it is stored. */
export interface AuthorizationCode extends Authorization {
  readonly family: string;
  readonly expiresAt: number;
  readonly used: boolean;
}

/** Registers an application. */
export async function insertApp(db: Db, app: OAuthApp, now: number): Promise<void> {
  await db.rows(sql`
    INSERT INTO oauth_apps (client_id, company_id, name, description, redirect_uris, secret_hash, created, secret_created)
    VALUES (${app.clientId}, ${app.companyId}, ${app.name}, ${app.description}, ${app.redirectUris}, ${app.secretHash},
            ${pgOfEpoch(now)}, ${pgOfEpoch(now)})`);
}

/** Gives an application another secret; false when the company has no such application. */
export async function updateAppSecret(
  db: Db,
  companyId: number,
  clientId: string,
  hash: string,
  now: number,
): Promise<boolean> {
  const rows = await db.rows(sql`
    UPDATE oauth_apps SET secret_hash = ${hash}, secret_created = ${pgOfEpoch(now)}
    WHERE client_id = ${clientId} AND company_id = ${companyId} RETURNING 1`);
  return rows.length > 0;
}

/** The application of a client id, unless it was switched off. */
export async function findApp(db: Db, clientId: string): Promise<OAuthApp | undefined> {
  const [row] = await db.rows(sql`
    SELECT client_id, company_id, name, description, to_json(redirect_uris), secret_hash
    FROM oauth_apps WHERE client_id = ${clientId} AND active`);
  if (row === undefined) return undefined;
  const [id, companyId, name, description, redirectUris, secretHash] = row;
  return {
    clientId: id ?? '',
    companyId: Number(companyId),
    name: name ?? '',
    description: description ?? '',
    redirectUris: JSON.parse(redirectUris ?? '[]') as string[],
    secretHash: secretHash ?? '',
  };
}

/** Keeps a question to a signed-in user, under the hash of its id. */
export async function insertRequest(
  db: Db,
  hash: string,
  request: AuthorizationRequest,
  expiresAt: number,
): Promise<void> {
  await db.rows(sql`
    INSERT INTO authorization_requests
      (hash, company_id, user_id, client_id, purpose, redirect_uri, state, code_challenge, expires_at)
    VALUES (${hash}, ${request.companyId}, ${request.userId}, ${request.clientId}, ${request.purpose},
            ${request.redirectUri}, ${request.state}, ${request.codeChallenge}, ${pgOfEpoch(expiresAt)})`);
}

/** Takes the question away, so that it is answered once; undefined when it is not there or too old. */
export async function takeRequest(
  db: Db,
  hash: string,
  purpose: AuthorizationRequest['purpose'],
  now: number,
): Promise<AuthorizationRequest | undefined> {
  const [row] = await db.rows(sql`
    DELETE FROM authorization_requests
    WHERE hash = ${hash} AND purpose = ${purpose} AND expires_at > ${pgOfEpoch(now)}
    RETURNING company_id, user_id, client_id, redirect_uri, state, code_challenge`);
  if (row === undefined) return undefined;
  const [companyId, userId, clientId, redirectUri, state, codeChallenge] = row;
  return {
    companyId: Number(companyId),
    userId: Number(userId),
    clientId: clientId ?? '',
    purpose,
    redirectUri: redirectUri ?? '',
    state: state ?? '',
    codeChallenge: codeChallenge ?? null,
  };
}

/** Keeps an authorization code, under its hash. */
export async function insertCode(
  db: Db,
  hash: string,
  code: Authorization & { family: string; expiresAt: number },
): Promise<void> {
  await db.rows(sql`
    INSERT INTO authorization_codes
      (hash, company_id, user_id, client_id, redirect_uri, code_challenge, family, expires_at)
    VALUES (${hash}, ${code.companyId}, ${code.userId}, ${code.clientId}, ${code.redirectUri}, ${code.codeChallenge},
            ${code.family}, ${pgOfEpoch(code.expiresAt)})`);
}

/**
 * The code of a hash. Its family stays locked until the transaction ends, so that two uses at once, or a use and a
 * revocation, come one after the other.
 */
export async function lockCode(db: Db, hash: string): Promise<AuthorizationCode | undefined> {
  const [, [row] = []] = await db.pipeline([
    sql`SELECT pg_advisory_xact_lock(20003, hashtext(family::text)) FROM authorization_codes WHERE hash = ${hash}`,
    sql`SELECT company_id, user_id, client_id, redirect_uri, code_challenge, family, expires_at, used_at
        FROM authorization_codes WHERE hash = ${hash}`,
  ]);
  if (row === undefined) return undefined;
  const [companyId, userId, clientId, redirectUri, codeChallenge, family, expiresAt, usedAt] = row;
  return {
    companyId: Number(companyId),
    userId: Number(userId),
    clientId: clientId ?? '',
    redirectUri: redirectUri ?? '',
    codeChallenge: codeChallenge ?? null,
    family: family ?? '',
    expiresAt: epochOfPg(expiresAt ?? ''),
    used: usedAt !== null,
  };
}

/** Marks a code as used. */
export async function markCodeUsed(db: Db, hash: string, now: number): Promise<void> {
  await db.rows(sql`UPDATE authorization_codes SET used_at = ${pgOfEpoch(now)} WHERE hash = ${hash}`);
}

/** Deletes questions and codes that nobody can use any more; a used code stays a day, to notice its second use. */
export async function deleteExpiredAuthorizations(db: Db, now: number): Promise<void> {
  await db.pipeline([
    sql`DELETE FROM authorization_requests WHERE expires_at < ${pgOfEpoch(now)}`,
    sql`DELETE FROM authorization_codes WHERE expires_at < ${pgOfEpoch(now - 86_400)}`,
  ]);
}
