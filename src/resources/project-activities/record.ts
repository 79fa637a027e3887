import type { Ctx } from '../../engine/context.ts';
import { originOf } from '../../engine/writing.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';

/** What can happen on a project. Reference: 23-project-activities.md, Activity Types. */
export const activityTypes = [
  'clock_in',
  'clock_out',
  'note',
  'attachment',
  'project_update',
  'project_created',
  'location_update',
  'estimate_item_added',
  'estimate_item_removed',
  'estimate_item_updated',
  'assignment',
  'unassignment',
] as const;

export type ActivityType = (typeof activityTypes)[number];

/** Something that happened on a project. */
export interface Activity {
  readonly projectId: number;
  /** Whom it is about, or who did it; 0 for the server itself. */
  readonly userId: number;
  readonly type: ActivityType;
  /** Ids of the rows that it is about, by resource. */
  readonly linked?: Readonly<Record<string, readonly number[]>>;
}

/**
 * Writes down what happened on projects, in the transaction of `ctx`, so that it is written exactly when the event itself
 * is. Gives the ids in the order of the activities.
 */
export async function recordActivities(ctx: Ctx, activities: readonly Activity[]): Promise<number[]> {
  if (activities.length === 0) return [];
  const [, rows = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`
      INSERT INTO project_activities (company_id, project_id, user_id, activity_type, linked_objects)
      SELECT ${ctx.actor.companyId}::int, a.project_id, nullif(a.user_id, 0), a.type, a.linked::json
      FROM unnest(${activities.map(({ projectId }) => projectId)}::int[],
        ${activities.map(({ userId }) => userId)}::int[], ${activities.map(({ type }) => type)}::text[],
        ${activities.map(({ linked = {} }) => JSON.stringify(linked))}::text[])
        WITH ORDINALITY AS a (project_id, user_id, type, linked, ord)
      ORDER BY a.ord RETURNING id`,
  ]);
  return rows.map(([id]) => Number(id)).sort((a, b) => a - b);
}

/** Somebody who is on the clock at a location of the project. */
export interface Arrival {
  readonly projectId: number;
  readonly userId: number;
  readonly timesheetId: number;
  readonly locationId: number;
}

/** Writes down who is where, once for each timesheet and location however often it is told; in the transaction of `ctx`. */
export async function recordArrivals(ctx: Ctx, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  // In one order by all who write them, so that no two of them wait for each other.
  await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`
      INSERT INTO project_activities (company_id, project_id, user_id, activity_type, linked_objects)
      SELECT ${ctx.actor.companyId}::int, a.project_id, a.user_id, 'location_update', json_build_object(
        'timesheets', json_build_array(a.timesheet_id), 'locations', json_build_array(a.location_id))
      FROM (SELECT DISTINCT * FROM unnest(${arrivals.map(({ timesheetId }) => timesheetId)}::int[],
        ${arrivals.map(({ locationId }) => locationId)}::int[], ${arrivals.map(({ projectId }) => projectId)}::int[],
        ${arrivals.map(({ userId }) => userId)}::int[]) AS a (timesheet_id, location_id, project_id, user_id)) a
      ORDER BY a.timesheet_id, a.location_id ON CONFLICT DO NOTHING`,
  ]);
}

/**
 * Writes down who came to or left projects: those of these assignments whose jobcode is a project's, each as it is now. An
 * assignment of everyone counts as the deed of the actor.
 */
export async function recordTeamChanges(ctx: Ctx, assignmentIds: readonly number[]): Promise<void> {
  if (assignmentIds.length === 0) return;
  const { companyId, userId } = ctx.actor;
  await ctx.db.rows(sql`
    INSERT INTO project_activities (company_id, project_id, user_id, activity_type, linked_objects)
    SELECT a.company_id, p.id, coalesce(a.user_id, nullif(${userId}::int, 0)),
      CASE WHEN a.active THEN 'assignment' ELSE 'unassignment' END,
      json_build_object('jobcode_assignments', json_build_array(a.id))
    FROM jobcode_assignments a JOIN projects p ON p.company_id = a.company_id AND p.jobcode_id = a.jobcode_id
    WHERE a.company_id = ${companyId} AND a.id = ANY(${assignmentIds}::int[]) ORDER BY a.id`);
}
