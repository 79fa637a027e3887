import { dayOfEpochDays } from '../../lib/time.ts';
import { wholeShares } from '../../rules/shares.ts';
import { unset } from './adp.ts';
import type { PayClass } from './classes.ts';
import { type Codes, codeOf, readCodes } from './codes.ts';
import type { PayrollFile } from './payroll-file.ts';
import type { Payee, Source } from './source.ts';

/*
 * Timer activities for QuickBooks Desktop (Intuit Interchange Format): texts separated by tabs. The header names the
 * company file that the activities are for, as QuickBooks itself shows it when it exports lists to the timer.
 * http://support.quickbooks.intuit.com/support/Pages/InProductHelp/Core/QB2K8/ContentPackage/Core/IIF/iif_reference_timeract.html
 * https://support.quickbooks.intuit.com/support/pages/executable/iif/iif_import_kit.zip (TIMERHDR)
 * https://docs.paypunch.io/resources/iif-format-reference (one row a payroll item)
 */

const minute = 60;
/** An activity lasts 23:59 at most. */
const longest = 23 * 60 + 59;
const header = ['VER', 'REL', 'COMPANYNAME', 'IMPORTEDBEFORE', 'FROMTIMER', 'COMPANYCREATETIME'];
const columns = ['DATE', 'JOB', 'EMP', 'ITEM', 'PITEM', 'DURATION', 'PROJ', 'NOTE', 'XFERTOPAYROLL', 'BILLINGSTATUS'];

const notes: Readonly<Record<string, string>> = {
  regular: '',
  overtime: 'Overtime',
  doubletime: 'Double time',
  pto: 'Paid time off',
};

/** The file for QuickBooks Desktop. Throws DomainError where a setting is missing. */
export function quickbooksFile(source: Source): PayrollFile {
  const setting = (key: string): string => String(source.settings.get('payroll', key));
  const [company, createTime] = [setting('quickbooks_company'), setting('quickbooks_create_time')];
  if (company === '') throw unset('payroll.quickbooks_company', 'the name of the company in QuickBooks');
  if (createTime === '') throw unset('payroll.quickbooks_create_time', 'the create time of the company file');
  const items = readCodes('payroll.quickbooks_payroll_items', setting('quickbooks_payroll_items'));
  const item = setting('quickbooks_service_item');
  const lastFirst = setting('quickbooks_names') === 'last_first';
  function* pieces(): Generator<string> {
    yield line('!TIMERHDR', header);
    yield line('TIMERHDR', ['8', '0', company, 'N', 'Y', createTime]);
    yield line('!TIMEACT', columns);
    for (const payee of source.payees) {
      const { firstName, lastName } = payee;
      const name = lastFirst ? `${lastName}, ${firstName}` : `${firstName} ${lastName}`.trim();
      yield* activities(payee, source, name, item, items);
    }
  }
  const name = `payroll-${source.period.start}-${source.period.end}.iif`;
  return { name, type: 'text/plain; charset=utf-8', pieces: pieces() };
}

/** Minutes are rounded such that those of one person add up to his rounded total. */
function* activities({ times }: Payee, { jobs }: Source, name: string, item: string, items: Codes): Generator<string> {
  const paid = times.filter(({ payClass }) => payClass !== 'unpaid');
  const minutes = wholeShares(
    paid.map(({ seconds }) => seconds),
    minute,
  );
  for (const [index, { day, jobcodeId, payClass }] of paid.entries()) {
    const payrollItem = codeOf(items, payClass, jobcodeId) ?? '';
    const job = payClass === 'pto' ? undefined : jobs.get(jobcodeId);
    const path = (job?.path ?? []).join(':');
    for (let left = minutes[index] ?? 0; left > 0; left -= longest) {
      yield line('TIMEACT', [
        usDay(dayOfEpochDays(day)),
        path,
        name,
        item,
        payrollItem,
        duration(Math.min(left, longest)),
        '',
        noteOf(payClass),
        payrollItem === '' ? 'N' : 'Y',
        job?.billable ? '1' : '0',
      ]);
    }
  }
}

function noteOf(payClass: PayClass): string {
  return notes[payClass] ?? `Premium ${payClass}`;
}

function usDay(day: string): string {
  return `${day.slice(5, 7)}/${day.slice(8, 10)}/${day.slice(2, 4)}`;
}

function duration(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function line(keyword: string, cells: readonly string[]): string {
  return `${[keyword, ...cells.map(cellText)].join('\t')}\r\n`;
}

/** A cell holds one line without tabs. It is compared with QuickBooks' own lists, so nothing else in it is changed. */
function cellText(text: string): string {
  const plain = text.replace(/[\t\r\n]+/g, ' ');
  return plain.includes('"') ? `"${plain.replaceAll('"', '""')}"` : plain;
}
