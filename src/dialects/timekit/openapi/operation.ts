import type { Example, Media, Operation, Parameter, Reference, Response, Schema } from '../../../http/openapi/types.ts';
import type { Route } from '../route.ts';
import type { About } from './about.ts';
import { type Exchange, exchangesOf } from './examples/index.ts';
import { keysInWords, securityOf } from './keys.ts';
import { pageProperties } from './paging.ts';
import { includeOf, parameters, shared } from './parameters.ts';
import { answered, id } from './words.ts';

/** The path of a route as OpenAPI writes it, from the root of the server. */
export function pathOf({ path }: Pick<Route, 'path'>): string {
  return `/v2${path.replace(/:(\w+)/g, '{$1}')}`;
}

/** A route as an operation. */
export function operationOf(route: Route): Operation {
  const { about } = route;
  const examples = exchangesOf(about.oldNameOf ?? about.name);
  const { name, tag, summary, text, body } = about;
  const operationId = `timekit${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const old = about.oldNameOf === undefined ? {} : { deprecated: true };
  return {
    operationId,
    tags: [tag],
    summary,
    description: [text, keysInWords(route)].filter((part) => part !== undefined).join('\n\n'),
    security: securityOf(route),
    parameters: parametersOf(route, examples[0]),
    ...(body === undefined ? {} : { requestBody: requestOf(body, examples) }),
    responses: { ...successOf(about, examples), ...failuresOf(route) },
    ...old,
  };
}

function parametersOf({ method, path, open, about }: Route, first: Exchange | undefined): (Parameter | Reference)[] {
  const { params = {}, query = [], include, paged, needsApp, readsTimes, data } = about;
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => {
    const { description = '', ...schema } = params[name] ?? id('Its id.');
    const example = first?.params?.[name];
    return {
      name,
      in: 'path',
      description,
      required: true,
      schema,
      ...(example === undefined ? {} : { example }),
    };
  });
  return [
    ...named,
    ...query.map((one) => ({ ...one, ...exampleOf(one.name, first) })),
    ...(include === undefined ? [] : [{ ...includeOf(include), ...exampleOf('include', first) }]),
    ...(paged === undefined ? [] : [shared('TimekitLimit'), shared('TimekitPage')]),
    ...(open === undefined ? [shared('TimekitApp')] : []),
    ...(needsApp === undefined ? [] : [{ ...parameters.TimekitApp, required: true }]),
    shared('TimekitTimezone'),
    ...(readsTimes === undefined ? [] : [shared('TimekitInputTimestampFormat')]),
    ...(data === undefined ? [] : [shared('TimekitOutputTimestampFormat')]),
    ...(method === 'GET' || open !== undefined ? [] : [shared('TimekitIdempotencyKey')]),
  ];
}

function exampleOf(name: string, first: Exchange | undefined): { example?: unknown } {
  const example = first?.query?.[name];
  if (example === undefined) return {};
  return { example: name === 'include' ? example.split(',') : example };
}

function requestOf(schema: Schema, exchanges: readonly Exchange[]): NonNullable<Operation['requestBody']> {
  const media = mediaOf(schema, exchanges, ({ body }) => body);
  // Where nothing is required, the body may be left out.
  return {
    required: schema.required !== undefined || schema.$ref !== undefined,
    content: { 'application/json': media },
  };
}

/** A schema with the examples, each under the name of its exchange. */
function mediaOf(schema: Schema, exchanges: readonly Exchange[], part: (exchange: Exchange) => unknown): Media {
  const examples: Record<string, Example> = {};
  for (const exchange of exchanges) {
    const value = part(exchange);
    if (value === undefined) continue;
    examples[exchange.name ?? 'usual'] = {
      ...(exchange.title === undefined ? {} : { summary: exchange.title }),
      value,
    };
  }
  return { schema, ...(Object.keys(examples).length === 0 ? {} : { examples }) };
}

const headers = {
  'Timekit-TestMode': {
    description: '`true` where the application is in test mode; else it is not there.',
    schema: { type: 'string', const: 'true' },
  },
  'Idempotent-Replayed': {
    description: '`true` where the request was done before, with the same `Idempotency-Key`.',
    schema: { type: 'string', const: 'true' },
  },
} as const;

function successOf(about: About, exchanges: readonly Exchange[]): Record<string, Response> {
  const { data, beside = {}, paged, creates } = about;
  if (data === undefined) return { 204: { description: 'It is done; there is no body.', headers } };
  const schema = answered({ data, ...(paged === undefined ? {} : pageProperties) }, beside);
  const content = { 'application/json': mediaOf(schema, exchanges, ({ answer }) => answer) };
  const description = creates === undefined ? 'What was asked for.' : 'What was made.';
  return { [creates === undefined ? 200 : 201]: { description, headers, content } };
}

function failuresOf({ path, about }: Route): Record<string, Reference> {
  const failure = (name: string): Reference => ({ $ref: `#/components/responses/Timekit${name}` });
  return {
    400: failure('Malformed'),
    401: failure('Unauthenticated'),
    403: failure('Forbidden'),
    ...(path.includes(':') || about.names === true ? { 404: failure('NotFound') } : {}),
    413: failure('TooLarge'),
    422: failure('Refused'),
    429: failure('TooMany'),
    500: failure('Fault'),
    503: failure('Unavailable'),
  };
}
