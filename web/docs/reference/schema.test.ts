import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Schema } from '../../../src/http/openapi/types.ts';
import { exampleOf } from './example.ts';
import { factsOf } from './facts.ts';
import { sampleDocument } from './sample-document.ts';
import { fieldsOf, resolved, type TypeText, typeOf } from './schema.ts';

const { schemas } = sampleDocument.components;

function words(type: TypeText): string {
  if (type.kind === 'either') return type.options.map(words).join(' | ');
  if (type.kind !== 'plain') return `${type.kind} of ${words(type.of)}`;
  return type.format === undefined ? type.name : `${type.name}:${type.format}`;
}

test('types are told in words', () => {
  const cases: [Schema, string][] = [
    [{ type: 'integer' }, 'integer'],
    [{ type: ['string', 'null'], format: 'date' }, 'string:date | null'],
    [{ $ref: '#/components/schemas/Jobcode' }, 'Jobcode'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Jobcode' } }, 'list of Jobcode'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'map of number'],
    [{ type: 'object', patternProperties: { '^\\d+$': { type: 'string' } } }, 'map of string'],
    [{ oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'string' }] }, 'string | integer'],
    [{ anyOf: [{ $ref: '#/components/schemas/Jobcode' }, { type: 'null' }] }, 'Jobcode | null'],
    [{ const: 'on' }, '"on"'],
    [{ enum: ['a', 'b'] }, 'string'],
    [{}, 'any'],
  ];
  for (const [schema, told] of cases) assert.equal(words(typeOf(schema, schemas)), told);
});

test('the fields of an object are its properties; of lists and maps, those of what they hold', () => {
  const names = (schema: Schema) => fieldsOf(schema, schemas).map(({ name, role }) => name || role);
  const jobcode = ['id', 'name', 'parent', 'rates', 'created'];
  const reference = { $ref: '#/components/schemas/Jobcode' };
  assert.deepEqual(names(reference), jobcode);
  assert.deepEqual(names({ type: 'array', items: reference }), jobcode);
  assert.deepEqual(names({ type: 'object', additionalProperties: reference }), jobcode);
  assert.deepEqual(names({ anyOf: [reference, { type: 'null' }] }), jobcode);
  assert.deepEqual(names({ oneOf: [reference, { $ref: '#/components/schemas/NewJobcodes' }] }), ['choice', 'choice']);
  assert.deepEqual(names({ properties: { a: {} }, additionalProperties: reference }), ['a', 'any-key']);
  assert.deepEqual(names({ type: 'string' }), []);
});

test('parts of allOf are one schema, and what stands beside a name wins', () => {
  const whole = resolved(
    { allOf: [{ $ref: '#/components/schemas/NewJobcodes' }, { properties: { more: {} }, required: ['more'] }] },
    schemas,
  );
  assert.deepEqual(Object.keys(whole.properties ?? {}), ['data', 'more']);
  assert.deepEqual(whole.required, ['data', 'more']);
  assert.equal(resolved({ $ref: '#/components/schemas/Jobcode', description: 'Mine.' }, schemas).description, 'Mine.');
});

test('an example holds what is required, and nothing that can only be read', () => {
  assert.deepEqual(exampleOf({ $ref: '#/components/schemas/NewJobcodes' }, schemas), { data: [{ name: 'Roofing' }] });
  assert.equal(exampleOf({ type: 'string', format: 'date' }, schemas), '2026-06-01');
  assert.equal(exampleOf({ type: 'integer', minimum: 5 }, schemas), 5);
  assert.equal(exampleOf({ enum: ['x', 'y'] }, schemas), 'x');
});

test('limits and choices are facts', () => {
  assert.deepEqual(factsOf({ enum: ['a', 1], default: 'a', maxLength: 3 }), [
    { about: 'oneOf', values: ['a', '1'] },
    { about: 'default', values: ['a'] },
    { about: 'longest', values: ['3'] },
  ]);
  assert.deepEqual(factsOf({ type: 'array', items: { enum: ['x'] }, default: '' }), [
    { about: 'oneOf', values: ['x'] },
    { about: 'default', values: ['""'] },
  ]);
});
