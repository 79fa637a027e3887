import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/** Ids of the company's active users, without those who only manage it from outside. */
export async function activeUserIds({ db, actor }: Ctx): Promise<number[]> {
  const rows = await db.rows(sql`
    SELECT id FROM users WHERE company_id = ${actor.companyId} AND active AND external_company_id IS NULL ORDER BY id`);
  return rows.map(([id]) => Number(id));
}
