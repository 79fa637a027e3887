import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer, Json } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

// 2026-06-19 is a Friday; 18:00 UTC is noon in Denver.
const now = Date.UTC(2026, 5, 19, 18) / 1000;
const range = { start_date: '2026-06-08', end_date: '2026-06-12' };
let world: World;
let company: Company;
let job: number;
let manager: Person;
let member: Person;
let other: Person;
let pause: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  job = await company.jobcode();
  pause = await company.jobcode({ type: 'unpaid_break' });
  await company.setting('rounding', 'installed', 1);
  await company.setting('general', 'lunch_deduct', 1);
  await company.setting('general', 'lunch_threshold', 6);
  await company.setting('general', 'lunch_length', 0.5);
  manager = await company.person();
  const groupId = await company.group([manager]);
  member = await company.person({ groupId });
  other = await company.person();
  await punch(member, '2026-06-08', '08:07:00', '16:53:00');
  await punch(member, '2026-06-09', '08:08:00', '16:52:00');
  await punch(other, '2026-06-10', '08:07:00', '13:55:00');
  await punch(member, '2026-06-13', '08:07:00', '08:53:00');
});
after(() => world.close());

const on = (day: string, time: string): string => `${day}T${time}-06:00`;

function sheet(person: Person, day: string, from: string, to: string, jobcode = job): object {
  const end = to === '' ? '' : on(day, to);
  return { user_id: person.userId, jobcode_id: jobcode, type: 'regular', start: on(day, from), end };
}

async function write(values: object): Promise<Json> {
  const { body } = await company.admin.post('/timesheets', [values]);
  const row = body.results?.timesheets?.['1'] as Json;
  assert.ok([200, 201].includes(Number(row._status_code)), JSON.stringify(row));
  return row;
}

/** Clocks someone in and out. */
async function punch(person: Person, day: string, from: string, to: string): Promise<number> {
  const { id } = await write(sheet(person, day, from, ''));
  await company.admin.put('/timesheets', [{ id, end: on(day, to) }]);
  return Number(id);
}

function ask(person: Person, name: string, data: object): Promise<Answer> {
  return person.post(`/reports/${name}`, { ...range, ...data });
}

async function roundingOf(person: Person, data: object = {}): Promise<Json> {
  const { status, body } = await ask(person, 'rounding', data);
  assert.equal(status, 200, JSON.stringify(body));
  return body.results?.rounding_report as Json;
}

const people = (report: Json): number[] => Object.keys(report.users ?? {}).map(Number);

test('the report on rounding tells what was won and lost, by person and in all', async () => {
  const answer = await ask(company.admin, 'rounding', {});
  assert.deepEqual(answer.body.results, {
    rounding_report: {
      ...range,
      what_if: null,
      total: {
        punches: 6,
        start_won_seconds: 840,
        start_lost_seconds: 420,
        end_won_seconds: 720,
        end_lost_seconds: 420,
        net_seconds: 720,
        net_minutes: 12,
      },
      users: {
        [member.userId]: {
          user_id: member.userId,
          punches: 4,
          start_won_seconds: 420,
          start_lost_seconds: 420,
          end_won_seconds: 420,
          end_lost_seconds: 420,
          net_seconds: 0,
          net_minutes: 0,
        },
        [other.userId]: {
          user_id: other.userId,
          punches: 2,
          start_won_seconds: 420,
          start_lost_seconds: 0,
          end_won_seconds: 300,
          end_lost_seconds: 0,
          net_seconds: 720,
          net_minutes: 12,
        },
      },
    },
  });
  assert.deepEqual(Object.keys(answer.body.supplemental_data?.users ?? {}).map(Number), [member.userId, other.userId]);
});

test('filters choose days, people and groups', async () => {
  const groupId = Number(
    (await member.get('/users', { ids: member.userId })).body.results?.users?.[member.userId]?.group_id,
  );
  assert.deepEqual(people(await roundingOf(company.admin, { start_date: '2026-06-10' })), [other.userId]);
  assert.equal((await roundingOf(company.admin, { end_date: '2026-06-13' })).total?.punches as unknown, 8);
  assert.deepEqual(people(await roundingOf(company.admin, { user_ids: `${other.userId}` })), [other.userId]);
  assert.deepEqual(people(await roundingOf(company.admin, { group_ids: [groupId] })), [member.userId]);
  assert.deepEqual(people(await roundingOf(company.admin, { group_ids: [0] })), [other.userId]);
  const bare = await ask(company.admin, 'rounding', { supplemental_data: 'no' });
  assert.ok(!('supplemental_data' in bare.body));
});

const ways: readonly [object, number[]][] = [
  [{ minutes: 15, in: 'up', out: 'down' }, [0, 1380, 0, 1500, -2880]],
  [{ minutes: 15, in: 'down', out: 'up' }, [1320, 0, 1200, 0, 2520]],
  [{ minutes: 5 }, [240, 120, 120, 120, 120]],
  [{ minutes: 1, in: 'none', out: 'none' }, [0, 0, 0, 0, 0]],
];

test('rules are tried out on the punches', async () => {
  for (const [rounding, expected] of ways) {
    const { total = {} as Json, what_if } = await roundingOf(company.admin, { rules: { rounding } });
    const names = ['start_won_seconds', 'start_lost_seconds', 'end_won_seconds', 'end_lost_seconds', 'net_seconds'];
    assert.deepEqual(
      names.map((name) => total[name] as unknown),
      expected,
      JSON.stringify(rounding),
    );
    assert.deepEqual(what_if, { in: 'nearest', out: 'nearest', ...rounding });
  }
});

