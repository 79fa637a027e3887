import type { Route } from '../route.ts';
import { deleteCalendar, getCalendar, listCalendars, postCalendar, putCalendar } from './handlers.ts';

const model = 'Calendar';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/calendars', handler: listCalendars, model },
  { method: 'POST', path: '/calendars', handler: postCalendar, model },
  { method: 'GET', path: '/calendars/:id', handler: getCalendar, model },
  { method: 'PUT', path: '/calendars/:id', handler: putCalendar, model },
  { method: 'DELETE', path: '/calendars/:id', handler: deleteCalendar, model },
];
