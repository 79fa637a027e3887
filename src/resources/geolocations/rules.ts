import type { Ctx } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { nearestFence } from '../../rules/geofences.ts';
import type { GeolocationFacts } from './facts.ts';

/** Seconds that a device's clock may be ahead of ours, as for timesheets. */
const mostAhead = 24 * 3_600;

/** A position that is known already stands for the new one; a new one is linked to the timesheet and judged by its fences. */
export function prepareGeolocation(candidate: Candidate, { known, work }: GeolocationFacts): undefined {
  const { index, values } = candidate;
  const same = known.get(index);
  if (same !== undefined) candidate.existing = { id: same, code: 'duplicate' };
  const then = work.get(index);
  const position = { latitude: Number(values.latitude), longitude: Number(values.longitude) };
  const nearest = then === undefined ? undefined : nearestFence(position, then.fences);
  values.timesheet_id = then?.timesheetId ?? null;
  values.geofence_config_id = nearest?.id ?? null;
  values.geofence_distance = nearest === undefined ? null : Math.round(nearest.distance * 10) / 10;
  values.inside_geofence = nearest?.inside ?? null;
}

/** Nobody was anywhere tomorrow. */
export function notAhead({ values }: Candidate, _facts: GeolocationFacts, ctx: Ctx): DomainError | undefined {
  if (Number(values.recorded_at) <= ctx.now + mostAhead) return undefined;
  return new DomainError('invalid', 'created must not lie more than 24 hours ahead', { field: 'created' });
}
