import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../src/engine/definition.ts';
import { rowsIn } from '../support/rows.ts';
import { makeRows, sampleOf } from '../support/samples.ts';
import type { Stage } from '../support/stage.ts';
import { definitions, forEach, sharedWorld } from './battery.ts';

const { world } = sharedWorld();

/** Properties that an admin sees, in the order of the definition. */
function shownFields(definition: Definition): string[] {
  return Object.entries(definition.fields)
    .filter(([, { type, mode, onRequest }]) => type !== 'secret' && mode !== 'write-only' && onRequest === undefined)
    .map(([name]) => name);
}

/** Properties that nobody may ever read. */
const unreadable = new Set(
  definitions.flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, { type, mode }]) =>
      type === 'secret' || mode === 'write-only' ? [name] : [],
    ),
  ),
);

function demandNothingUnreadable(value: unknown, path: string): void {
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    assert.ok(!unreadable.has(name), `${path}.${name} is write-only and must not be shown`);
    demandNothingUnreadable(inner, `${path}.${name}`);
  }
}

async function listed(stage: Stage, definition: Definition, more: Record<string, string> = {}) {
  return stage.admin.get(`/${definition.name}`, { ...sampleOf(definition).all(stage), ...more });
}

/** 18-locations.md, the examples: a location without a fence prints null. */
const nullable: readonly string[] = ['locations.geofence_config_id'];

forEach(definitions, world, (definition, stage) => {
  const { name } = definition;

  test('an empty list is an object, and its envelope is the same as of a full one', async () => {
    const answer = await stage().admin.get(`/${name}`, {
      ...sampleOf(definition).all(stage()),
      modified_since: '2037-01-01T00:00:00+00:00',
    });
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(answer.text, `{"results":{"${name}":{}},"more":false,"supplemental_data":{}}`);
  });

  test('a list has its endpoint as key, a boolean more, and supplemental data as objects by id', async () => {
    await makeRows(stage(), definition, 3);
    const answer = await listed(stage(), definition);
    assert.deepEqual(Object.keys(answer.body), ['results', 'more', 'supplemental_data']);
    assert.deepEqual(Object.keys(answer.body.results ?? {}), [name]);
    assert.ok(rowsIn(answer, name).length >= 3);
    assert.equal(typeof answer.body.more, 'boolean');
    for (const [section, rows] of Object.entries(answer.body.supplemental_data ?? {})) {
      for (const [id, row] of Object.entries(rows)) assert.equal(String(row.id), id, `${section} is keyed by id`);
    }
  });

  test('every row is keyed by its id and has the properties of the definition in their order', async () => {
    const answer = await listed(stage(), definition);
    for (const [id, row] of Object.entries(answer.body.results?.[name] ?? {})) {
      assert.equal(String(row.id), id);
      assert.deepEqual(Object.keys(row), shownFields(definition));
    }
  });

  test('supplemental_data=no leaves the key out, and no other word than yes and no is understood', async () => {
    const without = await listed(stage(), definition, { supplemental_data: 'no' });
    assert.deepEqual(Object.keys(without.body), ['results', 'more']);
    const odd = await listed(stage(), definition, { supplemental_data: 'maybe' });
    assert.equal(odd.status, 417);
    assert.match(odd.text, /supplemental_data/);
  });

  test('what may only be written appears nowhere, not in supplemental data either', async () => {
    demandNothingUnreadable((await listed(stage(), definition)).body, name);
  });

  test('no value is null, and moments have a numeric offset', async () => {
    for (const row of rowsIn(await listed(stage(), definition), name)) {
      for (const [property, value] of Object.entries(row)) {
        if (!nullable.includes(`${name}.${property}`)) assert.notEqual(value, null, `${property} of ${name} is null`);
        if (['instant', 'local-instant'].includes(definition.fields[property]?.type ?? '') && value !== '')
          assert.match(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
      }
    }
  });

  test('HEAD answers as GET does, without a body', async () => {
    const query = new URLSearchParams(
      Object.entries(sampleOf(definition).all(stage())).map(([k, v]) => [k, String(v)]),
    );
    const head = await stage().admin.send('HEAD', `/${name}?${query}`);
    assert.deepEqual([head.status, head.text], [200, '']);
  });
});
