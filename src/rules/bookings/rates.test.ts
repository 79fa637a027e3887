import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInstant } from '../../lib/time.ts';
import { fullAmong, limitsIn, type Rates, ratesIn, whyFull } from './rates.ts';

const at = (text: string): number => parseInstant(text, 'UTC') ?? Number.NaN;
const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 16);

test('rates are read as they were stored', () => {
  const cases: [unknown, Rates][] = [
    [undefined, {}],
    [null, {}],
    [7, {}],
    [{}, {}],
    [[], {}],
    [
      { day: 3, week: '10', month: null, year: 0 },
      { day: 3, week: 10 },
    ],
    [{ day: -1, week: 1.5, month: 'x', decade: 1 }, {}],
  ];
  for (const [given, expected] of cases) assert.deepEqual(ratesIn(given), expected, JSON.stringify(given));
});

test('periods are those of the calendar in a zone, whatever its clocks do', () => {
  type Case = [rates: Rates, zone: string, weekStart: number, from: string, to: string, expected: string[]];
  const hour = (from: string): readonly [string, string] => [from, iso(at(from) + 3_600)];
  const cases: Case[] = [
    [{ day: 1 }, 'UTC', 0, ...hour('2026-12-01T23:00'), ['2026-12-01T00:00 2026-12-02T00:00']],
    [{ day: 1 }, 'Europe/Oslo', 0, ...hour('2026-12-01T23:00'), ['2026-12-01T23:00 2026-12-02T23:00']],
    [{ day: 1 }, 'Pacific/Auckland', 0, ...hour('2026-12-01T10:00'), ['2026-11-30T11:00 2026-12-01T11:00']],
    // 23 and 25 hours.
    [{ day: 1 }, 'Europe/Oslo', 0, ...hour('2026-03-29T12:00'), ['2026-03-28T23:00 2026-03-29T22:00']],
    [{ day: 1 }, 'Europe/Oslo', 0, ...hour('2026-10-25T12:00'), ['2026-10-24T22:00 2026-10-25T23:00']],
    // A midnight that is skipped.
    [{ day: 1 }, 'America/Santiago', 0, ...hour('2026-09-06T12:00'), ['2026-09-06T04:00 2026-09-07T03:00']],
    // 2026-12-01 is a Tuesday.
    [{ week: 1 }, 'UTC', 0, ...hour('2026-12-01T12:00'), ['2026-11-29T00:00 2026-12-06T00:00']],
    [{ week: 1 }, 'UTC', 1, ...hour('2026-12-01T12:00'), ['2026-11-30T00:00 2026-12-07T00:00']],
    [{ week: 1 }, 'UTC', 2, ...hour('2026-12-01T12:00'), ['2026-12-01T00:00 2026-12-08T00:00']],
    [{ week: 1 }, 'UTC', 3, ...hour('2026-12-01T12:00'), ['2026-11-25T00:00 2026-12-02T00:00']],
    [{ week: 1 }, 'Europe/Oslo', 1, ...hour('2026-10-20T12:00'), ['2026-10-18T22:00 2026-10-25T23:00']],
    [{ month: 1 }, 'Europe/Oslo', 0, ...hour('2026-10-31T23:00'), ['2026-10-31T23:00 2026-11-30T23:00']],
    [{ month: 1 }, 'UTC', 0, ...hour('2028-02-29T12:00'), ['2028-02-01T00:00 2028-03-01T00:00']],
    [{ month: 1 }, 'UTC', 0, ...hour('2026-12-31T12:00'), ['2026-12-01T00:00 2027-01-01T00:00']],
    [{ year: 1 }, 'Asia/Tokyo', 0, ...hour('2026-12-31T15:00'), ['2026-12-31T15:00 2027-12-31T15:00']],
    [
      { year: 9, day: 2 },
      'UTC',
      0,
      '2026-12-31T23:00',
      '2027-01-01T01:00',
      [
        ...['2026-12-31T00:00 2027-01-01T00:00', '2027-01-01T00:00 2027-01-02T00:00'],
        ...['2026-01-01T00:00 2027-01-01T00:00', '2027-01-01T00:00 2028-01-01T00:00'],
      ],
    ],
    [{ day: 1 }, 'UTC', 0, '2026-12-01T00:00', '2026-12-02T00:00', ['2026-12-01T00:00 2026-12-02T00:00']],
    [{ day: 1 }, 'UTC', 0, '2026-12-01T00:00', '2026-12-01T00:00', ['2026-12-01T00:00 2026-12-02T00:00']],
    [{}, 'UTC', 0, '2026-12-01T00:00', '2026-12-02T00:00', []],
  ];
  for (const [rates, zone, weekStart, from, to, expected] of cases) {
    const limits = limitsIn(rates, { start: at(from), end: at(to) }, { zone, weekStart });
    const said = limits.map(({ start, end }) => `${iso(start)} ${iso(end)}`);
    assert.deepEqual(said, expected, JSON.stringify([rates, zone, weekStart, from, to]));
  }
  const last = Date.UTC(9999, 11, 31, 22) / 1_000;
  const all = { day: 1, week: 1, month: 1, year: 1 };
  assert.deepEqual(limitsIn(all, { start: last, end: last }, { zone: 'Asia/Tokyo', weekStart: 0 }), []);
});

test('a period is full with as many bookings as it may have', () => {
  const [start, end] = [100, 200];
  const limit = { period: 'day', start, end, most: 2 } as const;
  const cases: [starts: number[], full: boolean][] = [
    [[], false],
    [[100], false],
    [[199, 100], true],
    [[99, 100, 200], false],
    [[150, 150, 150], true],
  ];
  for (const [starts, full] of cases) assert.deepEqual(fullAmong([limit], starts), full ? [limit] : [], String(starts));
});

test('the sentence names the limit', () => {
  assert.equal(
    whyFull('resource', { period: 'day', most: 1 }),
    'The resource already has 1 booking that day, and may not have more.',
  );
  assert.match(whyFull('customer', { period: 'week', most: 2 }), /^The customer already has 2 bookings that week/);
});
