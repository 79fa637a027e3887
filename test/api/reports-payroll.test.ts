import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { issuePair, newFamily } from '../../src/operations/tokens.ts';
import { insertApp } from '../../src/resources/oauth-apps/queries.ts';
import { statementCounter } from '../conformance/counting.ts';
import { hostileValue } from '../fuzz/values.ts';
import { apiOf } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { payrollOf, record } from './reports-payroll-support.ts';

const counter = statementCounter();
let world: World;
let company: Company;
let worker: Person;
let vacationer: Person;
let idle: Person;
let crew: number;
let jobs: number[];
let vacation: number;
let unpaidBreak: number;

const range = { start_date: '2018-03-04', end_date: '2018-03-10' };
const standard = { ...range, advanced_overtime: 'no' };
const hour = 3600;

before(async () => {
  world = await openWorld({ now: Date.UTC(2018, 5, 1) / 1000, decorate: counter.decorate });
  company = await world.company();
  crew = await company.group();
  worker = await company.person({ groupId: crew });
  vacationer = await company.person();
  idle = await company.person();
  jobs = [await company.jobcode(), await company.jobcode()];
  vacation = await company.jobcode({ type: 'pto' });
  unpaidBreak = await company.jobcode({ type: 'unpaid_break' });
  const [first = 0, second = 0] = jobs;
  const days = ['2018-03-05', '2018-03-06', '2018-03-07', '2018-03-08', '2018-03-09'];
  await record(company, [
    // Nine hours a day make 45: the last five are overtime.
    ...days.map((day, index) => ({ who: worker, jobcode: index < 4 ? first : second, day, at: '08:00', hours: 9 })),
    { who: worker, jobcode: unpaidBreak, day: '2018-03-05', at: '17:00', hours: 1 },
    { who: worker, jobcode: vacation, day: '2018-03-10', hours: 2 },
    { who: worker, jobcode: first, day: '2018-03-11', at: '08:00', hours: 3, offset: '-06:00' },
    { who: vacationer, jobcode: vacation, day: '2018-03-06', hours: 8 },
    { who: vacationer, jobcode: 0, day: '2018-03-06', at: '08:00', hours: 0.5 },
    { who: idle, jobcode: unpaidBreak, day: '2018-03-06', at: '08:00', hours: 1 },
  ]);
});
after(() => world.close());

test('the standard layout is the one of the reference, in its order', async () => {
  const answer = await company.admin.post('/reports/payroll', standard);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.body), ['results', 'supplemental_data']);
  const row = (person: Person, totals: object): object => ({
    user_id: person.userId,
    client_id: String(company.id),
    ...range,
    ...totals,
  });
  assert.equal(
    JSON.stringify(answer.body.results),
    JSON.stringify({
      payroll_report: {
        [worker.userId]: row(worker, {
          total_re_seconds: 40 * hour,
          total_ot_seconds: 5 * hour,
          total_dt_seconds: 0,
          total_pto_seconds: 2 * hour,
          total_work_seconds: 47 * hour,
          pto_seconds: { [vacation]: 2 * hour },
        }),
        [vacationer.userId]: row(vacationer, {
          total_re_seconds: 1800,
          total_ot_seconds: 0,
          total_dt_seconds: 0,
          total_pto_seconds: 8 * hour,
          total_work_seconds: 8.5 * hour,
          pto_seconds: { [vacation]: 8 * hour },
        }),
      },
    }),
  );
  const { users = {}, jobcodes = {} } = answer.body.supplemental_data ?? {};
  assert.deepEqual(Object.keys(users), [String(worker.userId), String(vacationer.userId)]);
  assert.deepEqual(Object.keys(jobcodes), [String(vacation)]);
});

test('the advanced layout tells overtime by rate, in the order of the reference', async () => {
  const answer = await company.admin.post('/reports/payroll', { ...range, supplemental_data: 'no' });
  assert.deepEqual(Object.keys(answer.body), ['results']);
  assert.equal(
    JSON.stringify(answer.body.results?.payroll_report?.[worker.userId]),
    JSON.stringify({
      user_id: worker.userId,
      client_id: String(company.id),
      ...range,
      total_re_seconds: 40 * hour,
      total_pto_seconds: 2 * hour,
      total_work_seconds: 47 * hour,
      pto_seconds: { [vacation]: 2 * hour },
      overtime_seconds: { '1.5': 5 * hour },
      fixed_rate_seconds: {},
    }),
  );
});

