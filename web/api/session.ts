import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PasswordChange, Session, SessionAnswer, SignIn } from '../../src/dialects/web/shapes.ts';
import { request } from './request.ts';

/** Who is signed in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await request<SessionAnswer>('GET', '/web/session')).session,
  staleTime: 60_000,
});

/** Who is signed in: null for nobody, undefined while it is not known. */
export function useSession(): Session | null | undefined {
  return useQuery(sessionQuery).data;
}

/** Signs in. */
export function useSignIn() {
  return useSessionChange((input: SignIn) => request<SessionAnswer>('POST', '/web/session', input));
}

/** Gives the person who is signed in another password. */
export function useChangePassword() {
  return useSessionChange((input: PasswordChange) => request<SessionAnswer>('PUT', '/web/session/password', input));
}

/** Signs out here, or everywhere. */
export function useSignOut() {
  return useSessionChange(async (where: 'here' | 'everywhere') => {
    await request('DELETE', where === 'here' ? '/web/session' : '/web/sessions');
    return { session: null };
  });
}

/** Whoever signs in or out must not see what was read for another. */
function useSessionChange<Input>(change: (input: Input) => Promise<SessionAnswer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: ({ session }) => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      queries.setQueryData(sessionQuery.queryKey, session);
    },
  });
}
