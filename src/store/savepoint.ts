import type { Db } from './db.ts';
import { sql } from './sql.ts';

/** Runs `work` inside a transaction so that only its own writes are undone when it fails; the failure is thrown on. */
export async function savepoint<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await db.rows(sql`SAVEPOINT work`);
  try {
    const result = await work();
    await db.rows(sql`RELEASE SAVEPOINT work`);
    return result;
  } catch (error) {
    // Released too: one that stayed would stand for the one around it, which has the same name. Where the connection is
    // gone, so is all that it wrote, and the failure itself says more.
    await db.pipeline([sql`ROLLBACK TO SAVEPOINT work`, sql`RELEASE SAVEPOINT work`]).catch(() => undefined);
    throw error;
  }
}

/**
 * The same transaction for work that asks for transactions of its own: what one of them fails to do is undone, and the one
 * around it goes on.
 */
export function nestable(db: Db): Db {
  return {
    rows: (statement) => db.rows(statement),
    pipeline: (statements, options) => db.pipeline(statements, options),
    transaction: (work) => savepoint(db, () => work(db)),
  };
}
