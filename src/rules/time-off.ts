import { DomainError } from '../lib/errors.ts';

/** What can become of time off that somebody asked for. */
export const timeOffStatuses = ['pending', 'approved', 'denied', 'canceled'] as const;
export type TimeOffStatus = (typeof timeOffStatuses)[number];

/** A change of the status of time off, and who makes it. */
export interface Decision {
  /** Undefined for time off that is asked for now. */
  readonly from: TimeOffStatus | undefined;
  readonly to: TimeOffStatus;
  /** Whether the actor may decide about time off of that user. */
  readonly mayDecide: boolean;
  /** Whether the first day has come. */
  readonly begun: boolean;
}

/**
 * Refuses ('forbidden') what only those may do who decide: to approve, to deny, and to take a decision back. Everyone else
 * may ask, ask again, and cancel; of approved time off only until it begins.
 */
export function checkDecision({ from, to, mayDecide, begun }: Decision): DomainError | undefined {
  if (mayDecide || from === to) return undefined;
  if (to === 'approved') return denied('approve that time off');
  if (to === 'denied') return denied('deny that time off');
  if (to === 'pending') return from === 'approved' || from === 'denied' ? denied('take back that decision') : undefined;
  return from === 'approved' && begun ? denied('cancel approved time off that has begun') : undefined;
}

function denied(what: string): DomainError {
  return new DomainError('forbidden', `Oops! You don't have permission to ${what}`);
}

/** Whether an entry takes the status that its request gets: one that was canceled alone stays canceled. */
export function followsRequest(entry: TimeOffStatus, requestBefore: TimeOffStatus): boolean {
  return entry !== 'canceled' || requestBefore === 'canceled';
}

/** What an entry or a request becomes when it is archived: what was decided against stays so, all else is canceled. */
export function archivedStatus(status: TimeOffStatus): TimeOffStatus {
  return status === 'denied' ? 'denied' : 'canceled';
}
