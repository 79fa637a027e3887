import { DomainError } from '../lib/errors.ts';

/** What decides whether time of one day may be changed by one actor. Days are 'YYYY-MM-DD', inclusive. */
export type LockFacts = {
  /** The last day that the timesheet's user submitted. */
  readonly submittedTo: string;
  /** The last day of that user that was approved. */
  readonly approvedTo: string;
  /** The company's lock date: nothing of that day or before is changed by anyone. Null when there is none. */
  readonly lockDate: string | null;
  /** Whether the day is closed to payroll for the timesheet's user. */
  readonly closed: boolean;
  /** Whether the timesheet was exported (to payroll, an invoice). */
  readonly exported: boolean;
  /** Whether the actor may approve that user's time. */
  readonly actorMayApprove: boolean;
  /** Whether the actor may manage that user's timesheets; his own "manage my timesheets" does not count. */
  readonly actorMayManage: boolean;
};

function locked(code: string, detail: string): DomainError {
  return new DomainError('locked', detail, { code, field: 'date' });
}

/**
 * Refuses to change time of `day`, or to add any ('locked'; code 'closed', 'exported', 'lock-date', 'approved' or
 * 'submitted', the strongest reason first). When a timesheet moves to another day, ask for both. Approved time is left to those who may approve, submitted
 * time to those who may approve or manage.
 */
export function checkLock(day: string, facts: LockFacts): DomainError | undefined {
  if (facts.closed) return locked('closed', `The time of ${day} is locked: it is closed to payroll.`);
  if (facts.exported) return locked('exported', 'The timesheet is locked: it was exported.');
  if (facts.lockDate !== null && day <= facts.lockDate) {
    return locked('lock-date', `The time of ${day} is locked: the company's books are closed to ${facts.lockDate}.`);
  }
  if (facts.actorMayApprove) return undefined;
  if (day <= facts.approvedTo) {
    return locked('approved', `The time of ${day} is locked: it was approved to ${facts.approvedTo}.`);
  }
  if (day <= facts.submittedTo && !facts.actorMayManage) {
    return locked('submitted', `The time of ${day} is locked: it was submitted to ${facts.submittedTo}.`);
  }
  return undefined;
}