test('each filter narrows the report', async () => {
  const shown = async (filters: object): Promise<number[]> =>
    Object.keys(await payrollOf(company.admin, { ...standard, ...filters })).map(Number);
  const [a, b] = [worker.userId, vacationer.userId];
  const cases: [filters: object, people: number[]][] = [
    [{}, [a, b]],
    [{ user_ids: `${a}, ${idle.userId}` }, [a]],
    [{ user_ids: b }, [b]],
    [{ user_ids: [String(a), b] }, [a, b]],
    [{ user_ids: '' }, [a, b]],
    [{ group_ids: String(crew) }, [a]],
    [{ group_ids: [0] }, [b]],
    [{ group_ids: crew, user_ids: b }, []],
    [{ include_zero_time: 'yes' }, [company.admin.userId, a, b, idle.userId]],
    [{ include_zero_time: 'True', group_ids: '0' }, [company.admin.userId, b, idle.userId]],
    [{ include_zero_time: 'no', page: 1, unknown: 'x' }, [a, b]],
    [{ start_date: '2018-03-07', end_date: '2018-03-09' }, [a]],
    [{ start_date: '2018-03-11', end_date: '2018-03-20' }, [a]],
  ];
  for (const [filters, people] of cases) assert.deepEqual(await shown(filters), people, JSON.stringify(filters));
});

test('a report that begins amid a week counts the earlier days of it, and tells only its own', async () => {
  const rows = await payrollOf(company.admin, { ...standard, start_date: '2018-03-09', end_date: '2018-03-09' });
  const { total_re_seconds: straight, total_ot_seconds: overtime } = rows[worker.userId] ?? {};
  assert.deepEqual([straight, overtime], [4 * hour, 5 * hour]);
});

test('the layout follows the age of the application unless it is named', async () => {
  const keysWith = async (created: number, filters: object): Promise<string[]> => {
    const { services, url } = world;
    const clientId = `app-${created}-${JSON.stringify(filters).length}`;
    const { id: companyId, admin } = company;
    const app = { clientId, companyId, name: clientId, description: '', redirectUris: [], secretHash: '' };
    const db = services.database.system;
    await insertApp(db, app, created);
    const owner = { companyId, userId: admin.userId, clientId, family: newFamily() };
    const { accessToken } = await issuePair(db, owner, world.clock.now());
    const answer = await apiOf(`${url}/api/v1`, accessToken).post('/reports/payroll', { ...range, ...filters });
    return Object.keys(answer.body.results?.payroll_report?.[worker.userId] ?? {});
  };
  const [before, since] = [Date.UTC(2017, 9, 24, 23, 59, 59) / 1000, Date.UTC(2017, 9, 25) / 1000];
  const cases: [created: number, filters: object, advanced: boolean][] = [
    [before, {}, false],
    [since, {}, true],
    [before, { advanced_overtime: 'yes' }, true],
    [since, { advanced_overtime: 'no' }, false],
  ];
  for (const [created, filters, advanced] of cases) {
    const keys = await keysWith(created, filters);
    assert.equal(keys.includes('overtime_seconds'), advanced, JSON.stringify([created, filters]));
    assert.equal(keys.includes('total_ot_seconds'), !advanced);
  }
});

test('whatever makes no sense is refused with a sentence', async () => {
  const stranger = (await world.company()).admin;
  const cases: [data: unknown, sentence: RegExp][] = [
    [0, /start_date must be given/],
    [{ start_date: '2018-03-04' }, /end_date must be given/],
    [{ ...range, start_date: '2018-02-30' }, /start_date must be a date/],
    [{ start_date: '2018-03-10', end_date: '2018-03-04' }, /lies before start_date/],
    [{ start_date: '2018-03-04', end_date: '2019-06-04' }, /at most 375/],
    [{ ...range, user_ids: `${worker.userId},${stranger.userId},77777` }, new RegExp(`: ${stranger.userId}, 77777`)],
    [{ start_date: '0001-01-01', end_date: '0001-01-02' }, /out of range/],
    [{ ...range, user_ids: 'all' }, /user_ids must be/],
    [{ ...range, group_ids: 99_999 }, /group_ids names groups that do not exist: 99999/],
    [{ ...range, advanced_overtime: 'maybe' }, /advanced_overtime must be/],
    [{ ...range, include_zero_time: 'perhaps' }, /include_zero_time must be/],
    [{ ...range, explain: 'perhaps' }, /explain must be/],
    [{ ...range, rules: 7 }, /rules must be an object/],
    [{ ...range, rules: [] }, /rules must be an object/],
    [{ ...range, rules: { dayly: [] } }, /dayly/],
    [{ ...range, rules: { daily: [{ after: 3600, multiplier: 0.5 }] } }, /multiplier must be/],
    [
      {
        ...range,
        rules: {
          daily: [
            { after: 28_800, multiplier: 2 },
            { after: 43_200, multiplier: 1.5 },
          ],
        },
      },
      /pays less/,
    ],
  ];
  for (const report of ['payroll', 'payroll_by_jobcode']) {
    for (const [data, sentence] of cases) {
      if (report === 'payroll_by_jobcode' && JSON.stringify(data).includes('include_zero_time')) continue;
      const answer = await company.admin.post(`/reports/${report}`, data);
      assert.equal(answer.status, 417, `${report} ${JSON.stringify(data)} ${answer.text}`);
      assert.match(String(answer.body.error?.message), sentence, report);
    }
  }
});

