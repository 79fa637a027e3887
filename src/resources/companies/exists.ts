import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Whether the database holds any company. */
export async function anyCompany(db: Db): Promise<boolean> {
  const rows = await db.rows(sql`SELECT 1 FROM companies LIMIT 1`);
  return rows.length > 0;
}
