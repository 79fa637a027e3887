import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../http/services.ts';
import { DomainError } from '../lib/errors.ts';
import type { Db } from '../store/db.ts';
import {
  buryJob,
  type JobRow,
  keepRepeating,
  nextDue,
  postponeJob,
  removeJob,
  takeDueJob,
  takeSameJob,
} from '../store/queue.ts';
import { Attempts } from './attempt.ts';
import { backoffSeconds, defaultAttempts, type Job, nextOnGrid } from './job.ts';

const pollMilliseconds = 1_000;
const troubleMilliseconds = 5_000;
const drainMilliseconds = 10_000;
/** Seconds for which a job is taken to be idle at most: others may write while a clock is advanced. */
const longestIdle = 3_600;

/** Which job is to be run, see takeDueJob; `until` where the clock is on its way to that moment. */
interface Wanted {
  readonly wait?: boolean;
  readonly repeated?: boolean;
  readonly until?: number;
  readonly only?: string;
  readonly except?: readonly string[];
  /** Nothing is done when the clock was set back in between: what was due then is not due now. */
  readonly presently?: true;
}

/** Runs jobs that are due. Any number of runners, in one process or many, share the work of one database. */
export class Runner {
  readonly #services: Services;
  readonly #jobs: ReadonlyMap<string, Job>;
  readonly #stopping = new AbortController();
  /** Ends the runs that are under way. */
  readonly #ending = new AbortController();
  readonly #attempts: Attempts;
  #lanes: Promise<void>[] = [];

  constructor(services: Services, jobs: readonly Job[]) {
    this.#services = services;
    this.#jobs = new Map(jobs.map((job) => [job.name, job]));
    this.#attempts = new Attempts(services, this.#ending.signal);
  }

  /** Works in the background until stopped, on so many jobs at once. */
  async start(lanes = 2): Promise<void> {
    await this.keepRepeating();
    // The first one takes repeated jobs before all others, so that no heap of messages delays what has its minute.
    const apart = [...this.#jobs.values()].filter((job) => job.apart).map(({ name }) => name);
    this.#lanes = Array.from({ length: lanes }, (_, index) =>
      this.#work({ except: apart, presently: true }, index === 0),
    );
    this.#lanes.push(...apart.map((only) => this.#work({ only, presently: true })));
  }

  /** Takes no further job and waits for those that run, 10 seconds at most; one that is cut short stays as it was. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const timer = setTimeout(() => this.#ending.abort(), drainMilliseconds);
    await Promise.all(this.#lanes);
    clearTimeout(timer);
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
    for (let count = 0; ; ) {
      const due = await nextDue(this.#services.database.system);
      if (due === undefined || due > until) return count;
      arrive(due);
      // One that another runner has is waited for: what comes after it must find its effects.
      if (await this.#runOne(Math.max(due, this.#services.clock.now()), { wait: true, until })) count += 1;
    }
  }

  async #work(wanted: Wanted, repeatedFirst = false): Promise<void> {
    const { signal } = this.#stopping;
    let latest = 0;
    while (!signal.aborted) {
      let pause = 0;
      try {
        const now = this.#services.clock.now();
        if (repeatedFirst && now < latest) await this.keepRepeating();
        latest = now;
        const ran =
          (repeatedFirst && (await this.#runOne(now, { ...wanted, repeated: true }))) ||
          (await this.#runOne(now, wanted));
        if (!ran) pause = pollMilliseconds;
      } catch (error) {
        this.#services.log.event({ level: 'error', message: 'Jobs can not be read', error: String(error) });
        pause = troubleMilliseconds;
      }
      if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Runs the job that is due first; false when none is. Throws only where no job was touched. */
  async #runOne(now: number, wanted: Wanted = {}): Promise<boolean> {
    const { system } = this.#services.database;
    let taken: JobRow | undefined;
    let apart: Job | undefined;
    try {
      const found = await system.transaction(async (db) => {
        taken = await takeDueJob(db, now, wanted);
        if (taken === undefined || (wanted.presently && this.#services.clock.now() < now)) return false;
        const job = this.#jobs.get(taken.name);
        if (job?.apart) {
          await this.#finish(db, job, taken, now, wanted.until);
          apart = job;
          return true;
        }
        const error = await this.#attempts.run(db, job, taken, now);
        if (error === undefined) await this.#finish(db, job, taken, now, wanted.until);
        else await this.#fail(db, taken, now, error);
        return true;
      });
      if (taken !== undefined && apart !== undefined)
        await this.#attempts.runApart(system, apart, taken, now, this.#stopping.signal);
      return found;
    } catch (error) {
      if (taken === undefined) throw error;
      const row = taken;
      // The whole transaction is lost: the connection broke, the commit was refused or the run was cut short. What it had
      // to do is undone, but that it failed must be kept: a job that always ends like this would come first for ever.
      if (!this.#ending.signal.aborted) {
        await system.transaction(async (db) => {
          if (await takeSameJob(db, row)) await this.#fail(db, row, now, error as Error);
        });
      }
      return true;
    }
  }

  async #finish(db: Db, job: Job | undefined, row: JobRow, now: number, until = now): Promise<void> {
    if (job?.every === undefined) return removeJob(db, row);
    const latest = Math.min(until, now + longestIdle);
    const busy = job.idleUntil === undefined || latest <= now ? now : await job.idleUntil(db, now, latest);
    // The first moment on the grid that is not before it.
    const due = nextOnGrid(Math.max(now, Math.min(busy, latest) - 1), job.every);
    return postponeJob(db, row, { due, attempts: 0, lastError: '', payload: { previous: now } });
  }

  async #fail(db: Db, row: JobRow, now: number, error: Error): Promise<void> {
    const job = this.#jobs.get(row.name);
    const attempts = row.attempts + 1;
    const lastError = error.message.replaceAll('\0', '').slice(0, 1_000);
    const given = job?.every === undefined && attempts >= (job?.attempts ?? defaultAttempts);
    this.#services.log.event({
      level: given ? 'error' : 'warn',
      message: given ? 'A job was given up' : 'A job failed',
      job: row.name,
      companyId: row.companyId,
      attempts,
      error: lastError,
      // A refusal explains itself; anything else is a mistake that somebody has to find.
      stack: error instanceof DomainError ? undefined : error.stack,
    });
    if (given) return buryJob(db, row, { attempts, lastError, now });
    const due = job?.every === undefined ? now + backoffSeconds(attempts) : nextOnGrid(now, job.every);
    return postponeJob(db, row, { due, attempts, lastError, payload: row.payload as object });
  }
}
