import type { Endpoint } from '../handler.ts';
import { checkOut, closeShift } from './close.ts';
import { listShifts, showShift } from './read.ts';
import { said } from './said.ts';
import { createShift, deleteShift, replaceShift } from './write.ts';

/**
 * Endpoints of shifts, and the check-out that ends one. What the reference heads PUT its sample commands send as POST, for want
 * of -X PUT; both are taken. Reference: Shifts; Check-Out Employee.
 */
export const shifts: readonly Endpoint[] = [
  { method: 'GET', path: '/shifts', handler: listShifts, said: said.list },
  { method: 'POST', path: '/shifts', handler: createShift, said: said.create },
  { method: 'GET', path: '/shifts/:shift_id', handler: showShift, said: said.one },
  { method: 'PUT', path: '/shifts/:shift_id', handler: replaceShift, said: said.update },
  { method: 'DELETE', path: '/shifts/:shift_id', handler: deleteShift, said: said.remove },
  { method: 'PUT', path: '/shifts/:shift_id/close', handler: closeShift, said: said.close },
  { method: 'POST', path: '/shifts/:shift_id/close', handler: closeShift, said: said.closeByPost },
  { method: 'PUT', path: '/employees/:employee_id/check-out', handler: checkOut, said: said.checkOut },
  { method: 'POST', path: '/employees/:employee_id/check-out', handler: checkOut, said: said.checkOutByPost },
];
