import type { Ctx } from '../../../engine/context.ts';
import { valuesById } from '../../../engine/values.ts';
import { DomainError } from '../../../lib/errors.ts';
import { isoLocal, parseDay, parseInstant } from '../../../lib/time.ts';
import { jobcodes } from '../../../resources/jobcodes/definition.ts';
import { users } from '../../../resources/users/definition.ts';
import { demand, type Fields, textIn } from '../fields.ts';
import { idOf, noSuch, numberOf } from '../ids.ts';

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
 * A moment as the ledger takes it; undefined when it is not given. Seconds may be left out, and a blank may stand where an
 * unescaped plus was. Throws 'invalid' for anything else, also without a UTC offset.
 */
export function momentIn(fields: Fields, name: string): string | undefined {
  const text = textIn(fields, name);
  if (text === undefined) return undefined;
  const moment = parseInstant(text);
  if (moment === undefined) {
    const detail = `${name} must be a date and time with a UTC offset, such as 2023-07-12T09:00-05:00`;
    throw new DomainError('invalid', detail, { field: name });
  }
  return isoLocal(moment, 0);
}

/** A moment that must be given. */
export function demandMoment(fields: Fields, name: string): string {
  demand(fields, name);
  return momentIn(fields, name) ?? '';
}

/** The employee that is named by an id and works here. Throws 'not-found'. */
export async function employeeIn(ctx: Ctx, text: string): Promise<number> {
  const id = numberOf('emp', text);
  const { active } = await valuesById(ctx, users, id).catch((error) => asNoSuch('emp', error));
  if (active === false) throw noSuch('emp');
  return id;
}

/** The department that a body names: a jobcode for work. Throws 'missing' or 'not-found'. */
export async function departmentIn(ctx: Ctx, fields: Fields): Promise<number> {
  const id = numberOf('dpt', demand(fields, 'department_id'));
  const { type } = await valuesById(ctx, jobcodes, id).catch((error) => asNoSuch('dpt', error));
  if (type !== 'regular') throw noSuch('dpt');
  return id;
}

/** Throws on what kept something from being found, in this API's words. */
export function asNoSuch(kind: 'emp' | 'dpt', error: unknown): never {
  throw error instanceof DomainError && error.kind === 'not-found' ? noSuch(kind) : error;
}

/** What this API calls the properties of the ledger that refusals name. */
const names: Readonly<Record<string, string>> = {
  deduction_minutes: 'time_deduction_minutes',
  start: 'time_in',
  end: 'time_out',
};

/** Does something in the ledger; what it refuses is said in this API's words. */
export async function inOurWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DomainError ? translated(error) : error;
  }
}

function translated({ kind, detail, field = '', code }: DomainError): DomainError {
  const more = code === undefined ? {} : { code };
  if (field === 'jobcode_id') return new DomainError('conflict', 'The employee can not use this department', more);
  const said = detail
    .replace(/\btimesheet (\d+)/g, (_, id) => `shift ${idOf('shft', Number(id))}`)
    .replace(/\btimesheet\b/g, 'shift')
    .replace(/^deduction_minutes\b/, 'time_deduction_minutes');
  return new DomainError(kind, said, { ...more, ...(field === '' ? {} : { field: names[field] ?? field }) });
}
