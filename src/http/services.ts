import type { Config } from '../config.ts';
import type { Clock } from '../lib/clock.ts';
import type { CompanyCache } from '../store/cache.ts';
import type { Database } from '../store/db.ts';
import { createLog, type Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { RateLimiter } from './rate-limit.ts';

/** What every door of the app is built from. */
export interface Services {
  readonly config: Config;
  readonly database: Database;
  readonly cache: CompanyCache;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly limiter: RateLimiter;
}

/** What has to be opened by whoever starts the app; the rest of Services is made here. */
export interface ServiceParts extends Pick<Services, 'config' | 'database' | 'cache' | 'clock'> {
  /** Standard output when not given. */
  readonly log?: Log;
  /** Milliseconds that never run backwards, for the rate limit; the machine's when not given. */
  readonly elapsed?: () => number;
}

/** Completes the services of one app. */
export function createServices({ config, database, cache, clock, log, elapsed }: ServiceParts): Services {
  return {
    config,
    database,
    cache,
    clock,
    log: log ?? createLog((text) => process.stdout.write(text), { requests: config.log === 'json' }),
    metrics: new Metrics(() => database.waiting),
    limiter: new RateLimiter(config.rateLimit, elapsed ?? (() => performance.now())),
  };
}
