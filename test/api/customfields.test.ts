import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fieldDefinitions, insertFields } from '../../src/resources/customfields/queries.ts';
import { resources } from '../../src/resources/index.ts';
import { actorOf } from '../../src/resources/users/actor.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, read, statementsDuring, statusesOf } from './jobs-support.ts';

const resource = 'customfields';
let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ shared: true });
});
after(() => world.close());

/** Each test has a company of its own, since the number of fields is limited. */
async function fresh(): Promise<void> {
  company = await world.company();
  admin = company.admin;
}

const post = async (...items: object[]): Promise<Row[]> => itemsOf(await admin.post(`/${resource}`, items), resource);
const put = async (...items: object[]): Promise<Row[]> => itemsOf(await admin.put(`/${resource}`, items), resource);
const said = (row: Row | undefined): unknown[] => [row?._status_code, row?._status_extra];
const list = (name: string): object => ({ name, type: 'managed-list' });

test("the reference's example, its properties and their order", async () => {
  await fresh();
  const [row] = await post({
    name: 'Vehicle Number',
    required: true,
    active: true,
    applies_to: 'timesheet',
    type: 'managed-list',
    show_to_all: true,
    short_code: 'vin',
  });
  const { _status_code, _status_message, ...made } = row ?? {};
  assert.deepEqual([_status_code, _status_message], [200, 'Created']);
  const { id, last_modified, created, ...rest } = made;
  assert.deepEqual(Object.keys(made), [
    'id',
    'active',
    'required',
    'applies_to',
    'type',
    'short_code',
    'regex_filter',
    'name',
    'last_modified',
    'created',
    'ui_preference',
    'required_customfields',
    'show_to_all',
  ]);
  assert.ok(Number.isInteger(id) && last_modified && created);
  assert.deepEqual(rest, {
    active: true,
    required: true,
    applies_to: 'timesheet',
    type: 'managed-list',
    short_code: 'vin',
    regex_filter: '',
    name: 'Vehicle Number',
    ui_preference: 'drop_down',
    required_customfields: [],
    show_to_all: true,
  });
  assert.deepEqual(await read(admin, resource, Number(id)), made);
});

test('defaults: timesheet, not required, not shown to all, active, a short code of the name', async () => {
  await fresh();
  const [mood, twin, symbols] = await post(
    { name: 'Mood of day', type: 'free-form' },
    { name: 'Mood of Dave', type: 'free-form', short_code: '' },
    { name: '%%%', type: 'free-form' },
  );
  const { applies_to, required, show_to_all, active, short_code, ui_preference } = mood ?? {};
  assert.deepEqual(
    [applies_to, required, show_to_all, active, short_code, ui_preference],
    ['timesheet', false, false, true, 'moodofda', 'text_box_with_suggest'],
  );
  assert.deepEqual([twin?.short_code, symbols?.short_code], ['moodofda2', 'field']);
});

test('filters', async () => {
  await fresh();
  const managed = await create(admin, resource, list('Equipment'));
  const free = await create(admin, resource, { name: 'Mood', type: 'free-form' });
  const old = await create(admin, resource, { ...list('Old'), active: false });
  const [user = 0, jobcode = 0] = await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: 'Shirt size', appliesTo: 'user', type: 'free-form' },
    { name: 'Department', appliesTo: 'jobcode', type: 'free-form' },
  ]);
  const ids = async (query: Record<string, string | number> = {}): Promise<number[]> =>
    idsOf(await admin.get(`/${resource}`, query), resource);
  assert.deepEqual(await ids(), [managed, free]);
  assert.deepEqual(await ids({ ids: `${free},${old}` }), [free]);
  assert.deepEqual(await ids({ active: 'no' }), [old]);
  assert.deepEqual(await ids({ active: 'both' }), [managed, free, old]);
  assert.deepEqual(await ids({ applies_to: 'user' }), [user]);
  assert.deepEqual(await ids({ applies_to: 'jobcode' }), [jobcode]);
  assert.deepEqual(await ids({ applies_to: 'all' }), [managed, free, user, jobcode]);
  assert.deepEqual(await ids({ value_type: 'managed-list' }), [managed]);
  assert.deepEqual(await ids({ value_type: 'free-form' }), [free]);
  assert.deepEqual(await ids({ value_type: 'both' }), [managed, free]);
  assert.deepEqual(await ids({ modified_since: '2018-01-01T00:00:00+00:00' }), [managed, free]);
  assert.deepEqual(await ids({ modified_since: '2100-01-01T00:00:00+00:00' }), []);
  assert.deepEqual(await ids({ modified_before: '2018-01-01T00:00:00+00:00' }), []);
  assert.deepEqual(await ids({ limit: 1, page: 2 }), [free]);
  assert.equal('supplemental_data' in (await admin.get(`/${resource}`, { supplemental_data: 'no' })).body, false);
  for (const wrong of [{ applies_to: 'x' }, { value_type: 'x' }, { active: 'x' }, { ids: 'x' }])
    assert.equal((await admin.get(`/${resource}`, wrong)).status, 417);
});

