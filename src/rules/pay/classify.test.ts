import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochDays } from '../../lib/time.ts';
import { ruleSetOf } from './rule-set.ts';
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
import type { PayPerson, PaySheet } from './time.ts';

// 2018-03-04 is a Sunday.
const SUNDAY = '2018-03-04';

type Case = [
  title: string,
  rules: object,
  sheets: PaySheet[],
  expected: Record<string, number>,
  who?: Partial<PayPerson>,
  span?: Span,
];

function check(cases: readonly Case[]): void {
  for (const [title, rules, sheets, expected, who = {}, span = EVER] of cases) {
    assert.deepEqual(totals(segments(sheets, person(rules, who), span)), expected, title);
  }
}

test('overtime goes to the jobcode that is worked when the threshold is crossed', () => {
  const byJobcode = (rules: object, sheets: PaySheet[]) =>
    totals(segments(sheets, person(rules)), (segment) => `${segment.sheet.jobcodeId} ${payName(segment)}`);
  const [a, b, c] = [{ jobcodeId: 10 }, { jobcodeId: 20 }, { jobcodeId: 30 }];
  assert.deepEqual(
    byJobcode({ weekly: WEEKLY }, [
      sheet('2018-03-05', '08:00', hours(12.5), a),
      sheet('2018-03-06', '08:00', hours(12.5), a),
      sheet('2018-03-07', '08:00', hours(12.5), b),
      sheet('2018-03-08', '08:00', hours(12.5), b),
      sheet('2018-03-09', '08:00', hours(10), c),
    ]),
    { '10 regular': 25, '20 regular': 15, '20 1.5': 10, '30 1.5': 10 },
  );
  const daily = { weekly: WEEKLY, daily: DAILY };
  assert.deepEqual(
    byJobcode(daily, [
      sheet('2017-03-13', '08:00', 43_200, a),
      sheet('2017-03-14', '08:00', 32_160, b),
      manual('2017-03-15', 28_800, { kind: 'pto', jobcodeId: 40 }),
      sheet('2017-03-15', '08:00', 37_140, c),
      sheet('2017-03-16', '08:00', hours(13), b),
    ]),
    {
      '10 regular': 8,
      '10 1.5': 4,
      '20 regular': 16,
      '20 1.5': 3360 / 3600 + 4,
      '20 2': 1,
      '40 pto': 8,
      '30 regular': 8,
      '30 1.5': 8340 / 3600,
    },
  );
});

test('thresholds of the day and of the week', () => {
  const both = { weekly: WEEKLY, daily: DAILY };
  check([
    ['no rules', {}, shifts(SUNDAY, 24, 24, 24, 24, 24, 24, 24), { regular: 168 }],
    ['under 40', { weekly: WEEKLY }, shifts(SUNDAY, 0, 8, 8, 8, 8, 7.5), { regular: 39.5 }],
    ['past 40', { weekly: WEEKLY }, shifts(SUNDAY, 0, 10, 10, 10, 10, 10), { regular: 40, '1.5': 10 }],
    ['daily overtime', both, shifts(SUNDAY, 0, 12, 12, 12), { regular: 24, '1.5': 12 }],
    ['double time', both, shifts(SUNDAY, 0, 13), { regular: 8, '1.5': 4, '2': 1 }],
    ['a premium hour never counts again', both, shifts(SUNDAY, 0, 10, 10, 10, 10, 10), { regular: 40, '1.5': 10 }],
    ['both premiums', both, shifts(SUNDAY, 0, 10, 10, 10, 10, 10, 4), { regular: 40, '1.5': 14 }],
    ['the higher of day and week', both, shifts(SUNDAY, 0, 8, 8, 8, 8, 8, 13), { regular: 40, '1.5': 12, '2': 1 }],
    [
      'weekly steps count the seconds that they pay',
      { weekly: [...WEEKLY, { after: hours(50), multiplier: 2 }] },
      shifts(SUNDAY, 0, 12, 12, 12, 12, 12),
      { regular: 40, '1.5': 10, '2': 10 },
    ],
    [
      'advanced rates',
      {
        weekly: [{ after: hours(40), fixed: 5 }],
        daily: [
          { after: hours(8), multiplier: 1.6 },
          { after: hours(12), multiplier: 3 },
        ],
      },
      shifts(SUNDAY, 13, 8, 8, 8, 8, 2),
      { regular: 40, '1.6': 4, '3': 1, '+5': 2 },
    ],
    [
      'between a multiplier and an amount the day comes first',
      { weekly: [{ after: hours(4), multiplier: 3 }], daily: [{ after: hours(6), fixed: 2 }] },
      shifts(SUNDAY, 8),
      { regular: 4, '3': 2, '+2': 2 },
    ],
    [
      'of two amounts the higher',
      { weekly: [{ after: hours(4), fixed: 3 }], daily: [{ after: hours(6), fixed: 2 }] },
      shifts(SUNDAY, 8),
      { regular: 4, '+3': 4 },
    ],
    [
      'without hours',
      both,
      [manual('2018-03-05', hours(9)), manual('2018-03-05', hours(4))],
      { regular: 8, '1.5': 4, '2': 1 },
    ],
    ['nothing', both, [manual('2018-03-05', 0), sheet('2018-03-05', '08:00', 0)], {}],
  ]);
});

