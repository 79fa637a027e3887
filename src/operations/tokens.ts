import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { companyToken, randomKey, secretHash } from '../lib/secrets.ts';
import type { Door } from '../resources/access-tokens/queries.ts';
import * as tokens from '../resources/access-tokens/queries.ts';
import { deleteOldAttempts } from '../resources/credentials/queries.ts';
import { deleteEndedSessions } from '../resources/legacy-sessions/queries.ts';
import { deleteExpiredAuthorizations } from '../resources/oauth-apps/queries.ts';
import { actorOf, loadActor } from '../resources/users/actor.ts';
import type { CompanyCache } from '../store/cache.ts';
import type { Database, Db } from '../store/db.ts';

/** What token operations need of the app's services. */
export interface TokenServices {
  readonly database: Database;
  readonly cache: CompanyCache;
}

/** Who a request comes from. */
export interface Authenticated {
  readonly actor: Actor;
  /** Names the token in rate limits and logs without giving it away. */
  readonly tokenKey: string;
  readonly tokenHash: string;
  /** The OAuth client id; null for tokens from the command line. */
  readonly appId: string | null;
  /** When that application was registered, in epoch seconds; null likewise. */
  readonly appCreated: number | null;
  readonly door: Door;
  /** The application that Timekit's keys belong to; null for the other doors. */
  readonly bookingAppId: number | null;
  /** What the token is revoked together with; null for a single one. */
  readonly family: string | null;
  /** Epoch seconds; null when it does not expire. */
  readonly expiresAt: number | null;
}

/** A token of this API. */
export type { Door } from '../resources/access-tokens/queries.ts';

/** Seconds that an access token from the OAuth flow lives. Reference: overview, Obtaining a Token (expires_in). */
export const accessTokenSeconds = 864_000;
/** Seconds that a refresh token lives; each refresh gives a new one. The reference is silent. */
export const refreshTokenSeconds = 365 * 86_400;
const activitySeconds = 300;
const longestToken = 200;

/** A fresh pair of tokens, in clear. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/**
 * Makes a token that opens one door, the TSheets REST API's when none is named: an access token or an API key. `token` fixes
 * its text. Gives the text, which is not stored.
 */
export async function issueToken(
  services: TokenServices,
  input: {
    companyId: number;
    userId: number;
    label: string;
    token?: string;
    expiresAt?: number;
    door?: Door;
    bookingAppId?: number;
  },
  now: number,
): Promise<string> {
  const { companyId, userId, label, door = 'tsheets-rest', bookingAppId = null, expiresAt = null } = input;
  const { token = door === 'tsheets-rest' ? companyToken(companyId) : randomKey() } = input;
  if (!/^[\x21-\x7e]+$/.test(token) || token.length > longestToken) {
    throw new DomainError('invalid', `A token is 1 to ${longestToken} visible ASCII characters without blanks.`);
  }
  if ((await loadActor(services.database.system, companyId, userId)) === undefined) {
    throw new DomainError('not-found', 'There is no such active user.');
  }
  const owner = { companyId, userId, clientId: null, family: null };
  const row = { ...owner, hash: secretHash(token), label, expiresAt, door, bookingAppId };
  if (!(await tokens.insertAccessToken(services.database.system, row, now))) {
    throw new DomainError('conflict', 'This token belongs to another user.');
  }
  services.cache.forget(companyId);
  return token;
}

/** Makes an access and a refresh token for an application, in the family of the authorization that they descend from. */
export async function issuePair(
  db: Db,
  owner: { companyId: number; userId: number; clientId: string; family: string },
  now: number,
): Promise<TokenPair> {
  const { companyId, userId, clientId, family } = owner;
  const pair = { accessToken: companyToken(companyId), refreshToken: companyToken(companyId) };
  const common = { companyId, userId, clientId, family };
  const access = { ...common, hash: secretHash(pair.accessToken), label: '', expiresAt: now + accessTokenSeconds };
  const refresh = { ...common, hash: secretHash(pair.refreshToken), expiresAt: now + refreshTokenSeconds };
  await tokens.insertAccessToken(db, access, now);
  await tokens.insertRefreshToken(db, refresh, now);
  return pair;
}

/** The name of a new family of tokens. */
export function newFamily(): string {
  return randomUUID();
}

