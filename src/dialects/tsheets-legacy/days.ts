import { DomainError } from '../../lib/errors.ts';
import { parseDay } from '../../lib/time.ts';
import type { Params } from './action.ts';
import { given, invalid } from './read.ts';

/** A day ('YYYY-MM-DD'); undefined when it is not given. Throws 'invalid'. */
export function dayGiven(params: Params, name: string): string | undefined {
  const text = given(params, name);
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined) throw invalid(name, 'a date in the form YYYY-MM-DD');
  return day;
}

/** Refuses days that end before they begin. */
export function checkOrder(start: string, end: string): void {
  if (end < start)
    throw new DomainError('invalid', `end_date ${end} lies before start_date ${start}`, { field: 'end_date' });
}
