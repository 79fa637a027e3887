import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOfEpochDays, epochDays } from '../../lib/time.ts';
import { breaksDue } from './breaks.ts';
import { ruleSetOf, type Weekday, weekdays } from './rule-set.ts';
import {
  DAILY,
  EVER,
  hours,
  manual,
  payName,
  person,
  type Span,
  segments,
  sheet,
  shifts,
  totals,
  WEEKLY,
} from './sheets-support.ts';
import type { PaySheet } from './time.ts';
import { datesNeeded, weekStartOf } from './workdays.ts';

const NEW_YORK = { zone: 'America/New_York' };
const KATHMANDU = { zone: 'Asia/Kathmandu' };

/** Hours by workday. */
function byDay(sheets: PaySheet[], rules: object, span: Span = EVER): Record<string, number> {
  return totals(segments(sheets, person(rules), span), (segment) => dayOfEpochDays(segment.day));
}

test('a timesheet counts whole on its date, or is split where workdays begin', () => {
  const night = [sheet('2018-03-05', '22:00', hours(9), KATHMANDU)];
  const split = { overnight: 'split' };
  const cases: [string, object, PaySheet[], Record<string, number>][] = [
    ['whole', {}, night, { '2018-03-05': 9 }],
    ['split', split, night, { '2018-03-05': 2, '2018-03-06': 7 }],
    ['whole, workday from 23:00', { workday_start: '23:00' }, night, { '2018-03-04': 9 }],
    ['split at 06:00', { ...split, workday_start: '06:00' }, night, { '2018-03-05': 8, '2018-03-06': 1 }],
    // 22:00 in Kathmandu is 11:15 in New York.
    ['by another zone', { time_zone: 'America/New_York' }, night, { '2018-03-05': 9 }],
    ['split in another zone', { ...split, time_zone: 'Asia/Tokyo' }, night, { '2018-03-06': 9 }],
    ['without hours', { ...split, time_zone: 'Asia/Tokyo' }, [manual('2018-03-05', hours(24))], { '2018-03-05': 24 }],
    [
      'seven days',
      split,
      [sheet('2018-03-05', '12:00', hours(168), KATHMANDU)],
      {
        '2018-03-05': 12,
        ...Object.fromEntries(['06', '07', '08', '09', '10', '11'].map((day) => [`2018-03-${day}`, 24])),
        '2018-03-12': 12,
      },
    ],
    // Samoa left out 2011-12-30.
    [
      'a day left out',
      split,
      [sheet('2011-12-29', '20:00', hours(8), { zone: 'Pacific/Apia' })],
      { '2011-12-29': 4, '2011-12-31': 4 },
    ],
  ];
  for (const [title, rules, sheets, expected] of cases) assert.deepEqual(byDay(sheets, rules), expected, title);
});

test('nights in which clocks change are as long as they are', () => {
  // 23:00 to 07:30 are 8.5 hours, 7.5 when the clocks go forward, 9.5 when they go back.
  const ending = (day: string, length: number) => [sheet(day, '23:00', hours(length), NEW_YORK)];
  const daily = { daily: DAILY };
  const cases: [string, object, PaySheet[], Record<string, number>][] = [
    ['forward', daily, ending('2018-03-10', 7.5), { '2018-03-10 regular': 7.5 }],
    ['back', daily, ending('2018-11-03', 9.5), { '2018-11-03 regular': 8, '2018-11-03 1.5': 1.5 }],
    [
      'forward, split',
      { ...daily, overnight: 'split' },
      ending('2018-03-10', 7.5),
      { '2018-03-10 regular': 1, '2018-03-11 regular': 6.5 },
    ],
    [
      'back, split',
      { ...daily, overnight: 'split' },
      ending('2018-11-03', 9.5),
      { '2018-11-03 regular': 1, '2018-11-04 regular': 8, '2018-11-04 1.5': 0.5 },
    ],
    [
      'a workday of 25 hours',
      { overnight: 'split' },
      [sheet('2018-11-03', '23:00', hours(27), NEW_YORK)],
      { '2018-11-03 regular': 1, '2018-11-04 regular': 25, '2018-11-05 regular': 1 },
    ],
    // 01:30 comes twice; the workday begins with the first.
    [
      'a workday that begins in the hour that comes twice',
      { overnight: 'split', workday_start: '01:30' },
      [sheet('2018-11-04', '01:00', hours(2), NEW_YORK)],
      { '2018-11-03 regular': 0.5, '2018-11-04 regular': 1.5 },
    ],
  ];
  for (const [title, rules, sheets, expected] of cases) {
    const found = totals(segments(sheets, person(rules)), (s) => `${dayOfEpochDays(s.day)} ${payName(s)}`);
    assert.deepEqual(found, expected, title);
  }
});

