import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Range } from '../ranges.ts';
import { common, stretchesOf, without } from './stretches.ts';

const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 9 }))
    .map(([start, n]) => ({ start, end: start + n })),
  { maxLength: 8 },
);
const secondsOf = (list: readonly Range[]): Set<number> =>
  new Set(list.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, n) => start + n)));
const sorted = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);

function assertStretches(list: readonly Range[]): void {
  list.forEach(({ start, end }, index) => {
    assert.ok(start < end && start > (list[index - 1]?.end ?? -1), JSON.stringify(list));
  });
}

test('stretches are the seconds of their ranges', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const [x, y] = [stretchesOf(a), stretchesOf(b)];
      assertStretches(x);
      assert.deepEqual(sorted(secondsOf(x)), sorted(secondsOf(a)));
      const both = common(x, y);
      assertStretches(both);
      assert.deepEqual(sorted(secondsOf(both)), sorted(secondsOf(a).intersection(secondsOf(b))));
      const rest = without(x, y);
      assertStretches(rest);
      assert.deepEqual(sorted(secondsOf(rest)), sorted(secondsOf(a).difference(secondsOf(b))));
    }),
  );
});
