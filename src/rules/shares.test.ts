import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wholeShares } from './shares.ts';

/** Hundredths of an hour. */
const unit = 36;

test('shares of hours in hundredths', () => {
  const cases: [number[], number[]][] = [
    [[], []],
    [
      [0, 0],
      [0, 0],
    ],
    [
      [28_800, 3_600],
      [800, 100],
    ],
    // A third of an hour three times is one hour.
    [
      [1_200, 1_200, 1_200],
      [34, 33, 33],
    ],
    [
      [12, 12],
      [1, 0],
    ],
    [
      [12, 17],
      [0, 1],
    ],
    [[18], [1]],
    [[17], [0]],
    [
      [35, 35],
      [1, 1],
    ],
  ];
  for (const [amounts, shares] of cases) assert.deepEqual(wholeShares(amounts, unit), shares, String(amounts));
});

test('shares add up to the rounded total, and none is a unit or more away from its amount', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 20 }), (amounts) => {
      const shares = wholeShares(amounts, unit);
      const sum = (list: number[]): number => list.reduce((total, one) => total + one, 0);
      assert.equal(sum(shares), Math.round(sum(amounts) / unit));
      for (const [index, share] of shares.entries()) assert.ok(Math.abs(share - (amounts[index] ?? 0) / unit) < 1);
    }),
    { numRuns: 100 },
  );
});
