import { type Ctx, may } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { encode } from '../../engine/layout.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import { DomainError } from '../../lib/errors.ts';
import { localDay, localToEpoch, offsetMinutes, parseInstant } from '../../lib/time.ts';
import { checkFieldValues } from '../../rules/customfield-values.ts';
import { checkLock } from '../../rules/locks.ts';
import { checkManualLimits, checkRegularLimits, keptManualDuration } from '../../rules/timesheet-limits.ts';
import { attachable } from '../files/attachable.ts';
import { closedOn } from '../payroll-closings/closed-time.ts';
import { changesTimeOff } from '../time-off-request-entries/links.ts';
import { deductsFrom, prepareDeduction } from './deductions.ts';
import { neighbourOf, type TimesheetFacts } from './facts.ts';
import { forgetPunch, keepPunches, punchOf, roundSide } from './punches.ts';

/** Seconds that the clock of a client may differ from ours when someone clocks in or out. */
const clockTolerance = 15 * 60;

/** Derives what the client does not say: day, duration, offsets, zone, hints; checks lengths and custom fields. */
export function prepareTimesheet(candidate: Candidate, facts: TimesheetFacts, ctx: Ctx): DomainError | undefined {
  const { values, before, given, secrets } = candidate;
  const userId = Number(values.user_id);
  const zone = String(facts.settings.get(userId)?.get('general', 'tz') ?? 'UTC');
  if (before === undefined) values.created_by_user_id = ctx.actor.userId;
  const timeOff = facts.isTimeOff(values.jobcode_id as number | null);
  // Time off is approved ahead, by the clock or by the day.
  const latest = timeOff ? Number.POSITIVE_INFINITY : ctx.now;
  const refusal =
    values.type === 'manual'
      ? prepareManual(values, zone, given, before)
      : prepareRegular(candidate, zone, latest, facts, ctx);
  if (refusal !== undefined) return refusal;
  const overlong = prepareDeduction(candidate, facts);
  if (overlong !== undefined) return overlong;
  const ended = values.type === 'manual' || values.end_at !== null;
  if (!timeOff || !ended || before?.user_id !== values.user_id) values.time_off_request_entry_id = null;
  if (secrets.origin_hint !== undefined) {
    if (before === undefined || given.has('start')) values.origin_hint_start = secrets.origin_hint;
    if (values.end_at !== null && (before === undefined || given.has('end')))
      values.origin_hint_end = secrets.origin_hint;
  }
  const gone = attachable(candidate, 'attached_files', facts.deletedFiles);
  if (gone !== undefined) return gone;
  return given.has('customfields') ? checkCustomfields(candidate, facts) : undefined;
}

function prepareManual(
  values: Values,
  zone: string,
  given: ReadonlySet<string>,
  before: Values | undefined,
): DomainError | undefined {
  const day = String(values.date ?? '');
  if (values.date === null) return new DomainError('invalid', 'date must not be blank', { field: 'date' });
  const refusal = checkManualLimits({ day, duration: Number(values.duration) });
  if (refusal !== undefined) return refusal;
  values.start_at = null;
  values.end_at = null;
  values.end_offset = null;
  forgetPunch('start', values);
  forgetPunch('end', values);
  if (given.has('duration') || before?.type !== 'manual') values.duration = keptManualDuration(Number(values.duration));
  if (before === undefined || before.date !== values.date || before.user_id !== values.user_id) {
    values.tz_str = zone;
    values.start_offset = offsetMinutes(
      zone,
      localToEpoch(zone, `${day}T12:00:00`) ?? parseInstant(`${day}T12:00:00Z`) ?? 0,
    );
  }
  return undefined;
}

function prepareRegular(
  candidate: Candidate,
  zone: string,
  latest: number,
  facts: TimesheetFacts,
  ctx: Ctx,
): DomainError | undefined {
  const { values, before } = candidate;
  if (typeof values.start_at !== 'number')
    return new DomainError('invalid', 'start must not be blank', { field: 'start' });
  const punched = keepPunches(candidate, ctx.actor.userId === 0);
  // A clock-in that was rounded up may lie after the clock-out.
  const began = punched.out ? punchOf(values, 'start') : values.start_at;
  const refusal = checkRegularLimits({ start: began, end: values.end_at as number | null }, latest);
  if (refusal !== undefined) return refusal;
  if (punched.in) values.start_at = roundSide('start', candidate, zone, facts);
  const start = values.start_at;
  // Someone who moved keeps the zone of the time that he recorded before.
  if (
    before === undefined ||
    before.start_at !== start ||
    before.user_id !== values.user_id ||
    before.type !== 'regular'
  ) {
    values.tz_str = zone;
    values.start_offset = offsetMinutes(zone, start);
    values.date = localDay(zone, start);
  }
  const here = String(values.tz_str);
  if (punched.out) values.end_at = roundSide('end', candidate, here, facts);
  const end = values.end_at as number | null;
  values.end_offset = end === null ? null : offsetMinutes(here, end);
  values.duration = end === null ? 0 : end - start;
  return undefined;
}

