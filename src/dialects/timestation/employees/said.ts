import type { Schema } from '../../../http/openapi/types.ts';
import type { Said } from '../handler.ts';
import { firm } from '../openapi/firm.ts';
import { idSchema, named, only, written } from '../openapi/parts.ts';
import { employeeBody } from './shape.ts';

const answer = written('employee', 'employee_id', idSchema('emp', 'Id of the employee.'));
const [hannah, ben] = [firm.hannah, firm.ben].map((id) => ({ employee: { employee_id: id } })) as [object, object];

const keepsPrimary: Schema = {
  type: ['string', 'boolean'],
  enum: ['true', 'false', true, false],
  description: 'Whether a primary department that is left stays one of the employee’s departments. In the body, too.',
};

const hannahShown = {
  employee_id: firm.hannah,
  name: 'Hannah Lindqvist',
  title: 'Technician',
  primary_department: 'Field service',
  primary_department_id: firm.fieldService,
  current_department: 'Field service',
  current_department_id: firm.fieldService,
  status: 'in',
  custom_employee_id: 'HBS-0008',
  hourly_rate: '31.50',
  pin: '4711',
  card_number: '00002',
  card_qr_code: '8101372308680381859773485135341',
  custom_fields: { 'Phone Number': '(212) 555-0142' },
};

const hannahSent = {
  name: 'Hannah Lindqvist',
  custom_employee_id: 'HBS-0008',
  title: 'Technician',
  hourly_rate: '31.50',
  pin: '4711',
  custom_fields: { 'Phone Number': '(212) 555-0142' },
};

/** What the OpenAPI document says of the endpoints of employees. */
export const said = {
  list: {
    name: 'listEmployees',
    summary: 'List employees',
    description: 'Every active employee whom the key’s user may see, in the order of their cards.',
    answer: only('employees', { type: 'array', items: named('TimeStationEmployee') }),
    examples: [
      {
        summary: 'All employees',
        answer: {
          employees: [
            {
              employee_id: firm.dana,
              name: 'Dana Whitfield',
              status: 'out',
              card_number: '00001',
              card_qr_code: '8101377322767786421574045082934',
            },
            hannahShown,
            {
              employee_id: firm.ben,
              name: 'Ben Carter',
              primary_department: 'Front office',
              primary_department_id: firm.office,
              current_department: 'Front office',
              current_department_id: firm.office,
              status: 'out',
              card_number: '00003',
              card_qr_code: '8100623086893915367341203879580',
            },
          ],
        },
      },
    ],
  },
  one: {
    name: 'getEmployee',
    summary: 'Get an employee',
    answer: only('employee', named('TimeStationEmployee')),
    examples: [{ summary: 'One employee', params: { employee_id: firm.hannah }, answer: { employee: hannahShown } }],
  },
  create: {
    name: 'createEmployee',
    summary: 'Create an employee',
    description:
      'Needs a name and a primary department. A user name is made of the name; nobody can sign in with it yet.',
    ruled: true,
    body: employeeBody,
    answer,
    examples: [
      {
        summary: 'In a department that is named',
        body: { ...hannahSent, department_name: 'Field service' },
        answer: hannah,
      },
      {
        summary: 'In a department by its id',
        body: { name: 'Ben Carter', department_id: firm.office },
        answer: ben,
      },
    ],
  },
  update: {
    name: 'updateEmployee',
    summary: 'Replace an employee',
    description:
      'The employee becomes what the body says: what is not sent is cleared. The primary department that is left is no ' +
      'longer one of the employee’s departments, unless `convert_primary_department` is true.',
    ruled: true,
    query: { type: 'object', properties: { convert_primary_department: keepsPrimary } },
    body: {
      ...employeeBody,
      properties: { ...employeeBody.properties, convert_primary_department: keepsPrimary },
    },
    answer,
    examples: [
      {
        summary: 'Another title',
        params: { employee_id: firm.hannah },
        body: { ...hannahSent, title: 'Lead technician', department_id: firm.fieldService },
        answer: hannah,
      },
      {
        summary: 'Another primary department, the old one kept as a secondary one',
        params: { employee_id: firm.hannah },
        query: { convert_primary_department: 'true' },
        body: { ...hannahSent, title: 'Lead technician', department_name: 'Planning' },
        answer: hannah,
      },
    ],
  },
  remove: {
    name: 'deleteEmployee',
    summary: 'Delete an employee',
    description:
      'The employee is archived: the time stays, the PIN is free again, the card is not. Refused on the clock (402).',
    ruled: true,
    answer,
    examples: [{ summary: 'Somebody who left', params: { employee_id: firm.ben }, answer: ben }],
  },
} as const satisfies Readonly<Record<string, Said>>;
