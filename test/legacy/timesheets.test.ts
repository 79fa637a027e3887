import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import type { Json } from '../support/api.ts';
import { type Legacy, type LegacyParams, legacyOf } from '../support/legacy.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;
let admin: Legacy;
let one: Person;
let two: Person;
let job: number;
let child: number;

const now = Date.parse('2024-03-20T12:00:00Z') / 1_000;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company({ timeZone: 'America/Denver' });
  admin = await legacyOf(world, company, company.admin);
  one = await company.person();
  two = await company.person({ timeZone: 'Asia/Kathmandu' });
  job = await company.jobcode({ name: 'Digging <&>' });
  child = await company.jobcode({ parentId: job });
});
after(() => world.close());

async function post(item: Readonly<Record<string, unknown>>): Promise<number> {
  const { text, body } = await company.admin.post('/timesheets', [{ jobcode_id: job, ...item }]);
  const result = body.results?.timesheets?.['1'];
  assert.equal(result?._status_code, 200, text);
  return Number(result?.id);
}

const listed = ({ data }: Json): Json[] => data as unknown as Json[];
const idsOf = (answer: Json): number[] => listed(answer).map(({ ts_id: id }) => Number(id));
const march = { start_date: '2024-03-01', end_date: '2024-03-31' };

test('every documented field, of clocked and of manual time', async () => {
  const clocked = await post({
    user_id: one.userId,
    type: 'regular',
    // Over the change to summer time.
    start: '2024-03-10T01:30:00-07:00',
    end: '2024-03-10T04:00:10-06:00',
    notes: 'Deep & wide',
  });
  const manual = await post({
    user_id: two.userId,
    type: 'manual',
    date: '2024-03-12',
    duration: 17_892,
    jobcode_id: 0,
  });
  await post({ user_id: two.userId, type: 'regular', start: '2024-03-20T11:00:00+00:00', end: '' });
  const { text, body } = await admin.call('get_timesheets', march);
  assert.equal(text.startsWith('{"status":"ok","message":"Successfully retrieved timesheets","data":[{"ts_id":'), true);
  assert.deepEqual(listed(body), [
    {
      ts_id: clocked,
      user_id: one.userId,
      username: one.username,
      clocked_in: 0,
      start_time: '2024-03-10 01:30:00',
      end_time: '2024-03-10 04:00:10',
      start_time_gmt: '2024-03-10 08:30:00',
      end_time_gmt: '2024-03-10 10:00:10',
      tz: -7,
      total_seconds: 5_410,
      total_hours: 1.5,
      ip_in: '',
      ip_out: '',
      location: '',
      locked: 0,
      exported: 0,
      jobcode_id: job,
      jobcode: 'Digging <&>',
      custom_fields: {},
      notes: 'Deep & wide',
    },
    {
      ts_id: manual,
      user_id: two.userId,
      username: two.username,
      clocked_in: 0,
      start_time: '',
      end_time: '',
      start_time_gmt: '',
      end_time_gmt: '',
      tz: 5.75,
      total_seconds: 17_892,
      total_hours: 4.97,
      ip_in: '',
      ip_out: '0.0.0.0',
      location: '',
      locked: 0,
      exported: 0,
      jobcode_id: 0,
      jobcode: '',
      custom_fields: {},
      notes: '',
    },
  ]);
  const xml = await admin.call('get_timesheets', { ...march, output_format: 'xml' });
  assert.match(xml.headers.get('content-type') ?? '', /xml/);
  const [first, second] = listed(xml.body);
  assert.deepEqual(
    [xml.body.status, first?.jobcode, first?.notes, first?.total_hours, second?.tz, second?.ip_out],
    ['ok', 'Digging <&>', 'Deep & wide', '1.5', '5.75', '0.0.0.0'],
  );
});

