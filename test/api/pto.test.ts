import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from '../support/api.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, statementsDuring } from './jobs-support.ts';
import { ask, change, manual, only, takeMessages } from './time-off-support.ts';

/** Noon in Denver on 15 June 2026. */
const now = Date.UTC(2026, 5, 15, 18) / 1000;
const hour = 3600;

let world: World;
let company: Company;
let vacation: number;
let sick: number;
let job: number;
let manager: Person;
let group: number;
let worker: Person;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  [vacation, sick, job] = [
    await company.jobcode({ type: 'pto', name: 'Holiday leave' }),
    await company.jobcode({ type: 'pto', name: 'Sick leave' }),
    await company.jobcode(),
  ];
  manager = await company.person();
  group = await company.group([manager]);
  worker = await company.person({ groupId: group, permissions: ['manage_my_timesheets'] });
});
after(() => world.close());

const policy = (more: Row): Promise<number> =>
  create(company.admin, 'pto_policies', {
    name: 'Policy',
    jobcode_id: vacation,
    method: 'none',
    start_date: '2026-01-01',
    ...more,
  });

/** The balances that a user is shown with. */
function balancesIn(user: unknown): Row {
  return ((user as Row | undefined)?.pto_balances ?? {}) as Row;
}

async function userOf(by: Person, { userId }: Person): Promise<Row> {
  return only(await by.get('/users', { ids: userId }), 'users');
}

/** The balances of a user, as a list of users shows them. */
async function listed(person: Person, jobcode = vacation): Promise<unknown> {
  return balancesIn(await userOf(company.admin, person))[jobcode];
}

/** The balance at the end of a day. */
async function on(person: Person, date: string, jobcode = vacation): Promise<unknown> {
  const [row] = rowsIn(await company.admin.get('/pto_balances', { user_ids: person.userId, date }), 'pto_balances');
  assert.equal(row?.date, date);
  return ((row?.balances ?? {}) as Row)[jobcode];
}

function entriesIn(answer: Answer): Row[] {
  assert.equal(answer.status, 200, answer.text);
  return (answer.body.results?.pto_ledger as unknown as { entries: Row[] } | undefined)?.entries ?? [];
}

const off = (person: Person, date: string, duration: number, jobcode = vacation): Row => ({
  user_id: person.userId,
  jobcode_id: jobcode,
  type: 'manual',
  date,
  duration,
});

test('without policies every balance is 0, and a list costs no statement more', async () => {
  const place = await world.company();
  const leave = await place.jobcode({ type: 'pto' });
  await create(place.admin, 'pto_adjustments', {
    user_id: place.admin.userId,
    jobcode_id: leave,
    date: '2026-01-01',
    seconds: 60,
  });
  const list = () => place.admin.get('/users', {});
  assert.equal(balancesIn(only(await list(), 'users'))[leave], 0);
  const plain = await statementsDuring(list);
  assert.deepEqual(rowsIn(await place.admin.get('/pto_balances', {}), 'pto_balances')[0]?.balances, {});
  await create(place.admin, 'pto_policies', { name: 'P', jobcode_id: leave, method: 'none', start_date: '2026-01-01' });
  assert.equal(balancesIn(only(await list(), 'users'))[leave], 60);
  assert.ok((await statementsDuring(list)) > plain);
});

