import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { idsIn, instant, itemOf, type Row, rowsOf } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

const keys = ['id', 'active', 'name', 'last_modified', 'created', 'manager_ids'];

async function userOf(place: Company, { userId }: Person): Promise<Row> {
  return rowsOf(await place.admin.get('/users', { ids: userId, active: 'both' }), 'users')[userId] ?? {};
}

test('a group reads as in the reference, and its managers come along', async () => {
  const [one, two] = [await company.person(), await company.person()];
  const made = await company.admin.post('/groups', [
    { name: 'Group 1', manager_ids: `${one.userId}, ${two.userId}` },
    { name: 'Group 2', manager_ids: [String(two.userId)] },
    { name: 'Group 3' },
  ]);
  const item = itemOf(made, 'groups');
  assert.deepEqual(Object.keys(item), ['_status_code', '_status_message', ...keys]);
  const { id, created, last_modified, ...rest } = item;
  assert.match(String(created), instant);
  assert.match(String(last_modified), instant);
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    active: true,
    name: 'Group 1',
    manager_ids: [String(one.userId), String(two.userId)],
  });
  assert.deepEqual(itemOf(made, 'groups', 3).manager_ids, []);
  assert.deepEqual(Object.keys(rowsOf(made, 'users', 'supplemental_data')), [String(one.userId), String(two.userId)]);
  const read = await company.admin.get('/groups', { ids: Number(id) });
  assert.deepEqual(Object.keys(read.body), ['results', 'more', 'supplemental_data']);
  assert.deepEqual(Object.keys(rowsOf(read, 'groups')[String(id)] ?? {}), keys);
  assert.deepEqual(Object.keys(rowsOf(read, 'users', 'supplemental_data')), [String(one.userId), String(two.userId)]);
  assert.ok(!('supplemental_data' in (await company.admin.get('/groups', { supplemental_data: 'no' })).body));
});

test('every filter', async () => {
  const place = await world.company();
  const [one, two] = [await place.person(), await place.person()];
  const made = await place.admin.post('/groups', [
    { name: 'Red', manager_ids: one.userId },
    { name: 'Blue', manager_ids: `${one.userId},${two.userId}` },
    { name: 'Gone', active: false },
  ]);
  const [red = 0, blue = 0, gone = 0] = idsIn(made, 'groups');
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, [red, blue]],
    [{ ids: `${red},${gone}` }, [red]],
    [{ id: `${blue}` }, [blue]],
    [{ active: 'no' }, [gone]],
    [{ active: 'both' }, [red, blue, gone]],
    [{ manager_ids: one.userId }, [red, blue]],
    [{ manager_ids: two.userId }, [blue]],
    [{ manager_ids: place.admin.userId }, []],
    [{ name: 'red,BLUE,none' }, [red, blue]],
    [{ names: 'Red' }, [red]],
    [{ name: 'R*' }, []],
    [{ modified_since: '2020-01-01T00:00:00+00:00' }, [red, blue]],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ modified_before: '2099-01-01T00:00:00 00:00' }, [red, blue]],
    [{ modified_before: '2020-01-01T00:00:00Z' }, []],
    [{ limit: 1, page: 2 }, [blue]],
  ];
  for (const [query, expected] of cases) {
    assert.deepEqual(idsIn(await place.admin.get('/groups', query), 'groups'), expected, JSON.stringify(query));
  }
  for (const query of [{ ids: 'x' }, { manager_ids: 'x' }, { active: 'perhaps' }, { modified_since: 'x' }]) {
    assert.equal((await place.admin.get('/groups', query)).status, 417, JSON.stringify(query));
  }
});

test('every property: what can be written is kept, what can not is refused', async () => {
  const person = await company.person();
  const made = itemOf(await company.admin.post('/groups', [{ name: 'Written' }]), 'groups');
  const put = async (change: Row): Promise<Row> =>
    itemOf(await company.admin.put('/groups', [{ id: made.id, ...change }]), 'groups');
  assert.equal((await put({ name: 'Rewritten' })).name, 'Rewritten');
  assert.deepEqual((await put({ manager_ids: [person.userId] })).manager_ids, [String(person.userId)]);
  assert.deepEqual((await put({ name: 'Rewritten' })).manager_ids, [String(person.userId)]);
  assert.deepEqual((await put({ manager_ids: '' })).manager_ids, []);
  assert.equal((await put({ active: 'no' })).active, false);
  assert.equal((await put({ active: true })).active, true);
  for (const name of ['created', 'last_modified']) {
    assert.equal((await put({ [name]: '' }))._status_code, 200);
    assert.equal((await put({ [name]: '2018-08-19T16:29:28+00:00' }))._status_extra, `Invalid params: ${name}`);
  }
  const stored = rowsOf(await company.admin.get('/groups', { ids: Number(made.id) }), 'groups')[String(made.id)] ?? {};
  assert.equal((await put(stored))._status_code, 200);
});

