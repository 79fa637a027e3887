import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { idOf } from '../../src/dialects/timestation/ids.ts';
import { sql } from '../../src/store/sql.ts';
import { statementCounter } from '../conformance/counting.ts';
import type { Json } from '../support/api.ts';
import { timestationOf } from '../support/timestation.ts';
import { openWorld, type Person } from '../support/world.ts';
import { assertRefused, makeShift, shiftOf } from './shifts-support.ts';

const counter = statementCounter();
const now = Date.UTC(2023, 6, 16, 12) / 1000;
const world = await openWorld({ shared: true, now, decorate: counter.decorate });
after(() => world.close());
const company = await world.company({ timeZone: 'America/Chicago' });
const api = await timestationOf(world, company);
const sales = await company.jobcode({ name: 'Sales' });
const lunch = await company.jobcode({ name: 'Pause', type: 'unpaid_break' });
const vacation = await company.jobcode({ name: 'Leave', type: 'pto' });
const department = idOf('dpt', sales);
const db = world.services.database.forCompany(company.id);

const employeeId = ({ userId }: Pick<Person, 'userId'>): string => idOf('emp', userId);

async function shiftsOf(person: Person, query: Readonly<Record<string, string>> = {}): Promise<Json[]> {
  const answer = await api.get('/shifts', { employee_id: employeeId(person), ...query });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.body), ['shifts']);
  return answer.body.shifts as unknown as Json[];
}

async function shift(id: string): Promise<Json> {
  return shiftOf(await api.get(`/shifts/${id}`));
}

/** What the ledger holds of a person, to show that a refusal changed nothing. */
async function ledger(person: Person): Promise<unknown> {
  return db.rows(sql`SELECT t.*::text FROM timesheets t WHERE user_id = ${person.userId} ORDER BY id`);
}

const position = (person: Person, created: string, more: object = {}): object => ({
  user_id: person.userId,
  accuracy: 10,
  altitude: 0,
  latitude: 40.723017,
  longitude: -73.999116,
  device_identifier: 'TimeStation-05',
  created,
  ...more,
});
const place = {
  device: 'TimeStation-05',
  location: { coordinates: { latitude: '40.723017', longitude: '-73.999116' } },
};

test('the samples of the reference come out, key by key, newest first', async () => {
  const angela = await company.person();
  const form = { employee_id: employeeId(angela), department_id: department };
  const times = [
    ['2023-07-06T08:05:15-05:00', '2023-07-06T14:29:03-05:00'],
    ['2023-07-10T19:15-05:00', '2023-07-10T22:30-05:00'],
    ['2023-07-12T09:00-05:00', '2023-07-12T17:00-05:00'],
  ];
  const ids: string[] = [];
  for (const [time_in = '', time_out = ''] of times) ids.push(await makeShift(api, { ...form, time_in, time_out }));
  const [third = '', second = '', first = ''] = ids;
  const notes = 'User forgot to check-in';
  const [, , last = []] = times;
  const put = { department_id: department, time_in: last[0] ?? '', time_out: last[1] ?? '', notes };
  assert.deepEqual(shiftOf(await api.put(`/shifts/${first}`, put)), { shift_id: first });
  await company.admin.post(
    '/geolocations',
    ['2023-07-12T09:00:00', '2023-07-12T17:00:00', '2023-07-06T08:05:15', '2023-07-06T14:29:03'].map((time) =>
      position(angela, `${time}-05:00`),
    ),
  );
  const common = { employee_id: employeeId(angela), department_id: department };
  const expected = [
    {
      shift_id: first,
      ...common,
      total_minutes: '480',
      notes,
      in: { time: '2023-07-12T09:00:00-05:00', ...place },
      out: { time: '2023-07-12T17:00:00-05:00', ...place },
    },
    {
      shift_id: second,
      ...common,
      total_minutes: '195',
      in: { time: '2023-07-10T19:15:00-05:00' },
      out: { time: '2023-07-10T22:30:00-05:00' },
    },
    {
      shift_id: third,
      ...common,
      total_minutes: '384',
      in: { time: '2023-07-06T08:05:15-05:00', ...place },
      out: { time: '2023-07-06T14:29:03-05:00', ...place },
    },
  ];
  const listed = await api.get('/shifts', { employee_id: employeeId(angela) });
  assert.equal(listed.text, JSON.stringify({ shifts: expected }));
  for (const one of expected) {
    assert.equal((await api.get(`/shifts/${one.shift_id}`)).text, JSON.stringify({ shift: one }));
  }
  const days: [object, string[]][] = [
    [{ start_date: '2023-07-07' }, [first, second]],
    [{ end_date: '2023-07-10' }, [second, third]],
    [{ start_date: '2023-07-10', end_date: '2023-07-10' }, [second]],
    [{ start_date: '', end_date: '' }, [first, second, third]],
    [{ start_date: '2023-07-13' }, []],
  ];
  for (const [query, found] of days) {
    const shifts = await shiftsOf(angela, query as Record<string, string>);
    assert.deepEqual(
      shifts.map(({ shift_id }) => shift_id),
      found,
      JSON.stringify(query),
    );
  }
});

