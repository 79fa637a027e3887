/**
 * Instants as whole seconds since 1970-01-01T00:00:00Z, and their texts. What a page of rows needs (`epochOfPg`, `isoUtc`,
 * `isoLocal`) is integer and slice arithmetic only: it runs hundreds of times per request.
 */
import { DAY_SECONDS, dayOfEpochDays, daysFromCivil, isCivil, twoDigits } from './days.ts';
import { type Ambiguity, localToEpoch } from './zones.ts';

const [ZERO, DASH, PLUS] = [48, 45, 43];

function two(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * ZERO;
}

/**
 * A `timestamptz` cell as PostgreSQL prints it in a UTC session ('2018-07-16 15:04:00.5+00') in epoch seconds, fractions
 * cut downwards. Throws a RangeError on anything else ('infinity', BC, another session zone): a bug, not an input.
 */
export function epochOfPg(text: string): number {
  const tail = text.length - 3;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(tail) !== PLUS || two(text, tail + 1) !== 0) {
    throw new RangeError(`not a UTC timestamptz: ${text}`);
  }
  const days = daysFromCivil(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8));
  return days * DAY_SECONDS + two(text, 11) * 3600 + two(text, 14) * 60 + two(text, 17);
}

/** The same cell as '2018-07-16T15:04:00+00:00', fractions cut. The text is taken as valid. */
export function isoUtc(pgText: string): string {
  return `${pgText.slice(0, 10)}T${pgText.slice(11, 19)}+00:00`;
}

function clock(epochSeconds: number, separator: string): string {
  const days = Math.floor(epochSeconds / DAY_SECONDS);
  const rest = epochSeconds - days * DAY_SECONDS;
  const hours = Math.floor(rest / 3600);
  const minutes = Math.floor(rest / 60) % 60;
  return `${dayOfEpochDays(days)}${separator}${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(rest % 60)}`;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

const LARGEST_OFFSET = 14 * 60;
const OFFSETS = Array.from({ length: 2 * LARGEST_OFFSET + 1 }, (_, index) => offsetText(index - LARGEST_OFFSET));

/** An instant in local time at a given UTC offset in minutes: '2018-07-16T09:04:00-06:00'. */
export function isoLocal(epochSeconds: number, offsetMinutes: number): string {
  return (
    clock(epochSeconds + offsetMinutes * 60, 'T') +
    (OFFSETS[offsetMinutes + LARGEST_OFFSET] ?? offsetText(offsetMinutes))
  );
}

/** Epoch seconds as the text of a `timestamptz` parameter: '2018-07-16 15:04:00+00'. The reverse of `epochOfPg`. */
export function pgOfEpoch(epochSeconds: number): string {
  return `${clock(epochSeconds, ' ')}+00`;
}

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:([Zz])|([-+ ])(\d\d)(?::?(\d\d))?)?$/;
const LONGEST = 40;

/**
 * A date-time as a client writes it, in epoch seconds: ISO 8601 with an offset ('Z', '+00:00', '-0600', '+05', or a blank
 * where an unescaped '+' was), 'T' or a blank between date and time, seconds optional, fractions cut. Without an offset it
 * is local time in `zone`, and undefined when no zone is given. Undefined too for anything that is not a date-time, not in
 * the calendar, or outside the years 1970 to 2199 (as written). `zone` must be valid (`isZone`).
 */
export function parseInstant(text: string, zone?: string, ambiguous?: Ambiguity): number | undefined {
  if (text.length > LONGEST) return undefined;
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute] = [1, 2, 3, 4, 5].map((group) => Number(match[group]));
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined) {
    return undefined;
  }
  const second = Number(match[6] ?? 0);
  if (year < 1970 || year > 2199 || !isCivil(year, month, day)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const asUtc = daysFromCivil(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
  if (match[7] !== undefined) return asUtc;
  if (match[8] === undefined) {
    return zone === undefined ? undefined : localToEpoch(zone, clock(asUtc, 'T'), ambiguous && { ambiguous });
  }
  const offsetMinutes = Number(match[10] ?? 0);
  const offset = Number(match[9]) * 3600 + offsetMinutes * 60;
  if (offsetMinutes > 59 || offset > LARGEST_OFFSET * 60) return undefined;
  return match[8] === '-' ? asUtc + offset : asUtc - offset;
}
