import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';
import { recordActivities } from '../project-activities/record.ts';

/** Archives the estimates of archived projects, with their items. */
export async function archiveEstimates(ctx: Ctx, projectIds: readonly number[]): Promise<void> {
  if (projectIds.length === 0) return;
  const rows = await ctx.db.rows(sql`
    UPDATE estimates SET active = false
    WHERE company_id = ${ctx.actor.companyId} AND project_id = ANY(${projectIds}::int[]) AND active RETURNING id`);
  await archiveItems(
    ctx,
    rows.map(([id]) => Number(id)),
  );
}

/** Archives the items of archived estimates. Gives the ids of those that were active. */
export async function archiveItems(ctx: Ctx, estimateIds: readonly number[]): Promise<number[]> {
  if (estimateIds.length === 0) return [];
  const rows = await ctx.db.rows(sql`
    UPDATE estimate_items SET active = false
    WHERE company_id = ${ctx.actor.companyId} AND estimate_id = ANY(${estimateIds}::int[]) AND active
    RETURNING id, project_id`);
  const items = rows.map(([id, projectId]) => ({ id: Number(id), projectId: Number(projectId) }));
  items.sort((a, b) => a.id - b.id);
  await recordActivities(
    ctx,
    items.map(({ id, projectId }) => ({
      projectId,
      userId: ctx.actor.userId,
      type: 'estimate_item_removed',
      linked: { estimate_items: [id] },
    })),
  );
  return items.map(({ id }) => id);
}
