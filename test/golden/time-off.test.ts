import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../support/api.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import type { Person } from '../support/world.ts';
import { created, demandItem, exampleStage, updated } from './examples.ts';
import { hasShape, objects, supplements } from './shapes.ts';

const stage = exampleStage();
let sean: Person;
let adam: Person;
let vacation: number;
let request: Row;

/** Rows beside an answer's results, each with the properties of the reference in its order. */
function beside(answer: Answer, name: string): Row[] {
  const rows = Object.values(answer.body.supplemental_data?.[name] ?? {}) as unknown as Row[];
  const shapes = objects[name] ?? supplements[name] ?? {};
  for (const row of rows) {
    assert.deepEqual(
      Object.keys(row),
      Object.keys(shapes).filter((key) => key in row),
    );
    for (const [property, value] of Object.entries(row))
      assert.ok(hasShape(value, shapes[property] ?? 'blank'), `${name}.${property}: ${JSON.stringify(value)}`);
  }
  return rows;
}

const entry = (values: Row): Row => ({
  status: 'pending',
  approver_user_id: 0,
  entry_method: 'manual',
  duration: 28_800,
  jobcode_id: vacation,
  user_id: sean.userId,
  approved_timesheet_id: 0,
  active: true,
  ...values,
});

/** These pages key the results of POST and PUT by ids. */
function demandKeys(answer: Answer, name: string, rows: readonly (Row | undefined)[]): void {
  assert.deepEqual(
    Object.keys(answer.body.results?.[name] ?? {}),
    rows.map((row) => String(row?.id)),
  );
}

function demandValues(row: Row | undefined, values: Row): void {
  for (const [property, value] of Object.entries(values)) assert.deepEqual(row?.[property], value, property);
}

test('33-time-off-requests: two days with a note', async () => {
  const { company } = stage();
  adam = await company.person();
  sean = await company.person({ groupId: await company.group([adam]) });
  vacation = await company.jobcode({ name: 'Holidays', type: 'pto' });
  const day = { entry_method: 'manual', duration: 28_800, jobcode_id: vacation };
  const answer = await sean.post('/time_off_requests', [
    {
      time_off_request_notes: [{ note: 'Taking a four day weekend to go on vacation.' }],
      time_off_request_entries: [
        { ...day, date: '2018-11-15' },
        { ...day, date: '2018-11-16' },
      ],
    },
  ]);
  [request = {}] = rowsIn(answer, 'time_off_requests');
  demandKeys(answer, 'time_off_requests', [request]);
  const [first, second] = beside(answer, 'time_off_request_entries');
  const [note] = beside(answer, 'time_off_request_notes');
  demandItem(request, 'time_off_requests', created, {
    user_id: sean.userId,
    time_off_request_notes: [note?.id],
    time_off_request_entries: [first?.id, second?.id],
    status: 'pending',
    active: true,
  });
  const zone = { tz_string: 'America/Denver', time_off_request_id: request.id };
  demandValues(
    first,
    entry({
      ...zone,
      date: '2018-11-15',
      start_time: '2018-11-15T00:00:00-07:00',
      end_time: '2018-11-15T23:59:59-07:00',
    }),
  );
  demandValues(
    second,
    entry({
      ...zone,
      date: '2018-11-16',
      start_time: '2018-11-16T00:00:00-07:00',
      end_time: '2018-11-16T23:59:59-07:00',
    }),
  );
  demandValues(note, { user_id: sean.userId, active: true, note: 'Taking a four day weekend to go on vacation.' });
  assert.deepEqual(
    beside(answer, 'users').map(({ id }) => id),
    [sean.userId],
  );
});

test('33-time-off-requests: another note', async () => {
  const answer = await sean.put('/time_off_requests', [
    { id: request.id, time_off_request_notes: [{ note: 'I will have Guy fill in on the show for Friday.' }] },
  ]);
  demandKeys(answer, 'time_off_requests', [request]);
  const notes = beside(answer, 'time_off_request_notes');
  demandItem(rowsIn(answer, 'time_off_requests')[0], 'time_off_requests', updated, {
    id: request.id,
    time_off_request_notes: notes.map(({ id }) => id),
    status: 'pending',
  });
  assert.equal(notes.length, 2);
});

