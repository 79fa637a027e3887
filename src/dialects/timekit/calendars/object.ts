import type { Values } from '../../../engine/definition.ts';
import { epochOfPg } from '../../../lib/time.ts';
import { type Calendar, calendarsOf } from '../../../operations/calendars.ts';
import { calendarRows } from '../../../resources/schedule-calendars/queries.ts';
import type { Call } from '../call.ts';

/** A calendar as it is answered. Reference: (c) Calendars and events. */
export function calendarObject({ writeTime }: Pick<Call, 'writeTime'>, calendar: Calendar): Record<string, unknown> {
  return {
    id: calendar.uuid,
    name: calendar.name,
    description: calendar.description,
    foregroundcolor: calendar.foregroundColor,
    backgroundcolor: calendar.backgroundColor,
    provider: 'timekit',
    provider_id: null,
    provider_access: 'owner',
    provider_primary: calendar.primary,
    provider_sync: false,
    created_at: writeTime(calendar.created),
    updated_at: writeTime(calendar.lastModified),
  };
}

/** The calendars of the company and of these users. */
export function calendarsFor({ ctx }: Pick<Call, 'ctx'>, users: readonly Values[]): Promise<Calendar[]> {
  const owners = users.map((user) => ({
    id: Number(user.id),
    uuid: String(user.uuid),
    created: epochOfPg(String(user.created)),
    lastModified: epochOfPg(String(user.last_modified)),
  }));
  return calendarsOf(ctx, owners);
}

/** The calendars of these users, each with whose it is; the one that his bookings go to comes first. */
export async function calendarObjects(
  call: Call,
  users: readonly Values[],
): Promise<{ userId: number | null; data: Record<string, unknown> }[]> {
  const calendars = await calendarsFor(call, users);
  return calendars.map((calendar) => ({ userId: calendar.userId, data: calendarObject(call, calendar) }));
}

/** How clients know the calendar in which an event of a user stands. */
export async function calendarNames({
  ctx,
}: Pick<Call, 'ctx'>): Promise<(calendarId: number, userUuid: string) => string> {
  const rows = await calendarRows(ctx.db, ctx.actor.companyId);
  const names = new Map(rows.flatMap(({ id, uuid, forBookings }) => (forBookings ? [] : [[id, uuid]])));
  return (calendarId, userUuid) => names.get(calendarId) ?? userUuid;
}
