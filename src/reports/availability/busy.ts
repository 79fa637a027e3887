import type { Ctx } from '../../engine/context.ts';
import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Range } from '../../rules/ranges.ts';
import { sql } from '../../store/sql.ts';

/** Something that takes a person's time. */
export interface Busy extends Range {
  /** An all-day event, which some searches ignore. */
  readonly allDay: boolean;
  /** The booking whose hold or event it is. */
  readonly bookingId?: number;
}

/**
 * What takes the time of these users in [from, to), whoever may see it: published events of the schedule, the holds of
 * bookings and reservations, and approved time off (the whole day where it is entered as a duration). One statement.
 * Everybody has an entry. A standing booking appears twice, as its hold and as its event. Reference: timekit-v2.md, (f).
 */
export async function busyTimes(
  { db, actor, now }: Ctx,
  userIds: Iterable<number>,
  from: number,
  to: number,
): Promise<Map<number, Busy[]>> {
  const ids = [...userIds];
  const busy = new Map<number, Busy[]>(ids.map((id) => [id, []]));
  if (ids.length === 0 || from >= to) return busy;
  const { companyId } = actor;
  const [start, end] = [pgOfEpoch(from), pgOfEpoch(to)];
  // Ends of whole days are their last second. No event lasts longer than a leap year, no time off longer than a week.
  const rows = await db.rows(sql`
    SELECT e.assignee_id, e.start_at, e.end_at + CASE WHEN e.all_day THEN interval '1 second' ELSE interval '0' END,
      e.all_day, b.id
    FROM schedule_events e
    LEFT JOIN bookings b ON b.company_id = e.company_id AND b.event_id = e.id
    WHERE e.company_id = ${companyId} AND e.assignee_id = ANY(${ids}::int[]) AND e.active AND NOT e.draft
      AND e.start_at < ${end}::timestamptz AND e.start_at >= ${start}::timestamptz - interval '8785 hours'
      AND e.end_at >= ${start}::timestamptz
    UNION ALL
    SELECT h.user_id, lower(h.during), upper(h.during), FALSE, h.booking_id
    FROM booking_holds h
    WHERE h.company_id = ${companyId} AND h.user_id = ANY(${ids}::int[])
      AND h.during && tstzrange(${start}::timestamptz, ${end}::timestamptz)
      AND (h.expires_at IS NULL OR h.expires_at > ${pgOfEpoch(now)}::timestamptz)
    UNION ALL
    SELECT t.user_id, t.start_at,
      t.end_at + CASE WHEN t.entry_method = 'manual' THEN interval '1 second' ELSE interval '0' END, FALSE, NULL
    FROM time_off_request_entries t
    WHERE t.company_id = ${companyId} AND t.user_id = ANY(${ids}::int[]) AND t.status = 'approved' AND t.active
      AND t.date BETWEEN ${start}::timestamptz::date - 9 AND ${end}::timestamptz::date + 1
      AND t.start_at < ${end}::timestamptz AND t.end_at >= ${start}::timestamptz`);
  for (const [userId, begins, ends, allDay, bookingId = null] of rows) {
    busy.get(Number(userId))?.push({
      start: epochOfPg(String(begins)),
      end: epochOfPg(String(ends)),
      allDay: allDay === 't',
      ...(bookingId === null ? {} : { bookingId: Number(bookingId) }),
    });
  }
  return busy;
}
