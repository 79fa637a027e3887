import type { Ctx } from '../../../engine/context.ts';
import { DomainError } from '../../../lib/errors.ts';
import { clockOut, type Punch } from '../../../operations/clock.ts';
import { type Fields, textIn } from '../fields.ts';
import type { Handler } from '../handler.ts';
import { idOf } from '../ids.ts';
import { employeeIn, momentIn, withOurIds } from './fields.ts';
import { shiftIn } from './read.ts';

/** PUT /shifts/{shift_id}/close */
export const closeShift: Handler = async ({ ctx, params, body }) => {
  const { id, userId, out } = await shiftIn(ctx, params.shift_id ?? '');
  if (out !== undefined) throw new DomainError('conflict', 'The shift is closed already');
  await withOurIds(clockOut(ctx, punchIn(ctx, userId, body), id));
  return { shift: { shift_id: idOf('shft', id) } };
};

/** PUT /employees/{employee_id}/check-out: ends what the employee is on the clock for, a break too. */
export const checkOut: Handler = async ({ ctx, params, body }) => {
  const employeeId = await employeeIn(ctx, params.employee_id ?? '');
  await withOurIds(clockOut(ctx, punchIn(ctx, employeeId, body)));
  return { employee: { employee_id: idOf('emp', employeeId) } };
};

/** A punch now or when the body says; notes and a deduction that are not given stay as they are. */
function punchIn(ctx: Ctx, userId: number, body: Fields): Punch {
  return {
    userId,
    at: momentIn(body, 'time_out') ?? ctx.now,
    notes: textIn(body, 'notes'),
    deductionMinutes: textIn(body, 'time_deduction_minutes'),
  };
}
