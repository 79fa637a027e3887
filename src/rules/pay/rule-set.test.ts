import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../lib/errors.ts';
import { type RuleSet, ruleSetOf } from './rule-set.ts';
import { rulesFromSettings } from './settings-rules.ts';

const plain: RuleSet = {
  time_zone: null,
  week_start: 'sunday',
  workday_start: '00:00',
  overnight: 'start_date',
  weekly: [],
  daily: [],
  seventh_day: [],
  consecutive: [],
  pto_counts: false,
  exempt: 'none',
  automatic_break: null,
  rounding: null,
};
const overtime = { after: 28_800, multiplier: 1.5 };
const doubleTime = { after: 43_200, multiplier: 2 };

test('what is missing is off or has its default, names are put right and steps in order', () => {
  const cases: [unknown, Partial<RuleSet>][] = [
    [{}, {}],
    [Object.fromEntries(Object.keys(plain).map((part) => [part, null])), {}],
    [plain, {}],
    [{ time_zone: 'america/denver' }, { time_zone: 'America/Denver' }],
    [{ week_start: 'Monday' }, { week_start: 'monday' }],
    [{ week_start: 6 }, { week_start: 'saturday' }],
    [{ week_start: '0' }, { week_start: 'sunday' }],
    [
      { workday_start: '06:30', overnight: 'split' },
      { workday_start: '06:30', overnight: 'split' },
    ],
    [{ daily: [doubleTime, overtime] }, { daily: [overtime, doubleTime] }],
    [{ daily: [{ ...overtime, fixed: null }] }, { daily: [overtime] }],
    [{ weekly: [{ after: 144_000, fixed: 2.5 }] }, { weekly: [{ after: 144_000, fixed: 2.5 }] }],
    [{ weekly: [{ after: 604_800, multiplier: 10 }] }, { weekly: [{ after: 604_800, multiplier: 10 }] }],
    [
      { exempt: 'salaried', pto_counts: true },
      { exempt: 'salaried', pto_counts: true },
    ],
    [{ automatic_break: { after: 0, deduct: 1 } }, { automatic_break: { after: 0, deduct: 1 } }],
    [{ rounding: { minutes: 15 } }, { rounding: { minutes: 15, in: 'nearest', out: 'nearest' } }],
    [{ rounding: { minutes: 6, in: 'up', out: '7/8' } }, { rounding: { minutes: 6, in: 'up', out: '7/8' } }],
  ];
  for (const [value, expected] of cases) {
    assert.deepEqual(ruleSetOf(value), { ...plain, ...expected }, JSON.stringify(value));
  }
});

test('rules that are wrong or contradict each other are refused with the part at fault', () => {
  const step = (more: object) => ({ daily: [{ ...overtime, ...more }] });
  const cases: [unknown, string, RegExp][] = [
    [null, 'rules', /must be an object/],
    [[], 'rules', /must be an object/],
    ['california', 'rules', /must be an object/],
    [{ hourly: [], yearly: [] }, 'hourly', /hourly, yearly\.$/],
    [{ time_zone: 'Mars/Olympus' }, 'time_zone', /time zone/],
    [{ time_zone: '+05:45' }, 'time_zone', /time zone/],
    [{ week_start: 'someday' }, 'week_start', /day of the week/],
    [{ week_start: 7 }, 'week_start', /day of the week/],
    [{ week_start: ['monday'] }, 'week_start', /day of the week/],
    [{ workday_start: '24:00' }, 'workday_start', /time of day/],
    [{ workday_start: 6 }, 'workday_start', /time of day/],
    [{ overnight: 'both' }, 'overnight', /start_date, split/],
    [{ exempt: true }, 'exempt', /none, salaried, all/],
    [{ pto_counts: 'yes' }, 'pto_counts', /true or false/],
    [{ daily: overtime }, 'daily', /list of steps/],
    [{ daily: Array.from({ length: 11 }, (_, after) => ({ after, multiplier: 2 })) }, 'daily', /at most 10 steps/],
    [{ daily: [8] }, 'daily[0]', /must be an object/],
    [step({ rate: 2 }), 'daily[0].rate', /nothing else: rate/],
    [step({ fixed: 2 }), 'daily[0]', /either a multiplier or a fixed/],
    [{ daily: [{ after: 28_800 }] }, 'daily[0]', /either a multiplier or a fixed/],
    [step({ after: 1.5 }), 'daily[0].after', /whole number of seconds/],
    [step({ after: -1 }), 'daily[0].after', /whole number of seconds/],
    [step({ after: '28800' }), 'daily[0].after', /whole number of seconds/],
    [step({ after: 86_401 }), 'daily[0].after', /0 to 86400/],
    [{ weekly: [{ after: 604_801, multiplier: 2 }] }, 'weekly[0].after', /0 to 604800/],
    [step({ multiplier: 1 }), 'daily[0].multiplier', /above 1 and up to 10/],
    [step({ multiplier: 10.5 }), 'daily[0].multiplier', /above 1 and up to 10/],
    [step({ multiplier: 1.33333 }), 'daily[0].multiplier', /four decimals/],
    [step({ multiplier: Number.NaN }), 'daily[0].multiplier', /above 1 and up to 10/],
    [step({ multiplier: '1.5' }), 'daily[0].multiplier', /above 1 and up to 10/],
    [{ daily: [{ after: 0, fixed: 0 }] }, 'daily[0].fixed', /above 0/],
    [{ daily: [overtime, { after: 28_800, fixed: 2 }] }, 'daily', /two steps after 28800 seconds/],
    [
      {
        daily: [
          { ...overtime, multiplier: 2 },
          { ...doubleTime, multiplier: 1.5 },
        ],
      },
      'daily',
      /less after 43200/,
    ],
    [
      {
        weekly: [
          { after: 9, fixed: 1 },
          { after: 8, fixed: 2 },
        ],
      },
      'weekly',
      /less after 9 seconds than after 8/,
    ],
    [
      {
        daily: [
          { after: 1, multiplier: 2 },
          { after: 2, fixed: 1 },
          { after: 3, multiplier: 1.5 },
        ],
      },
      'daily',
      /less after 3 seconds than after 1/,
    ],
    [{ automatic_break: { after: 32_400 } }, 'automatic_break.deduct', /whole number of seconds/],
    [{ automatic_break: { after: 32_400, deduct: 0 } }, 'automatic_break.deduct', /from 1 to 86400/],
    [{ automatic_break: { after: 1, deduct: 1, paid: true } }, 'automatic_break.paid', /nothing else/],
    [{ rounding: { minutes: 0 } }, 'rounding.minutes', /1 to 30/],
    [{ rounding: { minutes: 31 } }, 'rounding.minutes', /1 to 30/],
    [{ rounding: { minutes: 15, in: 'fair' } }, 'rounding.in', /up, down, nearest, 7\/8, none/],
  ];
  for (const [value, field, sentence] of cases) {
    assert.throws(
      () => ruleSetOf(value),
      (error) =>
        error instanceof DomainError &&
        error.kind === 'invalid' &&
        error.field === field &&
        sentence.test(error.detail) &&
        error.detail.endsWith('.'),
      JSON.stringify(value),
    );
  }
});

