import { type Sql, sql } from '../../store/sql.ts';

/** Time on these jobcodes or on one below them; 0 is time on no jobcode. */
export function onJobcodes(ids: readonly number[], companyId: number): Sql {
  const below = sql`t.jobcode_id = ANY(ARRAY(
    WITH RECURSIVE tree AS (
      SELECT j.id FROM jobcodes j WHERE j.company_id = ${companyId} AND j.id = ANY(${ids}::int[])
      UNION
      SELECT j.id FROM jobcodes j JOIN tree ON j.company_id = ${companyId} AND j.parent_id = tree.id
    ) SELECT id FROM tree))`;
  return ids.includes(0) ? sql`(t.jobcode_id IS NULL OR ${below})` : below;
}

/** Timesheets that are open, or not. There are few open ones, so they are found first by their own index. */
export function onTheClock(yes: boolean, companyId: number): Sql {
  const open = sql`ARRAY(
    SELECT o.id FROM timesheets o WHERE o.company_id = ${companyId} AND o.type = 'regular' AND o.end_at IS NULL)`;
  return yes ? sql`t.id = ANY(${open})` : sql`t.id <> ALL(${open})`;
}

/** Time of the users who are in these groups now; 0 is no group. */
export function ofGroups(ids: readonly number[], companyId: number): Sql {
  return sql`t.user_id = ANY(ARRAY(
    SELECT u.id FROM users u WHERE u.company_id = ${companyId} AND coalesce(u.group_id, 0) = ANY(${ids}::int[])))`;
}

/** Time of the users with these payroll ids. */
export function ofPayrollIds(payrollIds: readonly string[], companyId: number): Sql {
  return sql`t.user_id = ANY(ARRAY(
    SELECT u.id FROM users u WHERE u.company_id = ${companyId} AND u.payroll_id = ANY(${payrollIds}::text[])))`;
}

/** Time of the user with this name, which overrides every other choice of users. */
export function ofUsername(username: string, companyId: number): Sql {
  return sql`t.user_id = ANY(ARRAY(
    SELECT u.id FROM users u WHERE u.company_id = ${companyId} AND lower(u.username) = ${username.toLowerCase()}))`;
}
