import type { Ctx } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { originOf } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { linkedToLocked } from './links.ts';

/** Why files can not be deleted, by id. */
export type Reasons = ReadonlyMap<number, DomainError>;

/** Files that are attached to what can not be changed, such as approved time, with the reason. */
export function removalFacts(ctx: Ctx, rows: readonly Values[]): Promise<Reasons> {
  return linkedToLocked(
    ctx,
    rows.map(({ id }) => Number(id)),
  );
}

/** What was deleted before can not be deleted again, and what belongs to closed time stays. */
export function removable({ id, active }: Values, reasons: Reasons): DomainError | undefined {
  if (active === false) return new DomainError('not-found', 'The file does not exist or was deleted before');
  return reasons.get(Number(id));
}

/** Keeps the rows as inactive, with all that they are linked to, and drops their content. */
export async function removeFiles(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const { companyId } = ctx.actor;
  const [, rows = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`UPDATE files SET active = false WHERE company_id = ${companyId} AND active AND id = ANY(${ids}::int[]) RETURNING id`,
    sql`DELETE FROM file_pieces WHERE company_id = ${companyId} AND file_id = ANY(${ids}::int[])`,
  ]);
  return new Set(rows.map(([id]) => Number(id)));
}
