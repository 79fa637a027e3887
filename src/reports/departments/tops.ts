import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/** The department that each of these jobcodes belongs to: itself, or the one at the top above it. One statement. */
export async function departmentsOf(ctx: Ctx, jobcodeIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (jobcodeIds.length === 0) return new Map();
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE above AS (
      SELECT id AS start_id, id, parent_id FROM jobcodes WHERE company_id = ${companyId} AND id = ANY(${jobcodeIds}::int[])
      UNION ALL
      SELECT a.start_id, j.id, j.parent_id FROM above a
      JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = a.parent_id
    ) SELECT start_id, id FROM above WHERE parent_id IS NULL`);
  return new Map(rows.map(([start, id]) => [Number(start), Number(id)]));
}
