import { everyDoor, type Route } from '../route.ts';
import { postBulk, putBulk } from './bulk.ts';
import { getBookings, getGroup, getGroups } from './lists.ts';
import { getBooking, postBooking, postReschedule, putAction, removeBooking } from './one.ts';
import { postReserve, putExtend } from './reserve.ts';

const model = 'Booking';

/** The calls about bookings. Reference: (c) Bookings; which keys may make them, (d). */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/bookings', model, handler: getBookings },
  { method: 'POST', path: '/bookings', model, handler: postBooking, doors: everyDoor },
  { method: 'GET', path: '/bookings/:id', model, handler: getBooking },
  { method: 'DELETE', path: '/bookings/:id', model, handler: removeBooking },
  { method: 'PUT', path: '/bookings/:id/:action', model, handler: putAction },
  { method: 'POST', path: '/bookings/:id/reschedule', model, handler: postReschedule, doors: everyDoor },
  { method: 'GET', path: '/bookings/groups', model, handler: getGroups, doors: everyDoor },
  { method: 'GET', path: '/bookings/groups/:id', model, handler: getGroup },
  { method: 'POST', path: '/bookings/bulk', model, handler: postBulk },
  { method: 'PUT', path: '/bookings/bulk', model, handler: putBulk, list: 'also' },
  { method: 'POST', path: '/bookings/reserve', model, handler: postReserve },
  { method: 'PUT', path: '/bookings/reserve/extend', model, handler: putExtend },
];
