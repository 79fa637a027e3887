import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { acceptedValue } from '../../src/resources/effective-settings/accepted-value.ts';
import type { Json } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { payrollOf, record } from './reports-payroll-support.ts';

const hour = 3600;
let world: World;
/** Daily overtime after eight hours, by the general settings. */
let daily: Company;
/** The usual rules: 40 hours a week. */
let usual: Company;

before(async () => {
  world = await openWorld({ shared: true, now: Date.UTC(2018, 5, 1) / 1000 });
  daily = await world.company();
  await daily.setting('general', 'daily_overtime', '1');
  usual = await world.company();
});
after(() => world.close());

const totals = (re: number, ot: number, pto = 0, unpaid?: number): object => ({
  total_re_seconds: re,
  total_ot_seconds: ot,
  total_dt_seconds: 0,
  total_pto_seconds: pto,
  ...(unpaid === undefined ? {} : { total_unpaid_seconds: unpaid }),
  total_work_seconds: re + ot + pto,
});

test('payroll_by_jobcode gives the numbers of the reference, in both layouts', async () => {
  const who = await daily.person();
  const pto = await daily.jobcode({ type: 'pto' });
  const jobs = [];
  for (let count = 0; count < 4; count += 1) jobs.push(await daily.jobcode());
  const [a = 0, b = 0, c = 0, d = 0] = jobs;
  const on = (jobcode: number, day: string, seconds: number): object => ({ who, jobcode, day, at: '06:00', seconds });
  const work = [
    on(d, '2017-03-13', 43_200),
    on(c, '2017-03-14', 32_160),
    on(a, '2017-03-15', 37_140),
    on(b, '2017-03-16', 41_280),
    on(a, '2017-03-17', 38_760),
  ] as { who: Person; jobcode: number; day: string; at: string; seconds: number }[];
  await record(daily, [
    ...work.map(({ seconds, ...one }) => ({ ...one, hours: seconds / hour, offset: '-06:00' })),
    { who, jobcode: pto, day: '2017-03-15', hours: 8 },
  ]);
  const data = { user_ids: `${who.userId}`, start_date: '2017-03-12', end_date: '2017-03-18' };
  const filters = { start_date: '2017-03-12', end_date: '2017-03-18', user_ids: [String(who.userId)] };
  const standard = await daily.admin.post('/reports/payroll_by_jobcode', { ...data, advanced_overtime: 'no' });
  const row = (jobcode: number, more: object): object => ({ [jobcode]: { jobcode_id: jobcode, ...more } });
  const byJobcode = {
    ...row(pto, totals(0, 0, 28_800)),
    ...row(a, totals(57_600, 18_300)),
    ...row(b, totals(28_800, 12_480)),
    ...row(c, totals(28_800, 3_360)),
    ...row(d, totals(28_800, 14_400)),
  };
  const dates = {
    '2017-03-13': row(d, totals(28_800, 14_400, 0, 0)),
    '2017-03-14': row(c, totals(28_800, 3_360, 0, 0)),
    '2017-03-15': { ...row(pto, totals(0, 0, 28_800, 0)), ...row(a, totals(28_800, 8_340, 0, 0)) },
    '2017-03-16': row(b, totals(28_800, 12_480, 0, 0)),
    '2017-03-17': row(a, totals(28_800, 9_960, 0, 0)),
  };
  assert.equal(
    JSON.stringify(standard.body.results),
    JSON.stringify({
      payroll_by_jobcode_report: {
        totals: byJobcode,
        by_user: { [who.userId]: { user_id: who.userId, totals: byJobcode, dates } },
      },
      filters,
    }),
  );
  const supplements = standard.body.supplemental_data ?? {};
  assert.deepEqual(Object.keys(supplements), ['users', 'jobcodes']);
  assert.deepEqual(
    Object.keys(supplements.jobcodes ?? {}).map(Number),
    [pto, a, b, c, d].sort((x, y) => x - y),
  );

  const advanced = await daily.admin.post('/reports/payroll_by_jobcode', { ...data, supplemental_data: 'no' });
  assert.deepEqual(Object.keys(advanced.body), ['results']);
  const report = advanced.body.results?.payroll_by_jobcode_report;
  assert.equal(
    JSON.stringify(report?.totals?.[a]),
    JSON.stringify({
      jobcode_id: a,
      total_re_seconds: 57_600,
      total_pto_seconds: 0,
      total_work_seconds: 75_900,
      overtime_seconds: { '1.5': 18_300 },
      fixed_rate_seconds: {},
    }),
  );
  assert.equal(
    JSON.stringify(report?.by_user?.[who.userId]?.dates?.['2017-03-15']?.[pto]),
    JSON.stringify({
      jobcode_id: pto,
      total_re_seconds: 0,
      total_pto_seconds: 28_800,
      total_unpaid_seconds: 0,
      total_work_seconds: 28_800,
      overtime_seconds: { '1.5': 0 },
      fixed_rate_seconds: {},
    }),
  );
});

