import { DomainError } from '../lib/errors.ts';
import { addDays } from '../lib/time.ts';
import { type ApprovalDates, moveApproval, NEVER_SUBMITTED } from './approval-dates.ts';

/** What is done to the time of a person: handed in and taken back, approved and the approval taken back, or sent back. */
export const approvalActions = ['submit', 'unsubmit', 'approve', 'unapprove', 'reject'] as const;
export type ApprovalAction = (typeof approvalActions)[number];

/** Days that time may be submitted or approved ahead: planned time off is. */
const mostDaysAhead = 366;

/** What must be known of a person's time before its dates move. Days are 'YYYY-MM-DD'. */
export interface ApprovalFacts {
  readonly today: string;
  /** The company's books are closed to this day; null when they are not. */
  readonly lockDate: string | null;
  /** The timesheet that the person is on the clock with. */
  readonly open: { readonly id: number; readonly day: string } | undefined;
  /** Days with exported time, at least those from which dates might be taken back. */
  readonly exportedDays: readonly string[];
  /** Days that are closed to payroll, as ranges with both ends. */
  readonly closed: readonly { readonly start: string; readonly end: string }[];
}

/** Refuses an order that lacks its day or its reason, or names a day before all time. */
export function checkOrder(order: {
  readonly action: ApprovalAction;
  readonly to?: string | undefined;
  readonly reason: string;
}): DomainError | undefined {
  const { action, to, reason } = order;
  if (to === undefined && action !== 'unsubmit' && action !== 'reject')
    return new DomainError('missing', `to is missing: the last day to ${action}.`, { field: 'to' });
  if (to !== undefined && to < NEVER_SUBMITTED)
    return new DomainError('invalid', `to must not be before ${NEVER_SUBMITTED}.`, { field: 'to' });
  if (action === 'reject' && reason.trim() === '')
    return new DomainError('missing', 'reason is missing: say what must be corrected.', { field: 'reason' });
  return undefined;
}

/**
 * The dates after an action. `to` is the last day that is submitted or approved afterwards; unsubmit and reject without it
 * go back to what is approved. Gives `dates` itself where there is nothing to do: the time is submitted or approved that far
 * already, or no farther than that. A rejection with nothing to reject is refused ('conflict'), and so is taking back the
 * submission of what is approved ('locked').
 */
export function applyAction(
  action: ApprovalAction,
  to: string | undefined,
  dates: ApprovalDates,
): ApprovalDates | DomainError {
  const { submittedTo, approvedTo } = dates;
  const day = to ?? approvedTo;
  switch (action) {
    case 'submit':
      return day > submittedTo ? { submittedTo: day, approvedTo } : dates;
    case 'approve':
      return day > approvedTo ? moveApproval(dates, { approvedTo: day }) : dates;
    case 'unapprove':
      return day < approvedTo ? { submittedTo, approvedTo: day } : dates;
    default:
      if (day >= submittedTo) return action === 'reject' ? nothingToReject(dates) : dates;
      if (day >= approvedTo) return { submittedTo: day, approvedTo };
      return new DomainError('locked', `The time is approved to ${approvedTo}; take the approval back first.`, {
        field: 'to',
      });
  }
}

function nothingToReject({ submittedTo, approvedTo }: ApprovalDates): DomainError {
  const state = submittedTo === NEVER_SUBMITTED ? 'nothing was submitted' : `time is submitted to ${submittedTo}`;
  const approved = approvedTo === submittedTo && approvedTo !== NEVER_SUBMITTED ? ' and approved' : '';
  return new DomainError('conflict', `There is nothing to reject: ${state}${approved}.`, { field: 'to' });
}

/** What a change of the dates amounts to; undefined when there is none. */
export function actionOf(from: ApprovalDates, to: ApprovalDates): ApprovalAction | undefined {
  if (to.approvedTo !== from.approvedTo) return to.approvedTo > from.approvedTo ? 'approve' : 'unapprove';
  if (to.submittedTo !== from.submittedTo) return to.submittedTo > from.submittedTo ? 'submit' : 'unsubmit';
  return undefined;
}

/**
 * Whether the dates may move so, whoever moves them. Forwards: no more than a year ahead, out of closed books, and over no
 * timesheet that is still open, since its owner could not end it. Backwards: over no closed books, and no time that was
 * exported or is closed to payroll.
 */
export function checkMove(from: ApprovalDates, to: ApprovalDates, facts: ApprovalFacts): DomainError | undefined {
  return (
    checkDate('approve', 'approved_to', from.approvedTo, to.approvedTo, facts) ??
    checkDate('submit', 'submitted_to', from.submittedTo, to.submittedTo, facts)
  );
}

function checkDate(
  verb: 'approve' | 'submit',
  field: string,
  from: string,
  to: string,
  { today, lockDate, open, exportedDays, closed }: ApprovalFacts,
): DomainError | undefined {
  if (to === from) return undefined;
  if (lockDate !== null && (to > from ? to <= lockDate : to < lockDate)) {
    const detail = `The company's books are closed to ${lockDate}: nothing of that day or before is submitted, approved or taken back.`;
    return new DomainError('locked', detail, { field, code: 'lock-date' });
  }
  if (to < from) {
    const paid = closed.find(({ start, end }) => end > to && start <= from);
    if (paid !== undefined) {
      const detail = `The time of ${paid.start} to ${paid.end} is closed to payroll: it can not be taken back.`;
      return new DomainError('locked', detail, { field, code: 'closed' });
    }
    const exported = exportedDays.find((day) => day > to && day <= from);
    if (exported === undefined) return undefined;
    const detail = `The time of ${exported} was exported: it can not be taken back.`;
    return new DomainError('locked', detail, { field, code: 'exported' });
  }
  if (to > addDays(today, mostDaysAhead)) {
    const participle = verb === 'approve' ? 'approved' : 'submitted';
    return new DomainError('invalid', `Time can not be ${participle} more than a year ahead.`, { field });
  }
  if (open !== undefined && open.day <= to) {
    const detail = `Timesheet ${open.id} of ${open.day} is still on the clock; clock out first, then ${verb}.`;
    return new DomainError('conflict', detail, { field, code: 'on-the-clock' });
  }
  return undefined;
}
