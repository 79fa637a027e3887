import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Legacy, type LegacyParams, legacyOf } from '../support/legacy.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

/** 10 March 2026, 10:00 in Denver. */
const start = Date.UTC(2026, 2, 10, 16) / 1000;
const minute = 60;
let world: World;
let company: Company;
let admin: Legacy;
let job: number;
let otherJob: number;

before(async () => {
  world = await openWorld({ shared: true, now: start });
  company = await world.company();
  job = await company.jobcode({ assignedToAll: false });
  otherJob = await company.jobcode({ assignedToAll: false });
  admin = await legacyOf(world, company, company.admin);
});
after(() => world.close());

/** A timesheet, in seconds after `start`. */
interface Sheet {
  job: number;
  from: number | null;
  to: number | null;
  seconds: number;
  notes: string;
}

async function sheetsOf({ userId }: Person): Promise<Sheet[]> {
  const rows = await world.services.database.forCompany(company.id).rows(sql`
    SELECT coalesce(jobcode_id, 0), extract(epoch FROM start_at), extract(epoch FROM end_at), duration, notes
    FROM timesheets WHERE user_id = ${userId} ORDER BY id`);
  const since = (cell: string | null | undefined): number | null =>
    typeof cell === 'string' ? Number(cell) - start : null;
  return rows.map(([jobcode, from, to, seconds, notes]) => ({
    job: Number(jobcode),
    from: since(from),
    to: since(to),
    seconds: Number(seconds),
    notes: notes ?? '',
  }));
}

async function assign(person: Person, ...jobs: number[]): Promise<void> {
  await company.admin.post(
    '/jobcode_assignments',
    jobs.map((jobcode_id) => ({ user_id: person.userId, jobcode_id })),
  );
}

/** A new person with jobs, logged in, at `start`. */
async function worker(
  options: Parameters<Company['person']>[0] = {},
  jobs: readonly number[] = [job, otherJob],
): Promise<{ person: Person; session: Legacy }> {
  world.clock.set(start);
  const person = await company.person(options);
  await assign(person, ...jobs);
  return { person, session: await legacyOf(world, company, person) };
}

const open = (more: Partial<Sheet>): Sheet => ({ job: 0, from: 0, to: null, seconds: 0, notes: '', ...more });

test('a day by the clock: in, notes, switch, out', async () => {
  const { person, session } = await worker();
  await session.ok('clock_in', { job_code_id: job, notes: 'began' });
  assert.deepEqual(await sheetsOf(person), [open({ job, notes: 'began' })]);
  await session.ok('replace_notes', { notes: 'more', append: 1 });
  await session.ok('replace_notes', { notes: 'again', append: 1 });
  assert.deepEqual(await sheetsOf(person), [open({ job, notes: 'began\nmore\nagain' })]);
  await session.ok('replace_notes', { notes: 'instead' });
  await session.ok('replace_notes', { notes: 'anew', append: 0 });
  world.clock.set(start + 60 * minute);
  await session.ok('job_code_switch', { job_code_id: otherJob, notes: 'done with it', seconds: 120 });
  const first = { job, from: 0, to: 3480, seconds: 3480, notes: 'done with it' };
  assert.deepEqual(await sheetsOf(person), [first, open({ job: otherJob, from: 3480 })]);
  await session.ok('replace_notes', { notes: 'kept' });
  world.clock.set(start + 90 * minute);
  await session.ok('clock_out');
  assert.deepEqual(await sheetsOf(person), [
    first,
    { job: otherJob, from: 3480, to: 5400, seconds: 1920, notes: 'kept' },
  ]);
});

