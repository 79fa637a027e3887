import type { Fields } from '../../../http/pages/forms.ts';
import { isLoopback, isRegistered } from '../../../operations/apps.ts';
import { findApp, type OAuthApp } from '../../../resources/oauth-apps/queries.ts';
import type { Db } from '../../../store/db.ts';

/** The parameters of GET /authorize, checked. Reference: overview, Step 1. Authorization Request. */
export interface AuthorizeParameters {
  readonly app: OAuthApp;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string | null;
}

/** What became of them: good; an error for the application; or one that only the person may see. */
export type Checked =
  | { readonly kind: 'good'; readonly parameters: AuthorizeParameters }
  | { readonly kind: 'redirect'; readonly location: string; readonly redirectUri: string }
  | { readonly kind: 'page'; readonly detail: string };

/** Appends parameters to a redirect URI, which keeps every letter that it was registered with. */
export function redirection(redirectUri: string, parameters: Record<string, string>): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
  );
  const separator = !redirectUri.includes('?') ? '?' : /[?&]$/.test(redirectUri) ? '' : '&';
  return `${redirectUri}${separator}${pairs.join('&')}`;
}

/** The redirect that tells the application of an error. Reference: overview, Step 1, the malformed request. */
export function errorRedirection(redirectUri: string, state: string, error: string, description: string): string {
  const echo = state === '' ? {} : { state };
  return redirection(redirectUri, { error, error_description: description, ...echo });
}

/**
 * Checks the parameters. An unknown application or a redirect URI that it did not register is never redirected to;
 * every other mistake is. Unknown parameters are ignored.
 */
export async function checkAuthorization(db: Db, query: Fields): Promise<Checked> {
  const { client_id: clientId = '', redirect_uri: redirectUri = '', state = '', response_type: type = '' } = query;
  if (clientId === '')
    return { kind: 'page', detail: 'The link does not say which application it is from (client_id).' };
  const app = /^[\x21-\x7e]{1,200}$/.test(clientId) ? await findApp(db, clientId) : undefined;
  if (app === undefined)
    return { kind: 'page', detail: 'The application that sent you here is not registered (client_id).' };
  if (!isRegistered(app, redirectUri)) {
    return {
      kind: 'page',
      detail: 'The application asked to send you to an address that it did not register (redirect_uri).',
    };
  }
  const fail = (error: string, description: string): Checked => {
    return { kind: 'redirect', location: errorRedirection(redirectUri, state, error, description), redirectUri };
  };
  if (state === '') return fail('invalid_request', 'The state parameter is required');
  if (state.includes('\0')) return fail('invalid_request', 'The state parameter is not valid');
  if (type === '') return fail('invalid_request', 'The response_type parameter is required');
  if (type !== 'code') return fail('unsupported_response_type', 'The response_type must be code');
  const { code_challenge: challenge = '', code_challenge_method: method = '' } = query;
  if (challenge !== '' && (method !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(challenge))) {
    return fail('invalid_request', 'The code_challenge must be one of method S256');
  }
  return { kind: 'good', parameters: { app, redirectUri, state, codeChallenge: challenge === '' ? null : challenge } };
}

/**
 * The sources that a form may lead to, for Content-Security-Policy's form-action. Chromium holds every redirect after a
 * form to it, the application's own later ones too: so any https: is allowed, and for a loopback address any of its ports.
 */
export function formTargets(redirectUri: string | undefined): string {
  if (redirectUri === undefined) return "'self'";
  const uri = new URL(redirectUri);
  if (uri.protocol === 'https:') return "'self' https:";
  if (!isLoopback(uri)) return `'self' https: ${uri.protocol}`;
  // A source can not name an IPv6 address.
  if (uri.hostname.startsWith('[')) return "'self' https: http:";
  return "'self' https: http://localhost:* http://127.0.0.1:*";
}
