import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addDays } from '../../lib/time.ts';
import { type AccrualFacts, balanceOn, ledgerOf } from './ledger.ts';
import type { AccrualPolicy, Period } from './policy.ts';
import { workDays, workSpans } from './spans.ts';

const hour = 3600;

function policy(more: Partial<AccrualPolicy>): AccrualPolicy {
  return {
    id: 1,
    method: 'none',
    amount: 0,
    perWorked: hour,
    cap: null,
    carryOver: null,
    yearStart: '01-01',
    waitingDays: 0,
    startDate: '2026-01-01',
    endDate: null,
    ...more,
  };
}

/** Periods of so many days, one of which ends on a day. */
function every(days: number, anchor: string): (from: string, to: string) => Period[] {
  return (from, to) => {
    const periods: Period[] = [];
    let end = anchor;
    while (end >= from) end = addDays(end, -days);
    while (end < from) end = addDays(end, days);
    for (; end <= to; end = addDays(end, days)) periods.push({ start: addDays(end, 1 - days), end });
    return periods;
  };
}

function facts(more: Partial<AccrualFacts>): AccrualFacts {
  return {
    hired: null,
    left: null,
    policies: [],
    periods: every(14, '2026-01-09'),
    worked: [],
    used: [],
    adjustments: [],
    ...more,
  };
}

const event = (date: string, seconds: number, id = 1) => ({ id, date, seconds, note: '' });

/** 'day kind seconds balance' of each entry. */
function lines(given: AccrualFacts, to: string): string[] {
  return ledgerOf(given, to).map(({ date, kind, seconds, balance }) => `${date} ${kind} ${seconds} ${balance}`);
}

describe('a grant a year', () => {
  const yearly = policy({ method: 'yearly', amount: 80 * hour });
  const cases: [what: string, given: Partial<AccrualFacts>, to: string, expected: string[]][] = [
    ['comes on its day, not before', { policies: [{ ...yearly, startDate: '2025-12-01' }] }, '2025-12-31', []],
    ['that day included', { policies: [yearly] }, '2026-01-01', ['2026-01-01 grant 288000 288000']],
    [
      'every year',
      { policies: [yearly] },
      '2027-06-01',
      ['2026-01-01 grant 288000 288000', '2027-01-01 grant 288000 576000'],
    ],
    [
      'begins with the next year where the policy begins within one',
      { policies: [{ ...yearly, startDate: '2026-03-15' }] },
      '2027-01-01',
      ['2027-01-01 grant 288000 288000'],
    ],
    // 184 of 365 days are left.
    [
      'is shared by days with who is hired within the year',
      { policies: [yearly], hired: '2026-07-01' },
      '2026-12-31',
      ['2026-07-01 grant 145183 145183'],
    ],
    // 184 of 366.
    [
      'and by more days in a leap year',
      { policies: [{ ...yearly, startDate: '2024-01-01' }], hired: '2024-07-01' },
      '2024-12-31',
      ['2024-07-01 grant 144786 144786'],
    ],
    [
      'waits as long as the person does',
      { policies: [{ ...yearly, waitingDays: 90 }], hired: '2025-12-01' },
      '2026-12-31',
      // 1 March; 306 days are left.
      ['2026-03-01 grant 241446 241446'],
    ],
    [
      'on the anniversary of the day of hire',
      { policies: [{ ...yearly, yearStart: 'anniversary' }], hired: '2020-05-20' },
      '2027-05-20',
      ['2026-05-20 grant 288000 288000', '2027-05-20 grant 288000 576000'],
    ],
    [
      'on 1 March in common years for who was hired on 29 February',
      { policies: [{ ...yearly, yearStart: 'anniversary', startDate: '2024-02-29' }], hired: '2024-02-29' },
      '2028-02-29',
      [
        '2024-02-29 grant 288000 288000',
        '2025-03-01 grant 288000 576000',
        '2026-03-01 grant 288000 864000',
        '2027-03-01 grant 288000 1152000',
        '2028-02-29 grant 288000 1440000',
      ],
    ],
    [
      'never after the person left or the policy ended',
      { policies: [{ ...yearly, endDate: '2028-12-31' }], left: '2027-03-01' },
      '2030-01-01',
      ['2026-01-01 grant 288000 288000', '2027-01-01 grant 288000 576000'],
    ],
  ];
  for (const [what, given, to, expected] of cases)
    test(what, () => assert.deepEqual(lines(facts(given), to), expected));
});

