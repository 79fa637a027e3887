import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { routes } from '../../src/dialects/timekit/routes.ts';
import { endpoints } from '../../src/dialects/timestation/endpoints.ts';
import { actions } from '../../src/dialects/tsheets-legacy/actions/index.ts';
import type { Json } from '../support/api.ts';
import { documentOf, legacyKey, legacyOf } from '../support/legacy.ts';
import { rowsIn } from '../support/rows.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { basic, type TimekitApp, timekitApp } from '../support/timekit.ts';
import { timestationOf } from '../support/timestation.ts';
import { openWorld, type World } from '../support/world.ts';
import { belongingsOf } from './belongings.ts';
import { doorShots, type Vocabulary } from './door-shots.ts';
import { fire, type Hit, inParallel } from './fire.ts';
import type { Shot } from './shots.ts';

/** Tuesday 2026-06-09, 15:00 UTC. */
const now = Date.UTC(2026, 5, 9, 15) / 1000;
const count = 1_050;
const seed = Number(process.env.OPENPUNCH_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
let world: World;
let stranger: Stage;
let shooter: Stage;
let own: Ids;
let foreign: Ids;
let app: TimekitApp;

/** Things of one company as the doors name them. */
interface Ids {
  readonly numbers: readonly string[];
  readonly timestation: readonly string[];
  readonly timekit: readonly string[];
}

before(async () => {
  world = await openWorld({ now });
  [stranger, shooter] = [await openStage(world), await openStage(world)];
  app = await timekitApp(world, shooter.company, { name: 'Range' });
  own = await fill(shooter, app);
  foreign = await fill(stranger, await timekitApp(world, stranger.company, { name: `${stranger.word} desk` }));
});
after(async () => {
  agent.destroy();
  await world.close();
});

/** Gives a company something of everything that the doors know, and tells the ids. */
async function fill({ company, admin, worker, job, word }: Stage, { api }: TimekitApp): Promise<Ids> {
  const stations = await timestationOf(world, company);
  const id = (text: string): string => /"\w+_id":"([^"]+)"/.exec(text)?.[1] ?? assert.fail(text);
  const employee = id(
    (await stations.post('/employees', { name: `${word} Doe`, department_name: `${word} desk` })).text,
  );
  const department = String((await stations.get(`/employees/${employee}`)).body.employee?.primary_department_id);
  const times = { time_in: '2026-06-08T09:00:00-06:00', time_out: '2026-06-08T17:00:00-06:00' };
  const shift = id(
    (await stations.post('/shifts', { employee_id: employee, department_id: department, ...times })).text,
  );
  const uuid = ({ text, body }: { text: string; body: Json }): string => String(body.data?.id ?? assert.fail(text));
  const resource = uuid(await api.post('/resources', { name: `${word} Roe`, timezone: 'Europe/Oslo' }));
  const start = '2026-06-16T10:00:00+02:00';
  const end = '2026-06-16T11:00:00+02:00';
  const customer = { name: `${word} Ola`, email: 'ola@example.com' };
  const booking = { resource_id: resource, graph: 'instant', start, end, what: word, customer };
  const project = { name: `${word} page`, resources: [resource], availability: {}, booking: { graph: 'instant' } };
  const page = uuid(await api.post('/projects', project));
  const users = rowsIn(await admin.get('/users'), 'users').map((user) => String(user.id));
  const sheets = rowsIn(await admin.get('/timesheets', { start_date: '2026-06-01' }), 'timesheets');
  return {
    numbers: [...users, String(worker.userId), String(job), ...sheets.map((sheet) => String(sheet.id))],
    timestation: [employee, department, shift],
    timekit: [resource, uuid(await api.post('/bookings', booking)), page],
  };
}

const days = ['2026-06-01', '2026-06-08', '2026-06-30', '2025-06-01'];
const moments = [
  '2026-06-09T08:00:00-06:00',
  '2026-06-09T10:00-06:00',
  '2026-06-17T10:00:00Z',
  '2026-06-17T11:00:00+02:00',
];

/** How one door's answer is not what its reference promises; undefined when it is. */
type Judge = (hit: Hit, json: Json | undefined) => string | undefined;

