import type { Services } from '../http/services.ts';
import { DomainError } from '../lib/errors.ts';
import type { Db } from '../store/db.ts';
import type { JobRow } from '../store/queue.ts';
import { savepoint } from '../store/savepoint.ts';
import { defaultAttempts, type Job } from './job.ts';

const longestMilliseconds = 60_000;
/** A run that does not end by itself so long after it was told to is left alone. */
const graceMilliseconds = 5_000;

/** Runs jobs, each at most a minute. */
export class Attempts {
  readonly #services: Services;
  readonly #ending: AbortSignal;

  constructor(services: Services, ending: AbortSignal) {
    this.#services = services;
    this.#ending = ending;
  }

  /**
   * Runs a job in the transaction that holds it. Gives what went wrong, if anything; what a failed run wrote is undone.
   * Throws where the transaction can not go on: the run has not ended, or it was cut short because the server stops.
   */
  async run(db: Db, job: Job | undefined, row: JobRow, now: number): Promise<Error | undefined> {
    if (job === undefined) return new DomainError('unsupported', 'No job has this name.');
    const end = this.#services.metrics.jobs.startTimer({ job: job.name });
    const signal = AbortSignal.any([this.#ending, AbortSignal.timeout(longestMilliseconds)]);
    const overdue = overdueAfter(signal);
    try {
      const work = savepoint(db, () => this.#start(db, job, row, now, signal));
      await Promise.race([work, overdue.promise]);
      end({ outcome: 'done' });
      return undefined;
    } catch (error) {
      end({ outcome: 'failed' });
      if (this.#ending.aborted || error === overdue.error) throw overdue.error;
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      overdue.forget();
    }
  }

  /** Runs a job that is `apart`. What goes wrong is logged, and left to the next run. */
  async runApart(db: Db, job: Job, row: JobRow, now: number, stopping: AbortSignal): Promise<void> {
    const { metrics, log } = this.#services;
    const end = metrics.jobs.startTimer({ job: job.name });
    try {
      await this.#start(db, job, row, now, AbortSignal.any([stopping, AbortSignal.timeout(longestMilliseconds)]));
      end({ outcome: 'done' });
    } catch (error) {
      end({ outcome: 'failed' });
      log.event({ level: 'warn', message: 'A job failed', job: job.name, error: String(error) });
    }
  }

  async #start(db: Db, job: Job, row: JobRow, now: number, signal: AbortSignal): Promise<void> {
    const { previous } = row.payload as { previous?: number };
    await job.run({
      companyId: row.companyId,
      payload: row.payload,
      due: row.due,
      now,
      // Never later than now, even when the clock was set back.
      previous: job.every === undefined || previous === undefined ? undefined : Math.min(previous, now),
      attempts: row.attempts,
      last: row.attempts + 1 >= (job.attempts ?? defaultAttempts),
      db,
      services: this.#services,
      signal,
    });
  }
}

/** Fails some time after the signal, for a run that does not heed it. */
function overdueAfter(signal: AbortSignal): { promise: Promise<never>; error: DomainError; forget: () => void } {
  // 'unavailable' makes the transaction give its connection up, so that nothing that comes late is written on it.
  const error = new DomainError('unavailable', 'The job took longer than a minute.');
  const { promise, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    timer = setTimeout(() => reject(error), graceMilliseconds);
  };
  signal.addEventListener('abort', start, { once: true });
  const forget = (): void => {
    signal.removeEventListener('abort', start);
    clearTimeout(timer);
  };
  return { promise, error, forget };
}