function checkCustomfields({ values, before }: Candidate, { fields }: TimesheetFacts): DomainError | undefined {
  const sent = values.customfields;
  if (!(sent instanceof Map)) return undefined;
  const stored = before?.customfields instanceof Map ? before.customfields : new Map<number, string>();
  // Values that were there before stay, whatever became of their field.
  const changed = [...sent].filter(([id, text]) => stored.get(id) !== text);
  const checked = checkFieldValues(Object.fromEntries(changed), { fields, enforceRequired: false, stored });
  if (checked instanceof DomainError) return checked;
  const merged = new Map([...sent].filter(([id, text]) => stored.get(id) === text));
  for (const [id, text] of checked.values) merged.set(id, text);
  values.customfields = new Map([...merged].sort(([a], [b]) => a - b));
  return undefined;
}

/** The user must exist, be active and track time, and may use the jobcode. */
export function mayTrackTime(
  { values, before }: Candidate,
  facts: Pick<TimesheetFacts, 'users' | 'jobcodeUse'>,
): DomainError | undefined {
  const userId = Number(values.user_id);
  const user = facts.users.get(userId);
  if (user === undefined) return new DomainError('invalid', `user_id ${userId} does not exist`, { field: 'user_id' });
  const permissions = Array.isArray(user.permissions) ? user.permissions : [];
  if (before?.user_id !== values.user_id) {
    if (user.active === false) return new DomainError('invalid', 'The user is archived', { field: 'user_id' });
    if (!permissions.some((name) => name === 'time_tracking')) {
      return new DomainError('forbidden', 'TS-1006: User is not allowed to track time.', { code: 'not-tracking-time' });
    }
  }
  const jobcodeId = Number(values.jobcode_id ?? 0);
  const asBefore = before !== undefined && before.jobcode_id === values.jobcode_id && before.user_id === values.user_id;
  if (jobcodeId === 0 || asBefore) return undefined;
  switch (facts.jobcodeUse(userId, jobcodeId)) {
    case 'archived':
      return new DomainError('invalid', `Jobcode ${jobcodeId} is archived`, { field: 'jobcode_id' });
    case 'not-assigned':
      return new DomainError('invalid', `Jobcode ${jobcodeId} is not assigned to user ${userId}`, {
        field: 'jobcode_id',
      });
    default:
      return undefined;
  }
}

/** Whether the actor stands above this user: by permission, or as a manager of the group. */
function manages(ctx: Ctx, userId: number): boolean {
  return may(ctx.actor, 'manage_timesheets') || ctx.actor.managedUserIds.has(userId);
}

/** Whether a row is own time off, which the settings decide about for people whose time nobody else's flag opens. */
function isOwnTimeOff({ values }: Candidate, { isTimeOff }: Pick<TimesheetFacts, 'isTimeOff'>, ctx: Ctx): boolean {
  const userId = Number(values.user_id);
  return userId === ctx.actor.userId && !manages(ctx, userId) && isTimeOff(values.jobcode_id as number | null);
}

/**
 * Own time off is entered where the settings have pto_entry on, and by people without manage_my_timesheets where
 * employee_pto_entry is on besides. Reference: 07-effective-settings.md.
 */
export function ownTimeOff(candidate: Candidate, facts: TimesheetFacts, ctx: Ctx): DomainError | undefined {
  const { values, before } = candidate;
  if (before?.jobcode_id === values.jobcode_id || !isOwnTimeOff(candidate, facts, ctx)) return undefined;
  const settings = facts.settings.get(ctx.actor.userId);
  const allowed =
    settings?.isOn('general', 'pto_entry') &&
    (may(ctx.actor, 'manage_my_timesheets') || settings.isOn('general', 'employee_pto_entry'));
  return allowed ? undefined : denied('enter your own time off');
}

/**
 * Without manage_my_timesheets a person may clock in, clock out and note, but not enter or change the own time:
 * the punch must be now, give or take what clocks differ.
 */
