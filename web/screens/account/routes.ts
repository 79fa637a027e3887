import { createRoute, redirect } from '@tanstack/react-router';
import { queryClient } from '../../api/query-client.ts';
import { sessionQuery } from '../../api/session.ts';
import { shellRoute } from '../../shell-route.ts';
import { ChangePassword } from './change-password.tsx';
import { SignIn } from './sign-in.tsx';

interface Onward {
  /** Where to go afterwards; a path of this app. */
  readonly to?: string;
}

/** An address of another site must not come in by a link to the sign-in page. */
function onward({ to }: Record<string, unknown>): Onward {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {};
}

const signIn = createRoute({
  getParentRoute: () => shellRoute,
  path: 'account/sign-in',
  validateSearch: onward,
  beforeLoad: async ({ search }) => {
    if ((await queryClient.ensureQueryData(sessionQuery)) !== null) throw redirect({ href: search.to ?? '/' });
  },
  component: SignIn,
});

const password = createRoute({
  getParentRoute: () => shellRoute,
  path: 'account/password',
  validateSearch: onward,
  beforeLoad: async () => {
    if ((await queryClient.ensureQueryData(sessionQuery)) === null) throw redirect({ to: '/account/sign-in' });
  },
  component: ChangePassword,
});

/** Signing in, and what belongs to a person's account. */
export const accountRoutes = [signIn, password] as const;
