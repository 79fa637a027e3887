import type { Parameter } from '../../../src/http/openapi/types.ts';
import { exampleOf, examplesOf, mediaOf } from './example.ts';
import type { Endpoint } from './model.ts';
import { resolved, type Schemas } from './schema.ts';

/** What somebody fills into the form of an endpoint. */
export interface Draft {
  /** Texts by `keyOf` the parameter; a blank one is not sent. */
  readonly values: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as it goes over the wire, but for its key. */
export interface Prepared {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: { readonly type: string; readonly text: string };
}

/** Names a parameter in a draft; a header and a query parameter may be called the same. */
export function keyOf({ in: place, name }: Parameter): string {
  return `${place}:${name}`;
}

/**
 * The draft that a form begins with, and that code samples show: the query of the first example answer, required parameters, and
 * those with an example of their own.
 */
export function draftOf(endpoint: Endpoint, schemas: Schemas): Draft {
  const { parameters, operation } = endpoint;
  const asked = exampleQueryOf(endpoint);
  const values: Record<string, string> = {};
  for (const parameter of parameters) {
    const value = (parameter.in === 'query' ? asked[parameter.name] : undefined) ?? startOf(parameter, schemas);
    if (value !== undefined) values[keyOf(parameter)] = textOf(value);
  }
  const body = mediaOf(operation.requestBody?.content);
  const [example] = body === undefined ? [] : examplesOf(body.media, schemas);
  return { values, body: example === undefined ? '' : textOf(example.value, 2) };
}

function exampleQueryOf({ answers }: Endpoint): Readonly<Record<string, string>> {
  const success = answers.find(({ status }) => status.startsWith('2'));
  const [example] = Object.values(mediaOf(success?.response.content)?.media.examples ?? {});
  return example?.['x-query'] ?? {};
}

function startOf({ example, required, schema }: Parameter, schemas: Schemas): unknown {
  if (example !== undefined) return example;
  return required === true ? exampleOf(schema, schemas) : undefined;
}

/** The only value that a parameter may have, where it can not be chosen. */
export function constantOf({ required, schema }: Parameter, schemas: Schemas): string | undefined {
  const { const: constant } = resolved(schema, schemas);
  return required === true && constant !== undefined ? textOf(constant) : undefined;
}

/** The request that a draft asks for. The origin is the server's name, such as https://time.example.com. */
export function requestOf(endpoint: Endpoint, { values, body }: Draft, origin: string): Prepared {
  let path = endpoint.address;
  const query: string[] = [];
  const headers: [string, string][] = [];
  for (const parameter of endpoint.parameters) {
    const value = values[keyOf(parameter)] ?? '';
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, encoded(value || `{${parameter.name}}`));
    else if (value === '') continue;
    else if (parameter.in === 'header') headers.push([parameter.name, value]);
    else if (parameter.in === 'query') query.push(...pairsOf(parameter, value));
  }
  const type = mediaOf(endpoint.operation.requestBody?.content)?.type;
  if (type !== undefined && body !== '') headers.push(['Content-Type', type]);
  return {
    method: endpoint.method.toUpperCase(),
    url: `${origin}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers,
    ...(type === undefined || body === '' ? {} : { body: { type, text: wireOf(type, body) } }),
  };
}

/** Forms are written as JSON in the editor, one key for each field, and sent as the form that they stand for. */
function wireOf(type: string, text: string): string {
  if (type !== 'application/x-www-form-urlencoded') return text;
  try {
    const fields = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return new URLSearchParams(fields.map(([name, value]) => [name, textOf(value)])).toString();
  } catch {
    return text;
  }
}

function pairsOf({ name, schema, style, explode }: Parameter, value: string): string[] {
  if (style === 'deepObject') {
    const inner = objectOf(value);
    if (inner !== undefined) return inner.map(([key, part]) => `${name}[${key}]=${encoded(textOf(part))}`);
  }
  const many = [schema.type].flat().includes('array') && explode !== false;
  return (many ? value.split(',') : [value]).map((part) => `${name}=${encoded(part.trim())}`);
}

function objectOf(text: string): [string, unknown][] | undefined {
  try {
    return Object.entries(JSON.parse(text) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}

/** Percent-encoded, but for what addresses may hold and people read better as it is. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3A|7B|7D|40)/g, decodeURIComponent);
}

function textOf(value: unknown, indent?: number): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && indent === undefined) return value.map((item) => textOf(item)).join(',');
  return JSON.stringify(value, null, indent);
}
