import type { Ctx } from '../engine/context.ts';
import type { Terms } from '../resources/payroll-closings/frozen-rules.ts';
import type { PayPeriod } from '../rules/pay-periods.ts';

/** How people are paid on these days, as the settings and their users say now. */
export async function termsOf(_ctx: Ctx, _userIds: readonly number[], _days: PayPeriod): Promise<Terms> {
  return { rules: [], ofUsers: new Map() };
}
