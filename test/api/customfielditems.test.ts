import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { collectItems } from '../../src/resources/customfielditems/queries.ts';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { resources } from '../../src/resources/index.ts';
import { actorOf } from '../../src/resources/users/actor.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, statusesOf, supplementOf } from './jobs-support.ts';

const resource = 'customfielditems';
let world: World;
let company: Company;
let admin: Person;
let equipment: number;
let other: number;
let filtered: number;
let free: number;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
  equipment = await create(admin, 'customfields', { name: 'Equipment', type: 'managed-list' });
  other = await create(admin, 'customfields', { name: 'Other', type: 'managed-list' });
  [filtered = 0, free = 0] = await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: 'Plate', appliesTo: 'timesheet', type: 'managed-list', regexFilter: '^[A-Z]{2}\\d+$' },
    { name: 'Mood', appliesTo: 'timesheet', type: 'free-form' },
  ]);
  world.services.cache.forget(company.id);
});
after(() => world.close());

const post = async (...items: object[]): Promise<Row[]> => itemsOf(await admin.post(`/${resource}`, items), resource);
const put = async (...items: object[]): Promise<Row[]> => itemsOf(await admin.put(`/${resource}`, items), resource);
const said = (row: Row | undefined): unknown[] => [row?._status_code, row?._status_extra];
const item = (name: string, more: object = {}): object => ({ customfield_id: equipment, name, ...more });
const conflict = (name: string): string =>
  `Oops! The name or alias conflicts with another item named "${name}". Try choosing another name/alias or deleting the other conflicting item first`;

test("the reference's example: one succeeds, the other's short code is taken", async () => {
  const answer = await admin.post(`/${resource}`, [
    { name: 'ServiceItem1', customfield_id: `${equipment}`, short_code: 'c1' },
    { name: 'ServiceItem2', customfield_id: `${equipment}`, short_code: 'c1' },
  ]);
  const [first, second] = itemsOf(answer, resource);
  const { _status_code, _status_message, ...made } = first ?? {};
  assert.deepEqual([_status_code, _status_message], [200, 'Created']);
  assert.deepEqual(Object.keys(made), [
    'id',
    'customfield_id',
    'active',
    'short_code',
    'name',
    'last_modified',
    'required_customfields',
  ]);
  const { id, last_modified, ...rest } = made;
  assert.ok(Number.isInteger(id) && last_modified);
  assert.deepEqual(rest, {
    customfield_id: equipment,
    active: true,
    short_code: 'c1',
    name: 'ServiceItem1',
    required_customfields: [],
  });
  assert.equal(second?._status_message, 'Expectation Failed');
  assert.deepEqual(said(second), [417, conflict('ServiceItem1')]);
  assert.equal(second?.name, 'ServiceItem2');
  assert.equal(supplementOf(answer, 'customfields', equipment)?.name, 'Equipment');
});

test('filters, of which customfield_id must be given', async () => {
  const field = await create(admin, 'customfields', { name: 'Filters', type: 'managed-list' });
  const make = (name: string, more: object = {}): Promise<number> =>
    create(admin, resource, { customfield_id: field, name, ...more });
  const pirate = await make('Pirate');
  const plate = await make('Plate 100%');
  const old = await make('Old', { active: false });
  const ids = async (query: Record<string, string | number>): Promise<number[]> =>
    idsOf(await admin.get(`/${resource}`, { customfield_id: field, ...query }), resource);
  const missing = await admin.get(`/${resource}`);
  assert.deepEqual([missing.status, missing.body.error?.code], [417, 417]);
  assert.deepEqual(await ids({}), [pirate, plate]);
  assert.deepEqual(await ids({ customfield_id: 99_999_999 }), []);
  assert.deepEqual(await ids({ ids: `${plate},${old}` }), [plate]);
  assert.deepEqual(await ids({ active: 'both', limit: 10 }), [pirate, plate, old]);
  assert.deepEqual(await ids({ active: 'no' }), [old]);
  assert.deepEqual(await ids({ name: '*ate' }), [pirate]);
  assert.deepEqual(await ids({ name: 'pl*' }), [plate]);
  assert.deepEqual(await ids({ name: 'ate' }), []);
  assert.deepEqual(await ids({ modified_since: '2018-01-01T00:00:00-06:00' }), [pirate, plate]);
  assert.deepEqual(await ids({ modified_since: '2100-01-01T00:00:00-06:00' }), []);
  assert.deepEqual(await ids({ modified_before: '2018-01-01T00:00:00-06:00' }), []);
  assert.deepEqual(await ids({ limit: 1, page: 2 }), [plate]);
  const answer = await admin.get(`/${resource}`, { customfield_id: field });
  assert.deepEqual(idsOf(answer, 'customfields', 'supplemental_data'), [field]);
  const bare = await admin.get(`/${resource}`, { customfield_id: field, supplemental_data: 'no' });
  assert.equal('supplemental_data' in bare.body, false);
  assert.equal((await admin.get(`/${resource}`, { customfield_id: 'x' })).status, 417);
  await admin.put('/customfields', [{ id: field, active: false }]);
});