describe('parts of a year by pay period', () => {
  const biweekly = policy({ method: 'per_period', amount: 80 * hour });

  test('26 of them are 80 hours to the second, each 3.0769 hours', () => {
    const entries = ledgerOf(facts({ policies: [biweekly] }), '2026-12-31');
    assert.equal(entries.length, 26);
    for (const { seconds } of entries) assert.ok(seconds === 11_076 || seconds === 11_077, String(seconds));
    assert.deepEqual([entries[0]?.date, entries.at(-1)?.date], ['2026-01-09', '2026-12-25']);
    assert.deepEqual([entries[0]?.balance, entries[12]?.balance, entries[25]?.balance], [11_076, 144_000, 288_000]);
  });

  test('27 of them too, in smaller parts', () => {
    const given = facts({ policies: [{ ...biweekly, startDate: '2027-01-01' }], periods: every(14, '2027-01-01') });
    const entries = ledgerOf(given, '2027-12-31');
    assert.equal(entries.length, 27);
    assert.equal(entries.at(-1)?.balance, 288_000);
  });

  test('52 of an amount that they do not divide, year after year', () => {
    const given = facts({ policies: [{ ...biweekly, amount: 100_003 }], periods: every(7, '2026-01-02') });
    for (const years of [1, 2, 3, 4, 10])
      assert.equal(balanceOn(given, `${2025 + years}-12-31`), 100_003 * years, String(years));
  });

  const cases: [what: string, given: Partial<AccrualFacts>, to: string, expected: string[]][] = [
    ['none before the end of the first one', { policies: [biweekly] }, '2026-01-08', []],
    // The last 4 of 14 days of the 14th part: 288000 * (13 * 14 + 14) / 364 less 288000 * (13 * 14 + 10) / 364.
    [
      'the share of the days of who is hired within one',
      { policies: [biweekly], hired: '2026-07-07' },
      '2026-07-24',
      ['2026-07-10 accrual 3164 3164', '2026-07-24 accrual 11077 14241'],
    ],
    [
      'the share of the days of who leaves within one, as he leaves',
      { policies: [biweekly], hired: '2026-06-27', left: '2026-07-15' },
      '2026-12-31',
      ['2026-07-10 accrual 11076 11076', '2026-07-15 accrual 3956 15032'],
    ],
    [
      'the policy of the last day gives all of it',
      {
        policies: [
          policy({ id: 2, method: 'per_period', amount: 26 * hour, startDate: '2026-07-01' }),
          { ...biweekly, startDate: '2026-06-20', endDate: '2026-06-30' },
        ],
      },
      '2026-07-24',
      ['2026-06-26 accrual 11077 11077', '2026-07-10 accrual 3600 14677', '2026-07-24 accrual 3600 18277'],
    ],
  ];
  for (const [what, given, to, expected] of cases)
    test(what, () => assert.deepEqual(lines(facts(given), to), expected));
});

