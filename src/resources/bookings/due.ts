import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { type Booking, bookingColumns, bookingOf } from './booking.ts';

/** Seconds after its end until a booking completes by itself. Reference: (c) Bookings. */
export const completesAfter = 3_600;

/** When a booking (alias b) goes on by itself: its payment is overdue, or it ended an hour ago. */
const moment = sql`CASE
  WHEN b.state = 'tentative' AND b.graph <> 'group_owner' THEN b.expires_at
  WHEN b.auto_complete THEN b.end_at + ${completesAfter} * interval '1 second' END`;
const open: Sql = sql`NOT b.completed AND b.active`;

/** When the server has something to do next about bookings or reservations (epoch seconds); undefined: nothing. */
export async function nextBookingDue(db: Db): Promise<number | undefined> {
  const [row] = await db.rows(sql`
    SELECT least((SELECT min(${moment}) FROM bookings b WHERE ${open}),
      (SELECT min(expires_at) FROM booking_holds WHERE reservation IS NOT NULL))`);
  const due = row?.[0] ?? null;
  return due === null ? undefined : epochOfPg(due);
}

/**
 * The bookings of all companies that are to go on by themselves at a moment (epoch seconds), by company, locked until the
 * transaction ends; one that somebody is changing right now is left out. At most so many.
 */
export async function takeDueBookings(db: Db, now: number, most: number): Promise<Map<number, Booking[]>> {
  const rows = await db.rows(sql`
    SELECT b.company_id, ${bookingColumns} FROM bookings b WHERE ${open} AND ${moment} <= ${pgOfEpoch(now)}
    ORDER BY b.company_id, b.id LIMIT ${most} FOR UPDATE SKIP LOCKED`);
  const all = rows.map(([companyId, ...cells]) => ({ companyId: Number(companyId), booking: bookingOf(cells) }));
  const companies = Map.groupBy(all, ({ companyId }) => companyId);
  return new Map([...companies].map(([companyId, some]) => [companyId, some.map(({ booking }) => booking)]));
}

/** Forgets reservations that have expired, in all companies. */
export async function forgetReservations(db: Db, now: number): Promise<void> {
  await db.rows(sql`DELETE FROM booking_holds WHERE reservation IS NOT NULL AND expires_at <= ${pgOfEpoch(now)}`);
}
