import { QueryClient } from '@tanstack/react-query';

/** What was read from the server, kept for as long as the page is open. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: 1 }, mutations: { retry: false } },
});
