import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../http/services.ts';
import type { Db } from '../store/db.ts';
import { buryJob, type JobRow, keepRepeating, nextDue, postponeJob, removeJob, takeDueJob } from '../store/queue.ts';
import { savepoint } from '../store/savepoint.ts';
import { backoffSeconds, type Job, nextOnGrid } from './job.ts';

const pollMilliseconds = 1_000;
const troubleMilliseconds = 5_000;
const longestRunMilliseconds = 60_000;
const defaultAttempts = 8;

/** Runs jobs that are due. Any number of runners, in one process or many, share the work of one database. */
export class Runner {
  readonly #services: Services;
  readonly #jobs: ReadonlyMap<string, Job>;
  readonly #stopping = new AbortController();
  #lanes: Promise<void>[] = [];

  constructor(services: Services, jobs: readonly Job[]) {
    this.#services = services;
    this.#jobs = new Map(jobs.map((job) => [job.name, job]));
  }

  /** Works in the background until stopped, on so many jobs at once. */
  async start(lanes = 2): Promise<void> {
    await this.keepRepeating();
    this.#lanes = Array.from({ length: lanes }, () => this.#work());
  }

  /** Takes no further job and waits for those that run. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#lanes);
  }

  /** Makes sure that the repeated jobs wait for their next moment: at the start, and when the clock was set back. */
  async keepRepeating(): Promise<void> {
    const now = this.#services.clock.now();
    const repeated = [...this.#jobs.values()].flatMap(({ name, every }) =>
      every === undefined ? [] : [{ name, due: nextOnGrid(now, every) }],
    );
    await keepRepeating(this.#services.database.system, repeated);
  }

  /**
   * Runs everything that is due until a moment (epoch seconds), one by one in order, those included that become due by it.
   * `arrive` is told each moment before its job runs, so that a test's clock can follow. Gives the number of runs.
   */
  async runUntil(until: number, arrive: (moment: number) => void = () => undefined): Promise<number> {
    for (let count = 0; ; count += 1) {
      const due = await nextDue(this.#services.database.system);
      if (due === undefined || due > until) return count;
      arrive(due);
      await this.#runOne(Math.max(due, this.#services.clock.now()), true);
    }
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let pause = 0;
      try {
        if (!(await this.#runOne(this.#services.clock.now(), false))) pause = pollMilliseconds;
      } catch (error) {
        // The database is away for a moment; the job was not touched.
        this.#services.log.event({ level: 'error', message: 'Jobs can not be read', error: String(error) });
        pause = troubleMilliseconds;
      }
      if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Runs the job that is due first; false when none is. */
  async #runOne(now: number, wait: boolean): Promise<boolean> {
    return this.#services.database.system.transaction(async (db) => {
      const row = await takeDueJob(db, now, wait);
      if (row === undefined) return false;
      const job = this.#jobs.get(row.name);
      const error = job === undefined ? new Error('No job has this name.') : await this.#attempt(db, job, row, now);
      if (error === undefined) await this.#finish(db, job, row, now);
      else await this.#fail(db, job, row, now, error);
      return true;
    });
  }

  /** What went wrong, if anything. What a failed job wrote is undone. */
  async #attempt(db: Db, job: Job, row: JobRow, now: number): Promise<Error | undefined> {
    const { previous } = row.payload as { previous?: number };
    const end = this.#services.metrics.jobs.startTimer({ job: job.name });
    try {
      await savepoint(db, () =>
        job.run({
          companyId: row.companyId,
          payload: row.payload,
          due: row.due,
          now,
          previous: job.every === undefined ? undefined : previous,
          attempts: row.attempts,
          last: row.attempts + 1 >= (job.attempts ?? defaultAttempts),
          db,
          services: this.#services,
          signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(longestRunMilliseconds)]),
        }),
      );
      end({ outcome: 'done' });
      return undefined;
    } catch (error) {
      end({ outcome: 'failed' });
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async #finish(db: Db, job: Job | undefined, row: JobRow, now: number): Promise<void> {
    if (job?.every === undefined) return removeJob(db, row);
    const due = nextOnGrid(now, job.every);
    return postponeJob(db, row, { due, attempts: 0, lastError: '', payload: { previous: now } });
  }

  async #fail(db: Db, job: Job | undefined, row: JobRow, now: number, error: Error): Promise<void> {
    const attempts = row.attempts + 1;
    const lastError = error.message.slice(0, 1_000);
    const given = job?.every === undefined && attempts >= (job?.attempts ?? defaultAttempts);
    this.#services.log.event({
      level: given ? 'error' : 'warn',
      message: given ? 'A job was given up' : 'A job failed',
      job: row.name,
      companyId: row.companyId,
      attempts,
      error: lastError,
    });
    if (given) return buryJob(db, row, { attempts, lastError, now });
    const due = job?.every === undefined ? now + backoffSeconds(attempts) : nextOnGrid(now, job.every);
    return postponeJob(db, row, { due, attempts, lastError, payload: row.payload as object });
  }
}
