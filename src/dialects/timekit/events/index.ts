import type { Route } from '../route.ts';
import { deleteEvent, getEvent, listEvents, postEvent, putEvent } from './handlers.ts';

const model = 'Event';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/events', handler: listEvents, model },
  { method: 'POST', path: '/events', handler: postEvent, model },
  { method: 'GET', path: '/events/:id', handler: getEvent, model },
  { method: 'PUT', path: '/events/:id', handler: putEvent, model },
  { method: 'DELETE', path: '/events/:id', handler: deleteEvent, model },
];