test('every filter', async () => {
  const own = await post({ user_id: one.userId, type: 'manual', date: '2024-02-01', duration: 3_600 });
  const below = await post({
    user_id: one.userId,
    type: 'manual',
    date: '2024-02-02',
    duration: 3_600,
    jobcode_id: child,
  });
  const theirs = await post({ user_id: two.userId, type: 'manual', date: '2024-02-29', duration: 3_600 });
  const none = await post({ user_id: two.userId, type: 'manual', date: '2024-02-03', duration: 3_600, jobcode_id: 0 });
  const february = { start_date: '2024-02-01', end_date: '2024-02-29' };
  const cases: [LegacyParams, number[]][] = [
    [february, [own, below, none, theirs]],
    [{ ...february, job_code_id: job }, [own, theirs]],
    [{ ...february, job_code_id: child }, [below]],
    [{ ...february, job_code_id: 0 }, [none]],
    [{ ...february, users: one.userId }, [own, below]],
    [{ ...february, users: `${two.userId}, ${one.userId}` }, [own, below, none, theirs]],
    [{ ...february, users: two.userId, job_code_id: job }, [theirs]],
    [{ start_date: '2024-02-02', end_date: '2024-02-03' }, [below, none]],
    // The longest range: 375 days, both counted.
    [{ start_date: '2023-02-20', end_date: '2024-02-29' }, [own, below, none, theirs]],
    [{ start_date: '2022-01-01', end_date: '2022-01-01' }, []],
  ];
  for (const [params, expected] of cases) {
    assert.deepEqual(idsOf(await admin.ok('get_timesheets', params)), expected, JSON.stringify(params));
    const { body } = await admin.call('get_timesheets', { ...params, output_format: 'xml' });
    const ids = expected.length === 0 ? body.data : idsOf(body);
    assert.deepEqual(ids, expected.length === 0 ? '' : expected, JSON.stringify(params));
  }
});

test('time that is locked, closed to payroll, or has custom fields says so', async () => {
  const own = await world.company();
  const who = await legacyOf(world, own, own.admin);
  const days = ['2024-01-02', '2024-01-03', '2024-01-04'];
  const items = days.map((date) => ({ user_id: own.admin.userId, jobcode_id: 0, type: 'manual', date, duration: 36 }));
  const { text } = await own.admin.post('/timesheets', items);
  const db = world.services.database.forCompany(own.id);
  await db.rows(sql`UPDATE timesheets SET locked = 1, customfields = '{"7":"Blue"}' WHERE date = '2024-01-04'`);
  await db.rows(sql`UPDATE companies SET lock_date = '2024-01-02' WHERE id = ${own.id}`);
  const rows = listed(await who.ok('get_timesheets', { start_date: '2024-01-01', end_date: '2024-01-31' }));
  assert.deepEqual(
    rows.map(({ locked, exported, custom_fields: fields }) => [locked, exported, fields]),
    [
      [1, 0, {}],
      [0, 0, {}],
      [1, 1, { '7': 'Blue' }],
    ],
    text,
  );
});

test('a year of many people is read page by page', async () => {
  const own = await world.company();
  const who = await legacyOf(world, own, own.admin);
  const db = world.services.database.forCompany(own.id);
  const total = 1_750;
  await db.rows(sql`
    INSERT INTO timesheets (company_id, user_id, type, start_offset, date, duration, tz_str, notes, created_by_user_id)
    SELECT ${own.id}, ${own.admin.userId}, 'manual', 0, date '2023-01-01' + n % 365, 36, 'UTC', 'note ' || n, ${own.admin.userId}
    FROM generate_series(1, ${total}) n`);
  const year = { start_date: '2023-01-01', end_date: '2023-12-31' };
  const { text, body } = await who.call('get_timesheets', year);
  assert.equal(new Set(idsOf(body)).size, total, text.slice(-200));
  const xml = await who.call('get_timesheets', { ...year, output_format: 'xml' });
  assert.deepEqual(
    listed(xml.body).map(({ ts_id: id }) => Number(id)),
    idsOf(body),
  );
});

