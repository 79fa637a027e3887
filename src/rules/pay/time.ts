import type { RuleSet } from './rule-set.ts';

/**
 * What a jobcode makes of time: work and paid breaks are paid and count, unpaid breaks ('unpaid') and unpaid time off do
 * neither.
 */
export type TimeKind = 'work' | 'paid_break' | 'unpaid' | 'unpaid_time_off' | 'pto';

/** One closed timesheet as payroll sees it. Instants are epoch seconds; days are days since 1970-01-01. */
export interface PaySheet {
  readonly id: number;
  readonly jobcodeId: number;
  readonly kind: TimeKind;
  /** The timesheet's own date. */
  readonly day: number;
  /** null for time without hours (manual timesheets), which counts at the start of its day. */
  readonly start: number | null;
  /** Seconds of the timesheet; the end is start + seconds. */
  readonly seconds: number;
  /** IANA zone that it was recorded in. */
  readonly zone: string;
  /** The punches before they were rounded; null where none was kept: then start and end are the punches. */
  readonly rawStart: number | null;
  readonly rawEnd: number | null;
  /** Whether start or end were changed by hand, so that no rounding applies to it. */
  readonly startByHand: boolean;
  readonly endByHand: boolean;
  /** Seconds that are taken off it in place of an automatic break; null where the rules decide. */
  readonly deduction: number | null;
}

/** Whose time it is: flags of the user, and the rules in force on each workday (a closed period keeps its own). */
export interface PayPerson {
  readonly exempt: boolean;
  readonly salaried: boolean;
  rulesOn(day: number): RuleSet;
}

/** How time is paid. `deducted` is work that an automatic break, or the timesheet's own deduction, takes off; it is neither paid nor counted. */
export type Pay =
  | { readonly kind: 'regular' }
  | { readonly kind: 'multiplier'; readonly rate: number }
  | { readonly kind: 'fixed'; readonly rate: number }
  | { readonly kind: 'pto' }
  | { readonly kind: 'unpaid' }
  | { readonly kind: 'deducted' };

/** The part of the rules that decided, with its threshold in seconds and what had been counted before the segment. */
export interface Why {
  readonly rule:
    | 'straight'
    | 'weekly'
    | 'daily'
    | 'seventh_day'
    | 'consecutive'
    | 'automatic_break'
    | 'deduction'
    | 'pto'
    | 'unpaid'
    | 'exempt';
  readonly threshold: number;
  /** Seconds counted in this workday and in this workweek before the segment. */
  readonly daySeconds: number;
  readonly weekSeconds: number;
}

/** Time of one timesheet on one workday that is paid in one way. */
export interface PaySegment {
  readonly sheet: PaySheet;
  /** Workday, in days since 1970-01-01. */
  readonly day: number;
  /** Epoch seconds; null for time without hours. */
  readonly start: number | null;
  readonly seconds: number;
  readonly pay: Pay;
  readonly why: Why;
}