test('work across the start of the week counts where it is placed', () => {
  // Saturday night to Sunday morning, after 38 hours.
  const sheets = [...shifts('2018-03-05', 10, 10, 10, 8), sheet('2018-03-10', '20:00', hours(8))];
  const weeks = (rules: object) =>
    totals(segments(sheets, person({ weekly: WEEKLY, ...rules })), (s) => `${dayOfEpochDays(s.day)} ${payName(s)}`);
  const week = {
    '2018-03-05 regular': 10,
    '2018-03-06 regular': 10,
    '2018-03-07 regular': 10,
    '2018-03-08 regular': 8,
  };
  assert.deepEqual(weeks({}), { ...week, '2018-03-10 regular': 2, '2018-03-10 1.5': 6 });
  assert.deepEqual(weeks({ overnight: 'split' }), {
    ...week,
    '2018-03-10 regular': 2,
    '2018-03-10 1.5': 2,
    '2018-03-11 regular': 4,
  });
});

test('a timesheet that was recorded a day and more ahead is loaded for the workday that it lies on', () => {
  const rules = { time_zone: 'Pacific/Pago_Pago', workday_start: '23:30' };
  const ahead = sheet('2018-03-05', '00:00', hours(8), { zone: 'Pacific/Kiritimati' });
  const workday = '2018-03-02';
  assert.deepEqual(byDay([ahead], rules), { [workday]: 8 });
  const needed = datesNeeded({ from: epochDays(workday), to: epochDays(workday) }, ruleSetOf(rules));
  assert.ok(ahead.day <= needed.to);
});

test('workweeks begin on any day, and reports need the timesheets from there on', () => {
  for (const [index, weekStart] of weekdays.entries()) {
    const first = epochDays('2018-03-04') + index;
    for (let day = first; day < first + 7; day += 1) assert.equal(weekStartOf(day, weekStart), first);
    assert.equal(weekStartOf(index - 4 - 7, weekStart), index - 4 - 7);
  }
  const range = { from: epochDays('2018-03-08'), to: epochDays('2018-03-09') };
  const cases: [object, string, string][] = [
    [{}, '2018-03-04', '2018-03-09'],
    [{ week_start: 'thursday' satisfies Weekday }, '2018-03-08', '2018-03-09'],
    [{ overnight: 'split' }, '2018-02-24', '2018-03-09'],
    [{ consecutive: DAILY }, '2018-02-24', '2018-03-09'],
    [{ rounding: { minutes: 15 } }, '2018-02-24', '2018-03-17'],
    [{ workday_start: '06:00' }, '2018-02-24', '2018-03-12'],
    [{ time_zone: 'Asia/Tokyo' }, '2018-02-24', '2018-03-12'],
  ];
  for (const [rules, from, to] of cases) {
    const needed = datesNeeded(range, ruleSetOf(rules));
    assert.deepEqual([dayOfEpochDays(needed.from), dayOfEpochDays(needed.to)], [from, to], JSON.stringify(rules));
  }
});

