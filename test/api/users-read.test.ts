import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Permission } from '../../src/rules/permissions.ts';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { idsIn, instant, itemOf, permissionKeys, type Row, rowsOf, userKeys } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

test('a user reads with the properties of the reference, in its order', async () => {
  const { admin } = company;
  const answer = await admin.get('/users', { ids: admin.userId });
  assert.deepEqual(Object.keys(answer.body), ['results', 'more', 'supplemental_data']);
  const user = rowsOf(answer, 'users')[admin.userId] ?? {};
  assert.deepEqual(Object.keys(user), userKeys);
  assert.deepEqual(Object.keys(user.permissions as object), permissionKeys);
  const { last_modified, created, last_active, pto_balances, permissions, ...rest } = user;
  assert.match(String(last_modified), instant);
  assert.match(String(created), instant);
  assert.ok(last_active === '' || instant.test(String(last_active)));
  assert.equal(Object.values(pto_balances as object).join(), '0,0,0');
  assert.deepEqual(
    Object.entries(permissions as object).flatMap(([name, on]) => (on === true ? [name] : [])),
    ['admin', 'mobile', 'time_tracking'],
  );
  assert.deepEqual(rest, {
    id: admin.userId,
    first_name: 'Ada',
    last_name: 'Min',
    group_id: 0,
    active: true,
    employee_number: 0,
    salaried: false,
    exempt: false,
    username: 'admin',
    email: '',
    email_verified: false,
    payroll_id: '',
    mobile_number: '',
    hire_date: '0000-00-00',
    term_date: '0000-00-00',
    client_url: company.clientUrl,
    company_name: company.clientUrl,
    profile_image_url: '',
    display_name: '',
    submitted_to: '2000-01-01',
    approved_to: '2000-01-01',
    manager_of_group_ids: [],
    require_password_change: false,
    pay_rate: 0,
    pay_interval: 'hour',
    customfields: '',
  });
});

test('current_user is exactly one user, whoever asks, whatever the parameters', async () => {
  const person = await company.person();
  for (const query of [{}, { page: 1 }, { ids: 1, user_id: company.admin.userId }]) {
    const answer = await person.get('/current_user', query);
    assert.equal(answer.status, 200);
    assert.deepEqual(Object.keys(answer.body), ['results', 'more', 'supplemental_data']);
    assert.equal(answer.body.more as unknown, false);
    assert.deepEqual(Object.keys(rowsOf(answer, 'users')), [String(person.userId)]);
  }
  const own = rowsOf(await company.admin.get('/current_user'), 'users')[company.admin.userId] ?? {};
  assert.deepEqual(Object.keys(own), userKeys);
  assert.ok(!('supplemental_data' in (await person.get('/current_user', { supplemental_data: 'no' })).body));
  assert.equal((await person.post('/current_user', [])).status, 405);
});

test('pay is shown to admins only', async () => {
  const manager = await company.person({ permissions: ['manage_users'] });
  const db = world.services.database.forCompany(company.id);
  await db.rows(
    sql`UPDATE users SET pay_rate = 12.5, pay_interval = 'year' WHERE company_id = ${company.id} AND id = ${manager.userId}`,
  );
  const seen = rowsOf(await company.admin.get('/users', { ids: manager.userId }), 'users')[manager.userId];
  assert.deepEqual([seen?.pay_rate, seen?.pay_interval], [12.5, 'year']);
  for (const path of ['/users', '/current_user']) {
    for (const user of Object.values(rowsOf(await manager.get(path), 'users'))) {
      assert.deepEqual(
        Object.keys(user),
        userKeys.filter((key) => !key.startsWith('pay_')),
      );
    }
  }
  // What may not be read is not found out by guessing either.
  for (const guess of [{ pay_rate: 12.5 }, { pay_rate: 13 }, { pay_interval: 'year' }, { pay_interval: 'hour' }]) {
    const item = itemOf(await manager.put('/users', [{ id: manager.userId, ...guess }]), 'users');
    assert.equal(item?._status_extra, `Invalid params: ${Object.keys(guess)}`);
  }
});

test('who sees whom', async () => {
  const chief = await company.person();
  const group = await company.group([chief]);
  const member = await company.person({ groupId: group });
  const stranger = await company.person();
  const everyone = [company.admin, chief, member, stranger].map(({ userId }) => userId);
  const cases: [Permission[], Person | undefined, number[] | 'everyone'][] = [
    [[], undefined, []],
    [[], chief, [member.userId]],
    [[], member, []],
    [['mobile', 'manage_my_timesheets', 'manage_schedules', 'external_access'], undefined, []],
    ...(
      [
        'admin',
        'manage_users',
        'manage_timesheets',
        'approve_timesheets',
        'reports',
        'status_box',
        'manage_jobcodes',
      ] as const
    ).map((name): [Permission[], undefined, 'everyone'] => [[name], undefined, 'everyone']),
  ];
  for (const [permissions, known, others] of cases) {
    const person = known ?? (await company.person({ permissions }));
    const seen = idsIn(await person.get('/users'), 'users').filter(
      (id) => everyone.includes(id) || id === person.userId,
    );
    const expected = new Set([...(others === 'everyone' ? everyone : others), person.userId]);
    assert.deepEqual(
      seen,
      [...expected].sort((a, b) => a - b),
      permissions.join() || String(others),
    );
    assert.deepEqual(
      idsIn(await person.get('/users', { ids: everyone.join() }), 'users').length,
      expected.size - (everyone.includes(person.userId) ? 0 : 1),
    );
  }
});

test('last_active is when a user used the API last, and is no modification', async () => {
  const person = await company.person();
  const before = rowsOf(await company.admin.get('/users', { ids: person.userId }), 'users')[person.userId];
  assert.equal(before?.last_active, '');
  await person.get('/current_user');
  let after: Row | undefined = before;
  for (let tries = 0; tries < 400 && after?.last_active === ''; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    after = rowsOf(await company.admin.get('/users', { ids: person.userId }), 'users')[person.userId];
  }
  assert.match(String(after?.last_active), instant);
  assert.equal(after?.last_modified, before?.last_modified);
});

test('another company is as if it did not exist', async () => {
  const other = await world.company();
  assert.deepEqual(idsIn(await company.admin.get('/users', { ids: other.admin.userId, active: 'both' }), 'users'), []);
  const put = await company.admin.put('/users', [{ id: other.admin.userId, first_name: 'Mine' }]);
  assert.equal(itemOf(put, 'users')._status_code, 417);
  assert.match(String(itemOf(put, 'users')._status_extra), /does not exist/);
  const group = await other.group();
  const created = await company.admin.post('/users', [
    { username: 'x1', first_name: 'X', last_name: 'Y', group_id: group },
  ]);
  assert.match(String(itemOf(created, 'users')._status_extra), /group_id \d+ does not exist/);
});

test('users can not be deleted', async () => {
  const answer = await company.admin.delete('/users', [company.admin.userId]);
  assert.equal(answer.status, 501);
});
