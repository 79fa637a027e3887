import type { Said } from '../action.ts';
import { params, text, whole } from './parts.ts';

const token = '7c1f0f6d2e5b4a39a8d4e6f1b2c3d4e5';

/** What is said of the actions that begin and end sessions. */
export const sessionsSaid = {
  getToken: {
    tag: 'Sessions',
    summary: 'Get a token',
    description:
      'Opens a session of an API key. Nobody has logged in to it yet; it ends an hour later unless somebody does.',
    parameters: params({ api_key: text('The API key.') }, ['api_key']),
    fields: whole({
      token: { type: 'string', pattern: '^[0-9a-f]{32}$', description: 'Stands in every request of the session.' },
    }),
    examples: [
      {
        summary: 'A session of a key',
        params: { api_key: 'n4kz8q1v7m2c5x9b3l6j0h8g4f1d7s2a' },
        message: 'token generated successfully',
        fields: { token },
      },
    ],
  },
  login: {
    tag: 'Sessions',
    summary: 'Log in',
    description:
      'Says who acts in the session from now on; another login takes the place of the one before. A session ends 24 hours ' +
      'after its last request, and 30 days after it began.',
    parameters: params(
      {
        username: text('User name, or an email address that one active user has.'),
        password: { type: 'string', format: 'password', description: 'The password of this user.' },
        client_url: {
          type: 'string',
          description: 'Address of a client that the company of the API key manages, for its users.',
          'x-permission': 'Keys of users with external_access there.',
        },
      },
      ['username', 'password'],
    ),
    examples: [
      {
        summary: 'Dana logs in',
        params: { username: 'dana', password: 'correct horse battery 7' },
        message: 'User logged in successfully',
      },
    ],
  },
  logout: {
    tag: 'Sessions',
    summary: 'Log out',
    description: 'Ends the session: its token is worth nothing any more.',
    examples: [{ summary: 'The end of a session', params: {}, message: 'User logged out successfully' }],
  },
} as const satisfies Readonly<Record<string, Said>>;
