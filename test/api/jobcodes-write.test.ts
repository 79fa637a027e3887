import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertTopJobcodes } from '../../src/resources/jobcodes/queries.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, read, statusesOf, supplementOf } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

async function post(...items: object[]): Promise<Row[]> {
  return itemsOf(await admin.post('/jobcodes', items), 'jobcodes');
}

async function put(...items: object[]): Promise<Row[]> {
  return itemsOf(await admin.put('/jobcodes', items), 'jobcodes');
}

const said = (row: Row | undefined): unknown[] => [row?._status_code, row?._status_extra];

test("the reference's example: two under a parent, the second with a short code that the first took", async () => {
  const parent = await create(admin, 'jobcodes', { name: 'Assembly Line', short_code: 'asm' });
  const answer = await admin.post('/jobcodes', [
    {
      name: 'Customer1',
      parent_id: `${parent}`,
      short_code: 'c1',
      billable: 'yes',
      assigned_to_all: 'yes',
      billable_rate: '37.50',
      connect_with_quickbooks: true,
    },
    {
      name: 'Customer2',
      parent_id: `${parent}`,
      short_code: 'c1',
      billable: 'no',
      assigned_to_all: 'no',
      billable_rate: '37.50',
      connect_with_quickbooks: false,
    },
  ]);
  const [first, second] = itemsOf(answer, 'jobcodes');
  const { id, last_modified, created, ...rest } = first ?? {};
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    parent_id: parent,
    assigned_to_all: true,
    billable: true,
    active: true,
    type: 'regular',
    has_children: false,
    billable_rate: 37.5,
    short_code: 'c1',
    name: 'Customer1',
    project_id: 0,
    filtered_customfielditems: '',
    required_customfields: [],
    locations: [],
    geofence_config_id: 0,
  });
  assert.ok(Number.isInteger(id) && last_modified && created);
  assert.equal(second?._status_message, 'Expectation Failed');
  assert.deepEqual(said(second), [417, 'Oops! That Short Code is already in use']);
  assert.equal(second?.name, 'Customer2');
  assert.equal(supplementOf(answer, 'jobcodes', parent)?.has_children, true);
  assert.equal(
    'supplemental_data' in (await admin.send('POST', '/jobcodes?supplemental_data=no', '{"data":[]}')).body,
    false,
  );
});

test('names: required, at most 64 characters, unique under one parent whatever the case, archived ones included', async () => {
  const folder = await create(admin, 'jobcodes', { name: 'Names' });
  const old = await create(admin, 'jobcodes', { name: 'Old', parent_id: folder, active: false });
  assert.deepEqual(
    await post({ short_code: 'x' }, { name: '' }, { name: '  ' }, { name: 'é'.repeat(65) }, { name: 5 }).then((rows) =>
      rows.map((row) => row._status_code),
    ),
    [417, 417, 417, 417, 417],
  );
  const [long, again, elsewhere] = await post(
    { name: 'é'.repeat(64) },
    { name: 'oLD', parent_id: folder },
    { name: 'Old' },
  );
  assert.equal(long?._status_code, 200);
  assert.deepEqual([again?._status_code, again?.id, again?._status_message], [202, old, 'Accepted']);
  assert.equal(elsewhere?._status_code, 200);
  const renamed = await create(admin, 'jobcodes', { name: 'New', parent_id: folder });
  const [clash] = await put({ id: renamed, name: 'OLD' });
  assert.deepEqual(said(clash), [417, 'Oops! A jobcode with that name already exists under the same parent']);
  const [own] = await put({ id: renamed, name: 'NEW' });
  assert.equal(own?._status_code, 200);
});

test('202 for one like it, also within a batch; 417 for the same name with another type', async () => {
  const rows = await post(
    { name: 'Twin', short_code: 'tw' },
    { name: 'TWIN', short_code: 'tw' },
    { name: 'Twin', type: 'pto' },
  );
  assert.deepEqual(
    rows.map((row) => row._status_code),
    [200, 202, 417],
  );
  assert.equal(rows[1]?.id, rows[0]?.id);
  assert.match(String(rows[2]?._status_extra), /type regular with that name already exists/);
  const [again] = await post({ name: 'Twin', short_code: 'tw', type: 'regular' });
  assert.deepEqual([again?._status_code, again?.id], [202, rows[0]?.id]);
});

