import { replayedHeaders } from '../../../http/openapi/idempotency.ts';
import type {
  Content,
  Example,
  Operation,
  Parameter,
  PathItem,
  Reference,
  Response,
} from '../../../http/openapi/types.ts';
import { endpoints } from '../endpoints.ts';
import type { Endpoint, Exchange } from '../handler.ts';
import type { Kind } from '../ids.ts';
import { refusalsOf } from './errors.ts';
import { idSchema } from './parts.ts';

/** A published version, as the document tells it from the other. */
export interface SaidVersion {
  /** '/v1' */
  readonly prefix: string;
  /** Stands in the ids of operations. */
  readonly mark: string;
  /** Stands behind the names of objects. */
  readonly suffix: string;
  readonly created: '200' | '201';
}

/** The versions. Reference: Versioning. */
export const versions: readonly SaidVersion[] = [
  { prefix: '/v1', mark: '', suffix: '', created: '200' },
  { prefix: '/v1.1', mark: 'V11', suffix: ' (v1.1)', created: '201' },
];

/** The paths of a version. */
export function pathsOf(version: SaidVersion): Readonly<Record<string, PathItem>> {
  const paths: Record<string, PathItem> = {};
  for (const endpoint of endpoints) {
    const path = `${version.prefix}${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint, version) };
  }
  return paths;
}

function operationOf(endpoint: Endpoint, version: SaidVersion): Operation {
  const { method, path, said } = endpoint;
  const { name, summary, description, body, sameAs } = said;
  const idOf = (word: string): string => `timestation${version.mark}${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  const parameters = parametersOf(endpoint);
  return {
    operationId: idOf(name),
    tags: [`${objectOf(path)}${version.suffix}`],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: (body.required ?? []).length > 0, content: bodyOf(endpoint) } }),
    responses: { [method === 'POST' ? version.created : '200']: successOf(endpoint), ...refusalsOf(endpoint) },
    ...(sameAs === undefined ? {} : { deprecated: true, 'x-same-as': idOf(sameAs) }),
  };
}

/** The object that an address is about: 'Employees' of /employees/... */
function objectOf(path: string): string {
  const [, first = ''] = path.split('/');
  return first.charAt(0).toUpperCase() + first.slice(1);
}

const kinds: Readonly<Record<string, readonly [Kind, string]>> = {
  employee_id: ['emp', 'Id of the employee.'],
  department_id: ['dpt', 'Id of the department.'],
  shift_id: ['shft', 'Id of the shift.'],
};

function parametersOf({ method, path, said }: Endpoint): (Parameter | Reference)[] {
  const [{ params = {}, query = {} }] = said.examples;
  const ofPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => {
    const [kind, description] = kinds[name] ?? ['emp', ''];
    const { description: _said, ...schema } = idSchema(kind, description);
    return { name, in: 'path', required: true, description, schema, example: params[name] };
  });
  const { properties = {}, required = [] } = said.query ?? {};
  const ofQuery = Object.entries(properties).map(
    ([name, { description = '', ...schema }]): Parameter => ({
      name,
      in: 'query',
      description,
      ...(required.includes(name) ? { required: true } : {}),
      schema,
      ...(name in query ? { example: query[name] } : {}),
    }),
  );
  const ofWrites = method === 'GET' ? [] : [{ $ref: '#/components/parameters/TimeStationIdempotencyKey' }];
  return [...ofPath, ...ofQuery, ...ofWrites];
}

/** A body may be a form or JSON; both say the same. */
function bodyOf({ said }: Endpoint): Content {
  const { body: schema = {}, examples } = said;
  const media = { schema, examples: examplesOf(examples, ({ body }) => body) };
  const encoding = { custom_fields: { style: 'deepObject', explode: true } } as const;
  const nested = schema.properties?.custom_fields !== undefined;
  return {
    'application/x-www-form-urlencoded': { ...media, ...(nested ? { encoding } : {}) },
    'application/json': media,
  };
}

function successOf({ method, said }: Endpoint): Response {
  const content = {
    'application/json': { schema: said.answer, examples: examplesOf(said.examples, ({ answer }) => answer) },
  };
  return { description: 'It is done.', ...(method === 'GET' ? {} : { headers: replayedHeaders }), content };
}

function examplesOf(exchanges: readonly Exchange[], part: (exchange: Exchange) => unknown): Record<string, Example> {
  return Object.fromEntries(
    exchanges.map((exchange, index) => [`example${index + 1}`, { summary: exchange.summary, value: part(exchange) }]),
  );
}