test('what counts: work and paid breaks, paid time off where the rules say so, nothing of the exempt', () => {
  const both = { weekly: WEEKLY, daily: DAILY };
  const withBreaks = [
    sheet('2018-03-05', '08:00', hours(4)),
    sheet('2018-03-05', '12:00', hours(0.5), { kind: 'paid_break' }),
    sheet('2018-03-05', '12:30', hours(0.5), { kind: 'unpaid' }),
    sheet('2018-03-05', '13:00', hours(4)),
  ];
  const timeOff = [manual('2018-03-05', hours(8), { kind: 'pto' }), ...shifts('2018-03-06', 9, 9, 9, 9)];
  const overtime = shifts(SUNDAY, 0, 10, 10, 10, 10, 10);
  check([
    ['breaks', both, withBreaks, { regular: 8, '1.5': 0.5, unpaid: 0.5 }],
    ['time off', { weekly: WEEKLY }, timeOff, { pto: 8, regular: 36 }],
    ['time off counts', { weekly: WEEKLY, pto_counts: true }, timeOff, { pto: 8, regular: 32, '1.5': 4 }],
    [
      'time off counts in its day, and is never overtime itself',
      { daily: DAILY, pto_counts: true },
      [manual('2018-03-05', hours(10), { kind: 'pto' }), sheet('2018-03-05', '08:00', hours(3))],
      { pto: 10, '1.5': 2, '2': 1 },
    ],
    ['an exempt user', both, overtime, { regular: 50 }, { exempt: true }],
    ['everyone exempt', { ...both, exempt: 'all' }, overtime, { regular: 50 }],
    ['the salaried exempt', { ...both, exempt: 'salaried' }, overtime, { regular: 50 }, { salaried: true }],
    ['the others not', { ...both, exempt: 'salaried' }, overtime, { regular: 40, '1.5': 10 }],
    ['salaried, but not exempt', both, overtime, { regular: 40, '1.5': 10 }, { salaried: true }],
  ]);
});

test('earlier days of the week are counted and not reported', () => {
  const sheets = shifts(SUNDAY, 0, 10, 10, 10, 10, 10, 5);
  const thursdayOn = { from: '2018-03-08', to: '2018-03-09' };
  check([
    ['mid-week', { weekly: WEEKLY }, sheets, { regular: 10, '1.5': 10 }, {}, thursdayOn],
    ['one day', { weekly: WEEKLY }, sheets, { '1.5': 5 }, {}, { from: '2018-03-10', to: '2018-03-10' }],
    ['nothing after', { weekly: WEEKLY }, sheets, {}, {}, { from: '2018-03-11', to: '2018-03-12' }],
  ]);
});

