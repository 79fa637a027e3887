import type { Item } from '../engine/candidates.ts';
import { type Ctx, resourceOf } from '../engine/context.ts';
import type { Values } from '../engine/definition.ts';
import { awaitWrites } from '../engine/list.ts';
import { holds } from '../engine/permissions.ts';
import { removeRows } from '../engine/remove.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { createAll, updateOne, valuesById, valuesByIds } from '../engine/values.ts';
import { DomainError } from '../lib/errors.ts';
import { assignmentsWithin } from '../resources/jobcode-assignments/queries.ts';
import { levelsBelow } from '../resources/jobcodes/queries.ts';
import { checkRetyping, retypedJobcodes } from '../resources/jobcodes/retyped.ts';
import { activeUserIds } from '../resources/users/active.ts';
import { amongJobcodes } from './departments.ts';

/** The largest tree that is duplicated at once, and the deepest one. */
const mostJobcodes = 1_000;
const mostLevels = 20;
/** The largest tree that is assigned at once. */
const mostAssigned = 50_000;

/**
 * Creates a jobcode; with `forEveryUser` it is assigned to every active user by himself, not to those who come later. Throws
 * the DomainError that refuses any of it, 'conflict' too where the jobcode exists already; nothing is written then.
 */
export function addJobcode(ctx: Ctx, item: Item, { forEveryUser = false } = {}): Promise<Values> {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  return amongJobcodes(ctx, async (inside) => {
    const [made] = await createAll(inside, jobcodes, [item]);
    const jobcodeId = Number(made?.id);
    if (forEveryUser) {
      const assigned = (await activeUserIds(inside)).map((userId) => ({ user_id: userId, jobcode_id: jobcodeId }));
      await createAll(inside, resourceOf(ctx, 'jobcode_assignments'), assigned);
    }
    return valuesById(inside, jobcodes, jobcodeId);
  });
}

/**
 * Changes a jobcode, its type too (regular or pto) while nothing was recorded or planned on it. Throws the DomainError that
 * refuses it.
 */
export async function changeJobcode(ctx: Ctx, id: number, item: Item, type: string): Promise<Values> {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const seen = await valuesById(ctx, jobcodes, id);
  if (seen.type === type) return updateOne(ctx, jobcodes, id, item);
  if (!holds(jobcodes.allow.update, ctx.actor)) throw denied(jobcodes.denied.update);
  return amongJobcodes(ctx, async (inside) => {
    // Nobody records time on it meanwhile.
    await awaitWrites(inside.db, ctx.actor.companyId);
    const before = await valuesById(inside, jobcodes, id);
    const refusal = await checkRetyping(inside, before, type, Number(item.parent_id ?? before.parent_id ?? 0));
    if (refusal !== undefined) throw refusal;
    return updateOne(inside, retypedJobcodes, id, { ...item, type });
  });
}

/** What a copy has in common with its original; the name and the short code of the root are the copy's own. */
const copied = ['name', 'short_code', 'type', 'billable', 'billable_rate', 'assigned_to_all'] as const;

/**
 * Copies an active jobcode with all active ones below it to another place or name: names, short codes, types, billing and
 * whether they are assigned to everyone, not the assignments of single users. A few statements a level. Gives the new root;
 * throws the DomainError that refuses any of it, and nothing is written then.
 */
export function duplicateJobcode(
  ctx: Ctx,
  { id, name, shortCode, parentId }: { id: number; name: string; shortCode: string; parentId: number },
): Promise<Values> {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  return amongJobcodes(ctx, async (inside) => {
    const levels = await activeLevels(inside, id, mostJobcodes);
    if (levels.flat().length > mostJobcodes || levels.length > mostLevels) {
      throw new DomainError(
        'too-many',
        `Jobcode ${id} has too many jobcodes below it: at most ${mostJobcodes} on ${mostLevels} levels are duplicated at once`,
      );
    }
    const originals = await valuesByIds(inside, jobcodes, levels.flat());
    const copies = new Map<number, number>();
    for (const level of levels) {
      const items = level.map((original) => {
        const values = originals.get(original) ?? {};
        const item = Object.fromEntries(copied.map((column) => [column, values[column]]));
        return original === id
          ? { ...item, name, short_code: shortCode, parent_id: parentId }
          : { ...item, parent_id: copies.get(Number(values.parent_id)) };
      });
      const made = await createAll(inside, jobcodes, items);
      level.forEach((original, index) => void copies.set(original, Number(made[index]?.id)));
    }
    return valuesById(inside, jobcodes, copies.get(id) ?? 0);
  });
}

/** Assigns a jobcode and all active ones below it to a user; what he is assigned already stays. Throws DomainError. */
export function assignJobcode(ctx: Ctx, userId: number, jobcodeId: number): Promise<void> {
  return amongJobcodes(ctx, async (inside) => {
    const ids = (await activeLevels(inside, jobcodeId, mostAssigned)).flat();
    const items = ids.map((id) => ({ user_id: userId, jobcode_id: id }));
    await createAll(inside, resourceOf(ctx, 'jobcode_assignments'), items);
  });
}

/**
 * Takes a jobcode and all below it from a user. Throws DomainError, 'conflict' where the jobcode is assigned to everyone.
 */
export function unassignJobcode(ctx: Ctx, userId: number, jobcodeId: number): Promise<void> {
  return amongJobcodes(ctx, async (inside) => {
    const { assigned_to_all: everyone } = await valuesById(inside, resourceOf(ctx, 'jobcodes'), jobcodeId);
    if (everyone === true)
      throw new DomainError('conflict', `Jobcode ${jobcodeId} is assigned to everyone, so nobody can be left out`);
    const ids = await assignmentsWithin(inside, userId, jobcodeId);
    const { items } = await removeRows(inside, resourceOf(ctx, 'jobcode_assignments'), ids);
    for (const result of items) if (!result.ok) throw result.error;
  });
}

async function activeLevels(ctx: Ctx, root: number, most: number): Promise<number[][]> {
  const levels = await levelsBelow(ctx, root, most);
  if (levels.length > 0) return levels;
  // Throws where there is no such jobcode.
  await valuesById(ctx, resourceOf(ctx, 'jobcodes'), root);
  throw new DomainError('invalid', `Jobcode ${root} is archived`, { field: 'jobcode_id' });
}