describe('time off for work', () => {
  // An hour for each 30 hours.
  const sick = policy({ method: 'per_hour', amount: 120 });
  const day = (n: number): string => addDays('2026-01-01', n);

  test('many small timesheets give what one large one gives', () => {
    // 80 hours a year of 2080: 138.46 seconds an hour.
    const rate = policy({ method: 'per_hour', amount: 288_000, perWorked: 7_488_000 });
    const small = Array.from({ length: 365 }, (_, n) => ({ date: day(n), seconds: 20_515 }));
    const total = small.reduce((sum, { seconds }) => sum + seconds, 0);
    const large = [{ date: day(364), seconds: total }];
    const expected = Math.floor((total * 288_000) / 7_488_000);
    assert.equal(balanceOn(facts({ policies: [rate], worked: small }), '2026-12-31'), expected);
    assert.equal(balanceOn(facts({ policies: [rate], worked: large }), '2026-12-31'), expected);
    const seconds = Array.from({ length: 60 }, (_, n) => ({ date: day(n), seconds: 1 }));
    assert.deepEqual(lines(facts({ policies: [sick], worked: seconds }), day(60)), [
      '2026-01-30 accrual 1 1',
      '2026-03-01 accrual 1 2',
    ]);
  });

  test('counts from the first day on which the person is entitled until he leaves', () => {
    const worked = Array.from({ length: 100 }, (_, n) => ({ date: day(n), seconds: 30 }));
    const given = facts({ policies: [{ ...sick, waitingDays: 10 }], hired: '2026-01-01', left: day(29), worked });
    assert.equal(balanceOn(given, '2026-12-31'), 20);
    assert.equal(ledgerOf(given, '2026-12-31')[0]?.date, day(10));
  });

  test('never lifts the balance above the cap, and goes on when there is room again', () => {
    const given = facts({
      policies: [{ ...sick, cap: 1000 }],
      worked: [0, 1, 2, 3].map((n) => ({ date: day(n), seconds: 18_000 })),
      used: [event(day(2), 500, 7)],
    });
    assert.deepEqual(lines(given, day(9)), [
      '2026-01-01 accrual 600 600',
      '2026-01-02 accrual 600 1200',
      '2026-01-02 cap -200 1000',
      '2026-01-03 use -500 500',
      '2026-01-03 accrual 600 1100',
      '2026-01-03 cap -100 1000',
      '2026-01-04 accrual 600 1600',
      '2026-01-04 cap -600 1000',
    ]);
    assert.deepEqual(
      ledgerOf(given, day(9)).map(({ policyId, timesheetId }) => timesheetId ?? policyId),
      [1, 1, 1, 7, 1, 1, 1, 1],
    );
  });

  test('a balance that was entered above the cap stays, and nothing accrues', () => {
    const given = facts({
      policies: [{ ...sick, cap: 1000 }],
      worked: [{ date: day(1), seconds: 18_000 }],
      adjustments: [event(day(0), 5000)],
    });
    assert.deepEqual(lines(given, day(9)), [
      '2026-01-01 adjustment 5000 5000',
      '2026-01-02 accrual 600 5600',
      '2026-01-02 cap -600 5000',
    ]);
  });

  test('sums of whole spans give what the days give', () => {
    const worked = Array.from({ length: 900 }, (_, n) => ({ date: day(n), seconds: 28_801 + n }));
    const terms: [Partial<AccrualPolicy>, most: number][] = [
      [{}, 1],
      [{ carryOver: 7200 }, 3],
      [{ carryOver: 0, yearStart: '04-06' }, 4],
      [{ yearStart: 'anniversary', carryOver: 60 }, 4],
      [{ cap: 40_000 }, 5],
      [{ cap: 40_000, carryOver: 20_000, waitingDays: 100 }, 7],
      [{ cap: 0 }, 5],
    ];
    for (const [more, most] of terms) {
      const policies = [policy({ method: 'per_hour', amount: 173, ...more })];
      const used = [event(day(100), 36_000, 1), event(day(400), 3600, 2), event(day(401), 3600, 3)];
      const adjustments = [event(day(400), -500), event(day(700), 90_000)];
      const given = facts({ policies, hired: '2025-11-30', worked, used, adjustments });
      for (const to of [day(5), day(99), day(100), day(364), day(365), day(400), day(700), day(899)]) {
        const spans = workSpans(given, to);
        assert.ok(spans.length <= most, `${spans.length} spans`);
        const sums = spans.map(({ start, end }) => {
          const within = worked.filter(({ date }) => date >= start && date <= end);
          return { date: end, seconds: within.reduce((sum, { seconds }) => sum + seconds, 0) };
        });
        const what = `${JSON.stringify(more)} ${to}`;
        assert.equal(balanceOn({ ...given, worked: sums }, to), balanceOn(given, to), what);
      }
    }
    const capped = facts({ policies: [{ ...sick, cap: 5 }], used: [event(day(3), 5)] });
    assert.deepEqual(workDays(capped, day(9)), [{ start: day(0), end: day(9) }]);
    assert.deepEqual(workSpans(facts({ policies: [policy({ method: 'yearly' })] }), day(9)), []);
  });
});

