import type { Ctx } from '../../engine/context.ts';
import { originOf } from '../../engine/writing.ts';
import { type Action, nextState } from '../../rules/bookings/graphs.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { noteEvents } from './news.ts';
import { changeBookings, lockSeats } from './queries.ts';

/**
 * Ends the seats of groups with the groups themselves: `cancel` takes them back, `complete` completes what was agreed and
 * ends what was never paid. The number of statements does not grow with the seats.
 */
export async function endSeats(
  ctx: Ctx,
  ownerIds: readonly number[],
  groupAction: 'cancel' | 'complete',
  message: string,
): Promise<void> {
  const seats = await lockSeats(ctx, ownerIds);
  if (seats.length === 0) return;
  const first: Action = groupAction === 'cancel' ? 'cancel_by_owner' : 'complete';
  const ends = seats.flatMap((seat) => {
    const action: Action = nextState(seat.graph, seat.state, first) === undefined ? 'timeout' : first;
    const to = nextState(seat.graph, seat.state, action);
    return to === undefined ? [] : [{ seat, action, to }];
  });
  for (const [state, some] of Map.groupBy(ends, ({ to }) => to)) {
    await changeBookings(
      ctx,
      some.map(({ seat }) => seat.id),
      { state },
    );
  }
  await noteEvents(
    ctx,
    ends.map(({ seat, action, to }) => ({ bookingId: seat.id, action, from: seat.state, to, message })),
  );
  await countSeats(ctx, ownerIds);
}

/** Counts the seats of groups anew: those that are taken, and those of whoever came. */
export async function countSeats(ctx: Ctx, ownerIds: readonly number[]): Promise<void> {
  if (ownerIds.length === 0) return;
  await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`UPDATE bookings b SET current_seats = (
          SELECT count(*) FROM bookings s WHERE s.company_id = b.company_id AND s.owner_id = b.id AND s.active
            AND s.state IN ('tentative', 'confirmed', 'paid', 'completed'))
        WHERE b.company_id = ${ctx.actor.companyId} AND b.id = ANY(${ownerIds}::int[])`,
  ]);
}
