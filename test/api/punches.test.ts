import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

// 2026-06-15 18:00 UTC is noon in Denver.
const now = Date.UTC(2026, 5, 15, 18) / 1000;
let world: World;
let company: Company;
let job: number;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  job = await company.jobcode();
});
after(() => world.close());

interface Ways {
  minutes?: number;
  in?: string;
  out?: string;
}
type Row = Readonly<Record<string, unknown>>;

/** Someone whose punches are rounded in these ways. */
async function punching(ways: Ways, timeZone = 'America/Denver', more: object = {}): Promise<Person> {
  const person = await company.person({ permissions: ['manage_my_timesheets'], timeZone, ...more });
  const { userId } = person;
  const set = (key: string, value: unknown) => company.setting('rounding', key, value, { userId });
  await set('installed', 1);
  if (ways.minutes !== undefined) await set('minutes', ways.minutes);
  if (ways.in !== undefined) await set('clock_in', ways.in);
  if (ways.out !== undefined) await set('clock_out', ways.out);
  return person;
}

const denver = (time: string): string => `2026-06-15T${time}-06:00`;
const clock = (instant: unknown): string => String(instant).slice(11, 19);
const only = (answer: { body: { results?: Record<string, Record<string, unknown>> } }): Row =>
  answer.body.results?.timesheets?.['1'] as Row;

async function clockIn(person: Person, start: string, more: object = {}): Promise<Row> {
  const sheet = { user_id: person.userId, jobcode_id: job, type: 'regular', start, end: '', ...more };
  return only((await person.post('/timesheets', [sheet])) as never);
}

async function change(person: Person, id: unknown, values: object): Promise<Row> {
  return only((await person.put('/timesheets', [{ id, ...values }])) as never);
}

async function enter(person: Person, start: string, end: string, more: object = {}): Promise<Row> {
  return clockIn(person, start, { end, ...more });
}

/** A timesheet with its punches. */
async function punchesOf(person: Person, id: unknown): Promise<Row> {
  const { body } = await person.get('/timesheets', { ids: id as number, on_the_clock: 'both', punches: 'yes' });
  return body.results?.timesheets?.[String(id)] as unknown as Row;
}

/** start_by_hand and end_by_hand. */
async function byHand(id: unknown): Promise<string> {
  const db = world.services.database.forCompany(company.id);
  const [row] = await db.rows(sql`SELECT start_by_hand, end_by_hand FROM timesheets WHERE id = ${Number(id)}`);
  return (row ?? []).join('');
}

const zones: readonly [string, string][] = [
  ['America/Denver', '-06:00'],
  ['Asia/Kathmandu', '+05:45'],
  ['Australia/Lord_Howe', '+10:30'],
];
// Ways, clock-in and clock-out as punched, start and end as kept.
const modes: readonly [Ways, string, string, string, string][] = [
  [{}, '08:07:29', '16:52:30', '08:00:00', '17:00:00'],
  [{}, '08:07:30', '16:52:29', '08:15:00', '16:45:00'],
  [{ in: 'up', out: 'down' }, '08:00:01', '16:59:59', '08:15:00', '16:45:00'],
  [{ in: 'down', out: 'up' }, '08:14:59', '16:45:01', '08:00:00', '17:00:00'],
  [{ in: '7/8', out: '7/8' }, '08:07:59', '16:53:00', '08:00:00', '17:00:00'],
  [{ in: '7/8', out: '7/8' }, '08:08:00', '16:52:59', '08:15:00', '16:45:00'],
  [{ in: 'none', out: 'up', minutes: 6 }, '08:07:29', '16:52:30', '08:07:29', '16:54:00'],
  [{ in: 'nearest', out: 'none', minutes: 30 }, '08:14:59', '16:52:30', '08:00:00', '16:52:30'],
  [{ in: 'up', out: 'up', minutes: 1 }, '08:07:01', '16:52:00', '08:08:00', '16:52:00'],
];

