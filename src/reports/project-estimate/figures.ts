import { type Ctx, resourceOf } from '../../engine/context.ts';
import { seenBy } from '../../engine/permissions.ts';
import { raw, type Sql, sql } from '../../store/sql.ts';
import { openOf, secondsOf, sums } from './time.ts';

// Each gives SQL that is correlated to a row of projects by its alias. A jobcode that stands for a project has none below it,
// so the time on a project is the time on its jobcode.

/** Columns of `sums` over everybody's time on a project, as a SELECT. */
export function timeOf(alias: string, ctx: Ctx): Sql {
  const project = raw(alias);
  return sql`SELECT ${sums} FROM (
    SELECT ${secondsOf('s', ctx)} AS seconds, ${openOf('s')} AS open FROM timesheets s
    WHERE s.company_id = ${project}.company_id AND s.jobcode_id = ${project}.jobcode_id) s`;
}

/** Sum of the active items of an estimate, by the alias of its row. */
export function estimatedOf(alias: string): Sql {
  return raw(`coalesce((
    SELECT sum(i.estimated_seconds) FROM estimate_items i
    WHERE i.company_id = ${alias}.company_id AND i.estimate_id = ${alias}.id AND i.active), 0)`);
}

/** How much of its budget a project has used, as `progressOf` rounds it. */
export function budgetOf(alias: string, ctx: Ctx): Sql {
  const project = raw(alias);
  return sql`(
    SELECT round((SELECT clocked_in + clocked_out FROM (${timeOf(alias, ctx)}) s) / nullif(${estimatedOf('e')}, 0)::numeric, 2)
    FROM estimates e WHERE e.company_id = ${project}.company_id AND e.project_id = ${project}.id AND e.active)`;
}

/** How many notes a project has. */
export function notesOf(alias: string): Sql {
  return raw(`(
    SELECT count(*) FROM project_notes n
    WHERE n.company_id = ${alias}.company_id AND n.project_id = ${alias}.id AND n.active)`);
}

/** When the actor has read last what happened on a project. */
function readTime(alias: string, { actor }: Ctx): Sql {
  const project = raw(alias);
  return sql`coalesce((
    SELECT r.last_modified FROM project_activity_read_times r
    WHERE r.company_id = ${project}.company_id AND r.user_id = ${actor.userId} AND r.project_id = ${project}.id),
    '-infinity')`;
}

/** Notes of others that the actor has not read. */
export function unreadPostsOf(alias: string, ctx: Ctx): Sql {
  const project = raw(alias);
  return sql`(
    SELECT count(*) FROM project_notes n
    WHERE n.company_id = ${project}.company_id AND n.project_id = ${project}.id AND n.active
      AND n.user_id <> ${ctx.actor.userId} AND n.created > ${readTime(alias, ctx)})`;
}

/** Replies of others that the actor has not read. */
export function unreadRepliesOf(alias: string, ctx: Ctx): Sql {
  const project = raw(alias);
  return sql`(
    SELECT count(*) FROM project_activities a
    JOIN project_activity_replies r ON r.company_id = a.company_id AND r.project_activity_id = a.id AND r.active
    WHERE a.company_id = ${project}.company_id AND a.project_id = ${project}.id AND a.active
      AND r.user_id <> ${ctx.actor.userId} AND r.created > ${readTime(alias, ctx)})`;
}

/** Users on the clock on a project whose time the actor may see. The alias must not be t. */
export function clockedInOf(alias: string, ctx: Ctx): Sql {
  const project = raw(alias);
  return sql`ARRAY(
    SELECT t.user_id FROM timesheets t
    WHERE t.company_id = ${project}.company_id AND t.jobcode_id = ${project}.jobcode_id AND ${openOf('t')}
      AND ${seenBy(resourceOf(ctx, 'timesheets'), ctx.actor)}
    ORDER BY t.user_id)`;
}
