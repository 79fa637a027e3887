import type { Ctx } from '../../engine/context.ts';
import { csvOf } from '../../lib/csv.ts';
import type { SettingsReader } from '../../resources/effective-settings/queries.ts';
import type { PayPeriod } from '../../rules/pay-periods.ts';
import { adpFile } from './adp.ts';
import { readColumns, usualColumns } from './columns.ts';
import { payTable } from './csv.ts';
import { quickbooksFile } from './quickbooks.ts';
import { sourceOf } from './source.ts';

/** Programs that payroll files are made for. */
export const fileFormats = ['csv', 'adp', 'quickbooks'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A file that is made while it is sent. */
export interface PayrollFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly pieces: Iterable<string> | AsyncIterable<string>;
}

/** What is wanted: of a closing, with the columns of a CSV where the request names them. */
export interface FileRequest {
  readonly closingId: number;
  readonly period: PayPeriod;
  readonly format: FileFormat;
  readonly columns: string | undefined;
}

/**
 * The paid time of a closing as a file for a payroll program; `settings` are the company's own. Throws DomainError where a
 * setting or something about a person is missing that the program needs.
 */
export async function payrollFile(ctx: Ctx, request: FileRequest, settings: SettingsReader): Promise<PayrollFile> {
  const { closingId, period, format } = request;
  const chosen = request.columns ?? String(settings.get('payroll', 'csv_columns'));
  const columns = readColumns(chosen === '' ? usualColumns : chosen);
  const source = await sourceOf(ctx, closingId, period, settings);
  if (format === 'adp') return adpFile(source);
  if (format === 'quickbooks') return quickbooksFile(source);
  const table = payTable(source, columns, `payroll-${period.start}-${period.end}`);
  return { name: `${table.name}.csv`, type: 'text/csv; charset=utf-8', pieces: csvOf(table) };
}