test('a bad item does not hinder the others of its batch', async () => {
  const gone = await company.person();
  await company.admin.put('/users', [{ id: gone.userId, active: false }]);
  const cases: [Row, RegExp | 200][] = [
    [{ name: 'Fine' }, 200],
    [{ name: 'FINE' }, /^Oops! A group is called "FINE" already$/],
    [{}, /^Missing required params: name$/],
    [{ name: '' }, /name/],
    [{ name: 5 }, /^name must be a text$/],
    [{ name: 'x'.repeat(65) }, /^name must not be longer than 64 characters$/],
    [{ name: 'M', manager_ids: [99_999_999] }, /^manager_ids 99999999 does not exist$/],
    [{ name: 'A', manager_ids: [gone.userId] }, /^manager_ids \d+ is an archived user$/],
    [{ name: 'C', color: 'red' }, /^Invalid params: color$/],
    [{ name: 'Also fine' }, 200],
  ];
  const answer = await company.admin.post(
    '/groups',
    cases.map(([item]) => item),
  );
  cases.forEach(([sent, expected], index) => {
    const item = itemOf(answer, 'groups', index + 1);
    assert.equal(item._status_code, expected === 200 ? 200 : 417, JSON.stringify(sent));
    if (expected !== 200) assert.match(String(item._status_extra), expected);
  });
});

test('of many who take one name at the same moment, one gets it', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => company.admin.post('/groups', [{ name: 'Contested' }])),
  );
  const items = answers.map((answer) => itemOf(answer, 'groups'));
  assert.equal(items.filter(({ _status_code }) => _status_code === 200).length, 1);
  for (const item of items)
    if (item._status_code !== 200) assert.match(String(item._status_extra), /is called "Contested"/);
});

test('admins and manage_users create and edit groups; managers and others do not, but all see them', async () => {
  const chief = await company.person();
  const group = await company.group([chief]);
  const cases: [string, Person, boolean][] = [
    ['admin', company.admin, true],
    ['manage_users', await company.person({ permissions: ['manage_users'] }), true],
    ['its manager', chief, false],
    ['manage_timesheets', await company.person({ permissions: ['manage_timesheets'] }), false],
    ['a member', await company.person({ groupId: group }), false],
  ];
  for (const [what, by, allowed] of cases) {
    assert.ok(idsIn(await by.get('/groups'), 'groups').includes(group), what);
    const created = itemOf(await by.post('/groups', [{ name: `By ${what}` }]), 'groups');
    const edited = itemOf(await by.put('/groups', [{ id: group, name: `Of ${what}` }]), 'groups');
    const expected = allowed ? [200, 200] : [417, 417];
    assert.deepEqual([created._status_code, edited._status_code], expected, what);
    if (!allowed) assert.equal(edited._status_extra, "Oops! You don't have permission to edit groups");
  }
  assert.equal((await company.admin.delete('/groups', [group])).status, 501);
  const stranger = await company.person();
  assert.deepEqual(rowsOf(await stranger.get('/groups', { ids: group }), 'users', 'supplemental_data'), {});
});

test('archiving a group leaves its members without one; nobody joins an archived group', async () => {
  const chief = await company.person();
  const group = await company.group([chief]);
  const member = await company.person({ groupId: group });
  assert.equal((await chief.get('/users', { ids: member.userId })).text.includes(member.username), true);
  await company.admin.put('/groups', [{ id: group, active: false }]);
  assert.equal((await userOf(company, member)).group_id, 0);
  assert.deepEqual((await userOf(company, chief)).manager_of_group_ids, []);
  assert.deepEqual(rowsOf(await chief.get('/users', { ids: member.userId }), 'users'), {});
  const joining = itemOf(await company.admin.put('/users', [{ id: member.userId, group_id: group }]), 'users');
  assert.equal(joining._status_extra, `group_id ${group} is archived`);
  await company.admin.put('/groups', [{ id: group, active: true }]);
  assert.equal((await userOf(company, member)).group_id, 0);
  assert.deepEqual((await userOf(company, chief)).manager_of_group_ids, [group]);
});

test('new managers act at once, and count as modified', async () => {
  const place = await world.company();
  const [old, next] = [await place.person(), await place.person()];
  const group = await place.group([old]);
  const member = await place.person({ groupId: group });
  const moments = async (): Promise<unknown[]> => [
    (await userOf(place, old)).last_modified,
    (await userOf(place, next)).last_modified,
  ];
  const before = await moments();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.deepEqual(rowsOf(await next.get('/users', { ids: member.userId }), 'users'), {});
  await place.admin.put('/groups', [{ id: group, manager_ids: [next.userId] }]);
  assert.equal(idsIn(await next.get('/users', { ids: member.userId }), 'users').length, 1);
  assert.deepEqual(rowsOf(await old.get('/users', { ids: member.userId }), 'users'), {});
  const after = await moments();
  assert.ok(after.every((moment, index) => String(moment) > String(before[index])));
});

test('another company is as if it did not exist', async () => {
  const other = await world.company();
  const group = await other.group();
  assert.deepEqual(idsIn(await company.admin.get('/groups', { ids: group, active: 'both' }), 'groups'), []);
  assert.match(
    String(itemOf(await company.admin.put('/groups', [{ id: group, name: 'X' }]), 'groups')._status_extra),
    /does not exist/,
  );
  const made = itemOf(
    await company.admin.post('/groups', [{ name: 'F', manager_ids: [other.admin.userId] }]),
    'groups',
  );
  assert.match(String(made._status_extra), /manager_ids \d+ does not exist/);
  const [history] = await world.services.database
    .forCompany(other.id)
    .rows(sql`SELECT count(*) FROM history WHERE company_id = ${company.id}`);
  assert.equal(history?.[0], '0');
});
