import { DAY_SECONDS } from '../lib/time.ts';
import type { Rounding, RoundingMode } from './pay/rule-set.ts';

/** Minutes east of UTC at the two punches of a timesheet. */
export interface PunchOffsets {
  readonly start: number;
  readonly end: number;
}

/**
 * A punch on the grid of `minutes` (1 to 30) that begins anew at every local midnight, in epoch seconds. 'nearest' sends the
 * half up; '7/8' cuts the seconds first, so that of 15 minutes 7:59 still goes down. Where the grid does not divide the
 * day, its last step ends at midnight.
 */
export function roundPunch(instant: number, offsetMinutes: number, mode: RoundingMode, minutes: number): number {
  if (mode === 'none') return instant;
  const local = instant + offsetMinutes * 60;
  const second = local - Math.floor(local / DAY_SECONDS) * DAY_SECONDS;
  const past = second % (minutes * 60);
  const step = Math.min(minutes * 60, DAY_SECONDS - second + past);
  const below = instant - past;
  switch (mode) {
    case 'down':
      return below;
    case 'up':
      return past === 0 ? instant : below + step;
    case 'nearest':
      return past * 2 < step ? below : below + step;
    case '7/8':
      return Math.floor(past / 60) * 120 < step ? below : below + step;
  }
}

/** Both punches rounded, the end never before the start; the end of an open timesheet stays null. */
export function roundTimes<End extends number | null>(
  times: { readonly start: number; readonly end: End },
  offsets: PunchOffsets,
  rounding: Rounding,
): { start: number; end: End | number } {
  const start = roundPunch(times.start, offsets.start, rounding.in, rounding.minutes);
  if (times.end === null) return { start, end: times.end };
  return { start, end: Math.max(start, roundPunch(times.end, offsets.end, rounding.out, rounding.minutes)) };
}
