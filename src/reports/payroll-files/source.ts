import type { Ctx } from '../../engine/context.ts';
import { epochDays } from '../../lib/time.ts';
import type { SettingsReader } from '../../resources/effective-settings/queries.ts';
import type { PayPeriod } from '../../rules/pay-periods.ts';
import { sql } from '../../store/sql.ts';
import { payrollOf } from '../payroll/payroll.ts';
import { type ClassedTime, classedTime } from './classes.ts';

/** Someone who is paid. */
export interface Payee {
  readonly id: number;
  readonly payrollId: string;
  readonly employeeNumber: number;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly group: string;
  readonly times: readonly ClassedTime[];
}

/** A jobcode as payroll programs see it. */
export interface PaidJob {
  readonly name: string;
  readonly shortCode: string;
  /** From the topmost jobcode down to this one. */
  readonly path: readonly string[];
  readonly billable: boolean;
}

/** What a payroll file is made of. */
export interface Source {
  readonly period: PayPeriod;
  readonly payees: readonly Payee[];
  readonly jobs: ReadonlyMap<number, PaidJob>;
  /** The company's own settings of the section 'payroll'. */
  readonly settings: SettingsReader;
}

/** The paid time of a closing, of those of its people who have any, by last name. Throws DomainError. */
export async function sourceOf(
  ctx: Ctx,
  closingId: number,
  period: PayPeriod,
  settings: SettingsReader,
): Promise<Source> {
  const { companyId } = ctx.actor;
  const [people = [], jobcodes = []] = await ctx.db.pipeline([
    sql`SELECT u.id, u.payroll_id, u.employee_number, u.username, u.first_name, u.last_name, coalesce(g.name, '')
        FROM payroll_closing_people p
        JOIN users u ON u.company_id = p.company_id AND u.id = p.user_id
        LEFT JOIN groups g ON g.company_id = u.company_id AND g.id = u.group_id
        WHERE p.company_id = ${companyId} AND p.closing_id = ${closingId}
        ORDER BY lower(u.last_name), lower(u.first_name), u.id`,
    sql`SELECT id, parent_id, name, short_code, billable FROM jobcodes WHERE company_id = ${companyId}`,
  ]);
  const userIds = people.map(([id]) => Number(id));
  const pays = await payrollOf(ctx, { userIds, from: epochDays(period.start), to: epochDays(period.end) });
  const times = new Map(pays.map((pay) => [pay.userId, classedTime(pay)]));
  const payees = people.flatMap(([id, payrollId, number, username, firstName, lastName, group]) => {
    const own = times.get(Number(id)) ?? [];
    if (own.length === 0) return [];
    return [
      {
        id: Number(id),
        payrollId: String(payrollId),
        employeeNumber: Number(number),
        username: String(username),
        firstName: String(firstName),
        lastName: String(lastName),
        group: String(group),
        times: own,
      },
    ];
  });
  const named = new Map(
    jobcodes.map(([id, parent, name, shortCode, billable]) => [
      Number(id),
      { parent: Number(parent ?? 0), name: String(name), shortCode: String(shortCode), billable: billable === 't' },
    ]),
  );
  const pathTo = (id: number): string[] => {
    const job = named.get(id);
    return job === undefined ? [] : [...pathTo(job.parent), job.name];
  };
  const jobs = new Map([...named].map(([id, job]) => [id, { ...job, path: pathTo(id) }]));
  return { period, payees, jobs, settings };
}
