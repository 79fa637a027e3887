import { sql } from '../store/sql.ts';
import { type Ctx, within } from './context.ts';
import type { Definition } from './definition.ts';
import { isRace } from './results.ts';

/**
 * Runs one judgement and write of a batch. Where the definition says that its writers take turns, all of it happens in one
 * transaction that no other writer of the same kind enters before it is committed: the facts that the rules saw still hold.
 */
export async function inTurn<T>(ctx: Ctx, { turns }: Definition, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (turns === undefined) return work(ctx);
  const { companyId } = ctx.actor;
  try {
    return await ctx.db.transaction(async (db) => {
      const inside = within(ctx, db);
      await takeTurn(inside, turns);
      return work(inside);
    });
  } finally {
    // What was cached between the write and its commit is of before.
    ctx.cache.forget(companyId);
  }
}

/** Waits, inside a transaction, until no other writer of these turns is at work, and keeps them out until its end. */
export async function takeTurn({ db, actor }: Ctx, turns: string): Promise<void> {
  await db.rows(sql`SELECT pg_advisory_xact_lock(hashtext(${turns}), ${actor.companyId})`);
}

/** Writers who lock the same rows in another order make one of them start anew. */
const attempts = 4;

/** Runs work in one transaction, and anew where it lost to somebody who wrote at the same moment. */
export async function inTransaction<T>(ctx: Ctx, work: (inside: Ctx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction((db) => work(within(ctx, db)));
    } catch (error) {
      if (attempt === attempts || !isRace(error)) throw error;
    } finally {
      ctx.cache.forget(ctx.actor.companyId);
    }
  }
}