test('times come in every form that clients send, and are shown in the offset that the employee had', async () => {
  const forms: [string, string][] = [
    ['2023-03-01T09:00-05:00', '2023-03-01T08:00:00-06:00'],
    ['2023-03-02T15:00:00Z', '2023-03-02T09:00:00-06:00'],
    ['2023-03-03 15:00:30 05:45', '2023-03-03T03:15:30-06:00'],
    ['2023-03-04T15:00:30-0600', '2023-03-04T15:00:30-06:00'],
    ['2023-07-01T15:00:30.500-05:00', '2023-07-01T15:00:30-05:00'],
  ];
  const person = await company.person();
  for (const [time_in, shown] of forms) {
    const id = await makeShift(api, {
      employee_id: employeeId(person),
      department_id: department,
      time_in,
      time_out: time_in,
    });
    const { in: came, total_minutes } = await shift(id);
    assert.deepEqual([came, total_minutes], [{ time: shown }, '0'], time_in);
  }
  // An unescaped plus of a form arrives as a blank.
  const body = `employee_id=${employeeId(person)}&department_id=${department}&time_in=2023-03-05T15:00+01:00&time_out=2023-03-05T16:00+01:00`;
  const made = shiftOf(
    await api.send('POST', '/shifts', body, { 'content-type': 'application/x-www-form-urlencoded' }),
  );
  assert.deepEqual((await shift(String(made.shift_id))).in, { time: '2023-03-05T08:00:00-06:00' });
  const night = { time_in: '2023-03-12T01:00-06:00', time_out: '2023-03-12T04:00-05:00' };
  const id = await makeShift(api, { employee_id: employeeId(person), department_id: department, ...night });
  const { in: came, out, total_minutes } = await shift(id);
  assert.deepEqual(
    [came?.time, out?.time, total_minutes],
    ['2023-03-12T01:00:00-06:00', '2023-03-12T04:00:00-05:00', '120'],
  );
});

test('an update replaces all of a shift, and only an open one stays without an end', async () => {
  const person = await company.person();
  const form = { department_id: department, time_in: '2023-07-13T09:00-05:00' };
  const more = { notes: 'Überstunden\n"nötig"', time_deduction_minutes: '30' };
  const id = await makeShift(api, { employee_id: employeeId(person), ...form, ...more });
  const open = { shift_id: id, employee_id: employeeId(person), department_id: department };
  assert.deepEqual(await shift(id), { ...open, notes: more.notes, in: { time: '2023-07-13T09:00:00-05:00' } });
  const other = await company.jobcode();
  const earlier = { department_id: idOf('dpt', other), time_in: '2023-07-13T08:00-05:00' };
  await api.put(`/shifts/${id}`, earlier);
  assert.deepEqual(await shift(id), {
    ...open,
    department_id: earlier.department_id,
    in: { time: '2023-07-13T08:00:00-05:00' },
  });
  const [kept] = await db.rows(sql`SELECT deduction_minutes, notes FROM timesheets WHERE user_id = ${person.userId}`);
  assert.deepEqual(kept, [null, '']);
  await api.put(`/shifts/${id}`, { ...form, time_out: '2023-07-13T17:00-05:00', time_deduction_minutes: '45' });
  const closed = await shift(id);
  assert.deepEqual([closed.total_minutes, closed.out], ['435', { time: '2023-07-13T17:00:00-05:00' }]);
  const before = await ledger(person);
  assertRefused(await api.put(`/shifts/${id}`, form), 400, /^time_out is required/, 'no end');
  assert.deepEqual(await ledger(person), before);
  await api.put(`/shifts/${id}`, { ...form, time_out: '2023-07-13T17:00-05:00' });
  assert.equal((await shift(id)).total_minutes, '480');
  assert.deepEqual(shiftOf(await api.delete(`/shifts/${id}`)), { shift_id: id });
  assertRefused(await api.get(`/shifts/${id}`), 404, /^The shift does not exist$/, 'deleted');
  assertRefused(await api.delete(`/shifts/${id}`), 404, /^The shift does not exist$/, 'deleted');
});

