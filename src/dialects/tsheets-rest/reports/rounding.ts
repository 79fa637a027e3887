import { DomainError } from '../../../lib/errors.ts';
import { type PersonRounding, roundingOfPeople } from '../../../reports/punches/rounding.ts';
import type { RuleSet } from '../../../rules/pay/rule-set.ts';
import { addEffect, netSeconds, noEffect, type RoundingEffect } from '../../../rules/rounding-effect.ts';
import { personCells, personHead } from './payroll-table.ts';
import type { Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';
import { timeAsked } from './time-asked.ts';

/**
 * reports/rounding: whether the rounding of punches is neutral, by person and in all. With `rules`, what their rounding would
 * make of the same punches. The reference has no such report.
 */
export const rounding: Report = {
  run: async (ctx, { data, supplemental }) => {
    const { range, ...question } = await timeAsked(ctx, data);
    const { rules } = question;
    if (rules?.rounding === null) {
      throw new DomainError('invalid', 'rules.rounding must say how to round', { field: 'rules.rounding' });
    }
    const people = await roundingOfPeople(ctx, question);
    const total = noEffect();
    for (const { effect } of people) addEffect(total, effect);
    const userIds = people.map(({ userId }) => userId);
    const beside = supplemental ? `,${await supplementalOf(ctx, { users: userIds })}` : '';
    return {
      json: function* () {
        yield `{"results":{"rounding_report":{"start_date":"${range.start}","end_date":"${range.end}"`;
        yield `,"what_if":${whatIfText(rules)},"total":${JSON.stringify(valuesOf(total))},"users":{`;
        for (const [index, person] of people.entries()) yield `${index === 0 ? '' : ','}${personText(person)}`;
        yield `}}}${beside}}`;
      },
      table: () => ({
        name: `rounding-${range.start}-${range.end}`,
        head: [...personHead, ...Object.keys(valuesOf(total))],
        rows: rowsOf(),
      }),
    };
    async function* rowsOf(): AsyncGenerator<readonly (string | number | null)[]> {
      const cells = await personCells(ctx, people);
      for (const { userId, effect } of people) yield [...(cells.get(userId) ?? []), ...Object.values(valuesOf(effect))];
    }
  },
};

/** Won is what people are paid for beyond their punches, lost what they are not paid for. */
function valuesOf(effect: RoundingEffect): Record<string, number> {
  const net = netSeconds(effect);
  return {
    punches: effect.punches,
    start_won_seconds: effect.startWon,
    start_lost_seconds: effect.startLost,
    end_won_seconds: effect.endWon,
    end_lost_seconds: effect.endLost,
    net_seconds: net,
    net_minutes: Math.round((net * 100) / 60) / 100,
  };
}

function personText({ userId, effect }: PersonRounding): string {
  return `"${userId}":${JSON.stringify({ user_id: userId, ...valuesOf(effect) })}`;
}

function whatIfText(rules: RuleSet | undefined): string {
  return JSON.stringify(rules?.rounding ?? null);
}
