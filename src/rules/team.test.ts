import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Holder, type Reassignment, reassign } from './team.ts';

const cases: [string, Holder[], Holder, number[], Reassignment][] = [
  ['an unassigned event stays so', [null], null, [], { named: null, assigned: [], leave: [], join: [] }],
  ['an unassigned event gets a user', [null], null, [1], { named: 1, assigned: [1], leave: [], join: [] }],
  ['an unassigned event gets a team', [null], null, [2, 1], { named: 2, assigned: [2, 1], leave: [], join: [1] }],
  ['an event loses its user', [1], 1, [], { named: null, assigned: [], leave: [], join: [] }],
  ['an event goes to another user', [1], 1, [2], { named: 2, assigned: [2], leave: [], join: [] }],
  ['a user joins', [1], 1, [2, 1], { named: 1, assigned: [1, 2], leave: [], join: [2] }],
  ['another order changes nothing', [1, 2, 3], 2, [3, 2, 1], { named: 2, assigned: [1, 2, 3], leave: [], join: [] }],
  ['another user leaves', [1, 2, 3], 1, [1, 3], { named: 1, assigned: [1, 3], leave: [2], join: [] }],
  [
    'the first user leaves, by the part of another',
    [1, 2, 3],
    2,
    [2, 3],
    { named: 2, assigned: [2, 3], leave: [1], join: [] },
  ],
  ['the named part goes to the new user', [1, 2], 1, [2, 3], { named: 3, assigned: [3, 2], leave: [], join: [] }],
  [
    'the named part goes to one who has a part',
    [1, 2, 3],
    1,
    [2, 3],
    { named: 2, assigned: [2, 3], leave: [2], join: [] },
  ],
  ['a whole team is replaced', [1, 2], 2, [3, 4, 5], { named: 3, assigned: [3, 4, 5], leave: [1], join: [4, 5] }],
  ['a team is taken off', [1, 2], 1, [], { named: null, assigned: [], leave: [2], join: [] }],
];

for (const [what, current, named, wanted, expected] of cases) {
  test(what, () => assert.deepEqual(reassign(current, named, wanted), expected));
}
