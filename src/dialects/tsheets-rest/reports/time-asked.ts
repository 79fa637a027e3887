import { isBlank } from '../../../engine/coerce.ts';
import type { Ctx } from '../../../engine/context.ts';
import { DomainError } from '../../../lib/errors.ts';
import { epochDays } from '../../../lib/time.ts';
import type { Whom } from '../../../reports/payroll/people.ts';
import { type RuleSet, ruleSetOf } from '../../../rules/pay/rule-set.ts';
import { type DayRange, dayRange, idsIn, knownIds } from './filters.ts';
import type { Filters } from './report.ts';

/** Whose time a report is about, and by what rules. Days are days since 1970-01-01, both counted. */
export interface TimeAsked extends Whom {
  readonly range: DayRange;
  readonly from: number;
  readonly to: number;
  /** Rules that are tried out instead of those in force. */
  readonly rules?: RuleSet;
}

/**
 * Reads start_date, end_date, user_ids, group_ids and rules. Throws DomainError for those that make no sense; users are judged
 * where their time is loaded.
 */
export async function timeAsked(ctx: Ctx, data: Filters): Promise<TimeAsked> {
  const range = dayRange(data);
  const userIds = idsIn(data, 'user_ids');
  const groupIds = await knownIds(ctx, data, 'group_ids', 'groups', { zero: true });
  const rules = triedRules(ctx, data);
  return {
    range,
    from: epochDays(range.start),
    to: epochDays(range.end),
    ...(userIds.length === 0 ? {} : { userIds }),
    ...(groupIds.length === 0 ? {} : { groupIds }),
    ...(rules === undefined ? {} : { rules }),
  };
}

/** Rules to be tried out instead of those in force; nothing of it is kept. */
function triedRules({ actor }: Ctx, data: Filters): RuleSet | undefined {
  const raw = data.rules;
  if (isBlank(raw)) return undefined;
  if (!actor.permissions.has('admin')) {
    throw new DomainError('invalid', "Oops! You don't have permission to try out pay rules", { field: 'rules' });
  }
  return ruleSetOf(raw);
}
