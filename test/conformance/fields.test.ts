import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition, Field } from '../../src/engine/definition.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { itemsOf, listAll, makeRows, sampleOf, takesForeignIds } from '../support/samples.ts';
import type { Stage } from '../support/stage.ts';
import { forEach, offering, refusedStatus, sharedWorld } from './battery.ts';

const { world } = sharedWorld();

/** A value of the field's type that it does not have. */
function differing(field: Field, value: unknown): unknown {
  switch (field.type) {
    case 'boolean':
      return value !== true;
    case 'text':
    case 'secret':
      return `${value ?? ''}x`;
    case 'choice':
      return field.values?.find((other) => other !== value);
    case 'day':
      return '1999-09-09';
    case 'instant':
    case 'local-instant':
      return '1999-09-09T09:09:09+00:00';
    case 'ids':
      return [999_999];
    case 'map':
    case 'json':
      return { 1: '7' };
    default:
      return Number(value ?? 0) + 7;
  }
}

/** Fields that can not be written now; by variant where the row has one. */
function closed(definition: Definition, row: Row | undefined): [string, Field][] {
  const closedModes = row === undefined ? ['read-only'] : ['read-only', 'write-once'];
  const variant = String(row?.[definition.variant ?? ''] ?? 'regular');
  return Object.entries(definition.fields).filter(([name, { mode }]) => {
    const now = typeof mode === 'string' ? mode : (mode[variant] ?? 'read-only');
    return closedModes.includes(now) && (name !== 'id' || row === undefined);
  });
}

async function putOne(stage: Stage, { name }: Definition, item: object): Promise<Row> {
  return rowsIn(await stage.admin.put(`/${name}`, [item]), name)[0] ?? {};
}

async function postOne(stage: Stage, { name }: Definition, item: object): Promise<Row> {
  return rowsIn(await stage.admin.post(`/${name}`, [item]), name)[0] ?? {};
}

const refusal = (definition: Definition, name: string): object => ({
  _status_code: refusedStatus(definition),
  _status_message: refusedStatus(definition) === 400 ? 'Bad Request' : 'Expectation Failed',
  _status_extra: `Invalid params: ${name}`,
});

function statusOf({ _status_code, _status_message, _status_extra }: Row): object {
  return { _status_code, _status_message, ...(_status_extra === undefined ? {} : { _status_extra }) };
}

forEach(offering('create'), world, (definition, stage) => {
  test('a new item must not say what only the server says, but may leave it blank', async () => {
    for (const [name, field] of closed(definition, undefined)) {
      const [item] = await itemsOf(stage(), definition, 1);
      const refused = await postOne(stage(), definition, { ...item, [name]: differing(field, undefined) });
      if (takesForeignIds(definition) && name === 'id') {
        assert.equal(refused._status_code, 200, JSON.stringify(refused));
        continue;
      }
      assert.deepEqual(statusOf(refused), refusal(definition, name));
      const blank = await postOne(stage(), definition, { ...item, [name]: '' });
      assert.equal(blank._status_code, 200, `${name}: "" ${JSON.stringify(blank)}`);
      const [other] = await itemsOf(stage(), definition, 1);
      const nothing = await postOne(stage(), definition, { ...other, [name]: null });
      assert.equal(nothing._status_code, 200, `${name}: null ${JSON.stringify(nothing)}`);
    }
  });

  test('unknown properties of a new item are refused, all of them by name', async () => {
    const [item] = await itemsOf(stage(), definition, 1);
    const text = `{"data":[${JSON.stringify(item).slice(0, -1)},"colour":"blue","__proto__":1,"toString":""}]}`;
    const answer = await stage().admin.send('POST', `/${definition.name}`, text);
    const [refused] = rowsIn(answer, definition.name);
    assert.match(JSON.stringify(refused), /"Invalid params: colour,__proto__,toString"/);
  });

  test('a required property that is missing or blank is named', async () => {
    const [item = {}] = await itemsOf(stage(), definition, 1);
    const required = Object.keys(item).filter((name) => definition.fields[name]?.required === true);
    for (const name of required) {
      const { [name]: _, ...rest } = item;
      // 0 is no reference, and a text of blanks is no text.
      const { type, orNone } = definition.fields[name] ?? {};
      const nothing = type === 'reference' && !orNone ? [0, '0'] : type === 'text' ? ['  '] : [];
      for (const value of [undefined, '', null, ...nothing]) {
        const incomplete = value === undefined ? rest : { ...rest, [name]: value };
        const refused = await postOne(stage(), definition, incomplete);
        assert.equal(refused._status_code, refusedStatus(definition), `${name}: ${JSON.stringify(refused)}`);
        assert.match(String(refused._status_extra), new RegExp(`\\b${name}\\b`));
      }
    }
  });

  test('numbers and booleans may be texts', async () => {
    const [item = {}] = await itemsOf(stage(), definition, 1);
    const texts = Object.entries(item).map(([name, value]) => {
      if (definition.fields[name]?.type === 'rows') return [name, value];
      if (typeof value === 'number') return [name, String(value)];
      if (typeof value === 'boolean') return [name, value ? 'yes' : 'no'];
      return [name, Array.isArray(value) ? value.join(', ') : value];
    });
    const made = await postOne(stage(), definition, Object.fromEntries(texts));
    assert.equal(made._status_code, 200, JSON.stringify(made));
    for (const [name, value] of Object.entries(item)) {
      if (typeof value === 'number' || typeof value === 'boolean') assert.equal(made[name], value, name);
    }
  });
});

