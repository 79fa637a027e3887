import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';
import { compileFilter } from '../../rules/regex-filter.ts';
import { sql } from '../../store/sql.ts';
import { roomForItems } from './queries.ts';

interface Holder {
  id: number;
  name: string;
}

/** What the rules know about a batch of items. Items that are new in it have negative ids. */
export interface ItemFacts {
  /** Active items by field and name. */
  names: Map<string, Holder>;
  /** Active items by short code. */
  codes: Map<string, Holder>;
  fields: ReadonlyMap<number, { active: boolean; filter: string }>;
  /** Items that may still become active. */
  room: number;
}

function inField(fieldId: unknown, name: unknown): string {
  return `${fieldId}/${String(name).toLowerCase()}`;
}

/** Loads who holds the batch's names and short codes, and the fields that the items belong to. */
export async function itemFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<ItemFacts> {
  const { companyId } = ctx.actor;
  const fieldIds = candidates.map(({ values }) => Number(values.customfield_id ?? 0));
  const rows = await ctx.db.rows(sql`
    WITH wanted AS (
      SELECT * FROM unnest(${fieldIds}::int[], ${candidates.map(({ values }) => String(values.name))}::text[],
        ${candidates.map(({ values }) => String(values.short_code))}::text[]) AS w(customfield_id, name, short_code)
    )
    SELECT i.id, i.customfield_id, i.name, i.short_code FROM wanted w JOIN customfielditems i
      ON i.company_id = ${companyId} AND i.customfield_id = w.customfield_id AND lower(i.name) = lower(w.name) AND i.active
    UNION
    SELECT i.id, i.customfield_id, i.name, i.short_code FROM wanted w JOIN customfielditems i
      ON i.company_id = ${companyId} AND lower(i.short_code) = lower(w.short_code) AND i.short_code <> '' AND i.active`);
  const facts = { names: new Map<string, Holder>(), codes: new Map<string, Holder>() };
  for (const [cell, fieldId, name, code] of rows) {
    const holder = { id: Number(cell), name: String(name) };
    facts.names.set(inField(fieldId, name), holder);
    if (code) facts.codes.set(code.toLowerCase(), holder);
  }
  const definition = resourceOf(ctx, 'customfields');
  const { at } = layoutOf(definition);
  const found = await lookup(ctx, definition, fieldIds);
  const fields = [...found].map(([id, cells]): [number, { active: boolean; filter: string }] => [
    id,
    { active: cells[at('active')] === 't', filter: cells[at('regex_filter')] ?? '' },
  ]);
  return { ...facts, fields: new Map(fields), room: await roomForItems(ctx) };
}

/** New items go into active fields, and names must match the field's filter. */
export function fitsField({ values, before }: Candidate, { fields }: ItemFacts): DomainError | undefined {
  const field = fields.get(Number(values.customfield_id));
  if (before === undefined && field?.active !== true) {
    return new DomainError('invalid', `Custom field ${values.customfield_id} is archived`, { field: 'customfield_id' });
  }
  if (before?.name === values.name || field === undefined || field.filter === '') return undefined;
  return compileFilter(field.filter)?.(String(values.name)) === true
    ? undefined
    : new DomainError('invalid', `name does not match the filter of custom field ${values.customfield_id}`, {
        field: 'name',
      });
}

/** Among active items names are unique in their field, and short codes in the company. */
export function uniqueAmongActive({ id, values }: Candidate, { names, codes }: ItemFacts): DomainError | undefined {
  if (values.active !== true) return undefined;
  const sameName = names.get(inField(values.customfield_id, values.name));
  const sameCode = values.short_code === '' ? undefined : codes.get(String(values.short_code).toLowerCase());
  const other = [sameName, sameCode].find((holder) => holder !== undefined && holder.id !== id);
  if (other === undefined) return undefined;
  return new DomainError(
    'conflict',
    `Oops! The name or alias conflicts with another item named "${other.name}". Try choosing another name/alias or deleting the other conflicting item first`,
    { field: sameName === other ? 'name' : 'short_code' },
  );
}

/** The company has no more active items than the setting general.max_customfielditems allows. */
export function withinLimit({ values, before }: Candidate, { room }: ItemFacts): DomainError | undefined {
  if (values.active !== true || before?.active === true || room > 0) return undefined;
  return new DomainError('invalid', 'Oops! No more custom field items can be active', { field: 'active' });
}

/** Later items of the batch see what this one makes. */
export function note({ id, index, values, before }: Candidate, facts: ItemFacts): void {
  const { names, codes } = facts;
  facts.room -= Number(values.active === true) - Number(before?.active === true);
  const own = id ?? -1 - index;
  if (before !== undefined) {
    const name = inField(before.customfield_id, before.name);
    const code = String(before.short_code).toLowerCase();
    if (names.get(name)?.id === own) names.delete(name);
    if (codes.get(code)?.id === own) codes.delete(code);
  }
  if (values.active !== true) return;
  const holder = { id: own, name: String(values.name) };
  names.set(inField(values.customfield_id, values.name), holder);
  if (values.short_code !== '') codes.set(String(values.short_code).toLowerCase(), holder);
}
