import { DAY_SECONDS, epochDays, isoLocal, localDay, offsetMinutes, twoDigits } from '../../lib/time.ts';

/**
 * Timestamps in a format of PHP's date(), which Timekit's clients name in the headers Timekit-OutputTimestampFormat and
 * Timekit-InputTimestampFormat. Reference: (a) Authentication.
 */

export const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const months = [
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
