import type { Ctx } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { DomainError } from '../../../lib/errors.ts';
import { isoLocal, parseDay, parseInstant } from '../../../lib/time.ts';
import { departmentById } from '../../../operations/departments.ts';
import { employeeById } from '../../../operations/employees.ts';
import { demand, type Fields, textIn } from '../fields.ts';
import { idOf, numberOf } from '../ids.ts';

/** A day; undefined when it is not given. Throws 'invalid' for a text that is none. */
export function dayIn(fields: Fields, name: string): string | undefined {
  const text = textIn(fields, name);
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined)
    throw new DomainError('invalid', `${name} must be a date in the form YYYY-MM-DD`, { field: name });
  return day;
}

/**
 * A moment, in epoch seconds; undefined when it is not given. Seconds may be left out, and a blank may stand where an
 * unescaped plus was. Throws 'invalid' for anything else, also without a UTC offset.
 */
export function momentIn(fields: Fields, name: string): number | undefined {
  const text = textIn(fields, name);
  return text === undefined ? undefined : momentOf(name, text);
}

/** A moment that must be given. Throws 'missing' and 'invalid'. */
export function demandMoment(fields: Fields, name: string): number {
  return momentOf(name, demand(fields, name));
}

function momentOf(name: string, text: string): number {
  const moment = parseInstant(text);
  if (moment !== undefined) return moment;
  const detail = `${name} must be a date and time with a UTC offset, such as 2023-07-12T09:00-05:00`;
  throw new DomainError('invalid', detail, { field: name });
}

/** A moment as a property of the ledger; undefined for none. */
export function instantOf(moment: number | undefined): string | undefined {
  return moment === undefined ? undefined : isoLocal(moment, 0);
}

/** The number of the employee that an id names. Throws 'not-found'. */
export async function employeeIn(ctx: Ctx, text: string): Promise<number> {
  return Number((await employeeById(ctx, numberOf('emp', text))).id);
}

/** The department that a body names. Throws 'missing' or 'not-found'. */
export function departmentIn(ctx: Ctx, fields: Fields): Promise<Values> {
  return departmentById(ctx, numberOf('dpt', demand(fields, 'department_id')));
}

/** Does something in the ledger; what it refuses names shifts by the ids that clients know. */
export async function withOurIds<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DomainError ? translated(error) : error;
  }
}

function translated({ kind, detail, field = '', code }: DomainError): DomainError {
  const more = { field, ...(code === undefined ? {} : { code }) };
  if (field === 'jobcode_id') return new DomainError('conflict', 'The employee can not use this department', more);
  const said = detail
    .replace(/\btimesheet (\d+)/gi, (_, id) => `shift ${idOf('shft', Number(id))}`)
    .replace(/^deduction_minutes\b/, 'time_deduction_minutes');
  return new DomainError(kind, said, more);
}
