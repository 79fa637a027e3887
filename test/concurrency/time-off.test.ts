import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import {
  ask,
  change,
  changeEntry,
  entriesOf,
  manual,
  now,
  regular,
  requestOf,
  sheetsOf,
  takeMessages,
} from '../api/time-off-support.ts';
import { rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;
let leave: number;
let job: number;
let second: Person;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  [leave, job] = [await company.jobcode({ type: 'pto' }), await company.jobcode()];
  second = await company.person({ permissions: ['admin'] });
});
after(() => world.close());

const week = ['2026-07-06', '2026-07-07', '2026-07-08', '2026-07-09', '2026-07-10'];

/** Every approved entry has exactly one timesheet and every other one none; requests agree with their entries. */
async function demandConsistency(): Promise<void> {
  const wrong = await world.services.database.system.rows(sql`
    SELECT e.id, e.status, count(s.id) FROM time_off_request_entries e
    LEFT JOIN timesheets s ON s.company_id = e.company_id AND s.time_off_request_entry_id = e.id
    WHERE e.company_id = ${company.id} GROUP BY e.id, e.status
    HAVING count(s.id) <> CASE WHEN e.status = 'approved' THEN 1 ELSE 0 END`);
  assert.deepEqual(wrong, []);
  const apart = await world.services.database.system.rows(sql`
    SELECT r.id, r.status, array_agg(e.status) FROM time_off_requests r
    JOIN time_off_request_entries e ON e.company_id = r.company_id AND e.time_off_request_id = r.id AND e.active
    WHERE r.company_id = ${company.id} AND r.active GROUP BY r.id, r.status
    HAVING r.status <> CASE WHEN bool_or(e.status = 'pending') THEN 'pending' WHEN bool_or(e.status = 'approved') THEN
      'approved' WHEN bool_or(e.status = 'denied') THEN 'denied' ELSE 'canceled' END`);
  assert.deepEqual(apart, []);
}

test('of ten approvals of one request at the same moment exactly one set of timesheets comes', async () => {
  const person = await company.person();
  const { id } = await ask(
    person,
    week.map((date) => manual(leave, date)),
  );
  await takeMessages(world, company);
  const entries = await entriesOf(person, id);
  const answers = await Promise.all([
    ...Array.from({ length: 6 }, (_, index) => change(index % 2 ? second : company.admin, id, { status: 'approved' })),
    ...entries.slice(0, 4).map((entry) => changeEntry(second, entry.id, { status: 'approved' })),
  ]);
  for (const answer of answers) assert.deepEqual([answer._status_code, answer.status], [200, 'approved']);
  assert.deepEqual(
    (await sheetsOf(company, person.userId)).map(({ date }) => date),
    week,
  );
  const told = (await takeMessages(world, company)).filter(([to]) => to === person.userId);
  assert.ok(told.length >= 1 && told.length <= 5, `${told.length} messages for five entries`);
  await demandConsistency();
});

test('of an approval and a cancellation at the same moment one is last, and the timesheets agree with it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const person = await company.person();
    const { id } = await ask(person, [manual(leave, '2026-07-06'), manual(leave, '2026-07-07')]);
    const [entry] = await entriesOf(person, id);
    await Promise.all([
      change(company.admin, id, { status: 'approved' }),
      change(person, id, { status: 'canceled' }),
      changeEntry(second, entry?.id, { status: 'denied' }),
    ]);
    assert.ok(['approved', 'canceled', 'denied'].includes(String((await requestOf(person, id)).status)));
    await demandConsistency();
  }
});

test('approvals, changes and deletions of the timesheets at the same moment leave nothing apart', async () => {
  for (let round = 0; round < 5; round += 1) {
    const person = await company.person();
    const { id } = await ask(
      company.admin,
      week.map((date) => manual(leave, date)),
      { user_id: person.userId, status: 'approved' },
    );
    const sheets = (await sheetsOf(company, person.userId)).map((sheet) => Number(sheet.id));
    await Promise.all([
      company.admin.delete('/timesheets', sheets.slice(0, 3)),
      second.put(
        '/timesheets',
        sheets.slice(2).map((sheet) => ({ id: sheet, duration: 3600 })),
      ),
      change(second, id, { status: round % 2 ? 'canceled' : 'denied' }),
      company.admin.put('/timesheets', [{ id: sheets[4], jobcode_id: job }]),
    ]);
    await demandConsistency();
  }
});

test('two requests for the same hours are approved at the same moment: one of them is', async () => {
  for (let round = 0; round < 5; round += 1) {
    const person = await company.person();
    const hours = regular(leave, '2026-07-06T08:00:00-06:00', '2026-07-06T12:00:00-06:00');
    const [one, two] = [await ask(person, [hours]), await ask(person, [hours])];
    const answers = await Promise.all([
      change(company.admin, one.id, { status: 'approved' }),
      change(second, two.id, { status: 'approved' }),
      company.admin.post('/timesheets', [
        {
          user_id: person.userId,
          jobcode_id: leave,
          type: 'regular',
          start: '2026-07-06T09:00:00-06:00',
          end: '2026-07-06T10:00:00-06:00',
        },
      ]),
    ]);
    const entered = rowsIn(answers[2], 'timesheets');
    const codes = [...answers.slice(0, 2), ...entered].map((item) => (item as { _status_code: number })._status_code);
    assert.equal(codes.filter((code) => code === 200).length, 1, JSON.stringify(answers));
    assert.equal((await sheetsOf(company, person.userId)).length, 1);
    await demandConsistency();
  }
});