test('rules that change within a week: the counters go on, unless the week itself is another', () => {
  const weekly = ruleSetOf({ weekly: WEEKLY });
  const change = (to: object) => {
    const later = ruleSetOf(to);
    return { rulesOn: (day: number) => (day < epochDays('2018-03-08') ? weekly : later) };
  };
  const sheets = shifts(SUNDAY, 0, 12, 12, 12, 12, 12);
  check([
    ['the same week', {}, sheets, { regular: 40, '1.5': 20 }, change({ weekly: WEEKLY })],
    [
      'double time from Thursday on',
      {},
      sheets,
      { regular: 40, '2': 20 },
      change({ weekly: [{ after: hours(40), multiplier: 2 }] }),
    ],
    ['no rules from Thursday on', {}, sheets, { regular: 60 }, change({})],
    ['another week', {}, sheets, { regular: 60 }, change({ weekly: WEEKLY, week_start: 'monday' })],
    ['exempt from Thursday on', {}, sheets, { regular: 60 }, change({ weekly: WEEKLY, exempt: 'all' })],
  ]);
});

test('each segment says what decided', () => {
  const rules = { weekly: WEEKLY, daily: DAILY, automatic_break: { after: hours(12), deduct: 600 } };
  const sheets = [
    ...shifts(SUNDAY, 0, 11, 11, 11, 11),
    sheet('2018-03-09', '08:00', hours(13)),
    ...shifts('2018-03-10', 3),
  ];
  const pto = manual('2018-03-10', 60, { kind: 'pto' });
  const told = segments([...sheets, pto], person(rules), { from: '2018-03-09', to: '2018-03-10' });
  const at = (count: number, week: number) => ({ daySeconds: hours(count), weekSeconds: hours(week) });
  assert.deepEqual(
    told.map(({ start, seconds, why }) => ({
      start: start === null ? null : (start % 86_400) / 3600,
      seconds,
      ...why,
    })),
    [
      { start: 8, seconds: hours(8), rule: 'straight', threshold: 0, ...at(0, 32) },
      { start: 16, seconds: hours(4), rule: 'daily', threshold: hours(8), ...at(8, 40) },
      { start: 20, seconds: 600, rule: 'automatic_break', threshold: hours(12), ...at(12, 40) },
      { start: 20 + 1 / 6, seconds: 3000, rule: 'daily', threshold: hours(12), ...at(12, 40) },
      { start: null, seconds: 60, rule: 'pto', threshold: 0, ...at(0, 40) },
      { start: 8, seconds: hours(3), rule: 'weekly', threshold: hours(40), ...at(0, 40) },
    ],
  );
  const [exempt] = segments(shifts(SUNDAY, 9), person(rules, { exempt: true }));
  assert.deepEqual(exempt?.why, { rule: 'exempt', threshold: 0, daySeconds: 0, weekSeconds: 0 });
});

test('the automatic break takes off what lies past its threshold, less the breaks that were taken', () => {
  const rules = { automatic_break: { after: hours(9), deduct: hours(1) } };
  const rest = (seconds: number) => sheet('2018-03-05', '12:00', seconds, { kind: 'unpaid' });
  const split = (morning: number, afternoon: number) => [
    sheet('2018-03-05', '06:00', hours(morning)),
    sheet('2018-03-05', '13:00', hours(afternoon)),
  ];
  const byHand = { startByHand: true, endByHand: true };
  check([
    ['at the threshold', rules, shifts(SUNDAY, 9), { regular: 9 }],
    ['a second past', rules, [sheet(SUNDAY, '08:00', hours(9) + 1)], { regular: 9, deducted: 1 / 3600 }],
    ['half an hour past', rules, shifts(SUNDAY, 9.5), { regular: 9, deducted: 0.5 }],
    ['an hour past', rules, shifts(SUNDAY, 10), { regular: 9, deducted: 1 }],
    ['more', rules, shifts(SUNDAY, 10.5), { regular: 9.5, deducted: 1 }],
    ['of the day, not of the timesheet', rules, split(5, 5), { regular: 9, deducted: 1 }],
    ['each day anew', rules, shifts(SUNDAY, 8, 8), { regular: 16 }],
    ['a break of its length', rules, [...split(5, 5), rest(hours(1))], { regular: 10, unpaid: 1 }],
    ['a short break', rules, [...split(5, 6), rest(hours(0.75))], { regular: 10.75, deducted: 0.25, unpaid: 0.75 }],
    ['time without hours', rules, [manual(SUNDAY, hours(12))], { regular: 12 }],
    ['time by hand', rules, [sheet(SUNDAY, '08:00', hours(12), byHand)], { regular: 12 }],
    [
      'one punch by hand',
      rules,
      [sheet(SUNDAY, '08:00', hours(12), { endByHand: true })],
      { regular: 11, deducted: 1 },
    ],
    ['time off', rules, [manual(SUNDAY, hours(4), { kind: 'pto' }), ...shifts(SUNDAY, 8)], { pto: 4, regular: 8 }],
    ['the exempt too', rules, shifts(SUNDAY, 11), { regular: 10, deducted: 1 }, { exempt: true }],
    ['does not count', { ...rules, daily: DAILY }, shifts(SUNDAY, 13), { regular: 8, '1.5': 4, deducted: 1 }],
    [
      'every second',
      { automatic_break: { after: 0, deduct: 60 } },
      shifts(SUNDAY, 1),
      { deducted: 1 / 60, regular: 59 / 60 },
    ],
  ]);
});