interface Door {
  readonly base: string;
  readonly authorization: string;
  readonly vocabulary: Vocabulary;
  readonly judge: Judge;
}

async function legacyDoor(): Promise<Door> {
  const { token } = await legacyOf(world, shooter.company, shooter.admin);
  const key = await legacyKey(world, shooter.company);
  const described = Object.values(actions).flatMap(({ said }) => Object.keys(said.parameters?.properties ?? {}));
  const names = [...new Set([...described, 'api_key', 'action', 'output_format'])];
  const all = [...Object.keys(actions), 'get_token', 'login', 'nothing'];
  const format = ['xml', 'json'];
  const lines = all.flatMap((action, index) =>
    ['GET', 'POST'].map((method) => ({
      method,
      path: `/api.php?token=${token}&action=${action}&output_format=${format[index % 2]}`,
    })),
  );
  const at = (action: string): string => `/api.php?token=${token}&action=${action}`;
  const job = own.numbers.at(-2) ?? '';
  const whole = [
    { method: 'POST', path: at('clock_in'), body: { job_code_id: job, notes: 'a' } },
    { method: 'POST', path: at('job_code_switch'), body: { job_code_id: job } },
    { method: 'POST', path: at('clock_out'), body: { notes: 'b' } },
    { method: 'POST', path: at('replace_notes'), body: { notes: 'c', append: '1' } },
    { method: 'POST', path: at('add_manual_time'), body: { date: '2026-06-08', hours: '1.5', job_code_id: job } },
    { method: 'POST', path: at('gps_log'), body: { latitude: '39.7', longitude: '-104.9', activity: 'ci' } },
    { method: 'GET', path: at('get'), body: { property: 'fname|settings|perms|week_total|who_is_working|clocked_in' } },
    { method: 'GET', path: at('get_jobcodes'), body: { active: 'both' } },
    { method: 'GET', path: at('get_timesheets'), body: { start_date: '2026-06-01', end_date: '2026-06-30' } },
    { method: 'GET', path: at('get_project_hours'), body: { start_date: '2026-06-01' } },
    { method: 'POST', path: at('jobcode_add'), body: { job_code_name: 'Digging' } },
    { method: 'POST', path: at('jobcode_edit'), body: { job_code_id: job, alias: 'dig' } },
    { method: 'POST', path: at('jobcode_duplicate'), body: { copy_id: job, duplicate_name: 'Twice', parent_id: '0' } },
    { method: 'POST', path: at('user_edit'), body: { username: shooter.worker.username, fname: 'Pat' } },
    { method: 'GET', path: '/api.php?action=get_token', body: { api_key: key } },
  ];
  const values = [
    ...own.numbers,
    ...foreign.numbers,
    ...days,
    shooter.worker.username,
    stranger.worker.username,
    '1',
    '0',
  ];
  const judge: Judge = ({ status, type, text }, json) => {
    const body = json ?? (/xml/.test(type) && documentOf(text));
    if (!body) return `neither XML nor JSON but ${type}`;
    const said = (name: string): string =>
      'getElementsByTagName' in body && typeof body.getElementsByTagName === 'function'
        ? (documentOf(text).getElementsByTagName(name)[0]?.textContent ?? '')
        : String((body as Json)[name] ?? '');
    if (said('status') === 'ok') return status === 200 ? undefined : 'ok with another status';
    const failed = said('status') === 'fail' && said('last_error') !== '' && /^\d{4}$/.test(said('error_code'));
    return failed ? undefined : 'a failure of another shape';
  };
  const texts = values.concat('yes', 'no', 'both', 'json', 'admin', 'hour');
  return { base: '', authorization: '', judge, vocabulary: { lines, names, values: texts, whole, form: true } };
}