test('rounding pays for rounded punches, leaves time by hand, and makes no overlaps and no gaps', () => {
  const at = (start: string, end: string, more: Partial<PaySheet> = {}) => {
    const [from, to] = [sheet('2018-03-05', start, 0, KATHMANDU), sheet('2018-03-05', end, 0, KATHMANDU)];
    return { ...from, seconds: (to.start ?? 0) - (from.start ?? 0), ...more };
  };
  const raw = (start: string, end: string) => {
    const { start: from, seconds } = at(start, end);
    return { rawStart: from, rawEnd: (from ?? 0) + seconds };
  };
  const nearest = { minutes: 15, in: '7/8', out: '7/8' };
  const harsh = { minutes: 15, in: 'up', out: 'down' };
  const kind = { minutes: 15, in: 'down', out: 'up' };
  const [both, startByHand, endByHand] = [
    { startByHand: true, endByHand: true },
    { startByHand: true },
    { endByHand: true },
  ];
  const cases: [string, object, PaySheet[], string][] = [
    ['nearest', nearest, [at('08:07:59', '12:08')], '08:00-12:15'],
    ['from the raw punches', nearest, [at('08:15', '12:00', raw('08:03', '12:08'))], '08:00-12:15'],
    ['by hand', nearest, [at('08:07', '12:08', both)], '08:07-12:08'],
    ['the start by hand', nearest, [at('08:07', '12:08', startByHand)], '08:07-12:15'],
    ['the end by hand', nearest, [at('08:07', '12:08', endByHand)], '08:00-12:08'],
    ['within one step', harsh, [at('08:01', '08:09')], ''],
    ['a switch', harsh, [at('08:00', '12:07'), at('12:07', '16:00')], '08:00-12:00 12:00-16:00'],
    ['a switch, the other way', kind, [at('08:00', '12:07'), at('12:07', '16:00')], '08:00-12:15 12:15-16:00'],
    ['a switch by hand', kind, [at('08:00', '12:07'), at('12:07', '16:00', startByHand)], '08:00-12:07 12:07-16:00'],
    ['a short gap', kind, [at('08:00', '12:07'), at('12:10', '16:00')], '08:00-12:15 12:15-16:00'],
    [
      'a short gap before time by hand',
      kind,
      [at('08:00', '12:07'), at('12:10', '16:00', both)],
      '08:00-12:10 12:10-16:00',
    ],
    [
      'short ones before time by hand',
      kind,
      [at('08:00', '12:02'), at('12:02', '12:05'), at('12:06', '16:00', both)],
      '08:00-12:06 12:06-16:00',
    ],
    [
      'a switch whose first half was corrected',
      nearest,
      [at('08:00', '11:00', { ...raw('08:00', '12:00'), ...endByHand }), at('12:00', '16:00', raw('12:00', '16:00'))],
      '08:00-11:00 12:00-16:00',
    ],
    [
      'a start that was moved before another timesheet',
      nearest,
      [at('12:00', '12:55', raw('12:00', '12:55')), at('08:00', '12:00', { ...raw('13:00', '13:30'), ...both })],
      '08:00-12:00 12:00-13:00',
    ],
    ['a gap', nearest, [at('08:00', '12:05'), at('12:55', '16:00')], '08:00-12:00 13:00-16:00'],
  ];
  const clock = (instant: number) => new Date((instant + 20_700) * 1000).toISOString().slice(11, 16);
  for (const [title, rounding, sheets, expected] of cases) {
    const told = segments(sheets.toReversed(), person({ rounding }));
    const read = told.map(({ start, seconds }) => `${clock(start ?? 0)}-${clock((start ?? 0) + seconds)}`).join(' ');
    assert.equal(read, expected, title);
  }
});

test('the breaks that were due, taken, short and missed', () => {
  const rest = (day: string, seconds: number) => sheet(day, '20:00', seconds, { kind: 'unpaid' });
  const sheets = [
    ...shifts('2018-03-05', 9, 10, 10, 9.25, 10),
    rest('2018-03-07', 1200),
    rest('2018-03-09', 3600),
    // Whoever stays away without pay takes no break by it.
    sheet('2018-03-06', '20:00', hours(2), { kind: 'unpaid_time_off' }),
    manual('2018-03-10', hours(12)),
    ...shifts('2018-03-11', 12),
    // A deduction of its own is a break of the others, and the time that has it needs none.
    sheet('2018-03-08', '19:00', hours(4), { deduction: 600 }),
    sheet('2018-03-04', '08:00', hours(12), { deduction: 0 }),
  ];
  const rules = person({ automatic_break: { after: hours(9), deduct: hours(1) } });
  const range = { from: epochDays('2018-03-04'), to: epochDays('2018-03-10') };
  assert.deepEqual(
    breaksDue(sheets, rules, range).map(({ day, ...rest }) => ({ day: dayOfEpochDays(day), ...rest })),
    [
      { day: '2018-03-06', worked: hours(10), due: 3600, taken: 0, deducted: 3600, state: 'missed' },
      { day: '2018-03-07', worked: hours(10), due: 3600, taken: 1200, deducted: 2400, state: 'short' },
      { day: '2018-03-08', worked: hours(9.25), due: 3600, taken: 600, deducted: 900, state: 'short' },
      { day: '2018-03-09', worked: hours(10), due: 3600, taken: 3600, deducted: 0, state: 'taken' },
    ],
  );
  assert.deepEqual(breaksDue(sheets, person({}), range), []);
});