test('total_minutes goes by the rounding of the account, by deductions, and by automatic breaks without one', async () => {
  const person = await company.person();
  const set = (section: string, key: string, value: unknown) =>
    company.setting(section, key, value, { userId: person.userId });
  for (const [key, value] of [
    ['lunch_deduct', '1'],
    ['lunch_threshold', '6'],
    ['lunch_length', '0.5'],
  ] as const) {
    await set('general', key, value);
  }
  const employee_id = employeeId(person);
  const day = {
    employee_id,
    department_id: department,
    time_in: '2023-07-03T09:00-05:00',
    time_out: '2023-07-03T17:00-05:00',
  };
  const long = await makeShift(api, day);
  assert.equal((await shift(long)).total_minutes, '450');
  const short = {
    employee_id,
    department_id: department,
    time_in: '2023-07-05T09:00-05:00',
    time_out: '2023-07-05T13:00-05:00',
  };
  assert.equal((await shift(await makeShift(api, short))).total_minutes, '240');
  for (const [minutes, total] of [
    ['0', '480'],
    ['60', '420'],
    ['480', '0'],
  ] as const) {
    await api.put(`/shifts/${long}`, { ...day, time_deduction_minutes: minutes });
    assert.equal((await shift(long)).total_minutes, total);
  }
  // Of the second shift of a day the automatic break takes what is past the threshold of the day.
  const evening = {
    employee_id,
    department_id: department,
    time_in: '2023-07-05T14:00-05:00',
    time_out: '2023-07-05T18:00-05:00',
  };
  await makeShift(api, evening);
  assert.deepEqual(
    (await shiftsOf(person)).map(({ total_minutes }) => total_minutes),
    ['210', '240', '0'],
  );
  // Check-ins and check-outs are shown as they were, and counted as they are rounded.
  await set('rounding', 'installed', 1);
  await set('rounding', 'minutes', 15);
  world.clock.set(Date.UTC(2023, 6, 14, 14, 8) / 1000);
  const id = await makeShift(api, { employee_id, department_id: department, time_in: '2023-07-14T08:53:10-05:00' });
  assert.deepEqual(await shift(id), {
    shift_id: id,
    employee_id,
    department_id: department,
    in: { time: '2023-07-14T08:53:10-05:00' },
  });
  await api.put(`/shifts/${id}/close`, { time_out: '2023-07-14T10:07:00-05:00' });
  const { total_minutes, in: came, out } = await shift(id);
  assert.deepEqual(
    [total_minutes, came?.time, out?.time],
    ['60', '2023-07-14T08:53:10-05:00', '2023-07-14T10:07:00-05:00'],
  );
  // Whoever sends back what is shown changes nothing.
  const shown = { time_in: String(came?.time), time_out: String(out?.time) };
  await api.put(`/shifts/${id}`, { department_id: department, ...shown });
  assert.equal((await shift(id)).total_minutes, '60');
  world.clock.set(now);
  const packed = await company.person();
  await company.setting('overtime', 'rules', JSON.stringify({ rounding: { minutes: 30, in: 'up', out: 'down' } }), {
    userId: packed.userId,
  });
  const odd = {
    department_id: department,
    time_in: '2023-07-14T08:53:10-05:00',
    time_out: '2023-07-14T10:07:00-05:00',
  };
  assert.equal((await shift(await makeShift(api, { employee_id: employeeId(packed), ...odd }))).total_minutes, '60');
});

