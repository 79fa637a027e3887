import type { Db } from './db.ts';
import { sql } from './sql.ts';

/** The jobs of one name. */
export interface JobCount {
  readonly name: string;
  readonly waiting: number;
  /** Epoch seconds, UTC; undefined when none waits. */
  readonly nextDue: number | undefined;
  /** How many were given up. */
  readonly dead: number;
}

/** How many jobs wait and how many were given up, by name. */
export async function countJobs(db: Db): Promise<JobCount[]> {
  const rows = await db.rows(sql`
    SELECT name, count(*) FILTER (WHERE dead_at IS NULL), extract(epoch FROM min(due) FILTER (WHERE dead_at IS NULL)),
      count(*) FILTER (WHERE dead_at IS NOT NULL)
    FROM jobs GROUP BY name ORDER BY name`);
  return rows.map(([name, waiting, due, dead]) => ({
    name: String(name),
    waiting: Number(waiting),
    nextDue: due === null ? undefined : Number(due),
    dead: Number(dead),
  }));
}

/** A job that was given up. */
export interface DeadJob {
  readonly id: string;
  readonly companyId: number;
  readonly name: string;
  readonly attempts: number;
  readonly lastError: string;
  /** Epoch seconds, UTC. */
  readonly deadAt: number;
  readonly payload: unknown;
}

/** The jobs that were given up, the oldest first. */
export async function deadJobs(db: Db): Promise<DeadJob[]> {
  const rows = await db.rows(sql`
    SELECT id, company_id, name, attempts, last_error, extract(epoch FROM dead_at), payload FROM jobs
    WHERE dead_at IS NOT NULL ORDER BY dead_at, id`);
  return rows.map(([id, companyId, name, attempts, lastError, deadAt, payload]) => ({
    id: String(id),
    companyId: Number(companyId),
    name: String(name),
    attempts: Number(attempts),
    lastError: String(lastError),
    deadAt: Number(deadAt),
    payload: JSON.parse(String(payload)),
  }));
}

/** Lets jobs that were given up wait again, due at `now` (epoch seconds); all of them without an id. Gives how many. */
export async function reviveJobs(db: Db, id: string | undefined, now: number): Promise<number> {
  const rows = await db.rows(sql`
    UPDATE jobs SET dead_at = NULL, attempts = 0, due = to_timestamp(${now}::float8)
    WHERE dead_at IS NOT NULL AND (${id ?? null}::bigint IS NULL OR id = ${id ?? null}::bigint) RETURNING id`);
  return rows.length;
}

/** Deletes a job that was given up; false when there is no such one. */
export async function dropDeadJob(db: Db, id: string): Promise<boolean> {
  const rows = await db.rows(sql`DELETE FROM jobs WHERE dead_at IS NOT NULL AND id = ${id}::bigint RETURNING id`);
  return rows.length > 0;
}
