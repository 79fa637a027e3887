import type { Handler } from './handlers.ts';
import { createInvitations } from './invitations.ts';

/** Endpoints that take a POST and keep nothing that could be listed. */
export const actions: Readonly<Record<string, Handler>> = {
  invitations: createInvitations,
};