test('what may be written, and when', async () => {
  await fresh();
  const refused = await post(
    { name: 'No type' },
    { type: 'managed-list' },
    { name: 'x', type: 'other' },
    { ...list('For users'), applies_to: 'user' },
    { ...list('Filter'), regex_filter: '^a' },
    { ...list('Requires'), required_customfields: [1] },
    { ...list('Looks'), ui_preference: 'text_box_with_suggest' },
    { ...list('Code'), short_code: 'a b' },
    { ...list('Unknown'), other: 1 },
  );
  assert.deepEqual(
    refused.map((row) => row._status_extra),
    [
      'Missing required params: type',
      'Missing required params: name',
      'type must be one of managed-list, free-form',
      'applies_to must be timesheet',
      'Invalid params: regex_filter',
      'Invalid params: required_customfields',
      'Invalid params: ui_preference',
      'short_code may only consist of letters and numbers',
      'Invalid params: other',
    ],
  );
  const id = await create(admin, resource, list('Work Type'));
  const object = await read(admin, resource, id);
  const [same] = await put(object);
  assert.deepEqual([same?._status_code, same?.last_modified], [200, object.last_modified], 'a whole object sent back');
  const [changed] = await put({ id, name: 'Work', required: 'yes', show_to_all: 1, short_code: 'w', active: 'true' });
  assert.deepEqual(
    [changed?.name, changed?.required, changed?.show_to_all, changed?.short_code],
    ['Work', true, true, 'w'],
  );
  const wrong = await put(
    { id, type: 'free-form' },
    { id, applies_to: 'user' },
    { id, regex_filter: 'x' },
    { id: 1e8 },
  );
  assert.deepEqual(
    wrong.map((row) => row._status_extra),
    [
      'Invalid params: type',
      'Invalid params: applies_to',
      'Invalid params: regex_filter',
      'The custom field does not exist',
    ],
  );
});

test('names and short codes are unique among active fields, also within a batch', async () => {
  await fresh();
  const [one, name, code] = await post(
    { ...list('Equipment'), short_code: 'e' },
    { ...list('EQUIPMENT') },
    { ...list('Experience'), short_code: 'E' },
  );
  assert.equal(one?._status_code, 200);
  assert.deepEqual(said(name), [417, 'Oops! A custom field with that name already exists']);
  assert.deepEqual(said(code), [417, 'Oops! That Short Code is already in use']);
  const [archived] = await put({ id: one?.id, active: false });
  assert.equal(archived?.active, false);
  const again = await create(admin, resource, { ...list('Equipment'), short_code: 'e' });
  const [restored] = await put({ id: one?.id, active: true });
  assert.deepEqual(said(restored), [417, 'Oops! A custom field with that name already exists']);
  const [first, second] = await put({ id: again, name: 'Tools', short_code: 't' }, { id: one?.id, active: true });
  assert.deepEqual([first?._status_code, second?._status_code], [200, 200]);
});

