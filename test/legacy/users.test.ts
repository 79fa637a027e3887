import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifyPassword } from '../../src/lib/passwords.ts';
import { sql } from '../../src/store/sql.ts';
import type { Json } from '../support/api.ts';
import { givePassword, type Legacy, type LegacyParams, legacyKey, legacyOf, legacySession } from '../support/legacy.ts';
import { rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;
let admin: Legacy;
let keeper: Legacy;
let chief: Legacy;
let chiefPerson: Person;
let plain: Legacy;
let group: number;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  chiefPerson = await company.person();
  group = await company.group([chiefPerson]);
  admin = await legacyOf(world, company, company.admin);
  keeper = await legacyOf(world, company, await company.person({ permissions: ['manage_users'] }));
  chief = await legacyOf(world, company, chiefPerson);
  plain = await legacyOf(world, company, await company.person());
});
after(() => world.close());

const passwd = 'a long enough 1';
let count = 0;

/** What every new user needs. */
function someone(): { fname: string; lname: string; username: string; passwd: string; group_id: number } {
  count += 1;
  return { fname: 'Joan', lname: `Smith ${count}`, username: `joan${count}`, passwd, group_id: 0 };
}

async function sizes(): Promise<string> {
  const [row] = await world.services.database
    .forCompany(company.id)
    .rows(sql`SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM credentials)`);
  return String(row);
}

async function passwordIs(userId: unknown, password: string): Promise<boolean> {
  const [row] = await world.services.database
    .forCompany(company.id)
    .rows(sql`SELECT password_hash FROM credentials WHERE user_id = ${Number(userId)}`);
  return verifyPassword(row?.[0] ?? null, password);
}

/** The user as the REST API shows him to an admin. */
async function shown(userId: unknown): Promise<Readonly<Record<string, unknown>>> {
  const [row] = rowsIn(await company.admin.get('/users', { ids: String(userId), active: 'both' }), 'users');
  assert.ok(row);
  return row;
}

test('a user is added with everything, may sign in and track time', async () => {
  const asked = {
    ...someone(),
    group_id: group,
    email: 'joan@example.com',
    employee_id: 'E-1',
    payrate: '12.50',
    timeframe: 'hour',
    permission: 'manage_my_timesheets',
    perm_value: 1,
  };
  const { message, user = {} as Json } = await admin.ok('user_add', asked);
  assert.equal(message, 'User added successfully');
  const { id, perms, created, last_modified: modified, ...rest } = user;
  assert.deepEqual(rest, {
    fname: 'Joan',
    lname: asked.lname,
    username: asked.username,
    email: 'joan@example.com',
    group_id: group,
    employee_id: 'E-1',
    active: 1,
    payrate: 12.5,
    timeframe: 'hour',
  });
  assert.match(`${created} ${modified}`, /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ?){2}$/);
  const held = Object.entries(perms as Json).flatMap(([name, value]) => (Number(value) === 1 ? [name] : []));
  assert.deepEqual(held, ['mobile', 'manage_my_timesheets', 'time_tracking']);
  const session = await legacySession(world, await legacyKey(world, company));
  await session.ok('login', { username: asked.username, password: passwd });
  const row = await shown(id);
  assert.deepEqual([row.pay_rate, row.pay_interval, row.payroll_id], [12.5, 'hour', 'E-1']);
});

test('XML says the same, and pay is shown to admins only', async () => {
  const asked = someone();
  const { body } = await keeper.call('user_add', { ...asked, output_format: 'xml' });
  assert.deepEqual(
    [body.status, body.user?.username, body.user?.payrate, body.user?.perms?.mobile],
    ['ok', asked.username, undefined, '1'],
  );
  // The reference's own example leaves the group out.
  const { group_id: _, ...without } = someone();
  assert.equal((await keeper.ok('user_add', without)).user?.group_id, 0);
});

test('rates of pay: by hour and year as they are, a week is a 52nd of a year', async () => {
  const cases: [LegacyParams, [number, string]][] = [
    [{ payrate: 20 }, [20, 'hour']],
    [{ payrate: '20.125', timeframe: 'HOUR' }, [20.125, 'hour']],
    [{ payrate: 52_000, timeframe: 'year' }, [52_000, 'year']],
    [{ payrate: '961.538', timeframe: 'week' }, [49_999.976, 'year']],
    [{ payrate: 0, timeframe: 'hour' }, [0, 'hour']],
  ];
  for (const [params, expected] of cases) {
    const { user = {} as Json } = await admin.ok('user_add', { ...someone(), ...params });
    assert.deepEqual([user.payrate, user.timeframe], expected, JSON.stringify(params));
  }
  const { user } = await admin.ok('user_add', { ...someone(), payrate: 900, timeframe: 'week' });
  const edited = await admin.ok('user_edit', { username: String(user?.username), payrate: 50_000 });
  assert.deepEqual([edited.user?.payrate, edited.user?.timeframe], [50_000, 'year']);
});

