import type { DomainError } from '../lib/errors.ts';
import { checkOverlap, findOverlap, overlapRefusal } from './overlap.ts';
import { contains, occupied, type Sheet, type SheetCandidate, type SheetTimes } from './ranges.ts';

/** A stored regular timesheet with what its jobcode is. */
export type WorkOrBreak = Sheet & { readonly isBreak: boolean };

/**
 * What a break does to the timesheet that it was taken from: `original` are that one's new times, `tail` (only of 'split')
 * the times of the new timesheet that goes on after the break, a copy of the original otherwise. An end of null means that
 * it is still open.
 */
export type BreakPlan =
  | { readonly kind: 'split'; readonly id: number; readonly original: SheetTimes; readonly tail: SheetTimes }
  | { readonly kind: 'shorten'; readonly id: number; readonly original: SheetTimes };

/**
 * How a break (a timesheet on a paid_break or unpaid_break jobcode) fits among the regular timesheets of the same user.
 * Undefined when it touches none; a plan when it lies inside one working timesheet, closed or (up to `now`) open; a
 * refusal ('conflict') when it covers one whole, crosses a border, meets another break, or is itself open and takes time
 * that is taken: going on break is a switch, not a split.
 */
export function planBreak(
  candidate: SheetCandidate,
  others: readonly WorkOrBreak[],
  now: number,
): BreakPlan | DomainError | undefined {
  const { start, end } = candidate;
  if (end === null) return checkOverlap(candidate, others, now);
  const work = findOverlap(candidate, others, now);
  if (work === undefined) return undefined;
  const rest = others.filter((other) => other.id !== work.id);
  if (work.isBreak || findOverlap(candidate, rest, now) !== undefined) return overlapRefusal(work);
  if (!contains(occupied(work, now), { start, end })) return overlapRefusal(work);
  // An open original goes on after the break, even one that ends this second.
  const goesOn = work.end === null || end < work.end;
  const { id } = work;
  if (start === work.start) {
    return goesOn ? { kind: 'shorten', id, original: { start: end, end: work.end } } : overlapRefusal(work);
  }
  if (!goesOn) return { kind: 'shorten', id, original: { start: work.start, end: start } };
  return { kind: 'split', id, original: { start: work.start, end: start }, tail: { start: end, end: work.end } };
}
