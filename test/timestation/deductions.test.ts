import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { payrollOf, record } from '../api/reports-payroll-support.ts';
import type { Json } from '../support/api.ts';
import { openWorld, type Person } from '../support/world.ts';

const world = await openWorld({ now: Date.UTC(2026, 5, 30) / 1000 });
after(() => world.close());
const company = await world.company();
const { admin } = company;
const work = await company.jobcode();
const rest = await company.jobcode({ type: 'unpaid_break' });
const vacation = await company.jobcode({ type: 'pto' });
const hour = 3600;

async function lunch(person: Person): Promise<void> {
  const settings = { lunch_deduct: '1', lunch_threshold: '9', lunch_length: '1' };
  for (const [key, value] of Object.entries(settings)) {
    await company.setting('general', key, value, { userId: person.userId });
  }
}

const row = (answer: { body: Json }): Json => answer.body.results?.timesheets?.['1'] as Json;

async function change(person: Person, id: number, values: object): Promise<Json> {
  return row((await person.put('/timesheets', [{ id, ...values }])) as never);
}

/** A timesheet as everybody sees it who asks for punches. */
async function read(id: number): Promise<Json> {
  const { body } = await admin.get('/timesheets', { ids: id, on_the_clock: 'both', punches: 'yes' });
  return body.results?.timesheets?.[String(id)] as Json;
}

async function deducted(id: number): Promise<unknown> {
  return (await read(id)).deduction_minutes;
}

test('payroll pays to the second what deductions leave, and automatic breaks where there are none', async () => {
  const person = await company.person();
  await lunch(person);
  const [ten = 0, night = 0, morning = 0, evening = 0, plain = 0] = await record(company, [
    { who: person, jobcode: work, day: '2026-06-01', at: '07:00', hours: 10, offset: '-06:00' },
    { who: person, jobcode: work, day: '2026-06-02', at: '20:00', hours: 10, offset: '-06:00' },
    { who: person, jobcode: work, day: '2026-06-04', at: '06:00', hours: 4, offset: '-06:00' },
    { who: person, jobcode: work, day: '2026-06-04', at: '11:00', hours: 10, offset: '-06:00' },
    { who: person, jobcode: work, day: '2026-06-05', hours: 8 },
  ]);
  const paid = async (): Promise<unknown> => {
    const range = { start_date: '2026-06-01', end_date: '2026-06-07', advanced_overtime: 'no' };
    return (await payrollOf(person, { ...range, user_ids: [person.userId] }))[String(person.userId)]
      ?.total_work_seconds;
  };
  // The timesheets are clocked ones: somebody punched both of their ends.
  assert.equal(await paid(), 9 * hour + 9 * hour + 13 * hour + 8 * hour);
  const cases: [number, number | '', number][] = [
    [ten, 30, 9.5 * hour + 9 * hour + 13 * hour + 8 * hour],
    [night, 0, 9.5 * hour + 10 * hour + 13 * hour + 8 * hour],
    [morning, 45, 9.5 * hour + 10 * hour + 13 * hour + 8 * hour],
    [evening, 17, 9.5 * hour + 10 * hour + 14 * hour - 62 * 60 + 8 * hour],
    [plain, 60, 9.5 * hour + 10 * hour + 14 * hour - 62 * 60 + 7 * hour],
    [ten, '', 9 * hour + 10 * hour + 14 * hour - 62 * 60 + 7 * hour],
  ];
  for (const [id, minutes, seconds] of cases) {
    assert.equal((await change(admin, id, { deduction_minutes: minutes }))._status_code, 200);
    assert.equal(await deducted(id), minutes);
    assert.equal(await paid(), seconds, `${id}: ${minutes}`);
  }
  const told = await admin.post('/reports/payroll', {
    start_date: '2026-06-04',
    end_date: '2026-06-04',
    user_ids: [person.userId],
    rules: {},
    explain: 'yes',
  });
  const pieces = JSON.stringify(told.body)
    .match(/\{[^{}]*"class":"deducted"[^{}]*\}/g)
    ?.map((text) => JSON.parse(text));
  assert.deepEqual(
    pieces?.map(({ timesheet_id, seconds, rule, start }) => [timesheet_id, seconds, rule, String(start).slice(11, 19)]),
    [
      [morning, 45 * 60, 'deduction', '09:15:00'],
      [evening, 17 * 60, 'deduction', '20:43:00'],
    ],
  );
});

