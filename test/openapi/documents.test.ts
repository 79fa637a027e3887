import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { descriptions } from '../../src/descriptions.ts';
import { documentOf } from '../../src/http/openapi/document.ts';
import type { Media, Method, OpenApiDocument, Operation, Schema } from '../../src/http/openapi/types.ts';

const all = documentOf(
  descriptions.map(({ describe }) => describe()),
  '1.0.0',
);
const documents: readonly (readonly [string, OpenApiDocument])[] = [
  ['all dialects', all],
  ...descriptions.map(({ name, describe }) => [name, documentOf([describe()], '1.0.0')] as const),
];

/** Every object in a document with the JSON pointer to it; examples are data, and are left out. */
function* objectsIn(value: unknown, pointer = ''): Generator<[pointer: string, Readonly<Record<string, unknown>>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [pointer, value as Readonly<Record<string, unknown>>];
  for (const [key, inner] of Object.entries(value)) {
    const isData =
      ['example', 'examples', 'default', 'const', 'enum'].includes(key) && !pointer.endsWith('/properties');
    if (!isData) yield* objectsIn(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

function* operationsOf({ paths }: OpenApiDocument): Generator<[string, Method, Operation]> {
  for (const [path, item] of Object.entries(paths))
    for (const [method, operation] of Object.entries(item)) yield [path, method as Method, operation];
}

/** The extensions that are said in the types. */
const knownExtensions = [
  ...readFileSync(new URL('../../src/http/openapi/types.ts', import.meta.url), 'utf8').matchAll(/'(x-[a-z-]+)'\??:/g),
].map(([, name]) => name);

for (const [name, document] of documents) {
  test(`${name}: a valid document of OpenAPI 3.1`, async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    assert.ok(valid, JSON.stringify(errors, undefined, 1));
  });

  test(`${name}: every reference leads somewhere, and every extension is one of ours`, () => {
    const objects = new Map(objectsIn(document));
    const dangling = [...objects.values()].flatMap(({ $ref }) =>
      typeof $ref === 'string' && !objects.has($ref.replace(/^#/, '')) ? [$ref] : [],
    );
    assert.deepEqual(dangling, []);
    const foreign = [...objects].flatMap(([pointer, object]) =>
      pointer.endsWith('/properties')
        ? []
        : Object.keys(object).filter((key) => key.startsWith('x-') && !knownExtensions.includes(key)),
    );
    assert.deepEqual(foreign, []);
  });

  test(`${name}: every operation has a name of its own, a known tag, and statuses`, () => {
    const operations = [...operationsOf(document)];
    const ids = operations.map(([, , { operationId }]) => operationId);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
    const tags = new Set(document.tags.map((tag) => tag.name));
    for (const [path, method, { tags: own, responses, operationId }] of operations) {
      assert.ok(tags.has(own[0]), `${operationId} has the tag ${own[0]}`);
      assert.ok(
        Object.keys(responses).some((status) => /^[23]/.test(status)),
        `${method} ${path} can succeed`,
      );
      assert.match(operationId, /^[a-z][A-Za-z0-9]+$/);
    }
    for (const { 'x-object': object } of document.tags) {
      if (object !== undefined) assert.ok(object in document.components.schemas, object);
    }
  });

  test(`${name}: what answers hold is closed or says that it is open, and requires only what it has`, () => {
    // What clients give too may hold more than a server reads.
    const given = schemasOf(document, 'requests');
    for (const schema of schemasOf(document, 'answers').difference(given)) {
      const { type, properties, required = [], additionalProperties, unevaluatedProperties } = schema;
      if (type !== 'object' || properties === undefined) continue;
      const said = JSON.stringify(schema).slice(0, 300);
      assert.ok(additionalProperties !== undefined || unevaluatedProperties !== undefined, said);
      if (additionalProperties !== false) continue;
      assert.deepEqual(
        required.filter((key) => !Object.hasOwn(properties, key)),
        [],
        said,
      );
    }
  });
}

/** All schemas that answers or requests are made of, through references. Parts of an allOf are closed together, and are left out. */
function schemasOf(document: OpenApiDocument, side: 'answers' | 'requests'): Set<Schema> {
  const { schemas, responses } = document.components;
  const found = new Set<Schema>();
  const add = (schema: Schema): void => {
    if (found.has(schema)) return;
    found.add(schema);
    const referred = schema.$ref === undefined ? undefined : schemas[schema.$ref.replace(/^.*\//, '')];
    if (referred !== undefined) add(referred);
    const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [] } = schema;
    for (const part of [...Object.values(properties), ...anyOf, ...oneOf]) add(part);
    if (items !== undefined) add(items);
    if (typeof additionalProperties === 'object') add(additionalProperties);
  };
  for (const [path, , { responses: answers, requestBody }] of operationsOf(document)) {
    // One path stands for every action of the legacy API, and is described in general.
    if (path === '/api.php') continue;
    const bodies = Object.values(answers).map((given) =>
      '$ref' in given ? responses[given.$ref.replace(/^.*\//, '')] : given,
    );
    for (const body of side === 'answers' ? bodies : [requestBody]) {
      for (const { schema } of Object.values(body?.content ?? {})) add(schema);
    }
  }
  return found;
}

test('every example is as its schema says, and every JSON answer of success has one', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, inlineRefs: false, code: { optimize: false } });
  addFormats.default(ajv);
  ajv.addSchema(all, 'openapi');
  for (const [path, method, operation] of operationsOf(all)) {
    const pointer = `openapi#/paths/${path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}`;
    const check = (place: string, type: string, media: Media): number => {
      const values = examplesOf(media);
      const validate = ajv.compile({ $ref: `${pointer}${place}/content/${type.replaceAll('/', '~1')}/schema` });
      for (const value of values) {
        assert.ok(
          validate(value),
          `${operation.operationId}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`,
        );
      }
      return values.length;
    };
    for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
      check('/requestBody', type, media);
    }
    for (const [status, answer] of Object.entries(operation.responses)) {
      if ('$ref' in answer) continue;
      for (const [type, media] of Object.entries(answer.content ?? {})) {
        if (!type.endsWith('json')) continue;
        const count = check(`/responses/${status}`, type, media);
        if (status.startsWith('2')) assert.ok(count > 0, `${operation.operationId} ${status} has no example`);
      }
    }
    const bodies = Object.values(operation.requestBody?.content ?? {});
    if (bodies.length > 0)
      assert.ok(
        bodies.some((media) => examplesOf(media).length > 0),
        operation.operationId,
      );
  }
});

function examplesOf({ example, examples = {} }: Media): unknown[] {
  return [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
}
