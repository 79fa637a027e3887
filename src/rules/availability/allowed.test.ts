import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_SECONDS, isoLocal, later, localDay, offsetMinutes, parseInstant } from '../../lib/time.ts';
import { allowedTimes } from './allowed.ts';
import { type Constraint, readConstraints } from './constraints.ts';

const at = (text: string, zone = 'UTC'): number => parseInstant(text, zone) ?? Number.NaN;
const read = (list: unknown[]): readonly Constraint[] => {
  const { constraints, refusals } = readConstraints(list);
  assert.deepEqual(refusals, []);
  return constraints;
};
/** 'MM-DD HH:MM/MM-DD HH:MM' of each stretch, by the wall clock. */
const shown = (list: unknown[], zone: string, from: string, to: string): string[] =>
  allowedTimes(read(list), zone, { start: at(from, zone), end: at(to, zone) }).map(({ start, end }) =>
    [start, end]
      .map((moment) => isoLocal(moment, offsetMinutes(zone, moment)).slice(5, 16).replace('T', ' '))
      .join('/'),
  );

// 2026-12-07 is a Monday.
test('constraints over a week', () => {
  const cases: [list: unknown[], expected: string[]][] = [
    [[], ['12-07 00:00/12-14 00:00']],
    [[{ allow_day: { day: 'monday' } }], ['12-07 00:00/12-08 00:00']],
    [[{ allow_day: { day: 'Monday' } }, { allow_day: { day: 'Tuesday' } }], ['12-07 00:00/12-09 00:00']],
    [[{ block_day: { day: 'Monday' } }], ['12-08 00:00/12-14 00:00']],
    [[{ allow_weekends: {} }], ['12-12 00:00/12-14 00:00']],
    [[{ block_weekends: [] }], ['12-07 00:00/12-12 00:00']],
    [
      [{ block_weekdays: {} }, { allow_hours: { start: 9, end: 17 } }],
      ['12-12 09:00/12-12 17:00', '12-13 09:00/12-13 17:00'],
    ],
    [[{ allow_day: { day: 'Monday' } }, { allow_hours: { start: 9, end: 17 } }], ['12-07 09:00/12-07 17:00']],
    [
      [
        { allow_day: { day: 'Monday' } },
        { allow_hours: { start: 9, end: 12 } },
        { allow_hours: { start: '12:30', end: 17 } },
      ],
      ['12-07 09:00/12-07 12:00', '12-07 12:30/12-07 17:00'],
    ],
    [
      [
        { allow_day: { day: 'Monday' } },
        { allow_hours: { start: 9, end: 12 } },
        { block_hours: { start: 10, end: 11 } },
      ],
      ['12-07 09:00/12-07 10:00', '12-07 11:00/12-07 12:00'],
    ],
    [
      [
        { allow_day_and_time: { day: 'Tuesday', start: 8, end: 10 } },
        { allow_period: { start: '2026-12-12T10:00:00', end: '2026-12-12T12:00:00' } },
        { allow_day: { day: 'Sunday' } },
      ],
      ['12-08 08:00/12-08 10:00', '12-12 10:00/12-12 12:00', '12-13 00:00/12-14 00:00'],
    ],
    [[{ block_period: { start: '2026-12-07', end: '2026-12-12' } }], ['12-12 00:00/12-14 00:00']],
    [[{ allow_period: { start: '2020-01-01', end: '2020-01-02' } }], []],
    [[{ block_period: { start: '2020-01-01', end: '2030-01-02' } }], []],
    [
      [{ allow_weekdays: {} }, { block_day_and_time: { day: 'Monday', start: 0, end: 23 } }],
      ['12-07 23:00/12-12 00:00'],
    ],
  ];
  for (const [list, expected] of cases)
    for (const zone of ['America/New_York', 'Europe/Oslo', 'Asia/Kathmandu', 'UTC'])
      assert.deepEqual(shown(list, zone, '2026-12-07T00:00', '2026-12-14T00:00'), expected, JSON.stringify(list));
});

