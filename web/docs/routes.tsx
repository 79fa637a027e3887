import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** The routes of the documentation site, below a route of the shell. Their components are loaded when they are opened. */
export function docsRoutes<Parent extends AnyRoute>(parent: Parent) {
  const docs = createRoute({
    getParentRoute: () => parent,
    path: 'docs',
    component: lazyRouteComponent(() => import('./layout/docs-layout.tsx'), 'DocsLayout'),
  });
  const start = createRoute({
    getParentRoute: () => docs,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/start-page.tsx'), 'StartPage'),
  });
  const guide = createRoute({
    getParentRoute: () => docs,
    path: 'guides/$slug',
    component: lazyRouteComponent(() => import('./pages/guide-page.tsx'), 'GuidePage'),
  });
  const dialect = createRoute({
    getParentRoute: () => docs,
    path: 'api/$dialect',
    component: lazyRouteComponent(() => import('./pages/dialect-page.tsx'), 'DialectPage'),
  });
  const object = createRoute({
    getParentRoute: () => docs,
    path: 'api/$dialect/$tag',
    component: lazyRouteComponent(() => import('./pages/object-page.tsx'), 'ObjectPage'),
  });
  const changelog = createRoute({
    getParentRoute: () => docs,
    path: 'changelog',
    component: lazyRouteComponent(() => import('./pages/changelog-page.tsx'), 'ChangelogPage'),
  });
  return docs.addChildren([start, guide, dialect, object, changelog]);
}
