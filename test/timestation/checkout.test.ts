import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { idOf } from '../../src/dialects/timestation/ids.ts';
import { sql } from '../../src/store/sql.ts';
import type { Json } from '../support/api.ts';
import { legacyOf } from '../support/legacy.ts';
import { timestationOf } from '../support/timestation.ts';
import { openWorld, type Person } from '../support/world.ts';
import { assertRefused, makeShift, shiftOf } from './shifts-support.ts';

const now = Date.UTC(2023, 6, 12, 22) / 1000;
const world = await openWorld({ shared: true, now });
after(() => world.close());
const company = await world.company({ timeZone: 'America/Chicago' });
const api = await timestationOf(world, company);
const department = idOf('dpt', await company.jobcode());
const pause = await company.jobcode({ type: 'unpaid_break' });
const db = world.services.database.forCompany(company.id);

const employeeId = ({ userId }: Pick<Person, 'userId'>): string => idOf('emp', userId);
const checkOut = (person: Person, form: Readonly<Record<string, string>> = {}) =>
  api.put(`/employees/${employeeId(person)}/check-out`, form);

async function checkIn(person: Person, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const time_in = '2023-07-12T09:00-05:00';
  return makeShift(api, { employee_id: employeeId(person), department_id: department, time_in, ...more });
}

async function shift(id: string): Promise<Json> {
  return shiftOf(await api.get(`/shifts/${id}`));
}

async function deductionOf(person: Person): Promise<unknown> {
  const [row] = await db.rows(sql`SELECT deduction_minutes FROM timesheets WHERE user_id = ${person.userId}`);
  return row?.[0];
}

/** Both ways to end a shift, with the answer that each gives. */
const ways: readonly [string, (person: Person, id: string) => string, (person: Person, id: string) => object][] = [
  [
    'check-out',
    (person) => `/employees/${employeeId(person)}/check-out`,
    (person) => ({ employee: { employee_id: employeeId(person) } }),
  ],
  ['close', (_, id) => `/shifts/${id}/close`, (_, id) => ({ shift: { shift_id: id } })],
];

test('a check-out and a close end the open shift now, or when they say', async () => {
  const cases: [Record<string, string>, string, string][] = [
    [{}, '2023-07-12T17:00:00-05:00', '480'],
    [{ time_out: '' }, '2023-07-12T17:00:00-05:00', '480'],
    [{ time_out: '2023-07-12T16:00-05:00' }, '2023-07-12T16:00:00-05:00', '420'],
    [{ time_out: '2023-07-12T21:00:30Z' }, '2023-07-12T16:00:30-05:00', '421'],
    [{ time_out: '2023-07-12T16:00-05:00', time_deduction_minutes: '30' }, '2023-07-12T16:00:00-05:00', '390'],
    [{ time_deduction_minutes: '0' }, '2023-07-12T17:00:00-05:00', '480'],
  ];
  for (const [form, time, total] of cases) {
    for (const [way, path, answer] of ways) {
      const person = await company.person();
      const id = await checkIn(person);
      const { status, body } = await api.put(path(person, id), form);
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual(body, answer(person, id), way);
      const { out, total_minutes } = await shift(id);
      assert.deepEqual([out, total_minutes], [{ time }, total], `${way} ${JSON.stringify(form)}`);
    }
  }
});

test('the reference’s sample commands, which say POST for want of -X PUT, do the same', async () => {
  for (const [way, path, answer] of ways) {
    const person = await company.person();
    const id = await checkIn(person);
    const { status, body } = await api.post(path(person, id), { time_out: '2023-07-12T16:00-05:00' });
    assert.deepEqual([status, body], [200, answer(person, id)], way);
    assert.deepEqual((await shift(id)).out, { time: '2023-07-12T16:00:00-05:00' }, way);
  }
});

test('what is not given stays: notes, and the deduction that the shift had', async () => {
  for (const [, path] of ways) {
    const [kept, changed] = [await company.person(), await company.person()];
    const form = { notes: 'In', time_deduction_minutes: '15' };
    const [first, second] = [await checkIn(kept, form), await checkIn(changed, form)];
    await api.put(path(kept, first));
    await api.put(path(changed, second), { notes: 'Out', time_deduction_minutes: '20' });
    assert.deepEqual([(await shift(first)).notes, (await shift(first)).total_minutes], ['In', '465']);
    assert.deepEqual([(await shift(second)).notes, (await shift(second)).total_minutes], ['Out', '460']);
    assert.equal(await deductionOf(kept), '15');
  }
});

