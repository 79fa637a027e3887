import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoLocal, offsetMinutes, parseInstant } from '../../lib/time.ts';
import { durationOf, relativeMoment, secondsOf } from './expressions.ts';

test('durations', () => {
  const cases: [text: string, seconds: number | undefined][] = [
    ['1 hour', 3600],
    ['2 hours', 7200],
    ['30 minutes', 1800],
    ['1 minute', 60],
    ['45 min', 2700],
    ['45 mins', 2700],
    ['1 day', 86_400],
    ['4 weeks', 28 * 86_400],
    ['3 days 2 weeks', 17 * 86_400],
    ['1 hour 30 minutes', 5400],
    ['1hour30min', 5400],
    [' 1 HOUR ', 3600],
    ['+1 hour', 3600],
    ['-1 hour', -3600],
    ['1 week -1 day', 6 * 86_400],
    ['1 month', 30 * 86_400],
    ['0 minutes', 0],
    ['999999 months', 1_200 * 30 * 86_400],
    ['', undefined],
    [' ', undefined],
    ['1', undefined],
    ['hour', undefined],
    ['1.5 hours', undefined],
    ['1 fortnight', undefined],
    ['1 hourly', undefined],
    ['1 hour and 5 minutes', undefined],
    ['1 hour x', undefined],
    ['1e3 hours', undefined],
    ['now', undefined],
    ['9999999 hours', undefined],
    ['1 day '.repeat(20), undefined],
  ];
  for (const [text, seconds] of cases) {
    const duration = durationOf(text);
    assert.equal(duration === undefined ? undefined : secondsOf(duration), seconds, text);
  }
});

test('relative moments, by the clock and calendar of a zone', () => {
  const cases: [text: string, zone: string, now: string, expected: string | undefined][] = [
    ['now', 'UTC', '2026-12-07T10:11:12Z', '2026-12-07T10:11:12+00:00'],
    ['NOW ', 'UTC', '2026-12-07T10:11:12Z', '2026-12-07T10:11:12+00:00'],
    ['tomorrow', 'UTC', '2026-12-07T10:11:12Z', '2026-12-08T00:00:00+00:00'],
    ['tomorrow', 'Asia/Kathmandu', '2026-12-07T18:20:00Z', '2026-12-09T00:00:00+05:45'],
    ['tomorrow', 'Africa/Cairo', '2027-04-29T10:00:00Z', '2027-04-30T01:00:00+03:00'],
    ['2 days', 'America/New_York', '2026-10-31T09:00:00-04:00', '2026-11-02T09:00:00-05:00'],
    ['48 hours', 'America/New_York', '2026-10-31T09:00:00-04:00', '2026-11-02T08:00:00-05:00'],
    ['1 month', 'UTC', '2027-01-31T09:00:00Z', '2027-02-28T09:00:00+00:00'],
    ['-1 hour', 'UTC', '2026-12-07T10:11:12Z', '2026-12-07T09:11:12+00:00'],
    ['2026-12-24', 'UTC', '2026-12-07T10:11:12Z', undefined],
    ['yesterday', 'UTC', '2026-12-07T10:11:12Z', undefined],
    ['', 'UTC', '2026-12-07T10:11:12Z', undefined],
  ];
  for (const [text, zone, now, expected] of cases) {
    const moment = relativeMoment(text, parseInstant(now) ?? Number.NaN, zone);
    assert.equal(moment === undefined ? undefined : isoLocal(moment, offsetMinutes(zone, moment)), expected, text);
  }
  assert.ok(Number.isFinite(relativeMoment('999999 months 999999 weeks', 1_800_000_000, 'UTC')));
  assert.ok(Number.isFinite(relativeMoment(`${'999999 weeks '.repeat(7)}`, 1_800_000_000, 'UTC')));
  assert.ok(Number.isFinite(relativeMoment(`${'-999999 weeks '.repeat(7)}`, 1_800_000_000, 'UTC')));
});