test('grants, time off, corrections and days change balances at once, wherever users are shown', async () => {
  await policy({ method: 'yearly', amount: 80 * hour, carry_over: 40 * hour });
  assert.equal(await listed(worker), 80 * hour);
  const made = only(await company.admin.post('/timesheets', [off(worker, '2026-06-01', 8 * hour)]), 'timesheets');
  assert.equal(made._status_code, 200, JSON.stringify(made));
  // Work, so that a list of timesheets carries the user.
  await create(company.admin, 'timesheets', off(worker, '2026-06-01', hour, job));
  const shown = async (): Promise<unknown[]> => {
    const sheets = await company.admin.get('/timesheets', { user_ids: worker.userId, start_date: '2026-01-01' });
    const current = only(await worker.get('/current_user'), 'users');
    const supplemental = sheets.body.supplemental_data?.users?.[worker.userId] as Row | undefined;
    const sent = only(await worker.put('/users', [{ id: worker.userId, last_name: `Name${Math.random()}` }]), 'users');
    return [await listed(worker), ...[current, supplemental, sent].map((user) => balancesIn(user)[vacation])];
  };
  const everywhere = (balance: number) => [balance, balance, balance, balance];
  assert.deepEqual(await shown(), everywhere(72 * hour));
  await company.admin.put('/timesheets', [{ id: made.id, duration: 4 * hour }]);
  assert.deepEqual(await shown(), everywhere(76 * hour));
  await company.admin.put('/timesheets', [{ id: made.id, jobcode_id: job }]);
  assert.deepEqual(await shown(), everywhere(80 * hour));
  await company.admin.put('/timesheets', [{ id: made.id, jobcode_id: vacation }]);
  await create(manager, 'pto_adjustments', {
    user_id: worker.userId,
    jobcode_id: vacation,
    date: '2026-03-01',
    seconds: 600,
  });
  assert.deepEqual(await shown(), everywhere(76 * hour + 600));
  await company.admin.delete('/timesheets', [Number(made.id)]);
  assert.deepEqual(await shown(), everywhere(80 * hour + 600));
  // A user that is sent back as it was shown is no change.
  const user = await userOf(company.admin, worker);
  assert.equal(only(await company.admin.put('/users', [user]), 'users')._status_code, 200);
  world.clock.set(Date.UTC(2027, 0, 1, 6, 59) / 1000);
  assert.equal(await listed(worker), 80 * hour + 600);
  // Midnight in Denver: 40 hours are carried over.
  world.clock.set(Date.UTC(2027, 0, 1, 7) / 1000);
  assert.deepEqual(await shown(), everywhere(120 * hour));
  world.clock.set(now);
  assert.deepEqual(
    [await on(worker, '2025-12-31'), await on(worker, '2026-12-31'), await on(worker, '2027-01-01')],
    [0, 80 * hour + 600, 120 * hour],
  );
});

test('work accrues to the second, breaks that are paid count, and the ledger tells of it', async () => {
  await policy({
    jobcode_id: sick,
    method: 'per_hour',
    amount: hour,
    per_worked: 30 * hour,
    cap: 1000,
    user_ids: [worker.userId],
  });
  const rest = await company.jobcode({ type: 'paid_break', name: 'Rest' });
  const lunch = await company.jobcode({ type: 'unpaid_break', name: 'Lunch' });
  const items = [
    off(worker, '2026-06-02', 4 * hour, job),
    off(worker, '2026-06-02', hour, rest),
    off(worker, '2026-06-02', hour, lunch),
    off(worker, '2026-06-03', 4.5 * hour, job),
    off(worker, '2026-06-04', 108, sick),
  ];
  for (const item of rowsIn(await company.admin.post('/timesheets', items), 'timesheets'))
    assert.equal(item._status_code, 200, JSON.stringify(item));
  const answer = await worker.get('/pto_ledger', { jobcode_id: sick });
  const lines = entriesIn(answer).map(({ date, kind, seconds, balance }) => [date, kind, seconds, balance]);
  assert.deepEqual(lines, [
    ['2026-06-01', 'accrual', 120, 120],
    ['2026-06-02', 'accrual', 600, 720],
    ['2026-06-03', 'accrual', 540, 1260],
    ['2026-06-03', 'cap', -260, 1000],
    ['2026-06-04', 'use', -108, 892],
  ]);
  assert.equal(await listed(worker, sick), 892);
  assert.equal(await listed(manager, sick), 0);
  assert.deepEqual(Object.keys(answer.body), ['results', 'more', 'supplemental_data']);
  assert.deepEqual(Object.keys(answer.body.supplemental_data?.jobcodes ?? {}), [String(sick)]);
  const [first] = entriesIn(answer);
  const keys = [
    'date',
    'jobcode_id',
    'kind',
    'seconds',
    'balance',
    'pto_policy_id',
    'pto_adjustment_id',
    'timesheet_id',
    'note',
  ];
  assert.deepEqual(Object.keys(first ?? {}), keys);
  const all = await worker.get('/pto_ledger', { start_date: '2026-03-01', end_date: '2026-06-01', limit: 1 });
  assert.deepEqual([entriesIn(all)[0]?.kind, all.body.more], ['adjustment', true]);
  const second = await worker.get('/pto_ledger', {
    start_date: '2026-03-01',
    end_date: '2026-06-01',
    limit: 1,
    page: 2,
  });
  assert.deepEqual([entriesIn(second)[0]?.kind, second.body.more], ['accrual', false]);
});

