import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { insertTopJobcodes } from '../../src/resources/jobcodes/queries.ts';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, read, supplementOf } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;
let folder: number;
let child: number;
let grandchild: number;
let archived: number;
let breaks: number[];

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
  folder = await create(admin, 'jobcodes', { name: 'Janitorial Work', short_code: 'jan' });
  child = await create(admin, 'jobcodes', { name: 'Sweeping', parent_id: folder, short_code: 'swp' });
  grandchild = await create(admin, 'jobcodes', { name: 'Swept_100%', parent_id: child });
  archived = await create(admin, 'jobcodes', { name: 'Old', active: false });
  breaks = await insertTopJobcodes(world.services.database.forCompany(company.id), company.id, [
    { name: 'Lunch', type: 'unpaid_break' },
    { name: 'Rest', type: 'paid_break' },
    { name: 'Leave', type: 'unpaid_time_off' },
  ]);
});
after(() => world.close());

const keys = [
  'id',
  'parent_id',
  'assigned_to_all',
  'billable',
  'active',
  'type',
  'has_children',
  'billable_rate',
  'short_code',
  'name',
  'last_modified',
  'created',
  'project_id',
  'filtered_customfielditems',
  'required_customfields',
  'locations',
  'geofence_config_id',
];

test('a jobcode reads with every property of the reference, in its order', async () => {
  const { last_modified, created, ...rest } = await read(admin, 'jobcodes', child);
  assert.deepEqual(Object.keys(await read(admin, 'jobcodes', child)), keys);
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/;
  assert.match(String(last_modified), instant);
  assert.match(String(created), instant);
  assert.deepEqual(rest, {
    id: child,
    parent_id: folder,
    assigned_to_all: false,
    billable: false,
    active: true,
    type: 'regular',
    has_children: true,
    billable_rate: 0,
    short_code: 'swp',
    name: 'Sweeping',
    project_id: 0,
    filtered_customfielditems: '',
    required_customfields: [],
    locations: [],
    geofence_config_id: 0,
  });
});

test('without parameters: active regular jobcodes of every level', async () => {
  const answer = await admin.get('/jobcodes');
  assert.deepEqual(idsOf(answer, 'jobcodes'), [folder, child, grandchild]);
  assert.equal(answer.body.more, false);
});

test('ids, in every way that clients write lists', async () => {
  assert.deepEqual(idsOf(await admin.get('/jobcodes', { ids: `${folder}, ${grandchild},` }), 'jobcodes'), [
    folder,
    grandchild,
  ]);
  const repeated = await admin.send('GET', `/jobcodes?ids=${folder}&ids=${child}`);
  assert.deepEqual(idsOf(repeated, 'jobcodes'), [folder, child]);
  assert.deepEqual(idsOf(await admin.send('GET', `/jobcodes?ids[0]=${folder}`), 'jobcodes'), [folder]);
  assert.deepEqual(idsOf(await admin.get('/jobcodes', { ids: archived }), 'jobcodes'), [], 'active=yes by default');
  assert.equal((await admin.get('/jobcodes', { ids: 'x' })).status, 417);
});

test('parent_ids: -1 is all, 0 the top level', async () => {
  const ids = async (parents: string): Promise<number[]> =>
    idsOf(await admin.get('/jobcodes', { parent_ids: parents }), 'jobcodes');
  assert.deepEqual(await ids('-1'), [folder, child, grandchild]);
  assert.deepEqual(await ids('0'), [folder]);
  assert.deepEqual(await ids(`${folder}`), [child]);
  assert.deepEqual(await ids(`0,${child}`), [folder, grandchild]);
});

test('name matches from the start, with * for anything and case ignored', async () => {
  const ids = async (name: string): Promise<number[]> => idsOf(await admin.get('/jobcodes', { name }), 'jobcodes');
  assert.deepEqual(await ids('sw*'), [child, grandchild]);
  assert.deepEqual(await ids('*ing'), [child]);
  assert.deepEqual(await ids('weep'), []);
  assert.deepEqual(await ids('swept_*%'), [grandchild]);
  assert.deepEqual(await ids('%'), []);
});

test('type, with regular as the default and all for every kind', async () => {
  const ids = async (type: string): Promise<number[]> => idsOf(await admin.get('/jobcodes', { type }), 'jobcodes');
  assert.equal((await ids('pto')).length, 3);
  assert.deepEqual(await ids('unpaid_break'), [breaks[0]]);
  assert.deepEqual(await ids('paid_break'), [breaks[1]]);
  assert.deepEqual(await ids('unpaid_time_off'), [breaks[2]]);
  assert.equal((await ids('all')).length, 9);
  assert.equal((await admin.get('/jobcodes', { type: 'other' })).status, 417);
});

test('active: yes, no, both, and true as clients write it', async () => {
  const ids = async (active: string): Promise<number[]> => idsOf(await admin.get('/jobcodes', { active }), 'jobcodes');
  assert.deepEqual(await ids('no'), [archived]);
  assert.deepEqual(await ids('both'), [folder, child, grandchild, archived]);
  assert.deepEqual(await ids('True'), [folder, child, grandchild]);
});

