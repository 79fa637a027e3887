import type { Candidate, Values } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import type { BreakPlan } from '../../rules/break-split.ts';
import { checkDeduction, divideDeduction } from '../../rules/deductions.ts';
import type { SheetTimes } from '../../rules/ranges.ts';
import type { TimesheetFacts } from './facts.ts';

type KindFacts = Pick<TimesheetFacts, 'isBreak' | 'isTimeOff'>;

const column = 'deduction_minutes';

/**
 * What is taken off a timesheet, in place of an automatic break, fits into it, and is taken off work only: time that becomes a
 * break or time off has none any more. Whoever ends an open timesheet early is not held up by a deduction that was set
 * before; all of the time is taken off then.
 */
export function prepareDeduction({ values, before, given }: Candidate, facts: KindFacts): DomainError | undefined {
  const minutes = values[column] ?? null;
  if (minutes === null) return undefined;
  const jobcodeId = values.jobcode_id as number | null;
  if (facts.isBreak(jobcodeId) || facts.isTimeOff(jobcodeId)) {
    if (given.has(column)) return new DomainError('invalid', 'Only work can have a deduction.', { field: column });
    values[column] = null;
    return undefined;
  }
  if (isOpen(values)) return undefined;
  const refusal = checkDeduction(Number(minutes), Number(values.duration));
  if (refusal === undefined || given.has(column) || before === undefined || !isOpen(before)) return refusal;
  values[column] = Math.floor(Number(values.duration) / 60);
  return undefined;
}

function isOpen(row: Values): boolean {
  return row.type === 'regular' && row.end_at === null;
}

/** Whoever may not change the own time may not say what is taken off it. */
export function deductsFrom({ values, before, given }: Candidate): boolean {
  return given.has(column) && (values[column] ?? null) !== (before?.[column] ?? null);
}

/** Gives the parts of work that a break takes time from what was taken off the whole. A refusal where they are too short. */
export function shareDeduction(plan: BreakPlan, whole: Values, parts: readonly Values[]): DomainError | undefined {
  const minutes = whole[column] ?? null;
  if (minutes === null) return undefined;
  const second = plan.kind === 'split' ? lengthOf(plan.tail) : 0;
  const shares = divideDeduction(Number(minutes), lengthOf(plan.original), second);
  if (shares instanceof DomainError) {
    return new DomainError('conflict', `The break leaves too little of timesheet ${plan.id} for its deduction.`, {
      code: 'deduction',
    });
  }
  for (const [index, part] of parts.entries()) part[column] = shares[index] ?? null;
  return undefined;
}

function lengthOf({ start, end }: SheetTimes): number {
  return end === null ? Number.POSITIVE_INFINITY : end - start;
}
