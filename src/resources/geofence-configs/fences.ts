import type { Ctx } from '../../engine/context.ts';
import type { Fence } from '../../rules/geofences.ts';
import { sql } from '../../store/sql.ts';

/** The fence of a location. */
export interface SiteFence extends Fence {
  readonly locationId: number;
}

/**
 * The fences that count for each of these jobcodes: active and enabled ones, around active locations whose position is
 * known. Kept until anything of the company changes.
 */
export function fencesOf(ctx: Ctx, jobcodeIds: readonly number[]): Promise<Map<number, readonly SiteFence[]>> {
  const { companyId } = ctx.actor;
  const wanted = new Set(jobcodeIds.filter((id) => id > 0));
  return ctx.cache.rememberMany(companyId, 'fences', wanted, async (missing) => {
    const found = new Map<number, SiteFence[]>(missing.map((id) => [id, []]));
    const rows = await ctx.db.rows(sql`
      SELECT m.jobcode_id, g.id, l.id, l.latitude, l.longitude, g.radius FROM locations_map m
      JOIN locations l ON l.company_id = m.company_id AND l.id = m.location_id AND (l.latitude, l.longitude) <> (0, 0)
      JOIN geofence_configs g ON g.company_id = m.company_id AND g.id = l.geofence_config_id AND g.active AND g.enabled
      WHERE m.company_id = ${companyId} AND m.jobcode_id = ANY(${missing}::int[]) AND m.active`);
    for (const [jobcode, id, locationId, latitude, longitude, radius] of rows) {
      const fence = {
        id: Number(id),
        locationId: Number(locationId),
        latitude: Number(latitude),
        longitude: Number(longitude),
        radius: Number(radius),
      };
      found.get(Number(jobcode))?.push(fence);
    }
    return found;
  });
}
