import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Permission } from '../../src/rules/permissions.ts';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { itemOf, type Row, rowsOf } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld();
  company = await world.company();
});
after(() => world.close());

let count = 0;

async function put(by: Person, id: number, change: Row): Promise<Row> {
  return itemOf(await by.put('/users', [{ id, ...change }]), 'users');
}

function assertDone(item: Row, what: string): void {
  assert.equal(item._status_code, 200, `${what}: ${item._status_extra}`);
}

function assertDenied(item: Row, what: string, extra: RegExp = /^Oops! You don't have permission to /): void {
  assert.equal(item._status_code, 417, what);
  assert.match(String(item._status_extra), extra, what);
}

/** Everything that may be changed of a user, with a value that differs from what a new person has. */
const profile: Row = {
  first_name: 'New',
  last_name: 'Name',
  display_name: 'Nick',
  email: 'new@example.com',
  mobile_number: '123',
  login_pin: '9876',
  username: 'set below',
  employee_number: 0,
  payroll_id: 'set below',
  salaried: true,
  exempt: true,
  hire_date: '2020-01-01',
  term_date: '2020-01-02',
  require_password_change: true,
  active: false,
};
const harmless = ['first_name', 'last_name', 'display_name', 'email', 'mobile_number', 'login_pin'];

function change(name: string): Row {
  count += 1;
  if (name === 'username' || name === 'payroll_id') return { [name]: `changed-${count}` };
  if (name === 'employee_number') return { [name]: 1_000 + count };
  return { [name]: profile[name] };
}

test('who may create users', async () => {
  const chief = await company.person();
  const group = await company.group([chief]);
  const other = await company.group();
  const plain = await company.person();
  const cases: [string, Person, Row, boolean][] = [
    ['admin', company.admin, {}, true],
    ['manage_users', await company.person({ permissions: ['manage_users'] }), {}, true],
    [
      'manage_users with permissions',
      await company.person({ permissions: ['manage_users'] }),
      { permissions: { reports: true } },
      true,
    ],
    [
      'manage_users an admin',
      await company.person({ permissions: ['manage_users'] }),
      { permissions: { admin: true } },
      false,
    ],
    ['admin an admin', company.admin, { permissions: { admin: true } }, true],
    ['manager into his group', chief, { group_id: group }, true],
    ['manager with permissions', chief, { group_id: group, permissions: { reports: true } }, false],
    [
      'manager with the usual permissions',
      chief,
      { group_id: group, permissions: { mobile: true, admin: false } },
      true,
    ],
    ['manager into no group', chief, {}, false],
    ['manager into another group', chief, { group_id: other }, false],
    ['manage_timesheets', await company.person({ permissions: ['manage_timesheets'] }), {}, false],
    ['approve_timesheets', await company.person({ permissions: ['approve_timesheets'] }), {}, false],
    ['nobody special', plain, {}, false],
  ];
  for (const [what, by, more, allowed] of cases) {
    count += 1;
    const item = { username: `made-${count}`, first_name: 'Made', last_name: 'Up', ...more };
    const result = itemOf(await by.post('/users', [item]), 'users');
    if (allowed) assertDone(result, what);
    else assertDenied(result, what);
  }
});

test('who may change what of whom', async () => {
  const everything = Object.keys(profile);
  const cases: [string, () => Promise<[by: Person, of: Person]>, readonly string[]][] = [
    ['admin of anyone', async () => [company.admin, await company.person()], everything],
    [
      'manage_users of anyone',
      async () => [await company.person({ permissions: ['manage_users'] }), await company.person()],
      everything,
    ],
    [
      'oneself',
      async () => {
        const person = await company.person();
        return [person, person];
      },
      harmless,
    ],
    [
      'manager of a member',
      async () => {
        const chief = await company.person();
        return [chief, await company.person({ groupId: await company.group([chief]) })];
      },
      everything,
    ],
    [
      'manager of a member who manages people',
      async () => {
        const chief = await company.person();
        const groupId = await company.group([chief]);
        return [chief, await company.person({ groupId, permissions: ['manage_users'] })];
      },
      everything.filter(
        (name) => !['username', 'email', 'login_pin', 'active', 'require_password_change'].includes(name),
      ),
    ],
    [
      'approve_timesheets of anyone',
      async () => [await company.person({ permissions: ['approve_timesheets'] }), await company.person()],
      [],
    ],
    [
      'manage_timesheets of anyone',
      async () => [await company.person({ permissions: ['manage_timesheets'] }), await company.person()],
      [],
    ],
    [
      'manage_users of an admin',
      async () => [
        await company.person({ permissions: ['manage_users'] }),
        await company.person({ permissions: ['admin'] }),
      ],
      [],
    ],
    [
      'manager of a member who is an admin',
      async () => {
        const chief = await company.person();
        const groupId = await company.group([chief]);
        return [chief, await company.person({ groupId, permissions: ['admin'] })];
      },
      [],
    ],
    ['admin of an admin', async () => [company.admin, await company.person({ permissions: ['admin'] })], everything],
  ];
  for (const [what, people, allowed] of cases) {
    const [by, of] = await people();
    for (const name of everything) {
      const item = await put(by, of.userId, change(name));
      if (allowed.includes(name)) assertDone(item, `${what}: ${name}`);
      else assertDenied(item, `${what}: ${name}`);
      if (name === 'active' && item._status_code === 200) break;
    }
  }
});

