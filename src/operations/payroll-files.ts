import { type Ctx, resourceOf } from '../engine/context.ts';
import { layoutOf } from '../engine/layout.ts';
import { lookup } from '../engine/lookup.ts';
import { DomainError } from '../lib/errors.ts';
import { type FileFormat, type PayrollFile, payrollFile } from '../reports/payroll-files/payroll-file.ts';
import { settingsAt } from '../resources/effective-settings/queries.ts';

/**
 * The file of a payroll export for a payroll program, for those who see the export. Throws DomainError: 'not-found', or for
 * days that were opened again, since what they pay is no longer settled.
 */
export async function fileOfExport(
  ctx: Ctx,
  { id, format, columns }: { id: number; format: FileFormat; columns: string | undefined },
): Promise<PayrollFile> {
  const definition = resourceOf(ctx, 'payroll_exports');
  const cells = (await lookup(ctx, definition, [id])).get(id);
  if (cells === undefined) throw new DomainError('not-found', `There is no payroll export ${id}`);
  const { start_date, end_date, active } = layoutOf(definition).values(cells);
  if (active !== true)
    throw new DomainError('invalid', `The days of payroll export ${id} were opened again: close them`);
  const settings = await settingsAt(ctx.db, ctx.actor.companyId, 'company', 0);
  const period = { start: String(start_date), end: String(end_date) };
  return payrollFile(ctx, { closingId: id, period, format, columns }, settings);
}
