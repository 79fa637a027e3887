import { DAY_SECONDS, isoLocal, localToEpoch, type OffsetPeriod, offsetPeriods } from '../../lib/time.ts';
import type { Range } from '../ranges.ts';
import type { Constraint, Moment } from './constraints.ts';
import { common, stretchesOf, without } from './stretches.ts';

/**
 * The times in `search` that a list of constraints lets through, read in `zone`. Allowed days, days with hours and periods
 * add up, and so do allowed hours of every day; where there are both, both must hold. Blocks come off. Without constraints
 * all times are allowed. An hour is one by the clock on the wall: what comes twice is allowed twice.
 */
export function allowedTimes(constraints: readonly Constraint[], zone: string, search: Range): Range[] {
  const offsets = offsetPeriods(zone, search.start, search.end);
  const timesOf = (chosen: readonly Constraint[]): Range[] =>
    stretchesOf([
      ...weekly(chosen, offsets),
      ...chosen.flatMap((one) => (one.kind === 'period' ? [periodIn(one, zone, search)] : [])),
    ]);
  const allows = constraints.filter((one) => one.allows);
  const ofHours = allows.filter(({ kind }) => kind === 'hours');
  const ofDays = allows.filter(({ kind }) => kind !== 'hours');
  let allowed = stretchesOf([search]);
  for (const family of [ofHours, ofDays]) if (family.length > 0) allowed = common(allowed, timesOf(family));
  return without(allowed, timesOf(constraints.filter((one) => !one.allows)));
}

/** The times of weekly constraints in these stretches of one offset each. */
function weekly(constraints: readonly Constraint[], offsets: readonly OffsetPeriod[]): Range[] {
  const pattern = Array.from({ length: 7 }, (_, weekday) =>
    stretchesOf(constraints.flatMap((one) => (one.kind !== 'period' && one.days.includes(weekday) ? [one.hours] : []))),
  );
  if (pattern.every((hours) => hours.length === 0)) return [];
  const times: Range[] = [];
  for (const { from, to, seconds } of offsets) {
    const last = Math.floor((to - 1 + seconds) / DAY_SECONDS);
    for (let day = Math.floor((from + seconds) / DAY_SECONDS); day <= last; day += 1) {
      const midnight = day * DAY_SECONDS - seconds;
      // 1970-01-01 was a Thursday.
      for (const { start, end } of pattern[(((day + 3) % 7) + 7) % 7] ?? [])
        times.push({ start: Math.max(from, midnight + start), end: Math.min(to, midnight + end) });
    }
  }
  return times;
}

function periodIn(period: Extract<Constraint, { kind: 'period' }>, zone: string, search: Range): Range {
  return {
    start: Math.max(search.start, instantOf(period.start, zone)),
    end: Math.min(search.end, instantOf(period.end, zone)),
  };
}

function instantOf(moment: Moment, zone: string): number {
  if ('instant' in moment) return moment.instant;
  return localToEpoch(zone, isoLocal(moment.local, 0).slice(0, 19)) ?? moment.local;
}
