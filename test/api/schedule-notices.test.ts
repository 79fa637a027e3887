import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import type { Row } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { type Schedule, scheduleOf } from './schedule-support.ts';

let world: World;
let company: Company;
let schedule: Schedule;
let ann: Person;
let bob: Person;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 5, 15, 18) / 1000 });
});
after(() => world.close());

beforeEach(async () => {
  company = await world.company();
  schedule = await scheduleOf(company);
  [ann, bob] = [await company.person(), await company.person()];
});

interface Sent {
  userId: number;
  method: string;
  subject: string;
  text: string;
}

/** Messages that wait to be sent since the last call. */
async function sent(): Promise<Sent[]> {
  const rows = await world.services.database.system.rows(
    sql`WITH gone AS (DELETE FROM jobs WHERE company_id = ${company.id} AND name = 'message' RETURNING id, payload)
        SELECT payload FROM gone ORDER BY id`,
  );
  return rows.map(([payload]) => JSON.parse(String(payload)) as Sent);
}

/** Who is told what by mail. */
async function told(): Promise<string[]> {
  const names = new Map([
    [ann.userId, 'ann'],
    [bob.userId, 'bob'],
    [company.admin.userId, 'admin'],
  ]);
  const mails = (await sent()).filter(({ method }) => method === 'email');
  return mails.map(({ userId, subject }) => `${names.get(userId)}: ${subject}`).sort();
}

const fresh = 'You are scheduled';
const changed = 'Your schedule changed';
const removed = 'Taken off your schedule';
const both = (): Row => ({ assigned_user_ids: [ann.userId, bob.userId] });

test('a published event tells each of its users once, by mail and push', async () => {
  await schedule.make({ ...both(), title: 'Shift', location: 'Roof', notes: 'Ladder', timezone: 'America/New_York' });
  const messages = await sent();
  assert.deepEqual(
    messages.map(({ userId, method }) => [userId, method]).sort(),
    [ann, bob].flatMap(({ userId }) => ['email', 'push'].map((method) => [userId, method])).sort(),
  );
  for (const { subject, text } of messages) {
    assert.equal(subject, fresh);
    assert.equal(text, 'Tuesday, June 16, 2026, 11:00 AM to 1:00 PM (America/New_York)\nShift\nRoof\nLadder');
  }
});

/** An event of Ann and Bob as it was made, what changes of it, and who is told what. */
const changes: [string, Row, Row | (() => Row), string[]][] = [
  ['a draft tells nobody', { draft: true }, { title: 'new' }, []],
  ['a draft that is published', { draft: true }, { draft: false }, [`ann: ${fresh}`, `bob: ${fresh}`]],
  ['a draft that is removed', { draft: true }, { active: false }, []],
  ['another time', {}, { end: '2026-06-16T18:00:00+00:00' }, [`ann: ${changed}`, `bob: ${changed}`]],
  ['another place', {}, { location: 'cellar' }, [`ann: ${changed}`, `bob: ${changed}`]],
  ['another title', {}, { title: 'new' }, [`ann: ${changed}`, `bob: ${changed}`]],
  ['another colour is no news', {}, { color: '#010101' }, []],
  ['nothing new is no news', { title: 'same' }, { title: 'same', draft: false }, []],
  ['a removal', {}, { active: false }, [`ann: ${removed}`, `bob: ${removed}`]],
  ['back among the drafts', {}, { draft: true }, [`ann: ${removed}`, `bob: ${removed}`]],
  ['one is taken off', {}, () => ({ assigned_user_ids: [bob.userId] }), [`ann: ${removed}`]],
  ['all are taken off', {}, { assigned_user_ids: '' }, [`ann: ${removed}`, `bob: ${removed}`]],
  ['the past is no news', { start: '2026-06-14T08:00:00Z', end: '2026-06-14T10:00:00Z' }, { title: 'new' }, []],
  ['what is going on is', { start: '2026-06-15T08:00:00Z' }, { title: 'new' }, [`ann: ${changed}`, `bob: ${changed}`]],
  [
    'from the past to the future',
    { start: '2026-06-14T08:00:00Z', end: '2026-06-14T10:00:00Z' },
    { end: '2026-06-18T10:00:00Z' },
    [`ann: ${changed}`, `bob: ${changed}`],
  ],
];

