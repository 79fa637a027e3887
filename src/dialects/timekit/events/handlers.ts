import { resourceOf } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { inTransaction } from '../../../engine/turns.ts';
import { createOne, idsOfUuids, updateOne, valuesByIds } from '../../../engine/values.ts';
import { originOf } from '../../../engine/writing.ts';
import { zonesOf } from '../../../operations/bookable-people.ts';
import { type Calendar, calendarNamed, scheduleCalendarOf } from '../../../operations/calendars.ts';
import { storeEventInvitation } from '../../../resources/event-invitations/queries.ts';
import { originStatement } from '../../../store/write.ts';
import { calendarOf } from '../calendars/handlers.ts';
import { type Call, type Handler, onlyOf } from '../call.ts';
import { pageAsked } from '../paging.ts';
import { userNamed, usersNamed } from '../resources/find.ts';
import { Fields, invalid, NotFound } from '../validation.ts';
import { eventObjects, eventsFound } from './object.ts';
import { type EventText, eventIn } from './read.ts';

export const listEvents: Handler = async (call) => {
  const { query } = call;
  const asked = (name: string, camel: string): string | null => query.get(name) ?? query.get(camel);
  const moment = (name: string): number | undefined => {
    const text = query.get(name);
    return text === null || text === '' ? undefined : call.readTime(name, text);
  };
  const [from, to] = [moment('start'), moment('end')];
  if (from !== undefined && to !== undefined && to < from) throw invalid('end', 'The end must be after the start.');
  const [calendarId, resourceId] = [asked('calendar_id', 'calendarId'), asked('resource_id', 'resourceId')];
  const calendar = calendarId === null ? undefined : await calendarOf(call, calendarId);
  const user = resourceId === null ? undefined : await userNamed(call, resourceId);
  const userId = onlyOf(call) ?? (user === undefined ? (calendar?.userId ?? undefined) : Number(user.id));
  const { limit, page } = pageAsked(query);
  const { data, total } = await eventsFound(call, {
    from,
    to,
    userIds: userId === undefined ? undefined : [userId],
    // 0 is no calendar: the one for bookings, before it is made.
    calendarId: calendar === undefined ? undefined : (calendar.id ?? 0),
    limit,
    offset: (page - 1) * limit,
  });
  return { data, page: { total, limit, page } };
};

/** The published event of a UUID, as far as the key reaches. Throws NotFound. */
async function eventNamed(call: Call): Promise<Values> {
  const { ctx, params } = call;
  const uuid = params.id ?? '';
  const definition = resourceOf(ctx, 'schedule_events');
  const id = (await idsOfUuids(ctx, definition, [uuid])).get(uuid.toLowerCase());
  const event = id === undefined ? undefined : (await valuesByIds(ctx, definition, [id])).get(id);
  const only = onlyOf(call);
  const isThere = event?.active === true && event.draft === false && typeof event.assignee_id === 'number';
  if (event === undefined || !isThere || (only !== undefined && event.assignee_id !== only))
    throw new NotFound('Event');
  return event;
}

export const getEvent: Handler = async (call) => {
  const [data] = await eventObjects(call, [await eventNamed(call)]);
  return { data };
};

export const postEvent: Handler = async (call) => {
  const { ctx } = call;
  const fields = new Fields(call.body);
  const calendar = await calendarIn(call, fields, true);
  const userId = await userIn(call, fields, calendar);
  const zone = userId === undefined ? 'UTC' : ((await zonesOf(ctx, [userId])).get(userId) ?? 'UTC');
  const text = eventIn(call, fields, zone);
  fields.done();
  const event = await inTransaction(ctx, async (inside) => {
    const calendarId = calendar === undefined ? 0 : await scheduleCalendarOf(inside, calendar);
    const row = { ...text.fields, timezone: zone, schedule_calendar_id: calendarId, assigned_user_ids: [userId] };
    const made = await createOne(inside, resourceOf(inside, 'schedule_events'), row);
    await keepInvitation({ ...call, ctx: inside }, Number(made.id), text);
    return made;
  });
  const [data] = await eventObjects(call, [event]);
  return { status: 201, data };
};

export const putEvent: Handler = async (call) => {
  const { ctx } = call;
  const event = await eventNamed(call);
  const fields = new Fields(call.body);
  const calendar = await calendarIn(call, fields, false);
  if (calendar !== undefined && calendar.userId !== null && calendar.userId !== event.assignee_id) {
    fields.refuse('calendar_id', 'The calendar belongs to another resource.');
  }
  const text = eventIn(call, fields, String(event.timezone), event);
  fields.done();
  await inTransaction(ctx, async (inside) => {
    const moved = calendar === undefined ? {} : { schedule_calendar_id: await scheduleCalendarOf(inside, calendar) };
    await updateOne(inside, resourceOf(inside, 'schedule_events'), Number(event.id), { ...text.fields, ...moved });
    await keepInvitation({ ...call, ctx: inside }, Number(event.id), text);
  });
  return { status: 204 };
};

export const deleteEvent: Handler = async (call) => {
  const event = await eventNamed(call);
  await updateOne(call.ctx, resourceOf(call.ctx, 'schedule_events'), Number(event.id), { active: false });
  return { status: 204 };
};

async function calendarIn(call: Call, fields: Fields, required: boolean): Promise<Calendar | undefined> {
  const uuid = fields.text('calendar_id', { required });
  if (uuid === undefined) return undefined;
  const calendar = await calendarNamed(call.ctx, uuid);
  const only = onlyOf(call);
  const isReached = only === undefined || calendar?.userId === null || calendar?.userId === only;
  if (calendar !== undefined && isReached) return calendar;
  return fields.refuse('calendar_id', 'The calendar id does not exist.');
}

/** Whose a new event is: of the key's own resource, of the one that the body names, or of the one whose the calendar is. */
async function userIn(call: Call, fields: Fields, calendar: Calendar | undefined): Promise<number | undefined> {
  const named = fields.text('resource_id');
  const owner = onlyOf(call) ?? calendar?.userId ?? undefined;
  if (named === undefined) {
    if (owner !== undefined || calendar === undefined) return owner;
    return fields.refuse('resource_id', 'The resource id field is required: the calendar belongs to nobody.');
  }
  const user = (await usersNamed(call, [named])).get(named.toLowerCase());
  if (user === undefined) return fields.refuse('resource_id', 'The resource id does not exist.');
  if (owner === undefined || owner === user.id) return Number(user.id);
  return fields.refuse('resource_id', 'The calendar belongs to another resource.');
}

async function keepInvitation({ ctx }: Call, eventId: number, { participants, rsvp }: EventText): Promise<void> {
  if (participants === undefined && rsvp === undefined) return;
  const given = { ...(participants === undefined ? {} : { participants }), ...(rsvp === undefined ? {} : { rsvp }) };
  await ctx.db.rows(originStatement(originOf(ctx)));
  await storeEventInvitation(ctx.db, ctx.actor.companyId, eventId, given);
}
