import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter, LONGEST_VALUE } from './regex-filter.ts';

const usable: [pattern: string, yes: string, no: string][] = [
  ['^\\d{4}$', '1234', '12345'],
  ['^[A-Z]{2,3}-\\d+$', 'ABC-1', 'abc-1'],
  ['^(\\d{3}-)?\\d{4}$', '555-1234', '555-'],
  ['^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$', 'a.b@example.org', 'a.b@example'],
  ['^(?:red|green|blue)$', 'green', 'greenish'],
  ['\\d', 'job 7', 'job'],
  ['^(?i:ab)$', 'AB', 'ac'],
];

for (const [pattern, yes, no] of usable) {
  test(`${pattern} takes ${yes} and not ${no}`, () => {
    const matches = compileFilter(pattern);
    assert.deepEqual([matches?.(yes), matches?.(no)], [true, false]);
  });
}

for (const pattern of [
  '(',
  '[a',
  '*',
  'a{2,1}',
  '\\',
  `^${'a'.repeat(300)}$`,
  '(?=a)a',
  '(a)\\1',
  '((a{100}){100}){100}',
]) {
  test(`${pattern.slice(0, 30)} is no usable filter`, () => {
    assert.equal(compileFilter(pattern), undefined);
  });
}

test('expressions that make backtracking engines hang are matched all the same', () => {
  for (const pattern of ['(a+)+$', '(a|aa)*$', '^(\\w+\\s?)*$', '(a*)*b']) {
    assert.equal(typeof compileFilter(pattern)?.(`${'a'.repeat(LONGEST_VALUE - 1)}!`), 'boolean');
  }
});
