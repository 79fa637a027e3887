import type { Database, Db } from '../../src/store/db.ts';

/** A database that counts the statements sent to it; those that begin and end a transaction are not counted. */
export interface Counter {
  decorate(database: Database): Database;
  /** Statements since the last call. */
  take(): number;
}

export function statementCounter(): Counter {
  let count = 0;
  const counting = (db: Db): Db => ({
    rows: (statement) => {
      count += 1;
      return db.rows(statement);
    },
    pipeline: (statements, options) => {
      count += statements.length;
      return db.pipeline(statements, options);
    },
    transaction: (work) => db.transaction((inside) => work(counting(inside))),
  });
  return {
    decorate: (database) => ({
      forCompany: (companyId) => counting(database.forCompany(companyId)),
      get system() {
        return counting(database.system);
      },
      get waiting() {
        return database.waiting;
      },
      close: () => database.close(),
    }),
    take: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}
