/** IANA zones: offsets, calendar days and local times. Everything but the two checks throws a RangeError on a bad zone. */
import { DAY_SECONDS, dayOfEpochDays } from './days.ts';

/** Which of its two instants a local time means that comes twice (when clocks go back). */
export type Ambiguity = 'earlier' | 'later';

// Keeps out offsets ('+05:00') and whole date-times ('2018-07-16T00:00Z[Asia/Tokyo]'), which Temporal would take.
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/;

function zoned(zone: string, epochSeconds: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toZonedDateTimeISO(zone);
}

/** The zone's name in its proper case ('america/denver' → 'America/Denver'; links stay links), undefined when unknown. */
export function zoneName(name: string): string | undefined {
  if (!ZONE_NAME.test(name)) return undefined;
  try {
    return zoned(name, 0).timeZoneId;
  } catch {
    return undefined;
  }
}

/** Whether `name` is an IANA zone or link, in any case; offsets such as '+05:00' are not. */
export function isZone(name: string): boolean {
  return zoneName(name) !== undefined;
}

/** A stretch of time, half-open, in which a zone keeps one offset: `seconds` east of UTC. */
export type OffsetPeriod = { readonly from: number; readonly to: number; readonly seconds: number };

const periodsOf = new Map<string, OffsetPeriod[]>();
const MOST_ZONES = 1000;

function readPeriod(zone: string, epochSeconds: number): OffsetPeriod {
  const at = zoned(zone, epochSeconds);
  // 'previous' looks strictly before, so it is asked from one second later.
  const from = zoned(zone, epochSeconds + 1).getTimeZoneTransition('previous');
  const to = at.getTimeZoneTransition('next');
  return {
    from: from === null ? -Infinity : from.epochMilliseconds / 1000,
    to: to === null ? Infinity : to.epochMilliseconds / 1000,
    seconds: at.offsetNanoseconds / 1e9,
  };
}

function periodAt(zone: string, epochSeconds: number): OffsetPeriod {
  const known = periodsOf.get(zone);
  if (known !== undefined) {
    for (const period of known) if (epochSeconds >= period.from && epochSeconds < period.to) return period;
  }
  const period = readPeriod(zone, epochSeconds);
  if (known !== undefined) {
    // Newest first: today's period is the one that is asked for again and again.
    known.unshift(period);
  } else {
    if (periodsOf.size >= MOST_ZONES) periodsOf.clear();
    periodsOf.set(zone, [period]);
  }
  return period;
}

function offsetSeconds(zone: string, epochSeconds: number): number {
  return periodAt(zone, epochSeconds).seconds;
}

/** The offsets that a zone keeps in [from, to), cut to it, in order; none where it is empty. */
export function offsetPeriods(zone: string, from: number, to: number): OffsetPeriod[] {
  const periods: OffsetPeriod[] = [];
  for (let at = from; at < to; ) {
    const period = periodAt(zone, at);
    const end = Math.min(period.to, to);
    periods.push({ from: at, to: end, seconds: period.seconds });
    at = end;
  }
  return periods;
}

/**
 * The instant that is so much later (earlier when negative) by the clock and calendar of a zone: days keep the time of day,
 * months the day of the month where it exists, and seconds are counted last.
 */
export function later(
  zone: string,
  epochSeconds: number,
  { months = 0, days = 0, seconds = 0 }: { months?: number; days?: number; seconds?: number },
): number {
  return zoned(zone, epochSeconds).add({ months, days, seconds }).epochMilliseconds / 1000;
}

/**
 * The UTC offset of a zone at an instant, in minutes east. Cheap when asked again within the same daylight-saving period.
 * (Liberia's 44 minutes 30 seconds, until 1972, are rounded.)
 */
export function offsetMinutes(zone: string, epochSeconds: number): number {
  return Math.round(offsetSeconds(zone, epochSeconds) / 60);
}

/** The calendar day ('YYYY-MM-DD') that an instant belongs to in a zone. */
export function localDay(zone: string, epochSeconds: number): string {
  return dayOfEpochDays(Math.floor((epochSeconds + offsetSeconds(zone, epochSeconds)) / DAY_SECONDS));
}

const LOCAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::[0-5]\d)?$/;

/**
 * A local time ('2018-07-16T09:04' or with seconds) of a zone in epoch seconds. A time that the clocks skipped moves
 * forward by the size of the gap; one that comes twice means the earlier instant unless `ambiguous` says 'later'.
 * Undefined when the text is not such a time.
 */
export function localToEpoch(
  zone: string,
  localText: string,
  { ambiguous = 'earlier' }: { ambiguous?: Ambiguity } = {},
): number | undefined {
  if (!LOCAL.test(localText)) return undefined;
  let local: Temporal.PlainDateTime;
  try {
    local = Temporal.PlainDateTime.from(localText);
  } catch {
    return undefined;
  }
  const disambiguation = ambiguous === 'later' ? 'later' : 'compatible';
  return local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds / 1000;
}

/**
 * The first second of a day in a zone and the first after it, half-open, in epoch seconds: 23, 24 or 25 hours apart, starting
 * later than midnight where midnight was skipped, and empty for a day that the zone left out (Samoa, 2011-12-30).
 * Throws a RangeError on an invalid day.
 */
export function dayBounds(zone: string, day: string): [start: number, end: number] {
  const date = Temporal.PlainDate.from(day);
  const start = date.toZonedDateTime(zone).epochMilliseconds / 1000;
  return [start, date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds / 1000];
}