test('equal names at the same moment make one jobcode', async () => {
  const folder = await create(admin, 'jobcodes', { name: 'Race' });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => admin.post('/jobcodes', [{ name: 'Same', parent_id: folder }])),
  );
  const rows = answers.map((answer) => itemOf(answer, 'jobcodes'));
  assert.equal(rows.filter((row) => row._status_code === 200).length, 1);
  assert.equal(rows.filter((row) => row._status_code === 202).length, 7);
  assert.equal(new Set(rows.map((row) => row.id)).size, 1);
});

test('equal short codes at the same moment: one gets it', async () => {
  const folder = await create(admin, 'jobcodes', { name: 'Code race' });
  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => admin.post('/jobcodes', [{ name: `N${n}`, parent_id: folder, short_code: 'same' }])),
  );
  const statuses = answers.flatMap((answer) => statusesOf(answer, 'jobcodes'));
  assert.deepEqual(statuses.toSorted(), [200, 417, 417, 417, 417]);
});

test('short codes: letters and digits, unique under one parent, free elsewhere', async () => {
  const folder = await create(admin, 'jobcodes', { name: 'Codes', short_code: 'abc' });
  const [wrong, taken, free, none] = await post(
    { name: 'Codes 1', short_code: 'a-b' },
    { name: 'Codes 2', short_code: 'ABC' },
    { name: 'Codes 3', short_code: 'abc', parent_id: folder },
    { name: 'Codes 4', short_code: '' },
  );
  assert.deepEqual(said(wrong), [417, 'short_code may only consist of letters and numbers']);
  assert.deepEqual(said(taken), [417, 'Oops! That Short Code is already in use']);
  assert.equal(free?._status_code, 200);
  assert.equal(none?.short_code, '');
  const [swapA, swapB] = await post({ name: 'Swap a', short_code: 'swa' }, { name: 'Swap b', short_code: 'swb' });
  const chain = await put({ id: swapA?.id, short_code: 'swc' }, { id: swapB?.id, short_code: 'swa' });
  assert.deepEqual(
    chain.map((row) => [row._status_code, row.short_code]),
    [
      [200, 'swc'],
      [200, 'swa'],
    ],
  );
  const [cleared] = await put({ id: swapA?.id, short_code: '' });
  assert.equal(cleared?.short_code, '');
});

test('types: regular or time off, set once; breaks are neither created nor edited here', async () => {
  const regular = await create(admin, 'jobcodes', { name: 'Kinds' });
  const [pto, unpaid, low, paidBreak, unpaidBreak, nonsense] = await post(
    { name: 'Kind pto', type: 'pto' },
    { name: 'Kind leave', type: 'unpaid_time_off' },
    { name: 'Kind low', type: 'pto', parent_id: regular },
    { name: 'Kind break', type: 'paid_break' },
    { name: 'Kind lunch', type: 'unpaid_break' },
    { name: 'Kind x', type: 'x' },
  );
  assert.equal(pto?.type, 'pto');
  assert.equal(unpaid?.type, 'unpaid_time_off');
  assert.deepEqual(said(low), [417, 'A jobcode of type pto must have a parent_id of 0']);
  assert.deepEqual(said(paidBreak), [417, 'Jobcodes of type paid_break may not be created or edited here']);
  assert.deepEqual(said(unpaidBreak), [417, 'Jobcodes of type unpaid_break may not be created or edited here']);
  assert.equal(nonsense?._status_code, 417);
  const [below] = await post({ name: 'Below', parent_id: pto?.id });
  assert.deepEqual(said(below), [417, 'A jobcode of type pto can not have children']);
  const [changed, same] = await put({ id: regular, type: 'pto' }, { id: pto?.id, type: 'pto', name: 'Kind PTO' });
  assert.deepEqual(said(changed), [417, 'Invalid params: type']);
  assert.equal(same?._status_code, 200);
  const [lunch] = await insertTopJobcodes(world.services.database.forCompany(company.id), company.id, [
    { name: 'Lunch', type: 'unpaid_break' },
  ]);
  world.services.cache.forget(company.id);
  const [edited] = await put({ id: lunch, name: 'Dinner' });
  assert.deepEqual(said(edited), [417, 'Jobcodes of type unpaid_break may not be created or edited here']);
});

