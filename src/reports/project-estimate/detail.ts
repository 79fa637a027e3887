import { type Ctx, resourceOf } from '../../engine/context.ts';
import { idsOf, layoutOf } from '../../engine/layout.ts';
import { seenBy } from '../../engine/permissions.ts';
import type { Cells } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { byFields, byPeople, type FieldTime, type PersonTime } from './breakdown.ts';
import { type ProjectEstimate, projectEstimates } from './summary.ts';
import { openOf, progressOf, secondsOf, sums, type Tracked, untracked } from './time.ts';

/** How many of the users who are assigned a project are named. */
const mostPreviewed = 10;

/** A project with its time in every way that it can be broken down. */
export interface ProjectEstimateDetail {
  readonly project: ProjectEstimate;
  /** Time of each user whose time the one who asks may see. */
  readonly people: readonly PersonTime[];
  /** Time by items of custom fields. */
  readonly fields: readonly FieldTime[];
  readonly items: readonly EstimateItemTime[];
  readonly team: Team;
}

/** An active item of the project's estimate, as a row of estimate_items, and everybody's time that counts for it. */
export interface EstimateItemTime {
  readonly id: number;
  /** The item of a custom field; 0 for the project as a whole. */
  readonly fieldItemId: number;
  readonly estimatedSeconds: number;
  readonly cells: Cells;
  readonly tracked: Tracked;
  /** Tracked by estimated time in hundredths; null where nothing is estimated. */
  readonly progress: number | null;
}

/** Who may track time on a project. */
export interface Team {
  readonly everyone: boolean;
  /** Users it is assigned to; 0 when it is assigned to everyone. */
  readonly count: number;
  /** The first of them whom the one who asks may see. */
  readonly preview: readonly number[];
}

/** One project, undefined when the actor can not see it. A constant number of statements. Reference: 28-reports.md. */
export async function projectEstimateDetail(ctx: Ctx, id: number): Promise<ProjectEstimateDetail | undefined> {
  const filters = { projectIds: [id], jobcodeIds: [], parentJobcodeId: 0, statuses: [], active: 'both' } as const;
  const [project] = (await projectEstimates(ctx, { filters, order: [], limit: 1, page: 1 })).rows;
  if (project === undefined) return undefined;
  const [people = [], items = [], estimated = [], team = []] = await ctx.db.pipeline([
    timeByPerson(ctx, project),
    timeByItem(ctx, project),
    estimateItems(ctx, project),
    teamOf(ctx, project),
  ]);
  const known = byPeople(people);
  const fields = byFields(items, known);
  return {
    project,
    people: known.filter(({ seen }) => seen),
    fields,
    items: estimated.map((cells) => estimateItemTime(ctx, project, fields, cells)),
    team: { everyone: team[0]?.[0] === 't', count: Number(team[0]?.[1] ?? 0), preview: idsOf(team[0]?.[2]) },
  };
}

/** A row for each user: his id, his group, whether the actor may see his time, and the time. */
function timeByPerson(ctx: Ctx, project: ProjectEstimate): Sql {
  return sql`
    SELECT s.user_id, coalesce(u.group_id, 0), bool_or(s.seen), ${sums} FROM (${timesheetsOf(ctx, project)}) s
    JOIN users u ON u.company_id = ${ctx.actor.companyId} AND u.id = s.user_id
    GROUP BY s.user_id, u.group_id ORDER BY s.user_id`;
}

/**
 * A row for each item of a custom field and each user: the field, the item, the user and his time. Values are kept as texts;
 * one that an archived item has too belongs to the active item.
 */
function timeByItem(ctx: Ctx, project: ProjectEstimate): Sql {
  return sql`
    WITH items AS (
      SELECT DISTINCT ON (customfield_id, lower(name)) customfield_id, lower(name) AS name, id FROM customfielditems
      WHERE company_id = ${ctx.actor.companyId} ORDER BY customfield_id, lower(name), active DESC, id DESC
    )
    SELECT i.customfield_id, i.id, s.user_id, ${sums} FROM (${timesheetsOf(ctx, project)}) s
    CROSS JOIN LATERAL json_each_text(s.customfields) v
    JOIN items i ON i.customfield_id = v.key::int AND i.name = lower(v.value)
    GROUP BY i.customfield_id, i.id, s.user_id ORDER BY i.customfield_id, i.id, s.user_id`;
}

function timesheetsOf(ctx: Ctx, { jobcodeId }: ProjectEstimate): Sql {
  return sql`
    SELECT t.user_id, t.customfields, ${secondsOf('t', ctx)} AS seconds, ${openOf('t')} AS open,
      ${seenBy(resourceOf(ctx, 'timesheets'), ctx.actor)} AS seen
    FROM timesheets t WHERE t.company_id = ${ctx.actor.companyId} AND t.jobcode_id = ${jobcodeId}`;
}

function estimateItems(ctx: Ctx, { estimateId }: ProjectEstimate): Sql {
  return sql`
    SELECT ${layoutOf(resourceOf(ctx, 'estimate_items')).select} FROM estimate_items t
    WHERE t.company_id = ${ctx.actor.companyId} AND t.estimate_id = ${estimateId} AND t.active ORDER BY t.id`;
}

function estimateItemTime(
  ctx: Ctx,
  project: ProjectEstimate,
  fields: readonly FieldTime[],
  cells: Cells,
): EstimateItemTime {
  const { value } = layoutOf(resourceOf(ctx, 'estimate_items'));
  const fieldItemId = Number(value(cells, 'type_id') ?? 0);
  const item = fields.flatMap(({ items }) => items).find(({ id }) => id === fieldItemId);
  const tracked = fieldItemId === 0 ? project.tracked : (item?.tracked ?? untracked);
  const estimatedSeconds = Number(value(cells, 'estimated_seconds'));
  const progress = progressOf(tracked, estimatedSeconds);
  return { id: Number(value(cells, 'id')), fieldItemId, estimatedSeconds, cells, tracked, progress };
}

/** Whether the project is everyone's; how many active users it is assigned to, and the first of them. */
function teamOf(ctx: Ctx, { jobcodeId }: ProjectEstimate): Sql {
  const { companyId } = ctx.actor;
  return sql`
    WITH RECURSIVE above AS (
      SELECT ${jobcodeId}::int AS id
      UNION
      SELECT j.parent_id FROM above JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = above.id
      WHERE j.parent_id IS NOT NULL
    ), assigned AS (
      SELECT a.user_id FROM above JOIN jobcode_assignments a ON a.company_id = ${companyId} AND a.jobcode_id = above.id
      WHERE a.active
    ), everyone AS (
      SELECT EXISTS (SELECT FROM assigned WHERE user_id IS NULL) AS yes
    ), team AS (
      SELECT t.id, ${seenBy(resourceOf(ctx, 'users'), ctx.actor)} AS seen FROM users t
      WHERE t.company_id = ${companyId} AND t.active AND t.id IN (SELECT user_id FROM assigned)
        AND NOT (SELECT yes FROM everyone)
    )
    SELECT (SELECT yes FROM everyone), (SELECT count(*) FROM team),
      ARRAY(SELECT id FROM team WHERE seen ORDER BY id LIMIT ${mostPreviewed})`;
}