test('clock-ins and clock-outs are rounded on the grid of the local day, and the punches are kept', async () => {
  for (const [zone, offset] of zones) {
    for (const [ways, punchedIn, punchedOut, start, end] of modes) {
      const what = `${JSON.stringify(ways)} ${zone} ${punchedIn} ${punchedOut}`;
      const on = (time: string): string => `2026-06-12T${time}${offset}`;
      const person = await punching(ways, zone);
      const open = await clockIn(person, on(punchedIn));
      assert.deepEqual([open._status_code, open.start, open.on_the_clock], [200, on(start), true], what);
      const closed = await change(person, open.id, { end: on(punchedOut) });
      assert.deepEqual([closed._status_code, closed.start, closed.end], [200, on(start), on(end)], what);
      const seconds = (Date.parse(on(end)) - Date.parse(on(start))) / 1000;
      const { raw_start, raw_end, duration, date } = await punchesOf(person, open.id);
      assert.deepEqual(
        [raw_start, raw_end, duration, date],
        [on(punchedIn), on(punchedOut), seconds, '2026-06-12'],
        what,
      );
    }
  }
});

test('nothing is rounded by default, and the punches are kept all the same', async () => {
  const person = await company.person({ permissions: ['manage_my_timesheets'] });
  const open = await clockIn(person, denver('08:07:29'));
  const closed = await change(person, open.id, { end: denver('09:52:31') });
  assert.deepEqual([closed.start, closed.end], [denver('08:07:29'), denver('09:52:31')]);
  assert.ok(!('raw_start' in closed), 'punches are shown on request');
  const { raw_start, raw_end } = await punchesOf(person, open.id);
  assert.deepEqual([raw_start, raw_end], [denver('08:07:29'), denver('09:52:31')]);
});

test('settings of the company, a group and a user cascade', async () => {
  const other = await world.company();
  const groupId = await other.group();
  const jobcode_id = await other.jobcode();
  const start = async (person: Person): Promise<string> =>
    clock((await clockIn(person, denver('08:07:00'), { jobcode_id })).start);
  const member = () => other.person({ groupId, permissions: ['manage_my_timesheets'] });
  await other.setting('rounding', 'installed', 1);
  await other.setting('rounding', 'minutes', 6);
  assert.equal(await start(await other.person({ permissions: ['manage_my_timesheets'] })), '08:06:00');
  await other.setting('rounding', 'minutes', 30, { groupId });
  assert.equal(await start(await member()), '08:00:00');
  const own = await member();
  await other.setting('rounding', 'clock_in', 'up', { userId: own.userId });
  assert.equal(await start(own), '08:30:00');
  await other.setting('rounding', 'installed', 0, { groupId });
  assert.equal(await start(await member()), '08:07:00');
  const { body } = await own.get('/effective_settings');
  const settings = (body.results as unknown as { effective_settings: Record<string, { settings: object }> })
    .effective_settings;
  assert.deepEqual(settings.rounding?.settings, { installed: 0, clock_in: 'up', minutes: 30 });
});

test('entered time is not rounded, in whatever way it is entered', async () => {
  const person = await punching({ in: 'up', out: 'up' });
  const entered = await enter(person, denver('08:01:00'), denver('08:05:00'));
  assert.deepEqual([clock(entered.start), clock(entered.end)], ['08:01:00', '08:05:00']);
  const manual = { type: 'manual', user_id: person.userId, jobcode_id: job, date: '2026-06-15', duration: 3600 };
  const byDay = only((await person.post('/timesheets', [manual])) as never);
  assert.equal(byDay.duration, 3600);
  const { raw_start, raw_end } = await punchesOf(person, entered.id);
  assert.deepEqual([raw_start, raw_end, await byHand(entered.id)], ['', '', 'ff']);
  const later = await change(person, entered.id, { end: denver('08:06:00') });
  assert.deepEqual([clock(later.end), await byHand(entered.id)], ['08:06:00', 'ft']);
});

