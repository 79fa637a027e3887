import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsIn } from '../support/rows.ts';
import { created, demandItem, exampleStage, updated } from './examples.ts';
import { hasShape } from './shapes.ts';

const stage = exampleStage();

test('custom fields and their items: vin, and a second item that repeats the short code of the first', async () => {
  const fields = await stage().admin.post('/customfields', [
    {
      name: 'Vehicle Number',
      required: true,
      active: true,
      applies_to: 'timesheet',
      type: 'managed-list',
      show_to_all: true,
      short_code: 'vin',
    },
  ]);
  const [vin] = rowsIn(fields, 'customfields');
  demandItem(vin, 'customfields', created, {
    name: 'Vehicle Number',
    required: true,
    active: true,
    applies_to: 'timesheet',
    type: 'managed-list',
    short_code: 'vin',
    regex_filter: '',
    show_to_all: true,
    required_customfields: [],
  });
  const answer = await stage().admin.post('/customfielditems', [
    { name: 'ServiceItem1', customfield_id: String(vin?.id), short_code: 'c1' },
    { name: 'ServiceItem2', customfield_id: String(vin?.id), short_code: 'c1' },
  ]);
  const [one, two] = rowsIn(answer, 'customfielditems');
  demandItem(one, 'customfielditems', created, {
    customfield_id: vin?.id,
    active: true,
    short_code: 'c1',
    name: 'ServiceItem1',
  });
  assert.deepEqual([two?._status_code, two?._status_message, two?.name], [417, 'Expectation Failed', 'ServiceItem2']);
  assert.match(String(two?._status_extra), /^Oops! The name or alias conflicts with another item named "ServiceItem1"/);
  assert.deepEqual(Object.keys(answer.body.supplemental_data?.customfields ?? {}), [String(vin?.id)]);
  const changed = await stage().admin.put('/customfielditems', [
    { id: one?.id, customfield_id: vin?.id, active: true, short_code: 'por', name: 'Porsche' },
  ]);
  demandItem(rowsIn(changed, 'customfielditems')[0], 'customfielditems', updated, {
    short_code: 'por',
    name: 'Porsche',
  });
  // Archived at once, so that the timesheets below need no value for it.
  const archived = await stage().admin.put('/customfields', [
    { id: vin?.id, name: 'Vehicle' },
    { id: vin?.id, active: false },
  ]);
  assert.deepEqual(
    rowsIn(archived, 'customfields').map(({ name, active }) => [name, active]),
    [
      ['Vehicle', true],
      ['Vehicle', false],
    ],
  );
});

test('timesheets: two regular ones and a manual one with custom fields, changed and deleted as in the examples', async () => {
  await stage().admin.post('/customfielditems', [{ name: 'Item 1', customfield_id: stage().listField }]);
  const customfields = { [stage().listField]: 'Item 1', [stage().textField]: 'Item 2' };
  const common = { user_id: stage().worker.userId, jobcode_id: String(stage().job), customfields };
  const answer = await stage().admin.post('/timesheets', [
    {
      ...common,
      type: 'regular',
      start: '2018-07-23T10:00:00-07:00',
      end: '2018-07-23T13:10:23-07:00',
      notes: 'This is a test of the emergency broadcast system',
    },
    {
      ...common,
      type: 'regular',
      start: '2018-07-25T09:30:00-07:00',
      end: '2018-07-25T13:10:23-07:00',
      notes: 'This is a test',
    },
    {
      ...common,
      type: 'manual',
      date: '2018-07-23',
      duration: '15552',
      notes: 'This is a test of a manual time entry',
    },
    { ...common, type: 'regular', start: '2018-07-25T12:00:00-07:00', end: '2018-07-25T14:00:00-07:00' },
  ]);
  const [one, two, manual, overlapping] = rowsIn(answer, 'timesheets');
  const shared = {
    user_id: stage().worker.userId,
    jobcode_id: stage().job,
    customfields,
    locked: 0,
    tz_str: 'America/Denver',
  };
  demandItem(one, 'timesheets', created, {
    ...shared,
    start: '2018-07-23T11:00:00-06:00',
    end: '2018-07-23T14:10:23-06:00',
    duration: 11_423,
    date: '2018-07-23',
    tz: -6,
    type: 'regular',
  });
  demandItem(two, 'timesheets', created, {
    ...shared,
    start: '2018-07-25T10:30:00-06:00',
    end: '2018-07-25T14:10:23-06:00',
    duration: 13_223,
    date: '2018-07-25',
    type: 'regular',
  });
  demandItem(manual, 'timesheets', created, {
    ...shared,
    duration: 15_552,
    date: '2018-07-23',
    type: 'manual',
    tz: -6,
  });
  assert.ok(hasShape(one?.customfields, 'texts by id'));
  assert.deepEqual([overlapping?._status_code, overlapping?._status_message], [406, 'Not Acceptable']);
  assert.match(String(overlapping?._status_extra), new RegExp(`\\b${two?.id}\\b|item 2`));
  assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}).sort(), ['customfields', 'jobcodes', 'users']);

  const changed = await stage().admin.put('/timesheets', [
    { id: two?.id, end: '2018-07-25T14:00:00-07:00', jobcode_id: String(stage().job) },
    { id: manual?.id, date: '2018-07-24', duration: 15_552 },
    { id: one?.id, start: '2018-07-25T11:00:00-06:00', end: '2018-07-25T12:00:00-06:00' },
  ]);
  const [longer, moved, conflicting] = rowsIn(changed, 'timesheets');
  demandItem(longer, 'timesheets', updated, { end: '2018-07-25T15:00:00-06:00', duration: 16_200 });
  demandItem(moved, 'timesheets', updated, { date: '2018-07-24', duration: 15_552 });
  assert.deepEqual(
    [conflicting?._status_code, conflicting?.start, conflicting?.duration],
    [409, one?.start, one?.duration],
    'the unmodified timesheet comes along',
  );

  const removed = await stage().admin.delete('/timesheets', [Number(one?.id), Number(two?.id)]);
  const ok = (id: unknown): object => ({ _status_code: 200, _status_message: 'OK, deleted', id: String(id) });
  assert.deepEqual(removed.body, {
    results: { timesheets: { [String(one?.id)]: ok(one?.id), [String(two?.id)]: ok(two?.id) } },
  });
  const gone = rowsIn(
    await stage().admin.get('/timesheets_deleted', { modified_since: '2018-08-04T00:00:00-06:00' }),
    'timesheets_deleted',
  );
  assert.deepEqual(
    gone.map(({ id, duration }) => [id, duration]),
    [
      [one?.id, 11_423],
      [two?.id, 16_200],
    ],
  );
});
