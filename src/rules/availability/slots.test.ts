import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isoLocal, offsetMinutes, parseInstant } from '../../lib/time.ts';
import { slotsIn } from './slots.ts';

const M = 60;
const H = 3600;
const at = (text: string, zone: string): number => parseInstant(text, zone) ?? Number.NaN;

test('slots of a stretch', () => {
  type Case = [
    zone: string,
    from: string,
    to: string,
    length: number | null,
    step: number,
    grid: number,
    starts: string[],
  ];
  const cases: Case[] = [
    ['UTC', '2026-12-07T10:00', '2026-12-07T12:00', H, H, M, ['10:00', '11:00']],
    // The reference's own example.
    ['UTC', '2026-12-07T10:00', '2026-12-07T12:00', H, 15 * M, M, ['10:00', '10:15', '10:30', '10:45', '11:00']],
    ['UTC', '2026-12-07T10:00', '2026-12-07T11:59', H, H, M, ['10:00']],
    ['UTC', '2026-12-07T10:00', '2026-12-07T10:59', H, H, M, []],
    ['UTC', '2026-12-07T10:00', '2026-12-07T13:00', 30 * M, H, M, ['10:00', '11:00', '12:00']],
    ['UTC', '2026-12-07T10:07:23', '2026-12-07T12:30', H, H, M, ['10:08', '11:08']],
    ['UTC', '2026-12-07T10:07:23', '2026-12-07T12:30', H, H, H, ['11:00']],
    ['UTC', '2026-12-07T10:07:23', '2026-12-07T12:30', H, H, 15 * M, ['10:15', '11:15']],
    ['UTC', '2026-12-07T22:30', '2026-12-08T02:30', H, H, 7 * H, ['00:00', '01:00']],
    ['Asia/Kathmandu', '2026-12-07T10:07', '2026-12-07T12:30', H, H, H, ['11:00']],
    ['UTC', '2026-12-07T10:07:23', '2026-12-07T12:30', null, H, H, ['10:07']],
    // Clocks go back at 2: the hour from 1 to 2 comes twice, and steps of two hours stay even.
    [
      'America/New_York',
      '2026-11-01T00:00',
      '2026-11-01T04:00',
      H,
      H,
      M,
      ['00:00', '01:00', '01:00', '02:00', '03:00'],
    ],
    ['America/New_York', '2026-11-01T00:00', '2026-11-01T06:00', 2 * H, 2 * H, M, ['00:00', '02:00', '04:00']],
    [
      'America/New_York',
      '2026-10-31T22:20',
      '2026-11-01T05:00',
      50 * M,
      50 * M,
      M,
      ['22:20', '23:10', '00:00', '00:50', '01:40', '01:40', '02:30', '03:20', '04:10'],
    ],
    // Clocks go forward at 2.
    ['America/New_York', '2027-03-14T00:00', '2027-03-14T04:00', H, H, M, ['00:00', '01:00', '03:00']],
    ['America/New_York', '2027-03-14T00:00', '2027-03-14T08:00', 2 * H, 2 * H, M, ['00:00', '04:00', '06:00']],
    ['America/New_York', '2027-03-14T01:30', '2027-03-14T05:00', H, H, H, ['03:00', '04:00']],
    ['Europe/Oslo', '2026-10-25T01:00', '2026-10-25T04:00', H, H, M, ['01:00', '02:00', '02:00', '03:00']],
    ['Asia/Kathmandu', '2026-10-25T01:00', '2026-10-25T04:00', H, H, M, ['01:00', '02:00', '03:00']],
  ];
  for (const [zone, from, to, length, step, grid, starts] of cases) {
    const slots = slotsIn({ start: at(from, zone), end: at(to, zone) }, { length, step, grid }, zone);
    const shown = slots.map(({ start }) => isoLocal(start, offsetMinutes(zone, start)).slice(11, 16));
    assert.deepEqual(shown, starts, `${zone} ${from} ${length} ${step} ${grid}`);
    for (const { start, end } of slots) assert.equal(end - start, length ?? end - start);
  }
});

test('slots lie in their stretch, on the grid and the steps of the wall clock, and overlap only where the step is shorter', () => {
  const zones = fc.constantFrom('America/New_York', 'Europe/Oslo', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC');
  const start = fc.integer({ min: at('2026-01-01T00:00', 'UTC'), max: at('2027-12-01T00:00', 'UTC') });
  const minutes = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(
      zones,
      start,
      fc.integer({ min: 1, max: 3 * 86_400 }),
      minutes,
      minutes,
      minutes,
      (zone, from, size, length, step, grid) => {
        const plan = { length: length * M, step: step * M, grid: grid * M };
        const stretch = { start: from, end: from + size };
        const slots = slotsIn(stretch, plan, zone);
        slots.forEach((slot, index) => {
          assert.ok(slot.start >= stretch.start && slot.end <= stretch.end && slot.end - slot.start === plan.length);
          const before = slots[index - 1];
          if (before !== undefined) assert.ok(slot.start - before.start >= Math.min(plan.step, plan.length));
          const local = (moment: number): number => moment + offsetMinutes(zone, moment) * M;
          assert.equal((local(slot.start) - local(slots[0]?.start ?? 0)) % plan.step, 0);
        });
      },
    ),
  );
});
