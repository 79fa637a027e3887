import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile } from './calendar-file.ts';
import { newsLetter, oneLine, reminderLetter, type Said, whenText } from './letters.ts';

const at = (text: string): number => Date.parse(text) / 1_000;
const said: Said = {
  what: 'Visit',
  location: 'Desk 1',
  start: at('2026-12-01T09:00:00Z'),
  end: at('2026-12-01T10:00:00Z'),
  zone: 'Europe/Oslo',
  clockOf24: true,
  others: 'Ida Bakke',
  company: 'Acme',
  contact: 'Desk, desk@example.com',
};

test('a time is told with its day, its zone and how far that is from UTC', () => {
  const cases: [zone: string, start: string, end: string, clockOf24: boolean, text: string][] = [
    [
      'Europe/Oslo',
      '2026-12-01T09:00Z',
      '2026-12-01T10:00Z',
      true,
      'Tuesday, December 1, 2026, 10:00 to 11:00 (Europe/Oslo, UTC+01:00)',
    ],
    [
      'America/Denver',
      '2026-12-01T21:00Z',
      '2026-12-01T22:30Z',
      false,
      'Tuesday, December 1, 2026, 2:00 PM to 3:30 PM (America/Denver, UTC-07:00)',
    ],
    [
      'Asia/Kathmandu',
      '2026-12-01T17:45Z',
      '2026-12-01T18:45Z',
      true,
      'Tuesday, December 1, 2026, 23:30 to Wednesday, December 2, 2026, 00:30 (Asia/Kathmandu, UTC+05:45)',
    ],
    ['UTC', '2026-12-01T00:00Z', '2026-12-01T12:00Z', true, 'Tuesday, December 1, 2026, 00:00 to 12:00 (UTC)'],
    ['UTC', '2026-12-01T00:00Z', '2026-12-01T12:00Z', false, 'Tuesday, December 1, 2026, 12:00 AM to 12:00 PM (UTC)'],
    [
      'Europe/Oslo',
      '2026-10-25T00:30Z',
      '2026-10-25T01:30Z',
      true,
      'Sunday, October 25, 2026, 02:30 to 02:30 (Europe/Oslo, UTC+02:00 to UTC+01:00)',
    ],
  ];
  for (const [zone, start, end, clockOf24, text] of cases)
    assert.equal(whenText({ zone, start: at(start), end: at(end), clockOf24 }), text);
});

test('a mail is short and says what, when, where, with whom and whom to ask', () => {
  assert.deepEqual(newsLetter('confirmed', said), {
    subject: 'Confirmed: Visit',
    text: `Your booking is confirmed.

What: Visit
When: Tuesday, December 1, 2026, 10:00 to 11:00 (Europe/Oslo, UTC+01:00)
Where: Desk 1
With: Ida Bakke
Contact: Desk, desk@example.com

Acme
`,
  });
  const bare = newsLetter('declined', { ...said, what: ' ', location: '', others: '', contact: '' });
  assert.equal(bare.subject, 'Declined: Booking');
  assert.match(bare.text, /^Your booking was declined\.\n\nWhat: Booking\nWhen: [^\n]+\n\nAcme\n$/);
  assert.equal(reminderLetter({ subject: '', before: true }, said).subject, 'Reminder: Visit');
  assert.equal(reminderLetter({ subject: '', before: false }, said).subject, 'Your booking: Visit');
  assert.equal(
    reminderLetter({ subject: 'Soon\r\nBcc: eve@example.com', before: true }, said).subject,
    'Soon Bcc: eve@example.com',
  );
});

test('what strangers write stays one short line', () => {
  assert.equal(oneLine(' a\r\nb\tc\u2028d\u202ee\0 '), 'a b c d e');
  assert.equal([...oneLine('\u{1f600}'.repeat(300), 100)].length, 100);
  const { subject, text } = newsLetter('changed', { ...said, what: 'x'.repeat(255) });
  assert.equal(subject.length, 'Changed: '.length + 100);
  assert.doesNotMatch(text, /x{100}/);
});

test('calendars get an event of the booking, in lines of at most 75 bytes', () => {
  const entry = {
    method: 'REQUEST',
    uid: '5b0c4f1e-7a52-4b0e-9d64-2f1c8c0a9e11',
    sequence: 0,
    now: at('2026-11-23T09:00:00Z'),
    start: said.start,
    end: said.end,
    title: 'Visit; tea, \\ cake\nBEGIN:VALARM',
    location: '\u00e5'.repeat(80),
    organizer: { name: 'The "Desk"', address: 'desk@example.com' },
    attendee: 'ola+100%@example.test',
  } as const;
  const file = calendarFile(entry);
  for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.doesNotMatch(file, /[^\r]\n/);
  assert.deepEqual(file.replaceAll('\r\n ', '').split('\r\n'), [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//OpenPunch//Bookings//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:5b0c4f1e-7a52-4b0e-9d64-2f1c8c0a9e11',
    'SEQUENCE:0',
    'DTSTAMP:20261123T090000Z',
    'DTSTART:20261201T090000Z',
    'DTEND:20261201T100000Z',
    'SUMMARY:Visit\\; tea\\, \\\\ cake BEGIN:VALARM',
    `LOCATION:${'\u00e5'.repeat(80)}`,
    'STATUS:CONFIRMED',
    'ORGANIZER;CN="The \'Desk\'":mailto:desk@example.com',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:ola+100%25@example.test',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
  const off = calendarFile({
    ...entry,
    method: 'CANCEL',
    sequence: 2,
    location: '',
    organizer: { name: '', address: 'a@b.c' },
  });
  assert.match(off, /METHOD:CANCEL\r\n/);
  assert.match(off, /STATUS:CANCELLED\r\nORGANIZER:mailto:a@b\.c\r\n/);
  assert.doesNotMatch(off, /LOCATION/);
});