test('positions that devices reported around a punch show where it was, over whichever door they came', async () => {
  const person = await company.person();
  const form = { employee_id: employeeId(person), department_id: department };
  const first = await makeShift(api, {
    ...form,
    time_in: '2023-07-11T08:00-05:00',
    time_out: '2023-07-11T12:00-05:00',
  });
  const second = await makeShift(api, {
    ...form,
    time_in: '2023-07-11T12:00-05:00',
    time_out: '2023-07-11T12:10-05:00',
  });
  const third = await makeShift(api, {
    ...form,
    time_in: '2023-07-11T12:12-05:00',
    time_out: '2023-07-11T16:00-05:00',
  });
  const at = (time: string, latitude: number, device_identifier = ''): object =>
    position(person, `2023-07-11T${time}-05:00`, { latitude, longitude: 7, device_identifier });
  await company.admin.post('/geolocations', [
    at('07:54:59', 1),
    at('07:58:00', 2, 'Gate'),
    at('08:03:00', 3),
    at('12:00:00', 4, 'Switch'),
    at('12:09:00', 5, 'Desk'),
    at('15:54:59', 6),
  ]);
  const seen = async (id: string): Promise<unknown[]> => {
    const { in: came, out } = await shift(id);
    return [came, out].map((punch) => {
      const { device, location } = punch as unknown as { device?: string; location?: { coordinates: Json } };
      return location === undefined ? undefined : [device, location.coordinates.latitude];
    });
  };
  assert.deepEqual(await seen(first), [
    ['Gate', '2.000000'],
    ['Switch', '4.000000'],
  ]);
  assert.deepEqual(await seen(second), [
    ['Switch', '4.000000'],
    ['Desk', '5.000000'],
  ]);
  assert.deepEqual(await seen(third), [undefined, undefined]);
  // A device without a name shows none, and no place is older than five minutes.
  await company.admin.post('/geolocations', [at('16:01:00', -89.1234567)]);
  assert.deepEqual(await seen(third), [undefined, [undefined, '-89.123457']]);
});

test('manual timesheets, breaks and time off are no shifts', async () => {
  const person = await company.person();
  const base = {
    user_id: person.userId,
    start: '2023-07-11T08:00:00-05:00',
    end: '2023-07-11T09:00:00-05:00',
    type: 'regular',
  };
  const { body } = await company.admin.post('/timesheets', [
    { user_id: person.userId, jobcode_id: sales, type: 'manual', date: '2023-07-10', duration: 3600 },
    { ...base, jobcode_id: lunch },
    { ...base, jobcode_id: vacation, start: '2023-07-12T08:00:00-05:00', end: '2023-07-12T09:00:00-05:00' },
    { ...base, jobcode_id: 0, start: '2023-07-13T08:00:00-05:00', end: '2023-07-13T09:00:00-05:00' },
  ]);
  const ids = Object.values(body.results?.timesheets ?? {}).map(({ id }) => idOf('shft', Number(id)));
  const nowhere = { shift_id: ids[3], employee_id: employeeId(person), total_minutes: '60' };
  assert.deepEqual(await shiftsOf(person), [
    { ...nowhere, in: { time: '2023-07-13T08:00:00-05:00' }, out: { time: '2023-07-13T09:00:00-05:00' } },
  ]);
  const before = await ledger(person);
  for (const id of ids.slice(0, 3)) {
    const put = { department_id: department, time_in: '2023-07-14T08:00-05:00', time_out: '2023-07-14T09:00-05:00' };
    for (const answer of [
      await api.get(`/shifts/${id}`),
      await api.put(`/shifts/${id}`, put),
      await api.put(`/shifts/${id}/close`),
      await api.delete(`/shifts/${id}`),
    ]) {
      assertRefused(answer, 404, /^The shift does not exist$/, String(id));
    }
  }
  assert.deepEqual(await ledger(person), before);
});

