import { DomainError } from '../lib/errors.ts';
import { companyToken, secretHash } from '../lib/secrets.ts';
import { insertAccessToken, revokeFamily } from '../resources/access-tokens/queries.ts';
import { endSignIns } from '../resources/access-tokens/sessions.ts';
import { findCompany } from '../resources/companies/queries.ts';
import { loginOf, usernameOf } from '../resources/credentials/queries.ts';
import { checkPassword, type SignedIn, setPassword } from './sign-in.ts';
import { newFamily, type TokenServices } from './tokens.ts';

/** Seconds that a session of the web app lives. */
export const sessionSeconds = 14 * 86_400;

/** A session of the web app. */
export interface WebSession {
  readonly companyId: number;
  readonly userId: number;
  /** Names the session with all that it gave out. */
  readonly family: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** What somebody signs in with. */
export interface WebSignIn {
  /** The address of the company. */
  readonly company: string;
  /** User name or email address. */
  readonly username: string;
  readonly password: string;
  /** Network address of the client, by which attempts are counted. */
  readonly address: string;
}

/**
 * Signs somebody in to the web app; gives his session and its token, which is not stored. Throws DomainError: 'unauthenticated', or
 * TooManyAttempts.
 */
export async function signInToWeb(
  services: TokenServices,
  { company: companyUrl, username: named, password, address }: WebSignIn,
  now: number,
): Promise<{ token: string; session: WebSession }> {
  const { system } = services.database;
  const company = await findCompany(system, companyUrl.trim());
  // Attempts on companies and names that nobody has count, too.
  const username = (company && (await usernameOf(system, company.id, named.trim()))) ?? named;
  const user = await checkPassword(services, { companyUrl, username, password, address, now });
  const { companyId, userId } = user;
  const session = { companyId, userId, family: newFamily(), expiresAt: now + sessionSeconds };
  const token = companyToken(companyId);
  await insertAccessToken(
    system,
    { ...session, hash: secretHash(token), clientId: null, label: 'Web app', door: 'web' },
    now,
  );
  return { token, session };
}

/** Who has signed in, past every cache; undefined once he was archived. */
export async function personOf(
  services: TokenServices,
  { companyId, userId }: Pick<WebSession, 'companyId' | 'userId'>,
): Promise<SignedIn | undefined> {
  const login = await loginOf(services.database.forCompany(companyId), companyId, userId);
  if (!login?.active) return undefined;
  const { passwordHash: _hash, ...person } = login;
  return person;
}

/** Ends a session with all that it gave out. */
export async function signOut(
  services: TokenServices,
  { companyId, family }: Pick<WebSession, 'companyId' | 'family'>,
  now: number,
): Promise<void> {
  await revokeFamily(services.database.system, family, now);
  services.cache.forget(companyId);
}

/** Ends all sessions of a user: those of the web app, and of the legacy API. */
export async function signOutEverywhere(
  services: TokenServices,
  { companyId, userId }: Pick<WebSession, 'companyId' | 'userId'>,
  now: number,
): Promise<void> {
  await endSignIns(services.database.system, companyId, [userId], now);
  services.cache.forget(companyId);
}

/**
 * Gives whoever has signed in a new password, which signs him out everywhere else. Unless it must be changed he has to know the
 * present one. Throws DomainError; TooManyAttempts after too many wrong ones.
 */
export async function changePassword(
  services: TokenServices,
  { companyId, userId, family }: WebSession,
  person: SignedIn,
  change: { password: string; current: string; address: string; requestId: string },
  now: number,
): Promise<void> {
  const { password, current, address, requestId } = change;
  if (!person.requirePasswordChange) {
    const { clientUrl: companyUrl, username } = person;
    await checkPassword(services, { companyUrl, username, password: current, address, now }).catch((error) => {
      if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
      throw new DomainError('invalid', 'This is not your present password.', { field: 'currentPassword' });
    });
  }
  await setPassword(services, { companyId, userId, password, kept: family, via: 'web', requestId }, now);
}
