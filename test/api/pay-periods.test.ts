import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Query } from '../support/sample-table.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;
let worker: Person;

before(async () => {
  world = await openWorld({ shared: true, now: Date.UTC(2026, 6, 1, 5) / 1000 });
  company = await world.company();
  worker = await company.person();
});
after(() => world.close());

interface Row {
  start_date: string;
  end_date: string;
  current: boolean;
  closed: boolean;
}

async function periods(person: Person, query: Query = {}): Promise<Row[]> {
  const answer = await person.get('/pay_periods', query);
  assert.equal(answer.status, 200, answer.text);
  return Object.values((answer.body.results as unknown as { pay_periods: Record<string, Row> }).pay_periods);
}

async function days(person: Person, query: Query = {}): Promise<string[]> {
  return (await periods(person, query)).map(({ start_date, end_date }) => `${start_date} ${end_date}`);
}

test('the periods of the user who asks, by the settings that apply to him', async () => {
  assert.deepEqual(await periods(worker), [
    { start_date: '2026-06-27', end_date: '2026-07-10', current: true, closed: false },
  ]);
  const cases: [Query, string[]][] = [
    [{ n: -1 }, ['2026-06-13 2026-06-26']],
    [{ n: 1, count: 2 }, ['2026-07-11 2026-07-24', '2026-07-25 2026-08-07']],
    [{ date: '2018-09-28' }, ['2018-09-15 2018-09-28']],
    [{ date: '09-29-2018', n: -1, count: 2 }, ['2018-09-15 2018-09-28', '2018-09-29 2018-10-12']],
    [{ user_id: worker.userId }, ['2026-06-27 2026-07-10']],
  ];
  for (const [query, expected] of cases) assert.deepEqual(await days(worker, query), expected, JSON.stringify(query));
  await company.setting('general', 'payroll_type', 'monthly', { userId: worker.userId });
  await company.setting('general', 'payroll_month_end_day', '31');
  assert.deepEqual(await days(worker), ['2026-06-01 2026-06-30']);
  assert.deepEqual(await days(company.admin, { user_id: worker.userId, n: 1 }), ['2026-07-01 2026-07-31']);
  assert.deepEqual(await days(company.admin), ['2026-06-27 2026-07-10']);
});

test('today is the day of the user', async () => {
  await company.setting('general', 'payroll_type', 'monthly');
  const [denver, tokyo] = [await company.person(), await company.person({ timeZone: 'Asia/Tokyo' })];
  assert.deepEqual(await days(denver), ['2026-06-01 2026-06-30']);
  assert.deepEqual(await days(tokyo), ['2026-07-01 2026-07-31']);
});

test('what makes no sense is refused with its reason', async () => {
  const other = await company.person();
  const cases: [Query, string][] = [
    [{ date: '2026-02-30' }, 'date must be'],
    [{ date: '0001-01-01' }, 'date must be'],
    [{ n: 101 }, 'n must be a whole number from -100 to 100'],
    [{ n: 'x' }, 'n must be'],
    [{ count: 0 }, 'count must be a whole number from 1 to 100'],
    [{ user_id: other.userId }, `user_id ${other.userId} does not exist`],
    [{ user_id: 999_999 }, 'user_id 999999 does not exist'],
  ];
  for (const [query, message] of cases) {
    const answer = await worker.get('/pay_periods', query);
    assert.equal(answer.status, 417, JSON.stringify(query));
    assert.ok(answer.text.includes(message), answer.text);
  }
  assert.equal((await worker.post('/pay_periods', [])).status, 405);
});
