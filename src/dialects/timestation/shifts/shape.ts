import type { Schema } from '../../../http/openapi/types.ts';
import { idSchema, momentSchema, named } from '../openapi/parts.ts';

const coordinate: Schema = { type: 'string', pattern: '^-?\\d+\\.\\d{6}$' };

/** A check-in or a check-out in an answer. */
export const punchSchema: Schema = {
  type: 'object',
  description: 'A check-in or a check-out, as it was made.',
  properties: {
    time: {
      type: 'string',
      format: 'date-time',
      description: 'When, with the UTC offset that the employee had then.',
      'x-access': 'read-write',
    },
    device: {
      type: 'string',
      description: 'Device that reported the place, where it is known.',
      'x-access': 'read-only',
    },
    location: {
      type: 'object',
      description: 'Where, when a position was reported within five minutes.',
      properties: {
        coordinates: {
          type: 'object',
          properties: {
            latitude: { ...coordinate, description: 'Degrees north.' },
            longitude: { ...coordinate, description: 'Degrees east.' },
          },
          required: ['latitude', 'longitude'],
          additionalProperties: false,
        },
      },
      required: ['coordinates'],
      additionalProperties: false,
      'x-access': 'read-only',
    },
  },
  required: ['time'],
  additionalProperties: false,
};

/** A shift in an answer. */
export const shiftSchema: Schema = {
  type: 'object',
  description: 'Work of one employee from a check-in to a check-out.',
  properties: {
    shift_id: { ...idSchema('shft', 'Id of the shift.'), 'x-access': 'read-only' },
    employee_id: { ...idSchema('emp', 'Whose shift it is.'), 'x-access': 'write-once' },
    department_id: {
      ...idSchema('dpt', 'Department that was worked in; left out for work in none.'),
      'x-access': 'read-write',
    },
    total_minutes: {
      type: 'string',
      pattern: '^\\d+$',
      description:
        'Minutes that payroll counts: rounded by the account’s rules, less deductions. Left out while it is open.',
      'x-access': 'read-only',
    },
    notes: { type: 'string', description: 'Notes; left out where there are none.', 'x-access': 'read-write' },
    in: { ...named('TimeStationPunch'), description: 'The check-in.', 'x-access': 'read-write' },
    out: {
      ...named('TimeStationPunch'),
      description: 'The check-out; left out while the shift is open.',
      'x-access': 'read-write',
    },
  },
  required: ['shift_id', 'employee_id', 'in'],
  additionalProperties: false,
};

const notes: Schema = { type: 'string', maxLength: 2_000, description: 'Notes on the shift.' };

const deduction: Schema = {
  type: ['string', 'integer'],
  description: 'Minutes to deduct, in place of what breaks deduct by themselves.',
};

/** The body that closes a shift. All of it may be left out. */
export const closingBody: Schema = {
  type: 'object',
  properties: {
    time_out: momentSchema('Check-out; now when it is not given.'),
    notes: { ...notes, description: 'Notes on the shift; those that are there stay when none are given.' },
    time_deduction_minutes: deduction,
  },
};

/** The body that replaces a shift. */
export const shiftBody: Schema = {
  type: 'object',
  properties: {
    department_id: idSchema('dpt', 'Department that was worked in.'),
    time_in: momentSchema('Check-in.'),
    time_out: momentSchema('Check-out. An open shift stays open without it; a closed one needs it.'),
    notes,
    time_deduction_minutes: deduction,
  },
  required: ['department_id', 'time_in'],
};

/** The body that makes a shift. */
export const newShiftBody: Schema = {
  ...shiftBody,
  properties: {
    employee_id: idSchema('emp', 'Whose shift it is.'),
    ...shiftBody.properties,
    time_out: momentSchema('Check-out. Without it the employee is checked in.'),
  },
  required: ['employee_id', 'department_id', 'time_in'],
};

/** The query of the list. */
export const shiftQuery: Schema = {
  type: 'object',
  properties: {
    employee_id: idSchema('emp', 'Whose shifts are listed.'),
    start_date: { type: 'string', format: 'date', description: 'First day, `YYYY-MM-DD`.' },
    end_date: { type: 'string', format: 'date', description: 'Last day, `YYYY-MM-DD`.' },
  },
  required: ['employee_id'],
};