for (const [what, made, change, expected] of changes) {
  test(what, async () => {
    const event = await schedule.make({ ...both(), ...made });
    const first = await told();
    assert.equal(first.length, made.draft === true || what.includes('past') ? 0 : 2);
    const item = await schedule.change(company.admin, event.id, typeof change === 'function' ? change() : change, {
      team_events: 'base',
    });
    assert.equal(item._status_code, 200, JSON.stringify(item));
    assert.deepEqual(await told(), expected);
  });
}

test('instance: only the user whose row is archived is told', async () => {
  const event = await schedule.make(both());
  await told();
  await schedule.change(company.admin, event.id, { active: false });
  assert.deepEqual(await told(), [`ann: ${removed}`]);
});

test('who comes in is told, who stays is not', async () => {
  const event = await schedule.make({ assigned_user_ids: [ann.userId] });
  await told();
  await schedule.change(company.admin, event.id, both());
  assert.deepEqual(await told(), [`bob: ${fresh}`]);
  await schedule.change(company.admin, event.id, { assigned_user_ids: [bob.userId] });
  assert.deepEqual(await told(), [`ann: ${removed}`], "Bob's event is another row now, and the same to him");
});

test('several items of one event in a request tell each user once, of what came out', async () => {
  const event = await schedule.make(both());
  await told();
  const rows = [...(await schedule.seen(company.admin)).keys()];
  await schedule.put(
    company.admin,
    rows.map((id, n) => ({ id, ...(n === 0 ? { title: 'new' } : { location: 'roof' }) })),
  );
  assert.deepEqual(await told(), [`ann: ${changed}`, `bob: ${changed}`]);
  await schedule.put(
    company.admin,
    rows.map((id, n) => ({ id, color: n === 0 ? '#010101' : '#888888' })),
  );
  assert.deepEqual(await told(), []);
  assert.ok(event.id);
});

test('nobody is told what he did himself, and a refused item tells nobody', async () => {
  const own = await company.person({ permissions: ['manage_company_schedules'] });
  await schedule.post(own, [
    schedule.item({ assigned_user_ids: [own.userId, ann.userId] }),
    schedule.item({ assigned_user_ids: [bob.userId], end: '2020-01-01T00:00:00Z' }),
  ]);
  assert.deepEqual(await told(), [`ann: ${fresh}`]);
});

test('settings choose the methods, and how times read', async () => {
  await company.setting('schedule', 'event_notify_email', '0');
  await company.setting('schedule', 'event_notify_push', '0', { userId: ann.userId });
  await company.setting('schedule', 'event_notify_email', '1', { userId: bob.userId });
  await company.setting('general', 'time_format', 24, { userId: bob.userId });
  await schedule.make(both());
  const messages = await sent();
  assert.deepEqual(
    messages.map(({ userId, method }) => [userId, method]),
    [
      [bob.userId, 'email'],
      [bob.userId, 'push'],
    ],
  );
  assert.match(messages[0]?.text ?? '', /^Tuesday, June 16, 2026, 09:00 to 11:00 \(America\/Denver\)$/);
});

test('an all-day event names its day, and a night both days', async () => {
  await schedule.make({ ...both(), all_day: true });
  assert.equal((await sent())[0]?.text, 'Tuesday, June 16, 2026, all day');
  await schedule.make({ ...both(), end: '2026-06-17T15:00:00+00:00' });
  const night = 'Tuesday, June 16, 2026, 9:00 AM to Wednesday, June 17, 2026, 9:00 AM (America/Denver)';
  assert.equal((await sent())[0]?.text, night);
});

test('an archived user is told nothing', async () => {
  const event = await schedule.make(both());
  await company.admin.put('/users', [{ id: ann.userId, active: false }]);
  await told();
  await schedule.change(company.admin, event.id, { title: 'new' });
  assert.deepEqual(await told(), [`bob: ${changed}`]);
});
