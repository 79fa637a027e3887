import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/** User names of the company that begin so, in lower case, archived people's too. */
export async function usernamesLike({ db, actor }: Ctx, beginning: string): Promise<Set<string>> {
  const rows = await db.rows(sql`
    SELECT lower(username) FROM users
    WHERE company_id = ${actor.companyId} AND starts_with(lower(username), ${beginning})`);
  return new Set(rows.map(([username]) => String(username)));
}
