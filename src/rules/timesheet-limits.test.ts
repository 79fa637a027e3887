import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkManualLimits, checkRegularLimits, keptManualDuration } from './timesheet-limits.ts';

const NOW = 1_531_753_440;
const DAY = 86_400;

test('checkRegularLimits', () => {
  const cases: [string, number, number | null, string | undefined][] = [
    ['an hour', -3600, 0, undefined],
    ['zero length', 0, 0, undefined],
    ['ends first', 0, -1, 'The end may not be before the start.'],
    ['7 days', -7 * DAY, 0, undefined],
    ['a second more', -7 * DAY, 1, 'A timesheet may not be longer than 7 days.'],
    ['24 hours ahead', DAY, DAY + 60, undefined],
    ['a second more ahead', DAY + 1, DAY + 60, 'The start may not be more than 24 hours ahead.'],
    ['open and ahead', DAY + 1, null, 'The start may not be more than 24 hours ahead.'],
    ['open', -3600, null, undefined],
    ['forgotten open', -30 * DAY, null, undefined],
  ];
  for (const [title, from, to, detail] of cases) {
    const refusal = checkRegularLimits({ start: NOW + from, end: to === null ? null : NOW + to }, NOW);
    assert.equal(refusal?.detail, detail, title);
    if (refusal !== undefined) assert.equal(refusal.kind, 'invalid');
  }
});

test('checkManualLimits', () => {
  const cases: [string, number, string | undefined][] = [
    ['2018-07-16', 0, undefined],
    ['2018-07-16', DAY, undefined],
    ['2199-12-31', 1, undefined],
    ['1970-01-01', 1, undefined],
    ['1969-12-31', 1, 'date'],
    ['2200-01-01', 1, 'date'],
    ['2018-07-16', -1, 'duration'],
    ['2018-07-16', DAY + 1, 'duration'],
    ['2018-07-16', 1.5, 'duration'],
    ['2018-07-16', Number.NaN, 'duration'],
    ['2018-07-16', Infinity, 'duration'],
  ];
  for (const [day, duration, field] of cases) {
    assert.equal(checkManualLimits({ day, duration })?.field, field, `${day} ${duration}`);
  }
});

test('keptManualDuration', () => {
  const cases: [number, number][] = [
    [10_000, 10_008],
    [15_552, 15_552],
    [0, 0],
    [17, 0],
    [18, 36],
    [53, 36],
    [54, 72],
    [DAY, DAY],
    [DAY - 18, DAY],
    [DAY - 19, DAY - 36],
  ];
  for (const [given, kept] of cases) assert.equal(keptManualDuration(given), kept, String(given));
});

test('keptManualDuration is whole, near and stable', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: DAY }), (seconds) => {
      const kept = keptManualDuration(seconds);
      assert.ok(kept >= 0 && kept <= DAY && Math.abs(kept - seconds) <= 18);
      assert.equal(keptManualDuration(kept), kept);
      assert.ok(Math.abs((kept / 3600) * 100 - Math.round((kept / 3600) * 100)) < 1e-9);
    }),
  );
});
