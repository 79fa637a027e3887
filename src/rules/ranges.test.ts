import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contains, occupied, overlaps, type Range } from './ranges.ts';

const second = fc.integer({ min: 0, max: 12 });
const ranges = fc.tuple(second, second).map(([a, b]): Range => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const seconds = ({ start, end }: Range): number[] => Array.from({ length: end - start }, (_, i) => start + i);

test('overlaps', () => {
  const cases: [number, number, number, number, boolean][] = [
    [0, 10, 10, 20, false],
    [0, 10, 9, 20, true],
    [0, 10, 2, 3, true],
    [0, 10, 0, 10, true],
    [5, 5, 0, 10, false],
    [5, 5, 5, 5, false],
    [0, 0, 0, 10, false],
  ];
  for (const [start, end, start2, end2, expected] of cases) {
    assert.equal(overlaps({ start, end }, { start: start2, end: end2 }), expected);
  }
});

test('overlaps is to share a second; contains is to hold all of them', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const mine = new Set(seconds(a));
      const shared = seconds(b).filter((s) => mine.has(s));
      assert.equal(overlaps(a, b), shared.length > 0);
      assert.equal(overlaps(b, a), overlaps(a, b));
      if (b.start < b.end) assert.equal(contains(a, b), shared.length === b.end - b.start);
    }),
  );
});

test('occupied', () => {
  assert.deepEqual(occupied({ start: 3, end: 9 }, 5), { start: 3, end: 9 });
  assert.deepEqual(occupied({ start: 3, end: null }, 9), { start: 3, end: 9 });
  assert.deepEqual(occupied({ start: 3, end: null }, 3), { start: 3, end: 4 });
  assert.deepEqual(occupied({ start: 30, end: null }, 9), { start: 30, end: 31 });
});
