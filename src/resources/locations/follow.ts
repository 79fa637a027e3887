import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { enqueue } from '../../store/queue.ts';
import { sql } from '../../store/sql.ts';
import { followPlaces } from '../jobcodes/places.ts';
import { jobcodesOf, type LocationFacts } from './rules.ts';

/** The job that looks coordinates up; its payload is `{ ids }` of locations. */
export const geocodeJob = 'geocode';

/** A location, a jobcode, and whether the one belongs to the other now. */
interface Link {
  readonly locationId: number;
  readonly jobcodeId: number;
  readonly active: boolean;
}

/** The links that a candidate brings about or ends; an archived location's links rest. */
function changedLinks({ before, values }: Candidate, locationId: number): Link[] {
  const was = before?.active === true ? jobcodesOf(before) : [];
  const is = values.active === true ? jobcodesOf(values) : [];
  return [
    ...is.filter((id) => !was.includes(id)).map((jobcodeId) => ({ locationId, jobcodeId, active: true })),
    ...was.filter((id) => !is.includes(id)).map((jobcodeId) => ({ locationId, jobcodeId, active: false })),
  ];
}

/** Whether anything follows from a location. */
export function hasFollowers(candidate: Candidate, { toLookUp }: LocationFacts): boolean {
  return toLookUp.has(candidate) || changedLinks(candidate, candidate.id ?? 0).length > 0;
}

/** Keeps locations_map and the jobcodes in step, and has coordinates looked up. The jobcodes that change are touched. */
export async function followLocations(
  ctx: Ctx,
  written: readonly Written[],
  { toLookUp }: LocationFacts,
): Promise<Touched> {
  const links = written.flatMap(({ candidate, id }) => changedLinks(candidate, id));
  if (links.length > 0) await storeLinks(ctx, links);
  const touched = await followPlaces(
    ctx,
    links.map(({ jobcodeId }) => jobcodeId),
  );
  const ids = written.flatMap(({ candidate, id }) => (toLookUp.has(candidate) ? [id] : []));
  if (ids.length > 0) {
    await enqueue(ctx.db, ctx.actor.companyId, [{ name: geocodeJob, payload: { ids }, due: ctx.now }]);
  }
  return new Map([['jobcodes', touched]]);
}

async function storeLinks(ctx: Ctx, links: readonly Link[]): Promise<void> {
  await ctx.db.rows(sql`
    INSERT INTO locations_map AS m (company_id, location_id, jobcode_id, active)
    SELECT ${ctx.actor.companyId}::int, u.location_id, u.jobcode_id, u.active
    FROM unnest(${links.map(({ locationId }) => locationId)}::int[], ${links.map(({ jobcodeId }) => jobcodeId)}::int[],
      ${links.map(({ active }) => String(active))}::boolean[]) WITH ORDINALITY
      AS u (location_id, jobcode_id, active, ord) ORDER BY u.ord
    ON CONFLICT (company_id, location_id, jobcode_id) DO UPDATE SET active = excluded.active
    WHERE m.active <> excluded.active`);
}
