import { createRouter } from '@tanstack/react-router';
import { docsRoutes } from './docs/routes.tsx';
import { accessRoutes } from './screens/access/routes.ts';
import { accountRoutes } from './screens/account/routes.ts';
import { homeRoute } from './screens/home/routes.ts';
import { NotFound } from './screens/not-found.tsx';
import { PageError } from './screens/page-error.tsx';
import { PagePending } from './screens/page-pending.tsx';
import { rootRoute, shellRoute } from './shell-route.ts';

const pages = [homeRoute, accessRoutes, ...accountRoutes, docsRoutes(shellRoute)] as const;

/** Every page of the app. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([shellRoute.addChildren(pages)]),
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: PageError,
  defaultPendingComponent: PagePending,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