test('a side that is changed by hand keeps its punch and is rounded no more', async () => {
  const person = await punching({});
  const { id } = await clockIn(person, denver('08:04:00'));
  await change(person, id, { start: denver('08:03:00') });
  assert.equal(await byHand(id), 'tf');
  const closed = await change(person, id, { end: denver('09:10:00') });
  assert.deepEqual([clock(closed.start), clock(closed.end), await byHand(id)], ['08:03:00', '09:15:00', 'tf']);
  await change(person, id, { end: denver('09:11:00') });
  const row = await punchesOf(person, id);
  assert.deepEqual(
    [row.raw_start, row.raw_end, clock(row.end), await byHand(id)],
    [denver('08:04:00'), denver('09:10:00'), '09:11:00', 'tt'],
  );
  // What is by hand already may become what was punched.
  assert.equal(clock((await change(person, id, { end: denver('09:10:00') })).end), '09:10:00');
});

test('whoever sends a punch again, or what was made of it, changes nothing', async () => {
  const person = await punching({});
  const { id } = await clockIn(person, denver('08:04:00'));
  for (const start of [denver('08:04:00'), denver('08:00:00')]) {
    const closed = await change(person, id, { start, end: denver('09:10:00') });
    assert.deepEqual([clock(closed.start), clock(closed.end), await byHand(id)], ['08:00:00', '09:15:00', 'ff']);
  }
});

test('time that is opened again is clocked out of anew', async () => {
  const person = await punching({});
  const { id } = await clockIn(person, denver('08:04:00'));
  await change(person, id, { end: denver('09:10:00') });
  await change(person, id, { end: denver('09:12:00') });
  await change(person, id, { end: '' });
  assert.deepEqual([(await punchesOf(person, id)).raw_end, await byHand(id)], ['', 'ff']);
  const closed = await change(person, id, { end: denver('10:40:00') });
  assert.deepEqual([clock(closed.end), (await punchesOf(person, id)).raw_end], ['10:45:00', denver('10:40:00')]);
});

test('time without hours has no punches any more', async () => {
  const person = await punching({});
  const { id } = await clockIn(person, denver('08:04:00'));
  await change(person, id, { end: denver('09:10:00') });
  await change(person, id, { type: 'manual', date: '2026-06-15', duration: 3600 });
  const row = await punchesOf(person, id);
  assert.deepEqual([row.raw_start, row.raw_end, row.start], ['', '', '']);
});

// Ways, the second of the switch, end of the first and start of the second as kept.
const switches: readonly [Ways, string, string, string][] = [
  [{}, '10:07:29', '10:00:00', '10:00:00'],
  [{}, '10:07:30', '10:15:00', '10:15:00'],
  [{ in: 'down', out: 'up' }, '10:07:00', '10:15:00', '10:15:00'],
  [{ in: 'up', out: 'down' }, '10:07:00', '10:00:00', '10:15:00'],
  [{ in: 'none', out: 'up' }, '10:07:00', '10:15:00', '10:15:00'],
  [{ in: 'down', out: 'none' }, '10:07:00', '10:07:00', '10:07:00'],
];

test('who switches jobs is on the clock without a gap or an overlap', async () => {
  for (const [ways, second, end, start] of switches) {
    const what = `${JSON.stringify(ways)} ${second}`;
    const person = await punching(ways);
    const first = await clockIn(person, denver('08:00:00'));
    assert.equal(clock((await change(person, first.id, { end: denver(second) })).end), end, what);
    const next = await clockIn(person, denver(second));
    assert.deepEqual([next._status_code, clock(next.start)], [200, start], what);
    assert.equal((await punchesOf(person, next.id)).raw_start, denver(second), what);
  }
});

test('rounding moves no punch into time that others entered', async () => {
  const person = await punching({ in: 'down', out: 'up' });
  await enter(person, denver('07:00:00'), denver('08:05:00'));
  await enter(person, denver('09:52:00'), denver('11:00:00'));
  // The present reaches not yet into the time that was entered ahead.
  world.clock.set(Date.parse(denver('09:50:00')) / 1000);
  const open = await clockIn(person, denver('08:09:00'));
  assert.deepEqual([open._status_code, clock(open.start)], [200, '08:05:00']);
  const closed = await change(person, open.id, { end: denver('09:50:00') });
  assert.deepEqual([closed._status_code, clock(closed.end)], [200, '09:52:00']);
  // A punch inside of other time stays an overlap.
  const inside = await clockIn(person, denver('10:20:00'));
  assert.equal(inside._status_code, 406);
  const up = await punching({ in: 'up' });
  await enter(up, denver('09:55:00'), denver('10:30:00'));
  assert.equal(clock((await clockIn(up, denver('09:50:00'))).start), '09:50:00');
  world.clock.set(now);
});