test('the ledger tells of every day of work, whatever sums make the balance', async () => {
  const leave = await company.jobcode({ type: 'pto' });
  await policy({ jobcode_id: leave, method: 'per_hour', amount: 120, user_ids: [worker.userId] });
  const entries = entriesIn(await worker.get('/pto_ledger', { jobcode_id: leave }));
  assert.deepEqual(
    entries.map(({ date, balance }) => [date, balance]),
    [
      ['2026-06-01', 120],
      ['2026-06-02', 720],
      ['2026-06-03', 1260],
    ],
  );
  assert.equal(await listed(worker, leave), 1260);
});

test('pay periods are those of the settings, and what a year gives comes in equal parts', async () => {
  const person = await company.person();
  const leave = await company.jobcode({ type: 'pto' });
  await company.setting('general', 'payroll_type', 'monthly', { userId: person.userId });
  await company.setting('general', 'payroll_month_end_day', '31', { userId: person.userId });
  await policy({ jobcode_id: leave, method: 'per_period', amount: 120 * hour, user_ids: [person.userId] });
  assert.deepEqual(
    [
      await on(person, '2026-05-30', leave),
      await on(person, '2026-05-31', leave),
      await on(person, '2026-12-31', leave),
    ],
    [40 * hour, 50 * hour, 120 * hour],
  );
  await company.admin.put('/users', [{ id: person.userId, hire_date: '2026-05-01', term_date: '2026-06-15' }]);
  assert.equal(await on(person, '2026-12-31', leave), 15 * hour);
});

test('the policy that names the user counts, else that of the group, else that of all', async () => {
  const leave = await company.jobcode({ type: 'pto' });
  await policy({ jobcode_id: leave, method: 'yearly', amount: 1 });
  const ofGroup = await policy({ jobcode_id: leave, method: 'yearly', amount: 2, group_ids: [group] });
  const own = await policy({ jobcode_id: leave, method: 'yearly', amount: 3, user_ids: [worker.userId] });
  const member = await company.person({ groupId: group });
  assert.deepEqual([await listed(worker, leave), await listed(member, leave), await listed(manager, leave)], [3, 2, 1]);
  await company.admin.put('/pto_policies', [
    { id: own, active: false },
    { id: ofGroup, end_date: '2026-01-01' },
  ]);
  assert.deepEqual([await listed(worker, leave), await on(worker, '2027-01-01', leave)], [2, 3]);
});

test('approved time off to come counts on its day, and approvers read what the balance is and will be', async () => {
  const away = await company.person({ groupId: group });
  await company.admin.put('/users', [{ id: away.userId, first_name: 'Sean', last_name: 'Evans' }]);
  await takeMessages(world, company);
  const { id } = await ask(away, [manual(vacation, '2026-07-01'), manual(vacation, '2026-07-02')]);
  assert.deepEqual(await takeMessages(world, company), [
    [
      manager.userId,
      'Sean Evans asks for time off',
      'Sean Evans asks for time off: 2026-07-01 to 2026-07-02 (Holiday leave, 16 hours). ' +
        'Balance of Holiday leave on 2026-07-01: 80 hours before, 64 hours after.',
    ],
  ]);
  assert.equal(await on(away, '2026-07-02'), 80 * hour);
  assert.equal((await change(manager, id, { status: 'approved' }))._status_code, 200);
  assert.deepEqual(
    [await listed(away), await on(away, '2026-07-01'), await on(away, '2026-07-02')],
    [80 * hour, 72 * hour, 64 * hour],
  );
  await change(away, id, { status: 'canceled' });
  assert.equal(await on(away, '2026-07-02'), 80 * hour);
});

