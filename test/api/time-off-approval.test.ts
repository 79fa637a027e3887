import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import {
  ask,
  change,
  changeEntry,
  entriesOf,
  manual,
  now,
  only,
  regular,
  requestOf,
  sheetsOf,
} from './time-off-support.ts';

let world: World;
let company: Company;
let leave: number;
let job: number;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  [leave, job] = [await company.jobcode({ type: 'pto' }), await company.jobcode()];
});
after(() => world.close());

const day = (text: string): [string, string] => [`${text}T08:00:00-06:00`, `${text}T12:00:00-06:00`];

/** A person with a request that the admin approved. */
async function approved(entries: readonly Row[]): Promise<{ person: Person; id: unknown }> {
  const person = await company.person();
  const { id } = await ask(person, entries);
  const answer = await change(company.admin, id, { status: 'approved' });
  assert.deepEqual([answer._status_code, answer.status], [200, 'approved'], JSON.stringify(answer));
  return { person, id };
}

test('an approved request becomes one timesheet for each entry, linked with it', async () => {
  const person = await company.person();
  const { id } = await ask(person, [manual(leave, '2026-07-02'), regular(leave, ...day('2026-07-03'))]);
  assert.deepEqual(await sheetsOf(company, person.userId), [], 'nothing before');
  const answer = await company.admin.put('/time_off_requests', [{ id, status: 'approved' }]);
  const { _status_code, _status_message, status } = only(answer, 'time_off_requests');
  assert.deepEqual([_status_code, _status_message, status], [200, 'Updated', 'approved']);
  const users = Object.keys(answer.body.supplemental_data?.users ?? {}).map(Number);
  assert.deepEqual(users.sort(), [company.admin.userId, person.userId].sort(), 'the approver comes along');
  const entries = await entriesOf(person, id);
  const [first, second] = await sheetsOf(company, person.userId);
  assert.deepEqual(
    entries.map((entry) => [entry.status, entry.approver_user_id, entry.approved_timesheet_id]),
    [first, second].map((sheet) => ['approved', company.admin.userId, sheet?.id]),
  );
  assert.deepEqual(
    [first?.type, first?.date, first?.duration, first?.jobcode_id, first?.created_by_user_id, first?.tz_str],
    ['manual', '2026-07-02', 28_800, leave, company.admin.userId, 'America/Denver'],
  );
  assert.deepEqual(
    [second?.type, second?.start, second?.end, second?.duration],
    ['regular', ...day('2026-07-03'), 14_400],
  );
  const history = await world.services.database.system.rows(sql`
    SELECT actor_user_id, via, after ->> 'time_off_request_entry_id' FROM history
    WHERE company_id = ${company.id} AND resource = 'timesheets' AND row_id = ${Number(second?.id)}`);
  assert.deepEqual(history, [[String(company.admin.userId), 'tsheets-rest', String(entries[1]?.id)]]);
});

test('an entry may be approved alone; the request is approved when none is left', async () => {
  const person = await company.person();
  const { id } = await ask(person, [manual(leave, '2026-07-02'), manual(leave, '2026-07-03')]);
  const [one, two] = await entriesOf(person, id);
  const answer = await changeEntry(company.admin, one?.id, { status: 'approved' });
  assert.deepEqual([answer._status_code, answer.status], [200, 'approved']);
  const [sheet] = await sheetsOf(company, person.userId);
  assert.equal(answer.approved_timesheet_id, sheet?.id);
  assert.equal((await requestOf(person, id)).status, 'pending');
  await changeEntry(company.admin, two?.id, { status: 'denied' });
  assert.equal((await requestOf(person, id)).status, 'approved');
  const late = await changeEntry(company.admin, two?.id, { status: 'approved' });
  assert.equal(late.status, 'approved', 'a denial may be taken back');
  assert.equal((await sheetsOf(company, person.userId)).length, 2);
  assert.equal((await change(company.admin, id, { status: 'approved' }))._status_code, 200);
  assert.equal((await sheetsOf(company, person.userId)).length, 2, 'approving again makes no second one');
});

