import type { Ctx } from '../../engine/context.ts';
import { lostRace } from '../../engine/results.ts';
import { sql } from '../../store/sql.ts';

/** Somebody, and a project that he may or may not see. */
export interface UserAndProject {
  readonly userId: number;
  readonly projectId: number;
}

/**
 * Tells which of these users see which of these projects, by the rule of `seesProject`; who is archived sees none. One
 * statement at most.
 */
export async function audienceAmong(
  { db, actor }: Ctx,
  pairs: readonly UserAndProject[],
): Promise<(userId: number, projectId: number) => boolean> {
  if (pairs.length === 0) return () => false;
  const { companyId } = actor;
  const rows = await db.rows(sql`
    WITH RECURSIVE wanted AS (
      SELECT DISTINCT w.user_id, w.project_id FROM unnest(${pairs.map(({ userId }) => userId)}::int[],
        ${pairs.map(({ projectId }) => projectId)}::int[]) AS w (user_id, project_id)
    ), above AS (
      SELECT p.id AS project_id, p.jobcode_id FROM projects p
      WHERE p.company_id = ${companyId} AND p.id IN (SELECT project_id FROM wanted)
      UNION
      SELECT a.project_id, j.parent_id FROM above a
      JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = a.jobcode_id WHERE j.parent_id IS NOT NULL
    )
    SELECT w.user_id, w.project_id FROM wanted w
    JOIN users u ON u.company_id = ${companyId} AND u.id = w.user_id AND u.active
    WHERE u.permissions && ARRAY['admin', 'manage_projects', 'view_projects'] OR EXISTS (
      SELECT FROM above a JOIN jobcode_assignments s ON s.company_id = ${companyId} AND s.jobcode_id = a.jobcode_id
      WHERE a.project_id = w.project_id AND s.active AND coalesce(s.user_id, 0) IN (0, w.user_id))`);
  const known = new Set(rows.map(([userId, projectId]) => `${userId} ${projectId}`));
  return (userId, projectId) => known.has(`${userId} ${projectId}`);
}

/** Keeps projects from being archived until the transaction ends; one that is archived already is a lost race. */
export async function holdOpen({ db, actor }: Ctx, projectIds: readonly number[]): Promise<void> {
  const ids = [...new Set(projectIds)];
  if (ids.length === 0) return;
  const rows = await db.rows(sql`
    SELECT id FROM projects WHERE company_id = ${actor.companyId} AND id = ANY(${ids}::int[]) AND active
    ORDER BY id FOR SHARE`);
  if (rows.length < ids.length) throw lostRace();
}
