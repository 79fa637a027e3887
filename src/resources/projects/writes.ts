import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { addTouched, lostRace } from '../../engine/results.ts';
import { insertRows, updateSeen } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { archiveEstimates } from '../estimates/cascades.ts';
import { resumeAssignments } from '../jobcode-assignments/queries.ts';
import { cascade } from '../jobcodes/cascades.ts';
import { recordActivities } from '../project-activities/record.ts';
import type { ProjectFacts } from './facts.ts';

/** Makes and changes the jobcodes of projects before the projects themselves are written. */
export async function writeJobcodes(
  ctx: Ctx,
  candidates: readonly Candidate[],
  { jobcodeOf, written }: ProjectFacts,
): Promise<void> {
  const pairs = candidates.flatMap((project) => {
    const jobcode = jobcodeOf.get(project);
    return jobcode === undefined || jobcode instanceof DomainError ? [] : [{ project, jobcode }];
  });
  const fresh = pairs.filter(({ jobcode }) => jobcode.id === undefined);
  // One that becomes a project is written though nothing of it differs: its project_id does.
  const others = pairs.filter(({ project, jobcode }) => {
    return jobcode.id !== undefined && (project.before === undefined || jobcode.given.size > 0);
  });
  written.push(...(await insert(ctx, fresh)));
  await update(
    ctx,
    others.map(({ jobcode }) => jobcode),
  );
  written.push(...others.map(({ jobcode }) => ({ candidate: jobcode, id: jobcode.id ?? 0 })));
}

async function insert(ctx: Ctx, pairs: readonly { project: Candidate; jobcode: Candidate }[]): Promise<Written[]> {
  if (pairs.length === 0) return [];
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const rows = await insertRows(
    ctx,
    jobcodes,
    pairs.map(({ jobcode }) => jobcode.values),
  );
  if (rows.length < pairs.length) throw lostRace();
  const position = layoutOf(jobcodes).at('id') + 1;
  return pairs.map(({ project, jobcode }, index) => {
    const id = Number(rows[index]?.[position]);
    project.values.jobcode_id = id;
    return { candidate: jobcode, id };
  });
}

async function update(ctx: Ctx, jobcodes: readonly Candidate[]): Promise<void> {
  if (jobcodes.length === 0) return;
  const rows = jobcodes.map(({ id = 0, before, values }) => ({ id, seen: before, values }));
  if ((await updateSeen(ctx, resourceOf(ctx, 'jobcodes'), rows)).size < rows.length) throw lostRace();
}

/** What follows from written projects: their jobcodes' assignments and families, archived estimates, activities. */
export async function afterProjects(ctx: Ctx, written: readonly Written[], facts: ProjectFacts): Promise<Touched> {
  const touched: Touched = new Map();
  if (facts.written.length > 0) addTouched(touched, await cascade(ctx, facts.written, facts.jobcodes));
  // Whom a project lost when it was completed or archived comes back with it.
  const reopened = facts.written.filter(
    ({ candidate: { before, values } }) => before?.active === false && values.active,
  );
  await resumeAssignments(
    ctx,
    reopened.map(({ id }) => id),
  );
  await recordActivities(
    ctx,
    written.map(({ id, candidate }) => ({
      projectId: id,
      userId: ctx.actor.userId,
      type: candidate.before === undefined ? 'project_created' : 'project_update',
    })),
  );
  const archived = written.filter(({ candidate: { before, values } }) => before?.active === true && !values.active);
  await archiveEstimates(
    ctx,
    archived.map(({ id }) => id),
  );
  return touched;
}
