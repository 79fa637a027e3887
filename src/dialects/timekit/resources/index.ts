import { personDoors, type Route } from '../route.ts';
import {
  createResource,
  deleteResource,
  getOwnResource,
  getResource,
  getTimezone,
  listResources,
  resetPassword,
  updateOwnResource,
  updateResource,
} from './handlers.ts';

const model = 'Resource';

/** Timekit's first name of resources was users. */
export const routes: readonly Route[] = ['/resources', '/users'].flatMap((path): Route[] => [
  { method: 'GET', path, handler: listResources, model, doors: personDoors },
  { method: 'POST', path, handler: createResource, model },
  { method: 'GET', path: `${path}/me`, handler: getOwnResource, model, doors: personDoors },
  { method: 'PUT', path: `${path}/me`, handler: updateOwnResource, model },
  { method: 'POST', path: `${path}/resetpassword`, handler: resetPassword, model, doors: personDoors },
  { method: 'GET', path: `${path}/timezone/:email`, handler: getTimezone, model, doors: personDoors },
  { method: 'GET', path: `${path}/:id`, handler: getResource, model, doors: personDoors },
  { method: 'PUT', path: `${path}/:id`, handler: updateResource, model },
  { method: 'DELETE', path: `${path}/:id`, handler: deleteResource, model },
]);