test('nobody is checked out who is not in, and nothing changes where it is refused', async () => {
  const stranger = await (await world.company()).person();
  const outside = await company.person();
  assertRefused(await checkOut(outside), 402, /^The employee is not clocked in$/, 'not in');
  assertRefused(await checkOut(stranger), 404, /^The employee does not exist$/, 'another company');
  assertRefused(await api.put('/employees/me/check-out'), 404, /^The employee does not exist$/, 'no id');
  assertRefused(await api.put(`/shifts/${idOf('shft', 999_999)}/close`), 404, /^The shift does not exist$/, 'no shift');
  const person = await company.person();
  const id = await checkIn(person);
  const before = await shift(id);
  const cases: [Record<string, string>, number, RegExp][] = [
    [{ time_out: 'now' }, 400, /^time_out must be a date and time/],
    [{ time_out: '2023-07-12T17:00' }, 400, /^time_out must be a date and time/],
    [{ time_out: '2023-07-12T08:59-05:00' }, 400, /end may not be before the start/],
    [{ time_out: '2023-07-19T09:01-05:00' }, 400, /7 days/],
    [{ time_deduction_minutes: '-5' }, 400, /^time_deduction_minutes must not be less/],
    [{ time_deduction_minutes: '0.5' }, 400, /^time_deduction_minutes must be a whole number/],
    [{ time_deduction_minutes: '481' }, 400, /deduction may not be longer/],
  ];
  for (const [form, status, says] of cases) {
    for (const [way, path] of ways) {
      assertRefused(await api.put(path(person, id), form), status, says, `${way} ${JSON.stringify(form)}`);
    }
  }
  assert.deepEqual(await shift(id), before);
  await checkOut(person);
  assertRefused(await checkOut(person), 402, /^The employee is not clocked in$/, 'twice');
  assertRefused(await api.put(`/shifts/${id}/close`), 402, /^The shift is closed already$/, 'twice');
  assertRefused(
    await api.post('/shifts', {
      employee_id: employeeId(person),
      department_id: department,
      time_in: '2023-07-12T16:00-05:00',
    }),
    402,
    new RegExp(`^Overlaps shift ${id} `),
    'taken time',
  );
  const again = await checkIn(person, { time_in: '2023-07-12T17:00-05:00' });
  const second = { employee_id: employeeId(person), department_id: department, time_in: '2023-07-12T17:00-05:00' };
  assertRefused(await api.post('/shifts', second), 402, new RegExp(`shift ${again} is open since`), 'in already');
});

test('of two that end a shift at the same moment one does', async () => {
  for (const [way, path] of ways) {
    const person = await company.person();
    const id = await checkIn(person);
    const times = ['2023-07-12T16:00-05:00', '2023-07-12T16:30-05:00', '2023-07-12T16:45-05:00'];
    const answers = await Promise.all(times.map((time_out) => api.put(path(person, id), { time_out })));
    const statuses = answers.map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [200, 402, 402], way);
    const { out } = await shift(id);
    assert.equal(Date.parse(String(out?.time)), Date.parse(times[statuses.indexOf(200)] ?? ''), way);
  }
});

test('who is on a break is checked out of it', async () => {
  const person = await company.person();
  await company.admin.post('/timesheets', [
    { user_id: person.userId, jobcode_id: pause, type: 'regular', start: '2023-07-12T12:00:00-05:00', end: '' },
  ]);
  assert.equal((await checkOut(person)).status, 200);
  const [row] = await db.rows(sql`SELECT duration FROM timesheets WHERE user_id = ${person.userId}`);
  assert.deepEqual(row, ['18000']);
});

test('who punches through the legacy door is seen here, with the places that it reported', async () => {
  const person = await company.person({ permissions: ['manage_my_timesheets'] });
  const phone = await legacyOf(world, company, person);
  const jobcode = await company.jobcode();
  await phone.ok('clock_in', { job_code_id: jobcode, seconds: 7200 });
  await phone.ok('gps_log', { latitude: 40.723017, longitude: -73.999116, activity: 'ci', seconds: 7190 });
  await phone.ok('clock_out');
  await phone.ok('gps_log', { latitude: 40.5, longitude: -73.5, activity: 'co' });
  const { body } = await api.get('/shifts', { employee_id: employeeId(person) });
  const [seen] = body.shifts as unknown as Json[];
  assert.deepEqual(
    [seen?.in, seen?.out, seen?.total_minutes],
    [
      {
        time: '2023-07-12T15:00:00-05:00',
        location: { coordinates: { latitude: '40.723017', longitude: '-73.999116' } },
      },
      {
        time: '2023-07-12T17:00:00-05:00',
        location: { coordinates: { latitude: '40.500000', longitude: '-73.500000' } },
      },
      '120',
    ],
  );
});

test('a shift that is checked out over night ends in the offset of its own night', async () => {
  const person = await company.person();
  world.clock.set(Date.UTC(2023, 10, 5, 9) / 1000);
  const id = await checkIn(person, { time_in: '2023-11-04T23:00-05:00' });
  await checkOut(person);
  world.clock.set(now);
  const { in: came, out, total_minutes } = await shift(id);
  // The clocks went back at two: the employee was in another offset by then.
  assert.deepEqual(
    [came?.time, out?.time, total_minutes],
    ['2023-11-04T23:00:00-05:00', '2023-11-05T03:00:00-06:00', '300'],
  );
});

test('people check themselves out, and say nothing about deductions unless they manage their time', async () => {
  const person = await company.person();
  const own = await timestationOf(world, company, person);
  const id = await checkIn(person, { time_in: '2023-07-12T16:55-05:00', time_deduction_minutes: '600' });
  const path = `/employees/${employeeId(person)}/check-out`;
  assertRefused(await own.put(path, { time_deduction_minutes: '0' }), 403, /taken off your own time/, 'no deduction');
  assert.equal((await own.put(path)).status, 200);
  assert.equal((await shift(id)).total_minutes, '0');
  assert.equal(await deductionOf(person), '5');
});