forEach(offering('create', 'update'), world, (definition, stage) => {
  /** Rows of every variant. */
  async function rows(): Promise<Row[]> {
    await makeRows(stage(), definition, 1);
    const { other } = sampleOf(definition);
    if (other !== undefined) await postOne(stage(), definition, await other(stage()));
    return (await listAll(stage(), definition)).slice(other === undefined ? -1 : -2);
  }

  test('what can not be changed is refused by name when it differs, and tolerated when it is blank', async () => {
    for (const row of await rows()) {
      for (const [name, field] of closed(definition, row)) {
        const refused = await putOne(stage(), definition, { id: row.id, [name]: differing(field, row[name]) });
        assert.deepEqual(statusOf(refused), refusal(definition, name), name);
        for (const blank of ['', null]) {
          const tolerated = await putOne(stage(), definition, { id: row.id, [name]: blank });
          assert.deepEqual(statusOf(tolerated), { _status_code: 200, _status_message: 'Updated' }, name);
        }
      }
    }
  });

  test('unknown properties of a change are refused, and nothing of the item is stored', async () => {
    const [row = {}] = await rows();
    const change = sampleOf(definition).change?.(stage());
    const refused = await putOne(stage(), definition, { id: row.id, ...change, colour: 'blue', size: 4 });
    assert.deepEqual(statusOf(refused), refusal(definition, 'colour,size'));
    const stored = (await listAll(stage(), definition)).find(({ id }) => id === row.id);
    assert.deepEqual(stored?.last_modified, row.last_modified);
  });

  test('a whole object that was read can be sent back, and nothing changes', async () => {
    await rows();
    const before = await stage().admin.get(`/${definition.name}`, sampleOf(definition).all(stage()));
    const all = rowsIn(before, definition.name);
    const texts = all.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
      ),
    );
    for (const items of [all, texts]) {
      const answer = await stage().admin.put(`/${definition.name}`, items);
      for (const item of rowsIn(answer, definition.name))
        assert.deepEqual(statusOf(item), { _status_code: 200, _status_message: 'Updated' });
    }
    const after = await stage().admin.get(`/${definition.name}`, sampleOf(definition).all(stage()));
    assert.equal(after.text.replace(/"last_active":"[^"]*"/g, ''), before.text.replace(/"last_active":"[^"]*"/g, ''));
  });

  test('null leaves a property as it is', async () => {
    const [row = {}] = await rows();
    const nothing = Object.fromEntries(Object.keys(row).map((name) => [name, null]));
    const kept = await putOne(stage(), definition, { ...nothing, id: row.id });
    const { _status_code, _status_message, last_active: _, ...values } = kept;
    assert.equal(_status_code, 200, JSON.stringify(kept));
    const { last_active: __, ...before } = row;
    assert.deepEqual(values, before);
  });

  test('an item without an id, or with one that is no number, is refused', async () => {
    for (const id of [undefined, '', null, 'x', 1.5, {}, [], 99_999_999_999, true]) {
      const refused = await putOne(stage(), definition, { id, ...sampleOf(definition).change?.(stage()) });
      assert.equal(refused._status_code, refusedStatus(definition), JSON.stringify(refused));
      assert.match(String(refused._status_extra), /\bid\b/);
    }
  });
});
