import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Rule } from '../../engine/definition.ts';
import { permits } from '../../engine/permissions.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import { DomainError } from '../../lib/errors.ts';
import { localDay } from '../../lib/time.ts';
import { archivedStatus, checkDecision, type TimeOffStatus } from '../../rules/time-off.ts';
import { mayTrackTime } from '../timesheets/rules.ts';
import { type EntryFacts, requestOf } from './facts.ts';
import { placeEntry, timeColumns } from './times.ts';

/** Who asks for time off of a user: the user, and who manages the user's time. */
export const mayAsk: Rule = { any: [{ self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_timesheets' }] };

/** Who sees time off of a user and has a say in it. */
export const mayTakePart: Rule = { any: [mayAsk, { has: 'approve_timesheets' }] };

/** Whether the actor decides about time off of a user; about the own only an admin does. */
function mayDecide({ actor }: Ctx, userId: number): boolean {
  if (actor.permissions.has('admin')) return true;
  if (userId === actor.userId) return false;
  const everyones = actor.permissions.has('manage_timesheets') || actor.permissions.has('approve_timesheets');
  return everyones || actor.managedUserIds.has(userId);
}

function statusOf(status: unknown): TimeOffStatus {
  return status as TimeOffStatus;
}

/** Derives the user, the status and the approver, and everything about the time. */
export function prepareEntry(candidate: Candidate, facts: EntryFacts, ctx: Ctx): DomainError | undefined {
  const { values, before, given, parent } = candidate;
  if (before === undefined) {
    const request = requestOf(candidate, facts);
    if (given.has('user_id') && values.user_id !== request.user_id)
      return new DomainError('invalid', 'user_id must be the user of the request', { field: 'user_id' });
    values.user_id = request.user_id ?? null;
    const decided = parent !== undefined && parent.values.status !== parent.before?.status;
    if (decided && !given.has('status')) values.status = parent.values.status ?? 'pending';
  }
  if (values.active === false && before?.active !== false) values.status = archivedStatus(statusOf(values.status));
  if (values.status !== before?.status) {
    if (values.status === 'approved' || values.status === 'denied') values.approver_user_id = ctx.actor.userId;
    if (values.status === 'pending') values.approver_user_id = null;
  }
  return isMoved(candidate) ? placeAnew(candidate, facts) : undefined;
}

/** Whether an entry's time is given for the first time or anew. */
function isMoved({ values, before }: Candidate): boolean {
  return before === undefined || timeColumns.some((column) => values[column] !== before[column]);
}

function placeAnew({ values, before, given }: Candidate, { zoneOf }: EntryFacts): DomainError | undefined {
  if (before?.entry_method === 'manual' && values.entry_method === 'regular') {
    const missing = ['start_time', 'end_time'].filter((name) => !given.has(name));
    if (missing.length > 0) return new DomainError('missing', `Missing required params: ${missing.join(',')}`);
  }
  const refusal = placeEntry(values, zoneOf(Number(values.user_id)));
  if (refusal !== undefined) return refusal;
  if (values.duration === 0)
    return new DomainError('invalid', 'The time off must be longer than nothing.', { field: 'duration' });
  return undefined;
}

/** Whose time off the actor may touch, and whether the request takes entries now. */
export function requestTakesEntries(candidate: Candidate, facts: EntryFacts, ctx: Ctx): DomainError | undefined {
  const { values, before, parent } = candidate;
  const request = requestOf(candidate, facts);
  if (before === undefined) {
    if (!permits(mayAsk, ctx.actor, (column) => values[column])) return denied('request time off for that user');
    const fresh = parent !== undefined && parent.before === undefined;
    if (!fresh && (request.status === 'denied' || request.status === 'canceled'))
      return new DomainError('invalid', `The request is ${request.status}; make a new one.`);
  }
  const archived = request.active === false && values.active === true;
  if (archived) return new DomainError('invalid', 'The request is archived.', { field: 'active' });
  if (before?.active === false && values.active === false && values.status !== before.status)
    return new DomainError('invalid', 'The entry is archived.', { field: 'status' });
  return undefined;
}

/** Whether the actor may bring the entry into its new status. */
export function decidable({ values, before }: Candidate, { zoneOf }: EntryFacts, ctx: Ctx): DomainError | undefined {
  const userId = Number(values.user_id);
  return checkDecision({
    from: before === undefined ? undefined : statusOf(before.status),
    to: statusOf(values.status),
    mayDecide: mayDecide(ctx, userId),
    begun: String(before?.date) <= localDay(zoneOf(userId), ctx.now),
  });
}

/** Only what is pending, or becomes so, gets another time or jobcode: nothing is approved unseen. */
export function unchangedWhenDecided(candidate: Candidate, _facts: EntryFacts, ctx: Ctx): DomainError | undefined {
  const { values, before } = candidate;
  if (before === undefined || (!isMoved(candidate) && values.jobcode_id === before.jobcode_id)) return undefined;
  if (before.status !== 'pending' && values.status !== 'pending')
    return new DomainError('invalid', `The time off is ${before.status}: set it to pending to change it.`, {
      field: 'status',
    });
  return permits(mayAsk, ctx.actor, (column) => values[column])
    ? undefined
    : denied('change the time that somebody asked for');
}

/** The jobcode is one of time off, and the user may use it. */
export function timeOffOnly(candidate: Candidate, facts: EntryFacts): DomainError | undefined {
  const { values, before } = candidate;
  const jobcodeId = Number(values.jobcode_id);
  if (before?.jobcode_id === jobcodeId) return undefined;
  const type = facts.jobcodes.get(jobcodeId)?.type;
  if (type !== 'pto' && type !== 'unpaid_time_off')
    return new DomainError('invalid', `Jobcode ${jobcodeId} is not one of time off`, { field: 'jobcode_id' });
  return mayTrackTime(candidate, facts);
}