test('no more than six are active at any time: in a batch, restored, and at the same moment', async () => {
  await fresh();
  const limit = [417, 'Oops! No more than 6 custom fields can be active'];
  const rows = await post(...Array.from({ length: 8 }, (_, n) => list(`Field ${n}`)));
  assert.deepEqual(
    rows.map((row) => row._status_code),
    [200, 200, 200, 200, 200, 200, 417, 417],
  );
  assert.deepEqual(said(rows[6]), limit);
  const spare = await create(admin, resource, { ...list('Spare'), active: false });
  const [restored] = await put({ id: spare, active: true });
  assert.deepEqual(said(restored), limit);
  const [archived, swapped] = await put({ id: rows[0]?.id, active: false }, { id: spare, active: true });
  assert.deepEqual([archived?.active, swapped?.active], [false, true]);
  await put({ id: spare, active: false }, { id: rows[1]?.id, active: false });
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) => admin.post(`/${resource}`, [list(`Race ${n}`)])),
  );
  const statuses = answers.flatMap((answer) => statusesOf(answer, resource));
  assert.equal(statuses.filter((status) => status === 200).length, 2);
  assert.equal(idsOf(await admin.get(`/${resource}`), resource).length, 6);
  await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: 'Not counted', appliesTo: 'user', type: 'free-form' },
  ]);
});

test('only timesheet fields can be shown for some jobcodes alone', async () => {
  await fresh();
  const [user = 0] = await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: 'Shirt size', appliesTo: 'user', type: 'free-form' },
  ]);
  world.services.cache.forget(company.id);
  const [row] = await put({ id: user, show_to_all: false });
  assert.deepEqual(said(row), [417, 'show_to_all can only be false for a timesheet field']);
});

test('an admin writes; everyone of the company reads; others see nothing', async () => {
  await fresh();
  const id = await create(admin, resource, list('Equipment'));
  const manager = await company.person({ permissions: ['manage_jobcodes', 'manage_users'] });
  const made = itemOf(await manager.post(`/${resource}`, [list('Mine')]), resource);
  assert.deepEqual(said(made), [417, "Oops! You don't have permission to create custom fields"]);
  const edited = itemOf(await manager.put(`/${resource}`, [{ id, name: 'Mine' }]), resource);
  assert.deepEqual(said(edited), [417, "Oops! You don't have permission to edit custom fields"]);
  assert.deepEqual(idsOf(await (await company.person()).get(`/${resource}`), resource), [id]);
  const stranger = (await world.company()).admin;
  assert.deepEqual(idsOf(await stranger.get(`/${resource}`, { ids: id }), resource), []);
  const foreign = itemOf(await stranger.put(`/${resource}`, [{ id, name: 'Mine' }]), resource);
  assert.deepEqual(said(foreign), [417, 'The custom field does not exist']);
  assert.equal((await admin.delete(`/${resource}`, [id])).status, 501);
});

test('fieldDefinitions: with items, from the cache, until something changes', async () => {
  await fresh();
  const managed = await create(admin, resource, { ...list('Equipment'), required: true, show_to_all: true });
  const free = await create(admin, resource, { name: 'Mood', type: 'free-form' });
  const item = (name: string, active = true): Promise<number> =>
    create(admin, 'customfielditems', { customfield_id: managed, name, active });
  await item('Shovel', false);
  const shovel = await item('shovel');
  const actor = await actorOf(world.services, company.id, admin.userId);
  assert.ok(actor);
  const { database, cache, config } = world.services;
  const ctx = {
    actor,
    db: database.forCompany(company.id),
    cache,
    config,
    resources,
    now: 0,
    via: 'test',
    requestId: '',
  };
  const fields = await fieldDefinitions(ctx, 'timesheet');
  assert.deepEqual([...fields.keys()], [managed, free]);
  const { items, ...rest } = fields.get(managed) ?? { items: new Map() };
  assert.deepEqual([...items.values()], [{ id: shovel, name: 'shovel', active: true }], 'the active one stands');
  assert.deepEqual(rest, {
    id: managed,
    name: 'Equipment',
    type: 'managed-list',
    required: true,
    regexFilter: '',
    active: true,
    showToAll: true,
    filtered: false,
  });
  assert.equal(await statementsDuring(() => fieldDefinitions(ctx, 'timesheet')), 0);
  await put({ id: free, active: false });
  assert.equal((await fieldDefinitions(ctx, 'timesheet')).get(free)?.active, false);
  assert.equal((await fieldDefinitions(ctx, 'user')).size, 0);
});
