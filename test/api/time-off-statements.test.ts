import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statementCounter } from '../conformance/counting.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { manual, now, sheetsOf } from './time-off-support.ts';

const counter = statementCounter();
let world: World;
let company: Company;
let people: Person[];
let leave: number;

before(async () => {
  world = await openWorld({ shared: true, now, decorate: counter.decorate });
  company = await world.company();
  leave = await company.jobcode({ type: 'pto' });
  const group = await company.group([await company.person()]);
  people = await Promise.all(Array.from({ length: 50 }, () => company.person({ groupId: group })));
});
after(() => world.close());

async function statementsOf(request: () => Promise<unknown>): Promise<number> {
  await company.admin.get('/time_off_requests', { limit: 1 });
  counter.take();
  await request();
  return counter.take();
}

/** Makes requests with a week each, one for each of these people, and brings them through everything. */
async function life(asking: readonly Person[], from: number): Promise<Record<string, number>> {
  const days = Array.from({ length: 5 }, (_, index) => `2026-07-${String(from + index).padStart(2, '0')}`);
  const items = asking.map(({ userId }) => ({
    user_id: userId,
    time_off_request_notes: [{ note: 'one' }, { note: 'two' }],
    time_off_request_entries: days.map((day) => manual(leave, day)),
  }));
  let rows: Row[] = [];
  const put = (change: Row) => async () => {
    const answer = await company.admin.put(
      '/time_off_requests',
      rows.map(({ id }) => ({ id, ...change })),
    );
    for (const row of rowsIn(answer, 'time_off_requests')) assert.equal(row._status_code, 200, JSON.stringify(row));
  };
  return {
    asked: await statementsOf(async () => {
      rows = rowsIn(await company.admin.post('/time_off_requests', items), 'time_off_requests');
      for (const row of rows) assert.equal(row._status_code, 200, JSON.stringify(row));
    }),
    noted: await statementsOf(put({ time_off_request_notes: [{ note: 'three' }] })),
    approved: await statementsOf(put({ status: 'approved' })),
    denied: await statementsOf(put({ status: 'denied' })),
    approvedAgain: await statementsOf(put({ status: 'approved' })),
    archived: await statementsOf(put({ active: false })),
  };
}

test('fifty requests with five entries each cost as many statements as one', async () => {
  await life(people.slice(0, 1), 6);
  const [one, fifty] = [await life(people.slice(0, 1), 13), await life(people, 20)];
  for (const [step, count] of Object.entries(one)) {
    assert.ok(Number(fifty[step]) <= count + 12, `${step}: ${count} for one, ${fifty[step]} for fifty`);
    assert.ok(count < 60, `${step}: ${count}`);
  }
  assert.deepEqual(await sheetsOf(company, people[7]?.userId ?? 0), []);
});

test('changes and deletions of fifty approved timesheets cost as many statements as one', async () => {
  const item = ({ userId }: Person): Row => ({
    user_id: userId,
    status: 'approved',
    time_off_request_entries: [manual(leave, '2026-09-01')],
  });
  await company.admin.post('/time_off_requests', people.map(item));
  const query = { start_date: '2026-09-01', end_date: '2026-09-01' };
  const ids = rowsIn(await company.admin.get('/timesheets', query), 'timesheets').map(({ id }) => Number(id));
  assert.equal(ids.length, 50);
  const change = (duration: number, some: readonly number[]) => () =>
    company.admin.put(
      '/timesheets',
      some.map((id) => ({ id, duration })),
    );
  const remove = (some: readonly number[]) => () => company.admin.delete('/timesheets', some);
  await change(360, ids)();
  const changed = [await statementsOf(change(3600, ids.slice(0, 1))), await statementsOf(change(7200, ids))] as const;
  const removed = [await statementsOf(remove(ids.slice(0, 1))), await statementsOf(remove(ids.slice(1)))] as const;
  for (const [one, fifty] of [changed, removed]) assert.ok(fifty <= one + 12, `${one} for one, ${fifty} for fifty`);
  const entries = await company.admin.get('/time_off_request_entries', { date: '2026-09-01' });
  for (const row of rowsIn(entries, 'time_off_request_entries'))
    assert.deepEqual([row.status, row.duration], ['canceled', 7200]);
});
