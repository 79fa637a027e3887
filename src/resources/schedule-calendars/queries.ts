import { epochOfPg } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** A calendar with what only Timekit's clients know of it. */
export interface CalendarRow {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  /** Whose it is; null for one of the company. */
  readonly userId: number | null;
  /** The one of the company that bookings go to. */
  readonly forBookings: boolean;
  readonly description: string;
  readonly foregroundColor: string;
  readonly backgroundColor: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly lastModified: number;
}

/** What a client may say of a calendar. */
export type CalendarText = Pick<CalendarRow, 'name' | 'description' | 'foregroundColor' | 'backgroundColor'>;

/** Makes a calendar; gives its id. */
export async function insertCalendar(db: Db, companyId: number, name: string): Promise<number> {
  const [row] = await db.rows(
    sql`INSERT INTO schedule_calendars (company_id, name) VALUES (${companyId}, ${name}) RETURNING id`,
  );
  return Number(row?.[0]);
}

/** All calendars of a company, oldest first. */
export async function calendarRows(db: Db, companyId: number): Promise<CalendarRow[]> {
  const rows = await db.rows(sql`
    SELECT id, uuid, name, user_id, for_bookings, description, foreground_color, background_color, created, last_modified
    FROM schedule_calendars WHERE company_id = ${companyId} ORDER BY id`);
  return rows.map(([id, uuid, name, userId, forBookings, description, foreground, background, created, modified]) => ({
    id: Number(id),
    uuid: uuid ?? '',
    name: name ?? '',
    userId: typeof userId === 'string' ? Number(userId) : null,
    forBookings: forBookings === 't',
    description: description ?? '',
    foregroundColor: foreground ?? '',
    backgroundColor: background ?? '',
    created: epochOfPg(created ?? ''),
    lastModified: epochOfPg(modified ?? ''),
  }));
}

/** The calendar of the company that bookings go to; made, with this name, where there is none. */
export async function bookingsCalendarOf(db: Db, companyId: number, name: string): Promise<number> {
  const found = sql`SELECT id FROM schedule_calendars WHERE company_id = ${companyId} AND for_bookings`;
  const [before] = await db.rows(found);
  if (before !== undefined) return Number(before[0]);
  const made = sql`INSERT INTO schedule_calendars (company_id, name, for_bookings) VALUES (${companyId}, ${name}, true)
    ON CONFLICT DO NOTHING`;
  // Who was faster made it; the second statement sees that.
  const [, [row] = []] = await db.pipeline([made, found]);
  return Number(row?.[0]);
}

/** Makes a person's calendar, with this UUID where one is given; false where there is one of it already. */
export async function insertOwnCalendar(
  db: Db,
  companyId: number,
  userId: number | null,
  text: CalendarText,
  uuid: string,
): Promise<void> {
  await db.rows(sql`
    INSERT INTO schedule_calendars (company_id, uuid, user_id, name, description, foreground_color, background_color)
    VALUES (${companyId}, ${uuid}, ${userId}, ${text.name}, ${text.description}, ${text.foregroundColor},
            ${text.backgroundColor})
    ON CONFLICT (company_id, uuid) DO UPDATE SET name = EXCLUDED.name, description = EXCLUDED.description,
      foreground_color = EXCLUDED.foreground_color, background_color = EXCLUDED.background_color`);
}

/** Whether events stand in a calendar. */
export async function holdsEvents(db: Db, companyId: number, id: number): Promise<boolean> {
  const [row] = await db.rows(sql`
    SELECT 1 FROM schedule_events WHERE company_id = ${companyId} AND schedule_calendar_id = ${id} AND active LIMIT 1`);
  return row !== undefined;
}

/** Deletes a calendar; what was removed from it, and bookings that are over, are kept in another. */
export async function deleteCalendar(db: Db, companyId: number, id: number, other: number): Promise<void> {
  await db.pipeline([
    sql`UPDATE schedule_events SET schedule_calendar_id = ${other}
        WHERE company_id = ${companyId} AND schedule_calendar_id = ${id}`,
    sql`UPDATE bookings SET calendar_id = ${other} WHERE company_id = ${companyId} AND calendar_id = ${id}`,
    sql`DELETE FROM schedule_calendars WHERE company_id = ${companyId} AND id = ${id}`,
  ]);
}
