import { DomainError } from '../lib/errors.ts';
import { randomClientId, randomSecret, secretHash } from '../lib/secrets.ts';
import { companyOf } from '../resources/companies/queries.ts';
import * as apps from '../resources/oauth-apps/queries.ts';
import type { Database } from '../store/db.ts';

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

/** Registers an application of a company. Reference: overview, Walkthroughs, Enter API Application Details. */
export async function createApp(
  services: { readonly database: Database },
  input: { companyId: number; name: string; description?: string; redirectUris: readonly string[] },
  now: number,
): Promise<AppCredentials> {
  const name = input.name.trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new DomainError('invalid', 'Give the application a name of at most 100 characters.', { field: 'name' });
  }
  if (input.redirectUris.length === 0) {
    throw new DomainError('missing', 'Give at least one redirect URI.', { field: 'redirect_uri' });
  }
  for (const uri of input.redirectUris) checkRedirectUri(uri);
  const db = services.database.system;
  if ((await companyOf(db, input.companyId)) === undefined)
    throw new DomainError('not-found', 'There is no such company.');
  const [clientId, clientSecret] = [randomClientId(), randomSecret()];
  const { companyId, description = '', redirectUris } = input;
  await apps.insertApp(
    db,
    { clientId, companyId, name, description, redirectUris, secretHash: secretHash(clientSecret) },
    now,
  );
  return { clientId, clientSecret };
}

/** Gives an application another secret; the old one is refused at once, tokens stay valid. */
export async function rotateAppSecret(
  services: { readonly database: Database },
  companyId: number,
  clientId: string,
): Promise<AppCredentials> {
  const clientSecret = randomSecret();
  if (!(await apps.updateAppSecret(services.database.system, companyId, clientId, secretHash(clientSecret)))) {
    throw new DomainError('not-found', 'There is no such application.');
  }
  return { clientId, clientSecret };
}

/** Switches an application off, with all its tokens in every company, or on again. */
export async function setAppActive(
  services: { readonly database: Database },
  companyId: number,
  clientId: string,
  active: boolean,
): Promise<void> {
  if (!(await apps.updateAppActive(services.database.system, companyId, clientId, active))) {
    throw new DomainError('not-found', 'There is no such application.');
  }
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
