import type { Ctx } from '../../engine/context.ts';
import { dayOfEpochDays, epochDays } from '../../lib/time.ts';
import type { RuleSet } from '../../rules/pay/rule-set.ts';
import { sql } from '../../store/sql.ts';

/** Days of one person (since 1970-01-01, both counted) that are closed, and the rules that they were closed with. */
export interface FrozenRules {
  readonly first: number;
  readonly last: number;
  /** Whether the person was exempt is in them: `exempt` is 'all' or 'none'. */
  readonly rules: RuleSet;
}

/** How the people of a closing are paid: rule sets once each, and for each person from which day on which of them hold. */
export interface Terms {
  readonly rules: readonly RuleSet[];
  readonly ofUsers: ReadonlyMap<number, readonly (readonly [day: string, position: number])[]>;
}

/**
 * The rules that the closed days of people keep, by user, in the order of the days; people without closed days are left
 * out. `first` and `last` are days since 1970-01-01. One round trip.
 */
export async function frozenRules(
  ctx: Pick<Ctx, 'actor' | 'db'>,
  userIds: readonly number[],
  first: number,
  last: number,
): Promise<Map<number, FrozenRules[]>> {
  const { companyId } = ctx.actor;
  const held = sql`p.company_id = ${companyId} AND p.active AND p.user_id = ANY(${userIds}::int[])
    AND daterange(p.start_date, p.end_date, '[]') && daterange(${dayOfEpochDays(first)}, ${dayOfEpochDays(last)}, '[]')`;
  const [people = [], closings = []] = await ctx.db.pipeline([
    sql`SELECT p.user_id, p.closing_id, p.end_date, p.terms FROM payroll_closing_people p WHERE ${held}
        ORDER BY p.user_id, p.start_date`,
    sql`SELECT c.id, c.terms FROM payroll_closings c WHERE c.company_id = ${companyId} AND c.active
        AND c.id IN (SELECT p.closing_id FROM payroll_closing_people p WHERE ${held})`,
  ]);
  const rulesOf = new Map(closings.map(([id, terms]) => [Number(id), JSON.parse(String(terms)) as RuleSet[]]));
  const found = new Map<number, FrozenRules[]>();
  for (const [userId, closingId, end, terms] of people) {
    const list = found.get(Number(userId)) ?? [];
    found.set(Number(userId), list);
    list.push(...stretches(JSON.parse(String(terms)), epochDays(String(end)), rulesOf.get(Number(closingId)) ?? []));
  }
  return found;
}

function stretches(starts: [day: string, position: number][], last: number, rules: readonly RuleSet[]): FrozenRules[] {
  return starts.flatMap(([day, position], index) => {
    const next = starts[index + 1];
    const held = rules[position];
    const end = next === undefined ? last : epochDays(next[0]) - 1;
    return held === undefined ? [] : [{ first: epochDays(day), last: end, rules: held }];
  });
}