test('who sees and adjusts whose balances', async () => {
  const other = await company.person();
  const cases: [Person, boolean][] = [
    [company.admin, true],
    [worker, true],
    [manager, true],
    [other, false],
    [await company.person({ permissions: ['manage_users'] }), true],
    [await company.person({ permissions: ['manage_timesheets'] }), true],
    [await company.person({ permissions: ['approve_timesheets'] }), true],
    [await company.person({ permissions: ['reports'] }), true],
    [await company.person({ permissions: ['manage_jobcodes'] }), false],
    [(await world.company()).admin, false],
  ];
  for (const [by, sees] of cases) {
    for (const answer of [
      await by.get('/pto_balances', { user_ids: worker.userId }),
      await by.get('/pto_ledger', { user_id: worker.userId }),
    ]) {
      assert.equal(answer.status, sees ? 200 : 417, by.username);
      if (!sees) assert.match(answer.text, new RegExp(`There is no user ${worker.userId}`));
    }
  }
  for (const self of [manager, await company.person({ permissions: ['manage_users'] })]) {
    await company.admin.put('/users', [{ id: self.userId, group_id: group }]);
    const item = { user_id: self.userId, jobcode_id: vacation, date: '2026-01-01', seconds: 60 };
    const refused = only(await self.post('/pto_adjustments', [item]), 'pto_adjustments');
    assert.match(String(refused._status_extra), /You don't have permission to adjust/);
    assert.equal(only(await company.admin.post('/pto_adjustments', [item]), 'pto_adjustments')._status_code, 200);
  }
  const seen = only(await worker.get('/pto_policies', { jobcode_ids: sick }), 'pto_policies');
  assert.ok(!('user_ids' in seen) && 'group_ids' in seen);
});

test('what is wrong is said', async () => {
  const item = { name: 'P', jobcode_id: vacation, method: 'none', start_date: '2026-01-01' };
  const cases: [string, Row, RegExp][] = [
    ['pto_policies', { ...item, jobcode_id: job }, /jobcode_id \d+ is not of type pto/],
    ['pto_policies', { ...item, start_date: '1999-12-31' }, /start_date must not be before 2000-01-01/],
    ['pto_policies', { ...item, end_date: '2025-12-31' }, /end_date must not be before start_date/],
    ['pto_policies', { ...item, year_start: '02-30' }, /year_start must be a day as MM-DD, or anniversary/],
    ['pto_policies', { ...item, method: 'daily' }, /method must be one of none, yearly, per_period, per_hour/],
    ['pto_policies', { ...item, amount: -1 }, /amount must not be less than 0/],
    ['pto_policies', { ...item, amount: 36_000_001 }, /amount must not be more than/],
    ['pto_policies', { ...item, cap: -2 }, /cap must not be less than -1/],
    ['pto_policies', { ...item, per_worked: 0 }, /per_worked must not be less than 1/],
    ['pto_policies', { ...item, user_ids: [999_999_999] }, /user_ids 999999999 does not exist/],
    ['pto_adjustments', { user_id: worker.userId, jobcode_id: job, date: '2026-01-01', seconds: 1 }, /not of type pto/],
    [
      'pto_adjustments',
      { user_id: worker.userId, jobcode_id: vacation, date: '2026-01-01', seconds: 0 },
      /must not be 0/,
    ],
    ['pto_adjustments', { user_id: worker.userId, jobcode_id: vacation, seconds: 5 }, /Missing required params: date/],
  ];
  for (const [resource, sent, says] of cases) {
    const row = only(await company.admin.post(`/${resource}`, [sent]), resource);
    assert.deepEqual([row._status_code, says.test(String(row._status_extra))], [417, true], JSON.stringify(row));
  }
  const queries: [string, Record<string, string>, RegExp][] = [
    ['/pto_balances', { date: '2026-02-30' }, /date must be a date/],
    ['/pto_balances', { date: '2040-01-01' }, /date must not lie more than ten years ahead/],
    ['/pto_balances', { user_ids: 'x' }, /user_ids must be a list of whole numbers/],
    ['/pto_ledger', { start_date: 'x' }, /start_date must be a date/],
    ['/pto_ledger', { user_id: '0' }, /There is no user 0/],
  ];
  for (const [path, query, says] of queries) {
    const answer = await company.admin.get(path, query);
    assert.deepEqual([answer.status, says.test(answer.text)], [417, true], answer.text);
  }
  assert.equal((await company.admin.post('/pto_balances', [])).status, 405);
});

test('the balances of two hundred users cost as many statements as those of two', async () => {
  const ids = rowsIn(await company.admin.get('/users', {}), 'users').map(({ id }) => Number(id));
  assert.ok(ids.length > 6);
  const list = (some: readonly number[]) => () =>
    company.admin.get('/users', { ids: some.join(), supplemental_data: 'no' });
  await list(ids)();
  const few = await statementsDuring(list([worker.userId, manager.userId]));
  const many = await statementsDuring(list(ids));
  // Settings that an announcement made the server forget may be loaded again.
  assert.ok(many <= few + 3, `${many} statements, and ${few} for two`);
});
