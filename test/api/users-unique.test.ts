import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type World } from '../support/world.ts';
import { itemOf, type Users, usersOf } from './users-support.ts';

let world: World;
let company: Company;
let users: Users;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  users = usersOf(company);
});
after(() => world.close());

test('a bad item does not hinder the others of its batch', async () => {
  const answer = await company.admin.post('/users', [
    users.someone({ username: 'good1' }),
    { username: 'bad' },
    users.someone({ username: 'GOOD1' }),
    users.someone({ username: 'good2', payroll_id: 'twice', employee_number: 7 }),
    users.someone({ payroll_id: 'twice' }),
    users.someone({ employee_number: 7 }),
    'nonsense',
  ]);
  const items = [1, 2, 3, 4, 5, 6, 7].map((position) => itemOf(answer, 'users', position));
  assert.deepEqual(
    items.map(({ _status_code }) => _status_code),
    [200, 417, 417, 200, 417, 417, 417],
  );
  assert.equal(items[2]?._status_extra, 'Oops! That username is already in use');
  assert.equal(items[4]?._status_extra, 'Oops! That payroll_id is already in use');
  assert.equal(items[5]?._status_extra, 'Oops! That employee_number is already in use');
});

test('usernames, payroll ids and employee numbers stay unique on update too', async () => {
  const one = await users.create({ payroll_id: 'U1', employee_number: 501 });
  const two = await users.create();
  for (const [change, field] of [
    [{ username: String(one.username).toUpperCase() }, 'username'],
    [{ payroll_id: 'U1' }, 'payroll_id'],
    [{ employee_number: '501' }, 'employee_number'],
  ] as const) {
    const item = await users.update({ id: two.id, ...change });
    assert.deepEqual([item._status_code, item._status_extra], [417, `Oops! That ${field} is already in use`]);
  }
  assert.equal((await users.update({ id: one.id, username: String(one.username).toUpperCase() }))._status_code, 200);
  const swapped = await company.admin.put('/users', [
    { id: one.id, payroll_id: 'U2' },
    { id: two.id, payroll_id: 'U1' },
  ]);
  assert.deepEqual(
    [1, 2].map((position) => itemOf(swapped, 'users', position)._status_code),
    [200, 200],
  );
  assert.deepEqual([(await users.read(one.id)).payroll_id, (await users.read(two.id)).payroll_id], ['U2', 'U1']);
});

test('of many who take one username at the same moment, one gets it', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      company.admin.post('/users', [users.someone({ username: 'Contested' }), users.someone()]),
    ),
  );
  const items = answers.map((answer) => itemOf(answer, 'users'));
  assert.equal(items.filter(({ _status_code }) => _status_code === 200).length, 1);
  for (const item of items) {
    if (item._status_code !== 200) assert.equal(item._status_extra, 'Oops! That username is already in use');
  }
  for (const answer of answers) assert.equal(itemOf(answer, 'users', 2)._status_code, 200);
  const people = await Promise.all([users.create(), users.create(), users.create(), users.create()]);
  const renamed = await Promise.all(people.map(({ id }) => users.update({ id, username: 'contested-too' })));
  assert.deepEqual(renamed.map(({ _status_code }) => _status_code).sort(), [200, 417, 417, 417]);
});

test('a user may be named by username, in any case, and keeps its spelling', async () => {
  const { id } = await users.create({ username: 'NancySmith' });
  const item = await users.update({ username: 'nancysmith', permissions: { reports: true } });
  assert.deepEqual([item._status_code, item._status_message, item.id], [200, 'Updated', id]);
  assert.equal(item.username, 'NancySmith');
  assert.deepEqual(
    Object.entries(item.permissions as object).flatMap(([name, on]) => (on ? [name] : [])),
    ['mobile', 'reports'],
  );
  assert.match(String((await users.update({ username: 'nobody' }))._status_extra), /does not exist/);
  assert.match(String((await users.update({ first_name: 'X' }))._status_extra), /Missing required params: id/);
});
