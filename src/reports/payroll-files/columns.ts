import { DomainError } from '../../lib/errors.ts';
import { dayOfEpochDays } from '../../lib/time.ts';
import type { PayPeriod } from '../../rules/pay-periods.ts';
import { type PayClass, payClass } from './classes.ts';
import type { Payee, Source } from './source.ts';

/** A row of a payroll table: someone, and the day and jobcode where the columns tell them apart. */
export interface RowOf {
  readonly payee: Payee;
  readonly day: number;
  readonly jobcodeId: number;
}

/** A column of a payroll table: text about the row, or its time of some classes. */
export type Column = { readonly heading: string } & (
  | { readonly text: (row: RowOf, source: Source) => string }
  | { readonly time: PayClass | 'total' | 'other'; readonly unit: 'hours' | 'seconds' }
);

/** The columns of a table, and how many rows a person has. */
export interface Columns {
  readonly columns: readonly Column[];
  readonly byDay: boolean;
  readonly byJobcode: boolean;
}

const ofPerson: Readonly<Record<string, (payee: Payee) => string>> = {
  user_id: ({ id }) => String(id),
  payroll_id: ({ payrollId }) => payrollId,
  employee_number: ({ employeeNumber }) => String(employeeNumber),
  username: ({ username }) => username,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  name: ({ firstName, lastName }) => `${firstName} ${lastName}`.trim(),
  group: ({ group }) => group,
};
const ofPeriod: Readonly<Record<string, (period: PayPeriod) => string>> = {
  start_date: ({ start }) => start,
  end_date: ({ end }) => end,
};
const ofJobcode: Readonly<Record<string, (id: number, source: Source) => string>> = {
  jobcode_id: (id) => String(id),
  jobcode: (id, { jobs }) => jobs.get(id)?.name ?? '',
  jobcode_short_code: (id, { jobs }) => jobs.get(id)?.shortCode ?? '',
  jobcode_path: (id, { jobs }) => (jobs.get(id)?.path ?? []).join(':'),
};

/** What a file shows where neither the request nor the company says anything else. */
export const usualColumns =
  'payroll_id:Payroll ID,last_name:Last name,first_name:First name,regular_hours:Regular,overtime_hours:Overtime,' +
  'doubletime_hours:Double time,other_hours:Other,pto_hours:PTO,total_hours:Total';

const mostColumns = 60;

/**
 * Columns as text: names in their order, separated by commas, each with its heading behind a colon where that is another:
 * 'payroll_id:Employee,regular_hours:Reg'. Throws DomainError.
 */
export function readColumns(text: string): Columns {
  const names: string[] = [];
  const columns = text.split(',').map((part) => {
    const [first = '', ...rest] = part.split(':');
    const name = first.trim();
    names.push(name);
    return columnOf(name, rest.join(':').trim() || name);
  });
  if (columns.length > mostColumns)
    throw invalid(`names ${columns.length} columns; at most ${mostColumns} are allowed`);
  const byJobcode = names.some((name) => Object.hasOwn(ofJobcode, name));
  return { columns, byDay: names.includes('date'), byJobcode };
}

function columnOf(name: string, heading: string): Column {
  if (Object.hasOwn(ofPerson, name)) return { heading, text: ({ payee }) => ofPerson[name]?.(payee) ?? '' };
  if (Object.hasOwn(ofPeriod, name)) return { heading, text: (_row, { period }) => ofPeriod[name]?.(period) ?? '' };
  if (Object.hasOwn(ofJobcode, name))
    return { heading, text: ({ jobcodeId }, source) => ofJobcode[name]?.(jobcodeId, source) ?? '' };
  if (name === 'date') return { heading, text: ({ day }) => dayOfEpochDays(day) };
  const [, time = '', unit] = /^(.+)_(hours|seconds)$/.exec(name) ?? [];
  if ((unit === 'hours' || unit === 'seconds') && (payClass.test(time) || time === 'total' || time === 'other'))
    return { heading, time, unit };
  const known = [...Object.keys(ofPerson), ...Object.keys(ofPeriod), 'date', ...Object.keys(ofJobcode)].join(', ');
  throw invalid(
    `has no column ${JSON.stringify(name.slice(0, 40))}: there are ${known}, and hours or seconds such as regular_hours, ` +
      'overtime_hours, doubletime_hours, x1.25_hours, plus2.5_hours, other_hours, pto_hours, unpaid_hours, total_hours',
  );
}

function invalid(detail: string): DomainError {
  return new DomainError('invalid', `columns ${detail}`, { field: 'columns' });
}
