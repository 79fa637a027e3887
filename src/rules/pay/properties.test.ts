import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_SECONDS, epochDays } from '../../lib/time.ts';
import { hours, payName, person, segments, totals } from './sheets-support.ts';
import type { PaySegment, PaySheet, TimeKind } from './time.ts';

const RUNS = { numRuns: 100 };
const MONDAY = epochDays('2018-11-05');
const ZONE = 'America/New_York';
/** 05:00 UTC is midnight in New York in that month. */
const MIDNIGHT = MONDAY * DAY_SECONDS + 5 * 3600;

const kinds = fc.constantFrom<TimeKind>('work', 'work', 'work', 'paid_break', 'unpaid', 'unpaid_time_off', 'pto');

/** Timesheets one after the other, on their local dates. */
const timesheets = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: hours(16) }),
      seconds: fc.integer({ min: 0, max: hours(14) }),
      kind: kinds,
      hand: fc.boolean(),
      deduction: fc.constantFrom(null, null, 0, 1800, hours(20)),
    }),
    { maxLength: 14 },
  )
  .map((parts) => {
    let at = MIDNIGHT;
    return parts.map(({ gap, seconds, kind, hand, deduction }, index): PaySheet => {
      const start = at + gap;
      at = start + seconds;
      const day = Math.floor((start - 5 * 3600) / DAY_SECONDS);
      const times = { rawStart: null, rawEnd: null, startByHand: hand, endByHand: hand, deduction };
      return {
        id: index * 10,
        jobcodeId: 1,
        kind,
        day,
        start: index % 5 === 4 ? null : start,
        seconds,
        zone: ZONE,
        ...times,
      };
    });
  });

const thresholds = (most: number, multipliers: readonly number[]) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: most }), { maxLength: multipliers.length })
    .map((afters) => afters.sort((a, b) => a - b).map((after, index) => ({ after, multiplier: multipliers[index] })));

/** A weekly rate that no rate of the day stays below: otherwise an early premium could displace a higher one. */
const rules = fc.record({
  weekly: thresholds(hours(60), [1.5]),
  daily: thresholds(hours(14), [1.5, 2]),
  seventh_day: thresholds(hours(10), [1.5, 2]),
  consecutive: thresholds(hours(20), [1.5, 3]),
  pto_counts: fc.boolean(),
  overnight: fc.constantFrom('start_date', 'split'),
  workday_start: fc.constantFrom('00:00', '06:30'),
  week_start: fc.integer({ min: 0, max: 6 }),
  automatic_break: fc.option(
    fc.record({ after: fc.integer({ min: 0, max: hours(10) }), deduct: fc.integer({ min: 1, max: hours(1) }) }),
  ),
});

const sum = (found: readonly PaySegment[]) => found.reduce((total, segment) => total + segment.seconds, 0);

test('the parts of a timesheet add up to it, follow each other, and none is empty; its own deduction is its end', () => {
  fc.assert(
    fc.property(timesheets, rules, (sheets, set) => {
      const found = segments(sheets, person(set));
      for (const sheet of sheets) {
        const parts = found.filter((segment) => segment.sheet === sheet);
        assert.equal(sum(parts), sheet.seconds);
        const own = sheet.kind === 'work' ? Math.min(sheet.deduction ?? 0, sheet.seconds) : 0;
        const deducted = parts.filter(({ why }) => why.rule === 'deduction');
        assert.equal(sum(deducted), own);
        assert.deepEqual(parts.slice(parts.length - deducted.length), deducted);
        if (sheet.deduction !== null) assert.ok(parts.every(({ why }) => why.rule !== 'automatic_break'));
        let at = sheet.start;
        for (const part of parts) {
          assert.equal(part.start, at);
          assert.ok(part.seconds > 0);
          if (at !== null) at += part.seconds;
        }
      }
    }),
    RUNS,
  );
});

test('a timesheet that is split in two at any second is paid the same', () => {
  fc.assert(
    fc.property(timesheets, rules, fc.nat(), fc.nat(), (sheets, set, which, where) => {
      // Otherwise the second part starts on a workday of its own.
      if (set.overnight === 'start_date' && set.workday_start !== '00:00') return;
      const whole = sheets[which % Math.max(1, sheets.length)];
      // What a deduction of its own does to the parts is another rule's.
      if (whole === undefined || whole.deduction !== null) return;
      const cut = where % (whole.seconds + 1);
      const first = { ...whole, seconds: cut };
      const rest = {
        ...whole,
        id: whole.id + 1,
        seconds: whole.seconds - cut,
        start: whole.start === null ? null : whole.start + cut,
      };
      const apart = sheets.flatMap((sheet) => (sheet === whole ? [first, rest] : [sheet]));
      const perDay = (segment: PaySegment) => `${segment.day} ${payName(segment)}`;
      assert.deepEqual(totals(segments(apart, person(set)), perDay), totals(segments(sheets, person(set)), perDay));
    }),
    RUNS,
  );
});

test('the order in which timesheets come never matters', () => {
  const shuffled = timesheets.chain((sheets) =>
    fc.tuple(fc.constant(sheets), fc.shuffledSubarray(sheets, { minLength: sheets.length })),
  );
  fc.assert(
    fc.property(shuffled, rules, fc.boolean(), ([sheets, mixed], set, rounds) => {
      const who = person(rounds ? { ...set, rounding: { minutes: 15, in: 'up', out: '7/8' } } : set);
      assert.deepEqual(segments(mixed, who), segments(sheets, who));
    }),
    RUNS,
  );
});

test('more work never means less pay', () => {
  const worth = (found: readonly PaySegment[]) =>
    found.reduce((total, { pay, seconds }) => {
      const rate = pay.kind === 'multiplier' ? pay.rate : pay.kind === 'regular' || pay.kind === 'pto' ? 1 : 0;
      return total + rate * seconds;
    }, 0);
  const more = fc.record({
    gap: fc.integer({ min: 0, max: hours(200) }),
    seconds: fc.integer({ min: 1, max: hours(5) }),
    deduction: fc.constantFrom(null, 0, 1800),
  });
  fc.assert(
    fc.property(timesheets, rules, more, (sheets, set, { gap, seconds, deduction }) => {
      const start = MIDNIGHT + gap;
      const free = sheets.every(
        (sheet) => sheet.start === null || sheet.start + sheet.seconds <= start || start + seconds <= sheet.start,
      );
      fc.pre(free);
      // A break that is taken off the second stretch of a day may take off a premium that the first had not reached.
      fc.pre(set.automatic_break === null || set.consecutive.length === 0);
      const day = Math.floor((start - 5 * 3600) / DAY_SECONDS);
      const times = { rawStart: null, rawEnd: null, startByHand: false, endByHand: false };
      const work = { id: 1001, jobcodeId: 1, kind: 'work', day, start, seconds, zone: ZONE, deduction } as const;
      const extra: PaySheet = { ...work, ...times };
      const [before, after] = [sheets, [...sheets, extra]].map((all) => worth(segments(all, person(set))));
      assert.ok((after ?? 0) >= (before ?? 0), `${before} became ${after}`);
    }),
    RUNS,
  );
});
