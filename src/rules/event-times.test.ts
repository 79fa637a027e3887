import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../lib/errors.ts';
import { isoLocal, parseInstant } from '../lib/time.ts';
import { type AskedTimes, eventTimes } from './event-times.ts';

const at = (text: string): number => parseInstant(text) ?? assert.fail(text);

function shown(asked: AskedTimes): string | [string, string] {
  const times = eventTimes(asked);
  if (times instanceof DomainError) return times.detail;
  return [isoLocal(times.start, times.startOffset), isoLocal(times.end, times.endOffset)];
}

const denver = 'America/Denver';
const cases: [string, AskedTimes, string | [string, string]][] = [
  [
    'moments print in the zone of the event',
    { start: at('2018-12-05T16:00:00Z'), end: at('2018-12-05T18:00:00Z'), allDay: false, zone: denver },
    ['2018-12-05T09:00:00-07:00', '2018-12-05T11:00:00-07:00'],
  ],
  [
    'over the night in which clocks go forward',
    { start: at('2026-03-07T23:00:00-07:00'), end: at('2026-03-08T07:00:00-06:00'), allDay: false, zone: denver },
    ['2026-03-07T23:00:00-07:00', '2026-03-08T07:00:00-06:00'],
  ],
  [
    'a day of 23 hours',
    { start: at('2026-03-08T12:00:00-06:00'), end: null, allDay: true, zone: denver },
    ['2026-03-08T00:00:00-07:00', '2026-03-08T23:59:59-06:00'],
  ],
  [
    'a day of 25 hours',
    { start: at('2026-11-01T23:30:00-07:00'), end: at('2020-01-01T00:00:00Z'), allDay: true, zone: denver },
    ['2026-11-01T00:00:00-06:00', '2026-11-01T23:59:59-07:00'],
  ],
  [
    'the day of the moment in the zone of the event',
    { start: at('2026-06-15T20:00:00Z'), end: null, allDay: true, zone: 'Asia/Tokyo' },
    ['2026-06-16T00:00:00+09:00', '2026-06-16T23:59:59+09:00'],
  ],
  [
    'a day that is known stays in another zone',
    { start: at('2026-06-15T20:00:00Z'), end: null, allDay: true, day: '2026-06-15', zone: 'Asia/Tokyo' },
    ['2026-06-15T00:00:00+09:00', '2026-06-15T23:59:59+09:00'],
  ],
  [
    'a day without midnight',
    { start: at('2018-11-04T12:00:00-02:00'), end: null, allDay: true, zone: 'America/Sao_Paulo' },
    ['2018-11-04T01:00:00-02:00', '2018-11-04T23:59:59-02:00'],
  ],
  [
    'a day that the zone left out',
    { start: 0, end: null, allDay: true, day: '2011-12-30', zone: 'Pacific/Apia' },
    ['2011-12-31T00:00:00+14:00', '2011-12-31T00:00:00+14:00'],
  ],
  [
    'no time at all',
    { start: 60, end: 60, allDay: false, zone: 'UTC' },
    ['1970-01-01T00:01:00+00:00', '1970-01-01T00:01:00+00:00'],
  ],
  ['no start', { start: null, end: 60, allDay: true, zone: 'UTC' }, 'Missing required params: start'],
  ['no end', { start: 60, end: null, allDay: false, zone: 'UTC' }, 'Missing required params: end'],
  ['the wrong way round', { start: 61, end: 60, allDay: false, zone: 'UTC' }, 'end must not be before start'],
  [
    'a leap year',
    { start: 0, end: 366 * 86_400, allDay: false, zone: 'UTC' },
    ['1970-01-01T00:00:00+00:00', '1971-01-02T00:00:00+00:00'],
  ],
  [
    'a second more',
    { start: 0, end: 366 * 86_400 + 1, allDay: false, zone: 'UTC' },
    'An event must not be longer than a year',
  ],
];

for (const [what, asked, expected] of cases) test(what, () => assert.deepEqual(shown(asked), expected));