test('work below a department is its, and an update that leaves a shift there leaves it on what it was', async () => {
  const person = await company.person();
  const top = await company.jobcode();
  const below = await company.jobcode({ parentId: await company.jobcode({ parentId: top }) });
  const times = { start: '2023-07-11T08:00:00-05:00', end: '2023-07-11T09:00:00-05:00' };
  const item = { user_id: person.userId, jobcode_id: below, type: 'regular', ...times };
  await company.admin.post('/timesheets', [item]);
  const [listed] = await shiftsOf(person);
  assert.equal(listed?.department_id, idOf('dpt', top));
  const id = String(listed?.shift_id);
  const jobcodeOf = async (): Promise<unknown> =>
    (await db.rows(sql`SELECT jobcode_id FROM timesheets WHERE user_id = ${person.userId}`))[0]?.[0];
  const form = { time_in: times.start, time_out: '2023-07-11T10:00-05:00' };
  await db.rows(sql`UPDATE jobcodes SET active = false WHERE id = ANY(${[top, below]}::int[])`);
  world.services.cache.forget(company.id);
  shiftOf(await api.put(`/shifts/${id}`, { ...form, department_id: idOf('dpt', top) }));
  assert.deepEqual([(await shift(id)).total_minutes, await jobcodeOf()], ['120', String(below)]);
  shiftOf(await api.put(`/shifts/${id}`, { ...form, department_id: department }));
  assert.deepEqual([(await shift(id)).department_id, await jobcodeOf()], [department, String(sales)]);
  const gone = await api.put(`/shifts/${id}`, { ...form, department_id: idOf('dpt', top) });
  assertRefused(gone, 404, /^The department does not exist$/, 'archived');
});

test('a department that is not the employee’s becomes a secondary one of his, where the key may decide about that', async () => {
  const hired = (await api.post('/employees', { name: 'Ann Own', department_name: 'Own' })).body;
  const { employee_id: ann } = hired.employee as unknown as { employee_id: string };
  const other = idOf('dpt', await company.jobcode({ name: 'Other', assignedToAll: false }));
  const third = idOf('dpt', await company.jobcode({ name: 'Third', assignedToAll: false }));
  const total = async (id: string): Promise<unknown> =>
    ((await api.get(`/departments/${id}`)).body.department as unknown as Json).employees_total;
  const clerk = await timestationOf(world, company, await company.person({ permissions: ['manage_timesheets'] }));
  const form = { employee_id: ann, department_id: other };
  const good = { ...form, time_in: '2023-07-14T08:00-05:00', time_out: '2023-07-14T12:00-05:00' };
  const denied = /^The employee can not use this department$/;
  assertRefused(await clerk.post('/shifts', good), 402, denied, 'without the right to assign');
  assert.equal(await total(other), '0');

  const id = await makeShift(api, good);
  assert.equal((await shift(id)).department_id, other);
  assert.equal(await total(other), '1');
  const { employee } = (await api.get(`/employees/${ann}`)).body as unknown as { employee: Json };
  assert.deepEqual([employee.primary_department, employee.current_department_id], ['Own', other]);
  // From then on others may record time there, too.
  const later = { ...form, time_in: '2023-07-14T13:00-05:00', time_out: '2023-07-14T14:00-05:00' };
  await makeShift(clerk, later);

  // What stood for the primary department of somebody who never got one is it from now on.
  const bob = employeeId(await company.person());
  const primary = async (): Promise<unknown> =>
    ((await api.get(`/employees/${bob}`)).body.employee as unknown as Json).primary_department;
  const first = await primary();
  await makeShift(api, { ...good, employee_id: bob });
  assert.deepEqual([await primary(), first], ['Sales', 'Sales']);

  // All or nothing: a shift that overlaps assigns nothing, nor does one that is moved into what can not be.
  const overlapping = { ...good, department_id: third };
  assertRefused(await api.post('/shifts', overlapping), 402, /^Overlaps shift/, 'overlap');
  const moved = { department_id: third, time_in: good.time_in, time_out: '2023-07-14T13:30-05:00' };
  assertRefused(await api.put(`/shifts/${id}`, moved), 402, /^Overlaps shift/, 'overlap when moved');
  assert.equal(await total(third), '0');
  const fits = { ...moved, time_out: good.time_out };
  assertRefused(await clerk.put(`/shifts/${id}`, fits), 402, denied, 'moved without the right to assign');
  shiftOf(await api.put(`/shifts/${id}`, fits));
  assert.equal((await shift(id)).department_id, third);
  assert.equal(await total(third), '1');
});

