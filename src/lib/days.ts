/**
 * Calendar days as 'YYYY-MM-DD' texts (proleptic Gregorian, years 0001 to 9999, no zone), by integer arithmetic.
 * Texts of this form sort as days do.
 */

/** Seconds of a nominal day. A local day may have 23 or 25 hours: see `dayBounds`. */
export const DAY_SECONDS = 86_400;

const TWO: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/** `n` (0 to 99) in two digits, from a table. */
export function twoDigits(n: number): string {
  return TWO[n] ?? '';
}

/** Days from 1970-01-01 to a civil date, negative before. The date is not checked. */
export function daysFromCivil(year: number, month: number, day: number): number {
  // Years that start in March put the leap day last, so that months have a regular length.
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilText(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month > 2 ? 0 : 1);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return `${year > 999 ? year : String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

// A page of rows names the same few days hundreds of times.
const dayTexts = new Map<number, string>();
const MOST_DAYS = 4096;

/** The day ('YYYY-MM-DD') that lies `days` days after 1970-01-01; the reverse of `daysFromCivil`. */
export function dayOfEpochDays(days: number): string {
  const known = dayTexts.get(days);
  if (known !== undefined) return known;
  if (dayTexts.size >= MOST_DAYS) dayTexts.clear();
  const text = civilText(days);
  dayTexts.set(days, text);
  return text;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar has this date (years 1 to 9999). */
export function isCivil(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (MONTH_LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0);
}

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const US_DAY = /^(\d{2})-(\d{2})-(\d{4})$/;

/**
 * A day as a client writes it: 'YYYY-MM-DD', or 'MM-DD-YYYY' (the TSheets docs' own samples do), as 'YYYY-MM-DD'.
 * Undefined when it is neither or not in the calendar ('2018-02-30', '0000-00-00').
 */
export function parseDay(text: string): string | undefined {
  if (text.length !== 10) return undefined;
  const iso = ISO_DAY.exec(text);
  const us = iso === null ? US_DAY.exec(text) : null;
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : us ? [us[3], us[1], us[2]] : [];
  if (year === undefined || !isCivil(Number(year), Number(month), Number(day))) return undefined;
  return `${year}-${month}-${day}`;
}

const ISO_WEEK = /^(\d{4})-W(\d{2})$/;

/** The Monday of an ISO 8601 week such as '2018-W10'; undefined when it is none, or not of that year. */
export function mondayOf(week: string): string | undefined {
  const [, year, number] = ISO_WEEK.exec(week) ?? [];
  if (year === undefined || Number(year) < 1 || number === '00') return undefined;
  // Week 1 has the fourth of January; the fourth day of a week, Thursday, says to which year it belongs.
  const fourth = daysFromCivil(Number(year), 1, 4);
  const firstMonday = fourth - ((((fourth + 3) % 7) + 7) % 7);
  const monday = firstMonday + (Number(number) - 1) * 7;
  return dayOfEpochDays(monday + 3).startsWith(year) ? dayOfEpochDays(monday) : undefined;
}

/** Days from 1970-01-01 to `day` ('YYYY-MM-DD', taken as valid). */
export function epochDays(day: string): number {
  return daysFromCivil(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

/** The day `n` days after `day` (before it when negative). */
export function addDays(day: string, n: number): string {
  return dayOfEpochDays(epochDays(day) + n);
}

/** How many days `b` lies after `a`; negative when it lies before. */
export function daysBetween(a: string, b: string): number {
  return epochDays(b) - epochDays(a);
}

/** Negative when `a` is before `b`, 0 when they are the same day, positive when it is after. */
export function compareDays(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The later one of two days. */
export function laterDay(a: string, b: string): string {
  return compareDays(a, b) < 0 ? b : a;
}

/** The earlier one of two days. */
export function earlierDay(a: string, b: string): string {
  return compareDays(a, b) < 0 ? a : b;
}
