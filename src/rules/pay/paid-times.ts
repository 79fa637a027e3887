import { offsetMinutes } from '../../lib/time.ts';
import { roundPunch } from '../rounding.ts';
import type { RuleSet } from './rule-set.ts';
import type { PaySheet } from './time.ts';

/** A timesheet with hours, its times as they were recorded (raw) and as they are paid, and the rules it is placed by. */
export interface TimedSheet {
  readonly sheet: PaySheet;
  readonly rules: RuleSet;
  readonly rawStart: number;
  readonly rawEnd: number;
  start: number;
  end: number;
}

/** The timesheet with its punches rounded where the rules round and nobody wrote the time by hand. */
export function timed(sheet: PaySheet, start: number, rules: RuleSet): TimedSheet {
  const end = start + sheet.seconds;
  const { rounding } = rules;
  if (rounding === null) return { sheet, rules, rawStart: start, rawEnd: end, start, end };
  const [rawStart, rawEnd] = [sheet.rawStart ?? start, sheet.rawEnd ?? end];
  const round = (punch: number, mode: typeof rounding.in): number =>
    roundPunch(punch, offsetMinutes(sheet.zone, punch), mode, rounding.minutes);
  const paidStart = sheet.startByHand ? start : round(rawStart, rounding.in);
  const paidEnd = sheet.endByHand ? end : round(rawEnd, rounding.out);
  return { sheet, rules, rawStart, rawEnd, start: paidStart, end: Math.max(paidStart, paidEnd) };
}

/**
 * Keeps rounded timesheets (in order of their raw start) from overlapping, and those that followed each other without a gap
 * together: a switch of jobcodes is one moment, whichever way clock-ins and clock-outs are rounded. Time by hand stays,
 * the other side moves.
 */
export function joinRounded(sheets: readonly TimedSheet[]): void {
  let previous: TimedSheet | undefined;
  for (const current of sheets) {
    if (previous !== undefined && previous.rawEnd <= current.rawStart) {
      if (previous.end > current.start || previous.rawEnd === current.rawStart) {
        if (current.sheet.startByHand || current.rules.rounding === null) {
          previous.end = Math.max(previous.start, current.start);
        } else {
          current.start = previous.end;
          current.end = Math.max(current.start, current.end);
        }
      }
    }
    previous = current;
  }
}
