import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BookingApp, Session, TryToken, TryTokenRequest } from '../../../src/dialects/web/shapes.ts';
import type { DialectName } from '../../../src/http/openapi/types.ts';
import { bookingAppsQuery } from '../../api/booking-apps.ts';
import { request } from '../../api/request.ts';
import { useSession } from '../../api/session.ts';

/** A token is replaced when it ends within this many milliseconds. */
const margin = 60_000;

/** Where the key for trying one API comes from. What is chosen holds for all of its endpoints, in memory alone. */
export interface TryKey {
  readonly session: Session | null | undefined;
  /** A key of his own, which somebody typed in; '' for none. */
  readonly pasted: string;
  paste(key: string): void;
  /** The apps to choose from; undefined where the API has none, or they may not be seen. */
  readonly apps: readonly BookingApp[] | undefined;
  readonly app: string | undefined;
  chooseApp(slug: string): void;
  /** Whether there is a key to send. */
  readonly ready: boolean;
  /** The key; asks the server for one that acts as the person who is signed in, where there is none yet. */
  obtain(): Promise<string>;
}

/** The key for trying an API. */
export function useTryKey(door: DialectName): TryKey {
  const queries = useQueryClient();
  const session = useSession();
  const kept = { queryFn: () => '', initialData: '', staleTime: Number.POSITIVE_INFINITY };
  const pasteKey = ['docs', 'pasted', door];
  const appKey = ['docs', 'booking-app'];
  const { data: pasted } = useQuery({ queryKey: pasteKey, ...kept });
  const { data: chosen } = useQuery({ queryKey: appKey, ...kept });
  const needsApp = door === 'timekit';
  const { data } = useQuery({ ...bookingAppsQuery, enabled: needsApp && session?.person.admin === true });
  const apps = needsApp ? data?.filter(({ active }) => active) : undefined;
  const app = apps?.find(({ slug }) => slug === chosen)?.slug ?? apps?.[0]?.slug;
  const obtain = async () => {
    if (pasted !== '') return pasted;
    const queryKey = ['docs', 'try-token', session?.person.id, door, app ?? ''];
    const given = queries.getQueryData<TryToken>(queryKey);
    if (given !== undefined && Date.parse(given.expiresAt) - Date.now() > margin) return given.token;
    const asked: TryTokenRequest = needsApp && app !== undefined ? { door, bookingApp: app } : { door };
    const fresh = await request<TryToken>('POST', '/web/try-token', asked);
    queries.setQueryData(queryKey, fresh);
    return fresh.token;
  };
  return {
    session,
    pasted,
    paste: (key) => queries.setQueryData(pasteKey, key.trim()),
    apps,
    app,
    chooseApp: (slug) => queries.setQueryData(appKey, slug),
    ready: pasted !== '' || (session != null && (!needsApp || app !== undefined)),
    obtain,
  };
}
