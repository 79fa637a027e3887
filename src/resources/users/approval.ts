import { type Ctx, may } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { lostRace } from '../../engine/results.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import type { DomainError } from '../../lib/errors.ts';
import { type ApprovalDates, NEVER_SUBMITTED } from '../../rules/approval-dates.ts';
import { type ApprovalAction, actionOf, checkMove } from '../../rules/approvals.ts';
import { approvalFacts, type FactsOf } from '../approvals/facts.ts';
import { type Move, recordMoves } from '../approvals/record.ts';
import type { SettingsReader } from '../effective-settings/queries.ts';
import { managesGroupOf } from './authority.ts';

/** Somebody whose time is submitted or approved: his id, undefined while he is not stored, and his group. */
interface Owner {
  readonly id: number | undefined;
  readonly groupId: unknown;
}

/**
 * Who may do what to a person's time: approvers and the managers of the person's group everything, the person himself submit
 * and take that back where the setting approvals.employee_approval is 1. `ownSettings` are the actor's.
 */
export function mayMove(
  ctx: Ctx,
  action: ApprovalAction,
  { id, groupId }: Owner,
  ownSettings: SettingsReader | undefined,
): DomainError | undefined {
  if (may(ctx.actor, 'approve_timesheets') || managesGroupOf(ctx, { group_id: groupId as number | null })) {
    return undefined;
  }
  if (action !== 'submit' && action !== 'unsubmit') return denied('approve time');
  const own = id === ctx.actor.userId && ownSettings?.isOn('approvals', 'employee_approval');
  return own ? undefined : denied('submit time');
}

function datesOf(row: Values | undefined): ApprovalDates {
  return {
    submittedTo: String(row?.submitted_to ?? NEVER_SUBMITTED),
    approvedTo: String(row?.approved_to ?? NEVER_SUBMITTED),
  };
}

/** What a write of a user does to his time; undefined when nothing. (How the dates move: rules/approval-dates.ts.) */
function moveOf({ before, values }: Candidate): ApprovalAction | undefined {
  return actionOf(datesOf(before), datesOf(values));
}

/** The facts for those of the batch whose dates move; undefined where nobody's do. */
export async function factsOfMoves(ctx: Ctx, candidates: readonly Candidate[]): Promise<FactsOf | undefined> {
  const people = candidates.flatMap((candidate) => {
    const { id, before, values } = candidate;
    if (id === undefined || before === undefined || moveOf(candidate) === undefined) return [];
    const [from, to] = [datesOf(before), datesOf(values)];
    const back = [
      ...(to.approvedTo < from.approvedTo ? [to.approvedTo] : []),
      ...(to.submittedTo < from.submittedTo ? [to.submittedTo] : []),
    ].sort();
    return [{ userId: id, back: back[0] }];
  });
  return people.length === 0 ? undefined : approvalFacts(ctx, people);
}

/** Whether the actor may move the dates of submitting and approving, and whether they may move so at all. */
export function checkApprovalDates(
  candidate: Candidate,
  { ownSettings, moves }: { ownSettings: SettingsReader | undefined; moves: FactsOf | undefined },
  ctx: Ctx,
): DomainError | undefined {
  const { before, values, id } = candidate;
  const action = moveOf(candidate);
  if (action === undefined) return undefined;
  const refusal = mayMove(ctx, action, { id, groupId: (before ?? values).group_id }, ownSettings);
  if (refusal !== undefined || id === undefined || moves === undefined) return refusal;
  return checkMove(datesOf(before), datesOf(values), moves(id));
}

/**
 * Keeps what was submitted, approved or taken back, and tells those concerned. Their rows are written and locked by now, so
 * that a clock-in between the rules and the write is seen here; the engine judges the batch anew then.
 */
export async function afterApprovals(ctx: Ctx, written: readonly Written[]): Promise<void> {
  const moved = written.filter(({ candidate }) => candidate.before !== undefined && moveOf(candidate) !== undefined);
  if (moved.length === 0) return;
  const facts = await factsOfMoves(
    ctx,
    moved.map(({ candidate }) => candidate),
  );
  const moves = moved.flatMap(({ candidate, id }): Move[] => {
    const [from, to] = [datesOf(candidate.before), datesOf(candidate.values)];
    const action = actionOf(from, to);
    if (action === undefined) return [];
    if (facts !== undefined && checkMove(from, to, facts(id)) !== undefined) throw lostRace();
    const { first_name: first, last_name: last } = candidate.values;
    return [{ userId: id, name: `${first} ${last}`.trim(), action, from, to, reason: '' }];
  });
  await recordMoves(ctx, moves);
}