test('a start that was rounded into the future shows people on the clock, and an end before it gives no time', async () => {
  const person = await punching({ in: 'up' }, 'America/Denver', { permissions: [] });
  const open = await clockIn(person, denver('11:50:00'));
  assert.deepEqual([open._status_code, clock(open.start), open.on_the_clock], [200, '12:00:00', true]);
  const future = await punching({ in: 'up' }, 'America/Denver', { permissions: [] });
  const ahead = await clockIn(future, denver('12:01:00'));
  assert.deepEqual([ahead._status_code, clock(ahead.start), ahead.on_the_clock], [200, '12:15:00', true]);
  const none = await change(future, ahead.id, { end: denver('12:02:00') });
  assert.deepEqual([none._status_code, none.start, none.end, none.duration], [200, ahead.start, ahead.start, 0]);
  assert.equal((await clockIn(future, denver('12:03:00')))._status_code, 200);
  const early = await change(person, open.id, { end: denver('11:49:00') });
  assert.deepEqual([early._status_code, early._status_extra], [417, 'The end may not be before the start.']);
});

test('without manage_my_timesheets it is the punch that must be now', async () => {
  const far: Ways = { in: 'up', out: 'up', minutes: 30 };
  const person = await punching(far, 'America/Denver', { permissions: [] });
  const open = await clockIn(person, denver('12:01:00'));
  assert.deepEqual([open._status_code, clock(open.start)], [200, '12:30:00']);
  const late = await punching(far, 'America/Denver', { permissions: [] });
  assert.match(String((await clockIn(late, denver('11:31:00')))._status_extra), /permission to enter your own time/);
  const closed = await change(person, open.id, { end: denver('12:02:00') });
  assert.deepEqual([closed._status_code, clock(closed.end)], [200, '12:30:00']);
  // The same request once more, after its answer was lost.
  assert.equal((await change(person, open.id, { end: denver('12:02:00') }))._status_code, 200);
});

test('a batch of clock-ins is rounded for each person by himself', async () => {
  const people = [await punching({}), await punching({ in: 'up' }), await company.person()];
  const sheets = people.map(({ userId }) => ({
    user_id: userId,
    jobcode_id: job,
    type: 'regular',
    start: denver('08:05:00'),
    end: '',
  }));
  const { body } = await company.admin.post('/timesheets', sheets);
  const rows = Object.values(body.results?.timesheets ?? {}) as unknown as Row[];
  assert.deepEqual(
    rows.map(({ start }) => clock(start)),
    ['08:00:00', '08:15:00', '08:05:00'],
  );
  const ends = rows.map(({ id }) => ({ id, end: denver('09:05:00') }));
  const closed = await company.admin.put('/timesheets', ends);
  const ended = Object.values(closed.body.results?.timesheets ?? {}) as unknown as Row[];
  assert.deepEqual(
    ended.map(({ end }) => clock(end)),
    ['09:00:00', '09:00:00', '09:05:00'],
  );
});

test('a rounded start decides the day', async () => {
  const person = await punching({});
  const open = await clockIn(person, '2026-06-14T23:55:00-06:00');
  assert.deepEqual([open.start, open.date], [denver('00:00:00'), '2026-06-15']);
});

test('the server ends what somebody forgot without a punch', async () => {
  const person = await punching({}, 'America/Denver');
  const open = await clockIn(person, denver('11:53:00'));
  assert.equal(clock(open.start), '12:00:00');
  await company.setting('general', 'clockout_override_hours', 0.7, { userId: person.userId });
  await world.runJobs(now + 3600);
  world.clock.set(now);
  const row = await punchesOf(person, open.id);
  assert.deepEqual([clock(row.end), row.raw_end, await byHand(open.id)], ['12:42:00', '', 'ff']);
});

