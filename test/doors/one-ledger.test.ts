import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { clientsOf } from '../support/clients.ts';
import { legacyKey, legacyOf, legacyPassword, legacySession } from '../support/legacy.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { resourceId, timekitApp } from '../support/timekit.ts';
import { timestationOf } from '../support/timestation.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

/** Thursday 2026-06-04, 15:00 UTC: 09:00 in Denver. */
const now = Date.UTC(2026, 5, 4, 15) / 1000;
let world: World;
let company: Company;
let job: number;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  job = await company.jobcode({ name: 'Front desk' });
});
after(() => world.close());

/** The doors through which a row was changed, in order. */
async function doorsOf(table: string, id: number): Promise<string[]> {
  const rows = await world.services.database
    .forCompany(company.id)
    .rows(
      sql`SELECT via FROM history WHERE company_id = ${company.id} AND resource = ${table} AND row_id = ${id} ORDER BY id`,
    );
  return rows.map(([via]) => String(via));
}

const timesheetsOf = async (userId: number, onTheClock: string): Promise<Row[]> => {
  const query = { user_ids: userId, on_the_clock: onTheClock, start_date: '2026-06-01' };
  return rowsIn(await company.admin.get('/timesheets', query), 'timesheets');
};

/** The employee of TimeStation whose name ends in this word. */
async function employeeNamed(word: string): Promise<Row> {
  const { employees } = (await (await timestationOf(world, company)).get('/employees')).body as unknown as {
    employees: Row[];
  };
  const found = employees.find(({ name }) => String(name).endsWith(word));
  assert.ok(found, `${word} is no employee`);
  return found;
}

test('a clock-in over the legacy API is closed over TimeStation and paid over REST', async () => {
  const worker = await company.person();
  const { legacy } = await clientsOf(world, company, worker);
  const { rest, station } = await clientsOf(world, company);
  await legacy.act('clock_in', { job_code_id: job, notes: 'Opening up', seconds: 60 });

  const { employees } = await station.get('/employees');
  const employee = employees.find(({ name }) => name.endsWith(worker.username));
  assert.ok(employee);
  assert.deepEqual([employee.status, employee.current_department], ['in', 'Front desk']);
  const { employee_id } = employee;
  const { shifts } = await station.get('/shifts', { params: { query: { employee_id } } });
  assert.deepEqual(
    shifts.map((shift) => [shift.notes, shift.in, shift.out]),
    [['Opening up', { time: '2026-06-04T08:59:00-06:00' }, undefined]],
  );
  const [open = {}] = await timesheetsOf(worker.userId, 'yes');
  assert.deepEqual([open.start, open.end, open.jobcode_id], ['2026-06-04T08:59:00-06:00', '', job]);

  await station.put('/employees/{employee_id}/check-out', {
    params: { path: { employee_id } },
    body: { time_out: '2026-06-04T09:00:00-06:00' },
  });
  assert.deepEqual(await timesheetsOf(worker.userId, 'yes'), []);
  const done = [];
  for await (const row of rest.rows('/timesheets', { start_date: '2026-06-01', user_ids: [worker.userId] })) {
    done.push([row.id, row.duration, row.notes]);
  }
  assert.deepEqual(done, [[open.id, 60, 'Opening up']]);
  assert.equal((await legacy.act('get', { property: 'day_total' })).day_total_seconds, 60);
  const report = { start_date: '2026-06-04', end_date: '2026-06-04', user_ids: String(worker.userId) };
  const payroll = await company.admin.post('/reports/payroll', report);
  assert.equal(payroll.body.results?.payroll_report?.[worker.userId]?.total_re_seconds, 60, payroll.text);
  assert.deepEqual(await doorsOf('timesheets', Number(open.id)), ['tsheets-legacy', 'timestation']);
});

test('an employee made over TimeStation logs in to the legacy API', async () => {
  const stations = await timestationOf(world, company);
  const made = await stations.post('/employees', { name: 'Angela Martin', department_name: 'Accounting' });
  assert.equal(made.status, 200, made.text);
  const [user = {}] = rowsIn(await company.admin.get('/users', { last_name: 'Martin' }), 'users');
  const admin = await legacyOf(world, company, company.admin);
  await admin.ok('user_edit', { username: String(user.username), passwd: legacyPassword });
  const session = await legacySession(world, await legacyKey(world, company));
  await session.fails('get', { property: 'fname' }, 5002);
  await session.ok('login', { username: String(user.username), password: legacyPassword });
  assert.equal((await session.ok('get', { property: 'fname' })).fname, 'Angela');
  const jobcodes = Object.values((await session.ok('get_jobcodes')).jobcodes ?? {}) as unknown as Row[];
  const accounting = jobcodes.find(({ name }) => name === 'Accounting');
  assert.ok(accounting, JSON.stringify(jobcodes));
  await session.ok('clock_in', { job_code_id: Number(accounting.id) });
  assert.equal((await employeeNamed('Martin')).current_department, 'Accounting');
  assert.deepEqual(await doorsOf('users', Number(user.id)).then((doors) => doors[0]), 'timestation');
});

