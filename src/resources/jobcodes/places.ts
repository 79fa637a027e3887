import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/**
 * Keeps `locations` and `geofence_config_id` of these jobcodes in step with locations_map and the fences: the active
 * locations mapped to each, and the first active fence around one of them. Gives the ids of the jobcodes that changed.
 * Only for writers who take turns with those of jobcodes.
 */
export async function followPlaces(ctx: Ctx, jobcodeIds: readonly number[]): Promise<Set<number>> {
  if (jobcodeIds.length === 0) return new Set();
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    UPDATE jobcodes j SET locations = p.locations, geofence_config_id = p.config_id
    FROM (
      SELECT u.id, coalesce(array_agg(l.id ORDER BY l.id) FILTER (WHERE l.id IS NOT NULL), '{}') AS locations,
        min(l.geofence_config_id) AS config_id
      FROM unnest(${[...new Set(jobcodeIds)]}::int[]) AS u (id)
      LEFT JOIN locations_map m ON m.company_id = ${companyId} AND m.jobcode_id = u.id AND m.active
      LEFT JOIN locations l ON l.company_id = ${companyId} AND l.id = m.location_id
      GROUP BY u.id
    ) p
    WHERE j.company_id = ${companyId} AND j.id = p.id
      AND (j.locations, j.geofence_config_id) IS DISTINCT FROM (p.locations, p.config_id)
    RETURNING j.id`);
  return new Set(rows.map(([id]) => Number(id)));
}
