import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';
import type { Sum } from './index.ts';

/**
 * Seconds of a jobcode, and of each directly below it, each with all that lies below; of jobcode 0 those of every jobcode at
 * the top. Time on no jobcode keeps the id 0. One statement.
 */
export async function sumsUnder(ctx: Ctx, root: number, sums: readonly Sum[]): Promise<Map<number, number>> {
  const parents = await parentsOf(
    ctx,
    sums.map(({ id }) => id),
  );
  const totals = new Map<number, number>();
  const add = (id: number, seconds: number): void => void totals.set(id, (totals.get(id) ?? 0) + seconds);
  for (const { id, seconds } of sums) {
    let at = id;
    while (at !== root && (parents.get(at) ?? root) !== root) at = parents.get(at) ?? root;
    if (root !== 0) add(root, seconds);
    if (at !== root || root === 0) add(at, seconds);
  }
  return totals;
}

/** The parent (0: none) of each of these jobcodes and of all above them. */
async function parentsOf({ db, actor }: Ctx, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.rows(sql`
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM jobcodes WHERE company_id = ${actor.companyId} AND id = ANY(${ids}::int[])
      UNION
      SELECT j.id, j.parent_id FROM above a JOIN jobcodes j ON j.company_id = ${actor.companyId} AND j.id = a.parent_id
    ) SELECT id, coalesce(parent_id, 0) FROM above`);
  return new Map(rows.map(([id, parent]) => [Number(id), Number(parent)]));
}
