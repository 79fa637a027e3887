import { DomainError } from '../lib/errors.ts';
import { randomClientId, randomSecret, secretHash } from '../lib/secrets.ts';
import { companyOf } from '../resources/companies/queries.ts';
import * as apps from '../resources/oauth-apps/queries.ts';
import * as registered from '../resources/oauth-apps/registered.ts';
import type { Database } from '../store/db.ts';
import type { TokenServices } from './tokens.ts';

export type { AppChange, RegisteredApp } from '../resources/oauth-apps/registered.ts';

/** An application's credentials. The secret is shown once: only its hash is stored. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a URI leads back to the machine of the browser, over plain HTTP. */
export function isLoopback(uri: URL): boolean {
  return uri.protocol === 'http:' && loopbackHosts.has(uri.hostname);
}

/**
 * Refuses a redirect URI that must not be registered. The reference asks for HTTPS; its clients use http://localhost too
 * (RFC 8252, 7.3), and installed applications a scheme of their own with a dot in it (RFC 8252, 7.1).
 */
export function checkRedirectUri(text: string): void {
  const refuse = (detail: string): never => {
    throw new DomainError('invalid', `${detail}: ${text}`, { field: 'redirect_uri' });
  };
  if (!/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) refuse('A redirect URI must be an absolute URL in ASCII');
  const uri = new URL(text);
  if (text.includes('#')) refuse('A redirect URI must have no fragment');
  if (uri.username !== '' || uri.password !== '') refuse('A redirect URI must carry no user name');
  const allowed = uri.protocol === 'https:' || isLoopback(uri) || uri.protocol.includes('.');
  if (!allowed) refuse('A redirect URI must start with https:// (or http://localhost)');
}

function checkName(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new DomainError('invalid', 'Give the application a name of at most 100 characters.', { field: 'name' });
  }
  return name;
}

function checkDescription(text: string): string {
  const description = text.trim();
  if (description.length <= 1_000) return description;
  throw new DomainError('invalid', 'A description has at most 1,000 characters.', { field: 'description' });
}

const mostRedirectUris = 20;

function checkRedirectUris(uris: readonly string[]): readonly string[] {
  const field = 'redirect_uri';
  if (uris.length === 0) throw new DomainError('missing', 'Give at least one redirect URI.', { field });
  if (uris.length > mostRedirectUris) {
    throw new DomainError('invalid', `Give at most ${mostRedirectUris} redirect URIs.`, { field });
  }
  for (const uri of uris) checkRedirectUri(uri);
  return uris;
}

/** Registers an application of a company. Reference: overview, Walkthroughs, Enter API Application Details. */
export async function createApp(
  services: { readonly database: Database },
  input: { companyId: number; name: string; description?: string; redirectUris: readonly string[] },
  now: number,
): Promise<AppCredentials> {
  const { companyId } = input;
  const name = checkName(input.name);
  const description = checkDescription(input.description ?? '');
  const redirectUris = checkRedirectUris(input.redirectUris);
  const db = services.database.system;
  if ((await companyOf(db, companyId)) === undefined) throw new DomainError('not-found', 'There is no such company.');
  const [clientId, clientSecret] = [randomClientId(), randomSecret()];
  await apps.insertApp(
    db,
    { clientId, companyId, name, description, redirectUris, secretHash: secretHash(clientSecret) },
    now,
  );
  return { clientId, clientSecret };
}

/** The applications that a company has registered, newest first. */
export function appsOf(
  services: { readonly database: Database },
  companyId: number,
  now: number,
): Promise<registered.RegisteredApp[]> {
  return registered.registeredApps(services.database.system, companyId, now);
}

/** One of them. Throws DomainError ('not-found'). */
export async function appOf(
  services: { readonly database: Database },
  companyId: number,
  clientId: string,
  now: number,
): Promise<registered.RegisteredApp> {
  const [app] = await registered.registeredApps(services.database.system, companyId, now, clientId);
  if (app === undefined) throw noApp();
  return app;
}

/**
 * Changes what is given of an application. Switched off, it has no good token in any company until it is switched on again; a
 * redirect URI that is taken away is refused at once. Throws DomainError.
 */
export async function changeApp(
  services: { readonly database: Database },
  companyId: number,
  clientId: string,
  change: registered.AppChange,
): Promise<void> {
  const { name, description, redirectUris, active } = change;
  const checked = {
    ...(name === undefined ? {} : { name: checkName(name) }),
    ...(description === undefined ? {} : { description: checkDescription(description) }),
    ...(redirectUris === undefined ? {} : { redirectUris: checkRedirectUris(redirectUris) }),
    ...(active === undefined ? {} : { active }),
  };
  if (!(await registered.updateApp(services.database.system, companyId, clientId, checked))) throw noApp();
}

/** Deletes an application; all its tokens, in every company, are refused at once. */
export async function deleteApp(services: TokenServices, companyId: number, clientId: string): Promise<void> {
  const connected = await services.database.system.transaction((db) => registered.deleteApp(db, companyId, clientId));
  if (connected === undefined) throw noApp();
  for (const company of connected) services.cache.forget(company);
}

/** Gives an application another secret; the old one is refused at once, tokens stay valid. */
export async function rotateAppSecret(
  services: { readonly database: Database },
  companyId: number,
  clientId: string,
  now: number,
): Promise<AppCredentials> {
  const clientSecret = randomSecret();
  const { system } = services.database;
  if (!(await apps.updateAppSecret(system, companyId, clientId, secretHash(clientSecret), now))) throw noApp();
  return { clientId, clientSecret };
}

function noApp(): DomainError {
  return new DomainError('not-found', 'There is no such application.');
}

function sameLoopback(registered: string, given: string): boolean {
  if (!URL.canParse(registered) || !URL.canParse(given)) return false;
  const [one, other] = [new URL(registered), new URL(given)];
  if (!isLoopback(one) || !isLoopback(other) || given.includes('#')) return false;
  return (
    one.hostname === other.hostname &&
    one.pathname === other.pathname &&
    one.search === other.search &&
    other.username === '' &&
    other.password === ''
  );
}

/** Whether a redirect URI is one of the application's: letter for letter, but for the port of a loopback address. */
export function isRegistered(app: apps.OAuthApp, redirectUri: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(redirectUri)) return false;
  return app.redirectUris.some((registered) => registered === redirectUri || sameLoopback(registered, redirectUri));
}
