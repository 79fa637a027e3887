import type { Ctx } from '../../engine/context.ts';
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

/**
 * Active jobcodes of a tree by level, the first of which is its root alone; empty where the root is archived or unknown. Of
 * a tree with more than `most` jobcodes some are left out, `most` + 1 are given.
 */
export async function levelsBelow(ctx: Ctx, root: number, most: number): Promise<number[][]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE tree AS (
      SELECT j.id, 0 AS level FROM jobcodes j WHERE j.company_id = ${companyId} AND j.id = ${root} AND j.active
      UNION ALL
      SELECT j.id, t.level + 1 FROM tree t
      JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = t.id AND j.active
    ) SELECT id, level FROM tree ORDER BY level, id LIMIT ${most + 1}`);
  const levels: number[][] = [];
  for (const [id, level] of rows) {
    levels[Number(level)] ??= [];
    levels[Number(level)]?.push(Number(id));
  }
  return levels;
}

/** The jobcode of a name at the top level, in any case of letters, archived or not. */
export async function topJobcodeNamed({ db, actor }: Ctx, name: string): Promise<number | undefined> {
  const [row] = await db.rows(sql`
    SELECT id FROM jobcodes
    WHERE company_id = ${actor.companyId} AND coalesce(parent_id, 0) = 0 AND lower(name) = lower(${name})`);
  return row === undefined ? undefined : Number(row[0]);
}
