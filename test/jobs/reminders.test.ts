import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { jobs } from '../../src/jobs/index.ts';
import { reminderJob } from '../../src/jobs/reminders.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { parseInstant } from '../../src/lib/time.ts';
import { sql } from '../../src/store/sql.ts';
import { statementsDuring } from '../api/jobs-support.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { everyDay, mailsOf, punch, reachable } from './reminders-support.ts';

function at(text: string): number {
  const moment = parseInstant(text);
  assert.ok(moment !== undefined, text);
  return moment;
}

async function worldAt(t: TestContext, text: string): Promise<World> {
  const world = await openWorld({ now: at(text) });
  t.after(() => world.close());
  return world;
}

async function remind(company: Company, ...items: Row[]): Promise<void> {
  for (const item of rowsIn(await company.admin.post('/reminders', items), 'reminders'))
    assert.equal(item._status_code, 200, JSON.stringify(item));
}

/** Who got which mail, as 'user subject', and forgets the mails. */
async function told(world: World, company: Company, names: Readonly<Record<string, Person>>): Promise<string[]> {
  const name = new Map(Object.entries(names).map(([name, { userId }]) => [userId, name]));
  const mails = await mailsOf(world, company);
  return mails.map(({ userId, subject }) => `${name.get(userId)}: ${subject}`).sort();
}

