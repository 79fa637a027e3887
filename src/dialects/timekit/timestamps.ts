import { DAY_SECONDS, epochDays, isoLocal, localDay, localToEpoch, offsetMinutes, twoDigits } from '../../lib/time.ts';

/**
 * Timestamps in a format of PHP's date(), which Timekit's clients name in the headers Timekit-OutputTimestampFormat and
 * Timekit-InputTimestampFormat. Reference: (a) Authentication.
 */

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November'],
  'December',
];
/** Characters of a format: it is gone through for every moment of an answer. */
export const longestFormat = 100;

interface Parts {
  readonly epoch: number;
  readonly zone: string;
  /** Local: 'YYYY-MM-DDTHH:MM:SS±hh:mm'. */
  readonly iso: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
}

type Writer = (parts: Parts) => string;

const thursdayOf = ({ iso, weekday }: Parts): number => epochDays(iso.slice(0, 10)) - ((weekday + 6) % 7) + 3;
const yearOfDay = (epochDay: number): number => new Date(epochDay * DAY_SECONDS * 1_000).getUTCFullYear();
const weekOf = (parts: Parts): number => {
  const thursday = thursdayOf(parts);
  return Math.floor((thursday - epochDays(`${yearOfDay(thursday)}-01-01`)) / 7) + 1;
};
const ordinal = (day: number): string =>
  day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const offsetOf = ({ epoch, zone }: Parts): number => offsetMinutes(zone, epoch);
const namers = new Map<string, Intl.DateTimeFormat>();
/** Made once for a zone: that takes longer than all the rest. */
function namerOf(zone: string): Intl.DateTimeFormat {
  const namer = namers.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' });
  namers.set(zone, namer);
  return namer;
}
const shortZone = ({ epoch, zone, iso }: Parts): string => {
  const named = namerOf(zone).formatToParts(epoch * 1_000);
  const name = named.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /^[A-Z]{2,5}$/.test(name) ? name : iso.slice(-6);
};
const savesDaylight = ({ epoch, zone, year }: Parts): boolean => {
  const offsets = [0, 6].map((month) => offsetMinutes(zone, Date.UTC(year, month, 1) / 1_000));
  return offsetMinutes(zone, epoch) > Math.min(...offsets);
};

