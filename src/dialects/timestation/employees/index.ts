import { employeeById } from '../../../operations/employees.ts';
import type { Endpoint, Handler } from '../handler.ts';
import { numberOf } from '../ids.ts';
import { allEmployees, employeesShown } from './read.ts';
import { said } from './said.ts';
import { createEmployee, deleteEmployee, updateEmployee } from './write.ts';

const list: Handler = async ({ ctx }) => ({ employees: await allEmployees(ctx) });

const one: Handler = async ({ ctx, params }) => {
  const values = await employeeById(ctx, numberOf('emp', params.employee_id ?? ''));
  const [employee] = await employeesShown(ctx, [values]);
  return { employee };
};

/** Endpoints of employees; checking out is a matter of shifts. Reference: Employees. */
export const employees: readonly Endpoint[] = [
  { method: 'GET', path: '/employees', handler: list, said: said.list },
  { method: 'POST', path: '/employees', handler: createEmployee, said: said.create },
  { method: 'GET', path: '/employees/:employee_id', handler: one, said: said.one },
  { method: 'PUT', path: '/employees/:employee_id', handler: updateEmployee, said: said.update },
  { method: 'DELETE', path: '/employees/:employee_id', handler: deleteEmployee, said: said.remove },
];
