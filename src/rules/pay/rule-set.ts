import { DAY_SECONDS, zoneName } from '../../lib/time.ts';
import { automaticBreakOf, choiceOf, objectOf, refuse, roundingOf, stepsOf } from './parts.ts';

/** The first day of a workweek. */
export type Weekday = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';

/** From `after` seconds on, time is paid at a multiple of the hourly rate, or with a fixed amount added per hour. */
export type Step =
  | { readonly after: number; readonly multiplier: number }
  | { readonly after: number; readonly fixed: number };

/** How a punch is rounded: '7/8' cuts the seconds and then rounds to the nearest, so that 7 minutes go down and 8 go up. */
export type RoundingMode = 'up' | 'down' | 'nearest' | '7/8' | 'none';

/** Rounding of punches to whole steps of `minutes` (1 to 30) of the local day, clock-ins and clock-outs each in their way. */
export interface Rounding {
  readonly minutes: number;
  readonly in: RoundingMode;
  readonly out: RoundingMode;
}

/** Unpaid time that is taken off a workday: what lies past `after` seconds of work, at most `deduct` seconds. */
export interface AutomaticBreak {
  readonly after: number;
  readonly deduct: number;
}

/**
 * How time becomes pay: one value, the same in packs, settings, requests and closed periods. Steps are in ascending order
 * of `after`; a list without steps is off.
 */
export interface RuleSet {
  /** Zone whose calendar decides workdays and weeks; null for the zone that each timesheet was recorded in. */
  readonly time_zone: string | null;
  readonly week_start: Weekday;
  /** Local time at which a workday begins, 'HH:MM'. */
  readonly workday_start: string;
  /** Whether a timesheet counts whole on the workday it starts in, or is split where the next one begins. */
  readonly overnight: 'start_date' | 'split';
  readonly weekly: readonly Step[];
  readonly daily: readonly Step[];
  /** Steps of the seventh workday of a workweek in which every day was worked. */
  readonly seventh_day: readonly Step[];
  /** Steps of one stretch of work, whatever days it touches. */
  readonly consecutive: readonly Step[];
  /** Whether paid time off counts towards the thresholds. */
  readonly pto_counts: boolean;
  /** Who gets no overtime besides those whose user says exempt: nobody, the salaried, or everyone. */
  readonly exempt: 'none' | 'salaried' | 'all';
  readonly automatic_break: AutomaticBreak | null;
  readonly rounding: Rounding | null;
}

/** Days of the week, in the order in which settings count them. */
export const weekdays: readonly Weekday[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
];

const parts: readonly (keyof RuleSet)[] = [
  'time_zone',
  'week_start',
  'workday_start',
  'overnight',
  'weekly',
  'daily',
  'seventh_day',
  'consecutive',
  'pto_counts',
  'exempt',
  'automatic_break',
  'rounding',
];

function timeZoneOf(value: unknown): string | null {
  if (value === null) return null;
  const name = typeof value === 'string' ? zoneName(value) : undefined;
  return name ?? refuse('time_zone', `time_zone must be the name of a time zone, such as America/Denver.`);
}

function weekStartOf(value: unknown): Weekday {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
  const named = weekdays.find((weekday, index) => text === weekday || text === String(index));
  return named ?? refuse('week_start', 'week_start must be a day of the week, or 0 for sunday to 6 for saturday.');
}

function workdayStartOf(value: unknown): string {
  if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
  return refuse('workday_start', 'workday_start must be a time of day such as 06:30.');
}

function switchOf(value: unknown, field: string): boolean {
  return typeof value === 'boolean' ? value : refuse(field, `${field} must be true or false.`);
}

/**
 * The rules that a value from outside stands for. Parts that are missing or null are off or have their default; steps may come
 * in any order. Throws 'invalid' with the part at fault for unknown parts, wrong values, and rules that contradict each
 * other.
 */
export function ruleSetOf(value: unknown): RuleSet {
  const given = objectOf(value, '', parts);
  return {
    time_zone: timeZoneOf(given.time_zone ?? null),
    week_start: weekStartOf(given.week_start ?? 'sunday'),
    workday_start: workdayStartOf(given.workday_start ?? '00:00'),
    overnight: choiceOf(given.overnight ?? 'start_date', 'overnight', ['start_date', 'split']),
    weekly: stepsOf(given.weekly, 'weekly', 7 * DAY_SECONDS),
    daily: stepsOf(given.daily, 'daily', DAY_SECONDS),
    seventh_day: stepsOf(given.seventh_day, 'seventh_day', DAY_SECONDS),
    consecutive: stepsOf(given.consecutive, 'consecutive', 7 * DAY_SECONDS),
    pto_counts: switchOf(given.pto_counts ?? false, 'pto_counts'),
    exempt: choiceOf(given.exempt ?? 'none', 'exempt', ['none', 'salaried', 'all']),
    automatic_break: automaticBreakOf(given.automatic_break, DAY_SECONDS),
    rounding: roundingOf(given.rounding),
  };
}
