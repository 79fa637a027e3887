import type { Schema } from '../../../http/openapi/types.ts';
import type { Said } from '../handler.ts';
import { firm } from '../openapi/firm.ts';
import { idSchema, named, only, written } from '../openapi/parts.ts';

const count = (description: string): Schema => ({
  type: 'string',
  pattern: '^\\d+$',
  description,
  'x-access': 'read-only',
});

/** A department in an answer. */
export const departmentSchema: Schema = {
  type: 'object',
  description: 'A part of the firm in which people work.',
  properties: {
    department_id: { ...idSchema('dpt', 'Id of the department.'), 'x-access': 'read-only' },
    name: { type: 'string', description: 'Name; no two departments share one.', 'x-access': 'read-write' },
    type: { const: 'Department', description: 'Always `Department`.', 'x-access': 'read-only' },
    employees_total: count('How many employees may work in it, or have it as their primary department.'),
    employees_primary: count('How many employees have it as their primary department.'),
    employees_in: count('How many employees are checked in to it now.'),
  },
  required: ['department_id', 'name', 'type', 'employees_total', 'employees_primary', 'employees_in'],
  additionalProperties: false,
};

const body: Schema = {
  type: 'object',
  properties: { name: { type: 'string', description: 'Name of the department.' } },
  required: ['name'],
};

const answer = written('department', 'department_id', idSchema('dpt', 'Id of the department.'));
const params = { department_id: firm.office };
const office = { department: { department_id: firm.office } };

const fieldService = {
  department_id: firm.fieldService,
  name: 'Field service',
  type: 'Department',
  employees_total: '1',
  employees_primary: '1',
  employees_in: '1',
};

/** What the OpenAPI document says of the endpoints of departments. */
export const said = {
  list: {
    name: 'listDepartments',
    summary: 'List departments',
    description: 'Every active department, the oldest first. The counts are of the employees whom the key’s user sees.',
    answer: only('departments', { type: 'array', items: named('TimeStationDepartment') }),
    examples: [
      {
        summary: 'All departments',
        answer: {
          departments: [
            {
              department_id: firm.office,
              name: 'Front office',
              type: 'Department',
              employees_total: '1',
              employees_primary: '1',
              employees_in: '0',
            },
            fieldService,
          ],
        },
      },
    ],
  },
  one: {
    name: 'getDepartment',
    summary: 'Get a department',
    answer: only('department', named('TimeStationDepartment')),
    examples: [
      {
        summary: 'One department',
        params: { department_id: firm.fieldService },
        answer: { department: fieldService },
      },
    ],
  },
  create: {
    name: 'createDepartment',
    summary: 'Create a department',
    description: 'The name of a department that was deleted brings that one back, with its id and without people.',
    ruled: true,
    body,
    answer,
    examples: [{ summary: 'A new department', body: { name: 'Office' }, answer: office }],
  },
  update: {
    name: 'updateDepartment',
    summary: 'Rename a department',
    ruled: true,
    body,
    answer,
    examples: [{ summary: 'Another name', params, body: { name: 'Front office' }, answer: office }],
  },
  remove: {
    name: 'deleteDepartment',
    summary: 'Delete a department',
    description:
      'Time that was worked in it stays. A department is kept while it is the primary one of somebody (402).',
    ruled: true,
    answer,
    examples: [{ summary: 'A department that nobody works in', params, answer: office }],
  },
} as const satisfies Readonly<Record<string, Said>>;