test('somebody whom one does not see does not exist', async () => {
  const [one, other] = [await company.person(), await company.person()];
  assertDenied(await put(one, other.userId, { first_name: 'X' }), 'invisible', /^The user does not exist$/);
});

test('permissions are given by admins and by manage_users, admin only by admins', async () => {
  const officer = await company.person({ permissions: ['manage_users'] });
  const chief = await company.person();
  const member = await company.person({ groupId: await company.group([chief]) });
  const cases: [string, Person, number, Row, boolean][] = [
    ['admin gives', company.admin, member.userId, { reports: true }, true],
    ['manage_users gives', officer, member.userId, { manage_timesheets: true, mobile: false }, true],
    ['manage_users gives himself', officer, officer.userId, { reports: true }, true],
    ['manage_users gives admin', officer, member.userId, { admin: true }, false],
    ['manage_users makes himself admin', officer, officer.userId, { admin: true }, false],
    ['manager gives', chief, member.userId, { reports: false }, false],
    ['somebody gives himself', member, member.userId, { time_tracking: false }, false],
    ['what is so already may be sent', member, member.userId, { time_tracking: true, reports: true }, true],
    ['admin gives admin', company.admin, member.userId, { admin: true }, true],
    ['manage_users takes admin', officer, member.userId, { admin: false }, false],
    ['admin takes admin', company.admin, member.userId, { admin: false }, true],
  ];
  for (const [what, by, id, permissions, allowed] of cases) {
    const item = await put(by, id, { permissions });
    if (allowed) assertDone(item, what);
    else assertDenied(item, what);
  }
  const user = rowsOf(await company.admin.get('/users', { ids: member.userId }), 'users')[member.userId];
  const { mobile, reports, manage_timesheets, admin } = (user?.permissions ?? {}) as Row;
  assert.deepEqual([mobile, reports, manage_timesheets, admin], [false, true, true, false]);
});

test('a manager moves members only between his own groups', async () => {
  const chief = await company.person();
  const [mine, also, theirs] = [await company.group([chief]), await company.group([chief]), await company.group()];
  const member = await company.person({ groupId: mine });
  assertDone(await put(chief, member.userId, { group_id: also }), 'between own');
  assertDenied(await put(chief, member.userId, { group_id: theirs }), 'to another');
  assertDenied(await put(chief, member.userId, { group_id: 0 }), 'out');
});

test('a company keeps at least one active admin', async () => {
  const place = await world.company();
  const { admin } = place;
  const last = /^Oops! The company needs at least one active administrator$/;
  assertDenied(await put(admin, admin.userId, { permissions: { admin: false } }), 'demote', last);
  assertDenied(await put(admin, admin.userId, { active: false }), 'archive', last);
  const second = await place.person({ permissions: ['admin'] });
  const both = await admin.put('/users', [
    { id: second.userId, active: false },
    { id: admin.userId, permissions: { admin: false } },
  ]);
  assertDone(itemOf(both, 'users', 1), 'the first');
  assertDenied(itemOf(both, 'users', 2), 'the second', last);
});

test('two admins who demote each other at the same moment: one stays', async () => {
  for (let round = 0; round < 5; round += 1) {
    const place = await world.company();
    const { admin } = place;
    const second = await place.person({ permissions: ['admin'] });
    await Promise.all([
      put(admin, second.userId, { permissions: { admin: false } }),
      put(second, admin.userId, { permissions: { admin: false } }),
    ]);
    const [left] = await world.services.database
      .forCompany(place.id)
      .rows(sql`SELECT count(*) FROM users WHERE company_id = ${place.id} AND active AND 'admin' = ANY(permissions)`);
    assert.equal(left?.[0], '1');
  }
});

