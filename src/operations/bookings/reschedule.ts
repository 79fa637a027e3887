import type { Ctx } from '../../engine/context.ts';
import { inTransaction } from '../../engine/turns.ts';
import type { Booking } from '../../resources/bookings/booking.ts';
import { holdFor, type Slot } from '../../resources/bookings/holds.ts';
import { noteEvents } from '../../resources/bookings/news.ts';
import { changeBookings, type Scope } from '../../resources/bookings/queries.ts';
import { notOpen, takeBooking } from './act.ts';
import { demandActive, type Place } from './create.ts';
import { movePlan } from './events.ts';
import { askedBy, demandFree } from './terms.ts';

/**
 * Gives a booking another slot, of the same person or another; it keeps its id. Throws DomainError: 'not-found', or why it
 * can not be had; nothing is changed then.
 */
export function reschedule(
  ctx: Ctx,
  scope: Scope,
  { hours }: Pick<Place, 'hours'>,
  uuid: string,
  { message, ...slot }: Slot & { readonly message: string },
): Promise<Booking> {
  return inTransaction(ctx, async (inside) => {
    const [booking] = await takeBooking(inside, scope, uuid, { others: [slot.userId] });
    const { id, graph, state } = booking;
    if (graph !== 'instant') throw notOpen(`A booking of the graph ${graph} can not be rescheduled.`);
    if (state !== 'confirmed') throw notOpen(`A booking that is ${state} can not be rescheduled.`);
    if (slot.userId !== booking.userId) await demandActive(inside, slot.userId);
    await demandFree(inside, slot, { ...askedBy(booking), appId: scope.appId, hours, exceptBooking: id });
    const { userId, start, end } = slot;
    const [moved = booking] = await changeBookings(inside, [id], { userId, start, end });
    await holdFor(inside, moved);
    await movePlan(inside, moved, booking.userId);
    await noteEvents(inside, [{ bookingId: id, action: 'reschedule', from: state, to: state, message }]);
    return moved;
  });
}
