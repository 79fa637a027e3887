import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { RequestFailed } from './request.ts';
import { sessionQuery } from './session.ts';

/** A session that has ended elsewhere shows by a refusal; then nobody is signed in here any more. */
function noticeEnd(error: Error): void {
  if (!(error instanceof RequestFailed) || error.status !== 401) return;
  if (queryClient.getQueryData(sessionQuery.queryKey) !== null) queryClient.setQueryData(sessionQuery.queryKey, null);
}

const worthRepeating = (count: number, error: Error): boolean =>
  count < 2 && error instanceof RequestFailed && (error.status === 0 || error.status >= 500);

/** What was read from the server, kept for as long as the page is open. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: { queries: { staleTime: 10_000, retry: worthRepeating } },
});
