import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { statementCounter } from '../conformance/counting.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { assertDone, idsIn, instant, itemOf, type Row, rowsOf } from './users-support.ts';

const counter = statementCounter();
let world: World;
let company: Company;
let admin: Person;
let job: number;

before(async () => {
  world = await openWorld({ decorate: counter.decorate, now: Date.UTC(2026, 6, 15, 18) / 1000 });
  company = await world.company();
  ({ admin } = company);
  job = await company.jobcode({ name: 'Digging' });
});
after(() => world.close());

/** Time of some day, in Denver. */
function sheetOf({ userId }: Person, day: string, more: Row = {}): Row {
  const times = { start: `${day}T08:00:00-06:00`, end: `${day}T16:00:00-06:00` };
  return { user_id: userId, jobcode_id: job, type: 'regular', ...times, ...more };
}

async function enter(...sheets: Row[]): Promise<number[]> {
  const answer = await admin.post('/timesheets', sheets);
  for (const item of Object.values(rowsOf(answer, 'timesheets'))) assertDone(item, 'enter');
  return idsIn(answer, 'timesheets');
}

async function close(item: Row, by = admin): Promise<Row> {
  return itemOf(await by.post('/payroll_exports', [item]), 'payroll_exports');
}

async function reopen(id: unknown, reason = 'A punch was missing'): Promise<Row> {
  return itemOf(await admin.post('/payroll_exports/reopen', [{ id, reason }]), 'payroll_exports');
}

async function sheet(id: number): Promise<Row> {
  return rowsOf(await admin.get('/timesheets', { ids: id, on_the_clock: 'both' }), 'timesheets')[id] ?? {};
}

const keys = [
  'id',
  'start_date',
  'end_date',
  'active',
  'everyone',
  'user_ids',
  'group_ids',
  'people',
  'require_approval',
  'created_by_user_id',
  'reopened',
  'reopened_by_user_id',
  'reason',
  'created',
  'last_modified',
];

test('closing locks the time of a period, and opening it again unlocks it, for a reason that is kept', async () => {
  const worker = await company.person();
  const [inside = 0, outside = 0] = await enter(sheetOf(worker, '2026-06-30'), sheetOf(worker, '2026-07-11'));
  const made = await admin.post('/payroll_exports', [{ period: 'previous' }]);
  const item = itemOf(made, 'payroll_exports');
  assert.deepEqual(Object.keys(item), ['_status_code', '_status_message', ...keys]);
  const { id, created, last_modified, people, ...rest } = item;
  assert.match(String(created), instant);
  assert.match(String(last_modified), instant);
  assert.equal(people, 2);
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    start_date: '2026-06-27',
    end_date: '2026-07-10',
    active: true,
    everyone: true,
    user_ids: [],
    group_ids: [],
    require_approval: false,
    created_by_user_id: admin.userId,
    reopened: '',
    reopened_by_user_id: 0,
    reason: '',
  });
  assert.deepEqual(Object.keys(rowsOf(made, 'users', 'supplemental_data')), [String(admin.userId)]);
  assert.equal((await sheet(inside)).locked, 1);
  assert.equal((await sheet(outside)).locked, 0);
  const periods = rowsOf(await worker.get('/pay_periods', { n: -1, count: 2 }), 'pay_periods');
  assert.deepEqual([periods[1]?.closed, periods[2]?.closed], [true, false]);

  const opened = await reopen(id);
  assert.deepEqual(
    [opened._status_code, opened.active, opened.reopened_by_user_id, opened.reason],
    [200, false, admin.userId, 'A punch was missing'],
  );
  assert.match(String(opened.reopened), instant);
  assert.equal((await sheet(inside)).locked, 0);
  const history = await world.services.database.forCompany(company.id).rows(sql`
    SELECT resource, actor_user_id, after->>'locked', after->>'reason' FROM history
    WHERE company_id = ${company.id} AND ((resource = 'timesheets' AND row_id = ${inside} AND before IS NOT NULL)
      OR (resource = 'payroll_closings' AND before IS NOT NULL)) ORDER BY id`);
  const by = String(admin.userId);
  assert.deepEqual(history, [
    ['timesheets', by, '1', null],
    ['payroll_closings', by, null, 'A punch was missing'],
    ['timesheets', by, '0', null],
  ]);
  assert.equal((await reopen(id))._status_extra, `There is no payroll export ${id} that is closed`);
});