test('an archived user can not act, and is not archived while on the clock', async () => {
  const place = await world.company();
  const job = await place.jobcode();
  const person = await place.person();
  const start = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000).toISOString().replace('.000Z', '+00:00');
  const db = world.services.database.forCompany(place.id);
  await db.rows(sql`
    INSERT INTO timesheets (company_id, user_id, jobcode_id, type, start_at, start_offset, date, duration, tz_str, created_by_user_id)
    VALUES (${place.id}, ${person.userId}, ${job}, 'regular', ${start}, 0, '2026-01-01', 0, 'UTC', ${person.userId})`);
  assertDenied(
    await put(place.admin, person.userId, { active: false }),
    'on the clock',
    /^Oops! Pat .* is on the clock/,
  );
  await db.rows(sql`UPDATE timesheets SET end_at = start_at, end_offset = 0 WHERE company_id = ${place.id}`);
  assertDone(await put(place.admin, person.userId, { active: false }), 'off the clock');
  assert.equal((await person.get('/current_user')).status, 401);
  assertDone(await put(place.admin, person.userId, { active: true }), 'back');
  assert.equal((await person.get('/current_user')).status, 200);
});

test('who submits and approves time', async () => {
  const place = await world.company();
  const chief = await place.person();
  const group = await place.group([chief]);
  const approver = await place.person({ permissions: ['approve_timesheets'] });
  const member = await place.person({ groupId: group });
  const officer = await place.person({ permissions: ['manage_users'] });
  const timekeeper = await place.person({ permissions: ['manage_timesheets'] });
  const cases: [string, Person, string, boolean][] = [
    ['admin', place.admin, 'submitted_to', true],
    ['admin', place.admin, 'approved_to', true],
    ['approver', approver, 'submitted_to', true],
    ['approver', approver, 'approved_to', true],
    ['manager', chief, 'submitted_to', true],
    ['manager', chief, 'approved_to', true],
    ['manage_users', officer, 'submitted_to', false],
    ['manage_users', officer, 'approved_to', false],
    ['manage_timesheets', timekeeper, 'approved_to', false],
    ['himself', member, 'submitted_to', false],
    ['himself', member, 'approved_to', false],
  ];
  let day = 10;
  for (const [what, by, field, allowed] of cases) {
    day += 1;
    const item = await put(by, member.userId, { [field]: `2026-03-${day}` });
    if (allowed) assertDone(item, `${what} ${field}`);
    else assertDenied(item, `${what} ${field}`);
  }
  await place.setting('approvals', 'employee_approval', 1, { groupId: group });
  assertDone(await put(member, member.userId, { submitted_to: '2026-03-31' }), 'himself, where employees submit');
  assertDenied(await put(member, member.userId, { approved_to: '2026-03-31' }), 'himself approves');
  assertDenied(await put(timekeeper, timekeeper.userId, { submitted_to: '2026-03-31' }), 'outside the group');
  // Approving an admin's time is no editing of the admin.
  assertDone(await put(approver, place.admin.userId, { approved_to: '2026-03-31' }), "an admin's time");
});

test('how the dates of submitting and approving move', async () => {
  const person = await company.person();
  const cases: [Row, [submitted: string, approved: string] | RegExp][] = [
    [{ submitted_to: '2026-03-31' }, ['2026-03-31', '2000-01-01']],
    [{ approved_to: '2026-02-28' }, ['2026-03-31', '2026-02-28']],
    [{ approved_to: '2026-04-30' }, ['2026-04-30', '2026-04-30']],
    [{ submitted_to: '2026-03-31' }, /^submitted_to may not be before approved_to/],
    [{ submitted_to: '2026-03-31', approved_to: '2026-03-01' }, ['2026-03-31', '2026-03-01']],
    [{ submitted_to: '', approved_to: null }, ['2026-03-31', '2026-03-01']],
    [{ approved_to: '2000-01-01' }, ['2026-03-31', '2000-01-01']],
    [{ submitted_to: '2000-01-01' }, ['2000-01-01', '2000-01-01']],
  ];
  for (const [sent, expected] of cases) {
    const item = await put(company.admin, person.userId, sent);
    if (expected instanceof RegExp) assertDenied(item, JSON.stringify(sent), expected);
    else assert.deepEqual([item.submitted_to, item.approved_to], expected, JSON.stringify(sent));
  }
});

test('a permission taken away counts at once', async () => {
  const permissions: Permission[] = ['manage_users'];
  const officer = await company.person({ permissions });
  const person = await company.person();
  assertDone(await put(officer, person.userId, { first_name: 'One' }), 'before');
  await put(company.admin, officer.userId, { permissions: { manage_users: false } });
  assertDenied(await put(officer, person.userId, { first_name: 'Two' }), 'after', /does not exist/);
});
