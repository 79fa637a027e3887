import type { Route } from '../route.ts';
import * as about from './about.ts';
import { deleteEvent, getEvent, listEvents, postEvent, putEvent } from './handlers.ts';

const model = 'Event';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/events', handler: listEvents, model, about: about.listEvents },
  { method: 'POST', path: '/events', handler: postEvent, model, about: about.createEvent },
  { method: 'GET', path: '/events/:id', handler: getEvent, model, about: about.getEvent },
  { method: 'PUT', path: '/events/:id', handler: putEvent, model, about: about.updateEvent },
  { method: 'DELETE', path: '/events/:id', handler: deleteEvent, model, about: about.deleteEvent },
];
