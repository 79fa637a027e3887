import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/** How many active users usually work on a jobcode. */
export async function countUsualUsers({ db, actor }: Ctx, jobcodeId: number): Promise<number> {
  const [row] = await db.rows(sql`
    SELECT count(*) FROM users
    WHERE company_id = ${actor.companyId} AND default_jobcode_id = ${jobcodeId} AND active`);
  return Number(row?.[0]);
}
