import { DAY_SECONDS, dayBounds, later, localDay } from '../../lib/time.ts';

/** A length of time as clients write it: a sum of amounts, each of which may be negative. */
export interface Duration {
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const amount = /\s*([+-]?\d{1,6})\s*(minute|min|hour|day|week|month)s?(?![a-z])/iy;
/** Far beyond any search, and near enough for the calendar. */
const most = 1_200;

/** '1 hour', '30 mins', '3 days 2 weeks', '-1 hour'. Undefined for anything else. */
export function durationOf(text: string): Duration | undefined {
  let [months, days, seconds] = [0, 0, 0];
  const clean = text.trim();
  if (clean === '' || clean.length > 100) return undefined;
  amount.lastIndex = 0;
  for (let end = 0; end < clean.length; end = amount.lastIndex) {
    const [, number, unit = ''] = amount.exec(clean) ?? [];
    if (number === undefined) return undefined;
    const n = Number(number);
    const name = unit.toLowerCase();
    if (name === 'month') months += n;
    else if (name === 'week') days += n * 7;
    else if (name === 'day') days += n;
    else seconds += n * (name === 'hour' ? 3600 : 60);
  }
  return { months: Math.max(-most, Math.min(most, months)), days, seconds };
}

/** A duration in seconds, where there is no calendar to count on: a day has 24 hours, a month 30 days. */
export function secondsOf({ months, days, seconds }: Duration): number {
  return (months * 30 + days) * DAY_SECONDS + seconds;
}

/**
 * The moment that a relative expression means: 'now', 'tomorrow' (the next midnight) or a duration from now on, by the clock
 * and calendar of a zone. Undefined when it is none.
 */
export function relativeMoment(text: string, now: number, zone: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'now') return now;
  if (word === 'tomorrow') return dayBounds(zone, localDay(zone, now))[1];
  const duration = durationOf(text);
  return duration === undefined ? undefined : later(zone, now, duration);
}
