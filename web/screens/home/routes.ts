import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '../../shell-route.ts';
import { demandSession } from '../guards.ts';
import { Home } from './home.tsx';

/** The start page. */
export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: demandSession,
  component: Home,
});
