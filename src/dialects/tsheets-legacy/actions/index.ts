import type { Action } from '../action.ts';

/** Every action of somebody who has logged in, by name. */
export const actions: Readonly<Record<string, Action>> = {};
