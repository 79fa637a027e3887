import { type Ctx, resourceOf } from '../../engine/context.ts';
import { seenBy } from '../../engine/permissions.ts';
import { originOf } from '../../engine/writing.ts';
import type { ApprovalDates } from '../../rules/approval-dates.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';

/** A person whose time is submitted or approved. */
export interface ApprovalPerson {
  readonly userId: number;
  /** 'First Last'. */
  readonly name: string;
  readonly groupId: number | null;
  readonly active: boolean;
  readonly dates: ApprovalDates;
}

/**
 * These people, those of the groups who are not archived, or everyone who is not, of those whom the actor may see. Until the
 * transaction ends nobody else moves their dates or writes their time.
 */
export async function lockPeople(
  ctx: Ctx,
  { users, groups, everyone }: { users: readonly number[]; groups: readonly number[]; everyone: boolean },
): Promise<ApprovalPerson[]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    SELECT t.id, t.first_name || ' ' || t.last_name, t.group_id, t.active, t.submitted_to, t.approved_to FROM users t
    WHERE t.company_id = ${companyId} AND ${seenBy(resourceOf(ctx, 'users'), ctx.actor)}
      AND (t.id = ANY(${users}::int[]) OR (t.active AND (${everyone}::boolean OR t.group_id = ANY(${groups}::int[]))))
    ORDER BY t.id FOR NO KEY UPDATE`);
  return rows.map(([id, name, groupId = null, active, submittedTo, approvedTo]) => ({
    userId: Number(id),
    name: String(name).trim(),
    groupId: groupId === null ? null : Number(groupId),
    active: active === 't',
    dates: { submittedTo: String(submittedTo), approvedTo: String(approvedTo) },
  }));
}

/** Writes the dates of these people, with whom the history names. */
export async function moveDates(ctx: Ctx, moved: ReadonlyMap<number, ApprovalDates>): Promise<void> {
  const dates = [...moved.values()];
  await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`UPDATE users u SET submitted_to = m.submitted, approved_to = m.approved
        FROM unnest(${[...moved.keys()]}::int[], ${dates.map(({ submittedTo }) => submittedTo)}::date[],
          ${dates.map(({ approvedTo }) => approvedTo)}::date[]) AS m (id, submitted, approved)
        WHERE u.company_id = ${ctx.actor.companyId} AND u.id = m.id`,
  ]);
}
