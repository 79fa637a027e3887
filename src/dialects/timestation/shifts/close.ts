import type { Ctx } from '../../../engine/context.ts';
import { listValues, updateOne } from '../../../engine/values.ts';
import { DomainError } from '../../../lib/errors.ts';
import { isoLocal } from '../../../lib/time.ts';
import { timesheets } from '../../../resources/timesheets/definition.ts';
import { type Fields, textIn } from '../fields.ts';
import type { Handler } from '../handler.ts';
import { idOf } from '../ids.ts';
import { employeeIn, momentIn, withOurIds } from './fields.ts';
import { shiftIn } from './read.ts';

/** PUT /shifts/{shift_id}/close */
export const closeShift: Handler = async ({ ctx, params, body }) => {
  const { id, out } = await shiftIn(ctx, params.shift_id ?? '');
  if (out !== undefined) throw new DomainError('conflict', 'The shift is closed already');
  await close(ctx, id, body);
  return { shift: { shift_id: idOf('shft', id) } };
};

/** PUT /employees/{employee_id}/check-out: ends what the employee is on the clock for, whatever it is. */
export const checkOut: Handler = async ({ ctx, params, body }) => {
  const employeeId = await employeeIn(ctx, params.employee_id ?? '');
  const { rows } = await listValues(ctx, timesheets, {
    params: { user_ids: String(employeeId), on_the_clock: 'yes', start_date: '1970-01-01' },
    limit: 1,
  });
  const [open] = rows;
  if (open === undefined) throw new DomainError('conflict', 'The employee is not checked in');
  await close(ctx, Number(open.id), body);
  return { employee: { employee_id: idOf('emp', employeeId) } };
};

/** Ends an open timesheet now or when the body says; notes and a deduction that are not given stay as they are. */
async function close(ctx: Ctx, id: number, body: Fields): Promise<void> {
  const item = {
    end: momentIn(body, 'time_out') ?? isoLocal(ctx.now, 0),
    notes: textIn(body, 'notes'),
    deduction_minutes: textIn(body, 'time_deduction_minutes'),
  };
  await withOurIds(updateOne(ctx, timesheets, id, item));
}
