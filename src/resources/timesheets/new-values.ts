import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Written } from '../../engine/definition.ts';
import { collectItems, type EnteredValue } from '../customfielditems/queries.ts';
import type { TimesheetFacts } from './facts.ts';

/** Values of free-form custom fields that were not entered before. Reference: 02-custom-fields.md, type. */
function newValues({ values, given }: Candidate, { fields }: TimesheetFacts): EnteredValue[] {
  if (!given.has('customfields') || !(values.customfields instanceof Map)) return [];
  return [...values.customfields].flatMap(([fieldId, name]) => {
    const field = fields.get(fieldId);
    return field?.type === 'free-form' && name !== '' && !field.items.has(name.toLowerCase())
      ? [{ fieldId, name }]
      : [];
  });
}

/** Whether a timesheet brings values that become items of their field. */
export function entersNewValues(candidate: Candidate, facts: TimesheetFacts): boolean {
  return newValues(candidate, facts).length > 0;
}

/** Adds new values of free-form fields to the field's items, which clients suggest from then on. */
export async function keepNewValues(ctx: Ctx, written: readonly Written[], facts: TimesheetFacts): Promise<void> {
  await collectItems(
    ctx,
    written.flatMap(({ candidate }) => newValues(candidate, facts)),
  );
}
