import type { Route } from '../route.ts';
import { personDoors } from '../route.ts';
import { getApp } from './handlers.ts';

export const routes: readonly Route[] = [
  { method: 'GET', path: '/app', handler: getApp, doors: personDoors, model: 'App' },
];