test('has_children as a client sends it', async () => {
  const ids = async (answer: string): Promise<number[]> =>
    idsOf(await admin.get('/jobcodes', { has_children: answer }), 'jobcodes');
  assert.deepEqual(await ids('yes'), [folder, child]);
  assert.deepEqual(await ids('no'), [grandchild]);
  assert.deepEqual(await ids('both'), [folder, child, grandchild]);
});

test('modified_since is inclusive and modified_before is not, and a blank stands for +', async () => {
  const { last_modified: at } = await read(admin, 'jobcodes', folder);
  const epoch = Date.parse(String(at)) / 1000;
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', '+00:00');
  assert.ok(idsOf(await admin.get('/jobcodes', { modified_since: String(at) }), 'jobcodes').includes(folder));
  assert.deepEqual(idsOf(await admin.get('/jobcodes', { modified_since: iso(epoch + 60) }), 'jobcodes'), []);
  assert.deepEqual(idsOf(await admin.get('/jobcodes', { modified_before: String(at) }), 'jobcodes'), []);
  assert.equal(idsOf(await admin.get('/jobcodes', { modified_before: iso(epoch + 60) }), 'jobcodes').length, 3);
  const unescaped = await admin.send('GET', '/jobcodes?modified_since=2018-01-01T00:00:00 00:00');
  assert.equal(idsOf(unescaped, 'jobcodes').length, 3);
  assert.equal((await admin.get('/jobcodes', { modified_since: 'yesterday' })).status, 417);
});

test('supplemental data hold the parents up to the root, and none that is in the results', async () => {
  const deep = await admin.get('/jobcodes', { ids: grandchild });
  assert.deepEqual(idsOf(deep, 'jobcodes', 'supplemental_data'), [folder, child]);
  const both = await admin.get('/jobcodes', { ids: `${child},${grandchild}` });
  assert.deepEqual(idsOf(both, 'jobcodes', 'supplemental_data'), [folder]);
  assert.deepEqual(Object.keys(supplementOf(both, 'jobcodes', folder) ?? {}), keys);
  const none = await admin.get('/jobcodes', { ids: grandchild, supplemental_data: 'no' });
  assert.equal('supplemental_data' in none.body, false);
});

test('pages', async () => {
  const first = await admin.get('/jobcodes', { limit: 2, page: 1 });
  assert.deepEqual([idsOf(first, 'jobcodes'), first.body.more], [[folder, child], true]);
  const second = await admin.get('/jobcodes', { limit: 2, page: 2 });
  assert.deepEqual([idsOf(second, 'jobcodes'), second.body.more], [[grandchild], false]);
  assert.equal((await admin.get('/jobcodes', { limit: 201 })).status, 417);
});

test('customfields=true shows the custom fields, and their definitions in supplemental data', async () => {
  const other = await world.company();
  const db = world.services.database.forCompany(other.id);
  const [field = 0] = await insertFields(db, other.id, [
    { name: 'Department number', appliesTo: 'jobcode', type: 'free-form', shortCode: 'dept' },
  ]);
  const id = await create(other.admin, 'jobcodes', { name: 'Idaho Construction' });
  await db.rows(sql`UPDATE jobcodes SET customfields = ${JSON.stringify({ [field]: '433' })}::json WHERE id = ${id}`);
  world.services.cache.forget(other.id);
  const answer = await other.admin.get('/jobcodes', { ids: id, customfields: 'true' });
  const row = answer.body.results?.jobcodes?.[String(id)];
  assert.deepEqual(Object.keys(row ?? {}), [...keys, 'customfields']);
  assert.deepEqual(row?.customfields, { [field]: '433' });
  assert.equal(supplementOf(answer, 'customfields', field)?.applies_to, 'jobcode');
  const without = await other.admin.get('/jobcodes', { ids: id, customfields: 'false' });
  assert.deepEqual(Object.keys(without.body.results?.jobcodes?.[String(id)] ?? {}), keys);
  assert.equal(supplementOf(without, 'customfields', field), undefined);
});

test('everyone of the company sees jobcodes, nobody of another one does', async () => {
  const person = await company.person();
  assert.deepEqual(idsOf(await person.get('/jobcodes'), 'jobcodes'), [folder, child, grandchild]);
  const stranger = (await world.company()).admin;
  assert.deepEqual(idsOf(await stranger.get('/jobcodes', { ids: folder }), 'jobcodes'), []);
  const update = itemOf(await stranger.put('/jobcodes', [{ id: folder, name: 'Mine' }]), 'jobcodes');
  assert.equal(update._status_code, 417);
  const below = itemOf(await stranger.post('/jobcodes', [{ name: 'Mine', parent_id: folder }]), 'jobcodes');
  assert.deepEqual([below._status_code, below._status_extra], [417, `parent_id ${folder} does not exist`]);
});

test('DELETE is not offered', async () => {
  assert.equal((await admin.delete('/jobcodes', [folder])).status, 501);
});