test('who may add whom', async () => {
  const other = await company.group();
  const cases: [string, Legacy, LegacyParams, number][] = [
    ['manage_users anyone', keeper, {}, 0],
    ['manage_users with permissions', keeper, { permission: 'reports', perm_value: 1 }, 0],
    ['manage_users an admin', keeper, { permission: 'admin', perm_value: 1 }, 7005],
    ['manage_users with pay', keeper, { payrate: 10 }, 7005],
    ['an admin an admin', admin, { permission: 'admin', perm_value: 1 }, 0],
    ['a manager into his group', chief, { group_id: group }, 0],
    ['a manager into no group', chief, {}, 7005],
    ['a manager into another group', chief, { group_id: other }, 7005],
    ['a manager with permissions', chief, { group_id: group, permission: 'reports', perm_value: 1 }, 7005],
    ['nobody special', plain, {}, 7005],
  ];
  for (const [what, who, params, code] of cases) {
    const asked = { ...someone(), ...params };
    if (code !== 0) {
      const before = await sizes();
      await who.fails('user_add', asked, code);
      assert.equal(await sizes(), before, what);
      continue;
    }
    const { user } = await who.ok('user_add', asked);
    assert.ok(await passwordIs(user?.id, passwd), what);
    assert.equal(user?.perms?.time_tracking, 1, what);
  }
});

test('what is refused when users are added, with its code and without a trace', async () => {
  const taken = someone();
  await admin.ok('user_add', { ...taken, employee_id: 'taken' });
  const archived = await company.group();
  await company.admin.put('/groups', [{ id: archived, active: false }]);
  const before = await sizes();
  const cases: [LegacyParams, number, RegExp][] = [
    [{ fname: '' }, 7010, /fname/],
    [{ lname: '' }, 7010, /lname/],
    [{ username: '' }, 7010, /username/],
    [{ passwd: '' }, 7010, /passwd/],
    [{ username: taken.username.toUpperCase() }, 7021, /username is already in use/],
    [{ username: 'a,b' }, 7011, /^username /],
    [{ fname: 'x'.repeat(256) }, 7011, /^fname /],
    [{ email: 'no address' }, 7011, /^email /],
    [{ employee_id: 'taken' }, 7021, /employee_id is already in use/],
    [{ group_id: 'x' }, 7011, /^group_id /],
    [{ group_id: 999_999 }, 7011, /group_id 999999 does not exist/],
    [{ group_id: archived }, 7011, /archived/],
    [{ passwd: 'short' }, 7011, /password of at least/],
    [{ passwd: '1234567890' }, 7011, /harder to guess/],
    [{ username: 'longenoughname', passwd: 'LongEnoughName' }, 7011, /your name/],
    [{ passwd: company.clientUrl }, 7011, /company/],
    [{ payrate: 'much' }, 7011, /^payrate /],
    [{ payrate: -1 }, 7011, /^payrate /],
    [{ payrate: 99_999_999, timeframe: 'week' }, 7011, /^payrate /],
    [{ payrate: 1, timeframe: 'month' }, 7011, /^timeframe /],
    [{ timeframe: 'hour' }, 7010, /payrate/],
    [{ permission: 'reports' }, 7010, /perm_value/],
    [{ perm_value: 1 }, 7010, /permission/],
    [{ permission: 'flying', perm_value: 1 }, 7011, /flying/],
    [{ permission: 'toString', perm_value: 1 }, 7011, /tostring/],
    [{ permission: 'reports', perm_value: 'maybe' }, 7011, /perm_value/],
  ];
  for (const [params, code, says] of cases) {
    assert.match(await admin.fails('user_add', { ...someone(), ...params }, code), says, JSON.stringify(params));
  }
  assert.equal(await sizes(), before);
});

test('of several who take one user name at the same moment, one gets it, with his own password', async () => {
  const person = someone();
  const passwords = ['first of many 1', 'second of many 2', 'third of many 3'];
  const answers = await Promise.all(passwords.map((word) => admin.call('user_add', { ...person, passwd: word })));
  const codes = answers.map(({ body }) => String(body.error_code ?? body.status));
  assert.deepEqual([...codes].sort(), ['7021', '7021', 'ok']);
  const winner = codes.indexOf('ok');
  assert.ok(await passwordIs(answers[winner]?.body.user?.id, passwords[winner] ?? ''));
});

test('a user is edited by his name, id or email address; what is not given stays', async () => {
  const person = someone();
  const { user } = await admin.ok('user_add', {
    ...person,
    email: `${person.username}@example.com`,
    employee_id: 'E-2',
  });
  const edited = await admin.ok('user_edit', {
    username: person.username,
    new_username: `${person.username}x`,
    fname: 'Johnny',
    lname: 'Smithy',
    group_id: group,
    permission: 'admin',
    perm_value: 1,
  });
  assert.equal(edited.message, 'User edited successfully');
  const is = edited.user as Json;
  assert.deepEqual(
    [is.id, is.username, is.fname, is.lname, is.group_id, is.employee_id, is.perms?.admin],
    [user?.id, `${person.username}x`, 'Johnny', 'Smithy', group, 'E-2', 1],
  );
  const off = await admin.ok('user_edit', {
    username: String(user?.id),
    permission: 'admin',
    perm_value: 0,
    group_id: 0,
    email: '',
    employee_id: '',
    fname: '',
  });
  const now = off.user as Json;
  assert.deepEqual([now.perms?.admin, now.group_id, now.email, now.employee_id, now.fname], [0, 0, '', '', 'Johnny']);
  const nothing = await admin.ok('user_edit', { username: String(user?.id) });
  assert.deepEqual(nothing.user, off.user);
});

