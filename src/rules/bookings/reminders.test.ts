import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph, State } from './graphs.ts';
import { isDue, type Reminder, remindersOf } from './reminders.ts';

const given = (more: object, when: object = { type: 'before', unit: 'mins', time: 15 }): object => ({
  type: 'email',
  settings: { recipient: 'owner', subject: 'Soon' },
  when,
  ...more,
});

test('reminders are read as seconds from the beginning; what is none is passed over', () => {
  const list = [
    given({}),
    given({ type: 'webhook' }),
    given({ settings: { recipient: 'customer' } }, { type: 'after', unit: 'hours', time: '2' }),
    given({ settings: {} }),
    given({}, { type: 'before', unit: 'weeks', time: 1 }),
    given({}, { type: 'before', unit: 'days', time: 400 }),
    given({}, { type: 'after', unit: 'secs', time: 0 }),
    null,
    'x',
  ];
  assert.deepEqual(remindersOf(list), [
    { position: 0, recipient: 'owner', subject: 'Soon', offset: -900 },
    { position: 2, recipient: 'customer', subject: '', offset: 7_200 },
    { position: 6, recipient: 'owner', subject: 'Soon', offset: 0 },
  ]);
});

test('nobody is reminded of what is off; a group reminds the booked person once, its seats the customers', () => {
  const reminder = (recipient: Reminder['recipient'], offset: number): Reminder => ({
    position: 0,
    subject: '',
    recipient,
    offset,
  });
  const cases: [Graph, State, Reminder, boolean][] = [
    ['instant', 'confirmed', reminder('customer', -60), true],
    ['instant', 'confirmed', reminder('owner', 60), true],
    ['instant', 'completed', reminder('customer', -60), false],
    ['instant', 'completed', reminder('customer', 60), true],
    ['instant', 'cancelled', reminder('customer', 60), false],
    ['instant_payment', 'tentative', reminder('customer', -60), false],
    ['instant_payment', 'paid', reminder('customer', -60), true],
    ['confirm_decline', 'tentative', reminder('owner', -60), false],
    ['group_owner', 'tentative', reminder('owner', -60), true],
    ['group_owner', 'tentative', reminder('customer', -60), false],
    ['group_owner', 'cancelled', reminder('owner', -60), false],
    ['group_customer', 'confirmed', reminder('customer', -60), true],
    ['group_customer', 'confirmed', reminder('owner', -60), false],
  ];
  for (const [graph, state, one, due] of cases)
    assert.equal(isDue({ graph, state }, one), due, `${graph} ${state} ${one.recipient} ${one.offset}`);
});
