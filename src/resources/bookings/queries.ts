import type { Ctx } from '../../engine/context.ts';
import { originOf } from '../../engine/writing.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import type { State } from '../../rules/bookings/graphs.ts';
import type { Happening } from '../../rules/bookings/news.ts';
import { empty, join, type Sql, sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { type Booking, type BookingFacts, bookingColumns, bookingOf } from './booking.ts';

/** Which bookings of an application: those of one user only, where `userId` is given. */
export interface Scope {
  readonly appId: number;
  readonly userId?: number | undefined;
}

/** SQL over alias b that is true for the bookings of a scope that were not deleted. */
export function inScope(companyId: number, { appId, userId }: Scope): Sql {
  const own = userId === undefined ? empty : sql`AND b.user_id = ${userId}`;
  return sql`b.company_id = ${companyId} AND b.app_id = ${appId} AND b.active ${own}`;
}

const uuidText = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text is a UUID; what is none names nothing. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && uuidText.test(text);
}

/** One booking of a scope by its UUID; undefined where there is none. */
export async function findBooking({ db, actor }: Ctx, scope: Scope, uuid: string): Promise<Booking | undefined> {
  if (!isUuid(uuid)) return undefined;
  const [row] = await db.rows(sql`
    SELECT ${bookingColumns} FROM bookings b WHERE ${inScope(actor.companyId, scope)} AND b.uuid = ${uuid}::uuid`);
  return row === undefined ? undefined : bookingOf(row);
}

/** Bookings by their ids; deleted ones too. */
export async function bookingsById({ db, actor }: Ctx, ids: readonly number[]): Promise<Map<number, Booking>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows(sql`
    SELECT ${bookingColumns} FROM bookings b WHERE b.company_id = ${actor.companyId} AND b.id = ANY(${ids}::int[])`);
  return new Map(rows.map(bookingOf).map((booking) => [booking.id, booking]));
}

/** The bookings that share their actions, by the name that they share. */
export async function bulkedBookings({ db, actor }: Ctx, bulks: readonly string[]): Promise<Booking[]> {
  if (bulks.length === 0) return [];
  const rows = await db.rows(sql`
    SELECT ${bookingColumns} FROM bookings b
    WHERE b.company_id = ${actor.companyId} AND b.bulk = ANY(${bulks}::uuid[]) AND b.active ORDER BY b.id`);
  return rows.map(bookingOf);
}

/**
 * Reads bookings again inside a transaction and locks them until its end, each behind its event: the schedule writes the
 * event first, too, so that nobody waits for the other.
 */
export async function lockBookings({ db, actor }: Ctx, ids: readonly number[]): Promise<Booking[]> {
  const { companyId } = actor;
  const [, rows = []] = await db.pipeline([
    sql`SELECT e.id FROM schedule_events e WHERE e.company_id = ${companyId} AND e.id IN (
          SELECT b.event_id FROM bookings b WHERE b.company_id = ${companyId}
            AND (b.id = ANY(${ids}::int[]) OR b.owner_id = ANY(${ids}::int[])))
        ORDER BY e.id FOR UPDATE`,
    sql`SELECT ${bookingColumns} FROM bookings b WHERE b.company_id = ${companyId} AND b.id = ANY(${ids}::int[])
        ORDER BY b.id FOR UPDATE`,
  ]);
  return rows.map(bookingOf);
}

/** Stores a new booking. */
export async function insertBooking(ctx: Ctx, appId: number, facts: BookingFacts): Promise<Booking> {
  const { companyId } = ctx.actor;
  const moment = (seconds: number | null): string | null => (seconds === null ? null : pgOfEpoch(seconds));
  const json = (value: unknown): string => JSON.stringify(value);
  const [, [row] = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`INSERT INTO bookings AS b (company_id, app_id, page_id, user_id, graph, state, start_at, end_at, what, location,
          description, customer, settings, meta, participants, reminders, allow_double, auto_complete, notify_customer,
          expires_at, calendar_id, owner_id, max_seats, bulk)
        VALUES (${companyId}, ${appId}, ${facts.pageId}, ${facts.userId}, ${facts.graph}, ${facts.state},
          ${moment(facts.start)}, ${moment(facts.end)}, ${facts.what}, ${facts.location}, ${facts.description},
          ${json(facts.customer)}, ${json(facts.settings)}, ${json(facts.meta)}, ${json(facts.participants)},
          ${json(facts.reminders)}, ${facts.allowDouble}, ${facts.autoComplete}, ${facts.notifyCustomer},
          ${moment(facts.expiresAt)}, ${facts.calendarId}, ${facts.ownerId}, ${facts.maxSeats}, ${facts.bulk})
        RETURNING ${bookingColumns}`,
  ]);
  if (row === undefined) throw new Error('A booking was stored, but did not come back');
  return bookingOf(row);
}

