import { type Ctx, may } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import type { DomainError } from '../../lib/errors.ts';
import { NEVER_SUBMITTED } from '../../rules/approval-dates.ts';
import { managesGroupOf } from './authority.ts';
import type { UserFacts } from './facts.ts';

/**
 * Who may move the dates of submitting and approving: approvers and the managers of the user's group both of them, the user
 * himself the submission where the setting approvals.employee_approval is 1. (How they move: rules/approval-dates.ts.)
 */
export function checkApprovalDates(candidate: Candidate, facts: UserFacts, ctx: Ctx): DomainError | undefined {
  const { before, values, id } = candidate;
  const moves = (name: string): boolean => values[name] !== (before?.[name] ?? NEVER_SUBMITTED);
  if (!moves('submitted_to') && !moves('approved_to')) return undefined;
  if (may(ctx.actor, 'approve_timesheets') || managesGroupOf(ctx, before ?? values)) return undefined;
  if (moves('approved_to')) return denied('approve time');
  const submits = id === ctx.actor.userId && facts.ownSettings?.isOn('approvals', 'employee_approval');
  return submits ? undefined : denied('submit time');
}
