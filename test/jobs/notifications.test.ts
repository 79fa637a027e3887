import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { jobs } from '../../src/jobs/index.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { isoLocal } from '../../src/lib/time.ts';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { mailsOf, punch, reachable } from './reminders-support.ts';

/** Half past noon on 15 June 2026 in Kathmandu. */
const start = Date.UTC(2026, 5, 15, 6, 45) / 1000;
let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ now: start });
});
beforeEach(async () => {
  company = await world.company({ timeZone: 'Asia/Kathmandu' });
});
after(() => world.close());

/** Leaves a message for somebody in so many seconds, and gives its id. */
async function notify(person: Person, seconds: number, more: Row = {}): Promise<number> {
  const delivery_time = isoLocal(world.clock.now() + seconds, 0);
  const item = { user_id: person.userId, message: 'Please call', method: 'email', delivery_time, ...more };
  const [made] = rowsIn(await company.admin.post('/notifications', [item]), 'notifications');
  assert.equal(made?._status_code, 200, JSON.stringify(made));
  return Number(made?.id);
}

async function there(id: number): Promise<boolean> {
  return rowsIn(await company.admin.get('/notifications', { ids: id }), 'notifications').length === 1;
}

const pass = (seconds: number): Promise<number> => world.runJobs(world.clock.now() + seconds);

test('a notification is delivered at its moment, and then is gone', async () => {
  const ada = await reachable(world, company);
  const id = await notify(ada, 60, { message: 'Please clock in!' });
  await pass(59);
  assert.deepEqual([await there(id), await mailsOf(world, company)], [true, []]);
  await pass(1);
  const [mail, ...more] = await mailsOf(world, company);
  assert.deepEqual(
    [mail?.userId, mail?.subject, mail?.text.trim(), more.length],
    [ada.userId, `Message from ${company.clientUrl}`, 'Please clock in!', 0],
  );
  assert.equal(await there(id), false);
  const [removed] = rowsIn(await company.admin.delete('/notifications', [id]), 'notifications');
  assert.deepEqual([removed?._status_code, removed?._status_message], [404, 'Not Found']);
  await pass(7_200);
  assert.deepEqual(await mailsOf(world, company), []);
});

test('one whose moment is past is delivered at once', async () => {
  const ada = await reachable(world, company);
  await notify(ada, -86_400);
  await notify(ada, 0, { delivery_time: '' });
  await pass(0);
  assert.equal((await mailsOf(world, company)).length, 2);
});

test('one that was deleted is not delivered', async () => {
  const ada = await reachable(world, company);
  const [gone, kept] = [await notify(ada, 60, { message: 'Gone' }), await notify(ada, 60, { message: 'Kept' })];
  await company.admin.delete('/notifications', [gone]);
  await pass(60);
  assert.deepEqual(
    (await mailsOf(world, company)).map(({ text }) => text.trim()),
    ['Kept'],
  );
  assert.equal(await there(kept), false);
});

test('the checks look at the clock, and at time off, when it is delivered', async () => {
  const [job, pto] = [await company.jobcode(), await company.jobcode({ type: 'pto' })];
  const people: Record<string, Person> = {};
  for (const name of ['off', 'on', 'away', 'awayByDay']) people[name] = await reachable(world, company);
  const morning = start + 7 * 86_400;
  world.clock.set(morning);
  const { off, on, away, awayByDay } = people as Record<'off' | 'on' | 'away' | 'awayByDay', Person>;
  const ids: number[] = [];
  for (const [name, person] of Object.entries(people)) {
    for (const precheck of ['none', 'on_the_clock', 'off_the_clock'])
      ids.push(await notify(person, 16 * 3_600, { message: `${name} ${precheck}`, precheck }));
  }
  // At delivery it is the small hours of 23 June in Kathmandu, still the 22nd in UTC.
  world.clock.set(morning + 15 * 3_600);
  const now = isoLocal(world.clock.now(), 0);
  const made = await company.admin.post('/timesheets', [
    punch(on, job, now),
    { user_id: away.userId, jobcode_id: pto, type: 'regular', start: now, end: isoLocal(morning + 17 * 3_600, 0) },
    { user_id: awayByDay.userId, jobcode_id: pto, type: 'manual', date: '2026-06-23', duration: 3_600 },
    { user_id: off.userId, jobcode_id: pto, type: 'manual', date: '2026-06-22', duration: 3_600 },
  ]);
  for (const row of rowsIn(made, 'timesheets')) assert.equal(row._status_code, 200, JSON.stringify(row));
  await pass(3_600);
  assert.deepEqual((await mailsOf(world, company)).map(({ text }) => text.trim()).sort(), [
    'away none',
    'awayByDay none',
    'off none',
    'off off_the_clock',
    'on none',
    'on on_the_clock',
  ]);
  for (const id of ids) assert.equal(await there(id), false, 'what was discarded is gone, too');
});

test('whoever was archived meanwhile gets nothing', async () => {
  const ada = await reachable(world, company);
  const id = await notify(ada, 60);
  await company.admin.put('/users', [{ id: ada.userId, active: false }]);
  await pass(60);
  assert.deepEqual([await there(id), await mailsOf(world, company)], [false, []]);
});

test('the dashboard shows what is sent there', async () => {
  const ada = await company.person();
  await notify(ada, 60, { method: 'dashboard', message: 'On the board' });
  await pass(60);
  const [row] = await world.services.database.system.rows(sql`
    SELECT text FROM dashboard_messages WHERE company_id = ${company.id} AND user_id = ${ada.userId}`);
  assert.equal(row?.[0], 'On the board');
});

test('two workers deliver each once, while others delete them', async () => {
  const ada = await reachable(world, company);
  const ids: number[] = [];
  for (let count = 0; count < 20; count += 1) ids.push(await notify(ada, 60, { message: `Number ${count}` }));
  world.clock.set(world.clock.now() + 60);
  const runners = [new Runner(world.services, jobs), new Runner(world.services, jobs)];
  const [removed] = await Promise.all([
    company.admin.delete('/notifications', ids.slice(10)),
    ...runners.map((runner) => runner.runUntil(world.clock.now())),
  ]);
  const deleted = rowsIn(removed, 'notifications').filter(({ _status_code }) => _status_code === 200);
  const texts = (await mailsOf(world, company)).map(({ text }) => text.trim());
  assert.equal(new Set(texts).size, texts.length);
  assert.equal(texts.length + deleted.length, 20);
});

test('the history tells who made it, and that the server took it away', async () => {
  const ada = await reachable(world, company);
  const id = await notify(ada, 60);
  await pass(60);
  const rows = await world.services.database.system.rows(sql`
    SELECT actor_user_id, via, after IS NULL FROM history
    WHERE company_id = ${company.id} AND resource = 'notifications' AND row_id = ${id} ORDER BY id`);
  assert.deepEqual(rows, [
    [String(company.admin.userId), 'tsheets-rest', 'f'],
    [null, 'job notification', 't'],
  ]);
});