test('overtime goes to the jobcode that is worked on when the threshold is crossed', async () => {
  const who = await usual.person();
  const jobs = [await usual.jobcode(), await usual.jobcode(), await usual.jobcode()];
  const [a = 0, b = 0, c = 0] = jobs;
  const hours: [jobcode: number, day: string, at: string, hours: number][] = [
    [a, '2018-03-05', '06:00', 12.5],
    [a, '2018-03-06', '06:00', 12.5],
    [b, '2018-03-07', '06:00', 12.5],
    [b, '2018-03-08', '06:00', 12.5],
    [c, '2018-03-09', '06:00', 10],
  ];
  await record(
    usual,
    hours.map(([jobcode, day, at, count]) => ({ who, jobcode, day, at, hours: count })),
  );
  const data = {
    start_date: '2018-03-04',
    end_date: '2018-03-10',
    advanced_overtime: 'no',
    user_ids: who.userId,
  };
  const answer = await usual.admin.post('/reports/payroll_by_jobcode', data);
  const shown = answer.body.results?.payroll_by_jobcode_report?.totals ?? {};
  assert.deepEqual(shown, {
    [a]: { jobcode_id: a, ...totals(25 * hour, 0) },
    [b]: { jobcode_id: b, ...totals(15 * hour, 10 * hour) },
    [c]: { jobcode_id: c, ...totals(0, 10 * hour) },
  });
});

test('packs and rule sets hold for a company, a group or a person, the narrower before the wider', async () => {
  const company = await world.company();
  const job = await company.jobcode();
  const crew = await company.group();
  const people = [
    await company.person(),
    await company.person({ groupId: crew }),
    await company.person({ groupId: crew }),
  ];
  const [plain, member, single] = people as [Person, Person, Person];
  await record(
    company,
    people.map((who) => ({ who, jobcode: job, day: '2018-03-06', at: '06:00', hours: 14 })),
  );
  await company.setting('overtime', 'pack', 'us-federal');
  await company.setting('overtime', 'pack', 'california', { groupId: crew });
  const own = { daily: [{ after: 10 * hour, multiplier: 1.6 }], weekly: [{ after: 40 * hour, fixed: 5 }] };
  await company.setting('overtime', 'rules', JSON.stringify(own), { userId: single.userId });
  const range = { start_date: '2018-03-04', end_date: '2018-03-10' };
  const rows = await payrollOf(company.admin, range);
  const paid = ({ userId }: Person): unknown[] => {
    const { total_re_seconds: straight, overtime_seconds: overtime, fixed_rate_seconds: fixed } = rows[userId] ?? {};
    return [straight, overtime, fixed];
  };
  assert.deepEqual(paid(plain), [14 * hour, { '1.5': 0 }, {}]);
  assert.deepEqual(paid(member), [8 * hour, { '1.5': 4 * hour, '2': 2 * hour }, {}]);
  assert.deepEqual(paid(single), [10 * hour, { '1.6': 4 * hour }, { '5': 0 }]);
  const refused = await company.admin.post('/reports/payroll', { ...range, advanced_overtime: 'no' });
  assert.equal(refused.status, 417);
  assert.match(refused.text, /advanced_overtime must be yes.*1\.6 times, 5 more an hour/);
  const others = { ...range, advanced_overtime: 'no', user_ids: [plain.userId, member.userId] };
  const standard = await payrollOf(company.admin, others);
  const { total_ot_seconds: overtime, total_dt_seconds: double } = standard[member.userId] ?? {};
  assert.deepEqual([overtime, double], [4 * hour, 2 * hour]);
  const table = await company.admin.send('POST', '/reports/payroll?format=csv', JSON.stringify({ data: range }));
  const [head = '', ...lines] = table.text.trim().split(/\r?\n/);
  assert.match(head, /user_id.*total_re_seconds.*overtime_1\.5_seconds.*fixed_rate_5_seconds.*total_re_hours/);
  const figures = '36000,0,50400,0,14400,0,0,10,0,14,0,4,0,0';
  assert.equal(lines[2], `${single.userId},${single.username},Pat,${single.username},0,,${figures}`);
  const detail = await company.admin.send(
    'POST',
    '/reports/payroll_by_jobcode?format=csv',
    JSON.stringify({ data: range }),
  );
  assert.match(detail.text, new RegExp(`\n${member.userId},.*,2018-03-06,${job},28800,`));
  await company.setting('overtime', 'rules', JSON.stringify({ daily: [{ after: 12 * hour, multiplier: 3 }] }));
  const changed = await payrollOf(company.admin, range);
  const premiums = people.map(({ userId }) => changed[userId]?.overtime_seconds);
  assert.deepEqual(premiums[0], { '3': 2 * hour }, 'the rule set goes before the pack at one place');
  assert.deepEqual(premiums[1], { '1.5': 4 * hour, '2': 2 * hour }, 'a pack of the group before rules of the company');
  assert.deepEqual(premiums[2], { '1.6': 4 * hour });
});

