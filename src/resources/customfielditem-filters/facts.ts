import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { sql } from '../../store/sql.ts';

/** What a filter can apply to; each is the name of a resource too. */
export const targetKinds = ['jobcodes', 'users', 'groups'] as const;

/** What the rules know about a batch of filters. */
export interface FilterFacts {
  /** Filters that say the same as one of the batch: the active one, or else the newest of those that were removed. */
  known: Map<string, Values>;
  items: ReadonlyMap<number, Values>;
  fields: ReadonlyMap<number, Values>;
  /** Jobcodes, users and groups that the actor sees, by kind and id. */
  targets: ReadonlyMap<string, Values>;
}

/** The jobcode, user or group of a filter. */
export function targetOf({ applies_to: kind, applies_to_id: id }: Values): string {
  return `${kind} ${id}`;
}

/** What a filter says: filters with equal keys may not both be active. */
export function keyOf(row: Values): string {
  return `${targetOf(row)} ${row.customfielditem_id}`;
}

/** Loads the filters that say the same already, and all that the batch refers to. */
export async function filterFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<FilterFacts> {
  const rows = candidates.map(({ values }) => values);
  const idsOf = (column: string): number[] => rows.map((values) => Number(values[column] ?? 0));
  const targets = new Map<string, Values>();
  for (const kind of targetKinds) {
    const ids = rows.filter(({ applies_to }) => applies_to === kind).map(({ applies_to_id: id }) => Number(id));
    for (const [id, row] of await rowsOf(ctx, kind, ids)) targets.set(`${kind} ${id}`, row);
  }
  return {
    known: await sameFilters(ctx, rows),
    items: await rowsOf(ctx, 'customfielditems', idsOf('customfielditem_id')),
    fields: await rowsOf(ctx, 'customfields', idsOf('customfield_id')),
    targets,
  };
}

async function rowsOf(ctx: Ctx, resource: string, ids: readonly number[]): Promise<Map<number, Values>> {
  const definition = resourceOf(ctx, resource);
  const layout = layoutOf(definition);
  const found = await lookup(ctx, definition, ids);
  return new Map([...found].map(([id, cells]) => [id, layout.values(cells)]));
}

async function sameFilters(ctx: Ctx, wanted: readonly Values[]): Promise<Map<string, Values>> {
  const layout = layoutOf(resourceOf(ctx, 'customfielditem_filters'));
  const column = (name: string): string[] => wanted.map((values) => String(values[name] ?? 0));
  const rows = await ctx.db.rows(sql`
    SELECT ${layout.select} FROM unnest(${column('applies_to')}::text[], ${column('applies_to_id')}::int[],
      ${column('customfielditem_id')}::int[], ${column('customfield_id')}::int[]) AS w(kind, target_id, item_id, field_id)
    JOIN customfielditem_filters t ON t.company_id = ${ctx.actor.companyId} AND t.customfield_id = w.field_id
      AND t.customfielditem_id = w.item_id AND t.applies_to = w.kind AND t.applies_to_id = w.target_id
    ORDER BY t.active, t.last_modified, t.id`);
  const stored = rows.map((cells) => layout.values(cells));
  return new Map(stored.map((values) => [keyOf(values), values]));
}
