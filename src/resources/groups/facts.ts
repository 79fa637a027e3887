import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';

/** What the rules know about a batch of groups. */
export interface GroupFacts {
  /** Ids of groups by name in lower case. */
  namesInUse: Map<string, number>;
  /** Users among the new managers who are archived. */
  archivedUsers: ReadonlySet<number>;
}

/** The managers of a row. */
export function managersOf(row: Values | undefined): readonly number[] {
  return (row?.manager_ids as readonly number[] | undefined) ?? [];
}

/** Managers that a candidate adds. */
export function newManagers({ before, values }: Candidate): number[] {
  const known = managersOf(before);
  return managersOf(values).filter((id) => !known.includes(id));
}

/** Which of the names in a batch are taken, and which of the new managers are archived. */
export async function groupFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<GroupFacts> {
  const names = candidates.map(({ values }) => String(values.name));
  const managers = candidates.flatMap(newManagers);
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    SELECT n.name, g.id FROM unnest(${names}::text[]) AS n (name)
    JOIN groups g ON g.company_id = ${companyId} AND lower(g.name) = lower(n.name)
    UNION ALL
    SELECT NULL, id FROM users WHERE company_id = ${companyId} AND NOT active AND id = ANY(${managers}::int[])`);
  const facts = { namesInUse: new Map<string, number>(), archivedUsers: new Set<number>() };
  for (const [name = null, id] of rows) {
    if (name === null) facts.archivedUsers.add(Number(id));
    else facts.namesInUse.set(name.toLowerCase(), Number(id));
  }
  return facts;
}
