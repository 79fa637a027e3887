import type { Ctx } from '../../engine/context.ts';
import type { Touched, Written } from '../../engine/definition.ts';
import { originOf } from '../../engine/writing.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { recordTeamChanges } from '../project-activities/record.ts';
import { followEveryone } from './queries.ts';

/** Whom a jobcode is assigned to; user 0 is everyone. */
interface Assigned {
  userId: number;
  jobcodeId: number;
}

/** Children follow: what a user is assigned, he is assigned of all active jobcodes below it. */
export async function assignBelow(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  const assigned = written.map(({ candidate: { values } }) => ({
    userId: Number(values.user_id ?? 0),
    jobcodeId: Number(values.jobcode_id),
  }));
  const forUsers = assigned.filter(({ userId }) => userId !== 0);
  const forAll = assigned.filter(({ userId }) => userId === 0);
  const jobcodes = forAll.length === 0 ? [] : await markAssignedToAll(ctx, forAll);
  const assignments = [
    ...(forUsers.length === 0 ? [] : await addBelow(ctx, forUsers)),
    ...(await followEveryone(ctx, jobcodes)),
  ];
  await recordTeamChanges(ctx, [...written.map(({ id }) => id), ...assignments]);
  return new Map([
    ['jobcode_assignments', new Set(assignments)],
    ['jobcodes', new Set(jobcodes)],
  ]);
}

async function addBelow(ctx: Ctx, assigned: readonly Assigned[]): Promise<number[]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE below AS (
      SELECT u.user_id, j.id FROM unnest(${assigned.map(({ userId }) => userId)}::int[],
        ${assigned.map(({ jobcodeId }) => jobcodeId)}::int[]) AS u(user_id, jobcode_id)
      JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = u.jobcode_id AND j.active
      UNION
      SELECT b.user_id, j.id FROM below b
      JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = b.id AND j.active
    )
    INSERT INTO jobcode_assignments AS a (company_id, user_id, jobcode_id)
    SELECT ${companyId}::int, user_id, id FROM below ORDER BY id, user_id
    ON CONFLICT (company_id, jobcode_id, (coalesce(user_id, 0))) DO UPDATE SET active = true WHERE NOT a.active
    RETURNING a.id`);
  return rows.map(([id]) => Number(id));
}

/** Marks these jobcodes and the active ones below them as assigned to everyone; gives those that were not. */
async function markAssignedToAll(ctx: Ctx, assigned: readonly Assigned[]): Promise<number[]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE below AS (
      SELECT u.id FROM unnest(${assigned.map(({ jobcodeId }) => jobcodeId)}::int[]) AS u(id)
      UNION
      SELECT j.id FROM below b JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = b.id AND j.active
    )
    UPDATE jobcodes j SET assigned_to_all = true FROM below b
    WHERE j.company_id = ${companyId} AND j.id = b.id AND NOT j.assigned_to_all RETURNING j.id`);
  return rows.map(([id]) => Number(id));
}

/** Ends assignments, and with each those of all jobcodes below for the same user. Gives the ids of those it ended. */
export async function removeBelow(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const { companyId } = ctx.actor;
  await ctx.db.rows(originStatement(originOf(ctx)));
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE below AS (
      SELECT coalesce(a.user_id, 0) AS user_id, a.jobcode_id FROM jobcode_assignments a
      WHERE a.company_id = ${companyId} AND a.id = ANY(${ids}::int[]) AND a.active
      UNION
      SELECT b.user_id, j.id FROM below b JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = b.jobcode_id
    )
    UPDATE jobcode_assignments a SET active = false FROM below b
    WHERE a.company_id = ${companyId} AND a.jobcode_id = b.jobcode_id AND coalesce(a.user_id, 0) = b.user_id AND a.active
    RETURNING a.id, a.user_id IS NULL, a.jobcode_id`);
  const shared = rows.flatMap(([, everyone, jobcode]) => (everyone === 't' ? [Number(jobcode)] : []));
  if (shared.length > 0) {
    await ctx.db.rows(sql`
      UPDATE jobcodes SET assigned_to_all = false
      WHERE company_id = ${companyId} AND id = ANY(${shared}::int[]) AND assigned_to_all`);
  }
  const ended = rows.map(([id]) => Number(id));
  await recordTeamChanges(ctx, ended);
  return new Set(ended);
}
