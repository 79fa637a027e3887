import { type ParsedLocation, redirect } from '@tanstack/react-router';
import type { Session } from '../../src/dialects/web/shapes.ts';
import { queryClient } from '../api/query-client.ts';
import { sessionQuery } from '../api/session.ts';

/** Lets only signed-in people on, whose password is their own; others go and see to that first, and come back. */
export async function demandSession({ location }: { location: ParsedLocation }): Promise<{ session: Session }> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  const search = location.href === '/' ? {} : { to: location.href };
  if (session === null) throw redirect({ to: '/account/sign-in', search });
  if (session.mustChangePassword) throw redirect({ to: '/account/password', search });
  return { session };
}
