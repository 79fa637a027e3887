import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifyPassword } from '../../src/lib/passwords.ts';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { idsIn, itemOf, permissionKeys, type Row, rowsOf, userKeys } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld();
  company = await world.company();
});
after(() => world.close());

let count = 0;
/** The properties that a new user needs. */
function someone(more: Row = {}): Row {
  count += 1;
  return { username: `some${count}`, first_name: 'Some', last_name: 'One', ...more };
}

async function create(more: Row = {}): Promise<Row> {
  const item = itemOf(await company.admin.post('/users', [someone(more)]), 'users');
  assert.equal(item._status_code, 200, JSON.stringify(item));
  return item;
}

async function update(change: Row): Promise<Row> {
  return itemOf(await company.admin.put('/users', [change]), 'users');
}

async function read(id: unknown): Promise<Row> {
  return rowsOf(await company.admin.get('/users', { ids: Number(id), active: 'both' }), 'users')[String(id)] ?? {};
}

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
  assert.deepEqual(await read(user.id), rest);
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
  const created = await create(Object.fromEntries(written.map(([name, sent]) => [name, sent])));
  const { id } = await create();
  await update({ id: created.id, username: 'zoe-before', payroll_id: '', employee_number: 0 });
  for (const [name, sent] of written) await update({ id, [name]: sent });
  const stored = await read(id);
  for (const [name, sent, shown = sent] of written) {
    if (name !== 'username') assert.deepEqual(created[name], shown, `POST ${name}`);
    assert.deepEqual(stored[name], shown, `PUT ${name}`);
  }
  assert.equal(created.username, 'Zoë@example.com');
});

test('read-only properties: another value is refused, the stored or an empty one is not', async () => {
  const { id } = await create();
  const stored = await read(id);
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
      const item = await update({ id, [name]: harmless });
      assert.equal(item._status_code, 200, `PUT ${name} ${harmless}`);
    }
    for (const item of [
      await update({ id, [name]: other }),
      itemOf(await company.admin.post('/users', [someone({ [name]: other })]), 'users'),
    ]) {
      assert.deepEqual([item._status_code, item._status_extra], [417, `Invalid params: ${name}`]);
    }
    assert.equal(itemOf(await company.admin.post('/users', [someone({ [name]: '' })]), 'users')._status_code, 200);
  }
  assert.deepEqual(await read(id), stored);
});