test('the documented settings make rules', () => {
  const byDefault: Record<string, string | number> = {
    calculate_overtime: '1',
    daily_doubletime: '0',
    daily_overtime: '0',
    daily_regular_hours: 8,
    lunch_deduct: 0,
    lunch_length: 1,
    lunch_threshold: 9,
    pto_overtime: 0,
    week_start: 0,
    weekly_regular_hours: '40',
  };
  const weekly = [{ after: 144_000, multiplier: 1.5 }];
  const cases: [Record<string, string | number>, Partial<RuleSet>][] = [
    [{}, {}],
    [{ calculate_overtime: '0' }, { weekly: [] }],
    [{ weekly_regular_hours: '37.5' }, { weekly: [{ after: 135_000, multiplier: 1.5 }] }],
    [{ weekly_regular_hours: 168 }, { weekly: [{ after: 604_800, multiplier: 1.5 }] }],
    [{ daily_overtime: '1' }, { daily: [overtime] }],
    [{ daily_overtime: '1', daily_regular_hours: 7.3333 }, { daily: [{ after: 26_400, multiplier: 1.5 }] }],
    [{ daily_overtime: '10' }, { daily: [{ after: 36_000, multiplier: 1.5 }] }],
    [{ daily_doubletime: '1' }, { daily: [doubleTime] }],
    [{ daily_overtime: '1', daily_doubletime: '1' }, { daily: [overtime, doubleTime] }],
    [{ daily_overtime: '1', daily_doubletime: '14' }, { daily: [overtime, { after: 50_400, multiplier: 2 }] }],
    [{ daily_overtime: '12', daily_doubletime: '1' }, { daily: [doubleTime] }],
    [{ daily_overtime: '14', daily_doubletime: '10' }, { daily: [{ after: 36_000, multiplier: 2 }] }],
    [{ lunch_deduct: 1 }, { automatic_break: { after: 32_400, deduct: 3600 } }],
    [{ lunch_deduct: 1, lunch_length: 0 }, {}],
    [
      { lunch_deduct: '1', lunch_length: 0.5, lunch_threshold: 6 },
      { automatic_break: { after: 21_600, deduct: 1800 } },
    ],
    [
      { pto_overtime: '1', week_start: '1' },
      { pto_counts: true, week_start: 'monday' },
    ],
  ];
  for (const [set, expected] of cases) {
    const settings: Record<string, string | number> = { ...byDefault, ...set };
    const rules = rulesFromSettings((section, key) => (section === 'general' ? settings[key] : undefined));
    assert.deepEqual(rules, { ...plain, weekly, ...expected }, JSON.stringify(set));
  }
});