export function ownTimeByTheClock(candidate: Candidate, facts: TimesheetFacts, ctx: Ctx): DomainError | undefined {
  const { values, before, given } = candidate;
  const userId = Number(values.user_id);
  if (userId !== ctx.actor.userId || manages(ctx, userId) || may(ctx.actor, 'manage_my_timesheets')) return undefined;
  if (deductsFrom(candidate)) return denied('change what is taken off your own time');
  const isNow = (instant: unknown): boolean =>
    typeof instant === 'number' && Math.abs(instant - ctx.now) <= clockTolerance;
  if (before === undefined) {
    // Time off is not worked, and whoever may enter it has passed the rule before.
    if (isOwnTimeOff(candidate, facts, ctx)) return undefined;
    const clockIn = values.type === 'regular' && values.end_at === null && isNow(values.raw_start_at);
    return clockIn ? undefined : denied('enter your own time; you can clock in and out');
  }
  const same = (column: string): boolean => values[column] === before[column];
  const clockOut = same('end_at') || (before.end_at === null && isNow(values.raw_end_at));
  const untouched =
    ['user_id', 'type', 'start_at', 'jobcode_id'].every(same) &&
    (before.type === 'regular' || (same('date') && same('duration')));
  const noting =
    before.end_at === null ||
    [...given].every((name) => ['notes', 'attached_files'].includes(name) || isSame(name, values, before));
  return clockOut && untouched && noting ? undefined : denied('edit your own timesheets');
}

function isSame(name: string, values: Values, before: Values): boolean {
  const column = name === 'start' ? 'start_at' : name === 'end' ? 'end_at' : name;
  // Only the values of custom fields are maps, and JSON would print every map alike.
  return encode('map', values[column]) === encode('map', before[column]);
}

/** Time that was exported, closed, approved or submitted stays as it is; for a move both days count. */
export function notLocked({ values, before }: Candidate, facts: TimesheetFacts, ctx: Ctx): DomainError | undefined {
  for (const row of before === undefined ? [values] : [before, values]) {
    const refusal = lockOf(row, facts, ctx);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Why a row can not be changed by this actor, undefined when it can. */
export function lockOf(
  row: Values,
  facts: Pick<TimesheetFacts, 'users' | 'lockDate' | 'closed'>,
  ctx: Ctx,
): DomainError | undefined {
  const userId = Number(row.user_id);
  const user = facts.users.get(userId);
  const day = String(row.date);
  return checkLock(day, {
    submittedTo: String(user?.submitted_to ?? '2000-01-01'),
    approvedTo: String(user?.approved_to ?? '2000-01-01'),
    lockDate: facts.lockDate,
    closed: closedOn(facts.closed.get(userId), day) !== undefined,
    exported: Number(row.locked ?? 0) > 0,
    actorMayApprove: may(ctx.actor, 'approve_timesheets') || ctx.actor.managedUserIds.has(userId),
    actorMayManage: manages(ctx, userId),
  });
}

/** Nobody changes alone what others approved: the own time off is canceled by its request. */
export function approvedByOthers(candidate: Candidate, _facts: TimesheetFacts, ctx: Ctx): DomainError | undefined {
  const { before } = candidate;
  return before !== undefined && changesTimeOff(candidate) ? ownApproved(before, ctx) : undefined;
}

function ownApproved(row: Values, ctx: Ctx): DomainError | undefined {
  const userId = Number(row.user_id);
  if (row.time_off_request_entry_id === null || userId !== ctx.actor.userId || manages(ctx, userId)) return undefined;
  return denied('change approved time off; you can cancel the request for it');
}

/** Whether someone may delete time at all: the own only with manage_my_timesheets, and no approved time off. */
export function mayDelete(row: Values, ctx: Ctx): DomainError | undefined {
  const userId = Number(row.user_id);
  const allowed = userId !== ctx.actor.userId || manages(ctx, userId) || may(ctx.actor, 'manage_my_timesheets');
  return allowed ? ownApproved(row, ctx) : denied('delete your own timesheets');
}

/** Later items of the batch see this one's time. */
export function remember(candidate: Candidate, facts: TimesheetFacts): void {
  const { values, id, index } = candidate;
  if (values.type !== 'regular') return;
  for (const list of facts.neighbours.values()) {
    const at = list.findIndex((neighbour) => neighbour.id === id);
    if (at >= 0) list.splice(at, 1);
  }
  const userId = Number(values.user_id);
  const list = facts.neighbours.get(userId) ?? [];
  const jobcodeId = values.jobcode_id as number | null;
  const notWork = facts.isBreak(jobcodeId) || facts.isTimeOff(jobcodeId);
  list.push(neighbourOf(id ?? -(index + 1), values, notWork, candidate));
  facts.neighbours.set(userId, list);
}
