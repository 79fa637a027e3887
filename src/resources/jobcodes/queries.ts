import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** A jobcode of a type that the TSheets API does not make: a break, or time off at sign-up. */
export interface NewTopJobcode {
  name: string;
  type: 'pto' | 'paid_break' | 'unpaid_break' | 'unpaid_time_off';
}

/**
 * Makes jobcodes at the top level that are assigned to everyone: breaks for the settings of breaks, sign-up and the demo
 * company. Names that exist are left alone. Gives the ids of those made, in order.
 */
export async function insertTopJobcodes(
  db: Db,
  companyId: number,
  jobcodes: readonly NewTopJobcode[],
): Promise<number[]> {
  const rows = await db.rows(sql`
    INSERT INTO jobcodes (company_id, name, type, assigned_to_all)
    SELECT ${companyId}::int, u.name, u.type, true
    FROM unnest(${jobcodes.map(({ name }) => name)}::text[], ${jobcodes.map(({ type }) => type)}::text[])
         WITH ORDINALITY AS u(name, type, ord)
    ORDER BY u.ord ON CONFLICT DO NOTHING RETURNING id`);
  const ids = rows.map(([id]) => Number(id)).sort((a, b) => a - b);
  await db.rows(sql`
    INSERT INTO jobcode_assignments (company_id, user_id, jobcode_id)
    SELECT ${companyId}::int, NULL, u.id FROM unnest(${ids}::int[]) AS u(id)`);
  return ids;
}
