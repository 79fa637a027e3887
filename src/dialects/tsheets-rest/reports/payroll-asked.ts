import { isBlank } from '../../../engine/coerce.ts';
import type { Ctx } from '../../../engine/context.ts';
import { DomainError } from '../../../lib/errors.ts';
import { epochDays } from '../../../lib/time.ts';
import { type PersonPay, payrollOf, type Question } from '../../../reports/payroll/payroll.ts';
import { optionIn } from '../read.ts';
import { choiceIn, type DayRange, saysYes } from './filters.ts';
import type { Asked, Filters } from './report.ts';
import { timeAsked } from './time-asked.ts';

/** Applications registered from this moment on (2017-10-25) get the advanced layout unless they ask otherwise. */
const advancedSince = epochDays('2017-10-25') * 86_400;

/** What both payroll reports are asked, and what came of it. */
export interface Payroll {
  readonly range: DayRange;
  /** The filters that name people, where they are given. */
  readonly userIds: readonly number[] | undefined;
  readonly groupIds: readonly number[] | undefined;
  /** Whether overtime is told by rate, instead of as overtime and double time. */
  readonly advanced: boolean;
  readonly explain: boolean;
  readonly pays: readonly PersonPay[];
}

/**
 * Reads the filters of a payroll report and computes it; `form` tells of whom and how closely. Throws
 * DomainError for filters that make no sense, and for rates that the layout has no place for.
 */
export async function payrollAsked(
  ctx: Ctx,
  asked: Asked,
  form: Pick<Question, 'everyone' | 'daysTogether'>,
): Promise<Payroll> {
  const { data } = asked;
  const { range, ...whose } = await timeAsked(ctx, data);
  const advanced = choiceIn(data, 'advanced_overtime', ['yes', 'no'], layoutByAge(ctx)) === 'yes';
  const explain = explained(asked);
  const pays = await payrollOf(ctx, { ...whose, ...form, explain });
  if (!advanced) demandStandard(pays);
  return { range, userIds: whose.userIds, groupIds: whose.groupIds, advanced, explain, pays };
}

/** Whether people without any time are asked for. */
export function zeroTimeAsked(data: Filters): boolean {
  return saysYes(data, 'include_zero_time');
}

function layoutByAge({ appCreated }: Ctx): 'yes' | 'no' {
  return appCreated === undefined || appCreated >= advancedSince ? 'yes' : 'no';
}

/** `explain` may stand in the query, in data or beside it. */
function explained({ data, query, body }: Asked): boolean {
  const inQuery = query.get('explain')?.at(-1);
  const beside = optionIn(body, 'explain');
  return saysYes({ explain: inQuery ?? (isBlank(data.explain) ? beside : data.explain) }, 'explain');
}

/** The standard layout has a place for 1.5 and 2 times the rate only, and time must not be missed. */
function demandStandard(pays: readonly PersonPay[]): void {
  const others = new Set<string>();
  for (const premiums of new Set(pays.map((pay) => pay.premiums))) {
    for (const { kind, rate } of premiums) {
      if (kind === 'fixed') others.add(`${rate} more an hour`);
      else if (rate !== 1.5 && rate !== 2) others.add(`${rate} times`);
    }
  }
  if (others.size === 0) return;
  const detail = `advanced_overtime must be yes, since other rates than 1.5 and 2 times are defined: ${[...others].join(', ')}`;
  throw new DomainError('invalid', detail, { field: 'advanced_overtime' });
}
