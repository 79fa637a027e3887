import OAuth2Server from '@node-oauth/oauth2-server';
import { sameHash, secretHash } from '../../../lib/secrets.ts';
import { issuePair } from '../../../operations/tokens.ts';
import { lockRefreshToken, markRefreshTokenUsed, revokeFamily } from '../../../resources/access-tokens/queries.ts';
import { loginOf } from '../../../resources/credentials/queries.ts';
import { findApp, lockCode, markCodeUsed } from '../../../resources/oauth-apps/queries.ts';
import type { Db } from '../../../store/db.ts';

const { InvalidClientError, InvalidGrantError } = OAuth2Server;

/** Whom tokens are made for, and what they descend from. */
interface Grantee {
  readonly companyId: number;
  readonly userId: number;
  readonly clientUrl: string;
  readonly family: string;
}

// The library compares with the machine's clock; expiry is checked here, with the app's. So these never expire for it.
const never = new Date(8.64e15);
const expiredCode = 'The authorization code has expired';
const badCode = "Authorization code doesn't exist or is invalid for the client";
const badRefreshToken = 'Invalid refresh token';

/**
 * What the OAuth library asks of the database during one POST /grant, inside one transaction. `revoked` collects the
 * companies whose tokens it revoked. Reference: overview, Step 2 and Refreshing an Access Token.
 */
export function grantModel(
  db: Db,
  now: number,
  redirectUri: string | undefined,
  revoked: Set<number>,
): OAuth2Server.AuthorizationCodeModel & OAuth2Server.RefreshTokenModel {
  let clientId = '';

  const grantee = async (companyId: number, userId: number, family: string, refusal: string): Promise<Grantee> => {
    const login = await loginOf(db, companyId, userId);
    if (login === undefined || !login.active) throw new InvalidGrantError(refusal);
    return { companyId, userId, clientUrl: login.clientUrl, family };
  };
  const revoke = async (companyId: number, family: string): Promise<void> => {
    await revokeFamily(db, family, now);
    revoked.add(companyId);
  };

  return {
    async getClient(id, secret) {
      const app = await findApp(db, id);
      // A secret is always demanded, also where the library would let a code_verifier stand for it.
      if (app === undefined || !sameHash(app.secretHash, secretHash(secret ?? ''))) {
        throw new InvalidClientError('The client credentials are invalid');
      }
      clientId = app.clientId;
      return { id: clientId, grants: ['authorization_code', 'refresh_token'] };
    },

    async getAuthorizationCode(text) {
      const code = await lockCode(db, secretHash(text));
      if (code === undefined || code.clientId !== clientId) throw new InvalidGrantError(badCode);
      if (code.used) {
        await revoke(code.companyId, code.family);
        throw new InvalidGrantError(expiredCode);
      }
      if (code.expiresAt <= now) throw new InvalidGrantError(expiredCode);
      if (redirectUri !== undefined && redirectUri !== code.redirectUri) {
        throw new InvalidGrantError(
          'The redirect_uri is missing or does not match the one of the authorization request',
        );
      }
      const user = await grantee(code.companyId, code.userId, code.family, badCode);
      return {
        authorizationCode: text,
        expiresAt: never,
        redirectUri: code.redirectUri,
        client: { id: clientId, grants: [] },
        user,
        ...(code.codeChallenge === null ? {} : { codeChallenge: code.codeChallenge, codeChallengeMethod: 'S256' }),
      };
    },

    async revokeAuthorizationCode(code) {
      await markCodeUsed(db, secretHash(code.authorizationCode), now);
      return true;
    },

    async getRefreshToken(text) {
      const token = await lockRefreshToken(db, secretHash(text));
      if (token === undefined || token.clientId !== clientId) throw new InvalidGrantError(badRefreshToken);
      if (token.used) await revoke(token.companyId, token.family);
      if (token.used || token.revoked) throw new InvalidGrantError(badRefreshToken);
      if (token.expiresAt <= now) throw new InvalidGrantError('Refresh token has expired');
      const user = await grantee(token.companyId, token.userId, token.family, badRefreshToken);
      return { refreshToken: text, client: { id: clientId, grants: [] }, user };
    },

    async revokeToken(token) {
      await markRefreshTokenUsed(db, secretHash(token.refreshToken), now);
      return true;
    },

    /** The texts that the library made up are left: ours name the company. */
    async saveToken(_token, client, user) {
      const { companyId, userId, family, clientUrl } = user as Grantee;
      const pair = await issuePair(db, { companyId, userId, family, clientId: client.id }, now);
      return { ...pair, client, user: { companyId, userId, clientUrl } };
    },

    // Demanded by the library's types, never called by POST /grant.
    getAccessToken: async () => undefined,
    saveAuthorizationCode: async () => undefined,
  };
}