test('everybody sees the time that he may see', async () => {
  const chiefPerson = await company.person();
  const member = await company.person({ groupId: await company.group([chiefPerson]) });
  const id = await post({ user_id: member.userId, type: 'manual', date: '2023-06-01', duration: 36 });
  const june = { start_date: '2023-06-01', end_date: '2023-06-30' };
  const cases: [string, Person, number[]][] = [
    ['he himself', member, [id]],
    ['his manager', chiefPerson, [id]],
    ['an employee', one, []],
    ['reports', await company.person({ permissions: ['reports'] }), [id]],
    ['manage_timesheets', await company.person({ permissions: ['manage_timesheets'] }), [id]],
    ['manage_users', await company.person({ permissions: ['manage_users'] }), []],
  ];
  for (const [what, person, expected] of cases) {
    const who = await legacyOf(world, company, person);
    assert.deepEqual(idsOf(await who.ok('get_timesheets', june)), expected, what);
    assert.deepEqual(idsOf(await who.ok('get_timesheets', { ...june, users: member.userId })), expected, what);
  }
  const other = await world.company();
  const stranger = await legacyOf(world, other, other.admin);
  assert.deepEqual(idsOf(await stranger.ok('get_timesheets', { ...june, users: member.userId })), []);
});

test('what is refused', async () => {
  const cases: [LegacyParams, number, RegExp][] = [
    [{}, 7010, /start_date/],
    [{ start_date: '2024-01-01' }, 7010, /end_date/],
    [{ end_date: '2024-01-01' }, 7010, /start_date/],
    [{ start_date: '2024-01-32', end_date: '2024-02-01' }, 7011, /^start_date /],
    [{ start_date: '2024-01-01', end_date: '01/02/2024' }, 7011, /^end_date /],
    [{ start_date: '2024-01-02', end_date: '2024-01-01' }, 7011, /^end_date /],
    [{ start_date: '2023-02-19', end_date: '2024-02-29' }, 7011, /375 days/],
    [{ ...march, job_code_id: 'x' }, 7011, /^job_code_id /],
    [{ ...march, users: 'x' }, 7011, /^users /],
    [{ ...march, users: Array.from({ length: 201 }, (_, index) => index + 1).join() }, 7011, /^users .*200/],
  ];
  for (const [params, code, says] of cases) {
    assert.match(await admin.fails('get_timesheets', params, code), says);
    const { body } = await admin.call('get_timesheets', { ...params, output_format: 'xml' });
    assert.deepEqual([body.status, body.error_code], ['fail', String(code)]);
  }
});

test('a failed request is written to the log without secrets, as much of it as fits', async () => {
  const lines: string[] = [];
  const { log } = world.services;
  const { event } = log;
  log.event = (entry) => void lines.push(JSON.stringify(entry));
  try {
    const cases: [data: string, kept: string, hidden: string][] = [
      ['action=clock_in&job_code_id=123', 'action=clock_in&job_code_id=123', 'nothing'],
      [`action=clock_in&token=${admin.token}&job_code_id=1`, 'job_code_id=1', admin.token],
      [`it was ${admin.token}`, 'it was', admin.token],
      ['action=login&username=joe&password=open%20sesame', 'username=joe', 'sesame'],
      ['https://demo.example/api.php?action=get_token&api_key=12345abcdefg', 'demo.example', '12345abcdefg'],
      ['action=user_add&passwd=one&two&fname=Joe', 'fname=Joe', 'two'],
      ['{"action":"user_edit","passwd":"sesame","fname":"Joe"}', 'user_edit', 'sesame'],
      ['action%3Dlogin%26password%3Dsesame', 'data', 'sesame'],
      ['password: sesame', 'data', 'sesame'],
      ['x'.repeat(10_000), 'x'.repeat(2_000), 'x'.repeat(2_001)],
    ];
    for (const [data, kept, hidden] of cases) {
      lines.length = 0;
      const { message } = await admin.ok('log_failed_request', { data });
      assert.equal(message, 'Request logged successfully');
      assert.equal(lines.length, 1);
      const line = lines[0] ?? '';
      assert.ok(line.includes(kept.replaceAll('"', '\\"')), line);
      assert.ok(!line.includes(hidden), line);
      assert.deepEqual((({ companyId, userId }) => [companyId, userId])(JSON.parse(line) as Json), [
        company.id,
        company.admin.userId,
      ]);
    }
    await admin.fails('log_failed_request', {}, 7010);
    await admin.fails('log_failed_request', { data: ' ' }, 7010);
  } finally {
    log.event = event;
  }
});
