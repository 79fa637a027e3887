import { candidateToCreate, candidateToUpdate } from '../../engine/candidates.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { loadByIds } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';
import { localDay } from '../../lib/time.ts';
import type { Cells } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';
import { type JobcodeFacts, jobcodeFacts } from '../jobcodes/facts.ts';

/** What the rules know about a batch of projects. */
export interface ProjectFacts {
  /** What becomes of the jobcode of each project: made, changed or left as it is. Why it can not, where it can not. */
  jobcodeOf: ReadonlyMap<Candidate, Candidate | DomainError>;
  /** What the rules of jobcodes know about these. */
  jobcodes: JobcodeFacts;
  /** Jobcodes among those given that have others below them, archived ones too. */
  withChildren: Set<number>;
  /** Jobcodes that became projects in this batch. */
  mapped: Set<number>;
  /** The present day where the actor is. */
  today: string;
  /** Jobcodes that were written. */
  written: Written[];
}

/** Whether time may be recorded on a project, which is whether its jobcode is active. */
export function isOpen({ active, status }: Values): boolean {
  return active === true && status !== 'complete';
}

/** Loads the jobcodes of the batch with what their own rules need; a constant number of statements. */
export async function projectFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<ProjectFacts> {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const ids = candidates.flatMap(({ values }) => (values.jobcode_id === null ? [] : [Number(values.jobcode_id)]));
  const stored = await loadByIds(ctx, jobcodes, ids);
  const jobcodeOf = new Map(candidates.map((candidate) => [candidate, jobcodeFor(ctx, candidate, stored)]));
  const possible = [...jobcodeOf.values()].flatMap((jobcode) => (jobcode instanceof DomainError ? [] : [jobcode]));
  const settings = await effectiveSettings(ctx, [ctx.actor.userId]);
  const zone = String(settings.get(ctx.actor.userId)?.get('general', 'tz') ?? 'UTC');
  return {
    jobcodeOf,
    jobcodes: await jobcodeFacts(ctx, possible),
    withChildren: await parentsAmong(ctx, ids),
    mapped: new Set(),
    today: localDay(zone, ctx.now),
    written: [],
  };
}

/** A project's jobcode as a candidate of its own resource, with what the project changes of it. */
function jobcodeFor(
  ctx: Ctx,
  { index, before, values, given }: Candidate,
  stored: ReadonlyMap<number, Cells>,
): Candidate | DomainError {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  if (values.jobcode_id === null) {
    const name = given.has('name') ? { name: values.name } : {};
    const parent = { parent_id: values.parent_jobcode_id ?? 0, active: isOpen(values) };
    return candidateToCreate(ctx, jobcodes, index, { ...name, ...parent });
  }
  const cells = stored.get(Number(values.jobcode_id));
  if (cells === undefined)
    return new DomainError('invalid', `jobcode_id ${values.jobcode_id} does not exist`, { field: 'jobcode_id' });
  const now = layoutOf(jobcodes).values(cells);
  const name = before !== undefined && values.name !== now.name ? { name: values.name } : {};
  // A jobcode that is archived can not become a project at all.
  const active = (before !== undefined || now.active === true) && isOpen(values) !== now.active;
  return candidateToUpdate(
    ctx,
    jobcodes,
    index,
    { ...name, ...(active ? { active: isOpen(values) } : {}) },
    cells,
    undefined,
  );
}

async function parentsAmong({ db, actor }: Ctx, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await db.rows(sql`
    SELECT DISTINCT parent_id FROM jobcodes WHERE company_id = ${actor.companyId} AND parent_id = ANY(${ids}::int[])`);
  return new Set(rows.map(([id]) => Number(id)));
}
