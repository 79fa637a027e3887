import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationSeconds, unitSeconds } from './durations.ts';

test('lengths of time are read as the reference writes them', () => {
  const cases: [string, number | undefined][] = [
    ['1 day', 86_400],
    ['2 hours 30 minutes', 9_000],
    ['0 minutes', 0],
    ['-1 hour', undefined],
    ['1.5 hours', undefined],
    ['hour', undefined],
    ['999999 weeks', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) assert.equal(durationSeconds(text), expected, text);
});

test('a number of units may be of seconds, too', () => {
  const cases: [number, string, number | undefined][] = [
    [90, 'secs', 90],
    [90, 'second', 90],
    [2, 'mins', 120],
    [1, 'hours', 3_600],
    [-2, 'secs', undefined],
    [-2, 'mins', undefined],
    [2, 'toString', undefined],
  ];
  for (const [time, unit, expected] of cases) assert.equal(unitSeconds(time, unit), expected, `${time} ${unit}`);
});
