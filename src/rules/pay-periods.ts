import { addDays, dayOfEpochDays, daysBetween, daysFromCivil, parseDay } from '../lib/time.ts';

/** When pay periods end: every so many days, counted from one end; or on days of the month, one or two, in ascending order. */
export type PaySchedule =
  | { readonly every: number; readonly anchor: string }
  | { readonly monthDays: readonly [number] | readonly [number, number] };

/** Its first and its last day, 'YYYY-MM-DD'. */
export interface PayPeriod {
  readonly start: string;
  readonly end: string;
}

/** Something that knows the settings of one user. */
export interface SettingsLike {
  get(section: string, key: string): unknown;
}

const lengths: Readonly<Record<string, number>> = { weekly: 7, biweekly: 14, four_weekly: 28 };

/**
 * The schedule that the settings describe; their values are taken as accepted. A month that lacks an end day ends a period
 * on its last day. Reference: 07-effective-settings.md, general.payroll_*.
 */
export function payScheduleOf(settings: SettingsLike): PaySchedule {
  const setting = (key: string): unknown => settings.get('general', key);
  const type = String(setting('payroll_type'));
  if (type === 'monthly') return { monthDays: [Number(setting('payroll_month_end_day'))] };
  if (type === 'semimonthly') {
    const [first, last] = [Number(setting('payroll_first_end_day')), Number(setting('payroll_last_end_day'))];
    return { monthDays: first < last ? [first, last] : first > last ? [last, first] : [first] };
  }
  const anchor = String(setting('payroll_end_date'));
  return { every: lengths[type] ?? Number(setting('payroll_custom_days')), anchor: parseDay(anchor) ?? anchor };
}

/** The period that a day belongs to. */
export function periodOf(schedule: PaySchedule, day: string): PayPeriod {
  if ('every' in schedule) {
    const { every, anchor } = schedule;
    const end = addDays(anchor, Math.ceil(daysBetween(anchor, day) / every) * every);
    return { start: addDays(end, 1 - every), end };
  }
  return { start: addDays(lastEndBefore(schedule.monthDays, day), 1), end: firstEndFrom(schedule.monthDays, day) };
}

/** The period `n` after that of a day; before it when negative, that one for 0. */
export function nthPeriod(schedule: PaySchedule, day: string, n: number): PayPeriod {
  if ('every' in schedule) return periodOf(schedule, addDays(day, n * schedule.every));
  let period = periodOf(schedule, day);
  for (let step = 0; step < n; step += 1) period = periodOf(schedule, addDays(period.end, 1));
  for (let step = 0; step > n; step -= 1) period = periodOf(schedule, addDays(period.start, -1));
  return period;
}

/** The periods that have a day from one day to another, both included. */
export function periodsBetween(schedule: PaySchedule, from: string, to: string): PayPeriod[] {
  const periods: PayPeriod[] = [];
  for (let day = from; day <= to; ) {
    const period = periodOf(schedule, day);
    periods.push(period);
    day = addDays(period.end, 1);
  }
  return periods;
}

/** The ends of periods in the month that lies `months` after that of a day, ascending. */
function endsOfMonth(monthDays: readonly number[], day: string, months: number): string[] {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [first, next] = [firstOfMonth(index), firstOfMonth(index + 1)];
  // Two end days fall on one where the month is too short for both.
  return [...new Set(monthDays.map((end) => dayOfEpochDays(first + Math.min(end, next - first) - 1)))];
}

/** Days from 1970-01-01 to the first of a month, which is counted from the year 0. */
function firstOfMonth(index: number): number {
  return daysFromCivil(Math.floor(index / 12), (index % 12) + 1, 1);
}

function firstEndFrom(monthDays: readonly number[], day: string): string {
  const ends = [0, 1].flatMap((months) => endsOfMonth(monthDays, day, months));
  return ends.find((end) => end >= day) ?? day;
}

function lastEndBefore(monthDays: readonly number[], day: string): string {
  const ends = [-1, 0].flatMap((months) => endsOfMonth(monthDays, day, months));
  return ends.findLast((end) => end < day) ?? day;
}