test('nobody changes, adds, moves or splits time of closed days', async () => {
  const worker = await company.person({ permissions: ['manage_my_timesheets'] });
  const lunch = await company.jobcode({ type: 'unpaid_break' });
  const days = { start_date: '2026-05-02', end_date: '2026-05-15' };
  const [inside = 0, outside = 0, night = 0, leaving = 0] = await enter(
    sheetOf(worker, '2026-05-04'),
    sheetOf(worker, '2026-05-18'),
    sheetOf(worker, '2026-05-15', { start: '2026-05-15T20:00:00-06:00', end: '2026-05-16T06:00:00-06:00' }),
    sheetOf(worker, '2026-05-06'),
  );
  const closing = await close({ ...days, user_ids: worker.userId });
  assert.equal(closing._status_code, 200, JSON.stringify(closing));
  assert.equal(closing.everyone, false);
  assert.deepEqual(closing.user_ids, [worker.userId]);
  const locked = (day: string) => `The time of ${day} is locked: it is closed to payroll.`;
  const start = (day: string) => ({ start: `${day}T08:00:00-06:00`, end: `${day}T09:00:00-06:00` });
  const breakAt = { jobcode_id: lunch, start: '2026-05-16T01:00:00-06:00', end: '2026-05-16T02:00:00-06:00' };
  const writes: [string, 'post' | 'put', Row, string][] = [
    ['a new one', 'post', sheetOf(worker, '2026-05-05'), '2026-05-05'],
    [
      'a manual one',
      'post',
      { user_id: worker.userId, jobcode_id: job, type: 'manual', date: '2026-05-15', duration: 60 },
      '2026-05-15',
    ],
    ['other notes', 'put', { id: inside, notes: 'x' }, '2026-05-04'],
    ['out of the period', 'put', { id: inside, ...start('2026-05-19') }, '2026-05-04'],
    ['into the period', 'put', { id: outside, ...start('2026-05-07') }, '2026-05-07'],
    ['a break after midnight', 'post', { ...sheetOf(worker, ''), ...breakAt }, '2026-05-15'],
  ];
  for (const by of [worker, admin]) {
    for (const [what, method, item, day] of writes) {
      const result = itemOf(await by[method]('/timesheets', [item]), 'timesheets');
      assert.deepEqual([result._status_code, result._status_extra], [417, locked(day)], what);
    }
    const deleted = rowsOf(await by.delete('/timesheets', [leaving]), 'timesheets')[leaving];
    assert.equal(deleted?._status_extra, locked('2026-05-06'));
  }
  assert.equal((await sheet(night)).locked, 1);
  // Somebody else's days are open, and so are the days around.
  const other = await company.person();
  await enter(sheetOf(other, '2026-05-04'), sheetOf(worker, '2026-05-01'), sheetOf(worker, '2026-05-19'));
  await admin.delete('/timesheets', [outside]);
  await reopen(closing.id);
  await enter(sheetOf(worker, '2026-05-05'));
});

test('days that are closed for everyone are closed for those who come later', async () => {
  const closing = await close({ start_date: '2026-03-01', end_date: '2026-03-31' });
  assert.equal(closing._status_code, 200, JSON.stringify(closing));
  const late = await company.person();
  const refused = itemOf(await admin.post('/timesheets', [sheetOf(late, '2026-03-09')]), 'timesheets');
  assert.equal(refused._status_extra, 'The time of 2026-03-09 is locked: it is closed to payroll.');
  const again = await close({ start_date: '2026-03-31', end_date: '2026-04-01', user_ids: [late.userId] });
  assert.match(String(again._status_extra), new RegExp(`closed already, by payroll export ${closing.id}, for Pat`));
});

