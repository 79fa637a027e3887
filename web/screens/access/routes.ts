import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell-route.ts';
import { demandSession } from '../guards.ts';
// Reads the code that somebody comes back with as soon as the app starts.
import './obtain/arrival.ts';

/** What all pages below "API access" have in common. */
export const accessRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: 'api-access',
  beforeLoad: demandSession,
  component: lazyRouteComponent(() => import('./frame.tsx'), 'Frame'),
});
const below = { getParentRoute: () => accessRoute };

const overview = createRoute({
  ...below,
  path: '/',
  component: lazyRouteComponent(() => import('./overview.tsx'), 'Overview'),
});
const applications = createRoute({
  ...below,
  path: 'applications',
  component: lazyRouteComponent(() => import('./applications/list.tsx'), 'ApplicationList'),
});
const application = createRoute({
  ...below,
  path: 'applications/$clientId',
  component: lazyRouteComponent(() => import('./applications/detail.tsx'), 'ApplicationDetail'),
});
const tokens = createRoute({
  ...below,
  path: 'tokens',
  component: lazyRouteComponent(() => import('./keys/pages.tsx'), 'TokensPage'),
});
const timestation = createRoute({
  ...below,
  path: 'timestation-keys',
  component: lazyRouteComponent(() => import('./keys/pages.tsx'), 'TimeStationPage'),
});
const legacy = createRoute({
  ...below,
  path: 'legacy-keys',
  component: lazyRouteComponent(() => import('./keys/pages.tsx'), 'LegacyPage'),
});
const bookingApps = createRoute({
  ...below,
  path: 'timekit-apps',
  component: lazyRouteComponent(() => import('./booking-apps/list.tsx'), 'BookingAppList'),
});
const webhooks = createRoute({
  ...below,
  path: 'webhooks',
  component: lazyRouteComponent(() => import('./webhooks/list.tsx'), 'WebhookList'),
});
const webhook = createRoute({
  ...below,
  path: 'webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./webhooks/detail.tsx'), 'WebhookDetail'),
});
const obtain = createRoute({
  ...below,
  path: 'obtain-a-token',
  component: lazyRouteComponent(() => import('./obtain/page.tsx'), 'ObtainPage'),
});

/** The pages below "API access". */
export const accessRoutes = accessRoute.addChildren([
  overview,
  applications,
  application,
  tokens,
  timestation,
  legacy,
  bookingApps,
  webhooks,
  webhook,
  obtain,
]);