// Which company a token belongs to never changes, so it outlives the company's cached facts, which tell all the rest.
const companies = new WeakMap<CompanyCache, LRUCache<string, number>>();
const activity = new WeakMap<Database, LRUCache<string, number>>();

function kept<K extends object>(all: WeakMap<K, LRUCache<string, number>>, key: K): LRUCache<string, number> {
  let own = all.get(key);
  if (own === undefined) {
    own = new LRUCache({ max: 20_000 });
    all.set(key, own);
  }
  return own;
}

class Unknown extends Error {}

async function tokenFacts(services: TokenServices, hash: string): Promise<tokens.AccessToken | undefined> {
  const known = kept(companies, services.cache);
  let companyId = known.get(hash);
  if (companyId === undefined) {
    companyId = (await tokens.findAccessToken(services.database.system, hash))?.companyId;
    if (companyId === undefined) return undefined;
    known.set(hash, companyId);
  }
  try {
    return await services.cache.remember<tokens.AccessToken>(companyId, 'token', hash, async () => {
      const token = await tokens.findAccessToken(services.database.system, hash);
      // Thrown, so that nothing is kept: strangers must not fill a company's cache.
      if (token === undefined) throw new Unknown();
      return token;
    });
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

const refused = (detail: string): DomainError => new DomainError('unauthenticated', detail);

/**
 * Who sends this access token. A revoked or expired token, an archived user and a switched-off application are refused
 * from the moment on that the change is announced, and so is a token that opens none of these doors. Reference: overview,
 * Make Requests With the Access Token.
 */
export async function authenticate(
  services: TokenServices,
  bearer: string,
  now: number,
  doors: readonly Door[] = ['tsheets-rest'],
): Promise<Authenticated> {
  if (bearer === '') throw refused('The request has no access token.');
  const tokenHash = secretHash(bearer);
  const token = bearer.length > longestToken ? undefined : await tokenFacts(services, tokenHash);
  if (token === undefined || !doors.includes(token.door)) throw refused('The access token is not valid.');
  if (token.expiresAt !== null && token.expiresAt <= now) throw refused('The access token has expired.');
  const actor = await actorOf(services, token.companyId, token.userId);
  if (actor === undefined) throw refused('The user of this access token is archived.');
  const { clientId: appId, companyId: _company, userId: _user, ...rest } = token;
  return { actor, tokenKey: tokenHash.slice(0, 16), tokenHash, appId, ...rest };
}

/**
 * Notes that the user is active, at most once in five minutes per token. Returns at once; a write that fails is let go,
 * since the next request notes it again.
 */
export function noteActivity(
  services: TokenServices,
  { actor, tokenHash, appId }: Pick<Authenticated, 'actor' | 'tokenHash' | 'appId'>,
  now: number,
): void {
  const recent = kept(activity, services.database);
  const last = recent.get(tokenHash);
  if (last !== undefined && Math.abs(now - last) < activitySeconds) return;
  recent.set(tokenHash, now);
  const owner = { companyId: actor.companyId, userId: actor.userId, clientId: appId };
  tokens.recordActivity(services.database.system, owner, tokenHash, now).catch(() => undefined);
}

/** Revokes one access token; false when it is unknown or revoked already. */
export async function revokeToken(services: TokenServices, token: string, now: number): Promise<boolean> {
  const companyId = await tokens.revokeAccessToken(services.database.system, secretHash(token), now);
  if (companyId !== undefined) services.cache.forget(companyId);
  return companyId !== undefined;
}

/** Revokes all tokens of a user: he is signed out everywhere. */
export async function revokeTokensOf(
  services: TokenServices,
  companyId: number,
  userId: number,
  now: number,
): Promise<void> {
  await tokens.revokeTokensOfUser(services.database.system, companyId, userId, now);
  services.cache.forget(companyId);
}

/** Deletes what has expired: codes, questions, sessions, tokens, counts of attempts. For a daily job. */
export async function forgetExpired(db: Db, now: number): Promise<void> {
  await deleteExpiredAuthorizations(db, now);
  await deleteEndedSessions(db, now);
  await tokens.deleteExpiredTokens(db, now);
  await deleteOldAttempts(db, now);
}
