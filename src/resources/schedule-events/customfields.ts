import type { Values } from '../../engine/definition.ts';
import type { DomainError } from '../../lib/errors.ts';
import { checkFieldValues } from '../../rules/customfield-values.ts';
import { checkLimits } from '../../rules/item-limits.ts';
import { assignedTo, type EventFacts } from './facts.ts';

function valuesOf(row: Values | undefined): ReadonlyMap<number, string> {
  return row?.customfields instanceof Map ? row.customfields : new Map();
}

/** Checks the values that differ from those of `now`, and keeps none that is blank. */
export function checkCustomfields(
  values: Values,
  now: Values | undefined,
  { fields }: EventFacts,
): DomainError | undefined {
  const [sent, stored] = [valuesOf(values), valuesOf(now)];
  // Values that were there before stay, whatever became of their field.
  const changed = [...sent].filter(([id, text]) => stored.get(id) !== text);
  const checked = checkFieldValues(Object.fromEntries(changed), { fields, enforceRequired: false, stored });
  if (!('values' in checked)) return checked;
  const merged = new Map([...sent, ...checked.values].filter(([, text]) => text !== ''));
  values.customfields = new Map([...merged].sort(([a], [b]) => a - b));
  return undefined;
}

/**
 * Values are among the items that are filtered for the jobcode and for every user; all of them where the jobcode or the user
 * is new, else those that are new. Reference: 04-custom-field-item-filters.md.
 */
export function withinFilters(values: Values, now: Values | undefined, facts: EventFacts): DomainError | undefined {
  const [all, stored] = [valuesOf(values), valuesOf(now)];
  const moved = now === undefined || now.jobcode_id !== values.jobcode_id;
  const fresh = new Map([...all].filter(([id, text]) => moved || stored.get(id) !== text));
  const users = assignedTo(values);
  for (const userId of users.length === 0 ? [0] : users) {
    const joins = userId !== 0 && !assignedTo(now).includes(userId);
    const limits = facts.limits({ userId, jobcodeId: Number(values.jobcode_id ?? 0) });
    const refusal = checkLimits(joins ? all : fresh, limits, facts.fields);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
