import { personDoors, type Route } from '../route.ts';
import { about } from './about.ts';
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
const paths = ['/resources', '/users'] as const;

export const routes: readonly Route[] = paths.flatMap((path): Route[] => {
  const calls = about[path];
  const doors = personDoors;
  return [
    { method: 'GET', path, handler: listResources, model, doors, about: calls.list },
    { method: 'POST', path, handler: createResource, model, about: calls.create },
    { method: 'GET', path: `${path}/me`, handler: getOwnResource, model, doors, about: calls.getOwn },
    { method: 'PUT', path: `${path}/me`, handler: updateOwnResource, model, about: calls.updateOwn },
    { method: 'POST', path: `${path}/resetpassword`, handler: resetPassword, model, doors, about: calls.resetPassword },
    { method: 'GET', path: `${path}/timezone/:email`, handler: getTimezone, model, doors, about: calls.timezone },
    { method: 'GET', path: `${path}/:id`, handler: getResource, model, doors, about: calls.get },
    { method: 'PUT', path: `${path}/:id`, handler: updateResource, model, about: calls.update },
    { method: 'DELETE', path: `${path}/:id`, handler: deleteResource, model, about: calls.remove },
  ];
});
