import { createOne, removeOne, updateOne } from '../../../engine/values.ts';
import { timesheets } from '../../../resources/timesheets/definition.ts';
import { demand, textIn } from '../fields.ts';
import type { Handler } from '../handler.ts';
import { idOf } from '../ids.ts';
import { demandMoment, departmentIn, employeeIn, instantOf, momentIn, withOurIds } from './fields.ts';
import { shiftIn } from './read.ts';

/** POST /shifts: a closed shift, or without time_out an open one. */
export const createShift: Handler = async ({ ctx, body }) => {
  const employee = demand(body, 'employee_id');
  demand(body, 'department_id');
  const start = demandMoment(body, 'time_in');
  const item = {
    type: 'regular',
    user_id: await employeeIn(ctx, employee),
    jobcode_id: await departmentIn(ctx, body),
    start: instantOf(start),
    end: instantOf(momentIn(body, 'time_out')),
    notes: textIn(body, 'notes'),
    deduction_minutes: textIn(body, 'time_deduction_minutes'),
  };
  const { id } = await withOurIds(createOne(ctx, timesheets, item));
  return answer(Number(id));
};

/** PUT /shifts/{shift_id}: all of it is replaced, so that notes and a deduction that are not given are cleared. */
export const replaceShift: Handler = async ({ ctx, params, body }) => {
  const { id, out, departmentId } = await shiftIn(ctx, params.shift_id ?? '');
  const stays = departmentId !== null && demand(body, 'department_id') === idOf('dpt', departmentId);
  const start = demandMoment(body, 'time_in');
  // Only an open shift can stay without an end.
  const end = out === undefined ? momentIn(body, 'time_out') : demandMoment(body, 'time_out');
  const item = {
    // Whatever the shift is on within its department, archived or not, it stays on.
    ...(stays ? {} : { jobcode_id: await departmentIn(ctx, body) }),
    start: instantOf(start),
    end: instantOf(end),
    notes: textIn(body, 'notes') ?? '',
    deduction_minutes: textIn(body, 'time_deduction_minutes') ?? '',
  };
  await withOurIds(updateOne(ctx, timesheets, id, item));
  return answer(id);
};

/** DELETE /shifts/{shift_id} */
export const deleteShift: Handler = async ({ ctx, params }) => {
  const { id } = await shiftIn(ctx, params.shift_id ?? '');
  await withOurIds(removeOne(ctx, timesheets, id));
  return answer(id);
};

function answer(id: number): object {
  return { shift: { shift_id: idOf('shft', id) } };
}
