import { joinRounded, timed } from './pay/paid-times.ts';
import type { RuleSet } from './pay/rule-set.ts';
import type { PaySheet } from './pay/time.ts';

/** What rounding gives to people and takes from them, in seconds of paid time, by the side that was punched. */
export interface RoundingEffect {
  /** Punches of paid time that rounding applies to, those that it leaves as they are included. */
  punches: number;
  startWon: number;
  startLost: number;
  endWon: number;
  endLost: number;
}

export function noEffect(): RoundingEffect {
  return { punches: 0, startWon: 0, startLost: 0, endWon: 0, endLost: 0 };
}

/** Adds one effect to another. */
export function addEffect(to: RoundingEffect, from: RoundingEffect): void {
  to.punches += from.punches;
  to.startWon += from.startWon;
  to.startLost += from.startLost;
  to.endWon += from.endWon;
  to.endLost += from.endLost;
}

/** Seconds won less seconds lost. */
export function netSeconds({ startWon, startLost, endWon, endLost }: RoundingEffect): number {
  return startWon - startLost + endWon - endLost;
}

/**
 * What rounding does to closed timesheets of one person: the rounding that they were written with, or that of `rules` as
 * payroll would apply it. Time that was changed by hand is not punched. The start of an unpaid break is the end of work:
 * only work counts, so that nothing counts twice.
 */
export function effectOf(sheets: readonly PaySheet[], rules?: RuleSet): RoundingEffect {
  const effect = noEffect();
  for (const { sheet, rawStart, rawEnd, start, end } of rules === undefined
    ? asWritten(sheets)
    : roundedBy(sheets, rules)) {
    if (sheet.kind === 'unpaid' || sheet.kind === 'unpaid_time_off') continue;
    if (rawStart !== null && !sheet.startByHand) {
      effect.punches += 1;
      effect.startWon += Math.max(0, rawStart - start);
      effect.startLost += Math.max(0, start - rawStart);
    }
    if (rawEnd !== null && !sheet.endByHand) {
      effect.punches += 1;
      effect.endWon += Math.max(0, end - rawEnd);
      effect.endLost += Math.max(0, rawEnd - end);
    }
  }
  return effect;
}

/** A timesheet with its punches, null where none was kept, and the times that are paid. */
interface Measured {
  readonly sheet: PaySheet;
  readonly rawStart: number | null;
  readonly rawEnd: number | null;
  readonly start: number;
  readonly end: number;
}

function asWritten(sheets: readonly PaySheet[]): Measured[] {
  return sheets.flatMap((sheet) => {
    const { start, seconds, rawStart, rawEnd } = sheet;
    return start === null ? [] : [{ sheet, rawStart, rawEnd, start, end: start + seconds }];
  });
}

function roundedBy(sheets: readonly PaySheet[], rules: RuleSet): Measured[] {
  const rounded = sheets.flatMap((sheet) => (sheet.start === null ? [] : [timed(sheet, sheet.start, rules)]));
  rounded.sort((a, b) => a.rawStart - b.rawStart || a.sheet.id - b.sheet.id);
  joinRounded(rounded);
  return rounded;
}
