import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';
import { limitIn, ownSettings } from '../effective-settings/queries.ts';

/** A value that somebody entered for a free-form custom field. */
export interface EnteredValue {
  fieldId: number;
  name: string;
}

/** How many more items of the company may be active; a statement is spent only where a setting limits them. */
export async function roomForItems(ctx: Ctx): Promise<number> {
  const limit = limitIn(await ownSettings(ctx), 'general', 'max_customfielditems');
  if (limit === Number.POSITIVE_INFINITY) return limit;
  const [row] = await ctx.db.rows(
    sql`SELECT count(*) FROM customfielditems WHERE company_id = ${ctx.actor.companyId} AND active`,
  );
  return Math.max(0, limit - Number(row?.[0]));
}

/**
 * Adds the values of free-form fields to the items of these fields where they are new, as the reference says ("they'll get
 * added automatically"), as long as a limit of items leaves room. Values of managed lists and blanks are left out. Costs no
 * write when nothing is new.
 */
export async function collectItems(ctx: Ctx, entered: readonly EnteredValue[]): Promise<void> {
  const values = entered.filter(({ name }) => name !== '');
  if (values.length === 0) return;
  const { companyId } = ctx.actor;
  const news = await ctx.db.rows(sql`
    SELECT DISTINCT ON (u.field_id, lower(u.name)) u.field_id, u.name
    FROM unnest(${values.map(({ fieldId }) => fieldId)}::int[], ${values.map(({ name }) => name)}::text[])
         WITH ORDINALITY AS u(field_id, name, ord)
    JOIN customfields f ON f.company_id = ${companyId} AND f.id = u.field_id AND f.type = 'free-form'
    WHERE NOT EXISTS (SELECT FROM customfielditems i
      WHERE i.company_id = ${companyId} AND i.customfield_id = u.field_id AND lower(i.name) = lower(u.name))
    ORDER BY u.field_id, lower(u.name), u.ord`);
  if (news.length === 0) return;
  const room = await roomForItems(ctx);
  if (room < news.length) news.length = room;
  await ctx.db.rows(sql`
    INSERT INTO customfielditems (company_id, customfield_id, name)
    SELECT ${companyId}::int, u.field_id, u.name
    FROM unnest(${news.map(([field]) => Number(field))}::int[], ${news.map(([, name]) => String(name))}::text[])
         AS u(field_id, name)
    ON CONFLICT DO NOTHING`);
}
