import { DomainError } from '../lib/errors.ts';

/** The most that can be taken off one timesheet, in minutes: all of the longest one there may be, 7 days. */
export const MOST_DEDUCTED = 7 * 24 * 60;

/** A deduction (minutes) may take off all of a closed timesheet (seconds), and no more. */
export function checkDeduction(minutes: number, seconds: number): DomainError | undefined {
  if (minutes * 60 <= seconds) return undefined;
  return new DomainError('invalid', 'The deduction may not be longer than the time it is taken off.', {
    field: 'deduction_minutes',
  });
}

/**
 * The deduction of a timesheet that a break divides: the first part bears what it can, the second the rest, so that as much
 * is taken off as before. Parts are in seconds, Infinity for one that is still open. A refusal where they are too short.
 */
export function divideDeduction(minutes: number, first: number, second: number): [number, number] | DomainError {
  const borne = Math.min(minutes, Math.floor(first / 60));
  return checkDeduction(minutes - borne, second) ?? [borne, minutes - borne];
}
