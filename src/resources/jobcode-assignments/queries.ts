import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

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
