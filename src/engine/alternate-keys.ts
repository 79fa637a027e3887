import { join, raw, type Sql, sql } from '../store/sql.ts';
import type { Item } from './candidates.ts';
import { readInteger } from './coerce.ts';
import type { Ctx } from './context.ts';
import type { Definition } from './definition.ts';
import { columnOf } from './layout.ts';

/** What an item without an id names its row by, as texts to compare; undefined when a part is missing or is none. */
export function alternateKeyOf(definition: Definition, item: Item): readonly string[] | undefined {
  if (definition.alternateKey === undefined) return undefined;
  const parts: string[] = [];
  for (const name of definition.alternateKey) {
    const raw = item[name];
    if (definition.fields[name]?.type === 'reference') {
      const id = raw === '' ? undefined : readInteger(raw);
      if (id === undefined) return undefined;
      parts.push(String(id));
    } else {
      if (typeof raw !== 'string' || raw === '' || raw.includes('\0')) return undefined;
      parts.push(raw.toLowerCase());
    }
  }
  return parts;
}

/** Ids of the rows that these keys name, by the JSON of the key, in one statement. */
export async function idsByKeys(
  ctx: Ctx,
  definition: Definition,
  keys: readonly (readonly string[])[],
): Promise<Map<string, number>> {
  const columns = (definition.alternateKey ?? []).map((name) => keyColumn(definition, name));
  // Each part by itself finds a few rows too many; the map of whole keys leaves them unused.
  const clauses = columns.map((column, index) => sql`${column} = ANY(${keys.map((key) => key[index])}::text[])`);
  const rows = await ctx.db.rows(
    sql`SELECT t.id, ${join(columns)} FROM ${raw(definition.table)} t
        WHERE t.company_id = ${ctx.actor.companyId} AND ${join(clauses, ' AND ')}`,
  );
  return new Map(rows.map(([id, ...key]) => [JSON.stringify(key), Number(id)]));
}

/** No row refers to 0: it stands for none. */
function keyColumn(definition: Definition, name: string): Sql {
  const field = definition.fields[name];
  const column = raw(`t.${field === undefined ? name : columnOf(name, field)}`);
  return field?.type === 'reference' ? sql`coalesce(${column}, 0)::text` : sql`lower(${column})`;
}
