import type { Candidate, Field } from '../../engine/definition.ts';
import { encode } from '../../engine/layout.ts';
import { fields } from './fields.ts';

const allFields: Readonly<Record<string, Field>> = fields;

/** Properties that a candidate changes: those that differ from the stored row, or from what a new user has anyway. */
export function changedFields({ given, before, values, secrets }: Candidate): string[] {
  return [...given].filter((name) => {
    if (name in secrets) return true;
    const field = allFields[name];
    if (field === undefined) return false;
    const known = before === undefined ? field.byDefault : before[name];
    return known === undefined || encode(field.type, known) !== encode(field.type, values[name]);
  });
}

/** The names of permissions that a row holds. */
export function permissionsOf(row: Candidate['values'] | undefined): readonly string[] {
  return (row?.permissions as readonly string[] | undefined) ?? [];
}

/** Whether a row is a user who may sign in and do everything. */
export function isActiveAdmin(row: Candidate['values'] | undefined): boolean {
  return row?.active === true && permissionsOf(row).includes('admin');
}
