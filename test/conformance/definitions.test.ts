import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { contradictions } from '../../src/engine/check-definitions.ts';
import { type Definition, defineResource } from '../../src/engine/definition.ts';
import { columnOf, layoutOf, pgType } from '../../src/engine/layout.ts';
import { resources } from '../../src/resources/index.ts';
import { jobcodesOfUsers } from '../../src/resources/jobcodes/assigned.ts';
import { retypedJobcodes } from '../../src/resources/jobcodes/retyped.ts';
import { timesheetsByJobcode } from '../../src/resources/timesheets/by-jobcode.ts';
import { timesheetsToTheSecond } from '../../src/resources/timesheets/to-the-second.ts';
import { staff } from '../../src/resources/users/staff.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { empty, sql } from '../../src/store/sql.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { sampleOf } from '../support/samples.ts';
import { definitions } from './battery.ts';

test('no definition contradicts itself or another one', () => {
  assert.deepEqual(contradictions(resources), []);
});

test('nor do those that stand for one behind other doors', () => {
  for (const variant of [staff, jobcodesOfUsers, retypedJobcodes, timesheetsByJobcode, timesheetsToTheSecond]) {
    assert.deepEqual(contradictions(new Map([...resources, [variant.name, variant]])), []);
  }
});

test('every definition has a sample, so that the battery runs over it', () => {
  for (const definition of definitions) assert.ok(sampleOf(definition).mark in definition.fields);
});

/** A definition without a fault, to put one in. */
const sound = defineResource({
  name: 'things',
  singular: 'thing',
  says: 'A row.',
  spec: '',
  table: 'things',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: '' },
    name: { type: 'text', mode: 'read-write', says: '' },
  },
  filters: { ids: { kind: 'ids', column: 'id' } },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [],
  verbs: new Set(['list']),
  allow: { view: 'everyone', create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});

function withField(name: string, field: Definition['fields'][string]): Definition {
  return { ...sound, fields: { ...sound.fields, [name]: field } };
}

const faults: readonly [string, Definition, RegExp][] = [
  ['a name other than its own', { ...sound, name: 'stuff' }, /registered under another name/],
  [
    'a computed field that can be written',
    withField('sum', { type: 'integer', mode: 'read-write', sql: '1', says: '' }),
    /sum is computed/,
  ],
  [
    'a reference to nothing',
    withField('box_id', { type: 'reference', mode: 'read-write', references: 'boxes', says: '' }),
    /box_id refers to boxes/,
  ],
  [
    'a required field that can not be written',
    withField('size', { type: 'integer', mode: 'read-only', required: true, says: '' }),
    /size is required but/,
  ],
  [
    'a required field with a default',
    withField('size', { type: 'integer', mode: 'read-write', required: true, byDefault: 1, says: '' }),
    /default is never used/,
  ],
  [
    'a choice of nothing',
    withField('kind', { type: 'choice', mode: 'read-write', says: '' }),
    /kind must list its values/,
  ],
  [
    'flags of nothing',
    withField('rights', { type: 'flags', mode: 'read-write', values: [], says: '' }),
    /rights must list its values/,
  ],
  [
    'links to nothing',
    withField('parts', { type: 'links', mode: 'read-write', values: ['boxes'], says: '' }),
    /parts links to boxes/,
  ],
  [
    'a local moment without an offset',
    withField('at', { type: 'local-instant', mode: 'read-write', says: '' }),
    /at must name the column/,
  ],
  ['a secret that can be read', withField('pin', { type: 'secret', mode: 'read-write', says: '' }), /pin is a secret/],
  [
    'a field on request of no parameter',
    withField('extra', { type: 'text', mode: 'read-only', onRequest: 'ids', says: '' }),
    /extra is shown on request/,
  ],
  [
    'modes by variant without a variant',
    withField('half', { type: 'text', mode: { one: 'read-only' }, says: '' }),
    /half has modes by variant/,
  ],
  [
    'a filter that tells a secret',
    {
      ...withField('wage', { type: 'integer', mode: 'read-only', readBy: { has: 'admin' }, says: '' }),
      filters: { wages: { kind: 'integers', column: 'wage' } },
    },
    /filter wages would tell/,
  ],
  [
    'a filter on no column',
    { ...sound, filters: { colours: { kind: 'texts', column: 'colour' } } },
    /colour, which is no column/,
  ],
  [
    'a personal field that is not computed',
    withField('mine', { type: 'boolean', mode: 'read-only', personal: true, says: '' }),
    /mine depends on who looks/,
  ],
  [
    'a personal field in the cache of all',
    {
      ...withField('mine', { type: 'boolean', mode: 'read-only', sql: 'viewer.id = t.id', personal: true, says: '' }),
      cached: true,
    },
    /mine depends on who looks/,
  ],
  [
    'an order in two directions',
    {
      ...sound,
      sort: [
        { sql: 't.name', type: 'text', descending: true },
        { sql: 't.id', type: 'integer' },
      ],
    },
    /an order in two directions/,
  ],
  ['a need of no filter', { ...sound, needs: ['since'] }, /since, which is no filter/],
  [
    'an option whose default is none of its values',
    { ...sound, options: { size: { values: ['small', 'large'], byDefault: 'medium', says: '' } } },
    /option size has a default/,
  ],
  ['an order that is not total', { ...sound, sort: [{ sql: 't.name', type: 'text' }] }, /must end in t.id/],
  [
    'another order that is not total',
    { ...sound, sorts: { name: [{ sql: 't.name', type: 'text' }] } },
    /must end in t.id/,
  ],
  [
    'a permission about no column',
    { ...sound, allow: { ...sound.allow, view: { any: [{ self: 'owner_id' }] } } },
    /owner_id, which is no column/,
  ],
  ['supplemental data of nothing', { ...sound, follow: [{ resource: 'boxes', ids: () => [] }] }, /follows boxes/],
  ['own rows by no column', { ...sound, ownUnlessFiltered: { column: 'owner_id' } }, /owner_id, which is no column/],
  [
    'own rows without no filter',
    { ...sound, ownUnlessFiltered: { column: 'id', by: ['owner'] } },
    /owner, which is no filter/,
  ],
  ['a record without keys', withField('data', { type: 'record', mode: 'read-write', says: '' }), /record without keys/],
  ['a cached resource seen by other tables', { ...sound, cached: true, alsoSeen: () => empty }, /is cached, so/],
  ['a key that is no text', { ...sound, alternateKey: ['id'] }, /named by id, which is neither/],
  [
    'supplemental data through what does not come before',
    { ...sound, follow: [{ resource: 'things', through: 'things', ids: () => [] }] },
    /follows things through things/,
  ],
  [
    'rows that do not say which field of theirs holds this one',
    withField('parts', {
      type: 'rows',
      mode: 'read-write',
      references: 'things',
      sql: "'{}'",
      by: 'nothing',
      says: '',
    }),
    /parts must say how its ids are computed/,
  ],
  ['removal without saying how', { ...sound, verbs: new Set(['list', 'remove']) }, /removal without saying how/],
];

