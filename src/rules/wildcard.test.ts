import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { likePattern } from './wildcard.ts';

test('likePattern', () => {
  const cases: [string, string][] = [
    ['sm*', 'sm%'],
    ['*ate', '%ate'],
    ['*a*', '%a%'],
    ['a*b', 'a%b'],
    ['smith', 'smith'],
    ['', ''],
    ['***', '%'],
    ['a**b', 'a%b'],
    ['100%', '100\\%'],
    ['a_b', 'a\\_b'],
    ['c:\\x*', 'c:\\\\x%'],
    ["o'brien", "o'brien"],
  ];
  for (const [text, pattern] of cases) assert.equal(likePattern(text), pattern, text);
});

/** LIKE as PostgreSQL documents it, on a small scale. */
function like(value: string, pattern: string): boolean {
  if (pattern === '') return value === '';
  const [first = '', second = ''] = pattern;
  if (first === '%') return like(value, pattern.slice(1)) || (value !== '' && like(value.slice(1), pattern));
  if (value === '') return false;
  if (first === '_') return like(value.slice(1), pattern.slice(1));
  if (first === '\\') return value[0] === second && like(value.slice(1), pattern.slice(2));
  return value[0] === first && like(value.slice(1), pattern.slice(1));
}

test('a text matches itself only, a star anything', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '%', '_', '\\'), { maxLength: 6 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      assert.equal(like(b, likePattern(a)), a === b);
      assert.ok(like(a + b + c, likePattern(`${a}*${c}`)));
      assert.equal(like(b, likePattern(`${a}*`)), b.startsWith(a));
      assert.equal(like(b, likePattern(`*${a}`)), b.endsWith(a));
    }),
  );
});
