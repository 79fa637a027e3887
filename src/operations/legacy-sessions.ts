import { randomBytes } from 'node:crypto';
import { type Actor, may } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { secretHash } from '../lib/secrets.ts';
import { companyOf, findCompany } from '../resources/companies/queries.ts';
import { usernameOf } from '../resources/credentials/queries.ts';
import * as sessions from '../resources/legacy-sessions/queries.ts';
import { managedIds } from '../resources/managed-clients/queries.ts';
import { actorOf } from '../resources/users/actor.ts';
import { checkPassword } from './sign-in.ts';
import { type Authenticated, noteActivity, type TokenServices } from './tokens.ts';

/** A session of the legacy API that is open now. */
export interface Session {
  /** What is stored of its token. */
  readonly hash: string;
  /** The user that the API key was made for. */
  readonly keyOwner: Actor;
  /** Who has logged in; undefined before. */
  readonly actor: Actor | undefined;
}

/** Seconds in which a session's use is noted once. */
const touchSeconds = 60;

/** Opens a session of an API key, in which nobody has logged in; gives its token, which is not stored. */
export async function startSession(
  services: TokenServices,
  key: Pick<Authenticated, 'actor' | 'tokenHash'>,
  now: number,
): Promise<string> {
  const token = randomBytes(16).toString('hex');
  const session = { hash: secretHash(token), companyId: key.actor.companyId, keyHash: key.tokenHash };
  await sessions.insertSession(services.database.system, session, now);
  return token;
}

/**
 * The session of a token. Throws 'unauthenticated' (code 'session') when there is none: it was never opened, was logged out,
 * has ended by itself, its API key was revoked, the key's user or the one who logged in was archived, or he belongs to a
 * company that is no longer the key's to reach.
 */
export async function openSession(services: TokenServices, token: string, now: number): Promise<Session> {
  const { system } = services.database;
  const hash = secretHash(token);
  const stored = await sessions.findSession(system, hash, now);
  if (stored === undefined) throw sessionEnded();
  const keyOwner = await actorOf(services, stored.keyOwner.companyId, stored.keyOwner.userId);
  if (keyOwner === undefined) throw sessionEnded();
  const { user } = stored;
  const actor = user && (await actorOf(services, user.companyId, user.userId));
  if (user !== undefined && (actor === undefined || !(await reaches(services, keyOwner, user.companyId)))) {
    throw sessionEnded();
  }
  if (now - stored.lastUsed >= touchSeconds) await sessions.touchSession(system, hash, now);
  return { hash, keyOwner, actor };
}

function sessionEnded(): DomainError {
  return new DomainError('unauthenticated', 'The token is not valid, or its session has ended; get a new one.', {
    code: 'session',
  });
}

/** Whether users of a company log in with a key: those of its own, and of the clients that its user may act in. */
async function reaches({ database, cache }: TokenServices, keyOwner: Actor, companyId: number): Promise<boolean> {
  if (companyId === keyOwner.companyId) return true;
  if (!may(keyOwner, 'external_access')) return false;
  const managed = await cache.remember(keyOwner.companyId, 'managed clients', 'ids', () =>
    managedIds(database.system, keyOwner.companyId),
  );
  return managed.has(companyId);
}

/** What somebody logs in with. */
export interface LogIn {
  /** User name or email address. */
  readonly username: string;
  readonly password: string;
  /** Address of the user's company; the key's own when not given. */
  readonly clientUrl: string | undefined;
  /** Network address of the client, by which attempts are counted. */
  readonly address: string;
}

/**
 * Logs a user in to a session, also where another one was. Throws DomainError: 'unauthenticated' (code 'sign-in') for a wrong
 * name or password, 'forbidden' for a company out of reach or a password that must be changed, TooManyAttempts.
 */
export async function logIn(services: TokenServices, session: Session, given: LogIn, now: number): Promise<Actor> {
  const { system } = services.database;
  const company =
    given.clientUrl === undefined
      ? await companyOf(system, session.keyOwner.companyId)
      : await findCompany(system, given.clientUrl);
  if (company === undefined || !(await reaches(services, session.keyOwner, company.id))) {
    throw new DomainError('forbidden', 'The API key has no access to the account of that client_url.', {
      field: 'client_url',
    });
  }
  const named = given.username.trim();
  // An address that several people share names nobody, and fails as a name that nobody has: the attempt counts.
  const username = (await usernameOf(system, company.id, named)) ?? named;
  const { address, password } = given;
  const signedIn = await checkPassword(services, {
    companyUrl: company.clientUrl,
    username,
    password,
    address,
    now,
  }).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
    throw new DomainError('unauthenticated', 'The user name or password is not right.', { code: 'sign-in' });
  });
  if (signedIn.requirePasswordChange) {
    throw new DomainError(
      'forbidden',
      'The password must be changed first: sign in with a browser to choose a new one.',
      {
        code: 'password-change',
      },
    );
  }
  const actor = await actorOf(services, signedIn.companyId, signedIn.userId);
  const user = { companyId: signedIn.companyId, userId: signedIn.userId };
  if (actor === undefined || !(await sessions.bindSession(system, session.hash, user, now))) throw sessionEnded();
  return actor;
}

/** Ends a session. */
export async function endSession(services: TokenServices, session: Session): Promise<void> {
  await sessions.deleteSession(services.database.system, session.hash);
}

/** Whether a user is logged in to any session. */
export function isLoggedIn(services: TokenServices, user: sessions.CompanyUser, now: number): Promise<boolean> {
  return sessions.hasSession(services.database.system, user, now);
}

/** Notes that whoever has logged in is active; see noteActivity. */
export function noteUse(services: TokenServices, { hash, actor }: Session, now: number): void {
  // Each session is noted by itself: one key serves many people.
  if (actor !== undefined) noteActivity(services, { actor, tokenHash: hash, appId: null }, now);
}