test('what can not be is refused in this shape, and nothing is written', async () => {
  const person = await company.person();
  const left = await company.person();
  const stranger = await (await world.company()).person();
  const form = { employee_id: employeeId(person), department_id: department };
  const good = { ...form, time_in: '2023-07-14T08:00-05:00', time_out: '2023-07-14T12:00-05:00' };
  const taken = await makeShift(api, good);
  const free = { ...form, time_in: '2023-07-14T13:00-05:00', time_out: '2023-07-14T14:00-05:00' };
  await db.rows(sql`UPDATE users SET active = false WHERE id = ${left.userId}`);
  world.services.cache.forget(company.id);
  const cases: [string, Record<string, string>, number, RegExp][] = [
    ['no employee', { employee_id: '' }, 400, /^employee_id is required$/],
    ['no department', { department_id: '' }, 400, /^department_id is required$/],
    ['no start', { time_in: '' }, 400, /^time_in is required$/],
    ['an id of another kind', { employee_id: department }, 404, /^The employee does not exist$/],
    ['a number', { employee_id: String(person.userId) }, 404, /^The employee does not exist$/],
    ['another company', { employee_id: employeeId(stranger) }, 404, /^The employee does not exist$/],
    ['somebody who left', { employee_id: employeeId(left) }, 404, /^The employee does not exist$/],
    ['no such department', { department_id: idOf('dpt', 999_999) }, 404, /^The department does not exist$/],
    ['a break', { department_id: idOf('dpt', lunch) }, 404, /^The department does not exist$/],
    ['no time', { time_in: 'yesterday' }, 400, /^time_in must be a date and time with a UTC offset/],
    ['no offset', { time_in: '2023-07-14T13:00' }, 400, /^time_in must be/],
    ['a day that is none', { time_out: '2023-02-30T13:00Z' }, 400, /^time_out must be/],
    ['the end first', { time_out: '2023-07-14T12:59-05:00' }, 400, /end may not be before the start/],
    ['more than 7 days', { time_in: '2023-07-01T08:00-05:00', time_out: '2023-07-08T08:01-05:00' }, 400, /7 days/],
    ['the future', { time_in: '2023-07-18T08:00-05:00', time_out: '2023-07-18T09:00-05:00' }, 400, /24 hours ahead/],
    ['an overlap', { time_in: '2023-07-14T11:59-05:00' }, 402, new RegExp(`^Overlaps shift ${taken} `)],
    ['a negative deduction', { time_deduction_minutes: '-1' }, 400, /^time_deduction_minutes must not be less/],
    ['half a minute', { time_deduction_minutes: '1.5' }, 400, /^time_deduction_minutes must be a whole number/],
    ['no number', { time_deduction_minutes: '1e1' }, 400, /^time_deduction_minutes must be a whole number/],
    ['too much', { time_deduction_minutes: '61' }, 400, /deduction may not be longer/],
    ['long notes', { notes: 'n'.repeat(10_001) }, 400, /^notes must not be longer/],
  ];
  const before = await ledger(person);
  const mine = await makeShift(api, free);
  for (const [what, values, status, says] of cases) {
    const { employee_id } = values;
    if (employee_id === undefined)
      assertRefused(await api.put(`/shifts/${mine}`, { ...free, ...values }), status, says, what);
  }
  await api.delete(`/shifts/${mine}`);
  for (const [what, values, status, says] of cases) {
    assertRefused(await api.post('/shifts', { ...free, ...values }), status, says, what);
  }
  assert.deepEqual(await ledger(person), before);
  const lists: [string, Record<string, string>, number, RegExp][] = [
    ['no employee', {}, 400, /^employee_id is required$/],
    ['no such employee', { employee_id: 'emp_0000000000' }, 404, /^The employee does not exist$/],
    ['another company', { employee_id: employeeId(stranger) }, 404, /^The employee does not exist$/],
    ['a bad day', { employee_id: form.employee_id, start_date: '2023-13-01' }, 400, /^start_date must be a date/],
    ['a bad end', { employee_id: form.employee_id, end_date: '01/02/2023' }, 400, /^end_date must be a date/],
    [
      'reversed',
      { employee_id: form.employee_id, start_date: '2023-07-02', end_date: '2023-07-01' },
      400,
      /^end_date must not lie before/,
    ],
  ];
  for (const [what, query, status, says] of lists) assertRefused(await api.get('/shifts', query), status, says, what);
  assert.deepEqual(await shiftsOf(left), []);
});