test('values are as clients write them; wrong ones are refused by name', async () => {
  const [row] = await post({ name: 'Rates', billable: '1', billable_rate: '57.5', active: 'true', parent_id: '0' });
  assert.deepEqual([row?.billable, row?.billable_rate, row?.parent_id], [true, 57.5, 0]);
  const wrong = await put(
    { id: row?.id, billable_rate: -1 },
    { id: row?.id, billable_rate: 'much' },
    { id: row?.id, billable: 'perhaps' },
    { id: row?.id, parent_id: 99_999_999 },
    { id: row?.id, nonsense: 1, other: 2 },
    { id: row?.id, has_children: true },
    { id: 99_999_999, name: 'x' },
    { name: 'no id' },
  );
  assert.deepEqual(
    wrong.map((item) => item._status_code),
    wrong.map(() => 417),
  );
  assert.equal(wrong[0]?._status_extra, 'billable_rate must not be less than 0');
  assert.equal(wrong[4]?._status_extra, 'Invalid params: nonsense,other');
  assert.equal(wrong[5]?._status_extra, 'Invalid params: has_children');
});

test('a whole object that was read can be sent back, as the helpers of old do', async () => {
  const folder = await create(admin, 'jobcodes', { name: 'Echo' });
  const id = await create(admin, 'jobcodes', { name: 'Echo child', parent_id: folder, billable_rate: 12.25 });
  const object = await read(admin, 'jobcodes', id, { customfields: 'true' });
  const [same] = await put(object);
  assert.equal(same?._status_code, 200, JSON.stringify(same));
  assert.equal(same?.last_modified, object.last_modified);
  const { last_modified, created, required_customfields, filtered_customfielditems, ...ruby } = object;
  assert.ok(last_modified && created && required_customfields);
  assert.equal(filtered_customfielditems, '');
  const [changed] = await put({ ...ruby, name: 'Echo renamed', connect_with_quickbooks: true });
  assert.deepEqual([changed?._status_code, changed?.name], [200, 'Echo renamed']);
  assert.equal(changed !== undefined && 'connect_with_quickbooks' in changed, false);
});

test('writing needs manage_jobcodes', async () => {
  const id = await create(admin, 'jobcodes', { name: 'Permission' });
  const manager = await company.person({ permissions: ['manage_jobcodes'] });
  const person = await company.person({ permissions: ['manage_users', 'manage_timesheets'] });
  assert.deepEqual(statusesOf(await manager.post('/jobcodes', [{ name: 'By manager' }]), 'jobcodes'), [200]);
  assert.deepEqual(statusesOf(await manager.put('/jobcodes', [{ id, billable: true }]), 'jobcodes'), [200]);
  const [create403] = itemsOf(await person.post('/jobcodes', [{ name: 'By person' }]), 'jobcodes');
  assert.deepEqual(said(create403), [417, "Oops! You don't have permission to create jobcodes"]);
  const [edit403] = itemsOf(await person.put('/jobcodes', [{ id, name: 'x' }]), 'jobcodes');
  assert.deepEqual(said(edit403), [417, "Oops! You don't have permission to edit jobcodes"]);
});

test('50 items are taken and 51 are not', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `Batch ${count} ${n}` }));
  assert.deepEqual(new Set(statusesOf(await admin.post('/jobcodes', many(50)), 'jobcodes')), new Set([200]));
  assert.equal((await admin.post('/jobcodes', many(51))).status, 413);
  assert.equal(idsOf(await admin.get('/jobcodes', { name: 'Batch 51*' }), 'jobcodes').length, 0);
});
