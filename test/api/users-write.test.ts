import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type World } from '../support/world.ts';
import { itemOf, permissionKeys, type Row, rowsOf, type Users, userKeys, usersOf } from './users-support.ts';

let world: World;
let company: Company;
let users: Users;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  users = usersOf(company);
});
after(() => world.close());

test('a new user gets the defaults of the reference', async () => {
  const answer = await company.admin.post('/users', [
    { username: 'joni', first_name: 'Joni', last_name: 'Smith', email: 'jsmith@example.com' },
  ]);
  assert.equal(answer.status, 200);
  assert.deepEqual(Object.keys(answer.body), ['results', 'supplemental_data']);
  const user = itemOf(answer, 'users');
  assert.deepEqual(Object.keys(user), ['_status_code', '_status_message', ...userKeys]);
  assert.deepEqual([user._status_code, user._status_message], [200, 'Created']);
  assert.deepEqual([user.email, user.active, user.require_password_change], ['jsmith@example.com', true, true]);
  assert.deepEqual([user.hire_date, user.last_active, user.customfields], ['0000-00-00', '', '']);
  assert.deepEqual(user.permissions, Object.fromEntries(permissionKeys.map((name) => [name, name === 'mobile'])));
  assert.equal(Object.keys(rowsOf(answer, 'jobcodes', 'supplemental_data')).length, 3);
  const { _status_code, _status_message, ...rest } = user;
  assert.deepEqual(await users.read(user.id), rest);
});

test('every property that can be written is kept', async () => {
  const group = await company.group();
  const written: [string, unknown, unknown?][] = [
    ['first_name', 'Zoë'],
    ['last_name', 'O\'Néil "X"'],
    ['display_name', 'Zo'],
    ['group_id', String(group), group],
    ['active', 'false', false],
    ['employee_number', '2147483647', 2_147_483_647],
    ['salaried', 'yes', true],
    ['exempt', 1, true],
    ['username', 'Zoë@example.com'],
    ['email', 'zoe@example.com'],
    ['payroll_id', 'PR-77'],
    ['mobile_number', '+1 208 723 1456'],
    ['hire_date', '2018-02-28'],
    ['term_date', '2019-12-31'],
    ['submitted_to', '2018-03-31'],
    ['approved_to', '2018-02-28'],
    ['require_password_change', false],
  ];
  const created = await users.create(Object.fromEntries(written.map(([name, sent]) => [name, sent])));
  const { id } = await users.create();
  await users.update({ id: created.id, username: 'zoe-before', payroll_id: '', employee_number: 0 });
  for (const [name, sent] of written) await users.update({ id, [name]: sent });
  const stored = await users.read(id);
  for (const [name, sent, shown = sent] of written) {
    if (name !== 'username') assert.deepEqual(created[name], shown, `POST ${name}`);
    assert.deepEqual(stored[name], shown, `PUT ${name}`);
  }
  assert.equal(created.username, 'Zoë@example.com');
});

test('read-only properties: another value is refused, the stored or an empty one is not', async () => {
  const { id } = await users.create();
  const stored = await users.read(id);
  const others: Row = {
    email_verified: true,
    last_modified: '2018-03-28T17:24:20+00:00',
    last_active: '2018-03-28T17:24:20+00:00',
    created: '2018-03-28T17:24:20+00:00',
    client_url: 'elsewhere',
    company_name: 'Elsewhere',
    profile_image_url: 'https://example.com/x.png',
    pto_balances: { 1: 5 },
    manager_of_group_ids: [1],
    pay_rate: 5,
    pay_interval: 'year',
  };
  for (const [name, other] of Object.entries(others)) {
    for (const harmless of [stored[name], null, '']) {
      const item = await users.update({ id, [name]: harmless });
      assert.equal(item._status_code, 200, `PUT ${name} ${harmless}`);
    }
    for (const item of [
      await users.update({ id, [name]: other }),
      itemOf(await company.admin.post('/users', [users.someone({ [name]: other })]), 'users'),
    ]) {
      assert.deepEqual([item._status_code, item._status_extra], [417, `Invalid params: ${name}`]);
    }
    assert.equal(
      itemOf(await company.admin.post('/users', [users.someone({ [name]: '' })]), 'users')._status_code,
      200,
    );
  }
  assert.deepEqual(await users.read(id), stored);
});

