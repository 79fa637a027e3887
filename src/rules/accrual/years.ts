import { dayOfEpochDays, daysFromCivil, isCivil } from '../../lib/time.ts';
import type { AccrualPolicy, Employment } from './policy.ts';

/** A year of a policy: its first day, and the first day of the next one. */
export interface AccrualYear {
  readonly start: string;
  readonly next: string;
}

/** 'MM-DD' of the first day of a policy's years. Who was hired on an unknown day has the anniversaries of the policy. */
function anchorOf({ yearStart, startDate }: AccrualPolicy, { hired }: Employment): string {
  return yearStart === 'anniversary' ? (hired ?? startDate).slice(5) : yearStart;
}

/** The day of a year that has this month and day; in a common year 1 March for 29 February, when a full year is over. */
function dayIn(year: number, anchor: string): string {
  const [month, day] = [Number(anchor.slice(0, 2)), Number(anchor.slice(3))];
  return isCivil(year, month, day)
    ? dayOfEpochDays(daysFromCivil(year, month, day))
    : dayOfEpochDays(daysFromCivil(year, 3, 1));
}

/** The year of a policy that a day lies in. */
export function yearOf(policy: AccrualPolicy, employment: Employment, day: string): AccrualYear {
  const anchor = anchorOf(policy, employment);
  const year = Number(day.slice(0, 4));
  const start = dayIn(year, anchor);
  return day < start ? { start: dayIn(year - 1, anchor), next: start } : { start, next: dayIn(year + 1, anchor) };
}

/** The years of a policy that have a day in a range of days, both included. */
export function yearsIn(policy: AccrualPolicy, employment: Employment, from: string, to: string): AccrualYear[] {
  const years: AccrualYear[] = [];
  for (let day = from; day <= to; ) {
    const year = yearOf(policy, employment, day);
    years.push(year);
    day = year.next;
  }
  return years;
}
