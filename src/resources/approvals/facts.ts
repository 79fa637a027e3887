import type { Ctx } from '../../engine/context.ts';
import { localDay } from '../../lib/time.ts';
import type { ApprovalFacts } from '../../rules/approvals.ts';
import { sql } from '../../store/sql.ts';
import { closedTime } from '../payroll-closings/closed-time.ts';

/** What is known of the time of each person. */
export type FactsOf = (userId: number) => ApprovalFacts;

/**
 * Loads, in two statements, what the rules must know before dates of these people move. `back` says for each person behind
 * which day exported time matters; undefined where no date moves back.
 */
export async function approvalFacts(
  ctx: Ctx,
  people: readonly { readonly userId: number; readonly back: string | undefined }[],
): Promise<FactsOf> {
  const { companyId } = ctx.actor;
  const backwards = people.filter(({ back }) => back !== undefined);
  const rows = await ctx.db.rows(sql`
    SELECT 'open', user_id, id, date FROM timesheets
    WHERE company_id = ${companyId} AND user_id = ANY(${people.map(({ userId }) => userId)}::int[])
      AND end_at IS NULL AND type = 'regular'
    UNION ALL
    SELECT DISTINCT 'exported', b.user_id, 0, s.date
    FROM unnest(${backwards.map(({ userId }) => userId)}::int[], ${backwards.map(({ back }) => back)}::date[]) AS b (user_id, day)
    JOIN timesheets s ON s.company_id = ${companyId} AND s.user_id = b.user_id AND s.date > b.day AND s.locked > 0
    UNION ALL
    SELECT 'closed', 0, 0, lock_date FROM companies WHERE id = ${companyId} AND lock_date IS NOT NULL
    ORDER BY 2, 4 DESC`);
  let lockDate: string | null = null;
  const open = new Map<number, { id: number; day: string }>();
  const exported = new Map<number, string[]>();
  for (const [kind, userId, id, date] of rows) {
    const day = String(date);
    if (kind === 'closed') lockDate = day;
    else if (kind === 'open') open.set(Number(userId), { id: Number(id), day });
    else exported.set(Number(userId), [...(exported.get(Number(userId)) ?? []), day]);
  }
  const closed = await closedTime(
    ctx,
    backwards.map(({ userId }) => userId),
  );
  // A year ahead is far enough for the zone not to matter.
  const today = localDay('UTC', ctx.now);
  return (userId) => ({
    today,
    lockDate,
    open: open.get(userId),
    exportedDays: exported.get(userId) ?? [],
    closed: closed.get(userId) ?? [],
  });
}
