import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DomainError } from '../lib/errors.ts';
import { type BreakPlan, planBreak, type WorkOrBreak } from './break-split.ts';
import { findOverlap } from './overlap.ts';
import type { Sheet, SheetTimes } from './ranges.ts';

const NOW = 100;
const work = (id: number, start: number, end: number | null): WorkOrBreak => ({ id, start, end, isBreak: false });
const rest = (id: number, start: number, end: number | null): WorkOrBreak => ({ id, start, end, isBreak: true });
const split = (id: number, original: SheetTimes, tail: SheetTimes): BreakPlan => ({
  kind: 'split',
  id,
  original,
  tail,
});
const shorten = (id: number, original: SheetTimes): BreakPlan => ({ kind: 'shorten', id, original });
const times = (start: number, end: number | null): SheetTimes => ({ start, end });

test('planBreak', () => {
  const closed = work(1, 10, 50);
  const open = work(2, 60, null);
  const cases: [string, SheetTimes, WorkOrBreak[], BreakPlan | 'overlap' | 'already-open' | undefined][] = [
    ['touches nothing', times(50, 60), [closed, open], undefined],
    ['inside', times(20, 30), [closed, open], split(1, times(10, 20), times(30, 50))],
    ['at the start', times(10, 30), [closed], shorten(1, times(30, 50))],
    ['at the end', times(20, 50), [closed], shorten(1, times(10, 20))],
    ['the whole', times(10, 50), [closed], 'overlap'],
    ['around', times(5, 55), [closed], 'overlap'],
    ['across the start', times(5, 20), [closed], 'overlap'],
    ['across the end', times(40, 55), [closed], 'overlap'],
    ['across two', times(40, 70), [closed, open], 'overlap'],
    ['across two that touch', times(40, 55), [closed, work(3, 50, 60)], 'overlap'],
    ['zero length', times(20, 20), [closed], undefined],
    ['in a break', times(20, 30), [rest(1, 10, 50)], 'overlap'],
    ['in an open break', times(70, 80), [rest(2, 60, null)], 'overlap'],
    ['across a break', times(20, 55), [rest(1, 10, 50)], 'overlap'],
    ['inside an open one', times(70, 80), [closed, open], split(2, times(60, 70), times(80, null))],
    ['at the start of an open one', times(60, 80), [open], shorten(2, times(80, null))],
    ['up to now', times(70, 100), [open], split(2, times(60, 70), times(100, null))],
    ['all of an open one up to now', times(60, 100), [open], shorten(2, times(100, null))],
    ['past now', times(70, 101), [open], 'overlap'],
    ['across the start of an open one', times(55, 70), [open], 'overlap'],
    ['open, while open', times(90, null), [open], 'already-open'],
    ['open, in a closed one', times(40, null), [closed], 'overlap'],
    ['open, after a closed one', times(50, null), [closed], undefined],
  ];
  for (const [title, candidate, others, expected] of cases) {
    const result = planBreak(candidate, others, NOW);
    assert.deepEqual(result instanceof DomainError ? result.code : result, expected, title);
  }
});

test('an update of the break itself does not meet itself', () => {
  assert.equal(
    planBreak({ id: 5, start: 20, end: 35 }, [work(1, 10, 20), rest(5, 20, 30), work(6, 40, 50)], NOW),
    undefined,
  );
});

test('a plan loses no second, counts none twice and leaves no overlap', () => {
  const gap = fc.integer({ min: 0, max: 4 });
  const length = fc.integer({ min: 1, max: 12 });
  const days = fc.array(fc.tuple(gap, length, fc.boolean()), { maxLength: 6 });
  const second = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(days, fc.boolean(), second, length, (stretches, lastIsOpen, start, size) => {
      let clock = 0;
      const others = stretches.map(([before, long, isBreak], index): WorkOrBreak => {
        const from = clock + before;
        clock = from + long;
        return {
          id: index + 1,
          start: from,
          end: lastIsOpen && index === stretches.length - 1 ? null : clock,
          isBreak,
        };
      });
      const taken: SheetTimes = { start, end: start + size };
      const plan = planBreak(taken, others, clock);
      if (plan instanceof DomainError) return;
      const after: Sheet[] = others.map((other) => (other.id === plan?.id ? { ...other, ...plan.original } : other));
      if (plan?.kind === 'split') after.push({ id: 98, ...plan.tail });
      after.push({ id: 99, ...taken });
      for (const one of after) assert.equal(findOverlap(one, after, clock), undefined);
      const total = (sheets: Sheet[]): number => sheets.reduce((sum, s) => sum + (s.end ?? clock) - s.start, 0);
      assert.equal(total(after), total(others) + (plan === undefined ? size : 0));
      assert.equal(after.filter((s) => s.end === null).length, others.filter((s) => s.end === null).length);
    }),
    { numRuns: 500 },
  );
});
