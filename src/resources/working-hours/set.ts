import { type Ctx, may, resourceOf } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import { inTransaction } from '../../engine/turns.ts';
import { valuesById } from '../../engine/values.ts';
import { originOf } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { readConstraints } from '../../rules/availability/constraints.ts';
import { originStatement } from '../../store/write.ts';
import { ownSettings } from '../effective-settings/queries.ts';
import { managesGroupOf } from '../users/authority.ts';
import { permissionsOf } from '../users/changes.ts';
import { storeWorkingHours } from './queries.ts';

/** How a client calls the list. */
const field = 'availability_constraints';

/**
 * Sets the working hours of a user, in place of what he had: a list of constraints as clients write it (`readConstraints`
 * gives all that is wrong with one), [] for all times, null for those of the setting. Whoever edits the user may: those who
 * manage users, managers of his group, and himself unless the settings keep people from changing anything of their own;
 * only admins edit an admin. Throws DomainError.
 */
export async function setWorkingHours(ctx: Ctx, userId: number, list: readonly unknown[] | null): Promise<void> {
  const [refusal] = list === null ? [] : readConstraints(list).refusals;
  if (refusal !== undefined) throw new DomainError('invalid', refusal, { field });
  await inTransaction(ctx, async (inside) => {
    const user = await valuesById(inside, resourceOf(inside, 'users'), userId);
    if (!(await mayEdit(inside, user))) throw denied('change the working hours of that user');
    await inside.db.rows(originStatement(originOf(inside)));
    await storeWorkingHours(inside.db, inside.actor.companyId, userId, list);
  });
}

/** Whether the actor may change how a user can be booked. */
export async function mayEdit(ctx: Ctx, user: Values): Promise<boolean> {
  const { actor } = ctx;
  if (actor.permissions.has('admin')) return true;
  if (user.id === actor.userId && (await ownSettings(ctx))?.isOn('general', 'emp_panel') === true) return true;
  if (user.id !== actor.userId && permissionsOf(user).includes('admin')) return false;
  return may(actor, 'manage_users') || managesGroupOf(ctx, user);
}
