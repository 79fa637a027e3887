import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './days.ts';
import { isoLocal, parseInstant } from './instants.ts';
import { dayBounds, isZone, later, localDay, localToEpoch, offsetMinutes, offsetPeriods, zoneName } from './zones.ts';

const ZONES = [
  'UTC',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Denver',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Asia/Tehran',
  'US/Mountain',
];
const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: 63_072_000, max: 7_226_409_600 }); // 1972 to 2198: the next change of clocks is still in range
const at = (text: string): number => parseInstant(text) ?? Number.NaN;
const local = (zone: string, epoch: number): string => isoLocal(epoch, offsetMinutes(zone, epoch));

test('isZone and zoneName', () => {
  for (const zone of [...ZONES, 'GMT', 'Etc/GMT+5', 'EST5EDT', 'America/Argentina/Buenos_Aires']) {
    assert.equal(zoneName(zone), zone);
  }
  assert.equal(zoneName('america/denver'), 'America/Denver');
  const none = ['+05:00', '-0600', 'Z', '', ' ', 'tsMT', 'Mars/Olympus', 'Asia/Kathmandu ', 'Asia/\u0000', '🕘'];
  for (const name of [...none, '2018-07-16T00:00Z[Asia/Tokyo]', 'UTC[u-ca=iso8601]', 'a'.repeat(1_000_000)]) {
    assert.equal(isZone(name), false, name.slice(0, 40));
  }
});

test('offsetMinutes agrees with Temporal, cached or not', () => {
  fc.assert(
    fc.property(zones, instants, fc.integer({ min: -1, max: 1 }), (zone, instant, shift) => {
      const next = Temporal.Instant.fromEpochMilliseconds(instant * 1000)
        .toZonedDateTimeISO(zone)
        .getTimeZoneTransition('next');
      const border = next === null ? instant : next.epochMilliseconds / 1000;
      for (const epoch of [instant, border + shift]) {
        const moment = Temporal.Instant.fromEpochMilliseconds(epoch * 1000).toZonedDateTimeISO(zone);
        assert.equal(offsetMinutes(zone, epoch), moment.offsetNanoseconds / 6e10, `${zone} ${epoch}`);
        assert.equal(localDay(zone, epoch), moment.toPlainDate().toString());
      }
    }),
    { numRuns: 500 },
  );
  assert.equal(offsetMinutes('Africa/Monrovia', 0), -44);
  assert.throws(() => offsetMinutes('Mars/Olympus', 0), RangeError);
});

test('local times', () => {
  const cases: [zone: string, text: string, earlier: string, later: string][] = [
    ['America/New_York', '2018-03-11T01:59:59', '2018-03-11T01:59:59-05:00', '2018-03-11T01:59:59-05:00'],
    ['America/New_York', '2018-03-11T02:30:00', '2018-03-11T03:30:00-04:00', '2018-03-11T03:30:00-04:00'],
    ['America/New_York', '2018-11-04T01:30:00', '2018-11-04T01:30:00-04:00', '2018-11-04T01:30:00-05:00'],
    ['America/New_York', '2018-11-04T02:00:00', '2018-11-04T02:00:00-05:00', '2018-11-04T02:00:00-05:00'],
    ['Australia/Lord_Howe', '2018-04-01T01:45:00', '2018-04-01T01:45:00+11:00', '2018-04-01T01:45:00+10:30'],
    ['Australia/Lord_Howe', '2018-10-07T02:15:00', '2018-10-07T02:45:00+11:00', '2018-10-07T02:45:00+11:00'],
    ['Pacific/Chatham', '2018-07-16T00:00:00', '2018-07-16T00:00:00+12:45', '2018-07-16T00:00:00+12:45'],
    ['Pacific/Chatham', '2018-12-16T00:00:00', '2018-12-16T00:00:00+13:45', '2018-12-16T00:00:00+13:45'],
    ['Pacific/Apia', '2011-12-30T10:00:00', '2011-12-31T10:00:00+14:00', '2011-12-31T10:00:00+14:00'],
    ['America/Sao_Paulo', '2018-11-04 00:00', '2018-11-04T01:00:00-02:00', '2018-11-04T01:00:00-02:00'],
    ['Asia/Kathmandu', '2018-07-16T20:49', '2018-07-16T20:49:00+05:45', '2018-07-16T20:49:00+05:45'],
  ];
  for (const [zone, text, earlier, later] of cases) {
    assert.equal(local(zone, localToEpoch(zone, text) ?? Number.NaN), earlier, `${zone} ${text}`);
    assert.equal(local(zone, localToEpoch(zone, text, { ambiguous: 'later' }) ?? Number.NaN), later, `${zone} ${text}`);
  }
  for (const text of ['', 'noon', '2018-02-30T00:00', '2018-07-16T25:00', '2018-07-16', '2018-07-16T09:04:60', '🕘']) {
    assert.equal(localToEpoch('UTC', text), undefined, text);
  }
});

