import type { Ctx } from '../../engine/context.ts';
import type { Booking } from '../../resources/bookings/booking.ts';
import { releaseHolds } from '../../resources/bookings/holds.ts';
import { noteEvents } from '../../resources/bookings/news.ts';
import { changeBookings } from '../../resources/bookings/queries.ts';
import { countSeats, endSeats } from '../../resources/bookings/seats.ts';
import { type Action, awaitsPayment, nextState } from '../../rules/bookings/graphs.ts';

/**
 * Lets bookings, which are locked, take the step that comes by itself: one whose payment is overdue times out, one that has
 * ended completes. What took place stays in the schedule. The number of statements does not grow with the bookings.
 */
export async function goOn(ctx: Ctx, due: readonly Booking[]): Promise<void> {
  const steps = due.flatMap((booking) => {
    const { graph, state } = booking;
    const action: Action = awaitsPayment(graph, state) ? 'timeout' : 'complete';
    const to = nextState(graph, state, action);
    return to === undefined ? [] : [{ booking, action, to }];
  });
  if (steps.length === 0) return;
  const idsOf = (some: readonly { readonly booking: Booking }[]): number[] => some.map(({ booking }) => booking.id);
  for (const [state, some] of Map.groupBy(steps, ({ to }) => to)) await changeBookings(ctx, idsOf(some), { state });
  await releaseHolds(ctx.db, ctx.actor.companyId, idsOf(steps));
  await noteEvents(
    ctx,
    steps.map(({ booking, action, to }) => ({
      bookingId: booking.id,
      action,
      from: booking.state,
      to,
      message: '',
    })),
  );
  const groups = due.filter(({ graph }) => graph === 'group_owner').map(({ id }) => id);
  await endSeats(ctx, groups, 'complete', '');
  await countSeats(
    ctx,
    steps.flatMap(({ booking: { ownerId } }) => (ownerId === null ? [] : [ownerId])),
  );
}
