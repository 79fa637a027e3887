import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Action,
  actions,
  firstState,
  type Graph,
  graphs,
  holdsTime,
  isFinal,
  isPlanned,
  nextState,
  openActions,
  type State,
} from './graphs.ts';

const agreed =
  'cancel:cancelled cancel_by_customer:cancelled_by_customer complete:completed reschedule_by_customer:rescheduled_by_customer';
const seated = 'cancel_by_customer:cancelled_by_customer cancel_by_owner:cancelled_by_owner complete:completed';

/** [graph, state, what leads where, holds the time, stands in the schedule]; every other action is not open. */
const table: readonly (readonly [Graph, State, string, boolean, boolean])[] = [
  ['instant', 'confirmed', agreed, true, true],
  ['confirm_decline', 'tentative', 'confirm:confirmed decline:declined', false, false],
  ['confirm_decline', 'confirmed', agreed, true, true],
  ['instant_payment', 'tentative', 'pay:paid timeout:unpaid', true, false],
  ['instant_payment', 'paid', 'cancel:cancelled complete:completed', true, true],
  ['group_owner', 'tentative', 'cancel:cancelled complete:completed', true, true],
  ['group_customer', 'confirmed', seated, false, false],
  [
    'group_customer_payment',
    'tentative',
    'pay:paid timeout:unpaid cancel_by_customer:cancelled_by_customer cancel_by_owner:cancelled_by_owner',
    false,
    false,
  ],
  ['group_customer_payment', 'paid', seated, false, false],
];

const states: readonly State[] = [
  'tentative',
  'confirmed',
  'paid',
  'declined',
  'unpaid',
  'cancelled',
  'cancelled_by_customer',
  'cancelled_by_owner',
  'rescheduled_by_customer',
  'completed',
  'error',
];

test('every action of every graph in every state leads where the reference says, or nowhere', () => {
  for (const graph of graphs) {
    for (const state of states) {
      const row = table.find(([g, s]) => g === graph && s === state);
      const steps = new Map((row?.[2] ?? '').split(' ').map((step) => step.split(':') as [Action, State]));
      for (const action of actions) {
        assert.equal(nextState(graph, state, action), steps.get(action), `${graph} ${state} ${action}`);
      }
      assert.equal(holdsTime(graph, state), row?.[3] ?? false, `${graph} ${state} holds`);
      assert.equal(isPlanned(graph, state), row?.[4] ?? false, `${graph} ${state} planned`);
    }
  }
});

test('a booking begins where its graph and its first step say', () => {
  const cases: [Graph, State, State | undefined][] = [
    ['instant', 'confirmed', 'confirmed'],
    ['confirm_decline', 'tentative', 'confirmed'],
    ['instant_payment', 'tentative', undefined],
    ['group_owner', 'tentative', undefined],
    ['group_customer', 'confirmed', 'confirmed'],
    ['group_customer_payment', 'tentative', undefined],
  ];
  for (const [graph, created, confirmed] of cases) {
    assert.equal(firstState(graph), created, graph);
    assert.equal(firstState(graph, 'confirm'), confirmed, graph);
  }
});

test('whatever is not tentative, confirmed or paid is over, and clients see no action that happens by itself', () => {
  assert.deepEqual(
    states.filter((state) => !isFinal(state)),
    ['tentative', 'confirmed', 'paid'],
  );
  assert.deepEqual(openActions('instant_payment', 'tentative'), ['pay']);
  assert.deepEqual(openActions('instant', 'completed'), []);
});
