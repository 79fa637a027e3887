import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Makes a calendar; gives its id. */
export async function insertCalendar(db: Db, companyId: number, name: string): Promise<number> {
  const [row] = await db.rows(
    sql`INSERT INTO schedule_calendars (company_id, name) VALUES (${companyId}, ${name}) RETURNING id`,
  );
  return Number(row?.[0]);
}
