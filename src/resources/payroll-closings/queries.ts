import type { PayPeriod } from '../../rules/pay-periods.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Whose days are closed: everyone's, or those of these users and of the members of these groups. */
export interface Scope {
  readonly everyone: boolean;
  readonly userIds: readonly number[];
  readonly groupIds: readonly number[];
}

/** Someone whose days are to be closed. */
export interface Concerned {
  readonly id: number;
  readonly name: string;
  readonly exempt: boolean;
  readonly salaried: boolean;
  readonly approvedTo: string;
  /** Time in those days: any, and the id of a timesheet that is open. */
  readonly hasTime: boolean;
  readonly openSheet: number | undefined;
  /** A closing that holds some of those days already. */
  readonly closedBy: number | undefined;
}

/**
 * The people of a scope with what can keep their days from being closed: active ones, and those who have time in these
 * days. By id. One statement.
 */
export async function concernedBy(db: Db, companyId: number, scope: Scope, days: PayPeriod): Promise<Concerned[]> {
  const { everyone, userIds, groupIds } = scope;
  const rows = await db.rows(sql`
    WITH sheets AS MATERIALIZED (
      SELECT user_id, min(id) FILTER (WHERE type = 'regular' AND end_at IS NULL) AS open FROM timesheets
      WHERE company_id = ${companyId} AND date BETWEEN ${days.start}::date AND ${days.end}::date GROUP BY user_id
    )
    SELECT u.id, u.first_name || ' ' || u.last_name, u.exempt, u.salaried, u.approved_to, s.user_id IS NOT NULL, s.open, (
      SELECT c.id FROM payroll_closings c
      WHERE c.company_id = ${companyId} AND c.active
        AND daterange(c.start_date, c.end_date, '[]') && daterange(${days.start}::date, ${days.end}::date, '[]')
        AND (c.everyone OR EXISTS (SELECT FROM payroll_closing_people p
          WHERE p.company_id = ${companyId} AND p.closing_id = c.id AND p.user_id = u.id))
      ORDER BY c.id LIMIT 1)
    FROM users u LEFT JOIN sheets s ON s.user_id = u.id
    WHERE u.company_id = ${companyId} AND (u.active OR s.user_id IS NOT NULL)
      AND (${everyone} OR u.id = ANY(${userIds}::int[]) OR u.group_id = ANY(${groupIds}::int[]))
    ORDER BY u.id`);
  return rows.map(([id, name, exempt, salaried, approvedTo, hasTime, open, closing]) => ({
    id: Number(id),
    name: String(name),
    exempt: exempt === 't',
    salaried: salaried === 't',
    approvedTo: String(approvedTo),
    hasTime: hasTime === 't',
    openSheet: open === null || open === undefined ? undefined : Number(open),
    closedBy: closing === null || closing === undefined ? undefined : Number(closing),
  }));
}

/** The active people of a scope. */
export async function membersOf(db: Db, companyId: number, scope: Scope): Promise<number[]> {
  const rows = await db.rows(sql`
    SELECT id FROM users WHERE company_id = ${companyId} AND active
      AND (${scope.everyone} OR id = ANY(${scope.userIds}::int[]) OR group_id = ANY(${scope.groupIds}::int[]))`);
  return rows.map(([id]) => Number(id));
}

/** A closing that is to be stored. */
export interface NewClosing {
  readonly scope: Scope;
  readonly days: PayPeriod;
  readonly requireApproval: boolean;
  readonly createdBy: number;
  /** How people were paid, once each, as JSON. */
  readonly terms: string;
  /** The people, and for each as JSON from which day on which of the terms hold: [[day, position], ...]. */
  readonly userIds: readonly number[];
  readonly termsOfUsers: readonly string[];
}

/** Stores a closing and locks the time that it holds; gives its id. Three statements. */
export async function insertClosing(db: Db, companyId: number, closing: NewClosing): Promise<number> {
  const { scope, days, requireApproval, createdBy, terms, userIds, termsOfUsers } = closing;
  const [row] = await db.rows(sql`
    INSERT INTO payroll_closings
      (company_id, start_date, end_date, everyone, user_ids, group_ids, require_approval, terms, created_by_user_id)
    VALUES (${companyId}, ${days.start}, ${days.end}, ${scope.everyone}, ${scope.userIds}::int[], ${scope.groupIds}::int[],
      ${requireApproval}, ${terms}::jsonb, ${createdBy}) RETURNING id`);
  const id = Number(row?.[0]);
  await db.rows(sql`
    INSERT INTO payroll_closing_people (company_id, closing_id, user_id, start_date, end_date, terms)
    SELECT ${companyId}::int, ${id}::int, p.user_id, ${days.start}::date, ${days.end}::date, p.terms::jsonb
    FROM unnest(${userIds}::int[], ${termsOfUsers}::text[]) p(user_id, terms)`);
  await db.rows(sql`
    UPDATE timesheets t SET locked = t.locked + 1 FROM payroll_closing_people p
    WHERE p.company_id = ${companyId} AND p.closing_id = ${id} AND t.company_id = ${companyId} AND t.user_id = p.user_id
      AND t.date BETWEEN ${days.start}::date AND ${days.end}::date`);
  return id;
}

/** Opens the days of a closing again and unlocks their time; false when it is not closed (any more). */
export async function reopenClosing(
  db: Db,
  companyId: number,
  { id, reason, userId, now }: { id: number; reason: string; userId: number; now: string },
): Promise<boolean> {
  const [row] = await db.rows(sql`
    UPDATE payroll_closings SET active = false, reopened = ${now}, reopened_by_user_id = ${userId}, reason = ${reason}
    WHERE company_id = ${companyId} AND id = ${id} AND active RETURNING id`);
  if (row === undefined) return false;
  await db.pipeline([
    sql`UPDATE payroll_closing_people SET active = false WHERE company_id = ${companyId} AND closing_id = ${id}`,
    sql`UPDATE timesheets t SET locked = greatest(t.locked - 1, 0) FROM payroll_closing_people p
        WHERE p.company_id = ${companyId} AND p.closing_id = ${id} AND t.company_id = ${companyId}
          AND t.user_id = p.user_id AND t.date BETWEEN p.start_date AND p.end_date`,
  ]);
  return true;
}
