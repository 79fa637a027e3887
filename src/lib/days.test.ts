import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, compareDays, daysBetween, epochDays, isCivil, mondayOf, parseDay } from './days.ts';

const anyDay = fc.integer({ min: -690_000, max: 2_900_000 }).map((n) => addDays('1970-01-01', n));

test('parseDay', () => {
  const cases: [string, string | undefined][] = [
    ['2018-07-16', '2018-07-16'],
    ['12-05-2017', '2017-12-05'],
    ['2016-02-29', '2016-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['1900-02-29', undefined],
    ['2018-02-29', undefined],
    ['2018-02-30', undefined],
    ['2018-00-10', undefined],
    ['2018-13-10', undefined],
    ['13-05-2017', undefined],
    ['0000-00-00', undefined],
    ['0000-01-01', undefined],
    ['2018-7-16', undefined],
    ['2018/07/16', undefined],
    ['2018-07-16\n', undefined],
    [' 2018-07-1', undefined],
    ['', undefined],
    ['2018-07-1\u0000', undefined],
    ['２０１８-07-16', undefined],
    ['2018-07-16T00:00:00', undefined],
    ['9'.repeat(1_000_000), undefined],
  ];
  for (const [text, expected] of cases) assert.equal(parseDay(text), expected, text.slice(0, 40));
});

test('addDays and daysBetween', () => {
  assert.equal(addDays('2018-12-31', 1), '2019-01-01');
  assert.equal(addDays('2016-03-01', -1), '2016-02-29');
  assert.equal(addDays('2018-07-16', 0), '2018-07-16');
  assert.equal(daysBetween('2018-07-16', '2018-07-23'), 7);
  assert.equal(daysBetween('2018-07-16', '2018-07-09'), -7);
  assert.equal(epochDays('1970-01-01'), 0);
  assert.ok(compareDays('2018-07-09', '2018-07-16') < 0);
  assert.equal(compareDays('2018-07-16', '2018-07-16'), 0);
});

test('days agree with Temporal', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (day, n) => {
      const there = addDays(day, n);
      assert.equal(there, Temporal.PlainDate.from(day).add({ days: n }).toString());
      assert.equal(daysBetween(day, there), n);
      assert.equal(compareDays(day, there) < 0, n > 0);
      assert.equal(compareDays(there, day) > 0, n > 0);
      assert.equal(parseDay(day), day);
      assert.equal(parseDay(`${day.slice(5)}-${day.slice(0, 4)}`), day);
    }),
  );
});

test('isCivil agrees with Temporal', () => {
  const n = (max: number) => fc.integer({ min: 0, max });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), n(14), n(33), (year, month, day) => {
      let real = true;
      try {
        Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
      } catch {
        real = false;
      }
      assert.equal(isCivil(year, month, day), real);
    }),
  );
});

test('mondayOf', () => {
  const cases: [string, string | undefined][] = [
    ['2018-W10', '2018-03-05'],
    ['2018-W01', '2018-01-01'],
    ['2015-W53', '2015-12-28'],
    ['2016-W01', '2016-01-04'],
    ['2021-W01', '2021-01-04'],
    ['2020-W53', '2020-12-28'],
    ['2026-W01', '2025-12-29'],
    ['1969-W01', '1968-12-30'],
    ['2018-W53', undefined],
    ['2018-W00', undefined],
    ['2018-W99', undefined],
    ['0000-W10', undefined],
    ['2018-10', undefined],
    ['2018-w10', undefined],
  ];
  for (const [week, monday] of cases) assert.equal(mondayOf(week), monday, week);
});
