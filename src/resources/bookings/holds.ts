import type { Ctx } from '../../engine/context.ts';
import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import type { Booking } from './booking.ts';

/** Advisory locks of this kind, one for each person, let those who take his time do so one after the other. */
const personTurns = 20002;

/** What the constraint says that lets no two exclusive holds of a person overlap, see `DomainError.code`. */
export const holdsOnce = 'constraint:booking_holds_once';

/**
 * Waits, inside a transaction, until nobody else takes or gives back time of these people, and keeps others out until its
 * end. Holds of theirs that have expired are gone afterwards.
 */
export async function takePersonTurns({ db, actor, now }: Ctx, userIds: readonly number[]): Promise<void> {
  const people = [...new Set(userIds)].sort((a, b) => a - b);
  await db.pipeline([
    sql`SELECT pg_advisory_xact_lock(${personTurns}, u.id) FROM unnest(${people}::int[]) AS u (id)`,
    sql`DELETE FROM booking_holds WHERE company_id = ${actor.companyId} AND user_id = ANY(${people}::int[])
          AND expires_at <= ${pgOfEpoch(now)}`,
  ]);
}

/** Time of a person. Moments in epoch seconds, the end not included. */
export interface Slot {
  readonly userId: number;
  readonly start: number;
  readonly end: number;
}

const during = ({ start, end }: Slot) => sql`tstzrange(${pgOfEpoch(start)}, ${pgOfEpoch(end)}, '[)')`;

/** Takes the time of a booking, or moves what it has taken; until its payment is overdue where it awaits one. */
export async function holdFor({ db, actor }: Ctx, booking: Booking): Promise<void> {
  const until = booking.expiresAt === null ? null : pgOfEpoch(booking.expiresAt);
  await db.rows(sql`
    INSERT INTO booking_holds AS h (company_id, user_id, during, booking_id, app_id, page_id, expires_at, exclusive)
    VALUES (${actor.companyId}, ${booking.userId}, ${during(booking)}, ${booking.id}, ${booking.appId}, ${booking.pageId},
      ${until}, ${!booking.allowDouble})
    ON CONFLICT (company_id, booking_id) WHERE booking_id IS NOT NULL
    DO UPDATE SET user_id = excluded.user_id, during = excluded.during, expires_at = excluded.expires_at`);
}

/** Gives back the time of bookings. */
export async function releaseHolds(db: Db, companyId: number, bookingIds: readonly number[]): Promise<void> {
  if (bookingIds.length === 0) return;
  await db.rows(
    sql`DELETE FROM booking_holds WHERE company_id = ${companyId} AND booking_id = ANY(${bookingIds}::int[])`,
  );
}

/** Time that is kept for somebody who is about to book it. */
export interface Reservation extends Slot {
  readonly uuid: string;
  readonly pageId: number | null;
  readonly expiresAt: number;
}

const reservationColumns = sql`reservation, user_id, lower(during), upper(during), page_id, expires_at`;

function reservationOf(cells: readonly (string | null)[]): Reservation {
  const [uuid, userId, start, end, pageId, expiresAt] = cells;
  return {
    uuid: String(uuid),
    userId: Number(userId),
    start: epochOfPg(String(start)),
    end: epochOfPg(String(end)),
    pageId: pageId === null ? null : Number(pageId),
    expiresAt: epochOfPg(String(expiresAt)),
  };
}

/** Keeps time until a moment. */
export async function insertReservation(
  { db, actor }: Ctx,
  appId: number,
  slot: Slot & { readonly pageId: number | null; readonly expiresAt: number },
): Promise<Reservation> {
  const [row] = await db.rows(sql`
    INSERT INTO booking_holds (company_id, user_id, during, reservation, app_id, page_id, expires_at)
    VALUES (${actor.companyId}, ${slot.userId}, ${during(slot)}, gen_random_uuid(), ${appId}, ${slot.pageId},
      ${pgOfEpoch(slot.expiresAt)})
    RETURNING ${reservationColumns}`);
  if (row === undefined) throw new Error('A reservation was stored, but did not come back');
  return reservationOf(row);
}

/** A reservation of an application, expired or not; undefined where there is none. */
export async function findReservation(
  { db, actor }: Ctx,
  appId: number,
  uuid: string,
): Promise<Reservation | undefined> {
  const [row] = await db.rows(sql`
    SELECT ${reservationColumns} FROM booking_holds
    WHERE company_id = ${actor.companyId} AND reservation = ${uuid}::uuid AND app_id = ${appId}`);
  return row === undefined ? undefined : reservationOf(row);
}

/** Keeps a reservation until another moment; undefined where it is gone. */
export async function extendReservation(
  { db, actor, now }: Ctx,
  appId: number,
  uuid: string,
  expiresAt: number,
): Promise<Reservation | undefined> {
  const [row] = await db.rows(sql`
    UPDATE booking_holds SET expires_at = ${pgOfEpoch(expiresAt)}
    WHERE company_id = ${actor.companyId} AND reservation = ${uuid}::uuid AND app_id = ${appId}
      AND expires_at > ${pgOfEpoch(now)}
    RETURNING ${reservationColumns}`);
  return row === undefined ? undefined : reservationOf(row);
}

/** Ends a reservation, so that what it was made for takes its place. */
export async function endReservation({ db, actor }: Ctx, uuid: string): Promise<void> {
  await db.rows(sql`DELETE FROM booking_holds WHERE company_id = ${actor.companyId} AND reservation = ${uuid}::uuid`);
}
