import type { Ctx } from '../engine/context.ts';
import { dayOfEpochDays, epochDays } from '../lib/time.ts';
import { rulesOfPeople } from '../reports/payroll/rules-of-people.ts';
import type { Terms } from '../resources/payroll-closings/frozen-rules.ts';
import type { Concerned } from '../resources/payroll-closings/queries.ts';
import { settledFor } from '../rules/pay/exemption.ts';
import type { RuleSet } from '../rules/pay/rule-set.ts';
import type { PayPeriod } from '../rules/pay-periods.ts';

/** How people are paid on these days, as the settings and their flags say now. */
export async function termsOf(
  ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>,
  people: readonly Concerned[],
  { start, end }: PayPeriod,
): Promise<Terms> {
  const rulesOfUsers = await rulesOfPeople(
    ctx,
    people.map(({ id }) => id),
  );
  const positions = new Map<RuleSet, number>();
  const ofUsers = new Map<number, [day: string, position: number][]>();
  for (const person of people) {
    const rulesOn = rulesOfUsers.get(person.id);
    if (rulesOn === undefined) continue;
    const stretches: [string, number][] = [];
    for (let day = epochDays(start); day <= epochDays(end); day += 1) {
      const rules = settledFor(person, rulesOn(day));
      const position = positions.get(rules) ?? positions.size;
      positions.set(rules, position);
      if (stretches.at(-1)?.[1] !== position) stretches.push([dayOfEpochDays(day), position]);
    }
    ofUsers.set(person.id, stretches);
  }
  return { rules: [...positions.keys()], ofUsers };
}
