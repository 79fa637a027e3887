import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { once, type WriteAnswer } from '../operations/once.ts';

export type { WriteAnswer } from '../operations/once.ts';

/** What clients may send with every write, so that sending it again writes nothing twice. */
export const idempotencyHeader = 'Idempotency-Key';

const longestKey = 255;

/** The key that a write came with; undefined when it has none. Throws DomainError ('invalid'). */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key) || key.length > longestKey) {
    const detail = `${idempotencyHeader} must be 1 to ${longestKey} visible ASCII characters without blanks.`;
    throw new DomainError('invalid', detail, { field: idempotencyHeader, code: 'bad-request' });
  }
  return key;
}

/**
 * Answers a write that came with a key: `work` is done once, in one transaction with the answer that is kept. `said` is
 * everything that makes it this request, without what may change when it is sent again, such as a token.
 */
export async function answerOnce(
  ctx: Ctx,
  reply: FastifyReply,
  { key, said }: { key: string; said: readonly unknown[] },
  work: (inside: Ctx) => Promise<WriteAnswer>,
): Promise<FastifyReply> {
  const text = JSON.stringify([ctx.via, ...said], (_name, value) => (value instanceof Map ? [...value] : value));
  const { status, contentType, body, replayed } = await once(ctx, { key, said: text }, work);
  reply.code(status);
  if (replayed) reply.header('idempotent-replayed', 'true');
  return contentType === '' ? reply.send() : reply.type(contentType).send(body);
}
