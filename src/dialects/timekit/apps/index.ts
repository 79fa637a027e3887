import type { Door } from '../../../operations/tokens.ts';
import { personDoors, type Route } from '../route.ts';
import * as about from './about.ts';
import { deleteApp, getApp, listApps, postApp, putApp } from './handlers.ts';

const model = 'App';
/** An application's own key does not reach other applications. */
const doors: readonly Door[] = ['timekit-server'];

export const routes: readonly Route[] = [
  { method: 'GET', path: '/app', handler: getApp, model, doors: personDoors, about: about.getApp },
  { method: 'GET', path: '/apps', handler: listApps, model, doors, about: about.listApps },
  { method: 'POST', path: '/apps', handler: postApp, model, doors, about: about.createApp },
  { method: 'PUT', path: '/apps/:slug', handler: putApp, model, doors, about: about.updateApp },
  { method: 'DELETE', path: '/apps/:slug', handler: deleteApp, model, doors, about: about.deleteApp },
];
