import type { Ctx } from '../../engine/context.ts';
import { classify } from '../../rules/pay/classify.ts';
import { reachOf, termsFor } from '../payroll/payroll.ts';
import { peopleOf } from '../payroll/people.ts';
import { sheetsByPerson } from '../payroll/sheets-by-person.ts';

/** Days by which a timesheet's date and the workday that its rules put it on may lie apart. */
const around = 9;

/**
 * Seconds of one person's closed timesheets of these days (since 1970-01-01, both counted), by their id: as payroll rounds
 * them, less what deductions and automatic breaks take off. In a constant number of statements.
 */
export async function workedSeconds(
  ctx: Ctx,
  userId: number,
  days: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, number>> {
  const range = { from: days.from - around, to: days.to + around };
  const everyone = await peopleOf(ctx, { userIds: [userId] });
  const terms = await termsFor(ctx, everyone.people, range);
  const worked = new Map<number, number>();
  for await (const [{ id }, sheets] of sheetsByPerson(ctx, everyone, reachOf(terms.values(), range))) {
    const own = terms.get(id);
    if (own === undefined) continue;
    classify(sheets, own, range, ({ sheet, seconds, pay }) => {
      worked.set(sheet.id, (worked.get(sheet.id) ?? 0) + (pay.kind === 'deducted' ? 0 : seconds));
    });
  }
  return worked;
}
