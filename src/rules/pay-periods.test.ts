import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, daysBetween } from '../lib/time.ts';
import { nthPeriod, type PaySchedule, payScheduleOf, periodOf, periodsBetween } from './pay-periods.ts';

const defaults: Readonly<Record<string, string>> = {
  payroll_type: 'biweekly',
  payroll_end_date: '2018-09-28',
  payroll_first_end_day: '1',
  payroll_last_end_day: '16',
  payroll_month_end_day: '1',
  payroll_custom_days: '14',
};

function schedule(set: Readonly<Record<string, string>>): PaySchedule {
  return payScheduleOf({ get: (_section, key) => set[key] ?? defaults[key] });
}

const cases: [name: string, set: Record<string, string>, day: string, start: string, end: string][] = [
  ['two weeks that end on the anchor', {}, '2018-09-28', '2018-09-15', '2018-09-28'],
  ['the two weeks after it', {}, '2018-09-29', '2018-09-29', '2018-10-12'],
  ['two weeks years later', {}, '2026-07-01', '2026-06-27', '2026-07-10'],
  [
    'two weeks years before an anchor to come',
    { payroll_end_date: '2030-01-04' },
    '2026-07-01',
    '2026-06-27',
    '2026-07-10',
  ],
  [
    'two weeks by an anchor in the other form',
    { payroll_end_date: '09-28-2018' },
    '2018-09-28',
    '2018-09-15',
    '2018-09-28',
  ],
  ['a week', { payroll_type: 'weekly' }, '2018-09-24', '2018-09-22', '2018-09-28'],
  ['four weeks', { payroll_type: 'four_weekly' }, '2018-09-01', '2018-09-01', '2018-09-28'],
  ['ten days', { payroll_type: 'custom', payroll_custom_days: '10' }, '2018-10-09', '2018-10-09', '2018-10-18'],
  ['one day', { payroll_type: 'custom', payroll_custom_days: '1' }, '2026-02-28', '2026-02-28', '2026-02-28'],
  ['half months as the defaults have them', { payroll_type: 'semimonthly' }, '2026-07-16', '2026-07-02', '2026-07-16'],
  [
    'the other half, over the end of the year',
    { payroll_type: 'semimonthly' },
    '2026-12-31',
    '2026-12-17',
    '2027-01-01',
  ],
  [
    'half months to the 15th and the last day',
    { payroll_type: 'semimonthly', payroll_first_end_day: '15', payroll_last_end_day: '31' },
    '2024-02-16',
    '2024-02-16',
    '2024-02-29',
  ],
  [
    'half months that are set the wrong way round',
    { payroll_type: 'semimonthly', payroll_first_end_day: '20', payroll_last_end_day: '5' },
    '2026-07-06',
    '2026-07-06',
    '2026-07-20',
  ],
  [
    'a short month in which both ends are one',
    { payroll_type: 'semimonthly', payroll_first_end_day: '29', payroll_last_end_day: '31' },
    '2026-02-28',
    '2026-02-01',
    '2026-02-28',
  ],
  [
    'two ends on one day of the month',
    { payroll_type: 'semimonthly', payroll_first_end_day: '10', payroll_last_end_day: '10' },
    '2026-07-10',
    '2026-06-11',
    '2026-07-10',
  ],
  ['a month to the 1st', { payroll_type: 'monthly' }, '2026-07-02', '2026-07-02', '2026-08-01'],
  ['a whole month', { payroll_type: 'monthly', payroll_month_end_day: '31' }, '2026-06-30', '2026-06-01', '2026-06-30'],
  [
    'a month to the 30th',
    { payroll_type: 'monthly', payroll_month_end_day: '30' },
    '2026-03-01',
    '2026-03-01',
    '2026-03-30',
  ],
];

for (const [name, set, day, start, end] of cases) {
  test(`the pay period of ${day}: ${name}`, () => {
    assert.deepEqual(periodOf(schedule(set), day), { start, end });
  });
}

test('periods are counted from the current one', () => {
  assert.deepEqual(nthPeriod(schedule({}), '2018-09-28', -1), { start: '2018-09-01', end: '2018-09-14' });
  assert.deepEqual(nthPeriod(schedule({ payroll_type: 'monthly' }), '2026-07-01', 13), {
    start: '2027-07-02',
    end: '2027-08-01',
  });
  assert.deepEqual(periodsBetween(schedule({ payroll_type: 'weekly' }), '2018-09-28', '2018-09-29'), [
    { start: '2018-09-22', end: '2018-09-28' },
    { start: '2018-09-29', end: '2018-10-05' },
  ]);
});

const days = fc.integer({ min: 0, max: 80_000 }).map((n) => addDays('1970-01-01', n));
const monthDay = fc.integer({ min: 1, max: 31 }).map(String);
const schedules = fc
  .record({
    payroll_type: fc.constantFrom('weekly', 'biweekly', 'four_weekly', 'custom', 'semimonthly', 'monthly'),
    payroll_end_date: days,
    payroll_first_end_day: monthDay,
    payroll_last_end_day: monthDay,
    payroll_month_end_day: monthDay,
    payroll_custom_days: fc.integer({ min: 1, max: 375 }).map(String),
  })
  .map(schedule);

test('every day belongs to one period, and periods follow one another without a gap', () => {
  fc.assert(
    fc.property(schedules, days, fc.integer({ min: -30, max: 30 }), (asked, day, n) => {
      const period = periodOf(asked, day);
      assert.ok(period.start <= day && day <= period.end);
      assert.deepEqual(periodOf(asked, period.start), period);
      assert.deepEqual(periodOf(asked, period.end), period);
      const next = nthPeriod(asked, day, 1);
      assert.equal(next.start, addDays(period.end, 1));
      assert.deepEqual(nthPeriod(asked, next.end, -1), period);
      assert.deepEqual(nthPeriod(asked, nthPeriod(asked, day, n).start, -n), period);
      const between = periodsBetween(asked, addDays(day, -40), day);
      const length = between.reduce((sum, { start, end }) => sum + daysBetween(start, end) + 1, 0);
      assert.equal(length, daysBetween(between[0]?.start ?? '', between.at(-1)?.end ?? '') + 1);
    }),
    { numRuns: 200 },
  );
});
