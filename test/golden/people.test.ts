import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Row, rowsIn } from '../support/rows.ts';
import { created, demandItem, exampleStage, updated } from './examples.ts';
import { permissionFlags } from './names.ts';

const stage = exampleStage();

test('users: joni and frank are created with the defaults of the example', async () => {
  const answer = await stage().admin.post('/users', [
    { username: 'joni', first_name: 'Joni', last_name: 'Smith', email: 'jsmith@example.com' },
    { username: 'frank', first_name: 'Frank', last_name: 'Church', mobile_number: '2018675309' },
  ]);
  const [joni, frank] = rowsIn(answer, 'users');
  const flags = Object.fromEntries(permissionFlags.map((name) => [name, name === 'mobile']));
  const defaults: Row = {
    group_id: 0,
    active: true,
    employee_number: 0,
    salaried: false,
    exempt: false,
    email_verified: false,
    payroll_id: '',
    hire_date: '0000-00-00',
    term_date: '0000-00-00',
    last_active: '',
    client_url: stage().company.clientUrl,
    display_name: '',
    submitted_to: '2000-01-01',
    approved_to: '2000-01-01',
    manager_of_group_ids: [],
    require_password_change: true,
    pay_rate: 0,
    pay_interval: 'hour',
    permissions: flags,
    customfields: '',
  };
  demandItem(joni, 'users', created, {
    ...defaults,
    username: 'joni',
    first_name: 'Joni',
    email: 'jsmith@example.com',
  });
  demandItem(frank, 'users', created, {
    ...defaults,
    username: 'frank',
    last_name: 'Church',
    mobile_number: '2018675309',
  });
  const balances = Object.keys(joni?.pto_balances as object);
  assert.ok(balances.length > 0, 'jobcodes of time off come with a company');
  assert.deepEqual(Object.keys(answer.body.supplemental_data?.jobcodes ?? {}), balances);
});

test('users: one is named by a text id, another by username; named permissions change, others stay', async () => {
  const answer = await stage().admin.put('/users', [
    { id: String(stage().worker.userId), first_name: 'Mary', last_name: 'Samsonite' },
    { username: 'frank', permissions: { reports: true } },
  ]);
  const [mary, frank] = rowsIn(answer, 'users');
  demandItem(mary, 'users', updated, { id: stage().worker.userId, first_name: 'Mary', last_name: 'Samsonite' });
  demandItem(frank, 'users', updated, { username: 'frank' });
  const flags = frank?.permissions as Readonly<Record<string, boolean>>;
  assert.deepEqual([flags.reports, flags.mobile, flags.admin], [true, true, false]);
});

test('groups: managers come as a list in a text, and a blank clears them', async () => {
  const [a, b] = [stage().worker.userId, stage().admin.userId];
  const made = await stage().admin.post('/groups', [
    { name: 'Group 1', manager_ids: `${a}, ${b}` },
    { name: 'Group 2', manager_ids: String(b) },
  ]);
  const [one, two] = rowsIn(made, 'groups');
  demandItem(one, 'groups', created, { name: 'Group 1', active: true, manager_ids: [String(a), String(b)] });
  demandItem(two, 'groups', created, { name: 'Group 2', manager_ids: [String(b)] });
  assert.deepEqual(Object.keys(made.body.supplemental_data?.users ?? {}).sort(), [String(a), String(b)].sort());
  const changed = await stage().admin.put('/groups', [
    { id: one?.id, name: 'Group 1a', manager_ids: '' },
    { id: two?.id, name: 'Group 2b' },
  ]);
  const [first, second] = rowsIn(changed, 'groups');
  demandItem(first, 'groups', updated, { name: 'Group 1a', manager_ids: [] });
  demandItem(second, 'groups', updated, { name: 'Group 2b', manager_ids: [String(b)] });
  assert.deepEqual(Object.keys(changed.body.supplemental_data?.users ?? {}), [String(b)]);
});