test('who decides may ask and approve at once, for one entry or the whole request', async () => {
  const person = await company.person();
  const whole = await ask(company.admin, [manual(leave, '2026-07-02')], { user_id: person.userId, status: 'approved' });
  assert.equal(whole.status, 'approved');
  const part = await ask(
    company.admin,
    [manual(leave, '2026-07-03'), { ...manual(leave, '2026-07-04'), status: 'approved' }],
    { user_id: person.userId },
  );
  assert.equal(part.status, 'pending', 'one entry still waits');
  const more = await company.admin.post('/time_off_request_entries', [
    { time_off_request_id: whole.id, ...manual(leave, '2026-07-05'), status: 'approved' },
  ]);
  assert.equal(only(more, 'time_off_request_entries').status, 'approved');
  assert.deepEqual(
    (await sheetsOf(company, person.userId)).map(({ date }) => date),
    ['2026-07-02', '2026-07-04', '2026-07-05'],
  );
});

test('a new entry makes an approved request wait again, and only it is approved then', async () => {
  const { person, id } = await approved([manual(leave, '2026-07-02')]);
  const more = await change(person, id, { time_off_request_entries: [manual(leave, '2026-07-03')] });
  assert.deepEqual([more._status_code, more.status], [200, 'pending']);
  assert.equal((await change(company.admin, id, { status: 'approved' })).status, 'approved');
  assert.equal((await sheetsOf(company, person.userId)).length, 2);
});

for (const status of ['denied', 'canceled', 'pending'] as const) {
  test(`approved time off that becomes ${status} is no timesheet any more`, async () => {
    const { person, id } = await approved([manual(leave, '2026-07-02'), regular(leave, ...day('2026-07-03'))]);
    assert.equal((await change(company.admin, id, { status })).status, status);
    assert.deepEqual(await sheetsOf(company, person.userId), []);
    assert.deepEqual(
      (await entriesOf(person, id)).map((entry) => [entry.status, entry.approved_timesheet_id, entry.approver_user_id]),
      [1, 2].map(() => [status, 0, status === 'pending' ? 0 : company.admin.userId]),
    );
    const deleted = rowsIn(
      await company.admin.get('/timesheets_deleted', { user_ids: person.userId, start_date: '2026-07-01' }),
      'timesheets_deleted',
    );
    assert.equal(deleted.length, 2, 'they are kept as deleted ones');
  });
}

test('archiving approved time off removes its timesheet', async () => {
  const { person, id } = await approved([manual(leave, '2026-07-02'), manual(leave, '2026-07-03')]);
  const [one] = await entriesOf(person, id);
  const archived = await changeEntry(company.admin, one?.id, { active: false });
  assert.deepEqual([archived.status, archived.approved_timesheet_id], ['canceled', 0]);
  assert.equal((await requestOf(person, id)).status, 'approved', 'the other entry is still approved');
  assert.equal((await sheetsOf(company, person.userId)).length, 1);
  await change(company.admin, id, { active: false });
  assert.deepEqual(await sheetsOf(company, person.userId), []);
});

