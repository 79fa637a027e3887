import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../lib/errors.ts';

const megabyte = 1_048_576;
/** Bytes of bodies that may be on their way at once, and of one user. Each takes a multiple of it in memory. */
const mostTogether = 256 * megabyte;
const mostOfOne = 96 * megabyte;

/** Bounds the memory that large bodies take, so that many at once do not end the process, nor one user keeps the others out. */
export class LargeBodies {
  #together = 0;
  readonly #byUser = new Map<string, number>();

  /**
   * Counts the body of a request, before it is received, until the answer has left. Throws DomainError ('unavailable') where
   * there is no room for it. A body that does not say its length counts as `limit`.
   */
  admit(request: FastifyRequest, reply: FastifyReply, user: string, limit: number): void {
    const bytes = Math.min(bytesOf(request, limit), limit);
    const own = this.#byUser.get(user) ?? 0;
    if (this.#together + bytes > mostTogether || own + bytes > mostOfOne)
      throw new DomainError('unavailable', 'Too much is being uploaded at this moment; try again soon.');
    this.#count(user, bytes);
    reply.raw.once('close', () => this.#count(user, -bytes));
  }

  #count(user: string, bytes: number): void {
    const own = (this.#byUser.get(user) ?? 0) + bytes;
    this.#together += bytes;
    if (own === 0) this.#byUser.delete(user);
    else this.#byUser.set(user, own);
  }
}

function bytesOf({ headers }: FastifyRequest, limit: number): number {
  if (headers['transfer-encoding'] !== undefined) return limit;
  return Number(headers['content-length'] ?? 0);
}
