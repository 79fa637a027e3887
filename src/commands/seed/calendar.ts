import { addDays, daysBetween, epochDays } from '../../lib/time.ts';
import { Chance } from './chance.ts';

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: string): number {
  return (((epochDays(day) + 4) % 7) + 7) % 7;
}

/** The last such weekday that is not after the day. */
export function weekdayBefore(day: string, weekday: number): string {
  return addDays(day, -((weekdayOf(day) - weekday + 7) % 7));
}

/** The nth such weekday of a month, counted from 1; 'MM'. */
function nth(year: string, month: string, weekday: number, n: number): string {
  return addDays(weekdayBefore(`${year}-${month}-07`, weekday), 7 * (n - 1));
}

/** The holiday of a day in the United States, undefined when it is none. */
export function holidayOn(day: string): string | undefined {
  const [year, date] = [day.slice(0, 4), day.slice(5)];
  if (date === '01-01') return "New Year's Day";
  if (date === '07-04') return 'Independence Day';
  if (date === '12-25') return 'Christmas Day';
  if (day === weekdayBefore(`${year}-05-31`, 1)) return 'Memorial Day';
  if (day === nth(year, '09', 1, 1)) return 'Labor Day';
  if (day === nth(year, '11', 4, 4)) return 'Thanksgiving Day';
  return undefined;
}

/**
 * Whether a person is on vacation: one week in summer, and some days in late winter, spring or early autumn. Never around
 * the weekends on which clocks change.
 */
export function onVacation(username: string, day: string): boolean {
  const year = day.slice(0, 4);
  const chance = new Chance(`vacation ${username} ${year}`);
  const summer = addDays(nth(year, '06', 1, 1), 7 * chance.between(0, 11));
  const short = addDays(nth(year, chance.pick(['01', '02', '04', '05', '09']), 1, 3), chance.between(0, 2));
  const within = (first: string, days: number): boolean => {
    const since = daysBetween(first, day);
    return since >= 0 && since < days;
  };
  return within(summer, 7) || within(short, chance.between(2, 3));
}

/** A Saturday on which a pay period of two weeks ended; the company's settings name it. */
export const payPeriodEnd = '2018-09-29';

/** The last day of the pay period that was over on a day at the latest. */
export function lastPayPeriodEnd(day: string): string {
  const since = daysBetween(payPeriodEnd, day);
  return addDays(payPeriodEnd, Math.floor(since / 14) * 14);
}