test('refusals of the clock leave everything as it was', async () => {
  const { person, session } = await worker();
  const archived = await company.jobcode();
  await company.admin.put('/jobcodes', [{ id: archived, active: false }]);
  const unassigned = await company.jobcode({ assignedToAll: false });
  const tooLong = 'x'.repeat(2001);
  const off: [action: string, params: LegacyParams, code: number][] = [
    ['clock_out', {}, 7023],
    ['replace_notes', { notes: 'x' }, 7023],
    ['job_code_switch', { job_code_id: job }, 7023],
    ['clock_in', {}, 7010],
    ['clock_in', { job_code_id: 0 }, 7010],
    ['clock_in', { job_code_id: 'x' }, 7011],
    ['clock_in', { job_code_id: -1 }, 7011],
    ['clock_in', { job_code_id: 99999999999 }, 7011],
    ['clock_in', { job_code_id: archived }, 7011],
    ['clock_in', { job_code_id: unassigned }, 7011],
    ['clock_in', { job_code_id: 2_000_000_000 }, 7011],
    ['clock_in', { job_code_id: job, notes: tooLong }, 7011],
    ['clock_in', { job_code_id: job, notes: 'a\0b' }, 7011],
    ['clock_in', { job_code_id: job, seconds: -1 }, 7011],
    ['clock_in', { job_code_id: job, seconds: '1.5' }, 7011],
    ['clock_in', { job_code_id: job, seconds: 'soon' }, 7011],
    ['clock_in', { job_code_id: job, seconds: 1e12 }, 7011],
    // Whoever may not manage his own time punches by the clock.
    ['clock_in', { job_code_id: job, seconds: 3600 }, 7005],
  ];
  for (const [action, params, code] of off) await session.fails(action, params, code);
  assert.deepEqual(await sheetsOf(person), []);
  await session.ok('clock_in', { job_code_id: job, notes: '👩‍🔧'.repeat(300) });
  const before = await sheetsOf(person);
  world.clock.set(start + minute);
  const on: typeof off = [
    ['clock_in', { job_code_id: otherJob }, 7024],
    ['job_code_switch', {}, 7010],
    ['job_code_switch', { job_code_id: unassigned, notes: 'x' }, 7011],
    ['job_code_switch', { job_code_id: otherJob, seconds: 61 }, 7011],
    ['clock_out', { seconds: 61 }, 7011],
    ['clock_out', { notes: tooLong }, 7011],
    ['replace_notes', {}, 7010],
    ['replace_notes', { notes: tooLong }, 7011],
    ['replace_notes', { notes: 'x', append: 'perhaps' }, 7011],
  ];
  for (const [action, params, code] of on) await session.fails(action, params, code);
  assert.deepEqual(await sheetsOf(person), before);
});

test('a job code need not be given by who has none, or one', async () => {
  const none = await worker({}, []);
  await none.session.ok('clock_in');
  assert.deepEqual(await sheetsOf(none.person), [open({})]);
  const parent = await company.jobcode({ assignedToAll: false });
  const child = await company.jobcode({ parentId: parent, assignedToAll: false });
  const one = await worker({}, [parent]);
  await one.session.ok('clock_in', { job_code_id: 0 });
  assert.deepEqual(await sheetsOf(one.person), [open({ job: child })]);
});

test('who manages his own time may say that it was long ago', async () => {
  const { person, session } = await worker({ permissions: ['manage_my_timesheets'] });
  await session.ok('clock_in', { job_code_id: job, seconds: 7200 });
  await session.ok('clock_out', { seconds: 3600 });
  assert.deepEqual(await sheetsOf(person), [{ job, from: -7200, to: -3600, seconds: 3600, notes: '' }]);
  await session.fails('clock_in', { job_code_id: job, seconds: 5400 }, 7021);
});

test('acting for another takes admin, manage_timesheets, or his group', async () => {
  const boss = await company.person();
  const groupId = await company.group([boss]);
  const { person } = await worker({ groupId });
  const bossSession = await legacyOf(world, company, boss);
  const { session: manager } = await worker({ permissions: ['manage_timesheets'] });
  const { session: seer } = await worker({ permissions: ['status_box'] });
  const { session: stranger } = await worker();
  const foreign = await (await world.company()).person();
  await stranger.fails('clock_in', { job_code_id: job, username: person.username }, 7020);
  await seer.fails('clock_in', { job_code_id: job, username: person.username }, 7005);
  await admin.fails('clock_in', { job_code_id: job, username: foreign.username }, 7020);
  await admin.fails('clock_in', { job_code_id: job, username: foreign.userId }, 7020);
  for (const [action, params] of [
    ['replace_notes', { notes: 'x' }],
    ['clock_out', {}],
    ['job_code_switch', { job_code_id: job }],
    ['add_manual_time', { job_code_id: job, hours: 1, date: '2026-03-09' }],
    ['gps_log', { latitude: 1, longitude: 1 }],
    ['get', { property: 'day_total' }],
  ] as const) {
    await seer.fails(action, { ...params, username: person.username }, 7005);
  }
  assert.deepEqual(await sheetsOf(person), []);
  const email = `${person.username}@Example.com`;
  await company.admin.put('/users', [{ id: person.userId, email }]);
  await bossSession.ok('clock_in', { job_code_id: job, username: person.username.toUpperCase() });
  await manager.ok('job_code_switch', { job_code_id: otherJob, username: String(person.userId), notes: 'by id' });
  await admin.ok('clock_out', { username: email.toLowerCase() });
  assert.deepEqual(
    (await sheetsOf(person)).map(({ job: on, notes }) => [on, notes]),
    [
      [job, 'by id'],
      [otherJob, ''],
    ],
  );
});

