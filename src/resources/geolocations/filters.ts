import { DomainError } from '../../lib/errors.ts';
import { parseDay } from '../../lib/time.ts';
import { type Sql, sql } from '../../store/sql.ts';

function dayIn(name: string, text: string): string {
  const day = parseDay(text);
  if (day === undefined)
    throw new DomainError('invalid', `${name} must be a date in the form YYYY-MM-DD`, { field: name });
  return day;
}

/** Positions of this day (UTC) and later. Throws DomainError for a text that is no day. */
export function fromDay(text: string): Sql {
  return sql`t.recorded_at >= ${`${dayIn('start_date', text)}T00:00:00Z`}::timestamptz`;
}

/** Positions of this day (UTC) and earlier. Throws DomainError for a text that is no day. */
export function toDay(text: string): Sql {
  return sql`t.recorded_at < ${`${dayIn('end_date', text)}T00:00:00Z`}::timestamptz + interval '1 day'`;
}
