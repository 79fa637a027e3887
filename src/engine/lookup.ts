import type { Cells } from '../store/db.ts';
import { empty, sql } from '../store/sql.ts';
import { completedById } from './complete.ts';
import { type Ctx, resourceOf } from './context.ts';
import type { Definition } from './definition.ts';
import { fromOf, layoutOf } from './layout.ts';
import { permits, seenBy } from './permissions.ts';

/**
 * Rows by id, those that the actor may see; others are left out as if they did not exist. Rows of resources that seldom
 * change come from the company's cache; the same cells are the same object until they change.
 */
export async function lookup(ctx: Ctx, definition: Definition, ids: Iterable<number>): Promise<Map<number, Cells>> {
  const wanted = new Set(ids);
  if (wanted.size === 0) return new Map();
  const load = (missing: number[]): Promise<Map<number, Cells>> => loadByIds(ctx, definition, missing);
  const found = definition.cached
    ? await ctx.cache.rememberMany(ctx.actor.companyId, definition.name, wanted, load)
    : await load([...wanted]);
  for (const [id, cells] of found) if (!visible(ctx, definition, cells)) found.delete(id);
  return found;
}

/** Whether the actor may see a row that was loaded. */
export function visible(ctx: Ctx, definition: Definition, cells: Cells): boolean {
  const layout = layoutOf(definition);
  // The last cell is what the database said, where the rows of other tables decide.
  if (definition.alsoSeen !== undefined && cells.at(layout.columns.length) === 't') return true;
  return permits(definition.allow.view, ctx.actor, (column) => layout.value(cells, column));
}

/** Rows by id whoever may see them, straight from the database. */
export async function loadByIds(ctx: Ctx, definition: Definition, ids: readonly number[]): Promise<Map<number, Cells>> {
  const { select, at } = layoutOf(definition);
  const seen = definition.alsoSeen === undefined ? empty : sql`, ${seenBy(definition, ctx.actor)}`;
  const rows = await ctx.db.rows(
    sql`SELECT ${select}${seen} FROM ${fromOf(definition, ctx.actor)} WHERE t.company_id = ${ctx.actor.companyId} AND t.id = ANY(${ids}::int[])`,
  );
  const position = at('id');
  return new Map(rows.map((cells) => [Number(cells[position]), cells]));
}

/** Rows that belong to these, by the definition's `follow`, without those of `rows` themselves. `asked`: see `onRequest`. */
export async function supplement(
  ctx: Ctx,
  definition: Definition,
  rows: readonly Cells[],
  asked: ReadonlySet<string> = new Set(),
): Promise<Map<string, Map<number, Cells>>> {
  const { at } = layoutOf(definition);
  const position = at('id');
  const shown = new Set(rows.map((cells) => Number(cells[position])));
  const supplements = new Map<string, Map<number, Cells>>();
  for (const follow of definition.follow) {
    if (follow.onRequest !== undefined && !asked.has(follow.onRequest)) continue;
    const target = resourceOf(ctx, follow.resource);
    const ids = new Set<number>();
    const between = resourceOf(ctx, follow.through ?? definition.name);
    const earlier = supplements.get(between.name)?.values() ?? [];
    const named =
      follow.through === undefined
        ? follow.ids(follow.family ? [...rows, ...earlier] : rows, at)
        : follow.ids([...earlier], layoutOf(between).at);
    for (const id of named) if (id > 0) ids.add(id);
    const found = await lookup(ctx, target, ids);
    if (follow.ancestors !== undefined) await addAncestors(ctx, target, follow.ancestors, found);
    const section = supplements.get(follow.resource) ?? new Map<number, Cells>();
    for (const [id, cells] of found) if (target !== definition || !shown.has(id)) section.set(id, cells);
    supplements.set(follow.resource, section);
  }
  for (const [name, section] of supplements)
    supplements.set(name, await completedById(ctx, resourceOf(ctx, name), section));
  return supplements;
}

async function addAncestors(ctx: Ctx, target: Definition, column: string, found: Map<number, Cells>): Promise<void> {
  const position = layoutOf(target).at(column);
  let level = [...found.values()];
  while (level.length > 0) {
    const parents = new Set<number>();
    for (const cells of level) {
      const parent = Number(cells[position] ?? 0);
      if (parent > 0 && !found.has(parent)) parents.add(parent);
    }
    const above = await lookup(ctx, target, parents);
    for (const [id, cells] of above) found.set(id, cells);
    level = [...above.values()];
  }
}
