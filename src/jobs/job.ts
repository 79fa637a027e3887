import type { Services } from '../http/services.ts';
import type { Db } from '../store/db.ts';

/** One execution of a job. */
export interface JobRun {
  /** The company that enqueued it; 0 for the whole server. */
  readonly companyId: number;
  /** What was enqueued; each job checks that it is what it expects. */
  readonly payload: unknown;
  /** The moment it was due, epoch seconds, UTC. */
  readonly due: number;
  /** The present moment, epoch seconds, UTC. */
  readonly now: number;
  /** For repeated jobs: the `now` of the run before; undefined at the first. */
  readonly previous: number | undefined;
  /** Attempts that failed so far. */
  readonly attempts: number;
  /** Whether a failure of this run is the last one. */
  readonly last: boolean;
  /**
   * The transaction that takes the job off the queue: what is written here happens exactly once, or not at all when the
   * job fails. It sees every company.
   */
  readonly db: Db;
  readonly services: Services;
  /** Says that the run has to end: it takes longer than a minute, or the server can not wait for it any longer. */
  readonly signal: AbortSignal;
}

/** Something done in the background. */
export interface Job {
  readonly name: string;
  /** One sentence for operators. */
  readonly means: string;
  /** Runs every so many seconds, on the grid of UTC; otherwise it runs when something enqueues it. */
  readonly every?: number;
  /**
   * Repeated jobs that wait for others' machines: it runs in no transaction (`db` is the whole database), in a lane of its own,
   * and in several processes at once. What it does twice must do no harm. Its signal says when to begin nothing more.
   */
  readonly apart?: true;
  /**
   * Of repeated jobs: the moment from which a run can find something to do, as things are at `now`; `until` or later means
   * not before then. A clock that is advanced passes over the runs in between.
   */
  readonly idleUntil?: (db: Db, now: number, until: number) => Promise<number>;
  /** Failures until it is given up; 8 when not given. Repeated jobs are never given up. */
  readonly attempts?: number;
  /** Throws to be tried again later. */
  readonly run: (run: JobRun) => Promise<void>;
}

/** Failures until a job is given up that does not say. */
export const defaultAttempts = 8;

/** Seconds until the next attempt after so many failures: 10 s, 40 s, 3 min, 11 min, 43 min, then every 3 hours. */
export function backoffSeconds(failures: number): number {
  return Math.min(10 * 4 ** (failures - 1), 10_800);
}

/** The first moment after `now` on a grid of so many seconds. */
export function nextOnGrid(now: number, every: number): number {
  return (Math.floor(now / every) + 1) * every;
}
