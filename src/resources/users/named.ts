import { type Ctx, resourceOf } from '../../engine/context.ts';
import { seenBy } from '../../engine/permissions.ts';
import { sql } from '../../store/sql.ts';

/**
 * Ids of the users that a text means, among those whom the actor may see: the one with this user name, else the one with
 * this id, else all active ones with this email address.
 */
export async function usersNamed(ctx: Ctx, text: string): Promise<number[]> {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  const rows = await ctx.db.rows(sql`
    SELECT t.id, CASE WHEN lower(t.username) = lower(${text}) THEN 0 WHEN t.id = ${id}::int THEN 1 ELSE 2 END AS rank
    FROM users t WHERE t.company_id = ${ctx.actor.companyId} AND ${seenBy(resourceOf(ctx, 'users'), ctx.actor)}
      AND (lower(t.username) = lower(${text}) OR t.id = ${id}::int
        OR (t.active AND t.email <> '' AND lower(t.email) = lower(${text})))
    ORDER BY rank, t.id`);
  const best = rows[0]?.[1];
  return rows.filter(([, rank]) => rank === best).map(([userId]) => Number(userId));
}
