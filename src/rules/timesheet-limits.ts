import { DomainError } from '../lib/errors.ts';
import { DAY_SECONDS } from '../lib/time.ts';
import type { SheetTimes } from './ranges.ts';

/** Seconds that one regular timesheet may last at most: 7 days. */
export const LONGEST_SHEET = 7 * DAY_SECONDS;

/** Seconds that a regular timesheet may start ahead of now: 24 hours. */
export const FURTHEST_AHEAD = DAY_SECONDS;

/**
 * A regular timesheet may not end before it starts, last longer than 7 days or start more than 24 hours ahead of `now`.
 * Zero length is allowed. An open one is only held to its start: one that was forgotten can still be noted on and closed.
 */
export function checkRegularLimits(sheet: SheetTimes, now: number): DomainError | undefined {
  if (sheet.start > now + FURTHEST_AHEAD) {
    return new DomainError('invalid', 'The start may not be more than 24 hours ahead.', { field: 'start' });
  }
  if (sheet.end === null) return undefined;
  if (sheet.end < sheet.start) {
    return new DomainError('invalid', 'The end may not be before the start.', { field: 'end' });
  }
  if (sheet.end - sheet.start > LONGEST_SHEET) {
    return new DomainError('invalid', 'A timesheet may not be longer than 7 days.', { field: 'end' });
  }
  return undefined;
}

/**
 * A manual timesheet has a duration of 0 to 86400 whole seconds, and a day of the years 1970 to 2199: it may lie ahead,
 * since approved time off is entered ahead. `day` is a valid 'YYYY-MM-DD'.
 */
export function checkManualLimits(sheet: { day: string; duration: number }): DomainError | undefined {
  if (sheet.day < '1970-01-01' || sheet.day > '2199-12-31') {
    return new DomainError('invalid', 'The date must be of the years 1970 to 2199.', { field: 'date' });
  }
  if (!Number.isInteger(sheet.duration) || sheet.duration < 0 || sheet.duration > DAY_SECONDS) {
    return new DomainError('invalid', 'The duration must be a whole number of seconds from 0 to 86400.', {
      field: 'duration',
    });
  }
  return undefined;
}

/**
 * What is kept of a manual duration: seconds → hours rounded half up to two decimals → seconds (10000 → 2.78 h → 10008).
 * A hundredth of an hour is 36 seconds, so integers do it exactly.
 */
export function keptManualDuration(seconds: number): number {
  return Math.floor((seconds + 18) / 36) * 36;
}