test('time that is taken already can not be approved, and nothing of the request changes', async () => {
  const person = await company.person();
  const [start, end] = day('2026-06-10');
  const work = only(
    await company.admin.post('/timesheets', [{ user_id: person.userId, jobcode_id: job, type: 'regular', start, end }]),
    'timesheets',
  );
  const { id } = await ask(person, [
    manual(leave, '2026-06-09'),
    regular(leave, '2026-06-10T11:00:00-06:00', '2026-06-10T15:00:00-06:00'),
  ]);
  const other = await ask(person, [manual(leave, '2026-06-11')]);
  const answers = rowsIn(
    await company.admin.put('/time_off_requests', [
      { id, status: 'approved' },
      { id: other.id, status: 'approved' },
    ]),
    'time_off_requests',
  );
  assert.deepEqual(
    answers.map(({ _status_code }) => _status_code),
    [417, 200],
  );
  const [, overlapping] = await entriesOf(person, id);
  assert.match(
    String(answers[0]?._status_extra),
    new RegExp(`^entry ${overlapping?.id}: Overlaps timesheet ${work.id} \\(2026-06-10T08:00:00-06:00 to `),
  );
  assert.equal((await requestOf(person, id)).status, 'pending');
  assert.ok((await entriesOf(person, id)).every(({ status }) => status === 'pending'));
  assert.equal((await sheetsOf(company, person.userId)).length, 2, 'the work, and the other request');
  const alone = await changeEntry(company.admin, overlapping?.id, { status: 'approved' });
  assert.match(String(alone._status_extra), /^Overlaps timesheet/);
});