test('settings of overtime take what is a pack or a rule set, and nothing else', () => {
  const refused: [key: string, value: unknown, sentence: RegExp][] = [
    ['pack', 'texas', /overtime\.pack must be one of/],
    ['rules', '{', /overtime\.rules must be pay rules as JSON/],
    ['rules', '{"weekly":[{"after":-1,"multiplier":2}]}', /weekly\[0\]\.after/],
    ['rules', '[]', /must be an object/],
  ];
  for (const [key, value, sentence] of refused) {
    assert.throws(() => acceptedValue('overtime', key, value), sentence, `${key} ${value}`);
  }
  assert.equal(acceptedValue('overtime', 'pack', 'colorado'), 'colorado');
  assert.equal(acceptedValue('overtime', 'rules', ' '), '');
  assert.equal(acceptedValue('overtime', 'rules', '{}'), '{}');
});

test('rules can be tried out by administrators, and nothing of it is kept', async () => {
  const who = await usual.person();
  const job = await usual.jobcode();
  await record(usual, [{ who, jobcode: job, day: '2018-04-03', at: '08:00', hours: 10, offset: '-06:00' }]);
  const data = { start_date: '2018-04-01', end_date: '2018-04-07', user_ids: who.userId };
  const straight = async (more: object): Promise<unknown> =>
    (await payrollOf(usual.admin, { ...data, ...more }))[who.userId]?.total_re_seconds;
  const rules = { daily: [{ after: 6 * hour, multiplier: 1.5 }] };
  assert.equal(await straight({}), 10 * hour);
  assert.equal(await straight({ rules }), 6 * hour);
  assert.equal(await straight({ rules: { ...rules, exempt: 'all' } }), 10 * hour);
  assert.equal(await straight({}), 10 * hour);
  const refused = await who.post('/reports/payroll', { ...data, rules });
  assert.equal(refused.status, 417);
  assert.match(refused.text, /Oops! You don't have permission to try out pay rules/);
});

test('a night that changes the clocks counts by its instants, whole on its date or split where the day begins', async () => {
  const who = await usual.person();
  const job = await usual.jobcode();
  // From 22:00 to 06:00 while the clocks go forward at 2:00: seven hours.
  await record(usual, [{ who, jobcode: job, day: '2018-03-10', at: '22:00', hours: 7 }]);
  const data = { start_date: '2018-03-10', end_date: '2018-03-11', user_ids: who.userId };
  const secondsByDay = async (rules?: object): Promise<[string, unknown][]> => {
    const answer = await usual.admin.post('/reports/payroll_by_jobcode', { ...data, ...(rules ? { rules } : {}) });
    const dates = answer.body.results?.payroll_by_jobcode_report?.by_user?.[who.userId]?.dates ?? {};
    return Object.entries(dates).map(([day, jobcodes]) => [day, jobcodes[job]?.total_work_seconds]);
  };
  assert.deepEqual(await secondsByDay(), [['2018-03-10', 7 * hour]]);
  assert.deepEqual(await secondsByDay({ overnight: 'split' }), [
    ['2018-03-10', 2 * hour],
    ['2018-03-11', 5 * hour],
  ]);
  assert.deepEqual(await secondsByDay({ time_zone: 'Asia/Tokyo' }), [['2018-03-11', 7 * hour]]);
});

test('explain tells why each segment is paid as it is, and adds up to the report', async () => {
  const who = await daily.person();
  const job = await daily.jobcode();
  const pause = await daily.jobcode({ type: 'unpaid_break' });
  const pto = await daily.jobcode({ type: 'pto' });
  const [long = 0, rest = 0, off = 0] = await record(daily, [
    { who, jobcode: job, day: '2018-03-06', at: '08:00', hours: 10 },
    { who, jobcode: pause, day: '2018-03-06', at: '18:00', hours: 1 },
    { who, jobcode: pto, day: '2018-03-07', hours: 4 },
  ]);
  const data = { start_date: '2018-03-04', end_date: '2018-03-10', user_ids: who.userId };
  const answer = await daily.admin.post('/reports/payroll?explain=1', data);
  const explained = answer.body.results?.explain?.[who.userId] as unknown as Json[];
  const place = { jobcode_id: job, date: '2018-03-06' };
  const why = (rule: string, threshold: number, day: number): object => ({
    rule,
    threshold,
    day_seconds: day,
    week_seconds: day,
  });
  assert.deepEqual(explained.slice(0, 2), [
    {
      timesheet_id: long,
      ...place,
      start: '2018-03-06T08:00:00-07:00',
      end: '2018-03-06T16:00:00-07:00',
      seconds: 8 * hour,
      class: 'regular',
      ...why('straight', 0, 0),
    },
    {
      timesheet_id: long,
      ...place,
      start: '2018-03-06T16:00:00-07:00',
      end: '2018-03-06T18:00:00-07:00',
      seconds: 2 * hour,
      class: 'overtime',
      multiplier: 1.5,
      ...why('daily', 8 * hour, 8 * hour),
    },
  ]);
  const [, , unpaid, holiday] = explained;
  assert.deepEqual([unpaid?.timesheet_id, unpaid?.class, unpaid?.rule], [rest, 'unpaid', 'unpaid']);
  assert.deepEqual([holiday?.timesheet_id, holiday?.class, holiday?.start, holiday?.end], [off, 'pto', '', '']);
  const row = answer.body.results?.payroll_report?.[who.userId];
  const sum = (name: string): number =>
    explained.filter((one) => String(one.class) === name).reduce((seconds, one) => seconds + Number(one.seconds), 0);
  assert.equal(sum('regular'), row?.total_re_seconds);
  assert.equal(sum('overtime'), row?.overtime_seconds?.['1.5']);
  assert.equal(sum('pto'), row?.total_pto_seconds);
  for (const explain of [{ data: { ...data, explain: 'yes' } }, { data, explain: 'yes' }]) {
    const same = await daily.admin.send('POST', '/reports/payroll_by_jobcode', JSON.stringify(explain));
    assert.deepEqual(same.body.results?.explain, answer.body.results?.explain);
  }
});

test('what jobcodes add up to is what the report of people says', async () => {
  for (const company of [daily, usual]) {
    const data = { start_date: '2017-03-01', end_date: '2018-03-10', advanced_overtime: 'no' };
    const rows = await payrollOf(company.admin, data);
    const answer = await company.admin.post('/reports/payroll_by_jobcode', data);
    const report = answer.body.results?.payroll_by_jobcode_report;
    for (const name of ['total_re_seconds', 'total_ot_seconds', 'total_pto_seconds', 'total_work_seconds']) {
      const sum = (list: object): number => Object.values(list).reduce((all, one: Json) => all + Number(one[name]), 0);
      assert.equal(sum(report?.totals ?? {}), sum(rows), name);
      for (const [userId, row] of Object.entries(rows)) {
        const { totals: own = {}, dates = {} } = report?.by_user?.[userId] ?? {};
        assert.equal(sum(own), Number(row[name]), name);
        const days = Object.values(dates).map((jobcodes) => sum(jobcodes));
        assert.equal(
          days.reduce((all, one) => all + one, 0),
          Number(row[name]),
          name,
        );
      }
    }
  }
});
