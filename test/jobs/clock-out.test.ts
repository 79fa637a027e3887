import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { jobs } from '../../src/jobs/index.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { isoLocal } from '../../src/lib/time.ts';
import { sql } from '../../src/store/sql.ts';
import { rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { message, now, send, setUser } from './messages-support.ts';

const hour = 3_600;
let world: World;

before(async () => {
  world = await openWorld({ now });
});
after(() => world.close());

/** A company where people are clocked out after so many hours, and only this job has anything to do. */
async function companyWith(hours: number, more: Readonly<Record<string, unknown>> = {}): Promise<Company> {
  world.clock.set(now);
  const company = await world.company({ timeZone: 'America/Denver' });
  const settings = { clockout_override_hours: hours, clockout_override_notify_admin: 0, ...more };
  for (const [key, value] of Object.entries(settings)) await company.setting('general', key, value);
  return company;
}

const iso = (moment: number): string => isoLocal(moment, 0);

async function clockIn(company: Company, person: Person, start: number, end?: number): Promise<number> {
  const times = end === undefined ? { start: iso(start) } : { start: iso(start), end: iso(end) };
  const item = { user_id: person.userId, jobcode_id: 0, type: 'regular', ...times };
  const [made] = rowsIn(await company.admin.post('/timesheets', [item]), 'timesheets');
  assert.equal(made?._status_code, 200, JSON.stringify(made));
  return Number(made?.id);
}

async function sheet(company: Company, id: number) {
  const [row] = rowsIn(await company.admin.get('/timesheets', { ids: id, on_the_clock: 'both' }), 'timesheets');
  assert.ok(row);
  return row;
}

/** Seconds from `now` to the end of a timesheet; undefined while it is open. */
async function ended(company: Company, id: number): Promise<number | undefined> {
  const { end } = await sheet(company, id);
  return end === '' ? undefined : Date.parse(String(end)) / 1000 - now;
}

async function told(company: Company): Promise<[userId: number, subject: string][]> {
  const rows = await world.services.database.system.rows(sql`
    SELECT user_id, subject FROM dashboard_messages WHERE company_id = ${company.id} ORDER BY id`);
  return rows.map(([userId, subject]) => [Number(userId), String(subject)]);
}

test('whoever forgets to clock out is clocked out after the hours of the company, to the second, and told', async () => {
  const company = await companyWith(2);
  const [long, short] = [await company.person(), await company.person()];
  const forgotten = await clockIn(company, long, now - 30);
  const fresh = await clockIn(company, short, now);
  const stamp = async (id: number): Promise<unknown> =>
    (await world.services.database.system.rows(sql`SELECT last_modified FROM timesheets WHERE id = ${id}`))[0]?.[0];
  const before = await stamp(forgotten);
  await world.runJobs(now + 2 * hour - 60);
  assert.equal(await ended(company, forgotten), undefined);
  await world.runJobs(now + 2 * hour - 1);
  assert.equal(await ended(company, forgotten), undefined);
  await world.runJobs(now + 2 * hour);
  assert.equal(await ended(company, forgotten), 2 * hour - 30);
  assert.equal(await ended(company, fresh), 2 * hour);
  await world.runJobs(now + 2 * hour + 60);
  const row = await sheet(company, forgotten);
  assert.deepEqual([row.on_the_clock, row.duration, row.end], [false, 2 * hour, '2026-06-15T07:59:30-06:00']);
  assert.notEqual(await stamp(forgotten), before);
  assert.deepEqual(await told(company), [
    [long.userId, 'You were clocked out automatically'],
    [short.userId, 'You were clocked out automatically'],
  ]);
  const [[actor, via, hint, open] = []] = await world.services.database.system.rows(sql`
    SELECT actor_user_id, via, after->>'origin_hint_end', before->>'end_at' FROM history
    WHERE company_id = ${company.id} AND resource = 'timesheets' AND row_id = ${forgotten} ORDER BY id DESC LIMIT 1`);
  assert.deepEqual([actor, via, hint, open], [null, 'job clock-out', 'Automatic clock out', null]);
});

test('the setting of the user wins over the group and the company, and it can be off', async () => {
  const company = await companyWith(1);
  const groupId = await company.group();
  const people = {
    company: await company.person(),
    group: await company.person({ groupId }),
    user: await company.person({ groupId }),
    off: await company.person(),
    nonsense: await company.person(),
    endless: await company.person(),
  };
  await company.setting('general', 'clockout_override_hours', '1.5', { groupId });
  await company.setting('general', 'clockout_override_hours', 3, { userId: people.user.userId });
  await company.setting('general', 'clockout_override', 0, { userId: people.off.userId });
  await company.setting('general', 'clockout_override_hours', -1, { userId: people.nonsense.userId });
  await company.setting('general', 'clockout_override_hours', 999_999_999, { userId: people.endless.userId });
  const ids = new Map<string, number>();
  for (const [name, person] of Object.entries(people)) ids.set(name, await clockIn(company, person, now));
  await world.runJobs(now + 4 * hour);
  const ends = await Promise.all([...ids].map(async ([name, id]) => [name, await ended(company, id)]));
  assert.deepEqual(Object.fromEntries(ends), {
    company: hour,
    group: 1.5 * hour,
    user: 3 * hour,
    off: undefined,
    nonsense: undefined,
    endless: undefined,
  });
});

test('admins and managers are told where the settings say so, each once, by mail and on the dashboard', async () => {
  const company = await companyWith(1, { clockout_override_notify_admin: 1, clockout_override_notify_mgrs: 1 });
  const manager = await company.person();
  const both = await company.person({ permissions: ['admin'] });
  const person = await company.person({ groupId: await company.group([manager, both]) });
  const outside = await company.person();
  await setUser(world, company, manager.userId, { email: 'manager@example.com' });
  await clockIn(company, person, now);
  await clockIn(company, outside, now);
  await clockIn(company, company.admin, now);
  await world.runJobs(now + hour + 60);
  const of = async (who: Person): Promise<number> => (await told(company)).filter(([id]) => id === who.userId).length;
  assert.deepEqual(await Promise.all([person, manager, both, company.admin, outside].map(of)), [1, 1, 3, 3, 1]);
  const mails = await world.services.database.system.rows(sql`
    SELECT recipient, text FROM outbox WHERE company_id = ${company.id}`);
  assert.deepEqual(mails, [
    [
      'manager@example.com',
      `Pat ${person.username} was still on the clock 1 hour after clocking in on 2026-06-15, so the timesheet was ended at 2026-06-15 07:00.`,
    ],
  ]);
});

test('time entered ahead is not run over: the timesheet ends where it begins', async () => {
  const company = await companyWith(4);
  const person = await company.person();
  const open = await clockIn(company, person, now);
  await clockIn(company, person, now + 3 * hour, now + 5 * hour);
  await world.runJobs(now + 4 * hour);
  assert.equal(await ended(company, open), 3 * hour);
});

test('an archived user is clocked out too, and what is locked stays as it is', async () => {
  const company = await companyWith(1);
  const [archived, locked, next] = [await company.person(), await company.person(), await company.person()];
  const ids = [
    await clockIn(company, archived, now),
    await clockIn(company, locked, now),
    await clockIn(company, next, now),
  ];
  await setUser(world, company, archived.userId, { active: false });
  await world.services.database.system.rows(sql`
    UPDATE timesheets SET locked = 1 WHERE company_id = ${company.id} AND id = ${ids[1] ?? 0}`);
  await world.runJobs(now + hour + 60);
  assert.deepEqual(await Promise.all(ids.map((id) => ended(company, id))), [hour, undefined, hour]);
  assert.deepEqual(
    (await told(company)).map(([id]) => id),
    [next.userId],
  );
});

test('notes that the company requires do not keep anybody on the clock', async () => {
  const company = await companyWith(1, { timesheet_notes_required: 1 });
  const open = await clockIn(company, await company.person(), now);
  await world.runJobs(now + hour);
  assert.equal(await ended(company, open), hour);
});

test('somebody who clocks out at that very moment is not overruled, and two runners end nothing twice', async () => {
  const company = await companyWith(1);
  const [careful, forgetful] = [await company.person(), await company.person()];
  const [own, forgotten] = [await clockIn(company, careful, now), await clockIn(company, forgetful, now)];
  world.clock.set(now + hour + 60);
  const written = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const db = world.services.database.forCompany(company.id);
  const clockingOut = db.transaction(async (inside) => {
    await inside.rows(sql`
      UPDATE timesheets SET end_at = start_at + interval '30 minutes', end_offset = -360, duration = 1800
      WHERE company_id = ${company.id} AND id = ${own}`);
    written.resolve();
    await gate.promise;
  });
  await written.promise;
  const runners = [new Runner(world.services, jobs), new Runner(world.services, jobs)];
  await Promise.all(runners.map((runner) => runner.keepRepeating()));
  await world.services.database.system.rows(
    sql`UPDATE jobs SET due = to_timestamp(${now}::float8) WHERE name = 'clock-out'`,
  );
  await Promise.all(runners.map((runner) => runner.runUntil(world.clock.now())));
  gate.resolve();
  await clockingOut;
  await world.runJobs(now + hour + 180);
  assert.deepEqual([await ended(company, own), await ended(company, forgotten)], [1_800, hour]);
  assert.deepEqual(await told(company), [[forgetful.userId, 'You were clocked out automatically']]);
});

test('on the way to a later moment everything happens in its order', async () => {
  const company = await companyWith(1);
  const person = await company.person();
  await clockIn(company, person, now);
  const note = (subject: string) => message(person.userId, { method: 'dashboard', subject });
  await send(world, company, note('before'));
  world.clock.set(now + 2 * hour);
  await send(world, company, note('after'));
  world.clock.set(now);
  await world.runJobs(now + 3 * hour);
  const rows = await world.services.database.system.rows(sql`
    SELECT subject, extract(epoch FROM created)::int - ${now}::int FROM dashboard_messages
    WHERE company_id = ${company.id} ORDER BY id`);
  assert.deepEqual(rows, [
    ['before', '0'],
    ['You were clocked out automatically', String(hour)],
    ['after', String(2 * hour)],
  ]);
});