const writers: Readonly<Record<string, Writer>> = {
  d: ({ day }) => twoDigits(day),
  D: ({ weekday }) => (days[weekday] ?? '').slice(0, 3),
  j: ({ day }) => String(day),
  l: ({ weekday }) => days[weekday] ?? '',
  N: ({ weekday }) => String(weekday === 0 ? 7 : weekday),
  S: ({ day }) => ordinal(day),
  w: ({ weekday }) => String(weekday),
  z: ({ iso, year }) => String(epochDays(iso.slice(0, 10)) - epochDays(`${year}-01-01`)),
  W: (parts) => twoDigits(weekOf(parts)),
  F: ({ month }) => months[month - 1] ?? '',
  m: ({ month }) => twoDigits(month),
  M: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
  n: ({ month }) => String(month),
  t: ({ year, month }) => String(Temporal.PlainYearMonth.from({ year, month }).daysInMonth),
  L: ({ year }) => (isLeap(year) ? '1' : '0'),
  o: (parts) => String(yearOfDay(thursdayOf(parts))),
  Y: ({ year }) => String(year),
  y: ({ year }) => twoDigits(year % 100),
  a: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
  A: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  B: ({ epoch }) => {
    const seconds = (((epoch + 3_600) % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
    return String(Math.floor(seconds / 86.4)).padStart(3, '0');
  },
  g: ({ hour }) => String(hour % 12 === 0 ? 12 : hour % 12),
  h: ({ hour }) => twoDigits(hour % 12 === 0 ? 12 : hour % 12),
  G: ({ hour }) => String(hour),
  H: ({ hour }) => twoDigits(hour),
  i: ({ iso }) => iso.slice(14, 16),
  s: ({ iso }) => iso.slice(17, 19),
  u: () => '000000',
  v: () => '000',
  e: ({ zone }) => zone,
  I: (parts) => (savesDaylight(parts) ? '1' : '0'),
  O: ({ iso }) => iso.slice(-6).replace(':', ''),
  P: ({ iso }) => iso.slice(-6),
  p: ({ iso }) => (iso.endsWith('+00:00') ? 'Z' : iso.slice(-6)),
  T: shortZone,
  Z: (parts) => String(offsetOf(parts) * 60),
  c: ({ iso }) => iso,
  r: (parts) => written(parts, 'D, d M Y H:i:s O'),
  U: ({ epoch }) => String(epoch),
};

function written(parts: Parts, format: string): string {
  return format.replace(/\\(.?)|([A-Za-z])/gs, (_all, escaped: string | undefined, letter = '') =>
    escaped === undefined ? (writers[letter]?.(parts) ?? letter) : escaped,
  );
}

/** A moment in RFC 3339, with the offset of the zone: never `Z`. */
export function iso(epochSeconds: number, zone: string): string {
  return isoLocal(epochSeconds, offsetMinutes(zone, epochSeconds));
}

/** A moment in a format of PHP's date(), in a zone. */
export function writeFormatted(epochSeconds: number, zone: string, format: string): string {
  const text = iso(epochSeconds, zone);
  const day = localDay(zone, epochSeconds);
  const parts = {
    epoch: epochSeconds,
    zone,
    iso: text,
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
    weekday: (((epochDays(day) + 4) % 7) + 7) % 7,
    hour: Number(text.slice(11, 13)),
  };
  return written(parts, format);
}

const names = (all: readonly string[]): string =>
  `(?:${all.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`;
const [weekday, month] = [names(days), names(months)];
const offset = '(?:Z|[-+]\\d\\d:?\\d\\d)';

/** What a letter takes, and the name of the part that it gives; none for what is only skipped. */
const readers: Readonly<Record<string, readonly [pattern: string, part?: string]>> = {
  d: ['\\d{1,2}', 'day'],
  j: ['\\d{1,2}', 'day'],
  D: [weekday],
  l: [weekday],
  S: ['(?:st|nd|rd|th)'],
  m: ['\\d{1,2}', 'month'],
  n: ['\\d{1,2}', 'month'],
  M: [month, 'monthName'],
  F: [month, 'monthName'],
  Y: ['\\d{4}', 'year'],
  y: ['\\d{2}', 'shortYear'],
  a: ['[ap]m', 'half'],
  A: ['[ap]m', 'half'],
  g: ['\\d{1,2}', 'hour'],
  h: ['\\d{1,2}', 'hour'],
  G: ['\\d{1,2}', 'hour'],
  H: ['\\d{1,2}', 'hour'],
  i: ['\\d{2}', 'minute'],
  s: ['\\d{2}', 'second'],
  u: ['\\d{1,6}'],
  v: ['\\d{3}'],
  O: [offset, 'offset'],
  P: [offset, 'offset'],
  p: [offset, 'offset'],
  U: ['\\d{1,10}', 'epoch'],
};

/**
 * What a format of dates takes, as a pattern with named groups; undefined for letters that can not be read back, or that come
 * twice, which could make the pattern slow.
 */
function patternOf(format: string): RegExp | undefined {
  if (format.length > longestFormat) return undefined;
  const expanded = format.replace(/(?<!\\)c/g, 'Y-m-d\\TH:i:sP');
  const seen = new Set<string>();
  let pattern = '';
  for (const [, escaped, letter] of expanded.matchAll(/\\(.?)|(.)/gs)) {
    const literal = escaped ?? letter ?? '';
    const [taken, part] = escaped === undefined && Object.hasOwn(readers, literal) ? (readers[literal] ?? []) : [];
    if (taken === undefined) {
      if (escaped === undefined && /[A-Za-z]/.test(literal)) return undefined;
      pattern += literal.replace(/[^\w\s]/g, '\\$&').replace(/\s/, '\\s');
      continue;
    }
    const name = part ?? literal;
    if (seen.has(name)) return undefined;
    seen.add(name);
    pattern += part === undefined ? taken : `(?<${part}>${taken})`;
  }
  return new RegExp(`^${pattern}$`, 'i');
}

/** The moment of a text in such a format, read in a zone where the text has no offset; undefined when it is not of the format. */
export function readFormatted(text: string, zone: string, format: string): number | undefined {
  const parts = patternOf(format)?.exec(text.trim())?.groups;
  if (parts === undefined) return undefined;
  if (parts.epoch !== undefined) return Number(parts.epoch);
  const year = parts.year ?? (parts.shortYear === undefined ? '1970' : `20${parts.shortYear}`);
  const named = parts.monthName?.slice(0, 3).toLowerCase();
  const number =
    named === undefined
      ? Number(parts.month ?? 1)
      : 1 + months.findIndex((name) => name.slice(0, 3).toLowerCase() === named);
  const given = Number(parts.hour ?? 0);
  const hour = parts.half === undefined ? given : (given % 12) + (parts.half.toLowerCase() === 'pm' ? 12 : 0);
  if (number > 99 || hour > 23 || Number(year) < 1970) return undefined;
  const date = `${year}-${twoDigits(number)}-${twoDigits(Number(parts.day ?? 1))}`;
  const local = `${date}T${twoDigits(hour)}:${parts.minute ?? '00'}:${parts.second ?? '00'}`;
  if (parts.offset === undefined) return localToEpoch(zone, local);
  const utc = localToEpoch('UTC', local);
  return utc === undefined ? undefined : utc - offsetSeconds(parts.offset);
}

function offsetSeconds(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [text.slice(1, 3), text.slice(-2)];
  return (text.startsWith('-') ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60);
}