test('whoever has logged in edits himself, as far as the settings let him', async () => {
  const person = await company.person();
  const self = await legacyOf(world, company, person);
  const { user } = await self.ok('user_edit', { fname: 'Own', passwd });
  assert.deepEqual([user?.id, user?.fname], [person.userId, 'Own']);
  assert.ok(await passwordIs(person.userId, passwd));
  const cases: LegacyParams[] = [
    { new_username: 'other' },
    { permission: 'admin', perm_value: 1 },
    { payrate: 100 },
    { group_id: group },
    { employee_id: 'mine' },
  ];
  for (const params of cases) await self.fails('user_edit', params, 7005);
  await company.setting('general', 'emp_panel_passwd', '0', { userId: person.userId });
  await self.fails('user_edit', { passwd: 'another long one 2' }, 7005);
  assert.ok(await passwordIs(person.userId, passwd));
});

test('whose passwords may be set by others', async () => {
  const member = await company.person({ groupId: group });
  const strong = await company.person({ groupId: group, permissions: ['manage_users'] });
  const boss = await company.person({ groupId: group, permissions: ['admin'] });
  const outside = await company.person();
  const cases: [string, Legacy, Person, number][] = [
    ['an admin anyone', admin, member, 0],
    ['an admin an admin', admin, boss, 0],
    ['manage_users anyone', keeper, strong, 0],
    ['manage_users an admin', keeper, boss, 7005],
    ['a manager of his member', chief, member, 0],
    ['a manager of a member who may do more', chief, strong, 7005],
    ['a manager of an admin', chief, boss, 7005],
    ['a manager of somebody else', chief, outside, 7020],
    ['nobody special', plain, member, 7020],
    [
      'who only sees people',
      await legacyOf(world, company, await company.person({ permissions: ['reports'] })),
      member,
      7005,
    ],
  ];
  for (const [what, who, person, code] of cases) {
    await givePassword(world, company, person);
    count += 1;
    const asked = { username: person.username, passwd: `brand new word ${count}`, fname: `Fresh ${count}` };
    if (code === 0) await who.ok('user_edit', asked);
    else await who.fails('user_edit', asked, code);
    assert.equal(await passwordIs(person.userId, asked.passwd), code === 0, what);
    assert.equal((await shown(person.userId)).first_name === asked.fname, code === 0, what);
  }
  // A weak one changes nothing else either.
  await admin.fails('user_edit', { username: member.username, passwd: 'short', fname: 'Halfway' }, 7011);
  assert.notEqual((await shown(member.userId)).first_name, 'Halfway');
});

test('over REST everyone sets only his own password, and nobody sets pay', async () => {
  const person = await company.person();
  for (const item of [{ password: passwd }, { pay_rate: 10 }]) {
    const answer = await company.admin.put('/users', [{ id: person.userId, ...item }]);
    assert.equal(rowsIn(answer, 'users')[0]?._status_code, 417);
  }
});

test('a user is archived, unless on the clock, the last admin, or out of reach', async () => {
  const person = await company.person();
  const { message } = await keeper.ok('user_delete', { username: person.username });
  assert.equal(message, 'User deleted successfully');
  assert.equal((await shown(person.userId)).active, false);
  const member = await company.person({ groupId: group });
  await chief.ok('user_delete', { username: String(member.userId) });
  const busy = await company.person();
  const start = new Date().toISOString().replace(/\.\d+Z/, '+00:00');
  await busy.post('/timesheets', [{ user_id: busy.userId, jobcode_id: 0, type: 'regular', start, end: '' }]);
  const lonely = await world.company();
  const sole = await legacyOf(world, lonely, lonely.admin);
  const cases: [Legacy, LegacyParams, number, RegExp][] = [
    [admin, {}, 7010, /username/],
    [admin, { username: 'nobody at all' }, 7020, /nobody at all/],
    [admin, { username: busy.username }, 7021, /on the clock/],
    [sole, { username: lonely.admin.username }, 7021, /administrator/],
    [keeper, { username: company.admin.username }, 7005, /administrator/],
    [chief, { username: busy.username }, 7020, /no user/],
    [plain, { username: busy.username }, 7020, /no user/],
  ];
  for (const [who, params, code, says] of cases) assert.match(await who.fails('user_delete', params, code), says);
});

test('another company is as if it did not exist', async () => {
  const other = await world.company();
  const theirs = await other.person();
  for (const action of ['user_edit', 'user_delete']) {
    await admin.fails(action, { username: theirs.userId, fname: 'Mine' }, 7020);
  }
  await admin.fails('user_add', { ...someone(), group_id: await other.group() }, 7011);
});
