import type { Ctx } from '../../engine/context.ts';
import type { AccrualMethod, AccrualPolicy, Employment } from '../../rules/accrual/policy.ts';
import { sql } from '../../store/sql.ts';

/** A policy and whom it is for: everyone where it names nobody. */
export interface PtoPolicy extends AccrualPolicy {
  readonly jobcodeId: number;
  readonly groupIds: readonly number[];
  readonly userIds: readonly number[];
}

/** Somebody who has time off. */
export interface PtoPerson extends Employment {
  readonly id: number;
  /** 0 for none. */
  readonly groupId: number;
}

/** The active policies of the company, kept until anything of the company changes. */
export function ptoPolicies(ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>): Promise<readonly PtoPolicy[]> {
  const { companyId } = ctx.actor;
  return ctx.cache.remember(companyId, 'pto-policies', 0, async () => {
    const rows = await ctx.db.rows(sql`
      SELECT p.id, p.jobcode_id, p.method, p.amount, p.per_worked, p.cap, p.carry_over, p.year_start, p.waiting_days,
        p.start_date, p.end_date, to_json(p.group_ids), to_json(p.user_ids)
      FROM pto_policies p JOIN jobcodes j ON j.company_id = p.company_id AND j.id = p.jobcode_id AND j.type = 'pto'
      WHERE p.company_id = ${companyId} AND p.active`);
    return rows.map(([id, jobcodeId, method, amount, perWorked, cap, carryOver, yearStart, waitingDays, ...rest]) => {
      const [startDate, endDate = null, groupIds, userIds] = rest;
      return {
        id: Number(id),
        jobcodeId: Number(jobcodeId),
        method: method as AccrualMethod,
        amount: Number(amount),
        perWorked: Number(perWorked),
        cap: limitOf(cap),
        carryOver: limitOf(carryOver),
        yearStart: String(yearStart),
        waitingDays: Number(waitingDays),
        startDate: String(startDate),
        endDate,
        groupIds: JSON.parse(String(groupIds)) as number[],
        userIds: JSON.parse(String(userIds)) as number[],
      };
    });
  });
}

/** -1 stands for no limit. */
function limitOf(cell: string | null | undefined): number | null {
  return Number(cell) < 0 ? null : Number(cell);
}

/**
 * The policies that apply to a person, by jobcode, the most particular first: those that name the person before those that
 * name the group before those for everyone, and of equals the one that begins last.
 */
export function policiesFor(policies: readonly PtoPolicy[], { id, groupId }: PtoPerson): Map<number, PtoPolicy[]> {
  const rank = ({ userIds, groupIds }: PtoPolicy): number => {
    if (userIds.includes(id)) return 0;
    if (groupIds.includes(groupId)) return 1;
    return userIds.length + groupIds.length === 0 ? 2 : 3;
  };
  const found = new Map<number, PtoPolicy[]>();
  for (const policy of policies) {
    if (rank(policy) === 3) continue;
    const known = found.get(policy.jobcodeId);
    if (known === undefined) found.set(policy.jobcodeId, [policy]);
    else known.push(policy);
  }
  for (const list of found.values())
    list.sort(
      (a, b) => rank(a) - rank(b) || (a.startDate > b.startDate ? -1 : a.startDate < b.startDate ? 1 : b.id - a.id),
    );
  return found;
}