test('time that was judged before a period was closed is not written after it', async () => {
  const worker = await company.person();
  const db = world.services.database.forCompany(company.id);
  const closing = await close({ start_date: '2026-02-01', end_date: '2026-02-14', user_ids: worker.userId });
  await assert.rejects(
    db.rows(sql`INSERT INTO timesheets (company_id, user_id, type, date, duration, start_offset, tz_str, created_by_user_id)
      VALUES (${company.id}, ${worker.userId}, 'manual', '2026-02-03', 60, 0, 'UTC', ${worker.userId})`),
    { kind: 'unavailable', code: 'retry' },
  );
  // Many at once: whoever comes before the closing is locked by it, and whoever comes after is refused.
  await reopen(closing.id);
  const sheets = Array.from({ length: 8 }, (_, n) => sheetOf(worker, `2026-02-0${n + 1}`));
  const [closed, ...entered] = await Promise.all([
    close({ start_date: '2026-02-01', end_date: '2026-02-14', user_ids: worker.userId }),
    ...sheets.map(async (one) => itemOf(await admin.post('/timesheets', [one]), 'timesheets')),
  ]);
  assert.equal(closed._status_code, 200, JSON.stringify(closed));
  for (const result of entered) {
    if (result._status_code === 200) assert.equal((await sheet(Number(result.id))).locked, 1);
    else assert.match(String(result._status_extra), /closed to payroll/);
  }
});

/** Until somebody waits for a lock of this kind. */
async function untilWaiting(kind: 'advisory' | 'transactionid'): Promise<void> {
  const { system } = world.services.database;
  const waiting = sql`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = ${kind}`;
  while ((await system.rows(waiting)).length === 0);
}

test('closing starts anew where it and somebody who writes wait for each other', async () => {
  const worker = await company.person();
  const [id = 0] = await enter(sheetOf(worker, '2025-10-02'));
  const db = world.services.database.forCompany(company.id);
  const mine = sql`company_id = ${company.id} AND id = ${id}`;
  for (let attempt = 1; ; attempt += 1) {
    let closed: Promise<Row> | undefined;
    const written = db.transaction(async (writer) => {
      await writer.rows(sql`SELECT FROM timesheets WHERE ${mine} FOR NO KEY UPDATE`);
      closed = close({ start_date: '2025-10-01', end_date: '2025-10-07', user_ids: worker.userId });
      await untilWaiting('transactionid');
      await writer.rows(sql`UPDATE timesheets SET notes = 'late' WHERE ${mine}`);
      return true;
    });
    // PostgreSQL turns away whoever has waited for a second: mostly the closing, but the writer where it came too late.
    const won = await written.catch((error: unknown) => {
      assert.equal((error as { code?: string }).code, 'retry', String(error));
      return false;
    });
    const closing = await closed;
    assert.equal(closing?._status_code, 200, JSON.stringify(closing));
    if (won) break;
    assert.ok(attempt < 10, 'the writer was turned away every time');
    await reopen(closing.id);
  }
  const { notes, locked } = await sheet(id);
  assert.deepEqual([notes, locked], ['late', 1]);
});

