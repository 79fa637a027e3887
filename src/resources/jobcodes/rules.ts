import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { type JobcodeFacts, underParent } from './facts.ts';

const breaks: readonly unknown[] = ['paid_break', 'unpaid_break'];
const writable = ['parent_id', 'assigned_to_all', 'billable', 'active', 'billable_rate', 'short_code', 'name'];

/**
 * A new jobcode like one that exists (same parent, name and type) is accepted and not created; children follow: a new
 * jobcode is assigned to everyone where its parent is.
 */
export function findExisting(candidate: Candidate, facts: JobcodeFacts): undefined {
  const { values, before, index } = candidate;
  if (before !== undefined) return;
  const like = facts.names.get(underParent(values.parent_id, values.name));
  if (like !== undefined && like.type === values.type) {
    if (like.id > 0) candidate.existing = { id: like.id, code: 'duplicate' };
    else facts.repeated.add(index);
  } else {
    shareLikeParent(candidate, facts);
  }
}

/** A new jobcode that does not say so is assigned to everyone where its parent is. */
export function shareLikeParent({ values, given }: Candidate, { tree }: JobcodeFacts): void {
  if (!given.has('assigned_to_all'))
    values.assigned_to_all = tree.node(Number(values.parent_id ?? 0))?.assignedToAll === true;
}

/** Breaks belong to the settings of breaks, which are no business of this resource's writers. */
export function noBreaks({ values, before }: Candidate): DomainError | undefined {
  if (!breaks.includes(values.type)) return undefined;
  const changed = before === undefined || writable.some((column) => values[column] !== before[column]);
  return changed
    ? new DomainError('invalid', `Jobcodes of type ${values.type} may not be created or edited here`, { field: 'type' })
    : undefined;
}

/** Name and short code are unique under one parent, archived jobcodes included. */
export function uniqueUnderParent(candidate: Candidate, facts: JobcodeFacts): DomainError | undefined {
  const { id, index, values, existing } = candidate;
  if (existing !== undefined || facts.repeated.has(index)) return undefined;
  const owner = facts.names.get(underParent(values.parent_id, values.name));
  if (owner !== undefined && owner.id !== id) {
    const type = owner.type === values.type ? '' : ` of type ${owner.type}`;
    return new DomainError('conflict', `Oops! A jobcode${type} with that name already exists under the same parent`, {
      field: 'name',
    });
  }
  const code = values.short_code === '' ? undefined : facts.codes.get(underParent(values.parent_id, values.short_code));
  return code === undefined || code === id
    ? undefined
    : new DomainError('conflict', 'Oops! That Short Code is already in use', { field: 'short_code' });
}

/** Where a jobcode may stand: under an active regular one, never below itself; all but regular ones at the top. */
export function rightPlace(candidate: Candidate, { tree, repeated }: JobcodeFacts): DomainError | undefined {
  const { id, index, values, given, existing } = candidate;
  if (existing !== undefined || repeated.has(index) || values.parent_id === null) return undefined;
  const parentId = Number(values.parent_id);
  const now = id === undefined ? undefined : tree.node(id);
  if (now?.parentId === parentId) return undefined;
  const refuse = (detail: string): DomainError => new DomainError('invalid', detail, { field: 'parent_id' });
  if (values.type !== 'regular') return refuse(`A jobcode of type ${values.type} must have a parent_id of 0`);
  const parent = tree.node(parentId);
  if (parent === undefined) return refuse(`parent_id ${parentId} does not exist`);
  if (parent.type !== 'regular') return refuse(`A jobcode of type ${parent.type} can not have children`);
  if (parent.isProject) return refuse(`Jobcode ${parentId} is a project, so it can not have children`);
  if (id !== undefined && tree.isWithin(parentId, id)) return refuse('A jobcode can not be moved below itself');
  const active = given.has('active') || now === undefined ? values.active === true : now.active;
  const restored = active && now?.active === false;
  return parent.active || !active || restored ? undefined : refuse(`parent_id ${parentId} is archived`);
}

/** The company has no more active jobcodes than the setting general.max_jobcodes allows. */
export function withinLimit(candidate: Candidate, { tree, repeated, room }: JobcodeFacts): DomainError | undefined {
  const { id, index, values, before, existing } = candidate;
  if (existing !== undefined || repeated.has(index) || values.active !== true || before?.active === true)
    return undefined;
  // Restoring takes all above along.
  const wanted = id === undefined ? 1 : tree.archivedUpFrom(id);
  if (wanted <= room) return undefined;
  return new DomainError('invalid', 'Oops! No more jobcodes can be active', { field: 'active' });
}

/** Tells the facts what an accepted item does, so that later items of the batch and the cascades see it. */
export function note({ id, index, given, before, values, existing }: Candidate, facts: JobcodeFacts): void {
  const { tree, names, codes, repeated } = facts;
  if (existing !== undefined || repeated.has(index)) return;
  const active = tree.countActive();
  if (before !== undefined) {
    const name = underParent(before.parent_id, before.name);
    const code = underParent(before.parent_id, before.short_code);
    if (names.get(name)?.id === id) names.delete(name);
    if (codes.get(code) === id) codes.delete(code);
  }
  const owner = id ?? -1 - index;
  names.set(underParent(values.parent_id, values.name), { id: owner, type: String(values.type) });
  if (values.short_code !== '') codes.set(underParent(values.parent_id, values.short_code), owner);
  if (id === undefined) {
    facts.room -= Number(values.active === true);
    return;
  }
  if (given.has('parent_id')) tree.move(id, Number(values.parent_id ?? 0));
  if (given.has('assigned_to_all') && tree.node(id)?.assignedToAll !== values.assigned_to_all)
    tree.assignToAll(id, values.assigned_to_all === true);
  if (given.has('active') && tree.node(id)?.active !== values.active) {
    if (values.active === true) tree.restore(id);
    else tree.archive(id);
    facts.room -= tree.countActive() - active;
  }
}
