import { closeDepartment, departmentById, openDepartment, renameDepartment } from '../../../operations/departments.ts';
import { demand } from '../fields.ts';
import type { Endpoint, Handler } from '../handler.ts';
import { idOf, numberOf } from '../ids.ts';
import { allDepartments, departmentShown } from './read.ts';
import { said } from './said.ts';

const list: Handler = async ({ ctx }) => ({ departments: await allDepartments(ctx) });

const one: Handler = async ({ ctx, params }) => ({
  department: await departmentShown(ctx, await departmentById(ctx, numberOf('dpt', params.department_id ?? ''))),
});

const create: Handler = async ({ ctx, body }) => named((await openDepartment(ctx, demand(body, 'name'))).id);

const update: Handler = async ({ ctx, params, body }) => {
  const id = numberOf('dpt', params.department_id ?? '');
  return named((await renameDepartment(ctx, id, demand(body, 'name'))).id);
};

const remove: Handler = async ({ ctx, params }) => {
  const id = numberOf('dpt', params.department_id ?? '');
  await closeDepartment(ctx, id);
  return named(id);
};

/** What a write answers. */
function named(id: unknown): object {
  return { department: { department_id: idOf('dpt', Number(id)) } };
}

/** Endpoints of departments. Reference: Departments. */
export const departments: readonly Endpoint[] = [
  { method: 'GET', path: '/departments', handler: list, said: said.list },
  { method: 'POST', path: '/departments', handler: create, said: said.create },
  { method: 'GET', path: '/departments/:department_id', handler: one, said: said.one },
  { method: 'PUT', path: '/departments/:department_id', handler: update, said: said.update },
  { method: 'DELETE', path: '/departments/:department_id', handler: remove, said: said.remove },
];
