import { type Ctx, resourceOf } from '../../engine/context.ts';
import { seenBy } from '../../engine/permissions.ts';
import { likePattern } from '../../rules/wildcard.ts';
import { empty, join, raw, type Sql, sql } from '../../store/sql.ts';
import { budgetOf, notesOf, unreadPostsOf } from './figures.ts';

/** Which projects a report is about; an empty list is any. */
export interface ProjectFilters {
  readonly projectIds: readonly number[];
  /** Jobcodes that stand for projects. */
  readonly jobcodeIds: readonly number[];
  /** Only projects anywhere below this jobcode; 0 for all. */
  readonly parentJobcodeId: number;
  readonly statuses: readonly string[];
  readonly active: 'yes' | 'no' | 'both';
  /** The name, `*` for any text. */
  readonly name?: string | undefined;
  /** Only projects on which time was tracked on these days, bounds included; all days without bounds. */
  readonly trackedOn?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
}

/** What projects can be sorted by. */
export const sortFields = ['name', 'due_date', 'budget_progress', 'total_note_count', 'unread_posts_count'] as const;

/** One key of an order. Projects without a value come last either way. */
export interface SortKey {
  readonly field: (typeof sortFields)[number];
  readonly descending: boolean;
}

/** A part of all projects that a report is about. */
export interface Part {
  readonly filters: ProjectFilters;
  /** Ties are broken by id. */
  readonly order: readonly SortKey[];
  readonly limit: number;
  /** Counted from 1. */
  readonly page: number;
}

/**
 * SQL: two common tables, `matching` with all projects that the actor may see and that the filters allow, and `page` with the
 * ids of one page and their `place` in the order.
 */
export function pageOf(ctx: Ctx, { filters, order, limit, page }: Part): Sql {
  const keys = order.map(({ field }, index) => sql`, ${keyOf(field, ctx)} AS ${raw(`key_${index}`)}`);
  const sorted = order.map(
    ({ descending }, index) => sql`${raw(`key_${index}`)} ${raw(descending ? 'DESC' : 'ASC')} NULLS LAST, `,
  );
  return sql`
    matching AS MATERIALIZED (
      SELECT t.id${keys.length === 0 ? empty : join(keys, '')} FROM projects t
      WHERE ${join([sql`t.company_id = ${ctx.actor.companyId}`, seenBy(resourceOf(ctx, 'projects'), ctx.actor), ...clauses(ctx, filters)], ' AND ')}
    ), page AS (
      SELECT id, row_number() OVER (ORDER BY ${sorted.length === 0 ? empty : join(sorted, '')}id) AS place
      FROM matching ORDER BY place LIMIT ${limit} OFFSET ${(page - 1) * limit}
    )`;
}

function keyOf(field: SortKey['field'], ctx: Ctx): Sql {
  switch (field) {
    case 'name':
      return sql`lower(t.name)`;
    case 'due_date':
      return sql`t.due_date`;
    case 'budget_progress':
      return budgetOf('t', ctx);
    case 'total_note_count':
      return notesOf('t');
    case 'unread_posts_count':
      return unreadPostsOf('t', ctx);
  }
}

function clauses({ actor: { companyId } }: Ctx, filters: ProjectFilters): Sql[] {
  const { projectIds, jobcodeIds, parentJobcodeId, statuses, active, name, trackedOn } = filters;
  const wanted: Sql[] = [];
  if (projectIds.length > 0) wanted.push(sql`t.id = ANY(${projectIds}::int[])`);
  if (jobcodeIds.length > 0) wanted.push(sql`t.jobcode_id = ANY(${jobcodeIds}::int[])`);
  if (parentJobcodeId !== 0) wanted.push(below(companyId, parentJobcodeId));
  if (statuses.length > 0) wanted.push(sql`t.status = ANY(${statuses}::text[])`);
  if (active !== 'both') wanted.push(active === 'yes' ? sql`t.active` : sql`NOT t.active`);
  if (name !== undefined) wanted.push(sql`t.name ILIKE ${likePattern(name)}`);
  if (trackedOn !== undefined) wanted.push(hasTime(trackedOn));
  return wanted;
}

function below(companyId: number, jobcodeId: number): Sql {
  return sql`t.parent_jobcode_id = ANY(ARRAY(
    WITH RECURSIVE tree AS (
      SELECT ${jobcodeId}::int AS id
      UNION
      SELECT j.id FROM tree JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = tree.id
    ) SELECT id FROM tree))`;
}

function hasTime({ from, to }: NonNullable<ProjectFilters['trackedOn']>): Sql {
  return sql`EXISTS (
    SELECT FROM timesheets s WHERE s.company_id = t.company_id AND s.jobcode_id = t.jobcode_id
      ${from === undefined ? empty : sql`AND s.date >= ${from}::date`}
      ${to === undefined ? empty : sql`AND s.date <= ${to}::date`})`;
}