async function timestationDoor(): Promise<Door> {
  const { key } = await timestationOf(world, shooter.company);
  const [employee = '', department = '', shift = ''] = own.timestation;
  const described = endpoints.flatMap(({ said }) =>
    Object.keys({ ...said.query?.properties, ...said.body?.properties }),
  );
  const names = [...new Set([...described, 'custom_fields[Phone]'])];
  const open = { employee_id: employee, department_id: department, time_in: moments[0] };
  const whole = [
    { method: 'POST', path: '/employees', body: { name: 'Ann Lee', department_name: 'Dock', pin: '4711' } },
    { method: 'PUT', path: `/employees/${employee}`, body: { name: 'Jane Doe', department_id: department } },
    { method: 'PUT', path: `/employees/${employee}/check-out`, body: { notes: 'bye' } },
    { method: 'POST', path: '/departments', body: { name: 'Quay' } },
    { method: 'PUT', path: `/departments/${department}`, body: { name: 'Yard' } },
    { method: 'POST', path: '/shifts', body: open },
    { method: 'POST', path: '/shifts', body: { ...open, time_in: '2026-06-07T08:00Z', time_out: '2026-06-07T09:00Z' } },
    { method: 'PUT', path: `/shifts/${shift}`, body: { ...open, time_out: moments[1] } },
    { method: 'PUT', path: `/shifts/${shift}/close`, body: { time_out: moments[1] } },
    { method: 'GET', path: '/shifts', body: { employee_id: employee } },
    { method: 'GET', path: '/employees', body: {} },
  ];
  const values = [...own.timestation, ...foreign.timestation, ...days, ...moments, '4711', '15.00', '30', 'true'];
  const judge: Judge = ({ status }, json) => {
    if (json === undefined) return 'not JSON';
    if (status < 400) return status === 200 ? undefined : 'another success';
    const { error } = json;
    return (error?.error_code as unknown) === String(status) && error?.error_text
      ? undefined
      : 'an error of another shape';
  };
  const lines = endpoints.map(({ method, path }) => ({ method, path }));
  return { base: '/v1', authorization: basic('', key), judge, vocabulary: { lines, names, values, whole, form: true } };
}

function timekitDoor(): Door {
  const [resource = '', booking = '', page = ''] = own.timekit;
  const names = [
    'name',
    'timezone',
    'email',
    'availability_constraints',
    'meta',
    'calendar_id',
    'start',
    'end',
    'what',
  ];
  names.push(
    'where',
    'description',
    'participants',
    'all_day',
    'resource_id',
    'resources',
    'mode',
    'length',
    'from',
    'to',
  );
  names.push(
    'buffer',
    'timeslot_increments',
    'constraints',
    'output_timezone',
    'project_id',
    'graph',
    'customer',
    'search',
  );
  names.push(
    'settings',
    'action',
    'related',
    'bookings',
    'limit',
    'page',
    'include',
    'orderBy',
    'sortedBy',
    'slug',
    'ui',
  );
  names.push(
    'availability',
    'booking',
    'customer_fields',
    'reminders',
    'reservation_id',
    'filters',
    'future',
    'password',
  );
  const time = { start: moments[2], end: '2026-06-17T11:00:00Z' };
  const customer = { name: 'Ola', email: 'ola@example.com' };
  const whole = [
    { method: 'POST', path: '/availability', body: { resources: [resource], mode: 'mutual', to: '3 days' } },
    { method: 'POST', path: '/availability', body: { project_id: page, output_timezone: 'Asia/Kathmandu' } },
    { method: 'POST', path: '/unavailable/slots', body: { resources: [resource] } },
    { method: 'POST', path: '/findtime', body: { resource_ids: [resource], length: '1 hour', future: '2 days' } },
    {
      method: 'POST',
      path: '/bookings',
      body: { resource_id: resource, graph: 'instant', what: 'x', customer, ...time },
    },
    {
      method: 'POST',
      path: '/bookings',
      body: { project_id: page, resource_id: resource, what: 'x', customer, ...time },
    },
    { method: 'PUT', path: `/bookings/${booking}/cancel`, body: {} },
    { method: 'POST', path: `/bookings/${booking}/reschedule/`, body: { resource_id: resource, ...time } },
    { method: 'POST', path: '/bookings/reserve', body: { resource_id: resource, ...time } },
    {
      method: 'POST',
      path: '/bookings/bulk',
      body: { bookings: [{ resource_id: resource, graph: 'instant', what: 'x', customer, ...time }] },
    },
    { method: 'POST', path: '/resources', body: { name: 'Ida Bakke', timezone: 'Europe/Oslo' } },
    {
      method: 'PUT',
      path: `/resources/${resource}`,
      body: { availability_constraints: [{ allow_day: { day: 'Monday' } }] },
    },
    { method: 'POST', path: '/projects', body: { name: 'Page', resources: [resource], availability: {}, booking: {} } },
    { method: 'GET', path: '/bookings', body: { include: 'attributes,customers,logs', search: 'graph:instant' } },
    { method: 'GET', path: '/events', body: time },
    { method: 'GET', path: `/projects/embed/${page}`, body: {} },
  ];
  const values = [
    ...own.timekit,
    ...foreign.timekit,
    ...days,
    ...moments,
    'Europe/Oslo',
    '1 hour',
    'mutual',
    'instant',
    '2',
  ];
  const judge: Judge = ({ status, text }, json) => {
    if (status === 204) return text === '' ? undefined : 'a body where none may be';
    if (json === undefined) return 'not JSON';
    if (status < 300) return json.data === null || json.data === undefined ? 'no data' : undefined;
    const { error, errors } = json as { error?: unknown; errors?: Record<string, unknown> };
    const lists = Object.values(errors ?? {}).every((list) => Array.isArray(list) && list.length > 0);
    return (typeof error === 'string' && error !== '') || (errors !== undefined && lists)
      ? undefined
      : 'an error of another shape';
  };
  const lines = routes.map(({ method, path }) => ({ method, path }));
  const vocabulary = { lines, names, values, whole, form: false };
  return { base: '/v2', authorization: basic(app.appToken), judge, vocabulary };
}

