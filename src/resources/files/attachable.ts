import type { Ctx } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';

/** Files that a candidate attaches and its stored row did not have. */
function newlyAttached({ given, values, before }: Candidate, field: string): number[] {
  if (!given.has(field)) return [];
  const known = (before?.[field] ?? []) as readonly number[];
  return ((values[field] ?? []) as readonly number[]).filter((id) => !known.includes(id));
}

/** Those of the files that a batch newly attaches which were deleted; without new files no statement is sent. */
export async function deletedAmong(
  { db, actor }: Ctx,
  candidates: readonly Candidate[],
  field: string,
): Promise<ReadonlySet<number>> {
  const ids = candidates.flatMap((candidate) => newlyAttached(candidate, field));
  if (ids.length === 0) return new Set();
  const rows = await db.rows(
    sql`SELECT id FROM files WHERE company_id = ${actor.companyId} AND NOT active AND id = ANY(${ids}::int[])`,
  );
  return new Set(rows.map(([id]) => Number(id)));
}

/** What was deleted is not attached anew; where it is attached already, it may stay. */
export function attachable(candidate: Candidate, field: string, deleted: ReadonlySet<number>): DomainError | undefined {
  const gone = newlyAttached(candidate, field).find((id) => deleted.has(id));
  return gone === undefined ? undefined : new DomainError('invalid', `${field} ${gone} was deleted`, { field });
}
