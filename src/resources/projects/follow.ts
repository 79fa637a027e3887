import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';
import { archiveEstimates } from '../estimates/cascades.ts';
import { recordActivities } from '../project-activities/record.ts';

/**
 * Makes projects what their jobcodes have become: name and parent are the jobcode's. With its jobcode a project is archived,
 * unless it was complete; with it a project is restored, and is in progress again where it was complete. One statement
 * where nothing is to be done.
 */
export async function followJobcodes(ctx: Ctx, jobcodeIds: readonly number[]): Promise<void> {
  if (jobcodeIds.length === 0) return;
  const rows = await ctx.db.rows(sql`
    UPDATE projects p SET name = j.name, parent_jobcode_id = j.parent_id,
      active = j.active OR (p.active AND p.status = 'complete'),
      status = CASE WHEN j.active AND p.status = 'complete' THEN 'in_progress' ELSE p.status END,
      completed_date = CASE WHEN j.active AND p.status = 'complete' THEN NULL ELSE p.completed_date END
    FROM jobcodes j
    WHERE j.company_id = ${ctx.actor.companyId} AND j.id = ANY(${jobcodeIds}::int[])
      AND p.company_id = j.company_id AND p.jobcode_id = j.id
      AND (p.name, p.parent_jobcode_id, p.active AND p.status <> 'complete')
        IS DISTINCT FROM (j.name, j.parent_id, j.active)
    RETURNING p.id, p.active`);
  if (rows.length === 0) return;
  await recordActivities(
    ctx,
    rows.map(([id]) => ({ projectId: Number(id), userId: ctx.actor.userId, type: 'project_update' })),
  );
  await archiveEstimates(
    ctx,
    rows.flatMap(([id, active]) => (active === 't' ? [] : [Number(id)])),
  );
}
