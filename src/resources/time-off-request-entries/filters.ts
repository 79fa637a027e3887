import { instantIn } from '../../engine/filters.ts';
import { DomainError } from '../../lib/errors.ts';
import { parseDay } from '../../lib/time.ts';
import { type Sql, sql } from '../../store/sql.ts';

/** Entries of one day. */
export function onDay(text: string): Sql {
  const day = parseDay(text);
  if (day === undefined)
    throw new DomainError('invalid', 'date must be a date in the form YYYY-MM-DD', { field: 'date' });
  return sql`t.date = ${day}::date`;
}

/** Entries that start at a moment or later. */
export function startingFrom(text: string): Sql {
  return sql`t.start_at >= ${instantIn('start_time', text)}::timestamptz`;
}

/** Entries that start at a moment or earlier: end_time, too, is about the start. */
export function startingUntil(text: string): Sql {
  return sql`t.start_at <= ${instantIn('end_time', text)}::timestamptz`;
}
