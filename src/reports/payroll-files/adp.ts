import { csvLine } from '../../lib/csv.ts';
import { DomainError } from '../../lib/errors.ts';
import { type Codes, codeOf, readCodes } from './codes.ts';
import { hoursText, hundredthsOf } from './hours.ts';
import type { PayrollFile } from './payroll-file.ts';
import type { Payee, Source } from './source.ts';

/*
 * Paydata for ADP Workforce Now and RUN: a CSV with headings, in which Co Code, Batch ID and File # stand first, and a file
 * name in the form PRcccEPI.csv, where ccc is the company code. A second kind of hours is a code with its amount; further
 * ones of the same employee follow in rows of their own.
 * https://apps.adp.com/en-US/apps/372723/automated-paydata-integration-for-adp-workforce-now/features
 * https://support.timeportal.io/hc/en-us/articles/23838801956887-ADP-Workforce-Now-Payroll-Export
 * https://time.myisolved.com/timeforceii/Help/ta_procedures/close_pay_period/ta_procedures_close_export_specific_adp.htm
 */

const head = ['Co Code', 'Batch ID', 'File #', 'Reg Hours', 'O/T Hours', 'Hours 3 Code', 'Hours 3 Amount'];
const fileNumberDigits = 6;

/** The file for ADP. Throws DomainError where a code or a file number is missing, by name. */
export function adpFile(source: Source): PayrollFile {
  const company = String(source.settings.get('payroll', 'adp_company_code'));
  if (company === '') throw unset('payroll.adp_company_code', "ADP's code of the company");
  const codes = readCodes('payroll.adp_codes', String(source.settings.get('payroll', 'adp_codes')));
  demandFileNumbers(source.payees);
  const batch = source.period.end.replaceAll('-', '');
  const rows = source.payees.map((payee) => rowsOf(payee, codes, [company, batch, fileNumber(payee)]));
  function* pieces(): Generator<string> {
    yield csvLine(head);
    for (const own of rows) for (const row of own) yield csvLine(row);
  }
  return { name: `PR${company.padEnd(3, '_')}EPI.csv`, type: 'text/csv; charset=utf-8', pieces: pieces() };
}

function rowsOf({ firstName, lastName, times }: Payee, codes: Codes, key: readonly string[]): string[][] {
  const byCode = new Map<string, number>();
  const fixed = ['regular', 'overtime'];
  for (const { payClass, jobcodeId, seconds } of times) {
    if (payClass === 'unpaid') continue;
    const code = fixed.includes(payClass) ? payClass : codeOf(codes, payClass, jobcodeId);
    if (code === undefined) {
      const what = payClass === 'pto' ? `paid time off (jobcode ${jobcodeId})` : `time of class ${payClass}`;
      throw unset('payroll.adp_codes', `a code for ${what}, which ${firstName} ${lastName} has`);
    }
    // A code may be called like a class.
    const name = fixed.includes(payClass) ? payClass : `code ${code}`;
    byCode.set(name, (byCode.get(name) ?? 0) + seconds);
  }
  const shares = hundredthsOf([...byCode.values()]);
  const hours = new Map([...byCode.keys()].map((name, index) => [name, shares[index] ?? 0]));
  const amount = (name: string): string => ((hours.get(name) ?? 0) === 0 ? '' : hoursText(hours.get(name) ?? 0));
  const others = [...hours].flatMap(([name, share]) =>
    name.startsWith('code ') && share > 0 ? [[name.slice('code '.length), hoursText(share)]] : [],
  );
  const [first = ['', ''], ...more] = others;
  const own = [amount('regular'), amount('overtime')];
  if ([...own, ...first].every((cell) => cell === '')) return [];
  return [[...key, ...own, ...first], ...more.map((other) => [...key, '', '', ...other])];
}

function fileNumber({ payrollId }: Payee): string {
  return payrollId.padStart(fileNumberDigits, '0');
}

function demandFileNumbers(payees: readonly Payee[]): void {
  const without = payees.filter(({ payrollId }) => !/^\d{1,6}$/.test(payrollId));
  if (without.length === 0) return;
  const names = without.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  throw new DomainError(
    'invalid',
    `payroll_id must be ADP's file number, at most ${fileNumberDigits} digits; it is not for ${names.slice(0, 10).join(', ')}` +
      (names.length > 10 ? ` and ${names.length - 10} more` : ''),
    { field: 'payroll_id' },
  );
}

/** Refuses a file that needs a setting which is not set. */
export function unset(setting: string, what: string): DomainError {
  return new DomainError('invalid', `The setting ${setting} must say ${what}`, { field: setting });
}
