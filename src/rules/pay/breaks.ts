import { type Piece, placed } from './placing.ts';
import type { AutomaticBreak } from './rule-set.ts';
import type { PayPerson, PaySheet } from './time.ts';

/**
 * Whether an automatic break may be taken off: work by the clock, not time that somebody wrote by hand, nor time that has a
 * deduction of its own.
 */
export function isClockedWork(sheet: PaySheet): boolean {
  return (
    sheet.kind === 'work' && sheet.start !== null && sheet.deduction === null && !(sheet.startByHand && sheet.endByHand)
  );
}

/** Seconds of unpaid breaks, and of timesheets' own deductions, among the pieces of one workday, from index `from` to before `to`. */
export function unpaidSeconds(pieces: readonly Piece[], from: number, to: number): number {
  let seconds = 0;
  for (let at = from; at < to; at += 1) {
    const piece = pieces[at];
    if (piece !== undefined) seconds += piece.sheet.kind === 'unpaid' ? piece.seconds : piece.deducted;
  }
  return seconds;
}

/** The break of one workday: how long it had to be and was, and how much of it was taken off automatically, in seconds. */
export interface WorkdayBreak {
  /** Workday, in days since 1970-01-01. */
  readonly day: number;
  /** Work by the clock. */
  readonly worked: number;
  readonly due: number;
  readonly taken: number;
  readonly deducted: number;
  readonly state: 'taken' | 'short' | 'missed';
}

function breakOf(day: number, worked: number, taken: number, { after, deduct: due }: AutomaticBreak): WorkdayBreak {
  const state = taken >= due ? 'taken' : taken > 0 ? 'short' : 'missed';
  const deducted = Math.min(worked - after, Math.max(0, due - taken));
  return { day, worked, due, taken, deducted, state };
}

/**
 * The breaks that were due on the workdays from `from` to `to` (days since 1970-01-01): of each on which more was worked than
 * the automatic break of its rules allows without one. `sheets` as for `classify`.
 */
export function breaksDue(
  sheets: readonly PaySheet[],
  person: PayPerson,
  range: { readonly from: number; readonly to: number },
): readonly WorkdayBreak[] {
  const pieces = placed(sheets, person);
  const breaks: WorkdayBreak[] = [];
  for (let from = 0, to = 0; from < pieces.length; from = to) {
    const day = pieces[from]?.day ?? 0;
    let worked = 0;
    for (to = from; pieces[to]?.day === day; to += 1) {
      const piece = pieces[to];
      if (piece !== undefined && isClockedWork(piece.sheet)) worked += piece.seconds;
    }
    const rule = person.rulesOn(day).automatic_break;
    if (rule === null || worked <= rule.after || day < range.from || day > range.to) continue;
    breaks.push(breakOf(day, worked, unpaidSeconds(pieces, from, to), rule));
  }
  return breaks;
}
