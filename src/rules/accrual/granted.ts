import { addDays, daysBetween, earlierDay, laterDay } from '../../lib/time.ts';
import type { Employment, Period } from './policy.ts';
import { entitledFrom, type Stretch } from './stretches.ts';
import { type AccrualYear, yearsIn } from './years.ts';

/** Time off that comes into being on a day. */
export interface Granted {
  readonly date: string;
  readonly seconds: number;
}

/** Work of a day, or of several days that end on it. */
export interface Worked {
  readonly date: string;
  readonly seconds: number;
}

/** Days of the longest pay period. */
const longestPeriod = 366;

/** The pay periods that end in a range of days, both included, in order. */
export type Periods = (from: string, to: string) => readonly Period[];

/**
 * The amount of a year on its first day. Who becomes entitled within a year gets the share of the days that are left of it,
 * on the first of them; a policy that begins within a year gives nothing before the next one.
 */
export function yearlyGrants(stretch: Stretch, employment: Employment): Granted[] {
  const { policy, from, first, last } = stretch;
  const grants: Granted[] = [];
  for (const { start, next } of yearsIn(policy, employment, first, last)) {
    if (start >= first) grants.push({ date: start, seconds: policy.amount });
    else if (first > from) grants.push({ date: first, seconds: shareOfDays(policy.amount, first, { start, next }) });
  }
  return grants;
}

function shareOfDays(amount: number, first: string, { start, next }: AccrualYear): number {
  return Math.floor((amount * daysBetween(first, next)) / daysBetween(start, next));
}

/**
 * The amount of a year in equal parts at the end of each pay period that ends in it: together they are the amount exactly,
 * however many there are. A period belongs to the policy of its last day. Who becomes entitled or leaves within one gets the
 * share of his days, at its end or as he leaves.
 */
export function periodGrants({ policy, first, last }: Stretch, employment: Employment, periods: Periods): Granted[] {
  const grants: Granted[] = [];
  const ready = entitledFrom(policy, employment);
  const { left } = employment;
  // The period that somebody leaves in may end in the next year.
  for (const { start, next } of yearsIn(policy, employment, first, addDays(last, longestPeriod))) {
    const ends = periods(start, addDays(next, -1));
    ends.forEach((period, index) => {
      const from = ready === null ? period.start : laterDay(period.start, ready);
      const to = left === null ? period.end : earlierDay(period.end, left);
      if (from > to || to < first || to > last) return;
      const length = daysBetween(period.start, period.end) + 1;
      // What is granted of the year before so many days of this period are over, so that parts add up to the whole.
      const before = (days: number): number =>
        Math.floor((policy.amount * (index * length + days)) / (ends.length * length));
      const seconds = before(daysBetween(period.start, to) + 1) - before(daysBetween(period.start, from));
      grants.push({ date: to, seconds });
    });
  }
  return grants;
}

/** An amount for so many seconds of work, however they are divided into days: what is left over counts on. */
export function workGrants({ policy, first, last }: Stretch, worked: readonly Worked[]): Granted[] {
  const grants: Granted[] = [];
  let rest = 0;
  for (const { date, seconds } of worked) {
    if (date < first || date > last) continue;
    rest += seconds * policy.amount;
    const whole = Math.floor(rest / policy.perWorked);
    rest -= whole * policy.perWorked;
    if (whole > 0) grants.push({ date, seconds: whole });
  }
  return grants;
}
