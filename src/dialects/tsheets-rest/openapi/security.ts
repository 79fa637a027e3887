import type { SecurityRequirement, SecurityScheme } from '../../../http/openapi/types.ts';

/** How requests say who sends them. */
export const securitySchemes: Readonly<Record<string, SecurityScheme>> = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token: one of an application (see oauth), or a personal one of the web app.',
  },
  accessTokenInQuery: {
    type: 'apiKey',
    in: 'query',
    name: 'oauth_token',
    description:
      'The same token in the query, for clients that can send no headers. Addresses end up in logs: prefer the header.',
  },
  oauth: {
    type: 'oauth2',
    description: 'The authorization code flow of OAuth 2, with PKCE (S256) where the application wishes it.',
    flows: {
      authorizationCode: {
        authorizationUrl: '/api/v1/authorize',
        tokenUrl: '/api/v1/grant',
        refreshUrl: '/api/v1/grant',
        scopes: {},
      },
    },
  },
};

/** Any one of them. */
export const security: readonly SecurityRequirement[] = [
  { accessToken: [] },
  { oauth: [] },
  { accessTokenInQuery: [] },
];
