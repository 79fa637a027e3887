import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { type FilterFacts, keyOf, targetOf } from './facts.ts';

const singular: Readonly<Record<string, string>> = { jobcodes: 'jobcode', users: 'user', groups: 'group' };

/** Whether one of these properties is new or differs from what is stored. */
function changes({ before, values }: Candidate, ...columns: string[]): boolean {
  return before === undefined || columns.some((column) => values[column] !== before[column]);
}

function refuse(detail: string, field: string): DomainError {
  return new DomainError('invalid', detail, { field });
}

/** Keeps the target in the column of its kind too, by which it is referred to. */
export function prepareTarget({ values }: Candidate): void {
  const target = (kind: string) => (values.applies_to === kind ? (values.applies_to_id ?? null) : null);
  values.jobcode_id = target('jobcodes');
  values.user_id = target('users');
  values.group_id = target('groups');
}

/** A new filter that says what another one says is that one; one that was removed begins anew. */
export function findExisting(candidate: Candidate, { known }: FilterFacts): undefined {
  const { before, values } = candidate;
  const stored = before === undefined ? known.get(keyOf(values)) : undefined;
  const id = Number(stored?.id ?? 0);
  if (stored === undefined || id === 0) return;
  candidate.existing = stored.active === values.active ? { id, code: 'same' } : { id, code: 'same', stored };
}

/** The item belongs to the field, the field describes timesheets, and the target is one that the actor sees. */
export function fitsItem(candidate: Candidate, { items, fields, targets }: FilterFacts): DomainError | undefined {
  const { values } = candidate;
  if (changes(candidate, 'customfield_id', 'customfielditem_id')) {
    const { customfield_id: field, customfielditem_id: item } = values;
    if (items.get(Number(item))?.customfield_id !== field)
      return refuse(`customfielditem_id ${item} is not an item of custom field ${field}`, 'customfielditem_id');
    if (fields.get(Number(field))?.applies_to !== 'timesheet')
      return refuse(`Custom field ${field} does not apply to timesheets`, 'customfield_id');
  }
  if (!changes(candidate, 'applies_to', 'applies_to_id') || targets.has(targetOf(values))) return undefined;
  return new DomainError('invalid', `applies_to_id ${values.applies_to_id} does not exist`, {
    field: 'applies_to_id',
    code: 'no-such-reference',
  });
}

/** Nothing archived takes part in an active filter. */
export function nothingArchived(candidate: Candidate, facts: FilterFacts): DomainError | undefined {
  const { values } = candidate;
  if (values.active !== true) return undefined;
  const { customfield_id: field, customfielditem_id: item, applies_to: kind, applies_to_id: id } = values;
  const began = changes(candidate, 'active');
  if ((began || changes(candidate, 'customfield_id')) && facts.fields.get(Number(field))?.active === false)
    return refuse(`Custom field ${field} is archived`, 'customfield_id');
  if ((began || changes(candidate, 'customfielditem_id')) && facts.items.get(Number(item))?.active === false)
    return refuse(`Custom field item ${item} is archived`, 'customfielditem_id');
  if (!began && !changes(candidate, 'applies_to', 'applies_to_id')) return undefined;
  return facts.targets.get(targetOf(values))?.active === false
    ? refuse(`The ${singular[String(kind)]} ${id} is archived`, 'applies_to_id')
    : undefined;
}

/** No two active filters say the same. */
export function once({ id, values, existing }: Candidate, { known }: FilterFacts): DomainError | undefined {
  const other = known.get(keyOf(values));
  if (existing !== undefined || values.active !== true || other?.active !== true || id === undefined) return undefined;
  if (other.id === id) return undefined;
  const { customfielditem_id: item, applies_to: kind, applies_to_id: target } = values;
  return new DomainError(
    'conflict',
    `Oops! Another filter applies item ${item} to ${singular[String(kind)]} ${target} already`,
    { field: 'applies_to_id' },
  );
}

/** Later items of the batch see what this one says, and that it does not say any more what it said before. */
export function note({ id, before, values, existing }: Candidate, { known }: FilterFacts): void {
  if (before !== undefined && known.get(keyOf(before))?.id === id) known.delete(keyOf(before));
  if (values.active === true || existing !== undefined)
    known.set(keyOf(values), { ...values, id: existing?.id ?? id ?? 0 });
}
