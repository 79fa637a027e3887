import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Json } from '../support/api.ts';
import { type Legacy, legacyKey, legacyOf, legacySession } from '../support/legacy.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

/** Tuesday, 10 March 2026, 10:00 in Denver. */
const now = Date.UTC(2026, 2, 10, 16) / 1000;
const hour = 3600;
let world: World;
let company: Company;
let admin: Legacy;
let worker: Person;
let session: Legacy;
let job: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  job = await company.jobcode({ name: 'Digging' });
  admin = await legacyOf(world, company, company.admin);
  worker = await company.person();
  session = await legacyOf(world, company, worker);
});
after(() => world.close());

/** What `get` answers beside status and message. */
async function get(by: Legacy, property: string, params: Record<string, string | number> = {}): Promise<Json> {
  const { status: _status, message: _message, ...fields } = await by.ok('get', { property, ...params });
  return fields as Json;
}

async function punch(person: Person, from: number, to: number | undefined, more: object = {}): Promise<void> {
  const iso = (hours: number): string => new Date((now + hours * hour) * 1000).toISOString().replace('.000Z', '+00:00');
  const item = { user_id: person.userId, jobcode_id: job, type: 'regular', start: iso(from), end: '' };
  const answer = await company.admin.post('/timesheets', [
    { ...item, ...more, ...(to === undefined ? {} : { end: iso(to) }) },
  ]);
  assert.match(answer.text, /"_status_code":200/, answer.text);
}

test('the documented example', async () => {
  const person = await company.person();
  await punch(person, -77 / 60, undefined);
  const own = await legacyOf(world, company, person);
  const property = 'clocked_in|clocked_in_for|day_total|fname';
  const { text, body } = await own.call('get', { property, output_format: 'xml' });
  assert.ok(text.includes(`<message>successfully retrieved properties: [${property}]</message>`), text);
  assert.deepEqual(body as unknown, {
    status: 'ok',
    message: `successfully retrieved properties: [${property}]`,
    clocked_in: '1',
    current_jobcode: String(job),
    current_jobcode_name: 'Digging',
    clocked_in_for: '1:17',
    day_total: '1:17',
    day_total_seconds: '4620',
    fname: 'Pat',
  });
});

test('properties of the account are those of the one who has logged in', async () => {
  const property = 'username|fname|lname|company_name|account_type|client_url';
  const expected = {
    username: worker.username,
    fname: 'Pat',
    lname: worker.username,
    company_name: company.clientUrl,
    account_type: 'business',
    client_url: company.clientUrl,
  };
  assert.deepEqual(await get(session, property), expected);
  assert.equal((await get(admin, property, { username: worker.username })).username, 'admin');
  const defaults = {
    timesheet_notes: 1,
    hide_working_time: 1,
    time_format: '12',
    tz: 'America/Denver',
    week_start: 'sunday',
  };
  assert.deepEqual(await get(session, 'settings'), { settings: defaults });
  const other = await world.company({ timeZone: 'Asia/Kathmandu' });
  for (const [key, value] of Object.entries({
    enable_timesheet_notes: '0',
    hide_working_time: '1',
    time_format: 24,
    week_start: 1,
  })) {
    await other.setting('general', key, value);
  }
  const changed = {
    timesheet_notes: 0,
    hide_working_time: 0,
    time_format: '24',
    tz: 'Asia/Kathmandu',
    week_start: 'monday',
  };
  assert.deepEqual(await get(await legacyOf(world, other, other.admin), 'settings'), { settings: changed });
});

test('off the clock everything is nothing', async () => {
  assert.deepEqual(
    await get(session, 'logged_in|clocked_in|day_total|week_total|notes|current_jobcode|clocked_in_for'),
    {
      logged_in: 1,
      clocked_in: 0,
      day_total: '0:00',
      day_total_seconds: 0,
      shift_total: '0:00',
      shift_total_seconds: 0,
      week_total: '0:00',
      week_total_seconds: 0,
      notes: '',
      current_jobcode: '',
      current_jobcode_name: '',
      clocked_in_for: '0:00',
    },
  );
});

