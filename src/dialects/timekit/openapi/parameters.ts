import { idempotencyHeader } from '../../../http/idempotency.ts';
import type { Parameter, Reference } from '../../../http/openapi/types.ts';
import { longestFormat } from '../timestamps.ts';

const format = {
  type: 'string',
  maxLength: longestFormat,
  examples: ['Y-m-d h:ia'],
} as const;

/** Parameters that many calls share, by the name under which they refer to them. */
export const parameters = {
  TimekitApp: {
    name: 'Timekit-App',
    in: 'header',
    description:
      'Slug of the application. Keys of a resource need it; an app token and a widget key belong to one application, and must not name another.',
    schema: { type: 'string', examples: ['hudson-booking'] },
  },
  TimekitTimezone: {
    name: 'Timekit-Timezone',
    in: 'header',
    description:
      'IANA time zone in which times are answered, and in which times without an offset are read. UTC where none is given; times that are read go by the zone of the resource then. Also as `Timezone`, or as a query parameter.',
    schema: { type: 'string', examples: ['America/New_York'] },
  },
  TimekitInputTimestampFormat: {
    name: 'Timekit-InputTimestampFormat',
    in: 'header',
    description:
      'Format of the times in this request, in the letters of PHP’s `date()`. A time that does not have it is read as RFC 3339, as are all without this header. Also without the prefix `Timekit-`, or as a query parameter.',
    schema: format,
  },
  TimekitOutputTimestampFormat: {
    name: 'Timekit-OutputTimestampFormat',
    in: 'header',
    description:
      'Format of the times in the answer, in the letters of PHP’s `date()`; RFC 3339 with a numeric offset where it is not given. Also without the prefix `Timekit-`, or as a query parameter.',
    schema: format,
  },
  TimekitIdempotencyKey: {
    name: idempotencyHeader,
    in: 'header',
    description:
      'A text of your own, 1 to 255 visible ASCII characters: the same request sent again with it is answered as the first one was, and done once.',
    schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
  },
  TimekitLimit: {
    name: 'limit',
    in: 'query',
    description: 'Items of a page; more than 1000 count as 1000.',
    schema: { type: 'integer', minimum: 1, maximum: 999_999_999, default: 50 },
  },
  TimekitPage: {
    name: 'page',
    in: 'query',
    description: 'Which page, counted from 1. Behind the last one `data` is empty.',
    schema: { type: 'integer', minimum: 1, maximum: 999_999_999, default: 1 },
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** One of those that are shared. */
export function shared(name: keyof typeof parameters): Reference {
  return { $ref: `#/components/parameters/${name}` };
}

/** `include=a,b`: what a call adds to its answer. */
export function includeOf(names: readonly string[]): Parameter {
  return {
    name: 'include',
    in: 'query',
    description: 'What the answer holds besides, separated by commas. Names that are not known are ignored.',
    schema: { type: 'array', items: { type: 'string', enum: names } },
    style: 'form',
    explode: false,
  };
}

/** `search=key:value;key:value`. */
export function searchBy(description: string, keys: readonly string[], example: string): Parameter {
  const listed = keys.map((key) => `\`${key}\``).join(', ');
  return {
    name: 'search',
    in: 'query',
    description: `Pairs of \`key:value\`, separated by semicolons; all of them must hold. Keys: ${listed}; another one is refused. ${description}`,
    schema: { type: 'string', examples: [example] },
  };
}

/** A moment in the query. */
export function timeAsked(name: string, description: string): Parameter {
  return {
    name,
    in: 'query',
    description: `${description} RFC 3339, or in the format that the request names.`,
    schema: { type: 'string' },
  };
}
