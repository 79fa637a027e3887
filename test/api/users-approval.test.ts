import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { assertDenied, assertDone, itemOf, put, type Row } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

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