test('days on which the clocks change have the hours of the wall clock', () => {
  const cases: [
    zone: string,
    day: string,
    next: string,
    start: unknown,
    end: unknown,
    hours: number,
    shown: string[],
  ][] = [
    ['America/New_York', '2026-11-01', '2026-11-02', 9, 17, 8, ['11-01 09:00/11-01 17:00']],
    ['America/New_York', '2026-11-01', '2026-11-02', 0, 24, 25, ['11-01 00:00/11-02 00:00']],
    ['America/New_York', '2026-11-01', '2026-11-02', 1, 2, 2, ['11-01 01:00/11-01 02:00']],
    [
      'America/New_York',
      '2026-11-01',
      '2026-11-02',
      0,
      '01:30',
      2,
      ['11-01 00:00/11-01 01:30', '11-01 01:00/11-01 01:30'],
    ],
    ['America/New_York', '2027-03-14', '2027-03-15', 0, 24, 23, ['03-14 00:00/03-15 00:00']],
    ['America/New_York', '2027-03-14', '2027-03-15', 2, 3, 0, []],
    ['America/New_York', '2027-03-14', '2027-03-15', 1, '03:30', 1.5, ['03-14 01:00/03-14 03:30']],
    ['Europe/Oslo', '2026-10-25', '2026-10-26', 2, 3, 2, ['10-25 02:00/10-25 03:00']],
    ['Europe/Oslo', '2027-03-28', '2027-03-29', 8, 16, 8, ['03-28 08:00/03-28 16:00']],
    ['Asia/Kathmandu', '2026-10-25', '2026-10-26', 8, 16, 8, ['10-25 08:00/10-25 16:00']],
    // Midnight itself is skipped.
    ['Africa/Cairo', '2027-04-30', '2027-05-01', 0, 24, 23, ['04-30 01:00/05-01 00:00']],
  ];
  for (const [zone, day, next, start, end, hours, expected] of cases) {
    const list = [{ allow_hours: { start, end } }];
    assert.deepEqual(shown(list, zone, `${day}T00:00`, `${next}T00:00`), expected, `${zone} ${day} ${start}`);
    const times = allowedTimes(read(list), zone, { start: at(`${day}T00:00`, zone), end: at(`${next}T00:00`, zone) });
    assert.equal(
      times.reduce((sum, range) => sum + range.end - range.start, 0),
      hours * 3600,
    );
  }
});

test('hours and weekdays hold for exactly the seconds whose wall clock shows them', () => {
  const zones = fc.constantFrom(
    'America/New_York',
    'Europe/Oslo',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'UTC',
  );
  const halfHours = fc.tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 20 }));
  const day = fc.constantFrom('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday');
  const text = (n: number): string => `${String(Math.floor(n / 2)).padStart(2, '0')}:${n % 2 === 0 ? '00' : '30'}`;
  const start = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-12-01T00:00') });
  fc.assert(
    fc.property(
      zones,
      halfHours,
      day,
      start,
      fc.integer({ min: 0, max: 9 * DAY_SECONDS }),
      (zone, [first, n], name, from, step) => {
        const last = Math.min(48, first + n);
        const list = [{ allow_day: { day: name } }, { allow_hours: { start: text(first), end: text(last) } }];
        const search = { start: from, end: later(zone, from, { days: 9 }) };
        const times = allowedTimes(read(list), zone, search);
        const moment = from + step;
        const wall = isoLocal(moment, offsetMinutes(zone, moment)).slice(11, 16);
        const weekday = new Date(`${localDay(zone, moment)}T00:00:00Z`).toLocaleDateString('en-US', {
          weekday: 'long',
          timeZone: 'UTC',
        });
        const expected = weekday === name && wall >= text(first) && wall < text(last) && moment < search.end;
        assert.equal(
          times.some((range) => range.start <= moment && moment < range.end),
          expected,
        );
      },
    ),
    { numRuns: 500 },
  );
});
