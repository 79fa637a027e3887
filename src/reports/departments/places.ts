import { type Ctx, resourceOf } from '../../engine/context.ts';
import { seenBy, whereFor } from '../../engine/permissions.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import { empty, type Sql, sql } from '../../store/sql.ts';

/** A jobcode at the top level. */
export interface Department {
  readonly id: number;
  readonly name: string;
}

/** Where a person works. */
export interface Place {
  /** His usual jobcode; else the first of his own, else of everyone's. Undefined where he may use none. */
  readonly primary: Department | undefined;
  /** Where he is on the clock, or was last; else the primary one. */
  readonly current: Department | undefined;
  readonly onTheClock: boolean;
}

/**
 * `places`, for the statements here: a row for each active person who tracks time and whom the caller sees. Somebody whose
 * time he may not see is nowhere but in his primary department. `which` narrows the users, alias t.
 */
export function placesOf(ctx: Ctx, which: Sql): Sql {
  const { actor, now } = ctx;
  const { companyId } = actor;
  const timesheets = resourceOf(ctx, 'timesheets').allow.view;
  const shown = whereFor({ any: [timesheets, { has: 'status_box' }] }, actor);
  const moment = sql`${pgOfEpoch(now)}::timestamptz`;
  // A scalar, so that each jobcode is looked up by its key, whatever the planner believes of the table.
  const forWork = sql`(SELECT j.type FROM jobcodes j WHERE j.company_id = ${companyId} AND j.id = t.jobcode_id) = 'regular'`;
  return sql`
    people AS MATERIALIZED (
      SELECT t.id, t.default_jobcode_id FROM users t
      WHERE t.company_id = ${companyId} AND t.active AND t.permissions @> ARRAY['time_tracking']
        AND ${seenBy(resourceOf(ctx, 'users'), actor)} ${which}
    ), work AS MATERIALIZED (
      SELECT p.*, o.jobcode_id IS NOT NULL AS present, coalesce(nullif(o.jobcode_id, 0), l.jobcode_id) AS jobcode_id
      FROM people p
      LEFT JOIN LATERAL (
        SELECT CASE WHEN ${forWork} THEN t.jobcode_id ELSE 0 END AS jobcode_id FROM timesheets t
        WHERE t.company_id = ${companyId} AND t.user_id = p.id AND t.end_at IS NULL AND t.type = 'regular' AND ${shown}
      ) o ON true
      LEFT JOIN LATERAL (
        SELECT t.jobcode_id FROM timesheets t
        WHERE coalesce(o.jobcode_id, 0) = 0 AND t.company_id = ${companyId} AND t.user_id = p.id AND t.type = 'regular'
          AND t.date <= (${moment} AT TIME ZONE 'UTC')::date + 1 AND t.start_at <= ${moment} AND ${forWork} AND ${shown}
        ORDER BY t.date DESC, t.start_at DESC LIMIT 1
      ) l ON true
    ), above AS (
      SELECT DISTINCT jobcode_id AS start_id, jobcode_id AS id FROM work WHERE jobcode_id IS NOT NULL
      UNION
      SELECT a.start_id, j.parent_id FROM above a JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = a.id
      WHERE j.parent_id IS NOT NULL
    ), tops AS MATERIALIZED (
      SELECT a.start_id, a.id FROM above a JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = a.id
      WHERE j.parent_id IS NULL
    ), departments AS MATERIALIZED (
      SELECT id FROM jobcodes WHERE company_id = ${companyId} AND active AND type = 'regular' AND parent_id IS NULL
    ), firsts AS MATERIALIZED (
      SELECT coalesce(a.user_id, 0) AS user_id, min(d.id) AS id FROM jobcode_assignments a JOIN departments d ON d.id = a.jobcode_id
      WHERE a.company_id = ${companyId} AND a.active GROUP BY 1
    ), places AS MATERIALIZED (
      SELECT w.id AS user_id, w.present, p.id AS primary_id, coalesce(t.id, p.id) AS current_id
      FROM work w
      LEFT JOIN departments d ON d.id = w.default_jobcode_id
      LEFT JOIN firsts o ON o.user_id = w.id
      LEFT JOIN tops t ON t.start_id = w.jobcode_id
      CROSS JOIN LATERAL (
        SELECT coalesce(d.id, o.id, (SELECT f.id FROM firsts f WHERE f.user_id = 0)) AS id
      ) p
    )`;
}

/** Where people work, by user id; of all when none are named. One statement. */
export async function whereabouts(ctx: Ctx, userIds?: readonly number[]): Promise<ReadonlyMap<number, Place>> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE ${placesOf(ctx, userIds === undefined ? empty : sql`AND t.id = ANY(${userIds}::int[])`)}
    SELECT p.user_id, p.present, p.primary_id, d.name, p.current_id, c.name FROM places p
    LEFT JOIN jobcodes d ON d.company_id = ${companyId} AND d.id = p.primary_id
    LEFT JOIN jobcodes c ON c.company_id = ${companyId} AND c.id = p.current_id`);
  const department = (id: unknown, name: unknown): Department | undefined =>
    id === null ? undefined : { id: Number(id), name: String(name) };
  return new Map(
    rows.map(([userId, present, primaryId = null, primaryName, currentId = null, currentName]) => [
      Number(userId),
      {
        primary: department(primaryId, primaryName),
        current: department(currentId, currentName),
        onTheClock: present === 't',
      },
    ]),
  );
}
