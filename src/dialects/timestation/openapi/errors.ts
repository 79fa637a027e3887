import type { Reference, Response, Schema } from '../../../http/openapi/types.ts';
import type { Endpoint } from '../handler.ts';
import { named, only } from './parts.ts';

/** What every refusal looks like. */
export const errorSchema: Schema = only('error', {
  type: 'object',
  properties: {
    error_code: { type: 'string', pattern: '^[45]\\d\\d$', description: 'The HTTP status, as a text.' },
    error_text: { type: 'string', description: 'A sentence that says what is wrong.' },
  },
  required: ['error_code', 'error_text'],
  additionalProperties: false,
});

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
} as const;

/** What each status says; 402 is this API's own. */
const refusals = {
  400: ['Invalid', 'Something is missing or wrong.', 'name is required'],
  401: ['Unauthorized', 'No API key, or one that opens nothing.', 'Invalid API Key'],
  402: ['Refused', 'All that was sent is valid, but a rule says no.', 'The shift is closed already'],
  403: ['Forbidden', 'The user of the key has no right to it.', 'You do not have permission to set rates of pay'],
  404: ['NotFound', 'It does not exist, or the user of the key may not see it.', 'The employee does not exist'],
  413: ['TooLarge', 'The body is longer than 256 KiB.', 'The body is too large.'],
  415: ['UnsupportedType', 'The body is neither a form nor JSON.', 'The body must be form-encoded or JSON'],
  422: [
    'KeyReused',
    'The Idempotency-Key came with another request within 24 hours.',
    'This Idempotency-Key was used for another request within the last 24 hours.',
  ],
  429: [
    'TooManyRequests',
    'The company has made 5,000 requests in 24 hours.',
    'Too many requests; try again in 60 seconds.',
  ],
  500: ['Fault', 'A fault of the server; it stands in its log by the request’s id.', 'Something went wrong here.'],
  503: ['Unavailable', 'The server can not answer now.', 'The database can not be reached.'],
} as const;

type Status = keyof typeof refusals;

const always: readonly Status[] = [400, 401, 403, 429, 500, 503];

/** The shared answers that refuse, by their name in the document. */
export const errorResponses: Readonly<Record<string, Response>> = Object.fromEntries(
  Object.entries(refusals).map(([status, [name, description, text]]) => [
    `TimeStation${name}`,
    {
      description,
      ...(status === '429' || status === '503' ? { headers: retryAfter } : {}),
      content: {
        'application/json': {
          schema: named('TimeStationError'),
          example: { error: { error_code: status, error_text: text } },
        },
      },
    },
  ]),
);

/** How an endpoint may refuse a request. */
export function refusalsOf({ path, method, said }: Endpoint): Readonly<Record<string, Reference>> {
  const statuses: Status[] = [...always];
  if (said.ruled) statuses.push(402);
  if (path.includes(':') || said.query !== undefined || said.body !== undefined) statuses.push(404);
  // Bodies are read whether an endpoint needs one or not.
  if (method !== 'GET') statuses.push(413, 415, 422);
  return Object.fromEntries(
    statuses
      .sort((a, b) => a - b)
      .map((status) => [status, { $ref: `#/components/responses/TimeStation${refusals[status][0]}` }]),
  );
}
