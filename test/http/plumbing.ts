import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/http/log.ts';
import { createServices, type ServiceParts, type Services } from '../../src/http/services.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { DomainError } from '../../src/lib/errors.ts';
import { CompanyCache } from '../../src/store/cache.ts';
import type { Database, Db } from '../../src/store/db.ts';

/** A database that knows nothing, or is away. */
export function emptyDatabase(state: { away: boolean } = { away: false }): Database {
  const answer = async <T>(value: T): Promise<T> => {
    if (state.away) throw new DomainError('unavailable', 'The database is not available; try again in a moment.');
    return value;
  };
  const db: Db = {
    rows: () => answer([]),
    pipeline: (statements) => answer(statements.map(() => [])),
    transaction: async (work) => answer(await work(db)),
  };
  return { forCompany: () => db, system: db, waiting: 0, close: async () => undefined };
}

/** Services on an empty database whose log is kept. */
export function plainServices(
  env: Record<string, string> = {},
  parts: Partial<ServiceParts> = {},
): { services: Services; logged: () => string } {
  let text = '';
  const log = createLog(
    (more) => {
      text += more;
    },
    { requests: env.OPENPUNCH_LOG !== 'off' },
  );
  const services = createServices({
    config: readConfig(env),
    database: emptyDatabase(),
    cache: new CompanyCache(),
    clock: systemClock,
    log,
    ...parts,
  });
  const logged = (): string => {
    log.flush();
    return text;
  };
  return { services, logged };
}
