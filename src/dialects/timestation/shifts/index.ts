import type { Endpoint } from '../handler.ts';
import { checkOut, closeShift } from './close.ts';
import { listShifts, showShift } from './read.ts';
import { createShift, deleteShift, replaceShift } from './write.ts';

/**
 * Endpoints of shifts, and the check-out that ends one. What the reference heads PUT its sample commands send as POST, for want
 * of -X PUT; both are taken. Reference: Shifts; Check-Out Employee.
 */
export const shifts: readonly Endpoint[] = [
  { method: 'GET', path: '/shifts', handler: listShifts },
  { method: 'POST', path: '/shifts', handler: createShift },
  { method: 'GET', path: '/shifts/:shift_id', handler: showShift },
  { method: 'PUT', path: '/shifts/:shift_id', handler: replaceShift },
  { method: 'DELETE', path: '/shifts/:shift_id', handler: deleteShift },
  { method: 'PUT', path: '/shifts/:shift_id/close', handler: closeShift },
  { method: 'POST', path: '/shifts/:shift_id/close', handler: closeShift },
  { method: 'PUT', path: '/employees/:employee_id/check-out', handler: checkOut },
  { method: 'POST', path: '/employees/:employee_id/check-out', handler: checkOut },
];
