import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Config } from '../config.ts';
import { createServices, type Services } from '../http/services.ts';
import { TestClock } from '../http/test-clock.ts';
import { systemClock } from '../lib/clock.ts';
import { listenForChanges } from '../store/announcements.ts';
import { CompanyCache } from '../store/cache.ts';
import { openDatabase } from '../store/db.ts';
import { type EmbeddedDatabase, startEmbedded } from '../store/embedded/index.ts';
import { migrate } from '../store/migrate.ts';

/** The services of a command, with the database behind them. */
export interface Opened {
  readonly services: Services;
  /** Migrations that were applied. */
  readonly applied: readonly string[];
  /** Undefined where DATABASE_URL is given. */
  readonly embedded: EmbeddedDatabase | undefined;
  close(): Promise<void>;
}

const closeMilliseconds = 5_000;

/** Opens the database, brings it to the current schema and makes the services; what was opened is closed again on failure. */
export async function openServices(config: Config, say: (line: string) => void = () => undefined): Promise<Opened> {
  await using opened = new AsyncDisposableStack();
  const embedded = config.databaseUrl === undefined ? await openEmbedded(config, say) : undefined;
  if (embedded !== undefined) opened.defer(() => embedded.stop());
  const connection: pg.ClientConfig = embedded?.connection ?? { connectionString: config.databaseUrl };
  const applied = await migrate(connection, { rowSecurity: config.rowSecurity });
  const database = openDatabase({ connection, size: config.databasePool, rowSecurity: config.rowSecurity });
  // A statement that still runs must not hold the end for its whole minute.
  opened.defer(() => Promise.race([database.close(), sleep(closeMilliseconds, undefined, { ref: false })]));
  const cache = new CompanyCache();
  const announcements = await listenForChanges(connection, cache);
  opened.defer(() => announcements.stop());
  const clock = config.testClock ? new TestClock() : systemClock;
  const elapsed = clock instanceof TestClock ? { elapsed: () => clock.elapsed() } : {};
  const services = createServices({ config, database, cache, clock, ...elapsed });
  const kept = opened.move();
  return { services, applied, embedded, close: () => kept.disposeAsync() };
}

function openEmbedded(config: Config, log: (line: string) => void): Promise<EmbeddedDatabase> {
  // The pool, and some more for commands, migrations and announcements.
  const settings = { max_connections: String(Math.max(100, config.databasePool + 30)) };
  return startEmbedded({ dataDir: config.dataDir, log, settings });
}

/** Runs a short command on the services and closes them, also when it is interrupted. */
export async function withServices(config: Config, work: (services: Services) => Promise<number>): Promise<number> {
  const opened = await openServices(config);
  const interrupted = (): void => void opened.close().finally(() => process.exit(1));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, interrupted);
  try {
    return await work(opened.services);
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await opened.close();
  }
}
