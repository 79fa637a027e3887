import {
  type Calendar,
  calendarNamed,
  createCalendar,
  removeCalendar,
  updateCalendar,
} from '../../../operations/calendars.ts';
import type { CalendarText } from '../../../resources/schedule-calendars/queries.ts';
import { type Call, type Handler, onlyOf } from '../call.ts';
import { paged } from '../paging.ts';
import { everyUser, usersNamed } from '../resources/find.ts';
import { Fields, NotFound } from '../validation.ts';
import { calendarObject, calendarsFor } from './object.ts';

export const listCalendars: Handler = async (call) => {
  const calendars = await calendarsFor(call, await everyUser(call));
  const { rows, page } = paged(call.query, calendars);
  return { data: rows.map((calendar) => calendarObject(call, calendar)), page };
};

/** The calendar of a UUID, as far as the key reaches. Throws NotFound. */
export async function calendarOf(call: Call, uuid: string): Promise<Calendar> {
  const calendar = await calendarNamed(call.ctx, uuid);
  const only = onlyOf(call);
  const isReached = only === undefined || calendar?.userId === null || calendar?.userId === only;
  if (calendar === undefined || !isReached) throw new NotFound('Calendar');
  return calendar;
}

export const getCalendar: Handler = async (call) => ({
  data: calendarObject(call, await calendarOf(call, call.params.id ?? '')),
});

export const postCalendar: Handler = async (call) => {
  const fields = new Fields(call.body);
  const text = textOf(fields, true);
  const owner = await ownerIn(call, fields);
  fields.done();
  const uuid = await createCalendar(call.ctx, owner ?? null, {
    name: '',
    description: '',
    foregroundColor: '',
    backgroundColor: '',
    ...text,
  });
  return { status: 201, data: calendarObject(call, await calendarOf(call, uuid)) };
};

/** Whose a new calendar is: of the key's own resource, or of the one that the body names. */
async function ownerIn(call: Call, fields: Fields): Promise<number | undefined> {
  const named = fields.text('resource_id');
  if (named === undefined) return onlyOf(call);
  const user = (await usersNamed(call, [named])).get(named.toLowerCase());
  return user === undefined ? fields.refuse('resource_id', 'The resource id does not exist.') : Number(user.id);
}

export const putCalendar: Handler = async (call) => {
  const calendar = await calendarOf(call, call.params.id ?? '');
  const fields = new Fields(call.body);
  const text = textOf(fields, false);
  fields.done();
  await updateCalendar(call.ctx, calendar, text);
  return { status: 204 };
};

export const deleteCalendar: Handler = async (call) => {
  await removeCalendar(call.ctx, await calendarOf(call, call.params.id ?? ''));
  return { status: 204 };
};

function textOf(fields: Fields, required: boolean): Partial<CalendarText> {
  const given = {
    name: fields.text('name', { required }),
    description: fields.text('description', { longest: 10_000 }),
    foregroundColor: fields.text('foregroundcolor', { longest: 32 }),
    backgroundColor: fields.text('backgroundcolor', { longest: 32 }),
  };
  if (given.name?.trim() === '') fields.refuse('name', 'The name field is required.');
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined));
}
