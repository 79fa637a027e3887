import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldDefinition } from './customfield-values.ts';
import { checkLimits, combineLimits, type Limits } from './item-limits.ts';

/** 'A,B' for field 1 and 'C' for field 2: { 1: 'A,B', 2: 'C' }. */
function limits(byField: Readonly<Record<number, string>>): Limits {
  const itemsOf = (names: string): Map<string, string> =>
    new Map(names.split(',').flatMap((name) => (name === '' ? [] : [[name.toLowerCase(), name]])));
  return new Map(Object.entries(byField).map(([field, names]) => [Number(field), itemsOf(names)]));
}

function plain(of: Limits): Record<number, string> {
  return Object.fromEntries([...of].map(([field, items]) => [field, [...items.values()].sort().join(',')]));
}

test('how the limits of a jobcode, a user and his group combine', () => {
  type Spec = Readonly<Record<number, string>>;
  const cases: [string, jobcode: Spec, user: Spec, group: Spec, combined: Spec][] = [
    ['nothing is limited', {}, {}, {}, {}],
    ['the jobcode alone', { 1: 'A,B' }, {}, {}, { 1: 'A,B' }],
    ['the user alone', {}, { 1: 'A' }, {}, { 1: 'A' }],
    ['the group alone', {}, {}, { 1: 'A' }, { 1: 'A' }],
    ['a user has his own items and those of his group', {}, { 1: 'A' }, { 1: 'A,B' }, { 1: 'A,B' }],
    ['an item must suit both the jobcode and the person', { 1: 'A,B' }, { 1: 'B,C' }, {}, { 1: 'B' }],
    ['the jobcode and the group', { 1: 'A,B' }, {}, { 1: 'B' }, { 1: 'B' }],
    ['the jobcode, the user and the group', { 1: 'A,B,C' }, { 1: 'A' }, { 1: 'B,D' }, { 1: 'A,B' }],
    ['nothing is left', { 1: 'A' }, { 1: 'B' }, {}, { 1: '' }],
    ['each field by itself', { 1: 'A', 2: 'C' }, { 2: 'C,D', 3: 'E' }, { 4: 'F' }, { 1: 'A', 2: 'C', 3: 'E', 4: 'F' }],
  ];
  for (const [title, jobcode, user, group, combined] of cases) {
    const result = combineLimits({ jobcode: limits(jobcode), user: limits(user), group: limits(group) });
    assert.deepEqual(plain(result), combined, title);
  }
});

test('values outside the limits are refused, and the sentence names what may be chosen', () => {
  const field = { id: 1, name: 'Colour' } as FieldDefinition;
  const fields = new Map([[1, field]]);
  const check = (text: string, allowed: string, id = 1): string | undefined =>
    checkLimits([[id, text]], limits({ 1: allowed }), fields)?.detail;
  for (const fine of ['Red', 'red', 'RED', '']) assert.equal(check(fine, 'Red,Blue'), undefined, fine);
  assert.equal(check('Green', 'Red', 2), undefined, 'a field without limits');
  const start =
    '"Green" is not among the items of custom field 1 (Colour) that are filtered for this jobcode and user: ';
  assert.equal(check('Green', 'Red,Blue'), `${start}"Red", "Blue".`);
  assert.equal(check('Green', 'A,B,C,D,E,F'), `${start}"A", "B", "C", "D", "E", ….`);
  assert.equal(check('Green', ''), `${start}there are none.`);
  const refusal = checkLimits([[1, 'x']], limits({ 1: '' }), fields);
  assert.deepEqual([refusal?.kind, refusal?.field], ['invalid', 'customfields']);
});
