import { type Ctx, resourceOf } from '../../engine/context.ts';
import { whereFor } from '../../engine/permissions.ts';
import { ofGroups, onJobcodes } from '../../resources/timesheets/filters.ts';
import { join, type Sql, sql } from '../../store/sql.ts';
import type { ProjectQuery, Sum } from './index.ts';

/** One line of the statement; `fieldId` is that of an item. */
export interface KindSum extends Sum {
  readonly kind: string;
  readonly fieldId: number;
}

/** Seconds by user, group, jobcode and item, and the custom fields themselves, each kind in the order of ids. */
export async function projectSums(ctx: Ctx, query: ProjectQuery): Promise<KindSum[]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH s AS MATERIALIZED (
      SELECT t.user_id, coalesce(t.jobcode_id, 0) AS jobcode_id, t.duration, t.customfields
      FROM timesheets t WHERE ${join(clausesOf(ctx, query), ' AND ')}
    ), by_user AS (
      SELECT s.user_id, sum(s.duration) AS seconds FROM s GROUP BY s.user_id
    ), by_value AS (
      SELECT e.key::int AS field_id, lower(e.value) AS value, sum(s.duration) AS seconds
      FROM s CROSS JOIN json_each_text(s.customfields) e
      WHERE s.customfields::text <> '{}' AND e.value <> '' GROUP BY 1, 2
    ), by_item AS (
      SELECT v.field_id, i.id, i.name, sum(v.seconds) AS seconds
      FROM by_value v CROSS JOIN LATERAL (
        -- The name of an archived item may be used again.
        SELECT i.id, i.name FROM customfielditems i
        WHERE i.company_id = ${companyId} AND i.customfield_id = v.field_id AND lower(i.name) = v.value
        ORDER BY i.active DESC, i.id DESC LIMIT 1) i
      GROUP BY 1, 2, 3
    )
    SELECT 'user', b.user_id AS id, u.first_name || ' ' || u.last_name, b.seconds, 0 AS field_id
    FROM by_user b JOIN users u ON u.company_id = ${companyId} AND u.id = b.user_id
    UNION ALL
    SELECT 'group', coalesce(u.group_id, 0), coalesce(g.name, ''), sum(b.seconds), 0
    FROM by_user b JOIN users u ON u.company_id = ${companyId} AND u.id = b.user_id
    LEFT JOIN groups g ON g.company_id = u.company_id AND g.id = u.group_id GROUP BY 2, 3
    UNION ALL
    SELECT 'jobcode', b.jobcode_id, coalesce(j.name, ''), b.seconds, 0
    FROM (SELECT s.jobcode_id, sum(s.duration) AS seconds FROM s GROUP BY s.jobcode_id) b
    LEFT JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = b.jobcode_id
    UNION ALL
    SELECT 'customfield', f.id, f.name, 0, 0 FROM customfields f
    WHERE f.company_id = ${companyId} AND f.applies_to = 'timesheet'
      AND (f.active OR f.id IN (SELECT field_id FROM by_item))
    UNION ALL
    SELECT 'customfielditem', i.id, i.name, i.seconds, i.field_id FROM by_item i
    ORDER BY id`);
  return rows.map(([kind, id, name, seconds, fieldId]) => ({
    kind: String(kind),
    id: Number(id),
    name: String(name),
    seconds: Number(seconds),
    fieldId: Number(fieldId),
  }));
}

/** The closed timesheets that the report is about, over alias t. */
function clausesOf(ctx: Ctx, query: ProjectQuery): Sql[] {
  const { companyId } = ctx.actor;
  const clauses = [
    sql`t.company_id = ${companyId}`,
    sql`t.date BETWEEN ${query.start}::date AND ${query.end}::date`,
    sql`(t.type = 'manual' OR t.end_at IS NOT NULL)`,
    whereFor(resourceOf(ctx, 'timesheets').allow.view, ctx.actor),
  ];
  if (query.userIds.length > 0) clauses.push(sql`t.user_id = ANY(${query.userIds}::int[])`);
  if (query.groupIds.length > 0) clauses.push(ofGroups(query.groupIds, companyId));
  if (query.jobcodeIds.length > 0) clauses.push(onJobcodes(query.jobcodeIds, companyId));
  if (query.jobcodeType !== undefined) {
    clauses.push(sql`t.jobcode_id = ANY(ARRAY(
      SELECT j.id FROM jobcodes j WHERE j.company_id = ${companyId} AND j.type = ${query.jobcodeType}))`);
  }
  for (const [fieldId, values] of query.values) {
    const wanted = values.map((value) => value.toLowerCase());
    clauses.push(sql`lower(t.customfields ->> ${String(fieldId)}::text) = ANY(${wanted}::text[])`);
  }
  return clauses;
}
