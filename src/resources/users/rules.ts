import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Value } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { moveApproval, NEVER_SUBMITTED } from '../../rules/approval-dates.ts';
import { checkFieldValues } from '../../rules/customfield-values.ts';
import { changedFields, isActiveAdmin } from './changes.ts';
import { keyOf, type UserFacts, uniqueFields } from './facts.ts';
import { rememberPin } from './pins.ts';

/** Derived values: the dates of submitting and approving, checked custom fields, and what a new email or password resets. */
export function prepareUser(candidate: Candidate, facts: UserFacts, ctx: Ctx): DomainError | undefined {
  const { before, values, secrets, given, id } = candidate;
  if (before !== undefined && values.email !== before.email) values.email_verified = false;
  // Whoever chose his password has done what was required.
  if (
    'password' in secrets &&
    id === ctx.actor.userId &&
    !changedFields(candidate).includes('require_password_change')
  ) {
    values.require_password_change = false;
  }
  return moveDates(candidate) ?? (given.has('customfields') ? checkCustomfields(values, before, facts) : undefined);
}

function moveDates({ before, values }: Candidate): DomainError | undefined {
  const stored = {
    submittedTo: String(before?.submitted_to ?? NEVER_SUBMITTED),
    approvedTo: String(before?.approved_to ?? NEVER_SUBMITTED),
  };
  const given = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
  const moved = moveApproval(stored, {
    submittedTo: given(values.submitted_to),
    approvedTo: given(values.approved_to),
  });
  if (moved instanceof DomainError) return moved;
  values.submitted_to = moved.submittedTo;
  values.approved_to = moved.approvedTo;
  return undefined;
}

function checkCustomfields(
  values: Candidate['values'],
  before: Candidate['before'],
  { fields }: UserFacts,
): DomainError | undefined {
  const sent = values.customfields;
  if (!(sent instanceof Map)) return undefined;
  const stored = before?.customfields instanceof Map ? before.customfields : new Map<number, string>();
  const checked = checkFieldValues(Object.fromEntries(sent), { fields, stored, enforceRequired: false });
  if (checked instanceof DomainError) return checked;
  values.customfields = new Map(checked.values.filter(([, text]) => text !== ''));
  return undefined;
}

/** Usernames (whatever their case), payroll ids and employee numbers are each used once in a company. */
export function unique(candidate: Candidate, { taken }: UserFacts): DomainError | undefined {
  for (const field of uniqueFields) {
    const key = keyOf(field, candidate.values);
    const owner = key === undefined ? undefined : taken.get(key);
    if (owner !== undefined && owner !== candidate.id)
      return new DomainError('conflict', `Oops! That ${field} is already in use`, { field });
  }
  return undefined;
}

/** Nobody joins a group that is archived. */
export function groupIsActive({ before, values }: Candidate, { archivedGroups }: UserFacts): DomainError | undefined {
  const groupId = Number(values.group_id ?? 0);
  if (groupId === before?.group_id || !archivedGroups.has(groupId)) return undefined;
  return new DomainError('invalid', `group_id ${groupId} is archived`, { field: 'group_id' });
}

/** People usually work on an active regular jobcode at the top level. */
export function usualJobcode({ before, values }: Candidate, { departments }: UserFacts): DomainError | undefined {
  const id = values.default_jobcode_id;
  if (typeof id !== 'number' || id === before?.default_jobcode_id || departments.has(id)) return undefined;
  return new DomainError('invalid', 'default_jobcode_id must be an active regular jobcode at the top level', {
    field: 'default_jobcode_id',
  });
}

/** Nobody is archived while on the clock: the timesheet could never be ended by its owner. */
export function archivable({ id = 0, before, values }: Candidate, { onTheClock }: UserFacts): DomainError | undefined {
  if (before?.active !== true || values.active !== false || !onTheClock.has(id)) return undefined;
  const name = `${values.first_name} ${values.last_name}`.trim();
  return new DomainError('conflict', `Oops! ${name} is on the clock. Clock out first, then archive.`, {
    field: 'active',
  });
}

/** A company without an admin could never get one again. */
export function keepAnAdmin({ id = 0, before, values }: Candidate, { admins }: UserFacts): DomainError | undefined {
  if (!isActiveAdmin(before) || isActiveAdmin(values)) return undefined;
  if ([...admins].some((other) => other !== id)) return undefined;
  return new DomainError('conflict', 'Oops! The company needs at least one active administrator');
}

/** Lets later items of the batch see an accepted one. */
export function remember(candidate: Candidate, facts: UserFacts): void {
  const { taken, admins } = facts;
  const { id, index, before, values } = candidate;
  rememberPin(candidate, facts);
  for (const field of uniqueFields) {
    const [old, key] = [before === undefined ? undefined : keyOf(field, before), keyOf(field, values)];
    if (old !== undefined && old !== key && taken.get(old) === id) taken.delete(old);
    if (key !== undefined) taken.set(key, id ?? -1 - index);
  }
  if (id !== undefined && isActiveAdmin(before) && !isActiveAdmin(values)) admins.delete(id);
}