test('33-time-off-requests: approved, listed, canceled and archived', async () => {
  const approved = await adam.put('/time_off_requests', [{ id: request.id, status: 'approved' }]);
  demandItem(rowsIn(approved, 'time_off_requests')[0], 'time_off_requests', updated, { status: 'approved' });
  for (const row of beside(approved, 'time_off_request_entries')) {
    demandValues(row, { status: 'approved', approver_user_id: adam.userId });
    assert.ok(Number(row.approved_timesheet_id) > 0);
  }
  assert.deepEqual(
    beside(approved, 'users').map(({ id }) => id),
    [adam.userId, sean.userId].sort((a, b) => a - b),
  );
  const listed = await adam.get('/time_off_requests', { user_ids: `${sean.userId},${adam.userId}` });
  assert.deepEqual(Object.keys(listed.body), ['results', 'more', 'supplemental_data']);
  assert.deepEqual(
    rowsIn(listed, 'time_off_requests').map(({ id }) => id),
    [request.id],
  );
  const canceled = await adam.put('/time_off_requests', [{ id: request.id, status: 'canceled' }]);
  for (const row of beside(canceled, 'time_off_request_entries'))
    demandValues(row, { status: 'canceled', approver_user_id: adam.userId });
  const archived = await adam.put('/time_off_requests', [{ id: request.id, active: false }]);
  const [item] = rowsIn(archived, 'time_off_requests');
  demandItem(item, 'time_off_requests', updated, { status: 'canceled', active: false });
  assert.equal((item?.time_off_request_entries as number[] | undefined)?.length, 2);
  for (const name of ['time_off_request_entries', 'time_off_request_notes'])
    for (const row of beside(archived, name)) assert.equal(row.active, false);
});

test('34-time-off-request-entries: a day and a range are added, shortened and archived', async () => {
  const day = { date: '2018-11-15', entry_method: 'manual', duration: 28_800, jobcode_id: vacation };
  const made = await sean.post('/time_off_requests', [{ time_off_request_entries: [day] }]);
  const [{ id } = {}] = rowsIn(made, 'time_off_requests');
  const answer = await sean.post('/time_off_request_entries', [
    { time_off_request_id: id, ...day, date: '2018-11-16' },
    {
      time_off_request_id: id,
      entry_method: 'regular',
      duration: 14_400,
      start_time: '2018-11-19T08:00:00-06:00',
      end_time: '2018-11-19T12:00:00-06:00',
      jobcode_id: vacation,
    },
  ]);
  const [manual, regular] = rowsIn(answer, 'time_off_request_entries');
  demandKeys(answer, 'time_off_request_entries', [manual, regular]);
  demandItem(manual, 'time_off_request_entries', created, entry({ time_off_request_id: id, date: '2018-11-16' }));
  demandItem(regular, 'time_off_request_entries', created, {
    ...entry({ entry_method: 'regular', duration: 14_400, date: '2018-11-19' }),
    start_time: '2018-11-19T07:00:00-07:00',
    end_time: '2018-11-19T11:00:00-07:00',
  });
  assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}), ['time_off_requests', 'jobcodes', 'users']);
  for (const name of ['time_off_requests', 'jobcodes', 'users']) assert.equal(beside(answer, name).length, 1, name);
  const shortened = await sean.put('/time_off_request_entries', [{ id: manual?.id, duration: 14_400 }]);
  demandKeys(shortened, 'time_off_request_entries', [manual]);
  demandItem(rowsIn(shortened, 'time_off_request_entries')[0], 'time_off_request_entries', updated, {
    duration: 14_400,
    start_time: '2018-11-16T00:00:00-07:00',
    end_time: '2018-11-16T23:59:59-07:00',
  });
  await adam.put('/time_off_requests', [{ id, status: 'approved' }]);
  const archived = await adam.put('/time_off_request_entries', [{ id: manual?.id, active: false }]);
  demandItem(rowsIn(archived, 'time_off_request_entries')[0], 'time_off_request_entries', updated, {
    status: 'canceled',
    approver_user_id: adam.userId,
    approved_timesheet_id: 0,
    active: false,
  });
  const [left] = beside(archived, 'time_off_requests');
  assert.deepEqual([left?.status, (left?.time_off_request_entries as number[] | undefined)?.length], ['approved', 2]);
  assert.deepEqual(
    beside(archived, 'users').map((user) => user.id),
    [adam.userId, sean.userId].sort((a, b) => a - b),
  );
});

test('time off whose batch has a failure is keyed by position, unless each item names an id', async () => {
  const day = { date: '2018-12-03', entry_method: 'manual', duration: 28_800, jobcode_id: vacation };
  const item = { time_off_request_entries: [day] };
  const mixed = await sean.post('/time_off_requests', [{ time_off_request_entries: [] }, item]);
  assert.deepEqual(Object.keys(mixed.body.results?.time_off_requests ?? {}), ['1', '2']);
  const [, made] = rowsIn(mixed, 'time_off_requests');
  const put = await sean.put('/time_off_requests', [{ id: made?.id }, { id: 2_000_000_000 }]);
  demandKeys(put, 'time_off_requests', [made, { id: 2_000_000_000 }]);
});