test('an approval is not taken back while its days are being closed', async () => {
  const worker = await company.person();
  const approval = { user_ids: [worker.userId], to: '2025-09-30' };
  await admin.post('/approvals', [{ ...approval, action: 'approve' }]);
  const db = world.services.database.forCompany(company.id);
  const { answer } = await db.transaction(async (closer) => {
    await closer.rows(sql`SELECT pg_advisory_xact_lock(20001, ${company.id})`);
    const answer = admin.post('/approvals', [{ ...approval, to: '2025-09-01', action: 'unapprove' }]);
    await untilWaiting('advisory');
    await closer.rows(sql`INSERT INTO payroll_closings (company_id, start_date, end_date, everyone, created_by_user_id)
      VALUES (${company.id}, '2025-09-01', '2025-09-14', true, ${admin.userId})`);
    return { answer };
  });
  assert.match((await answer).text, /2025-09-01 to 2025-09-14 is closed to payroll: it can not be taken back/);
});

test('what can not be closed is refused by name', async () => {
  const [worker, open, approved] = [await company.person(), await company.person(), await company.person()];
  const group = await company.group([worker]);
  const [, onTheClock = 0] = await enter(
    sheetOf(worker, '2026-01-05'),
    { user_id: open.userId, jobcode_id: job, type: 'regular', start: '2026-01-05T08:00:00-07:00', end: '' },
    sheetOf(approved, '2026-01-05'),
  );
  await admin.put('/users', [{ id: approved.userId, approved_to: '2026-01-09' }]);
  const week = { start_date: '2026-01-03', end_date: '2026-01-09' };
  const cases: [Row, string | RegExp][] = [
    [{ ...week, end_date: '2026-01-02' }, 'end_date 2026-01-02 lies before start_date 2026-01-03'],
    [{ start_date: '2024-01-01', end_date: '2025-01-10' }, '376 days are too many: at most 375 are closed at once'],
    [{ start_date: '2026-01-32', end_date: '2026-01-09' }, /^start_date must be a date/],
    [{ start_date: '2026-01-03' }, 'Missing required params: end_date'],
    [{}, 'Missing required params: start_date,end_date'],
    [{ period: 'next' }, 'period must be current, previous, or a whole number from -100 to 100'],
    [{ ...week, period: -1 }, 'Give either period or start_date and end_date'],
    [{ ...week, notes: '' }, 'Invalid params: notes'],
    [{ ...week, user_ids: [] }, 'user_ids must name somebody, or be left out'],
    [{ ...week, group_ids: '' }, 'group_ids must name somebody, or be left out'],
    [{ ...week, user_ids: '999999' }, 'user_ids names users that do not exist: 999999'],
    [{ ...week, group_ids: [999_999] }, 'group_ids names groups that do not exist: 999999'],
    [{ ...week, group_ids: group }, 'There is nobody whose time could be closed'],
    [{ period: 0, group_ids: group }, 'period can not be told: nobody is concerned; give start_date and end_date'],
    [week, `Time from 2026-01-03 to 2026-01-09 is still on the clock: Pat ${open.username} (timesheet ${onTheClock})`],
    [
      { ...week, user_ids: [worker.userId, approved.userId], require_approval: 'yes' },
      `Time to 2026-01-09 is not approved yet: Pat ${worker.username} (approved to 2000-01-01)`,
    ],
  ];
  for (const [item, reason] of cases) {
    const result = await close(item);
    assert.equal(result._status_code, 417, JSON.stringify(item));
    if (typeof reason === 'string') assert.equal(result._status_extra, reason);
    else assert.match(String(result._status_extra), reason);
  }
  const [first, second] = Object.values(
    rowsOf(
      await admin.post('/payroll_exports', [
        { ...week, user_ids: [approved.userId], require_approval: true },
        { ...week, user_ids: [approved.userId] },
      ]),
      'payroll_exports',
    ),
  );
  assert.equal(first?._status_code, 200, JSON.stringify(first));
  assert.match(String(second?._status_extra), /^Days from 2026-01-03 to 2026-01-09 are closed already/);
  await company.setting('general', 'payroll_type', 'monthly', { userId: worker.userId });
  const differing = await close({ period: 'previous', user_ids: [worker.userId, approved.userId] });
  assert.match(String(differing._status_extra), /^period can not be told: the people have different pay periods/);
  for (const item of [{ id: first?.id }, { id: first?.id, reason: ' ' }])
    assert.match(String((await reopen(item.id, item.reason ?? ''))._status_extra), /reason/);
});

