import type { Table, TableCell } from './table.ts';

// A spreadsheet program computes what begins like this, whoever wrote it.
const formula = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;
const special = /[",\r\n]/;

/** A cell that no spreadsheet program takes for a formula: an apostrophe goes before one. Numbers stay as they are. */
function defused(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

function cellText(cell: TableCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = defused(cell);
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of CSV (RFC 4180) with its line end. */
export function csvLine(cells: readonly TableCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** A table as CSV (RFC 4180), line by line, the heading first. */
export async function* csvOf({ head, rows }: Pick<Table, 'head' | 'rows'>): AsyncGenerator<string> {
  yield csvLine(head);
  for await (const row of rows) yield csvLine(row);
}
