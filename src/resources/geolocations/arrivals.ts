import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { recordArrivals } from '../project-activities/record.ts';
import type { GeolocationFacts } from './facts.ts';

/** Whether a position shows that somebody who is on the clock on a project is at one of its locations. */
export function showsArrival({ index, values }: Candidate, { work }: GeolocationFacts): boolean {
  return values.inside_geofence === true && (work.get(index)?.projectId ?? 0) > 0;
}

/** Tells projects who is on the clock at which of their locations. Reference: 23-project-activities.md, Activity Types. */
export async function tellArrivals(ctx: Ctx, written: readonly Written[], facts: GeolocationFacts): Promise<Touched> {
  const arrivals = written.flatMap(({ candidate }) => {
    const then = facts.work.get(candidate.index);
    const fence = then?.fences.find(({ id }) => id === candidate.values.geofence_config_id);
    if (then === undefined || fence === undefined || !showsArrival(candidate, facts)) return [];
    const { timesheetId, projectId } = then;
    return [{ projectId, userId: Number(candidate.values.user_id), timesheetId, locationId: fence.locationId }];
  });
  await recordArrivals(ctx, arrivals);
  return new Map();
}
