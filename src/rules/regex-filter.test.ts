import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter, LONGEST_VALUE } from './regex-filter.ts';

test('usable filters', () => {
  const cases: [pattern: string, yes: string, no: string][] = [
    ['^\\d{4}$', '1234', '12345'],
    ['^[A-Z]{2,3}-\\d+$', 'ABC-1', 'abc-1'],
    ['^(\\d{3}-)?\\d{4}$', '555-1234', '555-'],
    ['^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$', 'a.b@example.org', 'a.b@example'],
    ['^(?:red|green|blue)$', 'green', 'greenish'],
    ['^(?<year>\\d{4})', '2018!', 'x2018'],
    ['\\d', 'job 7', 'job'],
    ['[]\\]]|x', 'x', 'y'],
    ['^[^\\]/]+$', 'a b', 'a/b'],
    ['^(\\d{3}-){2}\\d{4}$', '208-555-1234', '555-1234'],
    ['^\\w+\\s*$', 'ok ', '!'],
    ['^{x}$', '{x}', 'x'],
    ['^.*?$', 'any', '\n'],
  ];
  for (const [pattern, yes, no] of cases) {
    const matches = compileFilter(pattern);
    assert.ok(matches, pattern);
    assert.deepEqual([matches(yes), matches(no)], [true, false], pattern);
  }
});

test('refused filters', () => {
  const bad = ['(', '[a', '*', 'a{2,1}', '\\', `^${'a'.repeat(300)}$`];
  const wild = [
    '(a+)+$',
    '(a|aa)*$',
    '(a|a)+b',
    '(a*)*',
    '^(\\w+\\s?)*$',
    '((a{1,9}){1,9}){1,9}',
    'a*a*a*a*b',
    '.*.*.*=',
  ];
  const huge = ['((a{100}){100}){100}', 'a{99999999}', '^(a?b?c?d?e?f?g?h?i?j?k?l?m?n?o?p?q?r?s?t?u?v?w?x?y?z?){1}$'];
  const clever = ['(?=a+)a', '(?!a)b', '(?<=a)b', '(a)\\1', '(?<n>a)\\k<n>', '(?i:a)'];
  for (const pattern of [...bad, ...wild, ...huge, ...clever]) assert.equal(compileFilter(pattern), undefined, pattern);
});

test('the most expensive filters that pass still end soon', () => {
  const patterns = [
    '^a*a*a*b',
    'a*a*b',
    'a*[ab]*c',
    `^${'a?'.repeat(19)}b`,
    '^a*a*(a{9}|aa)b',
    '^(.*),(.*),(.*)=$',
    '^a*a*a*aaaaaab',
    '^a*a*a*(a|a|a|a)b',
  ];
  const values = ['a'.repeat(LONGEST_VALUE), ','.repeat(LONGEST_VALUE), 'ab'.repeat(127)];
  for (const pattern of patterns) {
    const matches = compileFilter(pattern);
    assert.ok(matches, pattern);
    const started = performance.now();
    for (const value of values) matches(value);
    assert.ok(performance.now() - started < 2000, `${pattern} took ${performance.now() - started} ms`);
  }
});
