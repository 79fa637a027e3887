import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** The routes of the documentation site, below a route of the shell. Their components are loaded when they are opened. */
export function docsRoutes<Parent extends AnyRoute>(parent: Parent) {
  const docs = createRoute({ getParentRoute: () => parent, path: 'docs' });
  const start = createRoute({
    getParentRoute: () => docs,
    path: '/',
    component: lazyRouteComponent(() => import('./start.tsx'), 'Start'),
  });
  return docs.addChildren([start]);
}