describe('a definition that contradicts itself is found at start', () => {
  test('a sound one is not complained about', () => {
    assert.deepEqual(contradictions(new Map([['things', sound]])), []);
  });
  for (const [what, definition, complaint] of faults) {
    test(what, () => {
      const found = contradictions(new Map([['things', definition]]));
      assert.equal(found.length, 1, found.join('; '));
      assert.match(String(found[0]), complaint);
      assert.match(String(found[0]), /^things: /);
    });
  }
});

const views = new Set(['customfielditem_jobcode_filters', 'customfielditem_user_filters']);

describe('definitions and tables agree', () => {
  let fresh: FreshDatabase;
  let database: Database;
  before(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ connection: fresh.connection, size: 2 });
  });
  after(async () => {
    await database.close();
    await fresh.drop();
  });

  // Views show what tables keep: nothing is written to them, and the tables' own indexes serve them.
  for (const definition of definitions.filter(({ table }) => !views.has(table))) {
    test(`${definition.name}: every stored column exists with its type, and required ones can be told from unset`, async () => {
      const rows = await database.system.rows(sql`
        SELECT a.attname, format_type(a.atttypid, NULL), a.attnotnull FROM pg_attribute a
        WHERE a.attrelid = ${definition.table}::regclass AND a.attnum > 0 AND NOT a.attisdropped`);
      const columns = new Map(
        rows.map(([name, type, required]) => [String(name), { type: String(type), required: required === 't' }]),
      );
      const aliases: Record<string, string> = { timestamptz: 'timestamp with time zone' };
      for (const [column, type] of layoutOf(definition).stored) {
        const wanted = pgType(type);
        assert.equal(columns.get(column)?.type, aliases[wanted] ?? wanted, `${definition.table}.${column}`);
      }
      for (const [name, field] of Object.entries(definition.fields)) {
        if (field.sql !== undefined || field.type === 'secret') continue;
        assert.ok(columns.has(columnOf(name, field)), `${name} has no column`);
      }
      for (const key of ['company_id', 'id', 'last_modified']) assert.equal(columns.get(key)?.required, true, key);
    });

    test(`${definition.name}: its list and its order run on an index that begins with the company`, async () => {
      const indexes = await database.system.rows(sql`
        SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i WHERE i.indrelid = ${definition.table}::regclass`);
      // An inverted index has no leading column; its one is about ids that no other company has.
      const ordered = indexes.filter(([text]) => !String(text).includes('USING gin'));
      for (const [text] of ordered) assert.match(String(text), /\(company_id\b/);
      assert.ok(
        indexes.some(([text]) => /\(company_id, last_modified, id\)/.test(String(text))),
        'modified_since',
      );
    });

    test(`${definition.name}: the database itself stamps every write`, async () => {
      const triggers = await database.system.rows(sql`
        SELECT tgname FROM pg_trigger WHERE tgrelid = ${definition.table}::regclass AND tgfoid = 'touch'::regproc`);
      assert.equal(triggers.length, 1);
    });
  }
});
