import type { Route } from '../route.ts';
import * as about from './about.ts';
import { deleteCalendar, getCalendar, listCalendars, postCalendar, putCalendar } from './handlers.ts';

const model = 'Calendar';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/calendars', handler: listCalendars, model, about: about.listCalendars },
  { method: 'POST', path: '/calendars', handler: postCalendar, model, about: about.createCalendar },
  { method: 'GET', path: '/calendars/:id', handler: getCalendar, model, about: about.getCalendar },
  { method: 'PUT', path: '/calendars/:id', handler: putCalendar, model, about: about.updateCalendar },
  { method: 'DELETE', path: '/calendars/:id', handler: deleteCalendar, model, about: about.deleteCalendar },
];
