import type { Ctx } from '../../engine/context.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import type { ApprovalDates } from '../../rules/approval-dates.ts';
import type { ApprovalAction } from '../../rules/approvals.ts';
import { sql } from '../../store/sql.ts';
import { tellOfMoves } from './messages.ts';

/** The dates of one person moved. */
export interface Move {
  readonly userId: number;
  /** 'First Last' of the person. */
  readonly name: string;
  readonly action: ApprovalAction;
  readonly from: ApprovalDates;
  readonly to: ApprovalDates;
  /** '' where nobody gave one. */
  readonly reason: string;
}

/** Keeps what was done and tells those concerned, in the transaction that moves the dates; at most four statements. */
export async function recordMoves(ctx: Ctx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const { companyId, userId: actorId } = ctx.actor;
  await ctx.db.rows(sql`
    INSERT INTO approval_events (company_id, user_id, actor_user_id, action, submitted_from, submitted_to, approved_from,
      approved_to, reason, created)
    SELECT ${companyId}::int, m.user_id, ${actorId || null}::int, m.action, m.sf, m.st, m.af, m.at, m.reason,
      ${pgOfEpoch(ctx.now)}::timestamptz
    FROM unnest(${moves.map(({ userId }) => userId)}::int[], ${moves.map(({ action }) => action)}::text[],
      ${moves.map(({ from }) => from.submittedTo)}::date[], ${moves.map(({ to }) => to.submittedTo)}::date[],
      ${moves.map(({ from }) => from.approvedTo)}::date[], ${moves.map(({ to }) => to.approvedTo)}::date[],
      ${moves.map(({ reason }) => reason)}::text[])
      WITH ORDINALITY AS m (user_id, action, sf, st, af, at, reason, ord) ORDER BY m.ord`);
  await tellOfMoves(ctx, moves);
}