test('local times round-trip, the repeated hour both ways', () => {
  fc.assert(
    fc.property(zones, instants, fc.integer({ min: -7200, max: 7200 }), (zone, instant, shift) => {
      const next = Temporal.Instant.fromEpochMilliseconds(instant * 1000)
        .toZonedDateTimeISO(zone)
        .getTimeZoneTransition('next');
      const border = next === null ? instant : next.epochMilliseconds / 1000;
      for (const epoch of [instant, border + shift]) {
        const text = local(zone, epoch);
        assert.equal(at(text), epoch);
        const earlier = localToEpoch(zone, text.slice(0, 19));
        const later = localToEpoch(zone, text.slice(0, 19), { ambiguous: 'later' });
        assert.ok(earlier === epoch || later === epoch, `${zone} ${text}`);
        assert.ok(Number(earlier) <= Number(later));
      }
    }),
    { numRuns: 500 },
  );
});

test('dayBounds', () => {
  const cases: [zone: string, day: string, start: string, hours: number][] = [
    ['America/New_York', '2018-03-11', '2018-03-11T00:00:00-05:00', 23],
    ['America/New_York', '2018-11-04', '2018-11-04T00:00:00-04:00', 25],
    ['America/New_York', '2018-07-16', '2018-07-16T00:00:00-04:00', 24],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T01:00:00-02:00', 23],
    ['America/Sao_Paulo', '2018-02-17', '2018-02-17T00:00:00-02:00', 25],
    ['Africa/Cairo', '2024-04-26', '2024-04-26T01:00:00+03:00', 23],
    ['Africa/Cairo', '2024-10-31', '2024-10-31T00:00:00+03:00', 25],
    ['Australia/Lord_Howe', '2018-10-07', '2018-10-07T00:00:00+10:30', 23.5],
    ['Pacific/Apia', '2011-12-29', '2011-12-29T00:00:00-10:00', 24],
    ['Pacific/Apia', '2011-12-30', '2011-12-31T00:00:00+14:00', 0],
    ['Asia/Kathmandu', '2018-07-16', '2018-07-16T00:00:00+05:45', 24],
  ];
  for (const [zone, day, expected, hours] of cases) {
    const [start, end] = dayBounds(zone, day);
    assert.equal(local(zone, start), expected, `${zone} ${day}`);
    assert.equal((end - start) / 3600, hours, `${zone} ${day}`);
  }
  assert.throws(() => dayBounds('UTC', '2018-02-30'), RangeError);
});

test('days follow one another without gap or overlap, and hold the instants that they say', () => {
  fc.assert(
    fc.property(zones, instants, (zone, epoch) => {
      const day = localDay(zone, epoch);
      const [start, end] = dayBounds(zone, day);
      assert.ok(start <= epoch && epoch < end, `${zone} ${day}`);
      assert.equal(localDay(zone, start), day);
      assert.equal(localDay(zone, end - 1), day);
      assert.equal(dayBounds(zone, addDays(day, 1))[0], end);
    }),
    { numRuns: 300 },
  );
});

test('offset periods follow one another and hold the offset of their instants', () => {
  fc.assert(
    fc.property(zones, instants, fc.integer({ min: 0, max: 40_000_000 }), (zone, from, length) => {
      const periods = offsetPeriods(zone, from, from + length);
      let at = from;
      for (const period of periods) {
        assert.equal(period.from, at);
        assert.ok(period.to > at);
        for (const moment of [period.from, period.to - 1])
          assert.equal(Math.round(period.seconds / 60), offsetMinutes(zone, moment));
        at = period.to;
      }
      assert.equal(at, from + length);
    }),
  );
});

test('later', () => {
  const cases: [zone: string, from: string, span: Parameters<typeof later>[2], expected: string][] = [
    ['UTC', '2026-01-31T10:00:00Z', { months: 1 }, '2026-02-28T10:00:00+00:00'],
    ['UTC', '2026-01-31T10:00:00Z', { days: -31, seconds: -1 }, '2025-12-31T09:59:59+00:00'],
    ['America/New_York', '2026-10-31T09:00:00-04:00', { days: 1 }, '2026-11-01T09:00:00-05:00'],
    ['America/New_York', '2026-10-31T09:00:00-04:00', { seconds: 86_400 }, '2026-11-01T08:00:00-05:00'],
  ];
  for (const [zone, from, span, expected] of cases) assert.equal(local(zone, later(zone, at(from), span)), expected);
});