test('who may see time sees what rounding made of it', async () => {
  const reporter = await company.person({ permissions: ['reports'] });
  const stranger = (await world.company()).admin;
  const both = [member.userId, other.userId];
  const seen: [Person, number[]][] = [
    [company.admin, both],
    [reporter, both],
    [manager, [member.userId]],
    [other, [other.userId]],
    [await company.person(), []],
    [stranger, []],
  ];
  for (const [person, expected] of seen) assert.deepEqual(people(await roundingOf(person)), expected);
  const { status, text } = await ask(other, 'rounding', { user_ids: [member.userId] });
  assert.deepEqual([status, text.includes(`${member.userId}`)], [417, true]);
});

const refusals: readonly [string, object, RegExp][] = [
  ['rounding', { start_date: '' }, /start_date must be given/],
  ['rounding', { end_date: '2026-06-07' }, /lies before start_date/],
  ['rounding', { end_date: '2027-12-31' }, /at most 375/],
  ['rounding', { user_ids: [999_999_999] }, /do not exist: 999999999/],
  ['rounding', { group_ids: [999_999_999] }, /do not exist: 999999999/],
  ['rounding', { rules: {} }, /rules\.rounding must say how to round/],
  ['rounding', { rules: { rounding: { minutes: 31 } } }, /rounding\.minutes must be/],
  ['breaks', { start_date: 'soon' }, /start_date must be a date/],
  ['breaks', { rules: { automatic_break: 1 } }, /automatic_break/],
];

test('what makes no sense is refused with a sentence', async () => {
  for (const [name, data, sentence] of refusals) {
    const { status, text } = await ask(company.admin, name, data);
    assert.equal(status, 417, text);
    assert.match(text, sentence);
  }
  for (const name of ['rounding', 'breaks']) {
    const { status, text } = await ask(manager, name, { rules: { rounding: { minutes: 15 } } });
    assert.equal(status, 417);
    assert.match(text, /permission to try out pay rules/);
    assert.notEqual((await company.admin.get(`/reports/${name}`)).status, 200);
  }
});

test('the report on breaks tells the workdays on which an automatic break was missed or short', async () => {
  const worker = await company.person();
  // Missed (by one who left early without pay), short, taken, taken in two parts, not due, and edited by hand on both sides.
  await punch(worker, '2026-06-08', '08:00:00', '15:00:00');
  const away = await company.jobcode({ type: 'unpaid_time_off' });
  await write(sheet(worker, '2026-06-08', '15:00:00', '16:00:00', away));
  await punch(worker, '2026-06-09', '08:00:00', '16:00:00');
  await write(sheet(worker, '2026-06-09', '12:00:00', '12:10:00', pause));
  await punch(worker, '2026-06-10', '08:00:00', '16:00:00');
  await write(sheet(worker, '2026-06-10', '12:00:00', '12:30:00', pause));
  await punch(worker, '2026-06-11', '08:00:00', '16:00:00');
  await write(sheet(worker, '2026-06-11', '10:00:00', '10:15:00', pause));
  await write(sheet(worker, '2026-06-11', '13:00:00', '13:15:00', pause));
  await punch(worker, '2026-06-12', '08:00:00', '14:00:00');
  const { body } = await ask(company.admin, 'breaks', { user_ids: worker.userId });
  const missed = { worked_seconds: 25_200, due_seconds: 1800, taken_seconds: 0, deducted_seconds: 1800 };
  const short = { worked_seconds: 28_200, due_seconds: 1800, taken_seconds: 600, deducted_seconds: 1200 };
  assert.deepEqual(body.results, {
    breaks_report: {
      ...range,
      total: { missed: 1, short: 1 },
      users: {
        [worker.userId]: {
          user_id: worker.userId,
          missed: 1,
          short: 1,
          workdays: [
            { date: '2026-06-08', state: 'missed', ...missed },
            { date: '2026-06-09', state: 'short', ...short },
          ],
        },
      },
    },
  });
  const tried = await ask(company.admin, 'breaks', {
    user_ids: worker.userId,
    rules: { automatic_break: { after: 7200, deduct: 3600 } },
  });
  assert.deepEqual(tried.body.results?.breaks_report?.total, { missed: 2, short: 3 });
  const own = await ask(worker, 'breaks', {});
  assert.deepEqual(Object.keys(own.body.results?.breaks_report?.users ?? {}), [String(worker.userId)]);
  await company.setting('general', 'lunch_deduct', 0, { userId: worker.userId });
  const off = await ask(company.admin, 'breaks', { user_ids: worker.userId });
  assert.deepEqual(off.body.results?.breaks_report?.total, { missed: 0, short: 0 });
});

test('both reports come as tables', async () => {
  const csv = async (name: string): Promise<string[]> => {
    const body = JSON.stringify({ data: { ...range, user_ids: member.userId } });
    const { headers, text } = await company.admin.send('POST', `/reports/${name}?format=csv`, body);
    assert.match(String(headers.get('content-disposition')), new RegExp(`${name}-2026-06-08-2026-06-12\\.csv`));
    return text.trimEnd().split('\r\n');
  };
  const who = 'user_id,username,first_name,last_name,employee_number,payroll_id';
  const cells = `${member.userId},${member.username},Pat,${member.username},0,`;
  assert.deepEqual(await csv('rounding'), [
    `${who},punches,start_won_seconds,start_lost_seconds,end_won_seconds,end_lost_seconds,net_seconds,net_minutes`,
    `${cells},4,420,420,420,420,0,0`,
  ]);
  assert.deepEqual(await csv('breaks'), [
    `${who},date,state,worked_seconds,due_seconds,taken_seconds,deducted_seconds`,
    `${cells},2026-06-08,missed,32400,1800,0,1800`,
    `${cells},2026-06-09,missed,30600,1800,0,1800`,
  ]);
});
