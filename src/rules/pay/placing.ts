import { joinRounded, type TimedSheet, timed } from './paid-times.ts';
import type { RuleSet } from './rule-set.ts';
import type { PayPerson, PaySheet } from './time.ts';
import { workdayOf, workdayStartsAt } from './workdays.ts';

/** Time of one timesheet on one workday; `start` is null for time without hours. */
export interface Piece {
  readonly sheet: PaySheet;
  readonly day: number;
  readonly start: number | null;
  readonly seconds: number;
  /** Seconds at its end that the timesheet's own deduction takes off. */
  readonly deducted: number;
}

/** Seconds that a timesheet's own deduction takes off, which rounding may have left less of. */
function ownDeduction({ kind, deduction }: PaySheet, seconds: number): number {
  return kind === 'work' && deduction !== null ? Math.min(deduction, seconds) : 0;
}

function byStart(aStart: number | null, a: PaySheet, bStart: number | null, b: PaySheet): number {
  if (aStart === bStart) return a.id - b.id;
  if (aStart === null) return -1;
  return bStart === null ? 1 : aStart - bStart;
}

function inOrder(a: Piece, b: Piece): number {
  return a.day - b.day || byStart(a.start, a.sheet, b.start, b.sheet);
}

/** Whether a timesheet counts as it is, whole on its own date. */
function countsOnItsDate(rules: RuleSet): boolean {
  return rules.overnight === 'start_date' && rules.time_zone === null && rules.workday_start === '00:00';
}

function addPlaced({ sheet, rules, start, end }: TimedSheet, pieces: Piece[]): void {
  const deducted = ownDeduction(sheet, end - start);
  if (countsOnItsDate(rules)) {
    pieces.push({ sheet, day: sheet.day, start, seconds: end - start, deducted });
    return;
  }
  const zone = rules.time_zone ?? sheet.zone;
  let day = workdayOf(zone, rules.workday_start, start);
  if (rules.overnight === 'start_date') {
    pieces.push({ sheet, day, start, seconds: end - start, deducted });
    return;
  }
  for (let from = start; from < end; day += 1) {
    const to = Math.min(end, workdayStartsAt(zone, rules.workday_start, day + 1));
    const taken = Math.max(0, to - Math.max(from, end - deducted));
    if (to > from) pieces.push({ sheet, day, start: from, seconds: to - from, deducted: taken });
    from = to;
  }
}

/**
 * The timesheets on their workdays, rounded and split where the rules of their own date say so, in order: by workday, time
 * without hours first, then by start and id.
 */
export function placed(sheets: readonly PaySheet[], person: PayPerson): readonly Piece[] {
  const pieces: Piece[] = [];
  const reckoned: TimedSheet[] = [];
  let rounds = false;
  for (const sheet of sheets) {
    const rules = person.rulesOn(sheet.day);
    if (sheet.start === null || (rules.rounding === null && countsOnItsDate(rules))) {
      const { day, start, seconds } = sheet;
      pieces.push({ sheet, day, start, seconds, deducted: ownDeduction(sheet, seconds) });
    } else {
      rounds ||= rules.rounding !== null;
      reckoned.push(timed(sheet, sheet.start, rules));
    }
  }
  if (rounds) joinRounded(reckoned.sort((a, b) => byStart(a.rawStart, a.sheet, b.rawStart, b.sheet)));
  for (const sheet of reckoned) addPlaced(sheet, pieces);
  return pieces.sort(inOrder);
}
