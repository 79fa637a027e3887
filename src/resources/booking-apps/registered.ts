import { epochOfPg } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** What is known of an application that takes bookings beside its own row. */
export interface BookingAppUse {
  readonly id: number;
  readonly ownerName: string;
  readonly ownerActive: boolean;
  /** Epoch seconds; when its app token was used last, and when it was made. */
  readonly lastUsed: number | null;
  readonly keysCreated: number | null;
}

/** How the applications of a company are used. */
export async function bookingAppUses(db: Db, companyId: number): Promise<BookingAppUse[]> {
  const rows = await db.rows(sql`
    SELECT a.id, coalesce(nullif(u.display_name, ''), u.first_name || ' ' || u.last_name), u.active,
           max(t.last_used), max(t.created)
    FROM booking_apps a JOIN users u ON u.company_id = a.company_id AND u.id = a.owner_id
    LEFT JOIN access_tokens t ON t.company_id = a.company_id AND t.booking_app_id = a.id AND t.door = 'timekit'
      AND t.family IS NULL AND t.revoked_at IS NULL
    WHERE a.company_id = ${companyId} GROUP BY a.id, 2, u.active`);
  const moment = (cell: string | null | undefined): number | null => (cell ? epochOfPg(cell) : null);
  return rows.map(([id, ownerName, ownerActive, lastUsed, keysCreated]) => ({
    id: Number(id),
    ownerName: ownerName ?? '',
    ownerActive: ownerActive === 't',
    lastUsed: moment(lastUsed),
    keysCreated: moment(keysCreated),
  }));
}

/** Deletes an application with its keys, inside a transaction; a constraint refuses it while projects or bookings are its own. */
export async function deleteBookingApp(db: Db, companyId: number, id: number): Promise<void> {
  await db.pipeline([
    sql`DELETE FROM access_tokens WHERE company_id = ${companyId} AND booking_app_id = ${id}`,
    sql`DELETE FROM booking_apps WHERE company_id = ${companyId} AND id = ${id}`,
  ]);
}
