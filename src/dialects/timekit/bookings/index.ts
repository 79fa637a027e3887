import { everyDoor, type Route } from '../route.ts';
import * as about from './about.ts';
import { postBulk, putBulk } from './bulk.ts';
import { getBookings, getGroup, getGroups } from './lists.ts';
import { getBooking, postBooking, postReschedule, putAction, removeBooking } from './one.ts';
import { postReserve, putExtend } from './reserve.ts';

const model = 'Booking';
const doors = everyDoor;

/** The calls about bookings. Reference: (c) Bookings; which keys may make them, (d). */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/bookings', model, handler: getBookings, about: about.listBookings },
  { method: 'POST', path: '/bookings', model, handler: postBooking, doors, about: about.createBooking },
  { method: 'GET', path: '/bookings/:id', model, handler: getBooking, about: about.getBooking },
  { method: 'DELETE', path: '/bookings/:id', model, handler: removeBooking, about: about.deleteBooking },
  { method: 'PUT', path: '/bookings/:id/:action', model, handler: putAction, about: about.takeAction },
  { method: 'POST', path: '/bookings/:id/reschedule', model, handler: postReschedule, doors, about: about.reschedule },
  { method: 'GET', path: '/bookings/groups', model, handler: getGroups, doors, about: about.listGroups },
  { method: 'GET', path: '/bookings/groups/:id', model, handler: getGroup, about: about.getGroup },
  { method: 'POST', path: '/bookings/bulk', model, handler: postBulk, about: about.createBulk },
  { method: 'PUT', path: '/bookings/bulk', model, handler: putBulk, list: 'also', about: about.updateBulk },
  { method: 'POST', path: '/bookings/reserve', model, handler: postReserve, about: about.reserve },
  { method: 'PUT', path: '/bookings/reserve/extend', model, handler: putExtend, about: about.extend },
];