test('only admins close, open again and see closings', async () => {
  const helper = await company.person({ permissions: ['manage_timesheets', 'approve_timesheets', 'reports'] });
  const mine = await close({ start_date: '2025-12-01', end_date: '2025-12-14' }, helper);
  assert.equal(mine._status_extra, "Oops! You don't have permission to close pay periods");
  const closing = await close({ start_date: '2025-12-01', end_date: '2025-12-14', user_ids: helper.userId });
  const answer = await helper.post('/payroll_exports/reopen', [{ id: closing.id, reason: 'Because' }]);
  assert.match(String(itemOf(answer, 'payroll_exports')._status_extra), /^Oops! You don't have permission/);
  assert.deepEqual(idsIn(await helper.get('/payroll_exports'), 'payroll_exports'), []);
  const place = await world.company();
  assert.match(
    String(
      itemOf(
        await place.admin.post('/payroll_exports/reopen', [{ id: closing.id, reason: 'Because' }]),
        'payroll_exports',
      )._status_extra,
    ),
    /^There is no payroll export/,
  );
  const cases: [Record<string, string | number>, boolean][] = [
    [{}, true],
    [{ user_ids: helper.userId }, true],
    [{ user_ids: admin.userId }, false],
    [{ start_date: '2025-12-14', end_date: '2025-12-14' }, true],
    [{ start_date: '2025-12-15' }, false],
    [{ end_date: '2025-11-30' }, false],
    [{ active: 'no' }, false],
    [{ ids: Number(closing.id) }, true],
  ];
  for (const [query, shown] of cases) {
    const ids = idsIn(await admin.get('/payroll_exports', query), 'payroll_exports');
    assert.equal(ids.includes(Number(closing.id)), shown, JSON.stringify(query));
  }
});

/** A company whose closed week holds every class of pay, and the export of it. */
async function paidWeek(): Promise<{ place: Company; id: number; sick: number }> {
  const place = await world.company();
  const digging = await place.jobcode({ name: 'Digging, "deep"' });
  const pit = await place.jobcode({ name: '=Pit', parentId: digging });
  await place.admin.put('/jobcodes', [{ id: pit, billable: true }]);
  const sick = await place.jobcode({ name: 'Flu', type: 'pto' });
  const lunch = await place.jobcode({ name: 'Snack', type: 'unpaid_break' });
  for (const [key, value] of [
    ['daily_overtime', '8'],
    ['daily_doubletime', '12'],
  ] as const)
    await place.setting('general', key, value);
  const permissions = { time_tracking: true };
  const made = await place.admin.post('/users', [
    { username: 'ada', first_name: 'Ada', last_name: 'O\'Neil, "Jr"', payroll_id: '42', permissions },
    { username: 'ben', first_name: 'Ben', last_name: '=SUM(A1)', payroll_id: '7', permissions },
    { username: 'cy', first_name: 'Cy', last_name: 'Zed', payroll_id: '8', exempt: true, permissions },
  ]);
  const [ada = 0, ben = 0, cy = 0] = idsIn(made, 'users');
  const day = (user_id: number, date: string, from: string, to: string, jobcode_id: number): Row => ({
    user_id,
    jobcode_id,
    type: 'regular',
    start: `${date}T${from}-06:00`,
    end: `${date}T${to}-06:00`,
  });
  const answer = await place.admin.post('/timesheets', [
    // 13 hours: 8 straight, 4 at time and a half, 1 at double time.
    day(ada, '2026-06-29', '06:00:00', '19:00:00', pit),
    // Three times twenty minutes.
    day(ada, '2026-06-30', '08:00:00', '08:20:00', pit),
    day(ada, '2026-06-30', '09:00:00', '09:20:00', digging),
    day(ada, '2026-07-01', '08:00:00', '08:20:00', pit),
    day(ada, '2026-07-01', '12:00:00', '12:30:00', lunch),
    { user_id: ada, jobcode_id: sick, type: 'manual', date: '2026-07-02', duration: 28_800 },
    day(ben, '2026-06-29', '08:00:00', '16:00:07', digging),
    // Longer than QuickBooks lets an activity be.
    { ...day(cy, '2026-07-03', '00:00:00', '06:00:00', pit), end: '2026-07-04T06:00:00-06:00' },
  ]);
  for (const item of Object.values(rowsOf(answer, 'timesheets'))) assertDone(item, 'enter');
  const closing = itemOf(await place.admin.post('/payroll_exports', [{ period: -1 }]), 'payroll_exports');
  assert.equal(closing._status_code, 200, JSON.stringify(closing));
  return { place, id: Number(closing.id), sick };
}

test('files for payroll programs', async () => {
  const { place, id, sick } = await paidWeek();
  const file = async (query: Record<string, string>): Promise<string[]> => {
    const answer = await place.admin.get('/payroll_exports/file', { id, ...query });
    assert.equal(answer.status, 200, answer.text);
    return [String(answer.headers.get('content-disposition')), ...answer.text.split('\r\n')];
  };
  const refused = async (query: Record<string, string>): Promise<string> => {
    const answer = await place.admin.get('/payroll_exports/file', { id, ...query });
    assert.equal(answer.status, 417, answer.text);
    return answer.text;
  };
  assert.deepEqual(await file({}), [
    'attachment; filename="payroll-2026-06-27-2026-07-10.csv"',
    'Payroll ID,Last name,First name,Regular,Overtime,Double time,Other,PTO,Total',
    "7,'=SUM(A1),Ben,8.00,0.00,0.00,0.00,0.00,8.00",
    '42,"O\'Neil, ""Jr""",Ada,9.00,4.00,1.00,0.00,8.00,22.00',
    '8,Zed,Cy,30.00,0.00,0.00,0.00,0.00,30.00',
    '',
  ]);
  // A third of an hour three times is an hour, whatever the rows say.
  assert.deepEqual(
    (
      await file({ columns: 'payroll_id:Employee,date:Day,jobcode_path,regular_hours:Reg,unpaid_seconds,other_hours' })
    ).slice(1),
    [
      'Employee,Day,jobcode_path,Reg,unpaid_seconds,other_hours',
      '7,2026-06-29,"Digging, ""deep""",8.00,0,0.00',
      '42,2026-06-29,"Digging, ""deep"":=Pit",8.00,0,5.00',
      '42,2026-06-30,"Digging, ""deep""",0.34,0,0.00',
      '42,2026-06-30,"Digging, ""deep"":=Pit",0.33,0,0.00',
      '42,2026-07-01,"Digging, ""deep"":=Pit",0.33,0,0.00',
      '42,2026-07-01,Snack,0.00,1800,0.00',
      '42,2026-07-02,Flu,0.00,0,8.00',
      '8,2026-07-03,"Digging, ""deep"":=Pit",30.00,0,0.00',
      '',
    ],
  );
  await place.setting('payroll', 'csv_columns', 'name,start_date,total_seconds:S');
  assert.deepEqual((await file({})).slice(1), [
    'name,start_date,S',
    'Ben =SUM(A1),2026-06-27,28807',
    '"Ada O\'Neil, ""Jr""",2026-06-27,79200',
    'Cy Zed,2026-06-27,108000',
    '',
  ]);

  assert.match(await refused({ format: 'adp' }), /payroll\.adp_company_code/);
  await place.setting('payroll', 'adp_company_code', 'AB');
  assert.match(await refused({ format: 'adp' }), /payroll\.adp_codes must say a code for time of class doubletime/);
  await place.setting('payroll', 'adp_codes', 'doubletime=D');
  assert.match(await refused({ format: 'adp' }), /a code for paid time off \(jobcode \d+\), which Ada/);
  await place.setting('payroll', 'adp_codes', `doubletime=D; ${sick}=SICK;pto=V`);
  assert.deepEqual(await file({ format: 'adp' }), [
    'attachment; filename="PRAB_EPI.csv"',
    'Co Code,Batch ID,File #,Reg Hours,O/T Hours,Hours 3 Code,Hours 3 Amount',
    'AB,20260710,000007,8.00,,,',
    'AB,20260710,000042,9.00,4.00,D,1.00',
    'AB,20260710,000042,,,SICK,8.00',
    'AB,20260710,000008,30.00,,,',
    '',
  ]);

  assert.match(await refused({ format: 'quickbooks' }), /payroll\.quickbooks_company/);
  for (const [key, value] of Object.entries({
    quickbooks_company: 'Dig\tInc',
    quickbooks_create_time: '1234567',
    quickbooks_payroll_items: 'regular=Hourly;overtime=Hourly (x1.5)',
    quickbooks_service_item: 'Labor',
  }))
    await place.setting('payroll', key, value);
  const job = '"Digging, ""deep"""';
  const pit = '"Digging, ""deep"":=Pit"';
  const ada = '"Ada O\'Neil, ""Jr"""';
  const rows = [
    ['!TIMERHDR', 'VER', 'REL', 'COMPANYNAME', 'IMPORTEDBEFORE', 'FROMTIMER', 'COMPANYCREATETIME'],
    ['TIMERHDR', '8', '0', 'Dig Inc', 'N', 'Y', '1234567'],
    '!TIMEACT,DATE,JOB,EMP,ITEM,PITEM,DURATION,PROJ,NOTE,XFERTOPAYROLL,BILLINGSTATUS'.split(','),
    ['TIMEACT', '06/29/26', job, 'Ben =SUM(A1)', 'Labor', 'Hourly', '8:00', '', '', 'Y', '0'],
    ['TIMEACT', '06/29/26', pit, ada, 'Labor', 'Hourly', '8:00', '', '', 'Y', '1'],
    ['TIMEACT', '06/29/26', pit, ada, 'Labor', 'Hourly (x1.5)', '4:00', '', 'Overtime', 'Y', '1'],
    ['TIMEACT', '06/29/26', pit, ada, 'Labor', '', '1:00', '', 'Double time', 'N', '1'],
    ['TIMEACT', '06/30/26', job, ada, 'Labor', 'Hourly', '0:20', '', '', 'Y', '0'],
    ['TIMEACT', '06/30/26', pit, ada, 'Labor', 'Hourly', '0:20', '', '', 'Y', '1'],
    ['TIMEACT', '07/01/26', pit, ada, 'Labor', 'Hourly', '0:20', '', '', 'Y', '1'],
    ['TIMEACT', '07/02/26', '', ada, 'Labor', '', '8:00', '', 'Paid time off', 'N', '0'],
    ['TIMEACT', '07/03/26', pit, 'Cy Zed', 'Labor', 'Hourly', '23:59', '', '', 'Y', '1'],
    ['TIMEACT', '07/03/26', pit, 'Cy Zed', 'Labor', 'Hourly', '6:01', '', '', 'Y', '1'],
  ];
  assert.deepEqual(await file({ format: 'quickbooks' }), [
    'attachment; filename="payroll-2026-06-27-2026-07-10.iif"',
    ...rows.map((cells) => cells.join('\t')),
    '',
  ]);

  assert.match(await refused({ format: 'xml' }), /format must be one of csv, adp, quickbooks/);
  assert.match(await refused({ columns: 'payroll_id,wages' }), /columns has no column \\"wages\\"/);
  assert.equal((await place.admin.get('/payroll_exports/file')).status, 417);
  for (const by of [company.admin, await place.person({ permissions: ['reports'] })])
    assert.equal((await by.get('/payroll_exports/file', { id })).status, 404);
});

test('time that reaches out of closed days is paid on the open day by the rules of the closed one', async () => {
  const place = await world.company();
  const who = await place.person();
  const jobcode_id = await place.jobcode();
  await place.setting('overtime', 'rules', JSON.stringify({ overnight: 'split', week_start: 'wednesday' }));
  const night = { start: '2026-06-30T20:00:00-06:00', end: '2026-07-01T04:00:00-06:00' };
  const made = await place.admin.post('/timesheets', [{ user_id: who.userId, jobcode_id, type: 'regular', ...night }]);
  assert.equal(made.status, 200, made.text);
  await place.admin.post('/payroll_exports', [{ start_date: '2026-06-24', end_date: '2026-06-30' }]);
  await place.setting('overtime', 'rules', JSON.stringify({ week_start: 'wednesday' }));
  for (const [start_date, end_date, hours] of [
    ['2026-06-24', '2026-06-30', 4],
    ['2026-07-01', '2026-07-07', 4],
    ['2026-06-24', '2026-07-07', 8],
  ] as const) {
    const answer = await place.admin.post('/reports/payroll', { start_date, end_date });
    const report = answer.body.results?.payroll_report as unknown as Record<string, Row>;
    assert.equal(report[who.userId]?.total_work_seconds, hours * 3600, `${start_date} to ${end_date}`);
  }
});

test('closed days keep the rules that they were closed with, and the flags of people', async () => {
  const { place, id } = await paidWeek();
  const rows = async (): Promise<string> =>
    (await place.admin.get('/payroll_exports/file', { id, columns: 'payroll_id,regular_hours,overtime_hours' })).text;
  const paid = async (): Promise<unknown> =>
    (await place.admin.post('/reports/payroll', { start_date: '2026-06-27', end_date: '2026-07-10' })).body.results
      ?.payroll_report;
  const [before, report] = [await rows(), await paid()];
  await place.setting('general', 'daily_overtime', '0');
  await place.setting('general', 'daily_doubletime', '0');
  const ada = Object.values(rowsOf(await place.admin.get('/users', { usernames: 'ada' }), 'users'))[0];
  await place.admin.put('/users', [{ id: ada?.id, exempt: true }]);
  assert.equal(await rows(), before);
  assert.match(before, /42,9\.00,4\.00/);
  assert.deepEqual(await paid(), report);
  await place.admin.post('/payroll_exports/reopen', [{ id, reason: 'Other rules' }]);
  assert.notDeepEqual(await paid(), report);
  assert.equal((await place.admin.get('/payroll_exports/file', { id })).status, 417);
});

test('closing and writing a file cost the same for one person and for many', async () => {
  const place = await world.company();
  const counts: number[][] = [];
  for (const many of [1, 6]) {
    const people = await Promise.all(Array.from({ length: many }, () => place.person()));
    const entered = people.map(({ userId: user_id }) => ({
      user_id,
      date: '2026-06-30',
      type: 'manual',
      duration: 3600,
    }));
    const answer = await place.admin.post(
      '/timesheets',
      entered.map((one) => ({ ...one, jobcode_id: 0 })),
    );
    for (const item of Object.values(rowsOf(answer, 'timesheets'))) assertDone(item, 'enter');
    counter.take();
    const user_ids = people.map(({ userId }) => userId);
    const { id } = itemOf(await place.admin.post('/payroll_exports', [{ period: -1, user_ids }]), 'payroll_exports');
    const closing = counter.take();
    assert.equal(
      (await place.admin.get('/payroll_exports/file', { id: Number(id) })).text.split('\r\n').length,
      many + 2,
    );
    counts.push([closing, counter.take()]);
  }
  assert.deepEqual(counts[0], counts[1]);
});
