import type { Ctx } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { createOne, removeOne, updateOne } from '../../../engine/values.ts';
import { writeTimeIn } from '../../../operations/departments.ts';
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
  const userId = await employeeIn(ctx, employee);
  const department = await departmentIn(ctx, body);
  const item = {
    type: 'regular',
    user_id: userId,
    jobcode_id: Number(department.id),
    start: instantOf(start),
    end: instantOf(momentIn(body, 'time_out')),
    notes: textIn(body, 'notes'),
    deduction_minutes: textIn(body, 'time_deduction_minutes'),
  };
  const { id } = await withOurIds(
    writeTimeIn(ctx, userId, department, (inside) => createOne(inside, timesheets, item)),
  );
  return answer(Number(id));
};

/** PUT /shifts/{shift_id}: all of it is replaced, so that notes and a deduction that are not given are cleared. */
export const replaceShift: Handler = async ({ ctx, params, body }) => {
  const { id, userId, out, departmentId } = await shiftIn(ctx, params.shift_id ?? '');
  const stays = departmentId !== null && demand(body, 'department_id') === idOf('dpt', departmentId);
  // Whatever the shift is on within its department, archived or not, it stays on.
  const department = stays ? undefined : await departmentIn(ctx, body);
  const start = demandMoment(body, 'time_in');
  // Only an open shift can stay without an end.
  const end = out === undefined ? momentIn(body, 'time_out') : demandMoment(body, 'time_out');
  const item = {
    ...(department === undefined ? {} : { jobcode_id: Number(department.id) }),
    start: instantOf(start),
    end: instantOf(end),
    notes: textIn(body, 'notes') ?? '',
    deduction_minutes: textIn(body, 'time_deduction_minutes') ?? '',
  };
  const write = (inside: Ctx): Promise<Values> => updateOne(inside, timesheets, id, item);
  await withOurIds(department === undefined ? write(ctx) : writeTimeIn(ctx, userId, department, write));
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
