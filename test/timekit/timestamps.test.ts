import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFormatted } from '../../src/dialects/timekit/read-timestamps.ts';
import { writeFormatted } from '../../src/dialects/timekit/timestamps.ts';

// Each letter as PHP 8's date() writes it, at 2026-03-01T13:05:09+05:45 (a Sunday) and 2024-12-31T00:00:00+01:00 (a Tuesday).
const written: [letter: string, here: string, there: string][] = [
  ['d', '01', '31'],
  ['D', 'Sun', 'Tue'],
  ['j', '1', '31'],
  ['l', 'Sunday', 'Tuesday'],
  ['N', '7', '2'],
  ['S', 'st', 'st'],
  ['w', '0', '2'],
  ['z', '59', '365'],
  ['W', '09', '01'],
  ['F', 'March', 'December'],
  ['m', '03', '12'],
  ['M', 'Mar', 'Dec'],
  ['n', '3', '12'],
  ['t', '31', '31'],
  ['L', '0', '1'],
  ['o', '2026', '2025'],
  ['Y', '2026', '2024'],
  ['y', '26', '24'],
  ['a', 'pm', 'am'],
  ['A', 'PM', 'AM'],
  ['B', '347', '000'],
  ['g', '1', '12'],
  ['h', '01', '12'],
  ['G', '13', '0'],
  ['H', '13', '00'],
  ['i', '05', '00'],
  ['s', '09', '00'],
  ['u', '000000', '000000'],
  ['v', '000', '000'],
  ['e', 'Asia/Kathmandu', 'Europe/Oslo'],
  ['I', '0', '0'],
  ['O', '+0545', '+0100'],
  ['P', '+05:45', '+01:00'],
  ['p', '+05:45', '+01:00'],
  ['Z', '20700', '3600'],
  ['c', '2026-03-01T13:05:09+05:45', '2024-12-31T00:00:00+01:00'],
  ['r', 'Sun, 01 Mar 2026 13:05:09 +0545', 'Tue, 31 Dec 2024 00:00:00 +0100'],
  ['U', '1772349609', '1735599600'],
  ['\\Y\\\\Y', 'Y\\2026', 'Y\\2024'],
  ['q', 'q', 'q'],
];

for (const [format, here, there] of written) {
  test(`writes ${format}`, () => {
    assert.equal(writeFormatted(1_772_349_609, 'Asia/Kathmandu', format), here);
    assert.equal(writeFormatted(1_735_599_600, 'Europe/Oslo', format), there);
  });
}

test('daylight saving time is told', () => {
  assert.equal(writeFormatted(Date.UTC(2026, 6, 1) / 1_000, 'Europe/Oslo', 'I T'), '1 +02:00');
  assert.equal(writeFormatted(Date.UTC(2026, 0, 1) / 1_000, 'America/Los_Angeles', 'I T'), '0 PST');
  assert.equal(writeFormatted(0, 'UTC', 'p T'), 'Z UTC');
});

const read: [text: string, format: string, iso: string | undefined][] = [
  ['2026-12-07 09:00am', 'Y-m-d h:ia', '2026-12-07T08:00:00Z'],
  ['2026-12-07 12:30am', 'Y-m-d h:ia', '2026-12-06T23:30:00Z'],
  ['2026-12-07 12:30PM', 'Y-m-d h:iA', '2026-12-07T11:30:00Z'],
  ['7. December 2026 9:05', 'j. F Y G:i', '2026-12-07T08:05:00Z'],
  ['Mon, 7th Dec 26', 'D, jS M y', '2026-12-06T23:00:00Z'],
  ['2026-12-07T09:00:00-08:00', 'c', '2026-12-07T17:00:00Z'],
  ['2026-12-07T09:00:00Z', 'Y-m-d\\TH:i:sP', '2026-12-07T09:00:00Z'],
  ['1796634000', 'U', '2026-12-07T09:00:00Z'],
  ['2026-13-07', 'Y-m-d', undefined],
  ['2026-02-30', 'Y-m-d', undefined],
  ['2026-12-07 25:00', 'Y-m-d H:i', undefined],
  ['tomorrow', 'Y-m-d', undefined],
  ['2026-12-07', 'Y-m-d W', undefined],
  ['2026-12-07', '(Y-m-d', undefined],
  [`${'1'.repeat(60)}x`, 'd'.repeat(60), undefined],
];

for (const [text, format, iso] of read) {
  test(`reads '${text}' as ${format}`, () => {
    const moment = readFormatted(text, 'Europe/Oslo', format);
    assert.equal(moment, iso === undefined ? undefined : Date.parse(iso) / 1_000);
  });
}