test('two entries of one request that lie at the same time can not both be approved', async () => {
  const person = await company.person();
  const { id } = await ask(person, [regular(leave, ...day('2026-07-03')), regular(leave, ...day('2026-07-03'))]);
  const answer = await change(company.admin, id, { status: 'approved' });
  assert.match(String(answer._status_extra), /Overlaps another entry \(2026-07-03T08:00:00-06:00 to /);
  assert.deepEqual(await sheetsOf(company, person.userId), []);
});

test('approved time can not be approved, canceled or archived by those who may not change it', async () => {
  const manager = await company.person({ permissions: ['manage_timesheets'] });
  const { person, id } = await approved([manual(leave, '2026-06-10')]);
  const late = await ask(person, [manual(leave, '2026-06-11')]);
  await company.admin.put('/users', [{ id: person.userId, approved_to: '2026-06-12' }]);
  for (const values of [{ status: 'canceled' }, { status: 'denied' }, { active: false }]) {
    const refusal = await change(manager, id, values);
    assert.equal(refusal._status_code, 417, JSON.stringify(refusal));
    assert.match(String(refusal._status_extra), /The time of 2026-06-10 is locked: it was approved to 2026-06-12/);
  }
  const refusal = await change(manager, late.id, { status: 'approved' });
  assert.match(String(refusal._status_extra), /The time of 2026-06-11 is locked/);
  assert.equal((await requestOf(person, id)).status, 'approved');
  assert.equal((await sheetsOf(company, person.userId)).length, 1);
  assert.equal((await change(company.admin, id, { status: 'canceled' })).status, 'canceled', 'an admin may');
});

test('exported time, and time of closed books, stays', async () => {
  const { person, id } = await approved([manual(leave, '2026-07-02')]);
  const db = world.services.database.forCompany(company.id);
  await db.rows(sql`UPDATE timesheets SET locked = 1 WHERE user_id = ${person.userId}`);
  assert.match(String((await change(company.admin, id, { status: 'canceled' }))._status_extra), /was exported/);
  const place = await world.company();
  const code = await place.jobcode({ type: 'pto' });
  const { id: early } = await ask(place.admin, [manual(code, '2020-01-02')]);
  await world.services.database.system.rows(sql`UPDATE companies SET lock_date = '2020-12-31' WHERE id = ${place.id}`);
  world.services.cache.forget(place.id);
  assert.match(String((await change(place.admin, early, { status: 'approved' }))._status_extra), /books are closed/);
});

test('an approved entry keeps its time; set to pending it may change', async () => {
  const { person, id } = await approved([manual(leave, '2026-07-02')]);
  const [entry] = await entriesOf(person, id);
  for (const values of [{ duration: 3600 }, { date: '2026-07-03' }]) {
    const refusal = await changeEntry(company.admin, entry?.id, values);
    assert.equal(refusal._status_extra, 'The time off is approved: set it to pending to change it.');
  }
  const changed = await changeEntry(company.admin, entry?.id, { status: 'pending', duration: 3600 });
  assert.deepEqual([changed.status, changed.duration, changed.approved_timesheet_id], ['pending', 3600, 0]);
  const again = await changeEntry(company.admin, entry?.id, { status: 'approved', duration: 7200 });
  assert.deepEqual([again.status, again.duration], ['approved', 7200]);
  assert.deepEqual(
    (await sheetsOf(company, person.userId)).map(({ duration }) => duration),
    [7200],
  );
});

test('an entry follows its timesheet where that is changed as such', async () => {
  const { person, id } = await approved([manual(leave, '2026-07-02'), regular(leave, ...day('2026-07-03'))]);
  const [first, second] = await sheetsOf(company, person.userId);
  const answers = rowsIn(
    await company.admin.put('/timesheets', [
      { id: first?.id, date: '2026-07-06', duration: 3600 },
      { id: second?.id, start: '2026-07-03T09:00:00-06:00' },
    ]),
    'timesheets',
  );
  assert.deepEqual(
    answers.map(({ _status_code }) => _status_code),
    [200, 200],
    JSON.stringify(answers),
  );
  assert.deepEqual(
    (await entriesOf(person, id)).map((entry) => [
      entry.date,
      entry.start_time,
      entry.duration,
      entry.approved_timesheet_id,
    ]),
    [
      ['2026-07-06', '2026-07-06T00:00:00-06:00', 3600, first?.id],
      ['2026-07-03', '2026-07-03T09:00:00-06:00', 10_800, second?.id],
    ],
  );
  const before = await entriesOf(person, id);
  await company.admin.put('/timesheets', [{ id: first?.id, notes: 'enjoy' }]);
  assert.deepEqual(await entriesOf(person, id), before, 'notes do not concern it');
});

test('an entry is canceled when its timesheet becomes work, and that is left alone afterwards', async () => {
  const { person, id } = await approved([manual(leave, '2026-06-02'), manual(leave, '2026-06-03')]);
  const [first] = await sheetsOf(company, person.userId);
  await company.admin.put('/timesheets', [{ id: first?.id, jobcode_id: job }]);
  assert.deepEqual(
    (await entriesOf(person, id)).map((entry) => [entry.status, entry.approved_timesheet_id !== 0]),
    [
      ['canceled', false],
      ['approved', true],
    ],
  );
  assert.equal((await requestOf(person, id)).status, 'approved');
  await change(company.admin, id, { status: 'canceled' });
  assert.deepEqual(
    (await sheetsOf(company, person.userId)).map((sheet) => sheet.id),
    [first?.id],
  );
});

test('an entry is canceled when its timesheet goes to somebody else, or is opened again', async () => {
  const other = await company.person();
  const { person, id } = await approved([manual(leave, '2026-06-02'), regular(leave, ...day('2026-06-10'))]);
  const [first, second] = await sheetsOf(company, person.userId);
  const changes = [
    { id: first?.id, user_id: other.userId },
    { id: second?.id, end: '' },
  ];
  for (const item of rowsIn(await company.admin.put('/timesheets', changes), 'timesheets'))
    assert.equal(item._status_code, 200, JSON.stringify(item));
  assert.deepEqual(
    (await entriesOf(person, id)).map((entry) => [entry.status, entry.approved_timesheet_id, entry.user_id]),
    [1, 2].map(() => ['canceled', 0, person.userId]),
  );
  assert.equal((await requestOf(person, id)).status, 'canceled');
});

test('an entry is canceled when its timesheet is deleted', async () => {
  const { person, id } = await approved([manual(leave, '2026-07-02'), manual(leave, '2026-07-03')]);
  const [first, second] = (await sheetsOf(company, person.userId)).map((sheet) => Number(sheet.id));
  const seen = (await requestOf(person, id)).last_modified;
  await company.admin.delete('/timesheets', [first ?? 0]);
  assert.deepEqual(
    (await entriesOf(person, id)).map((entry) => [entry.status, entry.approved_timesheet_id]),
    [
      ['canceled', 0],
      ['approved', second],
    ],
  );
  assert.equal((await requestOf(person, id)).last_modified, seen, 'the request is as it was');
  await company.admin.delete('/timesheets', [second ?? 0]);
  assert.equal((await requestOf(person, id)).status, 'canceled');
});

test('a person changes or deletes no timesheet of the own approved time off, but its notes', async () => {
  const person = await company.person({ permissions: ['manage_my_timesheets'] });
  const { id } = await ask(person, [manual(leave, '2026-07-02')]);
  await change(company.admin, id, { status: 'approved' });
  const [sheet] = await sheetsOf(company, person.userId);
  for (const values of [{ duration: 86_400 }, { date: '2026-07-03' }, { jobcode_id: job }]) {
    const refusal = only(await person.put('/timesheets', [{ id: sheet?.id, ...values }]), 'timesheets');
    assert.match(String(refusal._status_extra), /^Oops! You don't have permission to change approved time off/);
  }
  const removal = rowsIn(await person.delete('/timesheets', [Number(sheet?.id)]), 'timesheets');
  assert.match(String(removal[0]?._status_extra), /^Oops! You don't have permission to change approved time off/);
  const noted = only(await person.put('/timesheets', [{ id: sheet?.id, notes: 'bye' }]), 'timesheets');
  assert.deepEqual([noted._status_code, noted.duration], [200, 28_800]);
  assert.equal((await change(person, id, { status: 'canceled' })).status, 'canceled');
  assert.deepEqual(await sheetsOf(company, person.userId), []);
});

test('no break is taken from time off', async () => {
  const pause = await company.jobcode({ type: 'unpaid_break' });
  const { person } = await approved([regular(leave, ...day('2026-06-03'))]);
  const item = { user_id: person.userId, jobcode_id: pause, type: 'regular' };
  const refusal = only(
    await company.admin.post('/timesheets', [
      { ...item, start: '2026-06-03T09:00:00-06:00', end: '2026-06-03T09:30:00-06:00' },
    ]),
    'timesheets',
  );
  assert.deepEqual([refusal._status_code, (await sheetsOf(company, person.userId)).length], [406, 1]);
});

test('time off by the clock lies ahead as far as it was asked for, and work does not', async () => {
  const { person } = await approved([regular(leave, ...day('2026-08-20'))]);
  const [sheet] = await sheetsOf(company, person.userId);
  const noted = only(await company.admin.put('/timesheets', [{ id: sheet?.id, notes: 'away' }]), 'timesheets');
  assert.equal(noted._status_code, 200, JSON.stringify(noted));
  const work = only(await company.admin.put('/timesheets', [{ id: sheet?.id, jobcode_id: job }]), 'timesheets');
  assert.match(String(work._status_extra), /not be more than 24 hours ahead/);
});

test('a jobcode that was taken away since can not be approved', async () => {
  const code = await company.jobcode({ type: 'pto' });
  const person = await company.person();
  const { id } = await ask(person, [manual(code, '2026-07-02')]);
  await company.admin.put('/jobcodes', [{ id: code, active: false }]);
  assert.match(String((await change(company.admin, id, { status: 'approved' }))._status_extra), /is archived/);
  assert.equal((await change(company.admin, id, { status: 'denied' })).status, 'denied', 'but denied');
});

test('an approved day of 23 or 25 hours has its own length', async () => {
  const { person } = await approved([
    regular(leave, '2026-11-01T00:00:00-06:00', '2026-11-02T00:00:00-07:00'),
    regular(leave, '2027-03-14T00:00:00-07:00', '2027-03-15T00:00:00-06:00'),
    manual(leave, '2026-11-03', 86_400),
  ]);
  assert.deepEqual(
    (await sheetsOf(company, person.userId)).map(({ date, duration }) => [date, duration]),
    [
      ['2026-11-01', 25 * 3600],
      ['2027-03-14', 23 * 3600],
      ['2026-11-03', 24 * 3600],
    ],
  );
});
