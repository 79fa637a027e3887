import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../lib/errors.ts';
import { checkDeduction, divideDeduction } from './deductions.ts';

test('a deduction fits into the time that it is taken off', () => {
  const cases: [number, number, boolean][] = [
    [0, 0, true],
    [30, 1800, true],
    [30, 1799, false],
    [1, 59, false],
    [10_080, 604_800, true],
  ];
  for (const [minutes, seconds, fits] of cases) {
    assert.equal(checkDeduction(minutes, seconds) === undefined, fits, `${minutes} minutes of ${seconds} seconds`);
  }
});

test('a break divides a deduction between the two parts of the time', () => {
  const cases: [number, number, number, [number, number] | 'refused'][] = [
    [30, 7200, 7200, [30, 0]],
    [30, 600, 7200, [10, 20]],
    [30, 659, 7200, [10, 20]],
    [0, 600, 600, [0, 0]],
    [30, 600, 1199, 'refused'],
    [30, 600, 1200, [10, 20]],
    [90, 600, Number.POSITIVE_INFINITY, [10, 80]],
  ];
  for (const [minutes, first, second, expected] of cases) {
    const found = divideDeduction(minutes, first, second);
    assert.deepEqual(
      found instanceof DomainError ? 'refused' : found,
      expected,
      `${minutes} of ${first} and ${second}`,
    );
  }
});
