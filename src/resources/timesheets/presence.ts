import { pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';

/** SQL: whether the user of alias p (columns company_id, user_id) is on the clock. */
export const onTheClock = sql`EXISTS (
  SELECT FROM timesheets o WHERE o.company_id = p.company_id AND o.user_id = p.user_id
    AND o.end_at IS NULL AND o.type = 'regular')`;

/**
 * SQL: whether the user of alias p (columns company_id, user_id, and day, which is his local one) has time off at a moment:
 * time off that covers it, or that was entered for the whole day without a start. No timesheet is longer than a week.
 */
export function onTimeOff(moment: number): Sql {
  const now = pgOfEpoch(moment);
  return sql`EXISTS (
    SELECT FROM timesheets o JOIN jobcodes j ON j.company_id = o.company_id AND j.id = o.jobcode_id
    WHERE o.company_id = p.company_id AND o.user_id = p.user_id AND o.date BETWEEN p.day - 7 AND p.day
      AND j.type IN ('pto', 'unpaid_time_off')
      AND (CASE o.type WHEN 'manual' THEN o.date = p.day
           ELSE o.start_at <= ${now}::timestamptz AND o.end_at > ${now}::timestamptz END))`;
}

/** Where a user is at a moment; `day` is his local one. */
export async function presenceOf(
  db: Db,
  user: { readonly companyId: number; readonly userId: number; readonly day: string },
  moment: number,
): Promise<'on_the_clock' | 'off_the_clock' | 'time_off'> {
  const [row] = await db.rows(sql`
    SELECT ${onTheClock}, ${onTimeOff(moment)}
    FROM (SELECT ${user.companyId}::int AS company_id, ${user.userId}::int AS user_id, ${user.day}::date AS day) p`);
  if (row?.[0] === 't') return 'on_the_clock';
  return row?.[1] === 't' ? 'time_off' : 'off_the_clock';
}

/** Class of the advisory locks that keep punches of one person apart. */
const punchLock = 20_004;

/**
 * The open timesheet of a user, whoever may see it. Inside a transaction it is locked, and other punches of the user wait for
 * its end: each sees what the one before left open.
 */
export async function lockOpenTimesheet(db: Db, companyId: number, userId: number): Promise<number | undefined> {
  const [, [row] = []] = await db.pipeline([
    sql`SELECT pg_advisory_xact_lock(${punchLock}, ${userId})`,
    sql`SELECT id FROM timesheets WHERE company_id = ${companyId} AND user_id = ${userId}
        AND end_at IS NULL AND type = 'regular' FOR UPDATE`,
  ]);
  return row === undefined ? undefined : Number(row[0]);
}