function faultOf({ method }: Shot, hit: Hit, judge: Judge): string | undefined {
  const { status, type, text } = hit;
  if (status === 0) return `no answer: ${text}`;
  if (status >= 500) return 'a fault of the server';
  // Headers that are too long never become a request.
  if (status === 431) return undefined;
  if (text.includes(stranger.word) || text.includes(stranger.company.clientUrl)) return 'tells about another company';
  if (method === 'HEAD') return text === '' ? undefined : 'a body where none may be';
  // Preflights are answered before anybody is known.
  if (method === 'OPTIONS' && status < 300) return undefined;
  try {
    return judge(hit, /json/.test(type) ? (JSON.parse(text) as Json) : undefined);
  } catch (error) {
    return `not parsed: ${error instanceof Error ? error.message.slice(0, 200) : ''}`;
  }
}

const doors = { 'the legacy API': legacyDoor, TimeStation: timestationDoor, Timekit: async () => timekitDoor() };
for (const [name, open] of Object.entries(doors)) {
  test(`${count} requests that no sensible client sends to ${name} are answered in its shape and reach no other company`, async () => {
    const { base, authorization, vocabulary, judge } = await open();
    const before = await belongingsOf(world, stranger);
    const faults = new Map<string, string>();
    const statuses = new Map<number, number>();
    await inParallel(fc.sample(doorShots(vocabulary), { numRuns: count, seed }), 8, async (shot) => {
      const sent = fire(new URL(`${world.url}${base}`), agent, authorization, shot);
      const hit = await sent.catch((error: Error) => ({ status: 0, type: '', text: error.message }));
      statuses.set(hit.status, (statuses.get(hit.status) ?? 0) + 1);
      const fault = faultOf(shot, hit, judge);
      const key = `${fault} ${hit.status} ${shot.method} ${shot.path.slice(0, 90)}`;
      if (fault === undefined || faults.has(key)) return;
      const body = String(shot.body ?? '').slice(0, 400);
      faults.set(key, `${JSON.stringify({ ...shot, body }).slice(0, 700)}\n  → ${hit.text.slice(0, 300)}`);
    });
    const report = [...faults].slice(0, 25).map(([key, example]) => `${key}\n  ${example}`);
    assert.deepEqual(report, [], `OPENPUNCH_FUZZ_SEED=${seed}`);
    assert.deepEqual(await belongingsOf(world, stranger), before, 'nothing of the other company changed');
    const done = (statuses.get(200) ?? 0) + (statuses.get(201) ?? 0) + (statuses.get(204) ?? 0);
    assert.ok(done > count / 10, `too few got past the door: ${JSON.stringify([...statuses])}`);
  });
}
