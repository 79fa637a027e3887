import { createRootRoute, createRoute } from '@tanstack/react-router';
import { Shell } from './components/shell.tsx';

/** Above every address. */
export const rootRoute = createRootRoute();

/** The frame that every page stands in. */
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: Shell });
