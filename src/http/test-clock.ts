import type { FastifyInstance } from 'fastify';
import { type Clock, systemClock } from '../lib/clock.ts';
import { DomainError } from '../lib/errors.ts';
import { isoLocal, parseInstant } from '../lib/time.ts';

/** A clock for tests: the machine's until it is first set or advanced; from then on it stands still. */
export class TestClock implements Clock {
  #standing: number | undefined;
  #advanced = 0;

  now(): number {
    return this.#standing ?? systemClock.now();
  }

  set(epochSeconds: number): void {
    this.#advanced += Math.max(0, epochSeconds - this.now());
    this.#standing = epochSeconds;
  }

  /** Milliseconds for the rate limit: the machine's, and every step forward; a step back takes none away. */
  elapsed(): number {
    return performance.now() + this.#advanced * 1000;
  }
}

/**
 * Lets a test read, set and advance the clock at /test-clock. Only for a server that runs on a TestClock. `pass` does what
 * falls due on the way to a later moment, and tells each moment that it comes by; `settle` waits for what is still being done as
 * of another moment.
 */
export function serveTestClock(
  app: FastifyInstance,
  clock: Clock,
  pass: (until: number, arrive: (moment: number) => void) => Promise<unknown>,
  settle: () => Promise<unknown>,
): void {
  if (!(clock instanceof TestClock)) return;
  const answer = () => ({ now: isoLocal(clock.now(), 0) });
  app.get('/test-clock', async () => answer());
  app.route({
    method: ['PUT', 'POST'],
    url: '/test-clock',
    handler: async ({ body }) => {
      const moment = momentOf(body, clock.now());
      const back = moment < clock.now();
      await pass(moment, (due) => clock.set(Math.max(due, clock.now())));
      clock.set(moment);
      if (back) await settle();
      return answer();
    },
  });
}

function momentOf(body: unknown, now: number): number {
  const { set, advance } = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const moment = typeof set === 'string' ? parseInstant(set) : undefined;
  if (moment !== undefined) return moment;
  if (typeof advance === 'number' && Number.isSafeInteger(advance)) return now + advance;
  throw new DomainError('invalid', 'Send {"set": "2026-03-09T08:00:00Z"} or {"advance": 60}, in whole seconds.');
}
