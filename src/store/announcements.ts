import pg from 'pg';
import type { CompanyCache } from './cache.ts';

const channel = 'openpunch';
const retryMilliseconds = 500;

/** Hears the changes that other connections announce. */
export interface Announcements {
  stop(): Promise<void>;
}

/**
 * Keeps a cache true to the database: forgets a company when one of its facts changed anywhere. While the connection
 * is down the cache keeps nothing.
 */
export async function listenForChanges(connection: pg.ClientConfig, cache: CompanyCache): Promise<Announcements> {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ ...connection, application_name: 'openpunch changes', keepAlive: true });
    next.on('error', () => undefined);
    next.on('end', () => {
      cache.pause(true);
      if (!stopped) timer = setTimeout(() => void connect().catch(again), retryMilliseconds);
    });
    next.on('notification', (message) => cache.forget(Number(message.payload)));
    await next.connect();
    await next.query(`LISTEN ${channel}`);
    client = next;
    cache.pause(false);
  };
  const again = (): void => {
    if (!stopped) timer = setTimeout(() => void connect().catch(again), retryMilliseconds);
  };

  cache.pause(true);
  await connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
