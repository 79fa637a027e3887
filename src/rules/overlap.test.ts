import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkOverlap, findOverlap, singleOpen } from './overlap.ts';
import type { Sheet, SheetCandidate } from './ranges.ts';

const NOW = 1_531_753_440; // 2018-07-16T15:04:00Z
const HOUR = 3600;
const sheet = (id: number, from: number, to: number | null, offset?: number): Sheet => ({
  id,
  start: NOW + from * HOUR,
  end: to === null ? null : NOW + to * HOUR,
  offset,
});
const candidate = (from: number, to: number | null, id?: number): SheetCandidate => ({ ...sheet(0, from, to), id });

test('checkOverlap', () => {
  const closed = sheet(7, -4, -2);
  const open = sheet(8, -4, null);
  const cases: [string, SheetCandidate, Sheet[], code: string | undefined, names: number | undefined][] = [
    ['alone', candidate(-3, -1), [], undefined, undefined],
    ['may start when the other ends', candidate(-2, -1), [closed], undefined, undefined],
    ['may end when the other starts', candidate(-5, -4), [closed], undefined, undefined],
    ['shares an hour', candidate(-3, -1), [closed], 'overlap', 7],
    ['lies inside', candidate(-3.5, -3), [closed], 'overlap', 7],
    ['lies around', candidate(-9, 0), [closed], 'overlap', 7],
    ['is the same one', candidate(-3, -1, 7), [closed], undefined, undefined],
    ['names the earliest', candidate(-9, 9), [sheet(3, 2, 3), closed, sheet(4, 1, 2)], 'overlap', 7],
    ['zero length inside', candidate(-3, -3), [closed], undefined, undefined],
    ['around a zero length', candidate(-4, -2), [sheet(7, -3, -3)], undefined, undefined],
    ['second open one', candidate(0, null), [open], 'already-open', 8],
    ['second open one, open one ahead', candidate(0, null), [sheet(8, 5, null)], 'already-open', 8],
    ['the open one itself', candidate(-5, null, 8), [open], undefined, undefined],
    ['closed during an open one', candidate(-3, -2), [open], 'overlap', 8],
    ['closed before an open one', candidate(-5, -4), [open], undefined, undefined],
    ['closed from now on, while open', candidate(0, 1), [open], undefined, undefined],
    ['closed around now, while open', candidate(-1, 1), [open], 'overlap', 8],
    ['next week does not block today', candidate(0, null), [sheet(9, 168, 176)], undefined, undefined],
    ['a start that is taken', candidate(0, null), [sheet(9, -1, 1)], 'overlap', 9],
    ['a start this second, taken from now on', candidate(0, null), [sheet(9, 0, 1)], 'overlap', 9],
    ['a past start, taken since', candidate(-3, null), [sheet(9, -2, -1)], 'overlap', 9],
    ['closing takes the whole range', candidate(-4, 2, 8), [open, sheet(9, 1, 3)], 'overlap', 9],
  ];
  for (const [title, mine, others, code, names] of cases) {
    const refusal = checkOverlap(mine, others, NOW);
    assert.equal(refusal?.code, code, title);
    if (refusal === undefined) continue;
    assert.equal(refusal.kind, 'conflict', title);
    assert.match(refusal.detail, new RegExp(`timesheet ${names}\\b`), title);
  }
});

test('the sentences', () => {
  const denver = sheet(12, -4, -2, -360);
  assert.equal(
    checkOverlap(candidate(-3, -1), [denver], NOW)?.detail,
    'Overlaps timesheet 12 (2018-07-16T05:04:00-06:00 to 2018-07-16T07:04:00-06:00).',
  );
  assert.equal(
    checkOverlap(candidate(-3, -1), [{ ...denver, endOffset: -420 }], NOW)?.detail,
    'Overlaps timesheet 12 (2018-07-16T05:04:00-06:00 to 2018-07-16T06:04:00-07:00).',
  );
  assert.equal(
    checkOverlap(candidate(-3, -1), [{ ...denver, end: null }], NOW)?.detail,
    'Overlaps timesheet 12 (2018-07-16T05:04:00-06:00 to now).',
  );
  assert.equal(
    singleOpen(candidate(0, null), [sheet(12, -4, null)])?.detail,
    'Already on the clock: timesheet 12 is open since 2018-07-16T11:04:00+00:00.',
  );
  assert.equal(singleOpen(candidate(0, 1), [sheet(12, -4, null)]), undefined);
});

test('timesheets accepted one after another never overlap', () => {
  const hour = fc.integer({ min: 0, max: 60 });
  const sheets = fc.array(fc.tuple(hour, fc.option(fc.integer({ min: 0, max: 6 }), { freq: 8 }), hour), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(sheets, (wishes) => {
      const accepted: Sheet[] = [];
      let now = 0;
      for (const [id, [start, length, later]] of wishes.entries()) {
        now = Math.max(now, later);
        const wish: Sheet = { id, start, end: length === null ? null : start + length };
        if (checkOverlap(wish, accepted, now) === undefined) accepted.push(wish);
      }
      const taken = new Set<number>();
      for (const { start, end } of accepted) {
        for (let s = start; s < (end ?? start + 1); s++) {
          assert.ok(!taken.has(s), `second ${s} twice`);
          taken.add(s);
        }
      }
      assert.ok(accepted.filter(({ end }) => end === null).length <= 1);
      for (const one of accepted) if (one.end !== null) assert.equal(findOverlap(one, accepted, 0), undefined);
    }),
    { numRuns: 300 },
  );
});
