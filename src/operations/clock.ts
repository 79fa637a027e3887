import { type Ctx, may, resourceOf } from '../engine/context.ts';
import type { Values } from '../engine/definition.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { inTransaction } from '../engine/turns.ts';
import { createOne, updateOne, valuesById } from '../engine/values.ts';
import { DomainError } from '../lib/errors.ts';
import { isoLocal } from '../lib/time.ts';
import { jobcodesToChoose } from '../resources/jobcode-assignments/queries.ts';
import { lockOpenTimesheet } from '../resources/timesheets/presence.ts';

/** Somebody's punch. Everything goes through the rules of timesheets: rounding, locks, approval and permissions. */
export interface Punch {
  readonly userId: number;
  /** When (epoch seconds). */
  readonly at: number;
  /** Replaces the notes of the timesheet; it keeps them when not given. */
  readonly notes?: string | undefined;
  /** By custom field; one that is not named keeps its value. */
  readonly customfields?: Readonly<Record<string, string>> | undefined;
  /** Minutes that are taken off the timesheet, as a person writes them; those that were set before when not given. */
  readonly deductionMinutes?: string | undefined;
  /** Kept in the history. */
  readonly originHint?: string | undefined;
}

/** A punch that begins work on a jobcode; `jobcodeChosen` says which when none, or 0, is given. */
export interface PunchIn extends Punch {
  readonly jobcodeId?: number | undefined;
}

/** Whether somebody punches the clock for a user: himself, those who manage timesheets, and managers of his group. */
function mayPunchFor(ctx: Ctx, userId: number): boolean {
  const { actor } = ctx;
  return userId === actor.userId || may(actor, 'manage_timesheets') || actor.managedUserIds.has(userId);
}

/** Throws 'forbidden' for whom `mayPunchFor` says no. */
export function demandPunchFor(ctx: Ctx, userId: number): void {
  if (!mayPunchFor(ctx, userId)) throw denied('track the time of that user');
}

/** Clocks a user in; gives the values of the new timesheet. Throws DomainError. */
export async function clockIn(ctx: Ctx, punch: PunchIn): Promise<Values> {
  demandPunchFor(ctx, punch.userId);
  return begin(ctx, punch, await jobcodeChosen(ctx, punch.userId, punch.jobcodeId));
}

/**
 * Clocks a user out, of this one timesheet alone where it is named; gives the values of the ended timesheet. Throws DomainError,
 * code 'off-the-clock' when he is not in.
 */
export function clockOut(ctx: Ctx, punch: Punch, timesheetId?: number): Promise<Values> {
  demandPunchFor(ctx, punch.userId);
  return inTransaction(ctx, async (inside) => {
    const open = await openTimesheet(inside, punch.userId);
    if (timesheetId !== undefined && open !== timesheetId) throw notOpen(`Timesheet ${timesheetId} is closed already`);
    return end(inside, punch, open);
  });
}

/**
 * Clocks a user out and in again at the same second, on another jobcode; both or neither. Notes and custom fields are those
 * of the timesheet that ends. Gives the values of the new one. Throws DomainError.
 */
export async function switchJob(ctx: Ctx, punch: PunchIn): Promise<Values> {
  demandPunchFor(ctx, punch.userId);
  const jobcodeId = await jobcodeChosen(ctx, punch.userId, punch.jobcodeId);
  const { userId, at, originHint } = punch;
  return inTransaction(ctx, async (inside) => {
    await end(inside, punch, await openTimesheet(inside, userId));
    return begin(inside, { userId, at, originHint }, jobcodeId);
  });
}

/** Replaces the notes of the timesheet that a user is on the clock with, or adds to them on a line of their own. */
export function noteOnClock(
  ctx: Ctx,
  { userId, notes, append }: { readonly userId: number; readonly notes: string; readonly append: boolean },
): Promise<Values> {
  demandPunchFor(ctx, userId);
  return inTransaction(ctx, async (inside) => {
    const definition = resourceOf(inside, 'timesheets');
    const id = await openTimesheet(inside, userId);
    const { notes: before } = await valuesById(inside, definition, id);
    const all = append && before !== '' ? `${before}\n${notes}` : notes;
    return updateOne(inside, definition, id, { notes: all });
  });
}

/**
 * The jobcode that a user's time goes to (0 for none): the given one; else the only one that he can choose, or none where
 * there is none. Throws 'missing' where he must choose.
 */
export async function jobcodeChosen(ctx: Ctx, userId: number, given: number | undefined): Promise<number> {
  if (given !== undefined && given !== 0) return given;
  const [only = 0, other] = await jobcodesToChoose(ctx, userId);
  if (other === undefined) return only;
  throw new DomainError('missing', 'jobcode_id must be given: the user has more than one jobcode', {
    field: 'jobcode_id',
  });
}

async function openTimesheet({ db, actor }: Ctx, userId: number): Promise<number> {
  const id = await lockOpenTimesheet(db, actor.companyId, userId);
  if (id === undefined) throw notOpen('The user is not clocked in');
  return id;
}

function notOpen(detail: string): DomainError {
  return new DomainError('conflict', detail, { code: 'off-the-clock' });
}

function begin(ctx: Ctx, punch: Punch, jobcodeId: number): Promise<Values> {
  return createOne(ctx, resourceOf(ctx, 'timesheets'), {
    user_id: punch.userId,
    type: 'regular',
    jobcode_id: jobcodeId,
    start: isoLocal(punch.at, 0),
    end: '',
    ...besideTime(punch),
  });
}

function end(ctx: Ctx, punch: Punch, id: number): Promise<Values> {
  return updateOne(ctx, resourceOf(ctx, 'timesheets'), id, { end: isoLocal(punch.at, 0), ...besideTime(punch) });
}

function besideTime({ notes, customfields, deductionMinutes, originHint }: Punch): Readonly<Record<string, unknown>> {
  return {
    ...(notes === undefined ? {} : { notes }),
    ...(customfields === undefined ? {} : { customfields }),
    ...(deductionMinutes === undefined ? {} : { deduction_minutes: deductionMinutes }),
    ...(originHint === undefined ? {} : { origin_hint: originHint }),
  };
}