test('a booking over Timekit is a schedule event over REST', async () => {
  const person = await company.person();
  const { api } = await timekitApp(world, company, { name: 'Bookings' });
  const booked = await api.post('/bookings', {
    resource_id: await resourceId(world, company, person.userId),
    graph: 'instant',
    start: '2026-06-09T09:00:00-06:00',
    end: '2026-06-09T10:00:00-06:00',
    what: 'Fitting',
    where: 'Shop',
    customer: { name: 'Ola', email: 'ola@example.com' },
  });
  assert.equal(booked.status, 201, booked.text);
  const calendars = rowsIn(await company.admin.get('/schedule_calendars'), 'schedule_calendars').map(({ id }) => id);
  const query = { schedule_calendar_ids: calendars.join(), start: '2026-06-09T00:00:00-06:00', active: 'yes' };
  const events = rowsIn(await person.get('/schedule_events', query), 'schedule_events');
  assert.deepEqual(
    events.map(({ title, location, start, user_id }) => [title, location, start, user_id]),
    [['Fitting', 'Shop', '2026-06-09T09:00:00-06:00', person.userId]],
  );
  assert.deepEqual(await doorsOf('schedule_events', Number(events[0]?.id)), ['timekit']);
});

test('a user archived over REST is refused through every door at once', async () => {
  const person = await company.person({ permissions: ['admin'] });
  const legacy = await legacyOf(world, company, person);
  const stations = await timestationOf(world, company, person);
  const { api, widget } = await timekitApp(world, company, { name: 'Short-lived', owner: person });
  const doors = async (): Promise<unknown[]> => [
    (await person.get('/current_user')).status,
    (await legacy.call('get', { property: 'fname' })).body.error_code ?? 'in',
    (await stations.get('/employees')).status,
    (await api.get('/app')).status,
    (await widget.post('/availability', { resources: [await resourceId(world, company, person.userId)] })).status,
  ];
  assert.deepEqual(await doors(), [200, 'in', 200, 200, 200]);
  const [archived] = rowsIn(await company.admin.put('/users', [{ id: person.userId, active: false }]), 'users');
  assert.equal(archived?._status_code, 200);
  assert.deepEqual(await doors(), [401, 5002, 401, 401, 401]);
});

test('no door shows or changes anything of another company', async () => {
  const other = await world.company();
  const victim = await company.person();
  const uuid = await resourceId(world, company, victim.userId);
  const employee = await employeeNamed(victim.username);
  const legacy = await legacyOf(world, other, other.admin);
  const stations = await timestationOf(world, other);
  const { api } = await timekitApp(world, other, { name: 'Elsewhere' });
  const before = await timesheetsOf(victim.userId, 'both');

  assert.equal((await legacy.call('clock_in', { username: victim.username })).body.status, 'fail');
  assert.equal(
    (await legacy.call('add_manual_time', { date: '2026-06-03', hours: 1, job_code_id: job })).body.status,
    'fail',
  );
  assert.equal((await stations.get(`/employees/${employee.employee_id}`)).status, 404);
  assert.equal((await stations.delete(`/employees/${employee.employee_id}`)).status, 404);
  const shift = {
    employee_id: String(employee.employee_id),
    department_id: 'dpt_0000000000',
    time_in: '2026-06-03T09:00:00Z',
  };
  assert.equal((await stations.post('/shifts', shift)).status, 404);
  assert.equal((await api.get(`/resources/${uuid}`)).status, 404);
  assert.equal((await api.delete(`/resources/${uuid}`)).status, 404);
  assert.equal((await api.post('/availability', { resources: [uuid] })).status, 422);
  assert.deepEqual(await timesheetsOf(victim.userId, 'both'), before);
  assert.equal(rowsIn(await company.admin.get('/users', { ids: victim.userId }), 'users')[0]?.active, true);
});

test('an employee has no more rights through the other doors than over REST', async () => {
  const [worker, colleague] = [await company.person(), await company.person()];
  const legacy = await legacyOf(world, company, worker);
  const stations = await timestationOf(world, company, worker);
  const other = await employeeNamed(colleague.username);

  assert.equal((await legacy.call('clock_in', { username: colleague.username, job_code_id: job })).body.status, 'fail');
  assert.equal((await legacy.call('user_delete', { username: colleague.username })).body.status, 'fail');
  assert.equal((await legacy.call('jobcode_add', { job_code_name: 'Mine' })).body.status, 'fail');
  const employees = (await stations.get('/employees')).body.employees as unknown as Row[];
  assert.deepEqual(
    employees.map(({ name }) => String(name).endsWith(worker.username)),
    [true],
  );
  assert.equal((await stations.put(`/employees/${other.employee_id}/check-out`)).status, 404);
  assert.ok([402, 403].includes((await stations.post('/departments', { name: 'Mine' })).status));
  assert.deepEqual(await timesheetsOf(colleague.userId, 'both'), []);
  assert.deepEqual(rowsIn(await company.admin.get('/jobcodes', { name: 'Mine' }), 'jobcodes'), []);
});
