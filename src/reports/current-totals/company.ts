import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/** When the caller's company was created and changed last, as PostgreSQL prints it. */
export async function momentsOfCompany(ctx: Ctx): Promise<{ created: string; lastModified: string }> {
  const [row] = await ctx.db.rows(sql`SELECT created, last_modified FROM companies WHERE id = ${ctx.actor.companyId}`);
  return { created: String(row?.[0]), lastModified: String(row?.[1]) };
}
