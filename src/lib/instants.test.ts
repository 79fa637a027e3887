import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { epochOfPg, isoLocal, isoUtc, parseInstant, pgOfEpoch } from './instants.ts';

/** 1970-01-02 to 2199-12-30, so that every offset stays inside the years that parseInstant takes. */
const instants = fc.integer({ min: 86_400, max: 7_258_032_000 });
const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
const NINE_FOUR = 1_531_753_440; // 2018-07-16T15:04:00Z

test('PostgreSQL texts', () => {
  const cases: [string, number, string][] = [
    ['2018-07-16 15:04:00+00', NINE_FOUR, '2018-07-16T15:04:00+00:00'],
    ['2018-07-16 15:04:00.999999+00', NINE_FOUR, '2018-07-16T15:04:00+00:00'],
    ['2018-07-16 15:04:00.5+00', NINE_FOUR, '2018-07-16T15:04:00+00:00'],
    ['1970-01-01 00:00:00+00', 0, '1970-01-01T00:00:00+00:00'],
    ['1969-12-31 23:59:59.25+00', -1, '1969-12-31T23:59:59+00:00'],
    ['2000-02-29 23:59:59+00', 951_868_799, '2000-02-29T23:59:59+00:00'],
    ['0001-01-01 00:00:00+00', -62_135_596_800, '0001-01-01T00:00:00+00:00'],
  ];
  for (const [text, epoch, iso] of cases) {
    assert.equal(epochOfPg(text), epoch, text);
    assert.equal(isoUtc(text), iso, text);
  }
  for (const text of [
    'infinity',
    '2018-07-16 15:04:00+05:45',
    '2018-07-16 15:04:00+05',
    '0044-03-15 12:00:00+00 BC',
    '',
    '12018-07-16 15:04:00+00',
  ]) {
    assert.throws(() => epochOfPg(text), RangeError, text);
  }
});

test('PostgreSQL texts round-trip and agree with Temporal', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (epoch) => {
      const text = pgOfEpoch(epoch);
      assert.equal(epochOfPg(text), epoch);
      const temporal = Temporal.Instant.fromEpochMilliseconds(epoch * 1000).toString();
      assert.equal(isoUtc(text), temporal.replace('Z', '+00:00'));
      assert.equal(isoLocal(epoch, 0), isoUtc(text));
    }),
  );
});

test('isoLocal', () => {
  const cases: [number, number, string][] = [
    [NINE_FOUR, -360, '2018-07-16T09:04:00-06:00'],
    [NINE_FOUR, 0, '2018-07-16T15:04:00+00:00'],
    [NINE_FOUR, 345, '2018-07-16T20:49:00+05:45'],
    [NINE_FOUR, 825, '2018-07-17T04:49:00+13:45'],
    [NINE_FOUR, -210, '2018-07-16T11:34:00-03:30'],
    [0, -1, '1969-12-31T23:59:00-00:01'],
  ];
  for (const [epoch, offset, expected] of cases) assert.equal(isoLocal(epoch, offset), expected);
});

test('isoLocal and parseInstant round-trip', () => {
  fc.assert(
    fc.property(instants, offsets, (epoch, offset) => {
      const text = isoLocal(epoch, offset);
      assert.equal(parseInstant(text), epoch);
      assert.equal(parseInstant(text.replace('+', ' ')), epoch);
      assert.equal(parseInstant(text.replace(/:(\d\d)$/, '$1')), epoch);
      assert.equal(parseInstant(text.replace(/([-+]\d\d:\d\d)$/, '.999999$1')), epoch);
      assert.equal(Temporal.Instant.from(text).epochMilliseconds, epoch * 1000);
    }),
  );
});

test('parseInstant', () => {
  const cases: [string, number | undefined][] = [
    ['2018-07-16T09:04:00-06:00', NINE_FOUR],
    ['2018-07-16T09:04:00-0600', NINE_FOUR],
    ['2018-07-16T09:04:00-06', NINE_FOUR],
    ['2018-07-16T09:04-06:00', NINE_FOUR],
    ['2018-07-16 15:04:00+00', NINE_FOUR],
    ['2018-07-16T15:04:00Z', NINE_FOUR],
    ['2018-07-16t15:04:00z', NINE_FOUR],
    ['2018-07-16T15:04:00 00:00', NINE_FOUR],
    ['2018-07-16 15:04:00 00:00', NINE_FOUR],
    ['2018-07-16T15:04:00.999999999+00:00', NINE_FOUR],
    ['2018-07-16T15:04:00,5Z', NINE_FOUR],
    ['2016-02-29T00:00:00Z', 1_456_704_000],
    ['1970-01-01T00:00:00+14:00', -50_400],
    ['2018-07-16T15:04:00', undefined],
    ['2018-07-16', undefined],
    ['2018-02-30T00:00:00Z', undefined],
    ['2018-02-29T00:00:00Z', undefined],
    ['2018-07-16T25:00:00Z', undefined],
    ['2018-07-16T24:00:00Z', undefined],
    ['2018-07-16T23:60:00Z', undefined],
    ['2018-07-16T23:59:60Z', undefined],
    ['2018-07-16T15:04:00+15:00', undefined],
    ['2018-07-16T15:04:00+14:01', undefined],
    ['2018-07-16T15:04:00+05:75', undefined],
    ['1969-12-31T23:59:59Z', undefined],
    ['2200-01-01T00:00:00Z', undefined],
    ['0000-00-00T00:00:00+00:00', undefined],
    ['+002018-07-16T15:04:00Z', undefined],
    ['2018-07-16T15:04:00Z[UTC]', undefined],
    ['2018-07-16T15:04:00Z\n', undefined],
    ['2018-07-16T15:04:00\u0000Z', undefined],
    ['2018-07-16T15:04:00.Z', undefined],
    ['🕘', undefined],
    ['', undefined],
    ['now', undefined],
    [`2018-07-16T15:04:00.${'9'.repeat(1_000_000)}Z`, undefined],
    [' '.repeat(1_000_000), undefined],
  ];
  for (const [text, expected] of cases) assert.equal(parseInstant(text), expected, text.slice(0, 50));
});

test('parseInstant without an offset uses the zone that is given', () => {
  const cases: [string, number | undefined][] = [
    ['2018-07-16T09:04:00', NINE_FOUR],
    ['2018-07-16 09:04', NINE_FOUR],
    ['2018-07-16T09:04:00.75', NINE_FOUR],
    ['2018-07-16T09:04:00Z', NINE_FOUR - 6 * 3600],
    ['2018-02-30T09:04:00', undefined],
    ['2018-07-16', undefined],
  ];
  for (const [text, expected] of cases) assert.equal(parseInstant(text, 'America/Denver'), expected, text);
  const earlier = parseInstant('2018-11-04T01:30:00', 'America/Denver');
  const later = parseInstant('2018-11-04T01:30:00', 'America/Denver', 'later');
  assert.equal(earlier, parseInstant('2018-11-04T01:30:00-06:00'));
  assert.equal(later, parseInstant('2018-11-04T01:30:00-07:00'));
});

test('parseInstant never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => {
      const parsed = parseInstant(text, 'Asia/Kathmandu');
      assert.ok(parsed === undefined || Number.isSafeInteger(parsed));
    }),
  );
  const pieces = fc.constantFrom('2018', '-', '02', '31', 'T', ' ', ':', '00', '.5', 'Z', '+', '\u0000', '99', '🕘');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 16 }), (parts) => {
      assert.ok(Number(parseInstant(parts.join(''), 'Africa/Cairo') ?? 0) < 7_300_000_000);
    }),
  );
});