test('locked, approved and closed days stay as they are', async () => {
  const person = await company.person();
  const form = { department_id: department, time_in: '2023-06-14T08:00-05:00', time_out: '2023-06-14T12:00-05:00' };
  const id = await makeShift(api, { employee_id: employeeId(person), ...form });
  const clerk = await timestationOf(world, company, await company.person({ permissions: ['manage_timesheets'] }));
  await db.rows(sql`UPDATE users SET approved_to = '2023-06-14' WHERE id = ${person.userId}`);
  world.services.cache.forget(company.id);
  const refusals = async (by: typeof api, says: RegExp): Promise<void> => {
    const before = await ledger(person);
    assertRefused(await by.put(`/shifts/${id}`, { ...form, time_deduction_minutes: '5' }), 402, says, 'put');
    assertRefused(await by.delete(`/shifts/${id}`), 402, says, 'delete');
    const more = {
      employee_id: employeeId(person),
      ...form,
      time_in: '2023-06-14T06:00Z',
      time_out: '2023-06-14T07:00Z',
    };
    if (!/exported/.test(says.source)) assertRefused(await by.post('/shifts', more), 402, says, 'post');
    assert.deepEqual(await ledger(person), before);
  };
  await refusals(clerk, /approved/);
  await db.rows(sql`UPDATE timesheets SET locked = 1 WHERE user_id = ${person.userId}`);
  await refusals(api, /exported/);
});

test('the key is its user: what he may not see is not there, what he may not do is refused, the history names the door', async () => {
  const group = await company.group();
  const person = await company.person({ groupId: group });
  const other = await company.person({ permissions: ['manage_my_timesheets'] });
  const own = await timestationOf(world, company, other);
  const form = { department_id: department, time_in: '2023-07-14T08:00-05:00', time_out: '2023-07-14T12:00-05:00' };
  const id = await makeShift(api, { employee_id: employeeId(person), ...form });
  assertRefused(await own.get(`/shifts/${id}`), 404, /^The shift does not exist$/, 'of another');
  assertRefused(await own.put(`/shifts/${id}`, form), 404, /^The shift does not exist$/, 'of another');
  assertRefused(await own.delete(`/shifts/${id}`), 404, /^The shift does not exist$/, 'of another');
  const hidden = await own.get('/shifts', { employee_id: employeeId(person) });
  assert.ok(hidden.status === 404 || hidden.text === '{"shifts":[]}', hidden.text);
  const denied = await own.post('/shifts', { employee_id: employeeId(person), ...form });
  assert.ok([403, 404].includes(denied.status), denied.text);
  const mine = await makeShift(own, { employee_id: employeeId(other), ...form });
  assert.equal(shiftOf(await own.get(`/shifts/${mine}`)).total_minutes, '240');
  const puncher = await company.person();
  const punching = await timestationOf(world, company, puncher);
  assert.equal((await punching.post('/shifts', { employee_id: employeeId(puncher), ...form })).status, 403);
  const doors = await db.rows(sql`
    SELECT DISTINCT h.via, h.actor_user_id FROM history h
    WHERE h.resource = 'timesheets' AND (h.after ->> 'user_id')::int = ${other.userId}`);
  assert.deepEqual(doors, [['timestation', String(other.userId)]]);
});

test('two thousand shifts cost as many statements as one, and no more than the last two thousand are shown', async () => {
  const person = await company.person();
  const fill = (count: number, first: number) =>
    db.rows(sql`
    INSERT INTO timesheets (company_id, user_id, jobcode_id, type, start_at, end_at, start_offset, end_offset, date, duration,
      tz_str, created_by_user_id)
    SELECT ${company.id}, ${person.userId}, ${sales}, 'regular', d, d + interval '1 hour', -300, -300, d::date, 3600,
      'America/Chicago', ${person.userId}
    FROM (SELECT timestamptz '2023-07-15 12:00:00+00' - i * interval '2 hours' AS d
      FROM generate_series(${first}::int, ${first + count - 1}::int) i) s`);
  await fill(1, 0);
  const measured = async (): Promise<{ shifts: Json[]; count: number }> => {
    await shiftsOf(person);
    counter.take();
    const shifts = await shiftsOf(person);
    const count = counter.take();
    return { shifts, count };
  };
  const one = await measured();
  await fill(2_000, 1);
  const many = await measured();
  assert.deepEqual([one.shifts.length, many.shifts.length], [1, 2_000]);
  assert.equal(many.count, one.count);
  const times = many.shifts.map(({ in: came }) => String(came?.time));
  assert.deepEqual(times, times.toSorted().reverse());
  assert.equal(times[0], '2023-07-15T07:00:00-05:00');
});
