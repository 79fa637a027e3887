import { type Ctx, within } from '../engine/context.ts';
import { inTransaction } from '../engine/turns.ts';
import { DomainError } from '../lib/errors.ts';
import { markOf, seal, unseal } from '../lib/sealing.ts';
import { secretHash } from '../lib/secrets.ts';
import { keepAnswer, keptAnswer, takeKey } from '../resources/idempotency-keys/queries.ts';
import type { CompanyCache } from '../store/cache.ts';
import { nestable } from '../store/savepoint.ts';

/** Seconds for which an answer is kept. */
export const keptSeconds = 86_400;

/** What is answered to a write. */
export interface WriteAnswer {
  readonly status: number;
  /** Empty where there is no body. */
  readonly contentType: string;
  readonly body: string;
}

/** A write that its client may send again when it does not know whether it arrived. */
export interface KeyedRequest {
  /** Chosen by the client. */
  readonly key: string;
  /** All that the request says, so that another one under the same key is noticed. */
  readonly said: string;
}

/**
 * Carries out a write once, however often it comes: its answer is stored in the transaction of the write and given again
 * for a day. While the first is under way the next waits for it. What is refused is not kept, since nothing was done.
 * Throws DomainError: 'conflict' where the key stands for another request, and what `work` throws.
 */
export async function once(
  ctx: Ctx,
  { key, said }: KeyedRequest,
  work: (inside: Ctx) => Promise<WriteAnswer>,
): Promise<WriteAnswer & { readonly replayed: boolean }> {
  const { companyId, userId } = ctx.actor;
  const owner = { companyId, userId, keyHash: secretHash(`${companyId} ${userId} ${key}`) };
  const fingerprint = markOf(key, said);
  const moments = { now: ctx.now, validFrom: ctx.now - keptSeconds };
  const carryOut = async (inside: Ctx): Promise<WriteAnswer & { readonly replayed: boolean }> => {
    if (await takeKey(inside.db, owner, fingerprint, moments)) {
      const answer = await work(within(inside, nestable(inside.db)));
      await keepAnswer(inside.db, owner, { ...answer, body: seal(key, answer.body) });
      return { ...answer, replayed: false };
    }
    const kept = await keptAnswer(inside.db, owner);
    // Between the two statements its day may have passed and the tidying have come.
    if (kept === undefined) throw new DomainError('unavailable', 'Send the request again.', { code: 'retry' });
    if (kept.fingerprint !== fingerprint) {
      throw new DomainError('conflict', 'This Idempotency-Key was used for another request within the last 24 hours.', {
        code: 'idempotency-key',
      });
    }
    const { status, contentType, body } = kept;
    return { status, contentType, body: unseal(key, body), replayed: true };
  };
  return inLine(ctx, owner.keyHash, () => inTransaction(ctx, carryOut));
}

const linesOf = new WeakMap<CompanyCache, Map<string, Promise<unknown>>>();

/**
 * Lets requests of one key that reach this process come one after the other. They would wait for each other in the database as
 * well, but each on a connection that others need.
 */
async function inLine<T>({ cache }: Ctx, keyHash: string, work: () => Promise<T>): Promise<T> {
  const lines = linesOf.get(cache) ?? new Map<string, Promise<unknown>>();
  linesOf.set(cache, lines);
  const turn = (lines.get(keyHash) ?? Promise.resolve()).then(work, work);
  lines.set(keyHash, turn);
  try {
    return await turn;
  } finally {
    if (lines.get(keyHash) === turn) lines.delete(keyHash);
  }
}
