import type {
  Content,
  Example,
  Operation,
  Parameter,
  Reference,
  Response,
  Schema,
} from '../../../http/openapi/types.ts';
import type { Route } from '../route.ts';
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
  const { name, tag, summary, text, body, bodyOptional = false, oldNameOf } = route.about;
  const examples = exchangesOf(oldNameOf ?? name);
  const requestBody = body && { required: !bodyOptional, content: contentOf(body, examples, 'body') };
  return {
    operationId: idOf(name),
    tags: [tag],
    summary,
    description: [text, keysInWords(route)].filter((part) => part !== undefined).join('\n\n'),
    security: securityOf(route),
    parameters: parametersOf(route, examples[0]),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: { ...successOf(route, examples), ...failuresOf(route) },
    ...(oldNameOf === undefined ? {} : { deprecated: true, 'x-same-as': idOf(oldNameOf) }),
  };
}

function idOf(name: string): string {
  return `timekit${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** Whether it is done once, however often it is sent with one key. */
function isKeyed({ method, open }: Route): boolean {
  return method !== 'GET' && open === undefined;
}

function parametersOf(route: Route, first: Exchange | undefined): (Parameter | Reference)[] {
  const { path, open, about } = route;
  const { params = {}, query = [], include, paged, needsApp, readsTimes, data } = about;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => {
    const { description = '', ...schema } = params[name] ?? id('Its id.');
    return { name, in: 'path', description, required: true, schema, ...exampleOf(first?.params?.[name]) };
  });
  return [
    ...inPath,
    ...query.map((one) => ({ ...one, ...exampleOf(first?.query?.[one.name]) })),
    ...(include === undefined ? [] : [{ ...includeOf(include), ...exampleOf(first?.query?.include?.split(',')) }]),
    ...(paged === undefined ? [] : [shared('TimekitLimit'), shared('TimekitPage')]),
    ...(open === undefined ? [shared('TimekitApp')] : []),
    ...(needsApp === undefined ? [] : [{ ...parameters.TimekitApp, required: true }]),
    shared('TimekitTimezone'),
    ...(readsTimes === undefined ? [] : [shared('TimekitInputTimestampFormat')]),
    ...(data === undefined ? [] : [shared('TimekitOutputTimestampFormat')]),
    ...(isKeyed(route) ? [shared('TimekitIdempotencyKey')] : []),
  ];
}

function exampleOf(example: unknown): { example?: unknown } {
  return example === undefined ? {} : { example };
}

/** Bodies of requests or answers with the examples, each under the name of its exchange. */
function contentOf(schema: Schema, exchanges: readonly Exchange[], part: 'body' | 'answer'): Content {
  const examples: Record<string, Example> = {};
  for (const { name = 'usual', title, [part]: value } of exchanges) {
    if (value !== undefined) examples[name] = { ...(title === undefined ? {} : { summary: title }), value };
  }
  return { 'application/json': { schema, examples } };
}

const isTrue = { type: 'string', const: 'true' } as const;
const testMode = {
  'Timekit-TestMode': {
    description: '`true` where the application is in test mode; else it is not there.',
    schema: isTrue,
  },
};
const replayed = {
  'Idempotent-Replayed': {
    description: '`true` where the request was done before, with the same `Idempotency-Key`.',
    schema: isTrue,
  },
};

function successOf(route: Route, exchanges: readonly Exchange[]): Record<string, Response> {
  const { data, beside = {}, paged, creates } = route.about;
  const headers = isKeyed(route) ? { ...testMode, ...replayed } : testMode;
  if (data === undefined) return { 204: { description: 'It is done; there is no body.', headers } };
  const schema = answered({ data, ...(paged === undefined ? {} : pageProperties) }, beside);
  const content = contentOf(schema, exchanges, 'answer');
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
