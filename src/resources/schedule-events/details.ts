import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { encode, layoutOf } from '../../engine/layout.ts';
import { DomainError } from '../../lib/errors.ts';
import { localDay, zoneName } from '../../lib/time.ts';
import { eventTimes } from '../../rules/event-times.ts';
import { defaultColor } from './colors.ts';
import { checkCustomfields, withinFilters } from './customfields.ts';
import { assignedTo, type EventFacts } from './facts.ts';

/** The most users that one event may have. */
const mostUsers = 200;

/** Names that TSheets has for zones; the reference's examples show one. */
const otherZoneNames: ReadonlyMap<string, string> = new Map([
  ['tsPT', 'America/Los_Angeles'],
  ['tsMT', 'America/Denver'],
  ['tsCT', 'America/Chicago'],
  ['tsET', 'America/New_York'],
]);

/** Whether two values of a column are stored alike. */
export function alike(ctx: Ctx, column: string, a: Values, b: Values): boolean {
  const type = layoutOf(resourceOf(ctx, 'schedule_events')).stored.get(column) ?? 'text';
  return encode(type, a[column]) === encode(type, b[column]);
}

/** Completes and checks what the event itself is: time, zone, colour, jobcode, custom fields, and who is assigned. */
export function details(candidate: Candidate, facts: EventFacts, ctx: Ctx): DomainError | undefined {
  const { values, id } = candidate;
  const now = id === undefined ? undefined : facts.parts.get(id)?.values;
  if (now !== undefined) keepOthersChanges(candidate, now, ctx);
  else values.created_by_user_id = ctx.actor.userId;
  values.color = values.color === '' ? defaultColor : String(values.color).toUpperCase();
  return (
    setZone(values, facts, ctx) ??
    setTimes(values, now) ??
    checkReferences(values, now, facts) ??
    (candidate.given.has('customfields') ? checkCustomfields(values, now, facts) : undefined) ??
    withinFilters(values, now, facts)
  );
}

/** Items of the same request may have changed the event through another of its rows: what this one does not change stays. */
function keepOthersChanges({ values, before }: Candidate, now: Values, ctx: Ctx): void {
  if (before === undefined) return;
  for (const column of layoutOf(resourceOf(ctx, 'schedule_events')).stored.keys()) {
    if (alike(ctx, column, values, before)) values[column] = now[column] ?? null;
  }
}

function setZone(values: Values, facts: EventFacts, ctx: Ctx): DomainError | undefined {
  const given = String(values.timezone);
  if (given !== '') {
    const zone = zoneName(otherZoneNames.get(given) ?? given);
    if (zone === undefined)
      return new DomainError('invalid', 'timezone must be a time zone such as America/Denver', { field: 'timezone' });
    values.timezone = zone;
    return undefined;
  }
  const settings = facts.settings.get(assignedTo(values)[0] ?? ctx.actor.userId);
  values.timezone = zoneName(String(settings?.get('general', 'tz'))) ?? 'UTC';
  return undefined;
}

function setTimes(values: Values, now: Values | undefined): DomainError | undefined {
  // An all-day event is a day more than a moment: in another zone it is the same day.
  const stays = now?.all_day === true && values.start_at === now.start_at;
  const times = eventTimes({
    start: values.start_at as number | null,
    end: values.end_at as number | null,
    allDay: values.all_day === true,
    day: stays ? localDay(String(now.timezone), Number(now.start_at)) : undefined,
    zone: String(values.timezone),
  });
  if (times instanceof DomainError) return times;
  values.start_at = times.start;
  values.end_at = times.end;
  values.start_offset = times.startOffset;
  values.end_offset = times.endOffset;
  return undefined;
}

/** Nothing archived comes in; what was there before stays. */
function checkReferences(values: Values, now: Values | undefined, facts: EventFacts): DomainError | undefined {
  const { jobcode_id: jobcodeId } = values;
  if (jobcodeId !== now?.jobcode_id && facts.archivedJobcodes.has(Number(jobcodeId)))
    return new DomainError('invalid', `Jobcode ${jobcodeId} is archived`, { field: 'jobcode_id' });
  const users = assignedTo(values);
  if (users.length > mostUsers)
    return new DomainError('invalid', `assigned_user_ids holds more than ${mostUsers} users`, {
      field: 'assigned_user_ids',
    });
  const archived = users.find((user) => facts.archivedUsers.has(user) && !assignedTo(now).includes(user));
  if (archived === undefined) return undefined;
  return new DomainError('invalid', `User ${archived} is archived`, { field: 'assigned_user_ids' });
}
