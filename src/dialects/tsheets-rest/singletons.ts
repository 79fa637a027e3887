import type { Handler } from './handlers.ts';

/** Endpoints that answer with something else than a list of rows. */
export const singletons: Readonly<Record<string, Handler>> = {};
