import type { Ctx } from '../../../engine/context.ts';
import { valuesByIds } from '../../../engine/values.ts';
import { DomainError } from '../../../lib/errors.ts';
import { isoLocal } from '../../../lib/time.ts';
import { type Punch, type Shift, shiftOf, shiftsOf } from '../../../reports/shifts/shifts.ts';
import { users } from '../../../resources/users/definition.ts';
import { demand } from '../fields.ts';
import type { Handler } from '../handler.ts';
import { idOf, noSuch, numberOf } from '../ids.ts';
import { dayIn } from './fields.ts';

/** What one list shows at most. Reference: List Shifts. */
const mostShifts = 2_000;
/** Decimals of a coordinate: some ten centimetres. */
const decimals = 6;

/** GET /shifts */
export const listShifts: Handler = async ({ ctx, query }) => {
  const userId = numberOf('emp', demand(query, 'employee_id'));
  const [from, to] = [dayIn(query, 'start_date'), dayIn(query, 'end_date')];
  if (from !== undefined && to !== undefined && to < from)
    throw new DomainError('invalid', 'end_date must not lie before start_date', { field: 'end_date' });
  // Those who left keep their shifts.
  if (!(await valuesByIds(ctx, users, [userId])).has(userId)) throw noSuch('emp');
  const found = await shiftsOf(ctx, { userId, from, to, limit: mostShifts });
  return { shifts: found.map(shiftJson) };
};

/** GET /shifts/{shift_id} */
export const showShift: Handler = async ({ ctx, params }) => ({
  shift: shiftJson(await shiftIn(ctx, params.shift_id ?? '')),
});

/** The shift that an address names. Throws 'not-found' for what is none that the key's user may see. */
export async function shiftIn(ctx: Ctx, text: string): Promise<Shift> {
  const shift = await shiftOf(ctx, numberOf('shft', text));
  if (shift === undefined) throw noSuch('shft');
  return shift;
}

function shiftJson({ id, userId, departmentId, worked, notes, in: came, out: went }: Shift): object {
  return {
    shift_id: idOf('shft', id),
    employee_id: idOf('emp', userId),
    ...(departmentId === null ? {} : { department_id: idOf('dpt', departmentId) }),
    ...(worked === undefined ? {} : { total_minutes: String(Math.round(worked / 60)) }),
    ...(notes === '' ? {} : { notes }),
    in: punchJson(came),
    ...(went === undefined ? {} : { out: punchJson(went) }),
  };
}

function punchJson({ at, offset, place }: Punch): object {
  const time = isoLocal(at, offset);
  if (place === undefined) return { time };
  const { device, latitude, longitude } = place;
  const coordinates = { latitude: latitude.toFixed(decimals), longitude: longitude.toFixed(decimals) };
  return { time, ...(device === '' ? {} : { device }), location: { coordinates } };
}