test('a deduction of its own is the end of a timesheet, in place of the automatic break', () => {
  const rules = { automatic_break: { after: hours(9), deduct: hours(1) } };
  const own = (start: string, length: number, deduction: number | null, more: Partial<PaySheet> = {}) =>
    sheet('2018-03-05', start, hours(length), { deduction: deduction === null ? null : hours(deduction), ...more });
  check([
    ['no rules at all', {}, [own('08:00', 8, 0.5)], { regular: 7.5, deducted: 0.5 }],
    ['less than the rules', rules, [own('08:00', 10, 0.5)], { regular: 9.5, deducted: 0.5 }],
    ['nothing', rules, [own('08:00', 12, 0)], { regular: 12 }],
    ['more than the rules', rules, [own('08:00', 10, 2)], { regular: 8, deducted: 2 }],
    ['everything', rules, [own('08:00', 1, 1)], { deducted: 1 }],
    ['never more than there is', rules, [own('08:00', 1, 3)], { deducted: 1 }],
    ['time without hours', {}, [manual('2018-03-05', hours(8), { deduction: hours(1) })], { regular: 7, deducted: 1 }],
    [
      'time by hand',
      rules,
      [own('08:00', 10, 0.25, { startByHand: true, endByHand: true })],
      { regular: 9.75, deducted: 0.25 },
    ],
    // Neither the time nor the threshold of the others is touched by it.
    ['others stay below the threshold', rules, [own('01:00', 5, 0), own('08:00', 9, null)], { regular: 14 }],
    ['others past it', rules, [own('01:00', 5, 0), own('08:00', 10, null)], { regular: 14, deducted: 1 }],
    [
      'others past it, whose break it was',
      rules,
      [own('01:00', 5, 0.75), own('08:00', 10, null)],
      { regular: 14, deducted: 1 },
    ],
    ['before overtime', { ...rules, daily: DAILY }, [own('08:00', 9, 0.5)], { regular: 8, '1.5': 0.5, deducted: 0.5 }],
    ['breaks and time off have none', {}, [own('08:00', 1, 0.5, { kind: 'paid_break' })], { regular: 1 }],
    ['of the exempt too', rules, [own('08:00', 11, 0.5)], { regular: 10.5, deducted: 0.5 }, { exempt: true }],
  ]);
  const night = sheet('2018-03-05', '20:00', hours(5), { deduction: hours(2) });
  const split = person({ overnight: 'split', daily: DAILY });
  assert.deepEqual(
    segments([night], split).map(({ day, start, seconds, pay, why }) => [
      day - night.day,
      ((start ?? 0) % 86_400) / 3600,
      seconds / 3600,
      pay.kind,
      why,
    ]),
    [
      [0, 20, 3, 'regular', { rule: 'straight', threshold: 0, daySeconds: 0, weekSeconds: 0 }],
      [0, 23, 1, 'deducted', { rule: 'deduction', threshold: 0, daySeconds: hours(3), weekSeconds: hours(3) }],
      [1, 0, 1, 'deducted', { rule: 'deduction', threshold: 0, daySeconds: 0, weekSeconds: hours(3) }],
    ],
  );
});