test("the reference's PUT: the field is repeated, one is archived; a whole object can be sent back", async () => {
  const [porsche, merc] = await post(item('Porsch'), item('Merc'));
  const rows = await put(
    { id: porsche?.id, customfield_id: equipment, active: true, short_code: 'por', name: 'Porsche' },
    { id: merc?.id, customfield_id: equipment, active: false, short_code: 'merc', name: 'Mercruiser' },
  );
  assert.deepEqual(
    rows.map((row) => [row._status_code, row._status_message, row.name, row.short_code, row.active]),
    [
      [200, 'Updated', 'Porsche', 'por', true],
      [200, 'Updated', 'Mercruiser', 'merc', false],
    ],
  );
  const { _status_code, _status_message, ...object } = rows[0] ?? {};
  assert.ok(_status_code && _status_message);
  const [same] = await put(object);
  assert.deepEqual([same?._status_code, same?.last_modified], [200, object.last_modified]);
  const [moved] = await put({ id: porsche?.id, customfield_id: other });
  assert.deepEqual(said(moved), [417, 'Invalid params: customfield_id']);
  const [cleared] = await put({ id: porsche?.id, short_code: '' });
  assert.equal(cleared?.short_code, '');
});

test('names are unique in their field, short codes in the company, among active items', async () => {
  const [one] = await post(item('Tractor', { short_code: 'tr' }));
  const [name, twin, elsewhere, code] = await post(
    item('TRACTOR'),
    item('Tractor', { active: false }),
    { customfield_id: other, name: 'Tractor' },
    { customfield_id: other, name: 'Trailer', short_code: 'TR' },
  );
  assert.deepEqual(said(name), [417, conflict('Tractor')]);
  assert.equal(twin?._status_code, 200, 'archived items are in nobody’s way');
  assert.equal(elsewhere?._status_code, 200);
  assert.deepEqual(said(code), [417, conflict('Tractor')]);
  const [restored] = await put({ id: twin?.id, active: true });
  assert.deepEqual(said(restored), [417, conflict('Tractor')]);
  const [archived, back] = await put({ id: one?.id, active: false }, { id: twin?.id, active: true });
  assert.deepEqual([archived?.active, back?.active], [false, true]);
});

test('equal names at the same moment: one is created', async () => {
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => admin.post(`/${resource}`, [item('Race')])));
  const statuses = answers.flatMap((answer) => statusesOf(answer, resource));
  assert.deepEqual(statuses.toSorted(), [200, 417, 417, 417, 417]);
});

test('what is missing, unknown or not matching is refused by name', async () => {
  const archived = await create(admin, 'customfields', { name: 'Archived', type: 'managed-list', active: false });
  const rows = await post(
    { name: 'No field' },
    { customfield_id: equipment },
    { customfield_id: 99_999_999, name: 'x' },
    { customfield_id: archived, name: 'x' },
    { customfield_id: filtered, name: 'ab1' },
    { customfield_id: filtered, name: 'AB1' },
    { customfield_id: free, name: 'Happy' },
    item('Code', { short_code: 'a-b' }),
    item('Required', { required_customfields: [equipment] }),
    item('x'.repeat(256)),
    item('Unknown', { created: 'x' }),
  );
  assert.deepEqual(
    rows.map((row) => row._status_extra),
    [
      'Missing required params: customfield_id',
      'Missing required params: name',
      'customfield_id 99999999 does not exist',
      `Custom field ${archived} is archived`,
      `name does not match the filter of custom field ${filtered}`,
      undefined,
      undefined,
      'short_code may only consist of letters and numbers',
      'Invalid params: required_customfields',
      'name must not be longer than 255 characters',
      'Invalid params: created',
    ],
  );
  const [renamed] = await put({ id: rows[5]?.id, name: 'nope' });
  assert.deepEqual(said(renamed), [417, `name does not match the filter of custom field ${filtered}`]);
});

test('manage_jobcodes writes; everyone of the company reads; others see nothing', async () => {
  const manager = await company.person({ permissions: ['manage_jobcodes'] });
  const made = itemOf(await manager.post(`/${resource}`, [item('By manager')]), resource);
  assert.equal(made._status_code, 200);
  const person = await company.person({ permissions: ['manage_users'] });
  const refused = itemOf(await person.post(`/${resource}`, [item('By person')]), resource);
  assert.deepEqual(said(refused), [417, "Oops! You don't have permission to create custom field items"]);
  const edit = itemOf(await person.put(`/${resource}`, [{ id: made.id, name: 'x' }]), resource);
  assert.deepEqual(said(edit), [417, "Oops! You don't have permission to edit custom field items"]);
  const query = { customfield_id: equipment, ids: Number(made.id) };
  assert.deepEqual(idsOf(await person.get(`/${resource}`, query), resource), [Number(made.id)]);
  const stranger = (await world.company()).admin;
  assert.deepEqual(idsOf(await stranger.get(`/${resource}`, query), resource), []);
  const foreign = itemOf(await stranger.post(`/${resource}`, [item('Foreign')]), resource);
  assert.deepEqual(said(foreign), [417, `customfield_id ${equipment} does not exist`]);
  assert.equal((await admin.delete(`/${resource}`, [Number(made.id)])).status, 501);
});

test('values of free-form fields become items, once', async () => {
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
  const field = free;
  const entered = ['Calm', 'calm', 'Busy', ''].map((name) => ({ fieldId: field, name }));
  await collectItems(ctx, [...entered, { fieldId: equipment, name: 'Not listed' }]);
  await collectItems(ctx, entered);
  const answer = await admin.get(`/${resource}`, { customfield_id: field });
  const names = Object.values(answer.body.results?.[resource] ?? {}).map((row) => row.name);
  assert.deepEqual((names as unknown as string[]).toSorted(), ['Busy', 'Calm', 'Happy']);
  const managed = await admin.get(`/${resource}`, { customfield_id: equipment, name: 'Not listed' });
  assert.deepEqual(idsOf(managed, resource), []);
});
