import type { Ctx } from '../../engine/context.ts';
import type { Touched, Values, Written } from '../../engine/definition.ts';
import { takeTurn } from '../../engine/turns.ts';
import { sql } from '../../store/sql.ts';
import { keyOf } from './facts.ts';

/** Filters change jobcodes and end with them, so that their writers take turns with those of jobcodes. */
export const turns = 'jobcodes';

/**
 * What follows from written filters. A jobcode shows its filters, so it counts as modified with them. Where a filter moved
 * to another item or target, a removed one stays in the old place, so that a client that synchronises hears of the end.
 */
export async function followTargets(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  const moved = written.flatMap(({ candidate: { before, values } }) =>
    before?.active === true && keyOf(before) !== keyOf(values) ? [before] : [],
  );
  if (moved.length > 0) await leaveBehind(ctx, moved);
  const rows = written.flatMap(({ candidate: { before = {}, values } }) => [before, values]);
  await touchJobcodes(
    ctx,
    rows.map(({ jobcode_id: id }) => Number(id ?? 0)),
  );
  return new Map();
}

async function leaveBehind(ctx: Ctx, moved: readonly Values[]): Promise<void> {
  const { companyId } = ctx.actor;
  const column = (name: string): (string | null)[] =>
    moved.map((row) => (row[name] === null ? null : String(row[name])));
  await ctx.db.rows(sql`
    INSERT INTO customfielditem_filters (company_id, customfield_id, customfielditem_id, applies_to, applies_to_id,
      jobcode_id, user_id, group_id, active)
    SELECT ${companyId}::int, m.*, false FROM unnest(${column('customfield_id')}::int[],
      ${column('customfielditem_id')}::int[], ${column('applies_to')}::text[], ${column('applies_to_id')}::int[],
      ${column('jobcode_id')}::int[], ${column('user_id')}::int[], ${column('group_id')}::int[]) AS m`);
}

async function touchJobcodes(ctx: Ctx, ids: readonly number[]): Promise<void> {
  await ctx.db.rows(sql`
    UPDATE jobcodes SET active = active WHERE company_id = ${ctx.actor.companyId} AND id = ANY(${ids}::int[])`);
}

/** Removes the filters of items that were archived: an archived item limits nothing. */
export async function removeFiltersOfItems(ctx: Ctx, itemIds: readonly number[]): Promise<void> {
  await takeTurn(ctx, turns);
  const removed = await ctx.db.rows(sql`
    UPDATE customfielditem_filters SET active = false
    WHERE company_id = ${ctx.actor.companyId} AND customfielditem_id = ANY(${itemIds}::int[]) AND active
    RETURNING coalesce(jobcode_id, 0)`);
  if (removed.length > 0)
    await touchJobcodes(
      ctx,
      removed.map(([id]) => Number(id)),
    );
}

/** Ends what binds jobcodes that were archived to custom fields. Reference: 15-jobcodes.md, active. */
export async function endDependencies(ctx: Ctx, jobcodeIds: readonly number[]): Promise<void> {
  if (jobcodeIds.length === 0) return;
  const { companyId } = ctx.actor;
  await ctx.db.pipeline([
    sql`UPDATE customfielditem_filters SET active = false
        WHERE company_id = ${companyId} AND jobcode_id = ANY(${jobcodeIds}::int[]) AND active`,
    sql`UPDATE jobcodes SET required_customfields = '{}'
        WHERE company_id = ${companyId} AND id = ANY(${jobcodeIds}::int[]) AND required_customfields <> '{}'`,
  ]);
}
