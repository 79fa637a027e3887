import { type Ctx, resourceOf } from '../../engine/context.ts';
import { createOne, updateOne, valuesById } from '../../engine/values.ts';
import { isoLocal } from '../../lib/time.ts';
import type { Booking } from '../../resources/bookings/booking.ts';
import { changeBookings } from '../../resources/bookings/queries.ts';
import { bookingsCalendar } from '../calendars.ts';

/** Whose time can be booked by his own key, has it planned by that, too, whether he plans his schedule otherwise or not. */
function planner(ctx: Ctx): Ctx {
  const permissions = new Set(ctx.actor.permissions).add('manage_my_schedule');
  return { ...ctx, actor: { ...ctx.actor, permissions } };
}

/** Puts a booking into the schedule of its person, published; gives it with its event. */
export async function plan(ctx: Ctx, booking: Booking): Promise<Booking> {
  const calendarId = booking.calendarId ?? (await bookingsCalendar(ctx, booking.userId));
  const event = await createOne(planner(ctx), resourceOf(ctx, 'schedule_events'), {
    schedule_calendar_id: calendarId,
    assigned_user_ids: [booking.userId],
    start: isoLocal(booking.start, 0),
    end: isoLocal(booking.end, 0),
    title: booking.what,
    location: booking.location,
    notes: booking.description,
  });
  const [planned] = await changeBookings(ctx, [booking.id], { eventId: Number(event.id) });
  return planned ?? booking;
}

/** Moves the event of a booking, which was moved already, from the person who had it. */
export async function movePlan(ctx: Ctx, booking: Booking, formerUserId: number): Promise<void> {
  if (booking.eventId === null) return;
  const events = resourceOf(ctx, 'schedule_events');
  const { assigned_user_ids: assigned } = await valuesById(ctx, events, booking.eventId);
  const users = (assigned as readonly number[]).map((id) => (id === formerUserId ? booking.userId : id));
  await updateOne(planner(ctx), events, booking.eventId, {
    assigned_user_ids: [...new Set(users)],
    start: isoLocal(booking.start, 0),
    end: isoLocal(booking.end, 0),
  });
}

/** Takes a booking, which was ended already, out of the schedule. */
export async function unplan(ctx: Ctx, { eventId }: Booking): Promise<void> {
  if (eventId === null) return;
  await updateOne(planner(ctx), resourceOf(ctx, 'schedule_events'), eventId, { active: false });
}
