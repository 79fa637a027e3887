import type { Ctx } from '../../engine/context.ts';
import { type Sql, sql } from '../../store/sql.ts';

/** Who wants to track time on what. */
export interface UserAndJobcode {
  userId: number;
  jobcodeId: number;
}

/** Whether a user may track time on a jobcode, and if not, why. */
export type Usability = 'allowed' | 'archived' | 'not-assigned' | 'unknown';

/** Tells whether a user may track time on a jobcode. */
export type JobcodeUse = (userId: number, jobcodeId: number) => Usability;

/**
 * Whether these users may track time on these jobcodes: the jobcode must be active, and it or one of those above it be
 * assigned to the user or to everyone. One statement at most; answers are kept until anything of the company changes.
 */
export async function jobcodeUse(ctx: Ctx, pairs: readonly UserAndJobcode[]): Promise<JobcodeUse> {
  const keys = new Set(pairs.map(({ userId, jobcodeId }) => `${userId}:${jobcodeId}`));
  const uses = await ctx.cache.rememberMany(ctx.actor.companyId, 'jobcode-use', keys, (missing) =>
    loadUses(ctx, missing),
  );
  return (userId, jobcodeId) => uses.get(`${userId}:${jobcodeId}`) ?? 'unknown';
}

async function loadUses(ctx: Ctx, keys: readonly string[]): Promise<Map<string, Usability>> {
  const pairs = keys.map((key) => key.split(':').map(Number));
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE wanted AS (
      SELECT u.user_id, u.jobcode_id FROM unnest(${pairs.map(([user]) => user)}::int[],
        ${pairs.map(([, jobcode]) => jobcode)}::int[]) AS u(user_id, jobcode_id)
    ), above AS (
      SELECT j.id AS start_id, j.id, j.parent_id FROM jobcodes j
      WHERE j.company_id = ${companyId} AND j.id IN (SELECT jobcode_id FROM wanted)
      UNION
      SELECT a.start_id, j.id, j.parent_id FROM above a
      JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = a.parent_id
    )
    SELECT w.user_id, w.jobcode_id, j.active, EXISTS (
      SELECT FROM above a JOIN jobcode_assignments s ON s.company_id = ${companyId} AND s.jobcode_id = a.id
      WHERE a.start_id = w.jobcode_id AND s.active AND coalesce(s.user_id, 0) IN (0, w.user_id))
    FROM wanted w JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = w.jobcode_id`);
  return new Map(
    rows.map(([user, jobcode, active, assigned]) => [
      `${user}:${jobcode}`,
      active !== 't' ? 'archived' : assigned === 't' ? 'allowed' : 'not-assigned',
    ]),
  );
}

/**
 * Keeps the assignments of everyone in step with assigned_to_all of these jobcodes: active while the jobcode is active and
 * assigned to all. Gives the ids of those that changed.
 */
export async function followEveryone(ctx: Ctx, jobcodeIds: readonly number[]): Promise<number[]> {
  if (jobcodeIds.length === 0) return [];
  const { companyId } = ctx.actor;
  const results = await ctx.db.pipeline([
    sql`INSERT INTO jobcode_assignments AS a (company_id, user_id, jobcode_id)
        SELECT company_id, NULL, id FROM jobcodes
        WHERE company_id = ${companyId} AND id = ANY(${jobcodeIds}::int[]) AND assigned_to_all AND active
        ORDER BY id
        ON CONFLICT (company_id, jobcode_id, (coalesce(user_id, 0))) DO UPDATE SET active = true WHERE NOT a.active
        RETURNING a.id`,
    sql`UPDATE jobcode_assignments a SET active = false FROM jobcodes j
        WHERE a.company_id = ${companyId} AND a.jobcode_id = ANY(${jobcodeIds}::int[]) AND a.user_id IS NULL AND a.active
          AND j.company_id = a.company_id AND j.id = a.jobcode_id AND NOT (j.assigned_to_all AND j.active)
        RETURNING a.id`,
  ]);
  return results.flat().map(([id]) => Number(id));
}

/** Ends what single users were assigned of jobcodes that were archived. */
export async function endAssignments(ctx: Ctx, jobcodeIds: readonly number[]): Promise<void> {
  if (jobcodeIds.length === 0) return;
  await ctx.db.rows(sql`
    UPDATE jobcode_assignments SET active = false, ended_with_jobcode = true
    WHERE company_id = ${ctx.actor.companyId} AND jobcode_id = ANY(${jobcodeIds}::int[])
      AND user_id IS NOT NULL AND active`);
}

/** Begins anew those assignments that ended when these jobcodes were archived. */
export async function resumeAssignments(ctx: Ctx, jobcodeIds: readonly number[]): Promise<void> {
  if (jobcodeIds.length === 0) return;
  await ctx.db.rows(sql`
    UPDATE jobcode_assignments SET active = true
    WHERE company_id = ${ctx.actor.companyId} AND jobcode_id = ANY(${jobcodeIds}::int[]) AND ended_with_jobcode`);
}

/** Assigns new jobcodes to the users whom their parents are assigned to. */
export async function inheritAssignments(ctx: Ctx, jobcodeIds: readonly number[]): Promise<void> {
  const { companyId } = ctx.actor;
  await ctx.db.rows(sql`
    INSERT INTO jobcode_assignments (company_id, user_id, jobcode_id)
    SELECT a.company_id, a.user_id, j.id FROM jobcodes j
    JOIN jobcode_assignments a ON a.company_id = j.company_id AND a.jobcode_id = j.parent_id
    WHERE j.company_id = ${companyId} AND j.id = ANY(${jobcodeIds}::int[]) AND j.active
      AND a.active AND a.user_id IS NOT NULL
    ORDER BY j.id, a.user_id ON CONFLICT DO NOTHING`);
}

/** Ids of the jobcodes that are assigned to a user: themselves, through everyone, or with one above them. */
export function assignedJobcodes(companyId: number, userId: number): Sql {
  return sql`
    WITH RECURSIVE assigned AS (
      SELECT a.jobcode_id AS id FROM jobcode_assignments a
      WHERE a.company_id = ${companyId} AND a.active AND (a.user_id = ${userId} OR a.user_id IS NULL)
      UNION
      SELECT j.id FROM assigned a JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = a.id
    ) SELECT id FROM assigned`;
}

/** Ids of a user's own active assignments of a jobcode and of all below it. */
export async function assignmentsWithin(ctx: Ctx, userId: number, jobcodeId: number): Promise<number[]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE tree AS (
      SELECT ${jobcodeId}::int AS id
      UNION
      SELECT j.id FROM tree t JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = t.id
    )
    SELECT a.id FROM tree t JOIN jobcode_assignments a ON a.company_id = ${companyId} AND a.jobcode_id = t.id
    WHERE a.user_id = ${userId} AND a.active ORDER BY a.id`);
  return rows.map(([id]) => Number(id));
}

/** The active assignment of a jobcode to a user himself. */
export async function ownAssignment(
  { db, actor }: Ctx,
  userId: number,
  jobcodeId: number,
): Promise<number | undefined> {
  const [row] = await db.rows(sql`
    SELECT id FROM jobcode_assignments
    WHERE company_id = ${actor.companyId} AND user_id = ${userId} AND jobcode_id = ${jobcodeId} AND active`);
  return row === undefined ? undefined : Number(row[0]);
}

/**
 * Ids of the jobcodes that a user can choose among when he clocks in, two at most: active ones of work that are assigned to
 * him and have none below them.
 */
export async function jobcodesToChoose(ctx: Ctx, userId: number): Promise<number[]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    SELECT j.id FROM jobcodes j
    WHERE j.company_id = ${companyId} AND j.active AND j.type = 'regular' AND j.id IN (${assignedJobcodes(companyId, userId)})
      AND NOT EXISTS (SELECT FROM jobcodes c WHERE c.company_id = j.company_id AND c.parent_id = j.id AND c.active)
    LIMIT 2`);
  return rows.map(([id]) => Number(id));
}
