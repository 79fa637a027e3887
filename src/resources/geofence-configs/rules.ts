import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { followPlaces } from '../jobcodes/places.ts';

/** What the rules know about a batch: ids of fences by location; one that is new in this batch has id 0. */
export interface GeofenceFacts {
  fences: Map<number, number>;
}

/** The fences that stand around the batch's locations already. */
export async function geofenceFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<GeofenceFacts> {
  const rows = await ctx.db.rows(sql`
    SELECT type_id, id FROM geofence_configs
    WHERE company_id = ${ctx.actor.companyId} AND type_id = ANY(${candidates.map(({ values }) => values.type_id)}::int[])`);
  return { fences: new Map(rows.map(([location, id]) => [Number(location), Number(id)])) };
}

/** One name for the one type. */
export function prepareGeofence({ values }: Candidate): undefined {
  values.type = 'locations';
}

/** Each location has one fence at most, archived ones included. */
export function oneALocation({ id, values }: Candidate, { fences }: GeofenceFacts): DomainError | undefined {
  const owner = fences.get(Number(values.type_id));
  if (owner === undefined || owner === id) return undefined;
  const which = owner === 0 ? 'an earlier item of this request gives it one' : `its id is ${owner}`;
  return new DomainError('conflict', `Location ${values.type_id} has a geofence config already: ${which}`, {
    field: 'type_id',
  });
}

/** Later items of the batch see where this one's fence stands. */
export function remember({ id = 0, before, values }: Candidate, { fences }: GeofenceFacts): void {
  if (before !== undefined) fences.delete(Number(before.type_id));
  fences.set(Number(values.type_id), id);
}

/** Keeps geofence_config_id of the locations and of their jobcodes in step. Those that change are touched. */
export async function followGeofences(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  const { companyId } = ctx.actor;
  const places = written.flatMap(({ candidate: { before, values } }) => [before?.type_id ?? null, values.type_id]);
  const rows = await ctx.db.rows(sql`
    WITH changed AS (
      UPDATE locations l SET geofence_config_id = f.config_id
      FROM (
        SELECT u.id, g.id AS config_id FROM unnest(${places}::int[]) AS u (id)
        LEFT JOIN geofence_configs g ON g.company_id = ${companyId} AND g.type_id = u.id AND g.active
      ) f
      WHERE l.company_id = ${companyId} AND l.id = f.id AND l.geofence_config_id IS DISTINCT FROM f.config_id
      RETURNING l.id
    )
    SELECT c.id, m.jobcode_id FROM changed c
    LEFT JOIN locations_map m ON m.company_id = ${companyId} AND m.location_id = c.id AND m.active`);
  const jobcodes = await followPlaces(
    ctx,
    rows.flatMap(([, jobcode = null]) => (jobcode === null ? [] : [Number(jobcode)])),
  );
  return new Map([
    ['locations', new Set(rows.map(([id]) => Number(id)))],
    ['jobcodes', jobcodes],
  ]);
}
