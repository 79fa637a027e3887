import type { Schema } from '../../../http/openapi/types.ts';
import { idSchema } from '../openapi/parts.ts';

const mayLetIn = 'Whoever may set the employee’s PIN, and the employee; to others it is left out.';

/** An employee in an answer. */
export const employeeSchema: Schema = {
  type: 'object',
  description: 'Somebody who tracks time. What is empty is left out.',
  properties: {
    employee_id: { ...idSchema('emp', 'Id of the employee.'), 'x-access': 'read-only' },
    name: { type: 'string', description: 'First and last name.', 'x-access': 'read-write' },
    title: { type: 'string', description: 'Title of the position.', 'x-access': 'read-write' },
    primary_department: {
      type: 'string',
      description: 'Name of the primary department. It is set by `department_id` or `department_name`.',
      'x-access': 'read-only',
    },
    primary_department_id: { ...idSchema('dpt', 'Id of the primary department.'), 'x-access': 'read-only' },
    current_department: {
      type: 'string',
      description: 'Name of the department in which the employee is checked in, or was last.',
      'x-access': 'read-only',
    },
    current_department_id: { ...idSchema('dpt', 'Id of that department.'), 'x-access': 'read-only' },
    status: {
      enum: ['in', 'out'],
      description: '`in` while the employee is on the clock, breaks included.',
      'x-access': 'read-only',
    },
    custom_employee_id: {
      type: 'string',
      description: 'Id of the employee in another system, such as payroll; no two employees share one.',
      'x-access': 'read-write',
    },
    hourly_rate: {
      type: 'string',
      pattern: '^\\d+\\.\\d+$',
      description: 'Pay for an hour, a decimal number.',
      'x-access': 'read-write',
      'x-permission': 'Only administrators see and set it.',
    },
    pin: {
      type: 'string',
      pattern: '^\\d{4}$',
      description: 'Four digits with which the employee checks in; no two employees share them.',
      'x-access': 'read-write',
      'x-permission': mayLetIn,
    },
    card_number: {
      type: 'string',
      pattern: '^\\d{5,}$',
      description: 'Number of the employee’s card. It is given once and never to somebody else.',
      'x-access': 'read-only',
    },
    card_qr_code: {
      type: 'string',
      pattern: '^\\d{31}$',
      description: 'What the QR code on the card says.',
      'x-access': 'read-only',
      'x-permission': mayLetIn,
    },
    custom_fields: {
      type: 'object',
      description: 'Values of the firm’s own fields of people, by the name of the field.',
      additionalProperties: { type: 'string' },
      minProperties: 1,
      'x-access': 'read-write',
    },
  },
  required: ['employee_id', 'name', 'status', 'card_number'],
  additionalProperties: false,
};

/** The body that makes an employee, or replaces one. */
export const employeeBody: Schema = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      maxLength: 255,
      description: 'First and last name; what stands behind the last blank is the last name.',
    },
    department_id: idSchema('dpt', 'Primary department, by its id. It counts before `department_name`.'),
    department_name: {
      type: 'string',
      description: 'Primary department, by its name in any case of letters; one that does not exist yet is created.',
    },
    custom_employee_id: { type: 'string', description: 'Id of the employee in another system, such as payroll.' },
    title: { type: 'string', description: 'Title of the position.' },
    hourly_rate: {
      type: ['string', 'number'],
      description: 'Pay for an hour.',
      'x-permission': 'Only administrators may set it.',
    },
    pin: { type: 'string', pattern: '^\\d{4}$', description: 'Four digits that nobody else has.' },
    custom_fields: {
      type: 'object',
      description:
        'Values of the firm’s own fields of people, by the name of the field; in a form, `custom_fields[Phone Number]`.',
      additionalProperties: { type: 'string' },
    },
  },
  required: ['name'],
  // Inside of allOf, since generators of clients take a bare anyOf for other shapes of the whole.
  allOf: [{ anyOf: [{ required: ['department_id'] }, { required: ['department_name'] }] }],
};
