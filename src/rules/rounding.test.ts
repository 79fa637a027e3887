import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RoundingMode } from './pay/rule-set.ts';
import { roundPunch, roundTimes } from './rounding.ts';

const MIDNIGHT = 1_531_699_200;
const at = (clock: string, offsetMinutes = 0) => {
  const [hours, minutes, seconds = 0] = clock.split(':').map(Number);
  return MIDNIGHT - offsetMinutes * 60 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + seconds;
};

test('a punch is rounded to the nearest five minutes, tenth or quarter of an hour (29 CFR 785.48)', () => {
  const cases: [RoundingMode, number, string, string][] = [
    ['7/8', 15, '08:00', '08:00'],
    ['7/8', 15, '08:07', '08:00'],
    ['7/8', 15, '08:07:59', '08:00'],
    ['7/8', 15, '08:08', '08:15'],
    ['7/8', 15, '07:52:59', '07:45'],
    ['7/8', 15, '07:53', '08:00'],
    ['nearest', 15, '08:07:29', '08:00'],
    ['nearest', 15, '08:07:30', '08:15'],
    ['7/8', 6, '08:02:59', '08:00'],
    ['7/8', 6, '08:03', '08:06'],
    ['nearest', 6, '08:02:59', '08:00'],
    ['nearest', 6, '08:03', '08:06'],
    ['7/8', 5, '08:02:59', '08:00'],
    ['nearest', 5, '08:02:30', '08:05'],
    ['7/8', 5, '08:03', '08:05'],
    ['up', 15, '08:00', '08:00'],
    ['up', 15, '08:00:01', '08:15'],
    ['down', 15, '08:14:59', '08:00'],
    ['up', 1, '08:00:01', '08:01'],
    ['7/8', 1, '08:00:59', '08:00'],
    ['down', 30, '08:29:59', '08:00'],
    ['none', 15, '08:07:31', '08:07:31'],
    // A grid of 7 minutes ends with 23:55; what goes up from there goes to midnight.
    ['up', 7, '23:56', '24:00'],
    ['down', 7, '23:59:59', '23:55'],
    ['nearest', 7, '23:57:29', '23:55'],
    ['nearest', 7, '23:57:30', '24:00'],
  ];
  // Offsets of quarter hours put the grid elsewhere on the clock of Greenwich: only the local day decides.
  for (const offset of [0, 345, -240, 570, 1]) {
    for (const [mode, minutes, punch, rounded] of cases) {
      const title = `${mode} ${minutes} ${punch} ${offset}`;
      assert.equal(roundPunch(at(punch, offset), offset, mode, minutes), at(rounded, offset), title);
    }
  }
});

test('the end never comes before the start, and an open timesheet stays open', () => {
  const rounding = { minutes: 15, in: 'up', out: 'down' } as const;
  const offsets = { start: 345, end: 345 };
  const round = (start: string, end: string | null) =>
    roundTimes({ start: at(start, 345), end: end === null ? null : at(end, 345) }, offsets, rounding);
  assert.deepEqual(round('08:01', '16:59'), { start: at('08:15', 345), end: at('16:45', 345) });
  assert.deepEqual(round('08:01', '08:09'), { start: at('08:15', 345), end: at('08:15', 345) });
  assert.deepEqual(round('08:01', null), { start: at('08:15', 345), end: null });
  const night = roundTimes({ start: at('04:52'), end: at('09:08') }, { start: -300, end: -240 }, rounding);
  assert.deepEqual(night, { start: at('05:00'), end: at('09:00') });
});

test('a rounded punch stays within one step, keeps the order, and is not moved again', () => {
  const mode = fc.constantFrom<RoundingMode>('up', 'down', 'nearest', '7/8');
  const punch = fc.integer({ min: MIDNIGHT, max: MIDNIGHT + 172_800 });
  fc.assert(
    fc.property(
      punch,
      punch,
      fc.integer({ min: -720, max: 840 }),
      mode,
      fc.integer({ min: 1, max: 30 }),
      (...given) => {
        const [a, b, offset, how, minutes] = given;
        const [first, second] = [a, b].sort((x, y) => x - y).map((x) => roundPunch(x, offset, how, minutes));
        assert.ok((first ?? 0) <= (second ?? 0));
        assert.ok(Math.abs(roundPunch(a, offset, how, minutes) - a) < minutes * 60);
        assert.equal(roundPunch(first ?? 0, offset, how, minutes), first);
      },
    ),
  );
});
