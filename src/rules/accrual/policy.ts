/** How time off of a policy comes into being. */
export const accrualMethods = ['none', 'yearly', 'per_period', 'per_hour'] as const;
export type AccrualMethod = (typeof accrualMethods)[number];

/** How paid time off of one jobcode accrues. Amounts are whole seconds, days 'YYYY-MM-DD'. */
export interface AccrualPolicy {
  readonly id: number;
  readonly method: AccrualMethod;
  /** Of a year; for each `perWorked` seconds of work where the method is per_hour. */
  readonly amount: number;
  readonly perWorked: number;
  /** A balance that accrual never exceeds; null for none. */
  readonly cap: number | null;
  /** What is kept of the balance when a year begins; null for all of it. */
  readonly carryOver: number | null;
  /** When a year begins: 'MM-DD', or 'anniversary' of the day of hire. */
  readonly yearStart: string;
  /** Days after the day of hire before anything accrues. */
  readonly waitingDays: number;
  readonly startDate: string;
  /** Last day; null while it goes on. */
  readonly endDate: string | null;
}

/** When a person was hired and left; null where it is not known, or not yet. */
export interface Employment {
  readonly hired: string | null;
  readonly left: string | null;
}

/** A pay period, both days included. */
export interface Period {
  readonly start: string;
  readonly end: string;
}
