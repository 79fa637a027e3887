import type { Ctx } from '../../engine/context.ts';
import { columnOf } from '../../engine/layout.ts';
import { afterWrites } from '../../engine/list.ts';
import { join, raw, type Sql, sql } from '../../store/sql.ts';

/**
 * When something of each endpoint was changed last, as PostgreSQL prints it, in the order asked for and in one statement.
 * What has no row, or is no resource, was changed last when the company was made. Every write that is stamped already is
 * waited for, so that a change is never overlooked that gets an earlier stamp than the answer.
 */
export async function lastModified(ctx: Ctx, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const { companyId } = ctx.actor;
  const moments = names.map((name) => sql`greatest(c.created, ${newestOf(ctx, name)})`);
  const [row = []] = await afterWrites(ctx, sql`SELECT ${join(moments)} FROM companies c WHERE c.id = ${companyId}`);
  return new Map(names.map((name, index) => [name, String(row[index])]));
}

function newestOf(ctx: Ctx, name: string): Sql {
  const { companyId, userId } = ctx.actor;
  if (name === 'current_user')
    return sql`(SELECT last_modified FROM users WHERE company_id = ${companyId} AND id = ${userId})`;
  if (name === 'effective_settings')
    return sql`(
      SELECT max(s.last_modified) FROM settings s JOIN users u ON u.company_id = s.company_id AND u.id = ${userId}
      WHERE s.company_id = ${companyId} AND (s.scope = 'company' OR (s.scope = 'group' AND s.scope_id = u.group_id)
        OR (s.scope = 'user' AND s.scope_id = u.id)))`;
  const definition = ctx.resources.get(name);
  if (definition === undefined) return sql`NULL`;
  const { last_modified: field } = definition.fields;
  // Geolocations keep the moment without showing it.
  const column = field === undefined ? undefined : columnOf('last_modified', field);
  if (column === undefined && definition.columns?.last_modified === undefined) return sql`NULL`;
  const moment = raw(field?.sql ?? `t.${column ?? 'last_modified'}`);
  return sql`(SELECT max(${moment}) FROM ${raw(definition.table)} t WHERE t.company_id = ${companyId})`;
}
