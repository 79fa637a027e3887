import { offsetMinutes } from '../../lib/time.ts';
import { roundPunch } from '../rounding.ts';
import type { RuleSet } from './rule-set.ts';
import type { PaySheet } from './time.ts';

/**
 * A timesheet with hours, the rules it is placed by, its times before rounding (raw: a punch, or what was entered in its
 * place) and as they are paid.
 */
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
  // A punch that was replaced by hand is kept, but says nothing about when anybody worked.
  const rawStart = (sheet.startByHand ? null : sheet.rawStart) ?? start;
  const rawEnd = (sheet.endByHand ? null : sheet.rawEnd) ?? end;
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
  for (const [index, current] of sheets.entries()) {
    const previous = sheets[index - 1];
    if (previous === undefined || previous.rawEnd > current.rawStart) continue;
    if (previous.end <= current.start && previous.rawEnd !== current.rawStart) continue;
    if (current.sheet.startByHand || current.rules.rounding === null) {
      previous.end = Math.max(previous.start, current.start);
      endBefore(sheets, index, current.start);
    } else {
      current.start = previous.end;
      current.end = Math.max(current.start, current.end);
    }
  }
}

/** Takes back to `moment` what comes before the timesheet at `index`: more than one where short ones were pushed past it. */
function endBefore(sheets: readonly TimedSheet[], index: number, moment: number): void {
  for (let at = index - 1; at >= 0; at -= 1) {
    const earlier = sheets[at];
    if (earlier === undefined || earlier.end <= moment || earlier.rawEnd > moment) return;
    earlier.start = Math.min(earlier.start, moment);
    earlier.end = moment;
  }
}
