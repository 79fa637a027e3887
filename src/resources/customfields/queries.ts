import type { Ctx } from '../../engine/context.ts';
import type { FieldDefinition, FieldItem } from '../../rules/customfield-values.ts';
import type { Cells, Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** What a custom field describes. */
export type AppliesTo = 'timesheet' | 'user' | 'jobcode';

/** A custom field that is made by another door than the TSheets API, which makes timesheet fields only. */
export interface NewField {
  name: string;
  appliesTo: AppliesTo;
  type: FieldDefinition['type'];
  shortCode?: string;
  required?: boolean;
  regexFilter?: string;
}

/**
 * The company's custom fields of one kind by id, archived ones too, with the items of managed lists. Kept until anything
 * of the company changes. Where an archived item has the name of an active one, the active one stands.
 */
export function fieldDefinitions(ctx: Ctx, appliesTo: AppliesTo): Promise<Map<number, FieldDefinition>> {
  const { companyId } = ctx.actor;
  return ctx.cache.remember(companyId, 'field-definitions', appliesTo, async () => {
    const [fields = [], items = []] = await ctx.db.pipeline([
      sql`SELECT f.id, f.name, f.type, f.required, f.regex_filter, f.active, f.show_to_all, EXISTS (
            SELECT FROM customfielditem_filters x
            WHERE x.company_id = ${companyId} AND x.customfield_id = f.id AND x.active)
          FROM customfields f WHERE f.company_id = ${companyId} AND f.applies_to = ${appliesTo} ORDER BY f.id`,
      sql`SELECT i.customfield_id, i.id, i.name, i.active FROM customfielditems i
          JOIN customfields f ON f.company_id = i.company_id AND f.id = i.customfield_id
          WHERE i.company_id = ${companyId} AND f.applies_to = ${appliesTo} AND f.type = 'managed-list'
          ORDER BY i.active, i.id`,
    ]);
    return definitionsOf(fields, items);
  });
}

function definitionsOf(fields: readonly Cells[], items: readonly Cells[]): Map<number, FieldDefinition> {
  const choices = new Map<number, Map<string, FieldItem>>();
  for (const [field, id, name, active] of items) {
    const known = choices.get(Number(field)) ?? new Map<string, FieldItem>();
    known.set(String(name).toLowerCase(), { id: Number(id), name: String(name), active: active === 't' });
    choices.set(Number(field), known);
  }
  return new Map(
    fields.map(([cell, name, type, required, regexFilter, active, showToAll, filtered]) => {
      const id = Number(cell);
      const definition: FieldDefinition = {
        id,
        name: String(name),
        type: type === 'managed-list' ? 'managed-list' : 'free-form',
        required: required === 't',
        regexFilter: String(regexFilter),
        active: active === 't',
        showToAll: showToAll === 't',
        filtered: filtered === 't',
        items: choices.get(id) ?? new Map(),
      };
      return [id, definition];
    }),
  );
}

/** Makes custom fields without the API's limits, for users and jobcodes too. Gives their ids in order. */
export async function insertFields(db: Db, companyId: number, fields: readonly NewField[]): Promise<number[]> {
  const rows = await db.rows(sql`
    INSERT INTO customfields (company_id, name, applies_to, type, short_code, required, regex_filter, show_to_all)
    SELECT ${companyId}::int, u.name, u.applies_to, u.type, u.short_code, u.required, u.regex_filter, true
    FROM unnest(${fields.map(({ name }) => name)}::text[], ${fields.map(({ appliesTo }) => appliesTo)}::text[],
                ${fields.map(({ type }) => type)}::text[], ${fields.map(({ shortCode = '' }) => shortCode)}::text[],
                ${fields.map(({ required = false }) => String(required))}::boolean[],
                ${fields.map(({ regexFilter = '' }) => regexFilter)}::text[]) WITH ORDINALITY
         AS u(name, applies_to, type, short_code, required, regex_filter, ord)
    ORDER BY u.ord RETURNING id`);
  return rows.map(([id]) => Number(id)).sort((a, b) => a - b);
}
