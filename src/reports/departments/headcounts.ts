import type { Ctx } from '../../engine/context.ts';
import { empty, sql } from '../../store/sql.ts';
import { placesOf } from './places.ts';

/** How many people, of those whom the caller sees, belong to a department. */
export interface Headcount {
  /** May use it, or have it as their primary one. */
  readonly total: number;
  readonly primary: number;
  /** Are on the clock there. */
  readonly onTheClock: number;
}

/** Counts people by department; one without any is not among them. One statement. */
export async function headcounts(ctx: Ctx): Promise<ReadonlyMap<number, Headcount>> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH RECURSIVE ${placesOf(ctx, empty)}, shared AS (
      SELECT jobcode_id FROM jobcode_assignments WHERE company_id = ${companyId} AND user_id IS NULL AND active
    ), members AS (
      SELECT a.jobcode_id, p.user_id FROM places p
      JOIN jobcode_assignments a ON a.company_id = ${companyId} AND a.user_id = p.user_id AND a.active
      UNION
      SELECT primary_id, user_id FROM places WHERE primary_id IS NOT NULL
    ), counts AS (
      SELECT jobcode_id AS id, count(*) AS total, 0 AS main, 0 AS present FROM members
      WHERE jobcode_id NOT IN (SELECT jobcode_id FROM shared) GROUP BY jobcode_id
      UNION ALL
      SELECT jobcode_id, (SELECT count(*) FROM places), 0, 0 FROM shared
      UNION ALL
      SELECT primary_id, 0, count(*), 0 FROM places GROUP BY primary_id
      UNION ALL
      SELECT current_id, 0, 0, count(*) FROM places WHERE present GROUP BY current_id
    )
    SELECT id, sum(total), sum(main), sum(present) FROM counts WHERE id IS NOT NULL GROUP BY id`);
  return new Map(
    rows.map(([id, total, primary, present]) => [
      Number(id),
      { total: Number(total), primary: Number(primary), onTheClock: Number(present) },
    ]),
  );
}
