import { type Ctx, resourceOf } from '../engine/context.ts';
import type { Values } from '../engine/definition.ts';
import { permits } from '../engine/permissions.ts';
import { inTransaction, takeTurn } from '../engine/turns.ts';
import { createOne, removeOne, updateOne, valuesById } from '../engine/values.ts';
import { DomainError } from '../lib/errors.ts';
import { whereabouts } from '../reports/departments/places.ts';
import { jobcodeUse, ownAssignment } from '../resources/jobcode-assignments/queries.ts';
import { topJobcodeNamed } from '../resources/jobcodes/queries.ts';
import { isDepartment } from '../resources/users/facts.ts';
import { staff } from '../resources/users/staff.ts';
import { countUsualUsers } from '../resources/users/usual.ts';

/** Departments are the active regular jobcodes at the top level; they end by being archived. */

const noDepartment = (): DomainError => new DomainError('not-found', 'The department does not exist');

/** Runs work in one transaction in which nobody else changes jobcodes or assignments. */
export function amongJobcodes<T>(ctx: Ctx, work: (inside: Ctx) => Promise<T>): Promise<T> {
  return inTransaction(ctx, async (inside) => {
    await takeTurn(inside, 'jobcodes');
    return work(inside);
  });
}

/** A department by id. Throws 'not-found', also for a jobcode that is none. */
export async function departmentById(ctx: Ctx, id: number): Promise<Values> {
  const jobcode = await valuesById(ctx, resourceOf(ctx, 'jobcodes'), id).catch((error: unknown) => {
    throw error instanceof DomainError && error.kind === 'not-found' ? noDepartment() : error;
  });
  if (!isDepartment(jobcode)) throw noDepartment();
  return jobcode;
}

/**
 * The department of a name, made where there is none; one that was archived begins anew, without people. Only inside
 * amongJobcodes. Throws DomainError.
 */
export async function departmentNamed(ctx: Ctx, name: string, { fresh = false } = {}): Promise<Values> {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const id = await topJobcodeNamed(ctx, name);
  if (id === undefined) return createOne(ctx, jobcodes, { name });
  const known = await valuesById(ctx, jobcodes, id);
  if (known.type !== 'regular')
    throw new DomainError('conflict', 'That is the name of a kind of time off', { field: 'name' });
  if (known.active !== true) return updateOne(ctx, jobcodes, id, { active: true, name });
  if (fresh) throw new DomainError('conflict', 'A department of that name exists already', { field: 'name' });
  return known;
}

/** Makes a department. Throws DomainError: 'conflict' where there is one of that name. */
export function openDepartment(ctx: Ctx, name: string): Promise<Values> {
  return amongJobcodes(ctx, (inside) => departmentNamed(inside, name, { fresh: true }));
}

/** Gives a department another name. Throws DomainError. */
export function renameDepartment(ctx: Ctx, id: number, name: string): Promise<Values> {
  return amongJobcodes(ctx, async (inside) => {
    await departmentById(inside, id);
    return updateOne(inside, resourceOf(inside, 'jobcodes'), id, { name });
  });
}

/** Archives a department. Throws DomainError: 'conflict' while it is the primary one of anybody. */
export function closeDepartment(ctx: Ctx, id: number): Promise<void> {
  return amongJobcodes(ctx, async (inside) => {
    await departmentById(inside, id);
    const people = await countUsualUsers(inside, id);
    if (people > 0)
      throw new DomainError('conflict', `It is still the primary department of employees (${people}); move them first`);
    await updateOne(inside, resourceOf(inside, 'jobcodes'), id, { active: false });
  });
}

/** Lets a user work in a department; one of everyone is his already. Throws DomainError. */
export async function joinDepartment(ctx: Ctx, userId: number, department: Values): Promise<void> {
  if (department.assigned_to_all === true) return;
  const assignment = { user_id: userId, jobcode_id: Number(department.id) };
  await createOne(ctx, resourceOf(ctx, 'jobcode_assignments'), assignment);
}

/** Whether the actor decides what a user works on. */
export function mayAssignTo(ctx: Ctx, userId: number): boolean {
  return permits(resourceOf(ctx, 'jobcode_assignments').allow.create, ctx.actor, () => userId);
}

/**
 * Writes a user's time in a department. One that he may not use yet becomes a secondary one of his in the same transaction,
 * where the actor decides about that; where not, the rules of timesheets refuse it. Throws DomainError.
 */
export async function writeTimeIn<T>(
  ctx: Ctx,
  userId: number,
  department: Values,
  write: (inside: Ctx) => Promise<T>,
): Promise<T> {
  const jobcodeId = Number(department.id);
  const usable = (await jobcodeUse(ctx, [{ userId, jobcodeId }]))(userId, jobcodeId);
  if (usable !== 'not-assigned' || !mayAssignTo(ctx, userId)) return write(ctx);
  return amongJobcodes(ctx, async (inside) => {
    await keepPrimary(inside, userId);
    await joinDepartment(inside, userId, department);
    return write(inside);
  });
}

/** What stands for a primary department that was never chosen becomes it, so that one he joins does not take its place. */
async function keepPrimary(ctx: Ctx, userId: number): Promise<void> {
  const { default_jobcode_id: chosen = null } = await valuesById(ctx, staff, userId);
  if (chosen !== null) return;
  const primary = (await whereabouts(ctx, [userId])).get(userId)?.primary;
  if (primary === undefined) return;
  await updateOne(ctx, staff, userId, { default_jobcode_id: primary.id }).catch((error: unknown) => {
    // Whoever may not edit him still decides what he works on.
    if (!(error instanceof DomainError) || error.kind !== 'forbidden') throw error;
  });
}

/** Takes a department of his own from a user; he keeps what is everyone's. Throws DomainError. */
export async function leaveDepartment(ctx: Ctx, userId: number, jobcodeId: number): Promise<void> {
  const id = await ownAssignment(ctx, userId, jobcodeId);
  if (id !== undefined) await removeOne(ctx, resourceOf(ctx, 'jobcode_assignments'), id);
}