test('a timesheet shows its deduction only to those who ask for punches, and in no way else', async () => {
  const person = await company.person();
  const [id = 0] = await record(company, [{ who: person, jobcode: work, day: '2026-06-08', at: '08:00', hours: 8 }]);
  const keys = async (query: object): Promise<string[]> => {
    const { body } = await admin.get('/timesheets', { ids: id, ...query });
    return Object.keys(body.results?.timesheets?.[String(id)] ?? {});
  };
  const before = await keys({});
  await change(admin, id, { deduction_minutes: '45' });
  assert.deepEqual(await keys({}), before);
  const shown = await keys({ punches: 'yes' });
  assert.deepEqual(shown.slice(before.length), ['raw_start', 'raw_end', 'deduction_minutes']);
  assert.equal((await read(id)).duration, 8 * hour);
  const report = await admin.post('/reports/project', { start_date: '2026-06-08', end_date: '2026-06-08' });
  assert.match(report.text, new RegExp(`"${person.userId}":"8.00"`));
  // What a client reads it may send back.
  assert.equal((await change(admin, id, await read(id)))._status_code, 200);
  assert.equal(await deducted(id), 45);
});

test('what can not be taken off is refused, and nothing changes', async () => {
  const person = await company.person();
  const [id = 0, pause = 0, away = 0, manual = 0] = await record(company, [
    { who: person, jobcode: work, day: '2026-06-09', at: '08:00', hours: 2 },
    { who: person, jobcode: rest, day: '2026-06-09', at: '12:00', hours: 1 },
    { who: person, jobcode: vacation, day: '2026-06-10', hours: 8 },
    { who: person, jobcode: work, day: '2026-06-10', hours: 0.5 },
  ]);
  await change(admin, id, { deduction_minutes: 30 });
  const cases: [number, object, RegExp][] = [
    [id, { deduction_minutes: 121 }, /may not be longer/],
    [id, { deduction_minutes: -1 }, /less than 0/],
    [id, { deduction_minutes: 10_081 }, /more than 10080/],
    [id, { deduction_minutes: 1.5 }, /whole number/],
    [id, { deduction_minutes: 'half' }, /whole number/],
    [id, { deduction_minutes: [1] }, /whole number/],
    [id, { end: '2026-06-09T08:29:59-07:00' }, /may not be longer/],
    [manual, { deduction_minutes: 31 }, /may not be longer/],
    [pause, { deduction_minutes: 0 }, /Only work/],
    [away, { deduction_minutes: 10 }, /Only work/],
  ];
  for (const [sheet, values, says] of cases) {
    const was = await read(sheet);
    const answer = await change(admin, sheet, values);
    assert.equal(answer._status_code, 417, JSON.stringify(values));
    assert.match(String(answer._status_extra), says);
    assert.deepEqual(await read(sheet), was);
  }
  const item = { user_id: person.userId, jobcode_id: work, type: 'manual', date: '2026-06-11', duration: 60 };
  const refused = row((await admin.post('/timesheets', [{ ...item, deduction_minutes: 2 }])) as never);
  assert.match(String(refused._status_extra), /may not be longer/);
  // Work that becomes a break has no deduction any more.
  assert.equal((await change(admin, id, { jobcode_id: rest }))._status_code, 200);
  assert.equal(await deducted(id), '');
});

test('whoever ends an open timesheet before its deduction is over loses all of it, by hand and by the server', async () => {
  const person = await company.person({ permissions: ['manage_my_timesheets'] });
  const start = { user_id: person.userId, jobcode_id: work, type: 'regular', end: '' };
  const open = async (day: string): Promise<number> => {
    const item = { ...start, start: `${day}T08:00:00-06:00`, deduction_minutes: 600 };
    return Number(row((await person.post('/timesheets', [item])) as never).id);
  };
  const first = await open('2026-06-11');
  assert.equal(await deducted(first), 600);
  assert.equal((await change(person, first, { end: '2026-06-11T08:10:59-06:00' }))._status_code, 200);
  assert.equal(await deducted(first), 10);
  const second = await open('2026-06-12');
  const early = { end: '2026-06-12T08:10:00-06:00', deduction_minutes: 11 };
  assert.match(String((await change(person, second, early))._status_extra), /may not be longer/);
  await company.setting('general', 'clockout_override', '1', { userId: person.userId });
  await company.setting('general', 'clockout_override_hours', '8', { userId: person.userId });
  await world.runJobs(world.clock.now() + 60);
  assert.equal((await read(second)).on_the_clock, false);
  assert.equal(await deducted(second), 480);
});