test('what is wrong with an item is told, and the item echoed', async () => {
  const cases: [Row, RegExp][] = [
    [{ first_name: 'A', last_name: 'B' }, /Missing required params: username/],
    [{ username: 'u' }, /Missing required params: first_name,last_name/],
    [users.someone({ username: '' }), /username/],
    [users.someone({ username: ' u' }), /username must not/],
    [users.someone({ username: 'a,b' }), /username must not/],
    [users.someone({ username: 'x'.repeat(256) }), /username must not be longer than 255/],
    [users.someone({ first_name: '  ' }), /first_name must not be blank/],
    [users.someone({ first_name: 5 }), /first_name must be a text/],
    [users.someone({ email: 'nobody' }), /email must be an email address/],
    [users.someone({ employee_number: -1 }), /employee_number must not be less than 0/],
    [users.someone({ employee_number: 2 ** 31 }), /employee_number must be a whole number/],
    [users.someone({ salaried: 'perhaps' }), /salaried must be true or false/],
    [users.someone({ group_id: 99_999_999 }), /group_id 99999999 does not exist/],
    [users.someone({ hire_date: '2018-02-30' }), /hire_date must be a date/],
    [users.someone({ term_date: 'tomorrow' }), /term_date must be a date/],
    [users.someone({ submitted_to: 5 }), /submitted_to must be a date/],
    [users.someone({ permissions: { fly: true } }), /permissions has no "fly"/],
    [users.someone({ permissions: 'admin' }), /permissions must be an object/],
    [users.someone({ permissions: { admin: 'x' } }), /permissions.admin must be true or false/],
    [users.someone({ login_pin: '123' }), /login_pin must be 4 to 10 digits/],
    [users.someone({ nickname: 'x', shoe_size: 5 }), /Invalid params: nickname,shoe_size/],
    [users.someone({ customfields: { 12: 'x' } }), /There is no custom field "12"/],
    [
      users.someone({ password: 'correct horse battery' }),
      /Oops! You don't have permission to set the password of somebody else/,
    ],
  ];
  const answer = await company.admin.post(
    '/users',
    cases.map(([item]) => item),
  );
  assert.equal(answer.status, 200);
  cases.forEach(([sent, extra], index) => {
    const item = itemOf(answer, 'users', index + 1);
    assert.equal(item._status_code, 417, JSON.stringify(sent));
    assert.equal(item._status_message, 'Expectation Failed');
    assert.match(String(item._status_extra), extra);
    if ('username' in sent) assert.equal(item.username, sent.username);
    assert.ok(!('password' in item) && !('login_pin' in item));
  });
});

test('both names of the reference for managing no schedule are one permission', async () => {
  const { id } = await users.create({ permissions: { manage_no_schedule: true } });
  assert.equal(((await users.read(id)).permissions as Row).manage_no_schedules, true);
  const item = await users.update({ id, permissions: { manage_no_schedules: 'no' } });
  assert.equal((item.permissions as Row).manage_no_schedules, false);
});

test('a whole user that was read can be sent back, and nothing changes', async () => {
  const group = await company.group();
  const { id } = await users.create({ group_id: group, permissions: { manage_users: true }, hire_date: '2018-01-01' });
  const stored = await users.read(id);
  assert.equal((await users.update(stored))._status_code, 200);
  const texts = Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
  assert.equal((await users.update(texts))._status_code, 200);
  // The Ruby helper leaves some properties out, knows only the old flags, and sends "" for dates.
  const { last_modified, created, last_active, manager_of_group_ids, ...rest } = stored;
  const old = Object.fromEntries(permissionKeys.slice(0, 10).map((name) => [name, (stored.permissions as Row)[name]]));
  assert.equal(
    (await users.update({ ...rest, permissions: old, term_date: '', submitted_to: '', approved_to: '0000-00-00' }))
      ._status_code,
    200,
  );
  assert.deepEqual(await users.read(id), stored);
  // Somebody who may change only harmless things of his own can send it back too.
  const person = await company.person();
  const own = rowsOf(await person.get('/current_user'), 'users')[person.userId] ?? {};
  const { last_active: _, ...sent } = own;
  const item = itemOf(await person.put('/users', [{ ...sent, first_name: 'Changed' }]), 'users');
  assert.deepEqual([item._status_code, item.first_name], [200, 'Changed'], JSON.stringify(item));
});

test('"" and "0000-00-00" clear dates', async () => {
  const { id } = await users.create({
    hire_date: '2018-01-01',
    term_date: '01-31-2019',
    email: 'a@b.c',
    group_id: await company.group(),
  });
  assert.deepEqual([(await users.read(id)).hire_date, (await users.read(id)).term_date], ['2018-01-01', '2019-01-31']);
  const item = await users.update({ id, hire_date: '0000-00-00', term_date: '', email: '', group_id: 0 });
  assert.deepEqual([item.hire_date, item.term_date, item.email, item.group_id], ['0000-00-00', '0000-00-00', '', 0]);
});

test('an update that changes nothing leaves last_modified alone', async () => {
  const user = await users.create({ first_name: 'Same' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.equal(
    (await users.update({ id: user.id, first_name: 'Same', permissions: { mobile: true } })).last_modified,
    user.last_modified,
  );
  assert.notEqual((await users.update({ id: user.id, first_name: 'Other' })).last_modified, user.last_modified);
});
