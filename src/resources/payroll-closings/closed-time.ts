import type { Ctx } from '../../engine/context.ts';
import type { PayPeriod } from '../../rules/pay-periods.ts';
import { sql } from '../../store/sql.ts';

/** The days of one user that are closed to payroll: periods that do not touch one another, the earliest first. */
export type ClosedTime = readonly PayPeriod[];

/** What is closed to payroll of each of these users, from the company's cache. At most one statement, however many users. */
export function closedTime(
  ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>,
  userIds: Iterable<number>,
): Promise<ReadonlyMap<number, ClosedTime>> {
  const { companyId } = ctx.actor;
  return ctx.cache.rememberMany(companyId, 'closed time', new Set(userIds), async (missing) => {
    const found = new Map<number, PayPeriod[]>(missing.map((id) => [id, []]));
    const rows = await ctx.db.rows(sql`
      WITH closed AS (
        SELECT p.user_id, daterange(p.start_date, p.end_date, '[]') AS days FROM payroll_closing_people p
        WHERE p.company_id = ${companyId} AND p.user_id = ANY(${missing}::int[]) AND p.active
        UNION ALL
        SELECT u.id, daterange(c.start_date, c.end_date, '[]')
        FROM payroll_closings c CROSS JOIN unnest(${missing}::int[]) u(id)
        WHERE c.company_id = ${companyId} AND c.active AND c.everyone
      )
      SELECT m.user_id, lower(r.days), upper(r.days) - 1
      FROM (SELECT user_id, range_agg(days) AS days FROM closed GROUP BY user_id) m CROSS JOIN unnest(m.days) r(days)
      ORDER BY r.days`);
    for (const [userId, start, end] of rows)
      found.get(Number(userId))?.push({ start: String(start), end: String(end) });
    return found;
  });
}

/** The closed time that a day belongs to. */
export function closedOn(closed: ClosedTime | undefined, day: string): PayPeriod | undefined {
  return closed?.find(({ start, end }) => start <= day && day <= end);
}

/** Whether all of a period is closed. */
export function isClosed(closed: ClosedTime | undefined, { start, end }: PayPeriod): boolean {
  const known = closedOn(closed, start);
  return known !== undefined && end <= known.end;
}
