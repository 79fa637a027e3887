import { DomainError } from '../../../lib/errors.ts';
import { dismiss, type Employee, hire, replaceEmployee } from '../../../operations/employees.ts';
import { demand, entriesIn, type Fields, textIn } from '../fields.ts';
import type { Handler } from '../handler.ts';
import { idOf, numberOf } from '../ids.ts';

/** POST /employees */
export const createEmployee: Handler = async ({ ctx, body }) => named(await hire(ctx, employeeIn(body)));

/** PUT /employees/{employee_id} */
export const updateEmployee: Handler = async ({ ctx, params, query, body }) => {
  const id = numberOf('emp', params.employee_id ?? '');
  const employee = employeeIn(body);
  // Where it stands in the reference, and where clients put the rest.
  const keepsPrimary = isTrue(query, 'convert_primary_department') || isTrue(body, 'convert_primary_department');
  await replaceEmployee(ctx, id, employee, { keepsPrimary });
  return named(id);
};

/** DELETE /employees/{employee_id} */
export const deleteEmployee: Handler = async ({ ctx, params }) => {
  const id = numberOf('emp', params.employee_id ?? '');
  await dismiss(ctx, id);
  return named(id);
};

/** What a write answers. */
export function named(id: number): object {
  return { employee: { employee_id: idOf('emp', id) } };
}

/** Throws 'missing' without a name or a department. */
function employeeIn(body: Fields): Employee {
  return {
    name: demand(body, 'name'),
    department: departmentIn(body),
    payrollId: textIn(body, 'custom_employee_id'),
    title: textIn(body, 'title'),
    hourlyRate: textIn(body, 'hourly_rate'),
    pin: textIn(body, 'pin'),
    customFields: entriesIn(body, 'custom_fields'),
  };
}

function departmentIn(body: Fields): Employee['department'] {
  const id = textIn(body, 'department_id');
  if (id !== undefined) return { id: numberOf('dpt', id) };
  const name = textIn(body, 'department_name');
  if (name !== undefined) return { name };
  throw new DomainError('missing', 'department_id or department_name is required', { field: 'department_id' });
}

function isTrue(fields: Fields, name: string): boolean {
  const text = textIn(fields, name)?.toLowerCase();
  if (text === undefined || text === 'false' || text === '0') return false;
  if (text === 'true' || text === '1') return true;
  throw new DomainError('invalid', `${name} must be true or false`, { field: name });
}
