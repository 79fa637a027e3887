import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { originOf } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import type { State } from '../../rules/bookings/graphs.ts';
import { join, sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { releaseHolds } from './holds.ts';
import { noteEvents } from './news.ts';
import { changeBookings } from './queries.ts';
import { endSeats } from './seats.ts';

/*
 * Bookings stand in the schedule as events, and follow what becomes of those: an event that is moved, or handed to somebody
 * else, moves its booking, with the time that it holds; one that is switched off cancels it.
 */

/** A booking that stands in the schedule, as it is before the event's change is followed. */
interface Standing {
  readonly id: number;
  readonly eventId: number;
  readonly allowDouble: boolean;
}

/** An event's change that its booking would have to follow. */
interface Move {
  readonly index: number;
  readonly bookingId: number;
  readonly userId: number;
  readonly start: number;
  readonly end: number;
}

/** The rows that a candidate changes, by id: its own, and those of its event's other users. */
function rowsOf({ id, values, also }: Candidate): (readonly [number, Values])[] {
  return id === undefined ? [] : [[id, values], ...also.updates];
}

async function standingAmong({ db, actor }: Ctx, eventIds: readonly number[]): Promise<Map<number, Standing>> {
  if (eventIds.length === 0) return new Map();
  const rows = await db.rows(sql`
    SELECT event_id, id, allow_double FROM bookings
    WHERE company_id = ${actor.companyId} AND event_id = ANY(${eventIds}::int[]) AND NOT completed`);
  return new Map(
    rows.map(([eventId, id, double]) => [
      Number(eventId),
      { id: Number(id), eventId: Number(eventId), allowDouble: double === 't' },
    ]),
  );
}

function refused(detail: string): DomainError {
  return new DomainError('conflict', detail, { code: 'booked' });
}

/** Why the events of bookings can not become what the candidates say, by position. Two statements, whatever their number. */
export async function whyBookingsStay(
  ctx: Ctx,
  accepted: readonly Candidate[],
): Promise<ReadonlyMap<number, DomainError>> {
  const refusals = new Map<number, DomainError>();
  const ids = accepted.flatMap((candidate) => rowsOf(candidate).map(([id]) => id));
  const standing = await standingAmong(ctx, ids);
  const moves: Move[] = [];
  for (const candidate of accepted) {
    for (const [id, row] of rowsOf(candidate)) {
      const booking = standing.get(id);
      if (booking === undefined || row.active !== true) continue;
      const [start, end, userId] = [Number(row.start_at), Number(row.end_at), Number(row.assignee_id ?? 0)];
      const { index } = candidate;
      if (row.draft === true) refusals.set(index, refused('The event of a booking can not become a draft'));
      else if (userId === 0) refusals.set(index, refused('The event of a booking must be assigned to somebody'));
      else if (end <= start) refusals.set(index, refused('The event of a booking must end after its start'));
      else if (!booking.allowDouble) moves.push({ index, bookingId: booking.id, userId, start, end });
    }
  }
  for (const index of await takenAmong(ctx, moves))
    refusals.set(index, refused('Another booking holds this time of that user'));
  return refusals;
}

/** The positions of those moves whose time is held by other bookings. */
async function takenAmong({ db, actor, now }: Ctx, moves: readonly Move[]): Promise<number[]> {
  if (moves.length === 0) return [];
  const rows = await db.rows(sql`
    SELECT m.index
    FROM unnest(${moves.map(({ index }) => index)}::int[], ${moves.map(({ bookingId }) => bookingId)}::int[],
      ${moves.map(({ userId }) => userId)}::int[], ${moves.map(({ start }) => pgOfEpoch(start))}::timestamptz[],
      ${moves.map(({ end }) => pgOfEpoch(end))}::timestamptz[]) AS m (index, booking_id, user_id, start_at, end_at)
    WHERE EXISTS (
      SELECT FROM booking_holds h
      WHERE h.company_id = ${actor.companyId} AND h.user_id = m.user_id AND h.exclusive
        AND h.during && tstzrange(m.start_at, m.end_at, '[)') AND h.booking_id IS DISTINCT FROM m.booking_id
        AND (h.expires_at IS NULL OR h.expires_at > ${pgOfEpoch(now)}))`);
  return rows.map(([index]) => Number(index));
}

/** What a booking's event became, where the two differ. */
interface Changed {
  readonly id: number;
  readonly state: State;
  readonly group: boolean;
  /** Whether it is still in the schedule, and whether elsewhere. */
  readonly stands: boolean;
  readonly moved: boolean;
}

/** Lets bookings follow the events that a batch changed, in its transaction. The number of statements does not grow with it. */
export async function followEvents(ctx: Ctx, candidates: readonly Candidate[]): Promise<void> {
  const ids = candidates.flatMap((candidate) => rowsOf(candidate).map(([id]) => id));
  const changed = await changedAmong(ctx, ids);
  if (changed.length === 0) return;
  const on = changed.filter(({ stands }) => stands);
  if (on.length > 0) await moveAlong(ctx, on);
  const off = changed.filter(({ stands }) => !stands);
  if (off.length > 0) await cancelAll(ctx, off);
}

async function changedAmong({ db, actor }: Ctx, eventIds: readonly number[]): Promise<Changed[]> {
  if (eventIds.length === 0) return [];
  const rows = await db.rows(sql`
    SELECT b.id, b.state, b.graph = 'group_owner', e.active,
      (e.assignee_id, e.start_at, e.end_at) IS DISTINCT FROM (b.user_id, b.start_at, b.end_at)
    FROM bookings b JOIN schedule_events e ON e.company_id = b.company_id AND e.id = b.event_id
    WHERE b.company_id = ${actor.companyId} AND b.event_id = ANY(${eventIds}::int[]) AND NOT b.completed
      AND (NOT e.active OR (e.assignee_id, e.start_at, e.end_at, e.title, e.location, e.notes)
        IS DISTINCT FROM (b.user_id, b.start_at, b.end_at, b.what, b.location, b.description))
    ORDER BY b.id FOR UPDATE OF b`);
  return rows.map(([id, state, group, active, moved]) => ({
    id: Number(id),
    state: String(state) as State,
    group: group === 't',
    stands: active === 't',
    moved: moved === 't',
  }));
}

async function moveAlong(ctx: Ctx, on: readonly Changed[]): Promise<void> {
  const { companyId } = ctx.actor;
  const ids = on.map(({ id }) => id);
  const from = sql`FROM schedule_events e, bookings o
    WHERE o.company_id = ${companyId} AND o.id = ANY(${ids}::int[]) AND e.company_id = ${companyId} AND e.id = o.event_id`;
  const place = [sql`user_id = e.assignee_id`, sql`start_at = e.start_at`, sql`end_at = e.end_at`];
  const said = [sql`what = e.title`, sql`location = e.location`, sql`description = e.notes`];
  await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    // The seats of a group go where the group goes.
    sql`UPDATE bookings b SET ${join(place)} ${from} AND b.company_id = ${companyId} AND b.owner_id = o.id AND NOT b.completed`,
    sql`DELETE FROM booking_holds h USING schedule_events e, bookings o
        WHERE o.company_id = ${companyId} AND o.id = ANY(${ids}::int[]) AND e.company_id = ${companyId} AND e.id = o.event_id
          AND h.company_id = ${companyId} AND h.user_id = e.assignee_id AND h.expires_at <= ${pgOfEpoch(ctx.now)}`,
    sql`UPDATE booking_holds h SET user_id = e.assignee_id, during = tstzrange(e.start_at, e.end_at, '[)')
        ${from} AND h.company_id = ${companyId} AND h.booking_id = o.id`,
    sql`UPDATE bookings b SET ${join([...place, ...said])} ${from} AND b.company_id = ${companyId} AND b.id = o.id`,
  ]);
  const moved = on.filter((one) => one.moved);
  await noteEvents(
    ctx,
    moved.map(({ id, state }) => ({ bookingId: id, action: 'reschedule', from: state, to: state, message: '' })),
  );
}

async function cancelAll(ctx: Ctx, off: readonly Changed[]): Promise<void> {
  const ids = off.map(({ id }) => id);
  await changeBookings(ctx, ids, { state: 'cancelled' });
  await releaseHolds(ctx.db, ctx.actor.companyId, ids);
  await noteEvents(
    ctx,
    off.map(({ id, state }) => ({ bookingId: id, action: 'cancel', from: state, to: 'cancelled', message: '' })),
  );
  const groups = off.filter(({ group }) => group).map(({ id }) => id);
  await endSeats(ctx, groups, 'cancel', '');
}
