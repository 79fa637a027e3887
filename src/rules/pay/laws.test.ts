import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { addDays } from '../../lib/time.ts';
import { packRules } from './packs.ts';
import { type RuleSet, ruleSetOf } from './rule-set.ts';
import { EVER, hours, payName, person, type Span, segments, sheet, shifts, totals } from './sheets-support.ts';
import type { PaySheet } from './time.ts';

// 2018-03-04 is a Sunday.
const SUNDAY = '2018-03-04';

type Case = [title: string, sheets: PaySheet[], expected: Record<string, number>, base?: Partial<RuleSet>, span?: Span];

/** Checks cases under a pack, whose versions change by the day. */
function check(pack: string, cases: readonly Case[]): void {
  for (const [title, sheets, expected, more = {}, span = EVER] of cases) {
    const base = ruleSetOf(more);
    const who = person({}, { rulesOn: (day) => packRules(pack, day, base) });
    assert.deepEqual(totals(segments(sheets, who, span)), expected, `${pack}: ${title}`);
  }
}

test('federal: 40 hours of a fixed workweek (29 U.S.C. 207, 29 CFR 778.101 to 778.105)', () => {
  check('us-federal', [
    ['long days alone are straight', shifts(SUNDAY, 0, 16, 16), { regular: 32 }],
    ['past 40', shifts(SUNDAY, 0, 10, 10, 10, 10, 10), { regular: 40, '1.5': 10 }],
    [
      'weeks of 30 and 50 are not averaged',
      [...shifts(SUNDAY, 6, 6, 6, 6, 6), ...shifts('2018-03-11', 10, 10, 10, 10, 10)],
      { regular: 70, '1.5': 10 },
    ],
    ['a week ends with Saturday', shifts(SUNDAY, 0, 8, 8, 8, 8, 8, 8, 8), { regular: 48, '1.5': 8 }],
    ['or with Sunday', shifts(SUNDAY, 0, 8, 8, 8, 8, 8, 8, 8), { regular: 40, '1.5': 16 }, { week_start: 'monday' }],
    ['or with Wednesday', shifts(SUNDAY, 0, 8, 8, 8, 8, 8, 8, 8), { regular: 56 }, { week_start: 'thursday' }],
    ['the seventh day is no different', shifts(SUNDAY, 5, 5, 5, 5, 5, 5, 5), { regular: 35 }],
  ]);
});

test('California: the day, the week and the seventh day (Labor Code 500 and 510)', () => {
  check('california', [
    ['past 8 and 12', shifts(SUNDAY, 0, 13), { regular: 8, '1.5': 4, '2': 1 }],
    ['past 40', shifts(SUNDAY, 0, 8, 8, 8, 8, 8, 4), { regular: 40, '1.5': 4 }],
    ['no hour is paid twice', shifts(SUNDAY, 0, 10, 10, 10, 10, 10, 4), { regular: 40, '1.5': 14 }],
    ['the seventh day, up to 8', shifts(SUNDAY, 4, 4, 4, 4, 4, 4, 8), { regular: 24, '1.5': 8 }],
    ['the seventh day, past 8', shifts(SUNDAY, 4, 4, 4, 4, 4, 4, 10), { regular: 24, '1.5': 8, '2': 2 }],
    ['a day of rest', shifts(SUNDAY, 4, 4, 4, 0, 4, 4, 4), { regular: 24 }],
    ['seven days of two workweeks', shifts('2018-03-06', 4, 4, 4, 4, 4, 4, 4), { regular: 28 }],
    [
      'the week of the employer',
      shifts('2018-03-06', 4, 4, 4, 4, 4, 4, 4),
      { regular: 24, '1.5': 4 },
      { week_start: 'tuesday' },
    ],
    [
      'a report of the seventh day alone',
      shifts(SUNDAY, 4, 4, 4, 4, 4, 4, 9),
      { '1.5': 8, '2': 1 },
      {},
      { from: '2018-03-10', to: '2018-03-10' },
    ],
    ['a night is two workdays', [sheet('2018-03-05', '18:00', hours(12))], { regular: 12 }],
    [
      'unless the workday begins at another time',
      [sheet('2018-03-05', '18:00', hours(12))],
      { regular: 8, '1.5': 4 },
      { workday_start: '06:00' },
    ],
    ['before 2000', shifts('1999-12-26', 0, 13, 13), { regular: 26 }],
    ['the law changes within a week', shifts('1999-12-26', 0, 0, 0, 0, 0, 13, 13), { regular: 21, '1.5': 4, '2': 1 }],
  ]);
});

