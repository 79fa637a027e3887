import { arrivalPath } from './arrival.ts';

/** The address of this page, which people can be sent back to. */
export const here = `${window.location.origin}${arrivalPath}`;

const { protocol, hostname } = window.location;

/** A redirect URI that can be registered: this page, or where that is not allowed, one that leads nowhere and shows its code. */
export const ownRedirect =
  protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? here : 'http://localhost/callback';

/** The address that an application sends people to. */
export function authorizeAddress(clientId: string, redirectUri: string, state: string): string {
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state });
  return `${window.location.origin}/api/v1/authorize?${query}`;
}

/** What an application sends to get a token for a code. */
export interface Grant extends Record<string, string> {
  readonly grant_type: 'authorization_code';
  readonly client_id: string;
  readonly client_secret: string;
  readonly code: string;
  readonly redirect_uri: string;
}

const grantAddress = `${window.location.origin}/api/v1/grant`;

/** The exchange as a line for a terminal. */
export function grantLine(grant: Grant): string {
  const fields = Object.entries(grant).map(([name, value]) => `  --data-urlencode '${name}=${value}'`);
  return [`curl ${grantAddress}`, ...fields].join(' \\\n');
}

/** Exchanges a code for an access token; throws an Error with the server's sentence. */
export async function exchange(grant: Grant): Promise<string> {
  const answer = await fetch(grantAddress, { method: 'POST', body: new URLSearchParams(grant) });
  const said = (await answer.json()) as { access_token?: string; error_description?: string; error?: string };
  if (said.access_token === undefined) throw new Error(said.error_description ?? said.error ?? String(answer.status));
  return said.access_token;
}

/** A first request with a token. */
export const firstRequest = `${window.location.origin}/api/v1/current_user`;

/** The first request as a line for a terminal. */
export const requestLine = (token: string): string => `curl ${firstRequest} \\\n  -H 'Authorization: Bearer ${token}'`;
