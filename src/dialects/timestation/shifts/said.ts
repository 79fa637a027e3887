import type { Said } from '../handler.ts';
import { firm } from '../openapi/firm.ts';
import { idSchema, named, only, written } from '../openapi/parts.ts';
import { closingBody, newShiftBody, shiftBody, shiftQuery } from './shape.ts';

const answer = written('shift', 'shift_id', idSchema('shft', 'Id of the shift.'));
const [friday, monday] = [firm.friday, firm.monday].map((id) => ({ shift: { shift_id: id } })) as [object, object];

const fridayShown = {
  shift_id: firm.friday,
  employee_id: firm.hannah,
  department_id: firm.fieldService,
  total_minutes: '510',
  notes: 'Forgot to check in; the boiler took longer',
  in: { time: '2026-06-12T07:30:00-04:00' },
  out: { time: '2026-06-12T16:30:00-04:00' },
};
const mondayShown = {
  shift_id: firm.monday,
  employee_id: firm.hannah,
  department_id: firm.fieldService,
  total_minutes: '270',
  notes: 'Filters at Harbor Point',
  in: { time: '2026-06-15T07:30:00-04:00' },
  out: { time: '2026-06-15T12:00:00-04:00' },
};

const byPost = 'The same as by PUT, which is the one to use: samples of this API were published that send a POST.';

const close: Said = {
  name: 'closeShift',
  summary: 'Close a shift',
  description: 'Checks the employee out of an open shift.',
  ruled: true,
  body: closingBody,
  answer,
  examples: [
    {
      summary: 'At noon',
      params: { shift_id: firm.monday },
      body: { time_out: '2026-06-15T12:00:00-04:00', notes: 'Filters at Harbor Point' },
      answer: monday,
    },
  ],
};

const checkOut: Said = {
  name: 'checkOutEmployee',
  summary: 'Check an employee out',
  description: 'Closes what the employee is on the clock for, a break too.',
  ruled: true,
  body: closingBody,
  answer: written('employee', 'employee_id', idSchema('emp', 'Id of the employee.')),
  examples: [
    {
      summary: 'A quarter before two',
      params: { employee_id: firm.hannah },
      body: { time_out: '2026-06-15T13:45:00-04:00', time_deduction_minutes: 15 },
      answer: { employee: { employee_id: firm.hannah } },
    },
  ],
};

/** What the OpenAPI document says of the endpoints of shifts. */
export const said = {
  list: {
    name: 'listShifts',
    summary: 'List shifts',
    description:
      'Shifts of one employee, the newest first, at most 2,000, by the day of the check-in. Those who left have theirs.',
    query: shiftQuery,
    answer: only('shifts', { type: 'array', items: named('TimeStationShift'), maxItems: 2_000 }),
    examples: [
      {
        summary: 'The first half of June',
        query: { employee_id: firm.hannah, start_date: '2026-06-01', end_date: '2026-06-15' },
        answer: { shifts: [mondayShown, fridayShown] },
      },
    ],
  },
  one: {
    name: 'getShift',
    summary: 'Get a shift',
    answer: only('shift', named('TimeStationShift')),
    examples: [{ summary: 'One shift', params: { shift_id: firm.friday }, answer: { shift: fridayShown } }],
  },
  create: {
    name: 'createShift',
    summary: 'Create a shift',
    description:
      'A closed shift, or without `time_out` an open one. A department that is not the employee’s becomes a secondary one, ' +
      'where the key’s user may assign it.',
    ruled: true,
    body: newShiftBody,
    answer,
    examples: [
      {
        summary: 'A closed shift',
        body: {
          employee_id: firm.hannah,
          department_id: firm.fieldService,
          time_in: '2026-06-12T07:30:00-04:00',
          time_out: '2026-06-12T16:00:00-04:00',
          notes: 'Forgot to check in',
          time_deduction_minutes: 30,
        },
        answer: friday,
      },
      {
        summary: 'A check-in',
        body: {
          employee_id: firm.hannah,
          department_id: firm.fieldService,
          time_in: '2026-06-15T07:30:00-04:00',
        },
        answer: monday,
      },
    ],
  },
  update: {
    name: 'updateShift',
    summary: 'Replace a shift',
    description: 'The shift becomes what the body says: notes and a deduction that are not sent are cleared.',
    ruled: true,
    body: shiftBody,
    answer,
    examples: [
      {
        summary: 'Half an hour longer',
        params: { shift_id: firm.friday },
        body: {
          department_id: firm.fieldService,
          time_in: '2026-06-12T07:30:00-04:00',
          time_out: '2026-06-12T16:30:00-04:00',
          notes: 'Forgot to check in; the boiler took longer',
          time_deduction_minutes: 30,
        },
        answer: friday,
      },
    ],
  },
  remove: {
    name: 'deleteShift',
    summary: 'Delete a shift',
    ruled: true,
    answer,
    examples: [{ summary: 'A shift that never was', params: { shift_id: firm.friday }, answer: friday }],
  },
  close,
  closeByPost: { ...close, name: 'closeShiftByPost', description: byPost, sameAs: close.name },
  checkOut,
  checkOutByPost: { ...checkOut, name: 'checkOutEmployeeByPost', description: byPost, sameAs: checkOut.name },
} as const satisfies Readonly<Record<string, Said>>;