test('totals are those of the user’s own day and of the week as the company begins it', async () => {
  const person = await company.person({ timeZone: 'Pacific/Auckland' });
  // In Auckland it is Wednesday, 5:00. Yesterday ended at -5 hours; the week began at -77 (Sunday) or -53 hours (Monday).
  await punch(person, -78, -76);
  await punch(person, -54, -52);
  await punch(person, -6, -4);
  await punch(person, -4, -2);
  await punch(person, -1.5, undefined, { notes: 'on it' });
  const hours = async (): Promise<unknown[]> => {
    const total = await get(admin, 'week_total', { username: person.userId });
    return ['shift', 'day', 'week'].map((name) => total[`${name}_total_seconds`]);
  };
  assert.deepEqual(await hours(), [1.5 * hour, 4.5 * hour, (1 + 2 + 4 + 1.5) * hour]);
  await company.setting('general', 'week_start', 1);
  assert.deepEqual(await hours(), [1.5 * hour, 4.5 * hour, (1 + 4 + 1.5) * hour]);
  await company.setting('general', 'week_start', 3);
  assert.deepEqual(await hours(), [1.5 * hour, 4.5 * hour, 4.5 * hour]);
  await company.setting('general', 'week_start', 0);
  const rest = 'clocked_in|notes|clocked_in_for';
  assert.deepEqual(await get(admin, rest, { username: person.username }), {
    clocked_in: 1,
    current_jobcode: job,
    current_jobcode_name: 'Digging',
    notes: 'on it',
    clocked_in_for: '1:30',
  });
  await company.admin.post('/timesheets', [
    { user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-03-09', duration: 2 * hour },
    { user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-03-11', duration: hour },
  ]);
  assert.deepEqual(await hours(), [1.5 * hour, 5.5 * hour, (1 + 2 + 4 + 1.5 + 3) * hour]);
  assert.equal((await get(admin, 'week_total', { username: person.userId })).week_total, '11:30');
});

test('notes come back as they were written, in XML and JSON', async () => {
  const person = await company.person();
  const own = await legacyOf(world, company, person);
  await own.ok('clock_in', { job_code_id: job });
  const notes = ' <b>5 & 6</b> ]]> "q" \'a\'\ttab\r\nline\n&amp;&#0; żółw 👩‍🔧 \u{2028}\u{fffd}\u{85} ';
  const cases: [written: string, xml: string][] = [
    [notes, notes],
    ['bell\u{7}, null-like\u{1f}\u{ffff}', 'bell\u{fffd}, null-like\u{fffd}\u{fffd}'],
  ];
  for (const [written, xml] of cases) {
    await own.ok('replace_notes', { notes: written });
    assert.equal((await get(own, 'notes')).notes, written);
    const { body } = await own.call('get', { property: 'notes', output_format: 'xml' });
    assert.equal(body.notes, xml);
  }
  await own.ok('replace_notes', { notes: '' });
  assert.equal((await get(own, 'notes')).notes, '');
});

test('permissions and log-ins of others', async () => {
  const perms = (...held: string[]): Record<string, number> =>
    Object.fromEntries(
      [
        'admin',
        'mobile',
        'status_box',
        'reports',
        'manage_timesheets',
        'manage_authorization',
        'manage_users',
        'manage_my_timesheets',
      ].map((name) => [name, held.includes(name) ? 1 : 0]),
    );
  assert.deepEqual(await get(session, 'perms'), { perms: perms('mobile') });
  const person = await company.person({ permissions: ['reports', 'manage_my_timesheets', 'manage_schedules'] });
  const of = { username: person.username };
  assert.deepEqual(await get(admin, 'perms', of), { perms: perms('mobile', 'reports', 'manage_my_timesheets') });
  assert.deepEqual(await get(admin, 'logged_in', of), { logged_in: 0 });
  const own = await legacyOf(world, company, person);
  assert.deepEqual(await get(admin, 'logged_in', of), { logged_in: 1 });
  await own.ok('logout');
  assert.deepEqual(await get(admin, 'logged_in', of), { logged_in: 0 });
  const nobody = await legacySession(world, await legacyKey(world, company));
  assert.deepEqual(await get(nobody, 'logged_in'), { logged_in: 0 });
  await nobody.fails('get', { property: 'logged_in|fname' }, 5002);
  await company.admin.put('/users', [{ id: person.userId, active: false }]);
  assert.deepEqual(await get(admin, 'clocked_in|logged_in', of), { clocked_in: 0, logged_in: 0 });
});

test('who is working, and for how long, for those who may know', async () => {
  const own = await world.company();
  const [digging, resting] = [await own.person(), await own.person()];
  const groupId = await own.group([resting]);
  const member = await own.person({ groupId });
  await own.admin.post('/timesheets', [
    { user_id: digging.userId, type: 'regular', jobcode_id: 0, start: '2026-03-10T15:00:00+00:00', end: '' },
    { user_id: member.userId, type: 'manual', jobcode_id: 0, date: '2026-03-10', duration: 1800 },
  ]);
  const seen = async (by: Person): Promise<Json[]> => {
    const { who_is_working: people } = await get(await legacyOf(world, own, by), 'who_is_working');
    return people as unknown as Json[];
  };
  const line = ({ userId, username }: Person, more: object): object => ({
    user_id: userId,
    username,
    fname: 'Pat',
    lname: username,
    working: 0,
    ...more,
  });
  const [working, half] = [
    { day_total: '1:00', day_total_seconds: hour },
    { day_total: '0:30', day_total_seconds: 1800 },
  ];
  const people = (times: boolean): object[] => [
    { ...line(own.admin, {}), fname: 'Ada', lname: 'Min' },
    line(digging, { working: 1, job_code_id: 0, job_code_name: '', ...(times ? working : {}) }),
    line(resting, {}),
    line(member, times ? half : {}),
  ];
  const box = await own.person({ permissions: ['status_box'] });
  const withBox = (times: boolean): object[] => [...people(times), line(box, {})];
  assert.deepEqual(await seen(own.admin), withBox(true));
  assert.deepEqual(await seen(box), withBox(true));
  assert.deepEqual(await seen(resting), [line(resting, {}), line(member, half)]);
  await (await legacyOf(world, own, digging)).fails('get', { property: 'who_is_working' }, 7005);
  await own.setting('general', 'hide_working_time', '1');
  assert.deepEqual(await seen(own.admin), withBox(true));
  assert.deepEqual(await seen(box), withBox(false));
  assert.deepEqual(await seen(resting), [line(resting, {}), line(member, half)]);
});

test('properties that do not exist are refused with those that do', async () => {
  for (const property of ['salary', 'fname|salary', '__proto__', '|']) {
    await session.fails('get', { property }, 7011);
  }
  await session.fails('get', {}, 7010);
  assert.match(await session.fails('get', { property: 'x' }, 7011), /\|who_is_working$/);
  assert.deepEqual(Object.keys(await get(session, ' LName || fname|lname ')), ['lname', 'fname']);
});
