import { DomainError } from '../../../lib/errors.ts';
import { act, deleteBooking, noBooking } from '../../../operations/bookings/act.ts';
import { createBooking, type Place } from '../../../operations/bookings/create.ts';
import { reschedule } from '../../../operations/bookings/reschedule.ts';
import { type BookingPage, pagesByIds } from '../../../resources/booking-pages/queries.ts';
import type { Booking } from '../../../resources/bookings/booking.ts';
import { findBooking, type Scope } from '../../../resources/bookings/queries.ts';
import { type Action, actions } from '../../../rules/bookings/graphs.ts';
import { type Call, type Handler, onlyOf } from '../call.ts';
import { Fields, isObject } from '../validation.ts';
import { isPublic, keepToPage, readBooking, readSlot } from './read.ts';
import { told } from './refusals.ts';
import { showBooking } from './show.ts';

/** The bookings that a key may see and change: those of its application, or of its person there. */
export function scopeOf(call: Call): Scope {
  return { appId: call.app.id, userId: onlyOf(call) };
}

/** Where a key makes bookings: one that everybody can see, only within working hours. */
export function placeOf(call: Call): Place {
  return { appId: call.app.id, hours: isPublic(call) };
}

export const getBooking: Handler = async (call) => {
  const booking = await findBooking(call.ctx, scopeOf(call), call.params.id ?? '');
  if (booking === undefined) throw noBooking();
  return { data: await showBooking(call, booking) };
};

export const postBooking: Handler = async (call) => {
  const wanted = await readBooking(call, call.body);
  const booking = await told(createBooking(call.ctx, placeOf(call), wanted));
  return { status: 201, data: await showBooking(call, booking) };
};

export const removeBooking: Handler = async (call) => {
  await deleteBooking(call.ctx, scopeOf(call), call.params.id ?? '');
  return { status: 204 };
};

/** What the body of an action says, beside it or below its name. */
export function readStep(action: string, body: Call['body']): Parameters<typeof act>[3] {
  const known = actions.find((one) => one === action);
  if (known === undefined) throw new DomainError('invalid', `There is no action ${action.slice(0, 50)}.`);
  const below = body[known];
  const fields = new Fields({ ...body, ...(isObject(below) ? below : {}) });
  const step = {
    action: known satisfies Action,
    message: fields.text('message', { longest: 10_000 }) ?? '',
    paymentId: fields.text('payment_id') ?? '',
    alone: fields.flag('apply_to_bulked_bookings') === false,
  };
  fields.done();
  return step;
}

export const putAction: Handler = async (call) => {
  const { id = '', action = '' } = call.params;
  // What is not there is not there, whatever is to be done with it.
  if ((await findBooking(call.ctx, scopeOf(call), id)) === undefined) throw noBooking();
  const booking = await told(act(call.ctx, scopeOf(call), id, readStep(action, call.body)));
  return { data: await showBooking(call, booking) };
};

async function pageOf({ ctx }: Call, { pageId }: Booking): Promise<BookingPage | undefined> {
  return pageId === null ? undefined : (await pagesByIds(ctx.db, ctx.actor.companyId, [pageId])).get(pageId);
}

export const postReschedule: Handler = async (call) => {
  const { id = '' } = call.params;
  const known = await findBooking(call.ctx, scopeOf(call), id);
  if (known === undefined) throw noBooking();
  const fields = new Fields(call.body);
  const message = fields.text('message', { longest: 10_000 }) ?? '';
  const slot = await readSlot(call, fields);
  // Whoever has the booking keeps it, also where the page does not offer him any more.
  if (slot.userId !== known.userId) keepToPage(call, fields, await pageOf(call, known), slot.userId);
  fields.done();
  const booking = await told(reschedule(call.ctx, scopeOf(call), placeOf(call), id, { ...slot, message }));
  return { data: await showBooking(call, booking) };
};