/** What may change of a booking. */
export type BookingChange = Partial<
  Pick<Booking, 'state' | 'userId' | 'start' | 'end' | 'eventId' | 'paymentId' | 'expiresAt'>
>;

/** Changes bookings alike, in one statement; gives them as they are now. */
export async function changeBookings(ctx: Ctx, ids: readonly number[], change: BookingChange): Promise<Booking[]> {
  const set: Sql[] = [];
  if (change.state !== undefined) set.push(sql`state = ${change.state}`);
  if (change.userId !== undefined) set.push(sql`user_id = ${change.userId}`);
  if (change.start !== undefined) set.push(sql`start_at = ${pgOfEpoch(change.start)}`);
  if (change.end !== undefined) set.push(sql`end_at = ${pgOfEpoch(change.end)}`);
  if (change.eventId !== undefined) set.push(sql`event_id = ${change.eventId}`);
  if (change.paymentId !== undefined) set.push(sql`payment_id = ${change.paymentId}`);
  if (change.expiresAt !== undefined)
    set.push(sql`expires_at = ${change.expiresAt === null ? null : pgOfEpoch(change.expiresAt)}`);
  const [, rows = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`UPDATE bookings b SET ${join(set)} WHERE b.company_id = ${ctx.actor.companyId} AND b.id = ANY(${ids}::int[])
        RETURNING ${bookingColumns}`,
  ]);
  return rows.map(bookingOf);
}

/** Takes so many seats of a group, or gives them back (a negative number). The group's row is locked. */
export async function moveSeats(ctx: Ctx, ownerId: number, seats: number): Promise<void> {
  await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`UPDATE bookings b SET current_seats = b.current_seats + ${seats}::int
        WHERE b.company_id = ${ctx.actor.companyId} AND b.id = ${ownerId}`,
  ]);
}

/** The seats of groups that are still taken, locked until the end of the transaction. */
export async function lockSeats({ db, actor }: Ctx, ownerIds: readonly number[]): Promise<Booking[]> {
  if (ownerIds.length === 0) return [];
  const rows = await db.rows(sql`
    SELECT ${bookingColumns} FROM bookings b
    WHERE b.company_id = ${actor.companyId} AND b.owner_id = ANY(${ownerIds}::int[]) AND NOT b.completed AND b.active
    ORDER BY b.id FOR UPDATE`);
  return rows.map(bookingOf);
}

/** Takes a booking out of every list; what happened to it stays. */
export async function hideBooking(ctx: Ctx, id: number): Promise<void> {
  await ctx.db.pipeline(
    [
      originStatement(originOf(ctx)),
      sql`UPDATE bookings b SET active = FALSE WHERE b.company_id = ${ctx.actor.companyId} AND b.id = ${id}`,
    ],
    { atomic: true },
  );
}

/** Something that happened to a booking. */
export interface LogEntry {
  readonly bookingId: number;
  readonly action: Happening;
  readonly from: State | '';
  readonly to: State;
  readonly message: string;
}

/** Writes down what happened, in one statement. Whoever takes a step calls `noteEvents` (news.ts), which does more. */
export async function logEvents({ db, actor, now }: Ctx, entries: readonly LogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.rows(sql`
    INSERT INTO booking_log (company_id, booking_id, action, from_state, to_state, message, by_user_id, at)
    SELECT ${actor.companyId}, e.*, ${actor.userId === 0 ? null : actor.userId}::int, ${pgOfEpoch(now)}::timestamptz
    FROM unnest(${entries.map(({ bookingId }) => bookingId)}::int[], ${entries.map(({ action }) => action)}::text[],
      ${entries.map(({ from }) => from)}::text[], ${entries.map(({ to }) => to)}::text[],
      ${entries.map(({ message }) => message)}::text[]) AS e`);
}
