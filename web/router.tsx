import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Shell } from './components/shell.tsx';
import { docsRoutes } from './docs/routes.tsx';
import { Home } from './screens/home.tsx';
import { NotFound } from './screens/not-found.tsx';
import { PageError } from './screens/page-error.tsx';

const root = createRootRoute();
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home });

/** Every page of the app. */
export const router = createRouter({
  routeTree: root.addChildren([shell.addChildren([home, docsRoutes(shell)])]),
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: PageError,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
