import type { PersonPay } from '../payroll/payroll.ts';
import type { Premium } from '../payroll/seconds.ts';

/**
 * How payroll programs tell paid time apart: 'regular', 'overtime' (one and a half times the rate), 'doubletime', 'pto', or
 * any other premium by its rate, as 'x1.25' or 'plus2.5'; and 'unpaid'.
 */
export type PayClass = string;

/** Time of one person on one workday (since 1970-01-01) and jobcode (0 for none) that is paid in one way. */
export interface ClassedTime {
  readonly day: number;
  readonly jobcodeId: number;
  readonly payClass: PayClass;
  readonly seconds: number;
}

/** Names of classes, for readers of columns and codes. */
export const payClass = /^(regular|overtime|doubletime|pto|unpaid|(x|plus)\d+(\.\d+)?)$/;

function classOf({ kind, rate }: Premium): PayClass {
  if (kind === 'fixed') return `plus${rate}`;
  return rate === 1.5 ? 'overtime' : rate === 2 ? 'doubletime' : `x${rate}`;
}

/** The time of one person by class, in the order of days, jobcodes and classes; none of it is empty. */
export function classedTime({ lines, premiums }: PersonPay): ClassedTime[] {
  return lines.flatMap(({ day, jobcodeId, seconds }) => {
    const times: [PayClass, number][] = [
      ['regular', seconds.regular],
      ...premiums.map((premium, index): [PayClass, number] => [classOf(premium), seconds.premium[index] ?? 0]),
      ['pto', seconds.pto],
      ['unpaid', seconds.unpaid],
    ];
    return times.flatMap(([name, amount]) => (amount > 0 ? [{ day, jobcodeId, payClass: name, seconds: amount }] : []));
  });
}