test('everyone is reminded at his own local time, once a day, through changes of the clocks', async (t) => {
  const world = await worldAt(t, '2026-03-07T06:00:00Z');
  const company = await world.company({ timeZone: 'America/Denver' });
  const zones: Record<string, Person> = {};
  for (const timeZone of ['America/Denver', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe'])
    zones[timeZone] = await reachable(world, company, { timeZone });
  await remind(company, everyDay(0, 'clock-in', '02:30:00'));
  // Denver springs forward on 8 March, the others do not.
  await world.runJobs(at('2026-03-08T22:00:00Z'));
  const mails = await mailsOf(world, company);
  const moments = Object.entries(zones).map(([zone, { userId }]) => [
    zone,
    mails.filter((mail) => mail.userId === userId).map((mail) => mail.at),
  ]);
  assert.deepEqual(Object.fromEntries(moments), {
    'America/Denver': ['2026-03-07T09:30Z', '2026-03-08T09:00Z'],
    'Europe/Berlin': ['2026-03-08T01:30Z'],
    'Asia/Kolkata': ['2026-03-07T21:00Z', '2026-03-08T21:00Z'],
    'Asia/Kathmandu': ['2026-03-07T20:45Z', '2026-03-08T20:45Z'],
    'Australia/Lord_Howe': ['2026-03-07T15:30Z', '2026-03-08T15:30Z'],
  });
});

test('an hour that comes twice reminds once', async (t) => {
  const world = await worldAt(t, '2026-11-01T06:00:00Z');
  const company = await world.company();
  const ada = await reachable(world, company);
  await remind(company, everyDay(ada.userId, 'clock-in', '01:30:00'));
  await world.runJobs(at('2026-11-02T09:00:00Z'));
  assert.deepEqual(
    (await mailsOf(world, company)).map((mail) => mail.at),
    ['2026-11-01T07:30Z', '2026-11-02T08:30Z'],
  );
});

test('only on the days of the week that it names', async (t) => {
  const world = await worldAt(t, '2026-06-14T08:00:00Z');
  const company = await world.company({ timeZone: 'Pacific/Kiritimati' });
  const ada = await reachable(world, company);
  // Half past midnight on Tuesday there is Monday in UTC.
  await remind(company, everyDay(ada.userId, 'clock-in', '00:30:00', { due_days_of_week: 'Fri, Tue' }));
  for (let day = 14; day <= 20; day += 1) {
    world.clock.set(at(`2026-06-${day}T10:15:00Z`));
    await world.runJobs(at(`2026-06-${day}T10:45:00Z`));
  }
  assert.deepEqual(
    (await mailsOf(world, company)).map((mail) => mail.at),
    ['2026-06-15T10:30Z', '2026-06-18T10:30Z'],
  );
});

test('the own reminder decides when it is active, else the one of the company', async (t) => {
  const world = await worldAt(t, '2026-06-15T12:00:00Z');
  const company = await world.company({ timeZone: 'UTC' });
  const person = (): Promise<Person> => reachable(world, company);
  const people = {
    plain: await person(),
    earlier: await person(),
    silent: await person(),
    inactive: await person(),
    other: await person(),
  };
  const own = (who: Person, more: Row): Row => everyDay(who.userId, 'clock-in', '13:00:00', more);
  await remind(
    company,
    everyDay(0, 'clock-in', '14:00:00'),
    own(people.earlier, {}),
    own(people.silent, { enabled: false }),
    own(people.inactive, { active: false }),
    everyDay(people.other.userId, 'clock-out', '13:00:00'),
  );
  await world.runJobs(at('2026-06-15T13:30:00Z'));
  assert.deepEqual(await told(world, company, people), ['earlier: Time to clock in']);
  await world.runJobs(at('2026-06-15T14:30:00Z'));
  assert.deepEqual(await told(world, company, people), [
    'inactive: Time to clock in',
    'other: Time to clock in',
    'plain: Time to clock in',
  ]);
  // The company's is switched off: nobody but those with one of their own.
  for (const change of [{ enabled: false }, { enabled: true, active: false }]) {
    await company.admin.put('/reminders', [{ user_id: 0, reminder_type: 'clock-in', ...change }]);
    world.clock.set(world.clock.now() + 86_400 - 7_200);
    await world.runJobs(world.clock.now() + 7_200);
    assert.deepEqual(await told(world, company, people), ['earlier: Time to clock in']);
  }
});

test('to clock in are reminded those off the clock, to clock out those on it; nobody who is away or gone', async (t) => {
  const world = await worldAt(t, '2026-06-15T12:00:00Z');
  const company = await world.company({ timeZone: 'UTC' });
  const [job, pto, unpaid] = [
    await company.jobcode(),
    await company.jobcode({ type: 'pto' }),
    await company.jobcode({ type: 'unpaid_time_off' }),
  ];
  const person = (options: Parameters<Company['person']>[0] = {}): Promise<Person> =>
    reachable(world, company, options);
  const people = {
    off: await person(),
    on: await person(),
    away: await person(),
    awayAllDay: await person(),
    backAgain: await person(),
    awayTomorrow: await person(),
    archived: await person(),
    noTime: await person({ tracksTime: false }),
  };
  const time = { jobcode_id: pto, type: 'regular' };
  const made = await company.admin.post('/timesheets', [
    punch(people.on, job, '2026-06-15T11:00:00+00:00'),
    { ...time, user_id: people.away.userId, start: '2026-06-15T09:00:00Z', end: '2026-06-15T17:00:00Z' },
    { user_id: people.awayAllDay.userId, jobcode_id: unpaid, type: 'manual', date: '2026-06-15', duration: 28_800 },
    { ...time, user_id: people.backAgain.userId, start: '2026-06-15T09:00:00Z', end: '2026-06-15T13:00:00Z' },
    { user_id: people.awayTomorrow.userId, jobcode_id: pto, type: 'manual', date: '2026-06-16', duration: 28_800 },
  ]);
  for (const row of rowsIn(made, 'timesheets')) assert.equal(row._status_code, 200, JSON.stringify(row));
  await company.admin.put('/users', [{ id: people.archived.userId, active: false }]);
  await remind(company, everyDay(0, 'clock-in', '13:00:00'), everyDay(0, 'clock-out', '13:00:00'));
  await world.runJobs(at('2026-06-15T14:00:00Z'));
  assert.deepEqual(await told(world, company, people), [
    'awayTomorrow: Time to clock in',
    'backAgain: Time to clock in',
    'off: Time to clock in',
    'on: Time to clock out',
  ]);
});

test('settings of the company, the group and the user switch reminders and text messages', async (t) => {
  const world = await worldAt(t, '2026-06-15T12:00:00Z');
  const [company, without] = [await world.company({ timeZone: 'UTC' }), await world.company({ timeZone: 'UTC' })];
  const groupId = await company.group();
  const people = { ada: await reachable(world, company), bob: await reachable(world, company, { groupId }) };
  const stranger = await reachable(world, without);
  await world.services.database.system.rows(sql`UPDATE users SET mobile_number = '2085551234' WHERE email <> ''`);
  await without.setting('reminders', 'installed', '0');
  await company.setting('reminders', 'installed', 0, { groupId });
  const both = { distribution_methods: 'SMS,Email' };
  await remind(company, everyDay(0, 'clock-in', '13:00:00', both));
  await remind(without, everyDay(stranger.userId, 'clock-in', '13:00:00', both));
  await world.runJobs(at('2026-06-15T13:00:00Z'));
  assert.deepEqual(await told(world, company, people), ['ada: Time to clock in']);
  assert.deepEqual(await mailsOf(world, without), []);
  await company.setting('sms', 'installed', '1');
  await company.setting('reminders', 'installed', 1, { userId: people.bob.userId });
  world.clock.set(at('2026-06-16T12:50:00Z'));
  await world.runJobs(at('2026-06-16T13:00:00Z'));
  assert.deepEqual(await told(world, company, people), [
    'ada: Time to clock in',
    'ada: Time to clock in',
    'bob: Time to clock in',
    'bob: Time to clock in',
  ]);
});

test('what a pause of less than an hour delayed is sent after it, what is older is not', async (t) => {
  const world = await worldAt(t, '2026-06-15T12:00:00Z');
  const company = await world.company({ timeZone: 'UTC' });
  const people = { first: await reachable(world, company), second: await reachable(world, company) };
  await remind(
    company,
    everyDay(people.first.userId, 'clock-in', '12:10:00'),
    everyDay(people.second.userId, 'clock-in', '12:40:00'),
  );
  await world.runJobs(at('2026-06-15T12:05:00Z'));
  // Nothing runs from 12:05 to 13:15.
  world.clock.set(at('2026-06-15T13:15:00Z'));
  await world.runJobs();
  assert.deepEqual(await told(world, company, people), ['second: Time to clock in']);
  await world.runJobs(at('2026-06-15T14:00:00Z'));
  assert.deepEqual(await told(world, company, people), []);
});

test('several workers and repeated runs remind once; a clock that was set back does not remind again', async (t) => {
  const world = await worldAt(t, '2026-06-15T12:00:00Z');
  const company = await world.company({ timeZone: 'UTC' });
  const people: Record<string, Person> = {};
  for (const name of ['a', 'b', 'c', 'd', 'e']) people[name] = await reachable(world, company);
  await remind(company, everyDay(0, 'clock-in', '12:05:00'));
  const runners = [new Runner(world.services, jobs), new Runner(world.services, jobs)];
  for (const runner of runners) await runner.keepRepeating();
  world.clock.set(at('2026-06-15T12:05:00Z'));
  await Promise.all(runners.map((runner) => runner.runUntil(world.clock.now())));
  const all = Object.keys(people).map((name) => `${name}: Time to clock in`);
  assert.deepEqual(await told(world, company, people), all);
  // As if the job's success had been lost: it runs again with the same previous run.
  const again = sql`
    UPDATE jobs SET due = to_timestamp(${world.clock.now()}::float8), payload = '{}' WHERE name = 'reminders'`;
  await world.services.database.system.rows(again);
  await Promise.all(runners.map((runner) => runner.runUntil(world.clock.now())));
  world.clock.set(at('2026-06-15T12:00:00Z'));
  await world.runJobs(at('2026-06-15T13:00:00Z'));
  assert.deepEqual(await told(world, company, people), []);
  world.clock.set(at('2026-06-16T12:00:00Z'));
  await world.runJobs(at('2026-06-16T12:05:00Z'));
  assert.deepEqual(await told(world, company, people), all);
});

test('the texts say what to do, and who was reminded is forgotten after a week', async (t) => {
  const world = await worldAt(t, '2026-06-15T12:00:00Z');
  const company = await world.company({ timeZone: 'UTC' });
  const ada = await reachable(world, company);
  await remind(company, everyDay(ada.userId, 'clock-in', '12:05:00'));
  await world.runJobs(at('2026-06-15T12:05:00Z'));
  const [mail] = await mailsOf(world, company);
  assert.match(mail?.text ?? '', /^You are not on the clock\. Please clock in/);
  const sent = async (): Promise<number> =>
    (await world.services.database.system.rows(sql`SELECT FROM reminders_sent`)).length;
  assert.equal(await sent(), 1);
  await company.admin.put('/reminders', [{ user_id: ada.userId, reminder_type: 'clock-in', active: false }]);
  world.clock.set(at('2026-06-23T23:55:00Z'));
  await world.runJobs(at('2026-06-24T00:00:00Z'));
  assert.equal(await sent(), 0);
});

test('a run costs the same few statements however many people and companies it reminds', async (t) => {
  const world = await worldAt(t, '2026-06-15T12:00:00Z');
  const { services, clock } = world;
  const statements = async (time: string): Promise<number> => {
    clock.set(at(time));
    const [now, none] = [clock.now(), { companyId: 0, payload: {}, previous: undefined, attempts: 0, last: false }];
    return statementsDuring(() =>
      services.database.system.transaction((db) =>
        reminderJob.run({ ...none, due: now, now, db, services, signal: new AbortController().signal }),
      ),
    );
  };
  const small = await world.company({ timeZone: 'UTC' });
  await reachable(world, small);
  await remind(small, everyDay(0, 'clock-in', '13:00:00'));
  const few = await statements('2026-06-15T13:00:00Z');
  for (const timeZone of ['UTC', 'Europe/Berlin', 'Asia/Tokyo']) {
    const company = await world.company({ timeZone });
    for (let count = 0; count < 10; count += 1) await reachable(world, company);
    await remind(
      company,
      everyDay(0, 'clock-in', `${{ UTC: 14, 'Europe/Berlin': 16, 'Asia/Tokyo': 23 }[timeZone]}:00:00`),
    );
  }
  assert.equal(await statements('2026-06-15T14:00:00Z'), few);
  const [row] = await services.database.system.rows(sql`SELECT count(*) FROM reminders_sent`);
  // The admin of each company tracks time, too.
  assert.equal(row?.[0], '35');
});
