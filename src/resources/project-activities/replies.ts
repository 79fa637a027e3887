import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/** Keys of linked_objects: what activities are about, and what stands below them. */
export const linkedNames: readonly string[] = [
  'timesheets',
  'locations',
  'jobcode_assignments',
  'estimate_items',
  'files',
  'project_notes',
  'project_activity_replies',
];

/** Rows that an activity (alias t) is about, by resource: those that were noted with it, its note and its replies. */
export const linkedObjects = `(
  SELECT coalesce(json_object_agg(l.name, l.ids), '{}') FROM (
    SELECT key AS name, value AS ids FROM json_each(t.linked_objects)
    UNION ALL
    SELECT 'project_notes', json_agg(n.id) FROM project_notes n
    WHERE n.company_id = t.company_id AND n.project_activity_id = t.id HAVING count(*) > 0
    UNION ALL
    SELECT 'project_activity_replies', json_agg(r.id ORDER BY r.id) FROM project_activity_replies r
    WHERE r.company_id = t.company_id AND r.project_activity_id = t.id AND r.active HAVING count(*) > 0
  ) l)`;

// last_modified of a read time is the moment of reading by the clock that replies are created by, to the microsecond.
/** Replies of others to an activity (alias t) that came after the viewer has read about the project. */
export const unreadReplies = `(
  SELECT count(*) FROM project_activity_replies r
  WHERE r.company_id = t.company_id AND r.project_activity_id = t.id AND r.active AND r.user_id <> viewer.id
    AND r.created > coalesce((
      SELECT read.last_modified FROM project_activity_read_times read
      WHERE read.company_id = t.company_id AND read.user_id = viewer.id AND read.project_id = t.project_id), '-infinity'))`;

/** Whether the viewer follows an activity (alias t): it is his, or he replied to it, or he was mentioned on it. */
export const following = `(t.user_id IS NOT DISTINCT FROM viewer.id
  OR EXISTS (SELECT FROM project_notes n
    WHERE n.company_id = t.company_id AND n.project_activity_id = t.id AND n.active AND viewer.id = ANY(n.mentions))
  OR EXISTS (SELECT FROM project_activity_replies r
    WHERE r.company_id = t.company_id AND r.project_activity_id = t.id AND r.active
      AND (r.user_id = viewer.id OR viewer.id = ANY(r.mentions))))`;

/** Who follows these activities, by the activity's id, in one statement. */
export async function followersOf({ db, actor }: Ctx, ids: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await db.rows(sql`
    WITH asked AS (
      SELECT company_id, id, user_id FROM project_activities
      WHERE company_id = ${actor.companyId} AND id = ANY(${ids}::int[])
    )
    SELECT id, user_id FROM asked WHERE user_id IS NOT NULL
    UNION
    SELECT a.id, unnest(n.mentions) FROM asked a
    JOIN project_notes n ON n.company_id = a.company_id AND n.project_activity_id = a.id AND n.active
    UNION
    SELECT a.id, unnest(r.user_id || r.mentions) FROM asked a
    JOIN project_activity_replies r ON r.company_id = a.company_id AND r.project_activity_id = a.id AND r.active
    ORDER BY 1, 2`);
  const followers = new Map<number, number[]>();
  for (const [id, userId] of rows) {
    const known = followers.get(Number(id)) ?? [];
    known.push(Number(userId));
    followers.set(Number(id), known);
  }
  return followers;
}
