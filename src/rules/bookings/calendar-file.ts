import { oneLine } from './letters.ts';

/** What a calendar is told of a booking (RFC 5545, RFC 5546). Moments in epoch seconds. */
export interface CalendarEntry {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly uid: string;
  /** How often the event changed before. */
  readonly sequence: number;
  readonly now: number;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly location: string;
  readonly organizer: { readonly name: string; readonly address: string };
  readonly attendee: string;
}

/** A calendar file with one event. All moments are in UTC, which needs no rules of a zone. */
export function calendarFile(entry: CalendarEntry): string {
  const { method, uid, sequence, now, start, end, organizer } = entry;
  const location = oneLine(entry.location);
  // In quotes, where nothing but the quote itself is special.
  const name = oneLine(organizer.name).replaceAll('"', "'");
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//OpenPunch//Bookings//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escaped(oneLine(entry.title))}`,
    ...(location === '' ? [] : [`LOCATION:${escaped(location)}`]),
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    `ORGANIZER${name === '' ? '' : `;CN="${name}"`}:${mailto(organizer.address)}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:${mailto(entry.attendee)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function stamp(epochSeconds: number): string {
  return `${new Date(epochSeconds * 1_000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&');
}

function mailto(address: string): string {
  return `mailto:${address.replace(/[%?#&]/g, encodeURIComponent)}`;
}

const longestLine = 75;

/** A line as long as it may be, in bytes, and the rest of it on lines that begin with a blank. */
function folded(line: string): string {
  let [text, bytes] = ['', 0];
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (bytes + more > longestLine) [text, bytes] = [`${text}\r\n `, 1];
    text += character;
    bytes += more;
  }
  return text;
}
