import { resourceOf } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { uuidsOf, valuesByIds } from '../../../engine/values.ts';
import { epochOfPg } from '../../../lib/time.ts';
import { eventInvitations } from '../../../resources/event-invitations/queries.ts';
import { type PublishedQuery, publishedEvents } from '../../../resources/schedule-events/published.ts';
import { calendarNames } from '../calendars/object.ts';
import type { Call } from '../call.ts';

/** Schedule events of persons as Timekit's events, in the order given. Reference: (c) Calendars and events. */
export async function eventObjects(call: Call, events: readonly Values[]): Promise<Record<string, unknown>[]> {
  if (events.length === 0) return [];
  const { ctx, writeTime } = call;
  const ids = events.map(({ id }) => Number(id));
  const invitations = await eventInvitations(ctx.db, ctx.actor.companyId, ids);
  const people = events.map(({ assignee_id: user }) => Number(user));
  const uuids = await uuidsOf(ctx, resourceOf(ctx, 'users'), people);
  const nameOfCalendar = await calendarNames(call);
  return events.map((event) => {
    const owner = uuids.get(Number(event.assignee_id)) ?? '';
    const allDay = event.all_day === true;
    const invitation = invitations.get(Number(event.id));
    const rsvp = invitation?.rsvp ?? 'accepted';
    return {
      id: event.uuid,
      calendar_id: nameOfCalendar(Number(event.schedule_calendar_id), owner),
      resource_id: owner,
      start: writeTime(Number(event.start_at)),
      // The schedule keeps the last second of the day.
      end: writeTime(Number(event.end_at) + (allDay ? 1 : 0)),
      what: event.title,
      where: event.location,
      description: event.notes,
      participants: invitation?.participants ?? [],
      rsvp,
      my_rsvp: rsvp,
      all_day: allDay,
      allDay,
      created_at: writeTime(epochOfPg(String(event.created))),
      updated_at: writeTime(epochOfPg(String(event.last_modified))),
    };
  });
}

/** The published events that are asked for, by their start, and how many there are in all. */
export async function eventsFound(
  call: Call,
  asked: PublishedQuery,
): Promise<{ data: Record<string, unknown>[]; total: number }> {
  const { ids, total } = await publishedEvents(call.ctx, asked);
  const rows = await valuesByIds(call.ctx, resourceOf(call.ctx, 'schedule_events'), ids);
  const events = ids.map((id) => rows.get(id)).filter((row) => row !== undefined);
  return { data: await eventObjects(call, events), total };
}
