import { isIPv6 } from 'node:net';
import { DomainError } from '../lib/errors.ts';
import { hashPassword, needsRehash, verifyPassword } from '../lib/passwords.ts';
import { secretHash } from '../lib/secrets.ts';
import { endSignIns } from '../resources/access-tokens/sessions.ts';
import * as credentials from '../resources/credentials/queries.ts';
import { longestPassword, weakPassword } from '../rules/new-password.ts';
import type { CompanyCache } from '../store/cache.ts';
import type { Database, Db } from '../store/db.ts';
import { originStatement } from '../store/write.ts';

/** A user whose password was right. */
export type SignedIn = Omit<credentials.Login, 'passwordHash'>;

/** A refusal because of too many attempts; `retryAfter` in seconds. */
export class TooManyAttempts extends DomainError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('too-many', `Too many attempts. Try again in ${spokenWait(retryAfter)}.`);
    this.retryAfter = retryAfter;
  }
}

function spokenWait(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

const window = 900;
const accountLimit: credentials.AttemptLimit = { free: 5, window, firstWait: 30 };
const addressLimit: credentials.AttemptLimit = { free: 20, window, firstWait: 30 };
const signUpLimit: credentials.AttemptLimit = { free: 10, window, firstWait: 60 };

/** Refuses a password that is too weak or too long; `about` are words that it must not consist of. */
export function checkNewPassword(password: string, about: readonly string[], field = 'password'): void {
  const refusal = weakPassword(password, about, field);
  if (refusal !== undefined) throw refusal;
}

/** One household has a whole /64 of IPv6 addresses; a mapped IPv4 address counts as what it is. */
function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}

async function countOrRefuse(
  db: Db,
  scope: credentials.AttemptScope,
  key: string,
  limit: credentials.AttemptLimit,
  now: number,
): Promise<void> {
  if (await credentials.countAttempt(db, scope, key, limit, now)) return;
  const until = (await credentials.blockedUntil(db, scope, key)) ?? now;
  throw new TooManyAttempts(Math.max(1, until - now));
}

/** Counts a sign-up from an address; throws TooManyAttempts after ten in 15 minutes. */
export function countSignUp(database: Database, address: string, now: number): Promise<void> {
  return countOrRefuse(database.system, 'sign-up', secretHash(network(address)), signUpLimit, now);
}

/**
 * Checks a password. Every attempt counts before it is checked, so that attempts at once are counted too; a right
 * password takes its attempt back. After 5 wrong ones per account, known or not, or 20 per address within 15 minutes
 * each further one must wait, twice as long each time. A refused attempt does not lengthen the wait, so that nobody can
 * be locked out for good.
 */
export async function checkPassword(
  services: { readonly database: Database },
  input: { companyUrl: string; username: string; password: string; address: string; now: number },
): Promise<SignedIn> {
  const db = services.database.system;
  const [companyUrl, username] = [input.companyUrl.trim().toLowerCase(), input.username.trim().toLowerCase()];
  const account = secretHash(JSON.stringify([companyUrl, username]));
  const address = secretHash(network(input.address));
  await db.transaction(async (tx) => {
    await countOrRefuse(tx, 'address', address, addressLimit, input.now);
    await countOrRefuse(tx, 'account', account, accountLimit, input.now);
  });
  // PostgreSQL's texts hold no NUL, so there is no such user.
  const login = `${companyUrl}${username}`.includes('\0')
    ? undefined
    : await credentials.findLogin(db, companyUrl, username);
  const right = await verifyPassword(login?.passwordHash, input.password.slice(0, longestPassword + 1));
  if (login === undefined || !right || !login.active) {
    throw new DomainError('unauthenticated', 'The company address, user name or password is not right.');
  }
  await credentials.forgiveAttempts(db, account, address, addressLimit);
  const { passwordHash, ...user } = login;
  if (passwordHash !== null && needsRehash(passwordHash)) {
    await credentials.storePasswordHash(db, user.companyId, user.userId, await hashPassword(input.password));
  }
  return user;
}

/**
 * Gives a user a new password; he need not change it again, unless `requireChange`. It ends his sessions of the web app and of the
 * legacy API, but not the sign-in `kept`; tokens and keys stay. The caller has checked that he may. `via` and `requestId` are for
 * the history.
 */
export async function setPassword(
  services: { readonly database: Database; readonly cache: CompanyCache },
  input: {
    companyId: number;
    userId: number;
    password: string;
    requireChange?: boolean;
    kept?: string;
    via: string;
    requestId: string;
  },
  now: number,
): Promise<void> {
  const { companyId, userId, requireChange = false } = input;
  const login = await credentials.loginOf(services.database.system, companyId, userId);
  if (login === undefined) throw new DomainError('not-found', 'There is no such user.');
  checkNewPassword(input.password, [login.username, login.name, login.clientUrl, login.companyName]);
  const hash = await hashPassword(input.password);
  await services.database.forCompany(companyId).transaction(async (db) => {
    await db.rows(originStatement(`${userId}|${input.via}|${input.requestId}`));
    await credentials.storePasswordHash(db, companyId, userId, hash);
    await credentials.updateRequirePasswordChange(db, companyId, userId, requireChange);
    await endSignIns(db, companyId, [userId], now, input.kept);
  });
  services.cache.forget(companyId);
}