describe('the turn of the year', () => {
  const carrying = policy({ method: 'yearly', amount: 80 * hour, carryOver: 40 * hour });
  const cases: [what: string, given: Partial<AccrualFacts>, to: string, expected: string[]][] = [
    [
      'what is carried over is limited, and the rest lapses before the new grant',
      { policies: [carrying], used: [event('2026-08-03', 8 * hour)] },
      '2027-01-01',
      [
        '2026-01-01 grant 288000 288000',
        '2026-08-03 use -28800 259200',
        '2027-01-01 carry_over_lapse -115200 144000',
        '2027-01-01 grant 288000 432000',
      ],
    ],
    [
      'less than the limit is carried over whole, and a debt too',
      { policies: [carrying], used: [event('2026-08-03', 90 * hour)] },
      '2027-01-01',
      ['2026-01-01 grant 288000 288000', '2026-08-03 use -324000 -36000', '2027-01-01 grant 288000 252000'],
    ],
    [
      'nothing is carried over where the limit is 0',
      { policies: [{ ...carrying, carryOver: 0, yearStart: '07-01', startDate: '2026-07-01' }] },
      '2027-07-01',
      ['2026-07-01 grant 288000 288000', '2027-07-01 carry_over_lapse -288000 0', '2027-07-01 grant 288000 288000'],
    ],
    [
      'a cap limits the grant',
      { policies: [{ ...carrying, carryOver: null, cap: 100 * hour }] },
      '2027-01-01',
      ['2026-01-01 grant 288000 288000', '2027-01-01 grant 288000 576000', '2027-01-01 cap -216000 360000'],
    ],
  ];
  for (const [what, given, to, expected] of cases)
    test(what, () => assert.deepEqual(lines(facts(given), to), expected));
});

describe('what is entered', () => {
  const manual = policy({ startDate: '2026-02-01' });
  const cases: [what: string, given: Partial<AccrualFacts>, to: string, expected: string[]][] = [
    [
      'without a policy there is no balance',
      { adjustments: [event('2026-01-01', 5)], used: [event('2026-01-01', 5)] },
      '2026-12-31',
      [],
    ],
    [
      'what was used before the ledger begins is no part of it',
      {
        policies: [manual],
        adjustments: [event('2026-01-10', 7200)],
        used: [event('2026-01-09', 60), event('2026-01-10', 3600), event('2026-02-02', 3600), event('2026-02-03', 600)],
      },
      '2026-12-31',
      [
        '2026-01-10 adjustment 7200 7200',
        '2026-01-10 use -3600 3600',
        '2026-02-02 use -3600 0',
        '2026-02-03 use -600 -600',
      ],
    ],
    [
      'days after the one asked for do not count',
      { policies: [manual], adjustments: [event('2026-03-01', 7200), event('2026-04-01', -200)] },
      '2026-03-31',
      ['2026-03-01 adjustment 7200 7200'],
    ],
  ];
  for (const [what, given, to, expected] of cases)
    test(what, () => assert.deepEqual(lines(facts(given), to), expected));

  test('of several policies the first one that covers a day counts, and the balance goes on', () => {
    const own = policy({ id: 2, method: 'yearly', amount: 100, startDate: '2027-01-01', endDate: '2027-12-31' });
    const all = policy({ id: 1, method: 'yearly', amount: 10, startDate: '2026-01-01' });
    assert.deepEqual(
      ledgerOf(facts({ policies: [own, all] }), '2028-06-01').map(({ date, policyId, balance }) => [
        date,
        policyId,
        balance,
      ]),
      [
        ['2026-01-01', 1, 10],
        ['2027-01-01', 2, 110],
        ['2028-01-01', 1, 120],
      ],
    );
  });
});
