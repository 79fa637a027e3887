import { idempotencyKey } from '../../../http/openapi/idempotency.ts';
import type { Parameter, Reference } from '../../../http/openapi/types.ts';

/** Query parameters and headers that many operations have. */
export const sharedParameters = {
  limit: {
    name: 'limit',
    in: 'query',
    description: 'How many rows a page holds.',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 200 },
  },
  page: {
    name: 'page',
    in: 'query',
    description:
      'Which page is wanted, counted from 1; 0 means 1 too. A page that follows one already given continues behind its last row.',
    schema: { type: 'integer', minimum: 1, maximum: 10_000_000, default: 1 },
  },
  perPage: {
    name: 'per_page',
    in: 'query',
    description:
      'The older name of `limit`, at most 50: more, or less than 1, counts as 50. Only looked at where `limit` is not given.',
    deprecated: true,
    schema: { type: 'integer', minimum: 1, maximum: 50 },
  },
  supplementalData: {
    name: 'supplemental_data',
    in: 'query',
    description: 'Whether the rows that the results refer to come along.',
    schema: { type: 'string', enum: ['yes', 'no'], default: 'yes' },
  },
  modifiedSince: {
    name: 'modified_since',
    in: 'query',
    description: 'Only rows that were changed at this moment or later, in the order in which they were changed.',
    schema: { type: 'string', format: 'date-time' },
  },
  modifiedBefore: {
    name: 'modified_before',
    in: 'query',
    description: 'Only rows that were changed before this moment.',
    schema: { type: 'string', format: 'date-time' },
  },
  idempotencyKey,
  managedClient: {
    name: 'vnd.tsheets.ManagedClientId',
    in: 'header',
    description: 'The id of a managed client: the request acts in that company. For those with `external_access`.',
    schema: { type: 'integer', minimum: 1 },
  },
} satisfies Readonly<Record<string, Parameter>>;

/** Refers to one of them. */
export function shared(name: keyof typeof sharedParameters): Reference {
  return { $ref: `#/components/parameters/${name}` };
}

/** A comma separated list of ids. */
export function idList(name: string, description: string, required = false): Parameter {
  return {
    name,
    in: 'query',
    ...(required ? { required } : {}),
    description,
    style: 'form',
    explode: false,
    schema: { type: 'array', items: { type: 'integer' }, maxItems: 200 },
  };
}
