import type { Content, Example, Response, Schema } from '../../../http/openapi/types.ts';
import type { Tree } from '../action.ts';
import { errorCodes } from '../errors.ts';
import { named, text, whole } from '../said/parts.ts';
import { xmlOf } from '../xml.ts';

type Fields = { readonly [name: string]: Tree };

/** Every failure, whatever its HTTP status. */
export const failureSchema: Schema = whole(
  {
    status: { const: 'fail', description: 'Says that it failed.' },
    last_error: text('A sentence that says why.'),
    error_code: {
      type: 'integer',
      enum: errorCodes.map(([code]) => code),
      description: 'Number of the kind of failure.',
    },
    error_text: { type: 'string', enum: errorCodes.map(([, words]) => words), description: 'Name of the kind.' },
  },
  { description: 'What is answered when an action fails.' },
);

/** The table of numbers, in Markdown. */
export const errorTable = [
  '| error_code | error_text | when |',
  '| --- | --- | --- |',
  ...errorCodes.map(([code, words, when]) => `| ${code} | ${words} | ${when} |`),
].join('\n');

/** What the numbers say of a made-up failure. */
export function failure(code: number, detail: string): Fields {
  const [, words = ''] = errorCodes.find(([number]) => number === code) ?? [];
  return { status: 'fail', last_error: detail, error_code: code, error_text: words };
}

/** The two forms of an answer. */
export function bothForms(
  schema: Schema,
  examples: Readonly<Record<string, readonly [summary: string, Fields]>>,
): Content {
  const all = (write: (fields: Fields) => unknown): Record<string, Example> =>
    Object.fromEntries(
      Object.entries(examples).map(([name, [summary, fields]]) => [name, { summary, value: write(fields) }]),
    );
  return {
    'application/json': { schema, examples: all((fields) => fields) },
    'text/xml': {
      schema: { type: 'string', description: 'The same as a document, `result` around it; lists are elements `item`.' },
      examples: all(xmlOf),
    },
  };
}

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
} as const;

function refusal(description: string, code: number, detail: string, headers?: Response['headers']): Response {
  const content = bothForms(named('LegacyFailure'), { example: [description, failure(code, detail)] });
  return { description, ...(headers === undefined ? {} : { headers }), content };
}

/** Failures that have an HTTP status of their own; all others are answered with 200. */
export const errorResponses: Readonly<Record<string, Response>> = {
  LegacyBadRequest: refusal('No request of HTTP.', 7014, 'The request can not be understood.'),
  LegacyTooLarge: refusal('The body is longer than 2 MB.', 7014, 'The body is too large.'),
  LegacyTooManyRequests: refusal(
    'Beyond the limit of the session or of the key, or too many wrong passwords.',
    7031,
    'Too many requests; try again in 60 seconds.',
    retryAfter,
  ),
  LegacyFault: refusal('A fault of the server.', 9999, 'Something went wrong here; the request id is 7f3a.'),
  LegacyUnavailable: refusal('The server can not answer now.', 7050, 'The database can not be reached.', retryAfter),
};

/** How every operation may answer besides 200. */
export const refusals = {
  400: { $ref: '#/components/responses/LegacyBadRequest' },
  413: { $ref: '#/components/responses/LegacyTooLarge' },
  429: { $ref: '#/components/responses/LegacyTooManyRequests' },
  500: { $ref: '#/components/responses/LegacyFault' },
  503: { $ref: '#/components/responses/LegacyUnavailable' },
} as const;
