import OAuth2Server from '@node-oauth/oauth2-server';
import type { Fields } from '../../../http/pages/forms.ts';
import type { Services } from '../../../http/services.ts';
import { accessTokenSeconds, refreshTokenSeconds } from '../../../operations/tokens.ts';
import { grantModel } from './model.ts';

/** An answer of POST /grant. */
export interface GrantAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
  readonly challenge?: string;
}

/**
 * Only HTTP Basic could name a client, and only when the body does not. Everything else in this header (the old access
 * token, expired or not) says nothing about a grant.
 */
function basicOnly(authorization: string | undefined, body: Fields): Record<string, string> {
  const basic = authorization !== undefined && /^basic /i.test(authorization) && body.client_secret === undefined;
  return basic ? { authorization } : {};
}

/** One client encodes redirect_uri twice: an address without a colon is decoded once more. */
function decodedRedirect(given: string | undefined): Record<string, string> {
  if (given === undefined) return {};
  try {
    return { redirect_uri: given.includes(':') ? given : decodeURIComponent(given) };
  } catch {
    return { redirect_uri: given };
  }
}

/**
 * Exchanges a code or a refresh token for tokens. One transaction; its refusals are values, because what a refusal
 * revokes must stay revoked. Reference: overview, Step 2. Access Token Request; Refreshing an Access Token.
 */
export async function grant(
  services: Services,
  fields: Fields,
  authorization: string | undefined,
): Promise<GrantAnswer> {
  const revoked = new Set<number>();
  const { scope: _scope, ...rest } = fields;
  const body: Fields = { ...rest, ...decodedRedirect(rest.redirect_uri) };
  const answer = await services.database.system.transaction(async (db): Promise<GrantAnswer> => {
    const server = new OAuth2Server({
      model: grantModel(db, services.clock.now(), body.redirect_uri, revoked),
      accessTokenLifetime: accessTokenSeconds,
      refreshTokenLifetime: refreshTokenSeconds,
    });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '1',
      ...basicOnly(authorization, body),
    };
    try {
      const request = new OAuth2Server.Request({ method: 'POST', query: {}, headers, body });
      const token = await server.token(request, new OAuth2Server.Response({ headers: {} }));
      return {
        status: 200,
        body: {
          access_token: token.accessToken,
          expires_in: accessTokenSeconds,
          token_type: 'bearer',
          scope: '',
          refresh_token: token.refreshToken ?? '',
          user_id: String(token.user.userId),
          company_id: String(token.user.companyId),
          client_url: String(token.user.clientUrl),
        },
      };
    } catch (error) {
      return refusal(error);
    }
  });
  for (const companyId of revoked) services.cache.forget(companyId);
  return answer;
}

/** The library's refusals in the documented shape; anything else goes on to the last-resort error handler. */
function refusal(error: unknown): GrantAnswer {
  if (!(error instanceof OAuth2Server.OAuthError)) throw error;
  if (error instanceof OAuth2Server.ServerError) throw Reflect.get(error, 'inner') ?? error;
  const { name, message, code } = error;
  return {
    status: code,
    body: { error: name, error_description: message },
    ...(code === 401 ? { challenge: 'Basic realm="OpenPunch"' } : {}),
  };
}