test('a break cuts work, and each part keeps the punch at its outer side', async () => {
  const pause = await company.jobcode({ type: 'unpaid_break' });
  const person = await punching({});
  const { id } = await clockIn(person, denver('08:04:00'));
  await change(person, id, { end: denver('11:40:00') });
  const cut = (await person.post('/timesheets', [
    { user_id: person.userId, jobcode_id: pause, type: 'regular', start: denver('09:01:00'), end: denver('09:31:00') },
  ])) as { body: { supplemental_data?: { timesheets?: Record<string, Row> } } };
  const tail = Object.values(cut.body.supplemental_data?.timesheets ?? {}).find((row) => row.id !== id);
  const [head, rest] = [await punchesOf(person, id), await punchesOf(person, tail?.id)];
  assert.deepEqual(
    [clock(head.start), clock(head.end), head.raw_start, head.raw_end],
    ['08:00:00', '09:01:00', denver('08:04:00'), ''],
  );
  assert.deepEqual(
    [clock(rest.start), clock(rest.end), rest.raw_start, rest.raw_end],
    ['09:31:00', '11:45:00', '', denver('11:40:00')],
  );
  await person.post('/timesheets', [
    { user_id: person.userId, jobcode_id: pause, type: 'regular', start: denver('11:30:00'), end: denver('11:45:00') },
  ]);
  const shorter = await punchesOf(person, rest.id);
  assert.deepEqual(
    [clock(shorter.end), shorter.raw_end, await byHand(rest.id)],
    ['11:30:00', denver('11:40:00'), 'ft'],
  );
});

test('a position belongs to the timesheet that was punched in at the moment, wherever the start was rounded to', async () => {
  const person = await punching({ in: 'up', out: 'down' });
  const { id } = await clockIn(person, denver('08:04:00'));
  await change(person, id, { end: denver('09:14:00') });
  const moments = ['08:03:59', '08:04:00', '09:14:00', '09:14:01'];
  const position = { user_id: person.userId, latitude: 43, longitude: -116, accuracy: 5, altitude: 0 };
  const made = await person.post(
    '/geolocations',
    moments.map((moment) => ({ ...position, created: denver(moment) })),
  );
  const ids = Object.values(made.body.results?.geolocations ?? {}).map((row) => Number((row as unknown as Row).id));
  const db = world.services.database.forCompany(company.id);
  const rows = await db.rows(sql`SELECT timesheet_id FROM geolocations WHERE id = ANY(${ids}::int[]) ORDER BY id`);
  assert.deepEqual(rows.flat(), [null, String(id), String(id), null]);
});

test('punches are in the history, and go along when a timesheet is deleted', async () => {
  const person = await punching({});
  const { id } = await clockIn(person, denver('08:04:00'));
  await person.delete('/timesheets', [Number(id)]);
  const db = world.services.database.forCompany(company.id);
  const expected = String(Date.parse(denver('08:04:00')) / 1000);
  const rows = await db.rows(sql`
    SELECT extract(epoch FROM raw_start_at)::int FROM timesheets_deleted WHERE id = ${Number(id)}
    UNION ALL
    SELECT extract(epoch FROM (after ->> 'raw_start_at')::timestamptz)::int FROM history
    WHERE resource = 'timesheets' AND row_id = ${Number(id)} AND before IS NULL`);
  assert.deepEqual(
    rows.map(([moment]) => moment),
    [expected, expected],
  );
});

const refusals: readonly [string, unknown][] = [
  ['minutes', 0],
  ['minutes', 31],
  ['minutes', 7.5],
  ['clock_in', 'sideways'],
  ['clock_out', 'Up'],
];

test('settings of rounding take nothing that has no meaning', async () => {
  const { acceptedValue } = await import('../../src/resources/effective-settings/accepted-value.ts');
  for (const [key, value] of refusals)
    assert.throws(() => acceptedValue('rounding', key, value), /rounding\.\w+ must be/);
  assert.equal(acceptedValue('rounding', 'minutes', '30'), 30);
  assert.equal(acceptedValue('rounding', 'clock_in', '7/8'), '7/8');
});