test('Colorado: 40 hours a week, 12 a day, 12 consecutive (7 CCR 1103-1, 4.1.1)', () => {
  const night = (first: number, gap: number, second: number) => [
    sheet('2021-03-08', '16:00', hours(first)),
    {
      ...sheet('2021-03-09', '00:00', hours(second)),
      start: (sheet('2021-03-08', '16:00', 0).start ?? 0) + hours(first + gap),
    },
  ];
  check('colorado', [
    ['past 12 a day', shifts('2021-03-07', 0, 13, 13), { regular: 24, '1.5': 2 }],
    ['past 40', shifts('2021-03-07', 0, 12, 12, 12, 12), { regular: 40, '1.5': 8 }],
    ['past 12 through midnight', night(8, 0, 6), { regular: 12, '1.5': 2 }],
    ['meals do not end it, and are not counted', night(7.5, 0.5, 6), { regular: 12, '1.5': 1.5 }],
    ['an hour does not end it', night(8, 1, 6), { regular: 12, '1.5': 2 }],
    ['more does', night(8, 1 + 1 / 3600, 6), { regular: 14 }],
    ['before 2020-03-16', shifts('2020-03-08', 0, 13, 13), { regular: 26 }],
  ]);
  const stretch = [sheet('2021-03-13', '14:00', hours(10)), sheet('2021-03-14', '00:00', hours(4))];
  const sunday = { from: '2021-03-14', to: '2021-03-14' };
  check('colorado', [['a stretch goes on into the next week', stretch, { regular: 2, '1.5': 2 }, {}, sunday]]);
});

test('no overtime', () => {
  check('none', [['a long week', shifts(SUNDAY, 16, 16, 16, 16, 16, 16, 16), { regular: 112 }]]);
});

test('a pack names the rule that decided', () => {
  const base = ruleSetOf({});
  const who = person({}, { rulesOn: (day) => packRules('california', day, base) });
  const told = segments(shifts(SUNDAY, 8, 8, 8, 8, 8, 4, 9), who, { from: '2018-03-09', to: '2018-03-10' });
  assert.deepEqual(
    told.map((segment) => [segment.why.rule, payName(segment), segment.seconds / 3600]),
    [
      ['weekly', '1.5', 4],
      ['seventh_day', '1.5', 8],
      ['seventh_day', '2', 1],
    ],
  );
});

test('the worked week of docs/payroll.md comes out as it stands there', () => {
  const page = readFileSync(new URL('../../../docs/payroll.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| (\d{4}-\d\d-\d\d) \|(.+)\|$/gm)].map(([, day = '', cells = '']) => {
    const [from = '', to = '', kind = '', ...lengths] = cells.split('|').map((cell) => cell.trim());
    const [straight = 0, overtime = 0, double = 0, week = 0] = lengths.slice(0, 4).map((text) => {
      const [whole, minutes] = text.split(':').map(Number);
      return hours(whole ?? 0) + (minutes ?? 0) * 60;
    });
    const zone = 'America/Los_Angeles';
    const end = sheet(from < to ? day : addDays(day, 1), to, 0, { zone }).start ?? 0;
    const work = sheet(day, from, 0, { zone, kind: kind === 'unpaid' ? 'unpaid' : 'work' });
    return { sheet: { ...work, seconds: end - (work.start ?? 0) }, paid: [straight, overtime, double], week };
  });
  assert.equal(rows.length, 9);
  const base = ruleSetOf({});
  const who = person({}, { rulesOn: (day) => packRules('california', day, base) });
  const told = segments(
    rows.map((row) => row.sheet),
    who,
  );
  for (const { sheet: one, paid, week } of rows) {
    const parts = told.filter((segment) => segment.sheet === one);
    const sum = (name: string) => parts.reduce((total, part) => total + (payName(part) === name ? part.seconds : 0), 0);
    assert.deepEqual(['regular', '1.5', '2'].map(sum), paid, String(one.start));
    const last = parts.at(-1);
    const counts = last?.why.rule === 'straight' || last?.why.rule === 'weekly';
    assert.equal((last?.why.weekSeconds ?? 0) + (counts ? last.seconds : 0), week, String(one.start));
  }
  assert.deepEqual(totals(told), { regular: 40, '1.5': 17, '2': 3, unpaid: 0.5 });
  assert.match(page, /40 hours straight, 17 at 1.5 and 3 at 2/);
});
