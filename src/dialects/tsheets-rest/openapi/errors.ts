import type { Example, Reference, Response, Schema } from '../../../http/openapi/types.ts';
import { reasonOf } from '../errors.ts';
import { closed, schemaRef } from './names.ts';

/** The body of a request that failed as a whole. */
export const requestError: Schema = {
  title: 'RequestError',
  description: 'A request that failed as a whole: nothing of it was done.',
  ...closed({
    error: closed({
      code: { type: 'integer', description: 'The HTTP status again.' },
      message: { type: 'string', description: 'The name of the status and, after a colon, what is wrong.' },
    }),
  }),
};

/** What the statuses of requests mean, and a sentence that may come with them. */
const meanings: Readonly<Record<number, readonly [means: string, such: string]>> = {
  400: ['The body is not JSON, or the request can not be understood.', 'The body is not valid JSON'],
  401: ['There is no access token, or it is not valid (any more).', 'The access token has expired.'],
  403: ['The caller may not do this at all.', "Oops! You don't have permission to act for that client"],
  404: ['What was asked for does not exist, or the caller can not see it.', 'The file does not exist or was deleted'],
  405: ['The endpoint does not know this method.', 'DELETE is not allowed for current_user'],
  408: ['The request took too long to arrive.', 'The request took too long to arrive.'],
  413: [
    'Too much at once: more than 50 items, more than 200 ids, or a body that is too large.',
    'data holds 51 items; at most 50 are allowed',
  ],
  416: ['The range lies outside of the file.', 'The file has 1024 bytes, and the range lies outside'],
  417: [
    'A parameter is missing or has a value that is not allowed, or the body has the wrong shape.',
    'limit must be a whole number from 1 to 200',
  ],
  422: [
    'The `Idempotency-Key` was used for another request.',
    'This Idempotency-Key was used for another request within the last 24 hours.',
  ],
  429: [
    'Too many requests of this token; `Retry-After` says when to go on.',
    'Too many requests; try again in 12 seconds.',
  ],
  500: ['A fault of the server, which its log tells of.', 'Something went wrong here; the request id is 7f3c.'],
  501: ['The endpoint does not offer this method.', 'DELETE is not implemented for groups'],
  503: ['The server or its database is not available at the moment.', 'The database can not be reached.'],
};

const retryAfter = {
  'Retry-After': { description: 'Seconds until it is worth trying again.', schema: { type: 'integer', minimum: 1 } },
} as const;

/** One response for each status, shared by all operations. */
export const errorResponses: Readonly<Record<string, Response>> = Object.fromEntries(
  Object.entries(meanings).map(([status, [description, such]]) => [
    `Error${status}`,
    {
      description,
      ...(status === '429' || status === '503' ? { headers: retryAfter } : {}),
      content: {
        'application/json': {
          schema: schemaRef('RequestError'),
          examples: { error: exampleOf(Number(status), such) },
        },
      },
    },
  ]),
);

function exampleOf(code: number, detail: string): Example {
  return { value: { error: { code, message: `${reasonOf(code)}: ${detail}` } } };
}

/** References to them by status; those that every request with a token may meet, and others. */
export function errorsOf(...others: readonly number[]): Record<string, Reference> {
  const statuses = [401, 403, 417, 429, 500, 503, ...others].sort((a, b) => a - b);
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Error${status}` }]));
}