test('the rules of the ledger hold: rounding, notes, locked time, people who do not track time', async () => {
  const { person, session } = await worker();
  await company.setting('rounding', 'installed', 1, { userId: person.userId });
  world.clock.set(start + 8 * minute);
  await session.ok('clock_in', { job_code_id: job });
  world.clock.set(start + 21 * minute);
  await session.ok('job_code_switch', { job_code_id: otherJob });
  world.clock.set(start + 38 * minute);
  await session.ok('clock_out');
  assert.deepEqual(
    (await sheetsOf(person)).map(({ from, to }) => [from, to]),
    [
      [15 * minute, 15 * minute],
      [15 * minute, 45 * minute],
    ],
  );
  const noted = await worker();
  await company.setting('general', 'timesheet_notes_required', 1, { userId: noted.person.userId });
  await noted.session.ok('clock_in', { job_code_id: job });
  await noted.session.fails('clock_out', {}, 7010);
  await noted.session.fails('job_code_switch', { job_code_id: otherJob }, 7010);
  await noted.session.ok('clock_out', { notes: 'done' });
  await company.setting('general', 'enable_timesheet_notes', '0', { userId: noted.person.userId });
  await noted.session.fails('clock_in', { job_code_id: job, notes: 'no' }, 7011);
  const idle = await worker({ tracksTime: false });
  await idle.session.fails('clock_in', { job_code_id: job }, 7025);
  const approved = await worker();
  await company.admin.put('/users', [
    { id: approved.person.userId, submitted_to: '2026-03-10', approved_to: '2026-03-10' },
  ]);
  await approved.session.fails('clock_in', { job_code_id: job }, 7022);
});

test('of many switches and clock-outs at the same moment none leaves a half', async () => {
  const { person, session } = await worker();
  await session.ok('clock_in', { job_code_id: job });
  world.clock.set(start + minute);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      session.call('job_code_switch', { job_code_id: index % 2 ? job : otherJob }),
    ),
  );
  assert.deepEqual(
    answers.map(({ body }) => body.status),
    answers.map(() => 'ok'),
  );
  const sheets = await sheetsOf(person);
  assert.deepEqual([sheets.length, sheets.filter(({ to }) => to === null).length], [11, 1]);
  world.clock.set(start + 2 * minute);
  const outs = await Promise.all(Array.from({ length: 8 }, () => session.call('clock_out')));
  assert.equal(outs.filter(({ body }) => String(body.status) === 'ok').length, 1);
  assert.ok(outs.every(({ body }) => String(body.status) === 'ok' || Number(body.error_code) === 7023));
});

test('the history names this door', async () => {
  const { person, session } = await worker();
  await session.ok('clock_in', { job_code_id: job });
  const rows = await world.services.database.forCompany(company.id).rows(sql`
    SELECT h.via FROM history h WHERE h.resource = 'timesheets' AND h.row_id =
      (SELECT id FROM timesheets WHERE user_id = ${person.userId})`);
  assert.deepEqual(rows, [['tsheets-legacy']]);
});

