import type { Operation, PathItem, Response, Schema } from '../../../http/openapi/types.ts';
import { accessTokenSeconds } from '../../../operations/tokens.ts';
import { closed, schemaRef } from './names.ts';

const text: Schema = { type: 'string' };
const html = { 'text/html': { schema: text } } as const;
const secret = 'R4nD0mt0kenThatOnlyTheApplicationKnows';

/** The endpoints by which an application gets tokens. They take no access token themselves. */
export const oauthPaths: Readonly<Record<string, PathItem>> = {
  '/api/v1/authorize': { get: showAuthorize(), post: takeStep() },
  '/api/v1/grant': { post: grant() },
};

/** The schemas of tokens and of refusals. */
export const oauthSchemas: Readonly<Record<string, Schema>> = {
  GrantRequest: {
    title: 'GrantRequest',
    description: 'A code, or a refresh token, that is exchanged for tokens.',
    type: 'object',
    properties: {
      grant_type: { ...text, enum: ['authorization_code', 'refresh_token'] },
      client_id: { ...text, description: 'The id of the application; HTTP Basic says it as well.' },
      client_secret: { ...text, description: 'Its secret.', 'x-access': 'write-only', writeOnly: true },
      code: {
        ...text,
        description: 'With authorization_code: what came back to the redirect URI. It works once, for ten minutes.',
      },
      redirect_uri: { ...text, description: 'The same as in the authorization request.' },
      code_verifier: {
        ...text,
        description: 'What the code_challenge of the authorization request was made from, where it had one.',
      },
      refresh_token: { ...text, description: 'With refresh_token. It works once: the answer holds another one.' },
    },
    required: ['grant_type'],
    additionalProperties: true,
  },
  TokenPair: {
    title: 'TokenPair',
    description: 'An access token and what it takes to get the next one.',
    ...closed({
      access_token: text,
      expires_in: { type: 'integer', description: 'Seconds for which the access token works.' },
      token_type: { const: 'bearer' },
      scope: { const: '' },
      refresh_token: text,
      user_id: { ...text, description: 'Who signed in.' },
      company_id: text,
      client_url: { ...text, description: 'The address of the company, which its people sign in with.' },
    }),
  },
  GrantError: {
    title: 'GrantError',
    description: 'Why there are no tokens, as OAuth 2 says it.',
    ...closed({ error: text, error_description: text }),
  },
};

function showAuthorize(): Operation {
  const parameter = (name: string, description: string, required = false, schema: Schema = text) =>
    ({ name, in: 'query', description, ...(required ? { required } : {}), schema }) as const;
  return {
    operationId: 'authorize',
    tags: ['oauth'],
    summary: 'Ask a person to sign in',
    description:
      'The page to which an application sends a person. He signs in (or makes a company), agrees, and comes back to the redirect URI with `code` and `state`; or with `error`, `error_description` and `state`.',
    security: [],
    parameters: [
      parameter('response_type', 'Always `code`.', true, { const: 'code' }),
      parameter('client_id', 'The id of the application.', true),
      parameter(
        'redirect_uri',
        'Where the person comes back to: one of the addresses that the application registered, to the letter.',
        true,
      ),
      parameter('state', 'Comes back as it is; the application checks it.', true),
      parameter('code_challenge', 'PKCE: the SHA-256 of the code_verifier in base64url.'),
      parameter('code_challenge_method', 'PKCE: how it was made.', false, { const: 'S256' }),
      parameter('display_mode', 'Which page is shown first: for signing in, or for a new company.', false, {
        type: 'string',
        enum: ['login', 'create'],
        default: 'login',
      }),
    ],
    responses: {
      200: page('The page.'),
      302: redirection('Back to the application, because of a mistake in the request.'),
      400: page('The application or the redirect URI is not known; nobody is sent anywhere.'),
      500: page('A fault of the server.'),
      503: page('The server or its database is not available at the moment.'),
    },
  };
}

function takeStep(): Operation {
  return {
    operationId: 'takeAuthorizeStep',
    tags: ['oauth'],
    summary: 'A step of signing in',
    description: 'What the forms of that page send. Applications have no use for it.',
    security: [],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: { type: 'object', additionalProperties: text },
          example: { step: 'sign-in', company: 'hudson', username: 'dana', password: 'correct horse battery 7' },
        },
      },
    },
    responses: {
      200: page('The next page.'),
      302: redirection('Back to the application, with a code or an error.'),
      400: page('The link, or the step, makes no sense.'),
      413: page('The form is too large.'),
      422: page('The form again, with what is wrong in it.'),
      429: page('The form again: too many attempts; `Retry-After` says when to go on.'),
      500: page('A fault of the server.'),
      503: page('The server or its database is not available at the moment.'),
    },
  };
}

function page(description: string): Response {
  return { description, content: html };
}

function redirection(description: string): Response {
  return { description, headers: { Location: { description: 'The redirect URI with its parameters.', schema: text } } };
}

function grant(): Operation {
  const body = schemaRef('GrantRequest');
  const client = { client_id: 'payroll-bridge', client_secret: secret } as const;
  const examples = {
    code: {
      summary: 'A code from the redirect',
      value: {
        grant_type: 'authorization_code',
        ...client,
        code: '3-kV0yGq1cOdE',
        redirect_uri: 'https://bridge.example.com/back',
      },
    },
    refresh: {
      summary: 'A refresh token',
      value: { grant_type: 'refresh_token', ...client, refresh_token: '3-rEfReSh0lDoNe' },
    },
  } as const;
  const refusal = (description: string): Response => ({
    description,
    content: {
      'application/json': {
        schema: schemaRef('GrantError'),
        example: { error: 'invalid_grant', error_description: 'The authorization code has expired' },
      },
    },
  });
  return {
    operationId: 'grantTokens',
    tags: ['oauth'],
    summary: 'Get tokens',
    description:
      'Exchanges a code, or a refresh token, for an access token and a new refresh token. A code or a refresh token that is used a second time revokes every token that descends from it.',
    security: [],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': { schema: body, examples },
        'application/json': { schema: body },
      },
    },
    responses: {
      200: {
        description: 'The tokens.',
        content: {
          'application/json': {
            schema: schemaRef('TokenPair'),
            example: {
              access_token: '3-aCcEsS0nE',
              expires_in: accessTokenSeconds,
              token_type: 'bearer',
              scope: '',
              refresh_token: '3-rEfReSh0nE',
              user_id: '11',
              company_id: '1',
              client_url: 'hudson',
            },
          },
        },
      },
      400: refusal('The request, the code or the refresh token is not valid.'),
      401: refusal('The application is not known, or its secret is wrong.'),
      413: refusal('The body is too large.'),
      500: refusal('A fault of the server.'),
      503: refusal('The server or its database is not available at the moment.'),
    },
  };
}
