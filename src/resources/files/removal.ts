import type { Ctx } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { originOf } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';

/** What was deleted before can not be deleted again. */
export function notDeleted({ active }: Values): DomainError | undefined {
  return active === false ? new DomainError('not-found', 'The file does not exist or was deleted before') : undefined;
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
