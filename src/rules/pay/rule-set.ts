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
