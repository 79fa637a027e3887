import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  ApiError,
  createClient,
  createLegacyClient,
  createTimekitClient,
  createTimeStationClient,
  type RestClient,
  written,
} from '../../client/src/index.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import { givePassword, legacyKey, legacyPassword } from '../support/legacy.ts';
import { resourceId, timekitApp } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

/** Thursday 2026-06-04, 15:00 UTC: 09:00 in Denver. */
const now = Date.UTC(2026, 5, 4, 15) / 1000;
let world: World;
let company: Company;
let api: RestClient;

before(async () => {
  world = await openWorld({ now, shared: true });
  company = await world.company();
  api = createClient({ baseUrl: `${world.url}/`, token: company.admin.token });
});
after(() => world.close());

/** The error that a request is refused with. */
async function refusal(request: Promise<unknown>): Promise<ApiError> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ApiError, String(error));
  return error;
}

test('TSheets REST: items are written and listed page by page, with what they refer to', async () => {
  const jobcode = await company.jobcode({ name: 'Front desk' });
  const person = await company.person();
  const days = ['2026-06-01', '2026-06-02', '2026-06-03'];
  const time = { user_id: person.userId, jobcode_id: jobcode, type: 'manual', duration: 3600 } as const;
  const made = written(await api.post('/timesheets', { body: { data: days.map((date) => ({ ...time, date })) } }));
  assert.deepEqual(
    made.map(({ date, duration }) => [date, duration]),
    days.map((date) => [date, 3600]),
  );

  const query = { start_date: '2026-06-01', user_ids: [person.userId, company.admin.userId], limit: 2 };
  const sizes: number[] = [];
  for await (const { results, supplemental_data: more } of api.pages('/timesheets', query)) {
    sizes.push(Object.keys(results.timesheets).length);
    assert.equal(more?.jobcodes?.[jobcode]?.name, 'Front desk');
  }
  assert.deepEqual(sizes, [2, 1]);
  const ids: number[] = [];
  for await (const { id } of api.rows('/timesheets', query)) ids.push(id);
  assert.deepEqual(
    ids,
    made.map(({ id }) => id),
  );
  const removed = written(await api.delete('/timesheets', { params: { query: { ids } } }));
  assert.deepEqual(
    removed.map(({ id }) => Number(id)),
    ids,
  );
});

test('TSheets REST: what is refused is an error with status, code and sentence, and the items that failed', async () => {
  const whole = await refusal(api.get('/timesheets', { params: { query: { limit: 1 } } }));
  assert.deepEqual([whole.status, whole.code, whole.failures], [417, 417, []]);
  assert.match(whole.message, /^Expectation Failed: One of ids, start_date/);
  assert.ok(whole.requestId);

  const group = { name: 'Night crew' };
  const answer = await api.post('/groups', { body: { data: [group, group] } });
  const items = await refusal(Promise.resolve().then(() => written(answer)));
  assert.deepEqual([items.status, items.code, items.failures.length], [200, 417, 1]);
  assert.deepEqual([items.failures[0]?.key, items.failures[0]?.item.name], ['2', 'Night crew']);
  assert.match(items.message, /^Item 2: /);
  assert.equal(items.body, answer);

  const stranger = createClient({ baseUrl: world.url, token: () => 'wrong' });
  assert.equal((await refusal(stranger.get('/users'))).status, 401);
});

test('TimeStation: employees come and go', async () => {
  const { admin } = company;
  const owner = { companyId: company.id, userId: admin.userId, label: 'client', door: 'timestation' } as const;
  const key = await issueToken(world.services, owner, now);
  const station = createTimeStationClient({ baseUrl: world.url, key });
  const body = { name: 'Angela Martin', department_name: 'Accounting', pin: '2222' };
  const { employee } = await station.post('/employees', { body });
  const { employees } = await station.get('/employees');
  assert.equal(employees.find(({ employee_id: id }) => id === employee.employee_id)?.name, 'Angela Martin');
  const taken = await refusal(station.post('/employees', { body: { ...body, name: 'Oscar Martinez' } }));
  assert.deepEqual([taken.status, taken.code], [402, '402']);
  assert.match(taken.message, /PIN/i);
  const path = { employee_id: employee.employee_id };
  await station.delete('/employees/{employee_id}', { params: { path } });
});

test('Timekit: a slot is booked once', async () => {
  const person = await company.person();
  const { appToken } = await timekitApp(world, company);
  const timekit = createTimekitClient({ baseUrl: world.url, key: appToken });
  const body = {
    resource_id: await resourceId(world, company, person.userId),
    graph: 'instant',
    start: '2026-06-09T09:00:00-06:00',
    end: '2026-06-09T10:00:00-06:00',
    what: 'Fitting',
    customer: { name: 'Ola', email: 'ola@example.com' },
  } as const;
  const { data: booking } = await timekit.post('/bookings', { body });
  const path = { id: booking.id };
  const { data: same } = await timekit.get('/bookings/{id}', { params: { path } });
  assert.equal(same.state, 'confirmed');
  const taken = await refusal(timekit.post('/bookings', { body }));
  assert.equal(taken.status, 422);
  assert.notEqual(taken.message, '');
});

test('TSheets legacy: a session begins by itself, and anew when it has ended', async () => {
  const person = await company.person();
  const jobcode = await company.jobcode();
  await givePassword(world, company, person);
  const access = { key: await legacyKey(world, company), username: person.username, password: legacyPassword };
  const legacy = createLegacyClient({ baseUrl: world.url, ...access });
  const { message } = await legacy.act('clock_in', { job_code_id: jobcode, notes: 'In & out' });
  assert.notEqual(message, '');
  const twice = await refusal(legacy.act('clock_in', { job_code_id: jobcode }));
  assert.deepEqual([twice.status, twice.code], [200, 7024]);
  await legacy.logOut();
  await legacy.act('clock_out');

  await legacy.act('get_jobcodes');
  world.clock.set(now + 25 * 3600);
  await legacy.act('get_jobcodes');
  world.clock.set(now);
  const wrong = createLegacyClient({ baseUrl: world.url, ...access, password: 'wrong password' });
  assert.equal((await refusal(wrong.act('get_jobcodes'))).code, 7003);
});
