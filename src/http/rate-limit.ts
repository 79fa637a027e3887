import { LRUCache } from 'lru-cache';
import type { RateLimit } from '../config.ts';
import { DomainError } from '../lib/errors.ts';

/** What the limiter says of one request. */
export interface Verdict {
  readonly allowed: boolean;
  /** Requests that this token may still make right now. */
  readonly remaining: number;
  /** Whole seconds, at least 1, after which a request is allowed again; 0 when this one was. */
  readonly retryAfter: number;
}

/** A request beyond the limit, a 'too-many' with the code 'rate-limit'; dialects send `retryAfter` as Retry-After. */
export class TooManyRequests extends DomainError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('too-many', `Too many requests; try again in ${retryAfter} seconds.`, { code: 'rate-limit' });
    this.retryAfter = retryAfter;
  }
}

const tokensKept = 20_000;
const firstRing = 16;

/**
 * At most N requests of one token in any window of the given length, wherever the window begins. @fastify/rate-limit
 * counts in fixed windows, which let 2N requests through across a border. So the moments of the last N allowed requests
 * are kept, and a request is allowed when the Nth before it has left the window. A refused request is not counted.
 * Counts live in this process; tokens that were not seen for longest are forgotten beyond 20,000.
 */
export class RateLimiter {
  readonly #limit: RateLimit | undefined;
  readonly #elapsed: () => number;
  readonly #rings = new LRUCache<string | number, Ring>({ max: tokensKept });

  constructor(limit: RateLimit | undefined, elapsed: () => number) {
    this.#limit = limit;
    this.#elapsed = elapsed;
  }

  /** Counts a request of a token, if it is allowed. */
  take(token: string | number): Verdict {
    if (this.#limit === undefined) return { allowed: true, remaining: Number.POSITIVE_INFINITY, retryAfter: 0 };
    const { requests, milliseconds } = this.#limit;
    let ring = this.#rings.get(token);
    if (ring === undefined) {
      ring = new Ring(requests);
      this.#rings.set(token, ring);
    }
    const now = this.#elapsed();
    // Half-open: a request exactly one window after another is outside that one's window.
    ring.dropUntil(now - milliseconds);
    if (ring.length >= requests) {
      const wait = ring.oldest() + milliseconds - now;
      return { allowed: false, remaining: 0, retryAfter: Math.max(1, Math.ceil(wait / 1000)) };
    }
    ring.push(now);
    return { allowed: true, remaining: requests - ring.length, retryAfter: 0 };
  }
}

/** Moments, oldest first, in an array that wraps around; it grows by doubling, so that a quiet token costs little. */
class Ring {
  readonly #most: number;
  #moments: Float64Array;
  #first = 0;
  length = 0;

  constructor(most: number) {
    this.#most = most;
    this.#moments = new Float64Array(Math.min(firstRing, most));
  }

  oldest(): number {
    return this.#moments[this.#first] ?? 0;
  }

  push(moment: number): void {
    if (this.length === this.#moments.length) this.#grow();
    this.#moments[(this.#first + this.length) % this.#moments.length] = moment;
    this.length += 1;
  }

  dropUntil(moment: number): void {
    while (this.length > 0 && this.oldest() <= moment) {
      this.#first = (this.#first + 1) % this.#moments.length;
      this.length -= 1;
    }
  }

  #grow(): void {
    const larger = new Float64Array(Math.min(this.#most, this.#moments.length * 2));
    larger.set(this.#moments.subarray(this.#first));
    larger.set(this.#moments.subarray(0, this.#first), this.#moments.length - this.#first);
    this.#moments = larger;
    this.#first = 0;
  }
}
