import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Permission } from '../../src/rules/permissions.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { assertDenied, assertDone, itemOf, put, type Row, rowsOf } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

let count = 0;

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

test('a permission taken away counts at once', async () => {
  const permissions: Permission[] = ['manage_users'];
  const officer = await company.person({ permissions });
  const person = await company.person();
  assertDone(await put(officer, person.userId, { first_name: 'One' }), 'before');
  await put(company.admin, officer.userId, { permissions: { manage_users: false } });
  assertDenied(await put(officer, person.userId, { first_name: 'Two' }), 'after', /does not exist/);
});