test('people see the time that they may see as timesheets, and of no other company', async () => {
  const manager = await company.person();
  const team = await company.group([manager]);
  const member = await company.person({ groupId: team });
  const reader = await company.person({ permissions: ['reports'] });
  const [first = 0] = jobs;
  await record(company, [{ who: member, jobcode: first, day: '2018-03-06', at: '09:00', hours: 1 }]);
  const everybody = [worker, vacationer, member].map(({ userId }) => userId);
  const stranger = (await world.company()).admin;
  const cases: [who: Person, people: number[]][] = [
    [worker, [worker.userId]],
    [idle, []],
    [manager, [member.userId]],
    [member, [member.userId]],
    [reader, everybody],
    [stranger, []],
  ];
  for (const [who, people] of cases) {
    assert.deepEqual(Object.keys(await payrollOf(who, standard)).map(Number), people, who.username);
    const answer = await who.post('/reports/payroll_by_jobcode', standard);
    const shown = Object.keys(answer.body.results?.payroll_by_jobcode_report?.by_user ?? {}).map(Number);
    const withUnpaid = who === idle || who === reader ? [...people, idle.userId] : people;
    assert.deepEqual(
      shown.sort((a, b) => a - b),
      withUnpaid.sort((a, b) => a - b),
      who.username,
    );
  }
  const asked = await worker.post('/reports/payroll', { ...standard, user_ids: vacationer.userId });
  assert.equal(asked.status, 417);
  assert.match(asked.text, new RegExp(`users that do not exist: ${vacationer.userId}`));
});

test('a report of more people takes no more statements', async () => {
  const count = async (filters: object): Promise<number> => {
    world.services.cache.forget(company.id);
    counter.take();
    await payrollOf(company.admin, { ...standard, ...filters });
    return counter.take();
  };
  assert.equal(await count({}), await count({ user_ids: worker.userId }));
});

test('no filter, however strange, breaks a report', async () => {
  const names = ['start_date', 'end_date', 'user_ids', 'group_ids', 'include_zero_time', 'advanced_overtime'];
  const change = fc.tuple(fc.constantFrom(...names, 'rules', 'explain', 'supplemental_data'), hostileValue);
  const rules = fc.constantFrom(
    'weekly',
    'daily',
    'automatic_break',
    'rounding',
    'time_zone',
    'workday_start',
    'exempt',
  );
  const rule = fc.tuple(rules, hostileValue).map(([name, value]) => ['rules', { [name]: value }] as const);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('payroll', 'payroll_by_jobcode'),
      fc.array(fc.oneof(change, rule), { minLength: 1, maxLength: 2 }),
      async (report, changes) => {
        const data = { ...range, ...Object.fromEntries(changes) };
        const answer = await company.admin.post(`/reports/${report}`, data);
        assert.ok([200, 400, 413, 417].includes(answer.status), `${JSON.stringify(data)} ${answer.text}`);
      },
    ),
    { numRuns: 80 },
  );
});

test('an empty report has all of its parts, as maps, and filters it does not know are ignored', async () => {
  const { admin } = await world.company();
  const days = { start_date: '2026-01-04', end_date: '2026-01-10' };
  const bodies = {
    'reports/payroll': { payroll_report: {} },
    'reports/payroll_by_jobcode': { payroll_by_jobcode_report: { totals: {}, by_user: {} }, filters: days },
  };
  for (const [name, results] of Object.entries(bodies)) {
    const answer = await admin.post(`/${name}`, {
      ...days,
      user_ids: null,
      group_ids: '',
      page: 1,
      jobcode_ids: ['x'],
    });
    assert.equal(answer.text, JSON.stringify({ results, supplemental_data: {} }));
  }
  for (const data of ['0', '{}', 'null', '[]']) {
    const { text } = await admin.send('POST', '/reports/payroll', `{"data":${data}}`);
    assert.equal(text, '{"error":{"code":417,"message":"Expectation Failed: start_date must be given"}}');
  }
});
