import type { Candidate } from '../../engine/definition.ts';
import type { DomainError } from '../../lib/errors.ts';
import type { FieldDefinition } from '../../rules/customfield-values.ts';
import { checkLimits } from '../../rules/item-limits.ts';
import type { LimitsOfUse, Use } from '../customfielditem-filters/limits.ts';

/** What must be known to judge chosen values. */
export interface ChoiceFacts {
  readonly fields: ReadonlyMap<number, FieldDefinition>;
  /** What custom field items may be chosen. */
  readonly limits: LimitsOfUse;
}

/** Whose time it is, and on what. */
export function useOf({ values }: Candidate): Use {
  return { userId: Number(values.user_id), jobcodeId: Number(values.jobcode_id ?? 0) };
}

/** Custom field values that a candidate brings; all of them where it is somebody else's time now, or on something else. */
function chosen({ values, before }: Candidate): [number, string][] {
  if (!(values.customfields instanceof Map)) return [];
  const moved = before === undefined || ['user_id', 'jobcode_id'].some((column) => values[column] !== before[column]);
  const stored = !moved && before.customfields instanceof Map ? before.customfields : new Map<number, string>();
  return [...values.customfields].filter(([id, text]) => text !== '' && stored.get(id) !== text);
}

/** Whether limits of custom field items matter to a candidate at all. */
export function mayChoose(candidate: Candidate): boolean {
  return chosen(candidate).length > 0;
}

/** Values are among the items that are filtered for the user and the jobcode. Reference: 04-custom-field-item-filters.md. */
export function withinFilters(candidate: Candidate, { limits, fields }: ChoiceFacts): DomainError | undefined {
  const values = chosen(candidate);
  return values.length === 0 ? undefined : checkLimits(values, limits(useOf(candidate)), fields);
}
