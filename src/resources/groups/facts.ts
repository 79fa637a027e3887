import type { Ctx } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';

export interface GroupFacts {
  /** Ids of groups by name in lower case. */
  namesInUse: Map<string, number>;
}

/** Which of the names in a batch are taken. */
export async function groupFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<GroupFacts> {
  const names = candidates.map(({ values }) => String(values.name).toLowerCase());
  const rows = await ctx.db.rows(
    sql`SELECT lower(name), id FROM groups WHERE company_id = ${ctx.actor.companyId} AND lower(name) = ANY(${names}::text[])`,
  );
  return { namesInUse: new Map(rows.map(([name, id]) => [String(name), Number(id)])) };
}
