import type { Table } from '../../lib/table.ts';
import type { ClassedTime, PayClass } from './classes.ts';
import type { Column, Columns, RowOf } from './columns.ts';
import { hoursText, hundredthsOf } from './hours.ts';
import type { Payee, Source } from './source.ts';

/** A row with its time by class: seconds, and hundredths of an hour. */
interface TimedRow extends RowOf {
  readonly seconds: Map<PayClass, number>;
  readonly hundredths: Map<PayClass, number>;
}

/**
 * A table of paid time with chosen columns, one row a person, or one for each of a person's days and jobcodes where the
 * columns tell these apart. A person's hours are rounded such that those of all rows add up to his rounded total.
 */
export function payTable(source: Source, { columns, byDay, byJobcode }: Columns, name: string): Table {
  const shown = new Set(columns.flatMap((column) => ('time' in column ? [column.time] : [])));
  function* rows(): Generator<string[]> {
    for (const payee of source.payees) {
      for (const row of rowsOf(payee, byDay, byJobcode))
        yield columns.map((column) => cellOf(column, row, source, shown));
    }
  }
  return { name, head: columns.map(({ heading }) => heading), rows: rows() };
}

function rowsOf(payee: Payee, byDay: boolean, byJobcode: boolean): TimedRow[] {
  const rows = new Map<string, TimedRow>();
  for (const { day, jobcodeId, payClass, seconds } of payee.times) {
    const place = { day: byDay ? day : 0, jobcodeId: byJobcode ? jobcodeId : 0 };
    const key = `${place.day} ${place.jobcodeId}`;
    const row = rows.get(key) ?? { payee, ...place, seconds: new Map(), hundredths: new Map() };
    rows.set(key, row);
    row.seconds.set(payClass, (row.seconds.get(payClass) ?? 0) + seconds);
  }
  const all = [...rows.values()];
  round(all, (payClass) => payClass !== 'unpaid');
  round(all, (payClass) => payClass === 'unpaid');
  return all;
}

function round(rows: readonly TimedRow[], counts: (payClass: PayClass) => boolean): void {
  const cells = rows.flatMap((row) =>
    [...row.seconds].flatMap(([payClass, seconds]) => (counts(payClass) ? [{ row, payClass, seconds }] : [])),
  );
  const shares = hundredthsOf(cells.map(({ seconds }) => seconds));
  for (const [index, { row, payClass }] of cells.entries()) row.hundredths.set(payClass, shares[index] ?? 0);
}

function cellOf(column: Column, row: TimedRow, source: Source, shown: ReadonlySet<string>): string {
  if ('text' in column) return column.text(row, source);
  const amounts = column.unit === 'hours' ? row.hundredths : row.seconds;
  let sum = 0;
  for (const [payClass, amount] of amounts) if (belongs(payClass, column.time, shown)) sum += amount;
  return column.unit === 'hours' ? hoursText(sum) : String(sum);
}

/** `other` is what is paid and has no column of its own. */
function belongs(payClass: ClassedTime['payClass'], time: string, shown: ReadonlySet<string>): boolean {
  if (time === 'total') return payClass !== 'unpaid';
  if (time === 'other') return payClass !== 'unpaid' && !shown.has(payClass);
  return payClass === time;
}