test('a break that divides a timesheet divides its deduction', async () => {
  const person = await company.person();
  const divide = async (day: string, minutes: number, from: string, to: string): Promise<Json[]> => {
    const [id = 0] = await record(company, [
      { who: person, jobcode: work, day, at: '08:00', hours: 4, offset: '-06:00' },
    ]);
    await change(admin, id, { deduction_minutes: minutes });
    const item = { user_id: person.userId, jobcode_id: rest, type: 'regular' };
    const pause = { ...item, start: `${day}T${from}:00-06:00`, end: `${day}T${to}:00-06:00` };
    const answer = row((await admin.post('/timesheets', [pause])) as never);
    if (answer._status_extra !== undefined) return [answer];
    const list = await admin.get('/timesheets', {
      user_ids: person.userId,
      start_date: day,
      end_date: day,
      punches: 'yes',
    });
    const sheets = Object.values(list.body.results?.timesheets ?? {}) as Json[];
    return sheets.sort((a, b) => String(a.start).localeCompare(String(b.start)));
  };
  const shares = async (...of: Parameters<typeof divide>): Promise<unknown[]> =>
    (await divide(...of)).map(({ deduction_minutes }) => deduction_minutes);
  assert.deepEqual(await shares('2026-06-15', 30, '10:00', '10:30'), [30, '', 0]);
  assert.deepEqual(await shares('2026-06-16', 30, '08:10', '10:30'), [10, '', 20]);
  assert.deepEqual(await shares('2026-06-17', 0, '08:10', '10:30'), [0, '', 0]);
  assert.deepEqual(await shares('2026-06-18', 30, '08:00', '11:00'), ['', 30]);
  const [refused] = await divide('2026-06-19', 200, '09:00', '10:00');
  assert.match(String(refused?._status_extra), /too little of timesheet/);
});

test('a deduction is the time of its day: permissions, locks and approval hold for it, and it is kept when deleted', async () => {
  const group = await company.group();
  const manager = await company.person();
  const db = world.services.database.forCompany(company.id);
  const person = await company.person({ groupId: group });
  const own = await company.person({ permissions: ['manage_my_timesheets'] });
  const sheetOf = async (who: Person, day: string): Promise<number> =>
    (await record(company, [{ who, jobcode: work, day, at: '08:00', hours: 8 }]))[0] ?? 0;
  const refusal = async (who: Person, id: number, deduction_minutes: number): Promise<string> =>
    String((await change(who, id, { deduction_minutes }))._status_extra ?? '');
  const mine = await sheetOf(person, '2026-06-22');
  assert.match(await refusal(person, mine, 30), /permission to change what is taken off your own time/);
  assert.match(await refusal(manager, mine, 30), /does not exist/);
  assert.equal(await refusal(own, await sheetOf(own, '2026-06-22'), 30), '');
  // Somebody who only punches may not say so while he does, either.
  world.clock.set(Date.UTC(2026, 5, 29, 12) / 1000);
  const punch = { user_id: person.userId, jobcode_id: work, type: 'regular', start: '2026-06-29T12:00:00Z', end: '' };
  const free = row((await person.post('/timesheets', [{ ...punch, deduction_minutes: 0 }])) as never);
  assert.match(String(free._status_extra), /taken off your own time/);
  const opened = Number(row((await person.post('/timesheets', [punch])) as never).id);
  assert.match(await refusal(person, opened, 0), /taken off your own time/);
  // He clocks out, whatever was set for him.
  assert.equal(await refusal(admin, opened, 60), '');
  assert.equal((await change(person, opened, { end: '2026-06-29T12:00:00Z' }))._status_code, 200);
  assert.equal(await deducted(opened), 0);
  const approved = await sheetOf(own, '2026-06-23');
  await db.rows(sql`UPDATE users SET approved_to = '2026-06-23' WHERE id = ${own.userId}`);
  world.services.cache.forget(company.id);
  assert.match(await refusal(own, approved, 30), /approved/);
  assert.equal(await refusal(admin, approved, 30), '');
  assert.equal(await refusal(admin, mine, 25), '');
  const lock = (locked: number) => db.rows(sql`UPDATE timesheets SET locked = ${locked} WHERE id = ${mine}`);
  await lock(1);
  assert.match(await refusal(admin, mine, 30), /exported/);
  await lock(0);
  await admin.delete('/timesheets', [mine]);
  const [kept] = await db.rows(sql`SELECT deduction_minutes FROM timesheets_deleted WHERE id = ${mine}`);
  assert.deepEqual(kept, ['25']);
});