test('what is wrong with an item is told, and the item echoed', async () => {
  const cases: [Row, RegExp][] = [
    [{ first_name: 'A', last_name: 'B' }, /Missing required params: username/],
    [{ username: 'u' }, /Missing required params: first_name,last_name/],
    [someone({ username: '' }), /username/],
    [someone({ username: ' u' }), /username must not/],
    [someone({ username: 'a,b' }), /username must not/],
    [someone({ username: 'x'.repeat(256) }), /username must not be longer than 255/],
    [someone({ first_name: '  ' }), /first_name must not be blank/],
    [someone({ first_name: 5 }), /first_name must be a text/],
    [someone({ email: 'nobody' }), /email must be an email address/],
    [someone({ employee_number: -1 }), /employee_number must not be less than 0/],
    [someone({ employee_number: 2 ** 31 }), /employee_number must be a whole number/],
    [someone({ salaried: 'perhaps' }), /salaried must be true or false/],
    [someone({ group_id: 99_999_999 }), /group_id 99999999 does not exist/],
    [someone({ hire_date: '2018-02-30' }), /hire_date must be a date/],
    [someone({ term_date: 'tomorrow' }), /term_date must be a date/],
    [someone({ submitted_to: 5 }), /submitted_to must be a date/],
    [someone({ permissions: { fly: true } }), /permissions has no "fly"/],
    [someone({ permissions: 'admin' }), /permissions must be an object/],
    [someone({ permissions: { admin: 'x' } }), /permissions.admin must be true or false/],
    [someone({ login_pin: '123' }), /login_pin must be 4 to 10 digits/],
    [someone({ nickname: 'x', shoe_size: 5 }), /Invalid params: nickname,shoe_size/],
    [someone({ customfields: { 12: 'x' } }), /There is no custom field "12"/],
    [
      someone({ password: 'correct horse battery' }),
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

test('a bad item does not hinder the others of its batch', async () => {
  const answer = await company.admin.post('/users', [
    someone({ username: 'good1' }),
    { username: 'bad' },
    someone({ username: 'GOOD1' }),
    someone({ username: 'good2', payroll_id: 'twice', employee_number: 7 }),
    someone({ payroll_id: 'twice' }),
    someone({ employee_number: 7 }),
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
  const one = await create({ payroll_id: 'U1', employee_number: 501 });
  const two = await create();
  for (const [change, field] of [
    [{ username: String(one.username).toUpperCase() }, 'username'],
    [{ payroll_id: 'U1' }, 'payroll_id'],
    [{ employee_number: '501' }, 'employee_number'],
  ] as const) {
    const item = await update({ id: two.id, ...change });
    assert.deepEqual([item._status_code, item._status_extra], [417, `Oops! That ${field} is already in use`]);
  }
  assert.equal((await update({ id: one.id, username: String(one.username).toUpperCase() }))._status_code, 200);
  const swapped = await company.admin.put('/users', [
    { id: one.id, payroll_id: 'U2' },
    { id: two.id, payroll_id: 'U1' },
  ]);
  assert.deepEqual(
    [1, 2].map((position) => itemOf(swapped, 'users', position)._status_code),
    [200, 200],
  );
  assert.deepEqual([(await read(one.id)).payroll_id, (await read(two.id)).payroll_id], ['U2', 'U1']);
});

test('of many who take one username at the same moment, one gets it', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => company.admin.post('/users', [someone({ username: 'Contested' }), someone()])),
  );
  const items = answers.map((answer) => itemOf(answer, 'users'));
  assert.equal(items.filter(({ _status_code }) => _status_code === 200).length, 1);
  for (const item of items) {
    if (item._status_code !== 200) assert.equal(item._status_extra, 'Oops! That username is already in use');
  }
  for (const answer of answers) assert.equal(itemOf(answer, 'users', 2)._status_code, 200);
  const people = await Promise.all([create(), create(), create(), create()]);
  const renamed = await Promise.all(people.map(({ id }) => update({ id, username: 'contested-too' })));
  assert.deepEqual(renamed.map(({ _status_code }) => _status_code).sort(), [200, 417, 417, 417]);
});

test('a user may be named by username, in any case, and keeps its spelling', async () => {
  const { id } = await create({ username: 'NancySmith' });
  const item = await update({ username: 'nancysmith', permissions: { reports: true } });
  assert.deepEqual([item._status_code, item._status_message, item.id], [200, 'Updated', id]);
  assert.equal(item.username, 'NancySmith');
  assert.deepEqual(
    Object.entries(item.permissions as object).flatMap(([name, on]) => (on ? [name] : [])),
    ['mobile', 'reports'],
  );
  assert.match(String((await update({ username: 'nobody' }))._status_extra), /does not exist/);
  assert.match(String((await update({ first_name: 'X' }))._status_extra), /Missing required params: id/);
});

test('a whole user that was read can be sent back, and nothing changes', async () => {
  const group = await company.group();
  const { id } = await create({ group_id: group, permissions: { manage_users: true }, hire_date: '2018-01-01' });
  const stored = await read(id);
  assert.equal((await update(stored))._status_code, 200);
  const texts = Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
  assert.equal((await update(texts))._status_code, 200);
  // The Ruby helper leaves some properties out, knows only the old flags, and sends "" for dates.
  const { last_modified, created, last_active, manager_of_group_ids, ...rest } = stored;
  const old = Object.fromEntries(permissionKeys.slice(0, 10).map((name) => [name, (stored.permissions as Row)[name]]));
  assert.equal(
    (await update({ ...rest, permissions: old, term_date: '', submitted_to: '', approved_to: '0000-00-00' }))
      ._status_code,
    200,
  );
  assert.deepEqual(await read(id), stored);
  // Somebody who may change only harmless things of his own can send it back too.
  const person = await company.person();
  const own = rowsOf(await person.get('/current_user'), 'users')[person.userId] ?? {};
  const { last_active: _, ...sent } = own;
  const item = itemOf(await person.put('/users', [{ ...sent, first_name: 'Changed' }]), 'users');
  assert.deepEqual([item._status_code, item.first_name], [200, 'Changed'], JSON.stringify(item));
});

test('"" and "0000-00-00" clear dates', async () => {
  const { id } = await create({
    hire_date: '2018-01-01',
    term_date: '01-31-2019',
    email: 'a@b.c',
    group_id: await company.group(),
  });
  assert.deepEqual([(await read(id)).hire_date, (await read(id)).term_date], ['2018-01-01', '2019-01-31']);
  const item = await update({ id, hire_date: '0000-00-00', term_date: '', email: '', group_id: 0 });
  assert.deepEqual([item.hire_date, item.term_date, item.email, item.group_id], ['0000-00-00', '0000-00-00', '', 0]);
});

test('an update that changes nothing leaves last_modified alone', async () => {
  const user = await create({ first_name: 'Same' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.equal(
    (await update({ id: user.id, first_name: 'Same', permissions: { mobile: true } })).last_modified,
    user.last_modified,
  );
  assert.notEqual((await update({ id: user.id, first_name: 'Other' })).last_modified, user.last_modified);
});

test('a new email address is not verified', async () => {
  const { id } = await create({ email: 'one@example.com' });
  const db = world.services.database.forCompany(company.id);
  await db.rows(sql`UPDATE users SET email_verified = true WHERE company_id = ${company.id} AND id = ${Number(id)}`);
  assert.equal((await update({ id, email: 'one@example.com' })).email_verified, true);
  assert.equal((await update({ id, email: 'two@example.com' })).email_verified, false);
});

test('passwords and PINs are kept as hashes, are never shown, and a password is only for oneself', async () => {
  const person = await company.person();
  await update({ id: person.userId, require_password_change: true });
  const put = await person.put('/users', [{ id: person.userId, password: 'a quite long one', login_pin: 4711 }]);
  const item = itemOf(put, 'users');
  assert.deepEqual([item._status_code, item.require_password_change], [200, false]);
  assert.ok(!put.text.includes('quite long') && !put.text.includes('4711'));
  const db = world.services.database.forCompany(company.id);
  const hashes = () =>
    db.rows(
      sql`SELECT password_hash, login_pin_hash FROM credentials WHERE company_id = ${company.id} AND user_id = ${person.userId}`,
    );
  const [[password = null, pin = null] = []] = await hashes();
  assert.ok(await verifyPassword(password, 'a quite long one'));
  assert.ok(await verifyPassword(pin, '4711'));
  const [history] = await db.rows(
    sql`SELECT count(*) FROM history WHERE after::text LIKE '%4711%' OR after::text LIKE '%argon2%'`,
  );
  assert.equal(history?.[0], '0');
  assert.equal((await update({ id: person.userId, login_pin: '001234' }))._status_code, 200);
  const [[kept, newPin = null] = []] = await hashes();
  assert.equal(kept, password);
  assert.ok(await verifyPassword(newPin, '001234'));
  const others = await update({ id: person.userId, password: 'another long one' });
  assert.match(String(others._status_extra), /Oops! You don't have permission to set the password of somebody else/);
  for (const weak of ['short', '1234567890', person.username]) {
    const refused = itemOf(await person.put('/users', [{ id: person.userId, password: weak }]), 'users');
    assert.match(String(refused._status_extra), /Choose a password/);
    assert.ok(!JSON.stringify(refused).includes(`"${weak}"`));
  }
});

test('custom fields of users', async () => {
  const place = await world.company();
  const db = world.services.database.forCompany(place.id);
  const [size = 0, colour = 0] = await insertFields(db, place.id, [
    { name: 'Size', appliesTo: 'user', type: 'free-form', regexFilter: '^[SML]$' },
    { name: 'Colour', appliesTo: 'user', type: 'free-form' },
  ]);
  const [foreign = 0] = await insertFields(db, place.id, [
    { name: 'Of time', appliesTo: 'timesheet', type: 'free-form' },
  ]);
  const put = async (customfields: unknown): Promise<Row> =>
    itemOf(await place.admin.put('/users', [{ id: place.admin.userId, customfields }]), 'users');
  assert.deepEqual((await put({ [size]: 'M', [colour]: 5 })).customfields, { [size]: 'M', [colour]: '5' });
  assert.deepEqual((await put({ [size]: 'L' })).customfields, { [size]: 'L', [colour]: '5' });
  assert.deepEqual((await put('')).customfields, { [size]: 'L', [colour]: '5' });
  assert.deepEqual((await put({ [size]: '', [colour]: '' })).customfields, '');
  assert.match(String((await put({ [size]: 'XXL' }))._status_extra), /Size/);
  assert.match(String((await put({ [foreign]: 'x' }))._status_extra), /no custom field/);
  assert.match(String((await put([1]))._status_extra), /customfields must be an object/);
});

test('at most 50 items, and data must be a list', async () => {
  const many = await company.admin.post(
    '/users',
    Array.from({ length: 51 }, () => someone()),
  );
  assert.equal(many.status, 413);
  const fifty = await company.admin.post(
    '/users',
    Array.from({ length: 50 }, () => someone()),
  );
  assert.equal(idsIn(fifty, 'users').length, 50);
  assert.equal((await company.admin.send('POST', '/users', '{"data":{}}')).status, 417);
});

test('the history knows who changed a user, and how', async () => {
  const { id } = await create();
  await update({ id, first_name: 'Later' });
  const rows = await world.services.database.forCompany(company.id).rows(sql`
    SELECT actor_user_id, via, before->>'first_name', after->>'first_name' FROM history
    WHERE company_id = ${company.id} AND resource = 'users' AND row_id = ${Number(id)} ORDER BY id`);
  const actor = String(company.admin.userId);
  assert.deepEqual(rows, [
    [actor, 'tsheets-rest', null, 'Some'],
    [actor, 'tsheets-rest', 'Some', 'Later'],
  ]);
});