test('hours of a day are added, and timesheets deleted', async () => {
  const { person, session } = await worker({ permissions: ['manage_my_timesheets'] });
  const good: LegacyParams[] = [
    { date: '2026-03-09', hours: '1.5', job_code_id: job, notes: 'by hand' },
    { date: '2026-03-08', hours: 0, job_code_id: otherJob },
    { date: '2026-03-08', hours: '.25', job_code_id: job },
    { date: '2026-03-08', hours: '0.3333', job_code_id: job },
    { date: '2026-03-08', hours: '23.99999', job_code_id: job },
  ];
  for (const params of good) await session.ok('add_manual_time', params);
  const sheet = (on: number, seconds: number, notes = ''): Sheet => ({ job: on, from: null, to: null, seconds, notes });
  assert.deepEqual(await sheetsOf(person), [
    sheet(job, 5400, 'by hand'),
    sheet(otherJob, 0),
    sheet(job, 900),
    sheet(job, 1200),
    sheet(job, 86_400),
  ]);
  const bad: [params: LegacyParams, code: number][] = [
    [{ hours: 1, job_code_id: job }, 7010],
    [{ date: '2026-03-09', job_code_id: job }, 7010],
    [{ date: '2026-03-09', hours: 1 }, 7010],
    [{ date: '2026-03-09', hours: 1, job_code_id: 0 }, 7010],
    [{ date: '2026-02-30', hours: 1, job_code_id: job }, 7011],
    [{ date: '0000-00-00', hours: 1, job_code_id: job }, 7011],
    [{ date: 'today', hours: 1, job_code_id: job }, 7011],
    [{ date: '2026-03-09', hours: -1, job_code_id: job }, 7011],
    [{ date: '2026-03-09', hours: '24.01', job_code_id: job }, 7011],
    [{ date: '2026-03-09', hours: '1e1', job_code_id: job }, 7011],
    [{ date: '2026-03-09', hours: 'NaN', job_code_id: job }, 7011],
  ];
  for (const [params, code] of bad) await session.fails('add_manual_time', params, code);
  const none = await worker({ permissions: ['manage_my_timesheets'] }, []);
  await none.session.ok('add_manual_time', { date: '2026-03-09', hours: 2, job_code_id: 0 });
  await admin.ok('add_manual_time', { date: '2026-03-09', hours: 3, job_code_id: 0, username: none.person.username });
  assert.deepEqual(await sheetsOf(none.person), [sheet(0, 7200), sheet(0, 10_800)]);
  const plain = await worker();
  await plain.session.fails('add_manual_time', { date: '2026-03-09', hours: 1, job_code_id: job }, 7005);

  const ids = async (of: Person): Promise<number[]> =>
    (
      await world.services.database
        .forCompany(company.id)
        .rows(sql`SELECT id FROM timesheets WHERE user_id = ${of.userId} ORDER BY id`)
    ).map(([id]) => Number(id));
  const [first = 0, ...others] = await ids(person);
  for (const id of ['', 'x', 0, -1, 2_000_000_000, '1,2']) {
    const { body } = await session.call('delete_timesheet', { id });
    assert.equal(body.status, 'fail', String(id));
  }
  await none.session.fails('delete_timesheet', { id: first }, 7020);
  await session.ok('delete_timesheet', { id: first });
  await session.fails('delete_timesheet', { id: first }, 7020);
  assert.deepEqual(await ids(person), others);
  await admin.ok('delete_timesheet', { id: others[0] ?? 0 });
});

test('gps_log records where a user is, or was', async () => {
  const { person, session } = await worker();
  await session.ok('gps_log', { latitude: '43.618710', longitude: '-116.214607' });
  await session.ok('gps_log', {
    latitude: -43.5,
    longitude: 172.5,
    accuracy: 12,
    altitude: '820.5',
    activity: 'CI',
    seconds: 90,
  });
  const bad: [params: LegacyParams, code: number][] = [
    [{ latitude: 1 }, 7010],
    [{ longitude: 1 }, 7010],
    [{ latitude: 90.1, longitude: 1 }, 7011],
    [{ latitude: 1, longitude: -180.1 }, 7011],
    [{ latitude: 'north', longitude: 1 }, 7011],
    [{ latitude: 1, longitude: 1, accuracy: -1 }, 7011],
    [{ latitude: 1, longitude: 1, altitude: 'high' }, 7011],
    [{ latitude: 1, longitude: 1, activity: 'dance' }, 7011],
    [{ latitude: 1, longitude: 1, seconds: -5 }, 7011],
  ];
  for (const [params, code] of bad) await session.fails('gps_log', params, code);
  const rows = await world.services.database.forCompany(company.id).rows(sql`
    SELECT latitude, longitude, accuracy, altitude, extract(epoch FROM recorded_at)::int - ${start}::int
    FROM geolocations WHERE user_id = ${person.userId} ORDER BY id`);
  assert.deepEqual(
    rows.map((cells) => cells.map(Number)),
    [
      [43.61871, -116.214607, 3000, 0, 0],
      [-43.5, 172.5, 12, 820.5, -90],
    ],
  );
});
