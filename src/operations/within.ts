import type { Ctx } from '../engine/context.ts';
import type { Database } from '../store/db.ts';
import type { TokenServices } from './tokens.ts';

/** Services whose statements are part of the transaction that a request is in, for operations that ask for a database. */
export function servicesWithin({ db, cache }: Pick<Ctx, 'db' | 'cache'>): TokenServices {
  const database: Database = {
    system: db,
    forCompany: () => db,
    waiting: 0,
    close: () => Promise.reject(new Error('A transaction is not closed by its parts')),
  };
  return { database, cache };
}
