import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/**
 * Deletes the positions of all companies that were recorded before a moment (epoch seconds), so many at once, each time in a
 * transaction of its own, until none is left or the signal says stop. Gives the number of those deleted.
 */
export async function deletePositions(db: Db, before: number, atOnce: number, signal: AbortSignal): Promise<number> {
  const companies = await db.rows(sql`
    SELECT c.id FROM companies c WHERE EXISTS (
      SELECT FROM geolocations g WHERE g.company_id = c.id AND g.recorded_at < to_timestamp(${before}::float8))
    ORDER BY c.id`);
  let deleted = 0;
  for (const [companyId] of companies) {
    for (let count = atOnce; count === atOnce && !signal.aborted; deleted += count) {
      const rows = await db.rows(sql`
        DELETE FROM geolocations WHERE company_id = ${companyId}::int AND id = ANY(ARRAY(
          SELECT g.id FROM geolocations g
          WHERE g.company_id = ${companyId}::int AND g.recorded_at < to_timestamp(${before}::float8)
          ORDER BY g.recorded_at LIMIT ${atOnce}))
        RETURNING 1`);
      count = rows.length;
    }
  }
  return deleted;
}
