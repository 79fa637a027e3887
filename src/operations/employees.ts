import type { Item } from '../engine/candidates.ts';
import { type Ctx, may } from '../engine/context.ts';
import type { Values } from '../engine/definition.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { createOne, updateOne, valuesById } from '../engine/values.ts';
import { DomainError } from '../lib/errors.ts';
import { fieldDefinitions } from '../resources/customfields/queries.ts';
import { kioskAccess } from '../resources/users/kiosk.ts';
import { staff } from '../resources/users/staff.ts';
import { usernamesLike } from '../resources/users/usernames.ts';
import type { FieldDefinition } from '../rules/customfield-values.ts';
import { freeUsername, shownName, splitName, usernameBase } from '../rules/person-names.ts';
import { amongJobcodes, departmentById, departmentNamed, joinDepartment, leaveDepartment } from './departments.ts';

/** All that is said of an employee; what is not said is nothing. */
export interface Employee {
  readonly name: string;
  /** His primary department; one that is named is made where there is none. */
  readonly department: { readonly id: number } | { readonly name: string };
  readonly payrollId: string | undefined;
  readonly title: string | undefined;
  /** Pay for an hour, as a decimal number. */
  readonly hourlyRate: string | undefined;
  /** 4 digits. */
  readonly pin: string | undefined;
  /** Values of custom fields of users, by the field's name in any case of letters. */
  readonly customFields: ReadonlyMap<string, string>;
}

const longestName = 255;
const attempts = 4;

/** An employee is an active user who tracks time. Throws 'not-found' for anybody else. */
export async function employeeById(ctx: Ctx, id: number): Promise<Values> {
  const noEmployee = new DomainError('not-found', 'The employee does not exist');
  const values = await valuesById(ctx, staff, id).catch((error: unknown) => {
    throw error instanceof DomainError && error.kind === 'not-found' ? noEmployee : error;
  });
  if (!isEmployee(values)) throw noEmployee;
  return values;
}

/** Whether a user is an employee. */
export function isEmployee({ active, permissions }: Values): boolean {
  return active === true && (permissions as readonly string[]).includes('time_tracking');
}

/** Adds an employee with all that belongs to him, or nothing. Gives his id; throws the DomainError that refuses any of it. */
export function hire(ctx: Ctx, employee: Employee): Promise<number> {
  return amongJobcodes(ctx, async (inside) => {
    const department = await departmentOf(inside, employee);
    const item = { ...(await itemOf(inside, employee, undefined)), default_jobcode_id: department.id };
    const id = Number((await createUser(inside, employee.name, item)).id);
    await joinDepartment(inside, id, department);
    return id;
  });
}

/**
 * Makes an employee what is said of him; what is not said is cleared. He leaves his primary department for another one, or
 * keeps it as a secondary one. Throws the DomainError that refuses any of it, and nothing is written then.
 */
export function replaceEmployee(
  ctx: Ctx,
  id: number,
  employee: Employee,
  { keepsPrimary }: { keepsPrimary: boolean },
): Promise<void> {
  return amongJobcodes(ctx, async (inside) => {
    const before = await employeeById(inside, id);
    const department = await departmentOf(inside, employee);
    await updateOne(inside, staff, id, {
      ...(await itemOf(inside, employee, before)),
      default_jobcode_id: department.id,
    });
    await joinDepartment(inside, id, department);
    const previous = Number(before.default_jobcode_id ?? 0);
    if (previous !== 0 && previous !== department.id && !keepsPrimary) await leaveDepartment(inside, id, previous);
  });
}

/** Archives an employee; his PIN is free again. Throws DomainError: 'conflict' while he is on the clock. */
export async function dismiss(ctx: Ctx, id: number): Promise<void> {
  await employeeById(ctx, id);
  await updateOne(ctx, staff, id, { active: false });
}

async function departmentOf(ctx: Ctx, { department }: Employee): Promise<Values> {
  if ('id' in department) return departmentById(ctx, department.id);
  return departmentNamed(ctx, department.name).catch((error: unknown) => {
    if (!(error instanceof DomainError) || !error.detail.startsWith('name ')) throw error;
    throw new DomainError(error.kind, `The department's ${error.detail}`, { field: 'department' });
  });
}

/** The employee in the fields of a user, all but the department. */
async function itemOf(ctx: Ctx, employee: Employee, before: Values | undefined): Promise<Item> {
  const { name, payrollId = '', title = '' } = employee;
  if ([...name].length > longestName)
    throw new DomainError('invalid', `name must not be longer than ${longestName} characters`, { field: 'name' });
  if (/\p{Cc}/u.test(name)) throw new DomainError('invalid', 'name must be a single line', { field: 'name' });
  return {
    // Parts that were given one by one stay as they are while they give the same name.
    ...(before !== undefined && shownName(before) === name ? {} : splitName(name)),
    payroll_id: payrollId,
    title,
    ...payOf(ctx, employee, before),
    ...(await pinOf(ctx, employee, before)),
    customfields: customfieldsOf(await fieldDefinitions(ctx, 'user'), employee, before),
  };
}

/** A salary of a year is not cleared by saying nothing of hours, and what a caller may not read he can not clear. */
function payOf({ actor }: Ctx, { hourlyRate }: Employee, before: Values | undefined): Item {
  const mayPay = may(actor, 'admin');
  if (hourlyRate !== undefined && !mayPay) throw denied('set rates of pay');
  if (hourlyRate !== undefined) return { pay_rate: hourlyRate, pay_interval: 'hour' };
  return mayPay && before !== undefined && before.pay_interval === 'hour' ? { pay_rate: 0 } : {};
}

async function pinOf(ctx: Ctx, { pin }: Employee, before: Values | undefined): Promise<Item> {
  const id = Number(before?.id ?? 0);
  const known = id === 0 ? undefined : (await kioskAccess(ctx, [id])).get(id)?.pin;
  if (pin === known) return {};
  if (pin !== undefined && !/^\d{4}$/.test(pin))
    throw new DomainError('invalid', 'pin must be 4 digits', { field: 'pin' });
  return { pin: pin ?? 'none' };
}

function customfieldsOf(
  fields: ReadonlyMap<number, FieldDefinition>,
  { customFields }: Employee,
  before: Values | undefined,
): Readonly<Record<string, string>> {
  const active = [...fields.values()].filter((field) => field.active);
  const byName = new Map(active.map((field) => [field.name.toLowerCase(), field]));
  const values: Record<string, string> = {};
  const stored = before?.customfields instanceof Map ? before.customfields : new Map<number, string>();
  for (const { id } of active) if (stored.has(id)) values[id] = '';
  for (const [name, text] of customFields) {
    const field = byName.get(name.trim().toLowerCase());
    if (field === undefined) {
      const detail = `There is no employee custom field named ${JSON.stringify(name.slice(0, 80))}`;
      throw new DomainError('invalid', detail, { field: 'customfields' });
    }
    values[field.id] = text;
  }
  return values;
}

/** Creates a user under a user name that is free, although others may take names at the same moment. */
async function createUser(ctx: Ctx, name: string, item: Item): Promise<Values> {
  const base = usernameBase(name);
  for (let attempt = 1; ; attempt += 1) {
    const username = freeUsername(base, await usernamesLike(ctx, base));
    try {
      return await createOne(ctx, staff, { ...item, username });
    } catch (error) {
      const taken = error instanceof DomainError && error.kind === 'conflict' && error.field === 'username';
      if (!taken || attempt === attempts) throw error;
    }
  }
}
