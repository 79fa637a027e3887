import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsIn } from '../support/rows.ts';
import { created, demandItem, exampleStage, updated } from './examples.ts';

const stage = exampleStage();

test('jobcodes: Customer1 is created, Customer2 repeats its short code and fails alone', async () => {
  const parent = await stage().company.jobcode({ name: 'Assembly Line', assignedToAll: false });
  const answer = await stage().admin.post('/jobcodes', [
    {
      name: 'Customer1',
      parent_id: String(parent),
      short_code: 'c1',
      billable: 'yes',
      assigned_to_all: 'yes',
      billable_rate: '37.50',
      connect_with_quickbooks: true,
    },
    {
      name: 'Customer2',
      parent_id: String(parent),
      short_code: 'c1',
      billable: 'no',
      assigned_to_all: 'no',
      billable_rate: '37.50',
      connect_with_quickbooks: false,
    },
  ]);
  const [one, two] = rowsIn(answer, 'jobcodes');
  demandItem(one, 'jobcodes', created, {
    parent_id: parent,
    assigned_to_all: true,
    billable: true,
    active: true,
    type: 'regular',
    has_children: false,
    billable_rate: 37.5,
    short_code: 'c1',
    name: 'Customer1',
    required_customfields: [],
    filtered_customfielditems: '',
  });
  assert.deepEqual(
    [two?._status_code, two?._status_message, two?._status_extra, two?.name],
    [417, 'Expectation Failed', 'Oops! That Short Code is already in use', 'Customer2'],
  );
  const above = answer.body.supplemental_data?.jobcodes?.[String(parent)];
  assert.deepEqual([above?.name, above?.has_children], ['Assembly Line', true] as unknown);
  const changed = await stage().admin.put('/jobcodes', [
    {
      id: one?.id,
      short_code: 'cc3',
      billable: 'false',
      name: 'Customer30',
      billable_rate: '57.50',
      connect_with_quickbooks: true,
    },
  ]);
  demandItem(rowsIn(changed, 'jobcodes')[0], 'jobcodes', updated, {
    parent_id: parent,
    billable: false,
    billable_rate: 57.5,
    short_code: 'cc3',
    name: 'Customer30',
  });
  const again = await stage().admin.post('/jobcodes', [{ name: 'Customer30', parent_id: parent }]);
  assert.deepEqual(
    [rowsIn(again, 'jobcodes')[0]?._status_code, rowsIn(again, 'jobcodes')[0]?.id],
    [202, one?.id],
    'the same once more is accepted, not created',
  );
});

test('jobcode assignments: two ids as texts, and a deletion with an unknown id among others', async () => {
  const [job, manager] = [await stage().freeJob(), await stage().company.person()];
  const group = await stage().company.group([manager]);
  const member = await stage().company.person({ groupId: group });
  const answer = await manager.post('/jobcode_assignments', [
    { user_id: String(member.userId), jobcode_id: String(job) },
    { user_id: String(stage().worker.userId), jobcode_id: String(job) },
  ]);
  const [one, two] = rowsIn(answer, 'jobcode_assignments');
  demandItem(one, 'jobcode_assignments', created, { user_id: member.userId, jobcode_id: job, active: true });
  assert.equal(two?._status_code, 417);
  assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}).sort(), ['jobcodes', 'users']);
  const removed = await stage().admin.delete('/jobcode_assignments', [Number(one?.id), 2_000_000_000]);
  const results = removed.body.results?.jobcode_assignments;
  assert.deepEqual(results?.[String(one?.id)] as unknown, {
    _status_code: 200,
    _status_message: 'OK, deleted',
    id: one?.id,
  });
  assert.deepEqual([results?.['2000000000']?._status_code, results?.['2000000000']?._status_extra] as unknown, [
    417,
    'That id is not found in the database',
  ]);
});
