import { DomainError } from '../../lib/errors.ts';
import type { Db } from '../../store/db.ts';
import { raw, sql } from '../../store/sql.ts';

/** What other custom fields can be required by: where it is shown or chosen, they are shown too. */
export const requirers = ['jobcodes', 'customfields', 'customfielditems'] as const;
export type Requirer = (typeof requirers)[number];

/**
 * Sets which custom fields show with a jobcode, a custom field or an item; so a field that is not shown to all is
 * associated with jobcodes. The API only reads it (02-custom-fields.md, Update). Throws DomainError for a row that does not
 * exist, and for fields that are not active fields of timesheets or are the row itself.
 */
export async function requireFields(
  db: Db,
  companyId: number,
  by: Requirer,
  id: number,
  fieldIds: readonly number[],
): Promise<void> {
  const wanted = [...new Set(fieldIds)];
  const own = by === 'customfields' ? id : 0;
  const [fields = [], rows = []] = await db.pipeline([
    sql`SELECT id FROM customfields
        WHERE company_id = ${companyId} AND id = ANY(${wanted}::int[]) AND active AND applies_to = 'timesheet'
          AND id <> ${own}`,
    sql`SELECT 1 FROM ${raw(by)} WHERE company_id = ${companyId} AND id = ${id}`,
  ]);
  if (rows.length === 0) throw new DomainError('not-found', `There is no ${by.slice(0, -1)} ${id}.`);
  const known = new Set(fields.map(([field]) => Number(field)));
  const unknown = wanted.find((field) => !known.has(field));
  if (unknown !== undefined)
    throw new DomainError('invalid', `${unknown} is not another active custom field of timesheets.`);
  await db.rows(sql`
    UPDATE ${raw(by)} SET required_customfields = ${wanted}::int[]
    WHERE company_id = ${companyId} AND id = ${id} AND required_customfields <> ${wanted}::int[]`);
}
