import type { Db } from './db.ts';
import { empty, sql } from './sql.ts';

/** Work to be done later by the job of this name. */
export interface QueuedJob {
  readonly name: string;
  /**
   * At most one job of a name and key waits in a company; enqueuing it again replaces what waits. Not for jobs that talk to
   * other machines: a writer would wait until the one that runs has ended.
   */
  readonly key?: string;
  /** Plain JSON. */
  readonly payload: object;
  /** Epoch seconds, UTC. */
  readonly due: number;
}

/** Enqueues jobs of a company (0: of the whole server), in the transaction of `db` where it is one. */
export function enqueue(db: Db, companyId: number, jobs: readonly QueuedJob[]): Promise<void> {
  return enqueueAcross(
    db,
    jobs.map((job) => ({ ...job, companyId })),
  );
}

/** The same for jobs of several companies, in one statement. */
export async function enqueueAcross(
  db: Db,
  jobs: readonly (QueuedJob & { readonly companyId: number })[],
): Promise<void> {
  if (jobs.length === 0) return;
  // Of several with one key the last one counts; a statement can not replace a row twice.
  const keyOf = ({ companyId, name, key }: (typeof jobs)[number], index: number) =>
    key ? `${companyId} ${name} ${key}` : index;
  const last = [...new Map(jobs.map((job, index) => [keyOf(job, index), job])).values()];
  // Keyed rows are locked in one order by all who enqueue, so that no two of them wait for each other.
  await db.rows(sql`
    INSERT INTO jobs (company_id, name, key, payload, due)
    SELECT j.company_id, j.name, j.key, j.payload::json, to_timestamp(j.due)
    FROM unnest(${last.map(({ companyId }) => companyId)}::int[], ${last.map(({ name }) => name)}::text[],
      ${last.map(({ key = '' }) => key)}::text[], ${last.map(({ payload }) => JSON.stringify(payload))}::text[],
      ${last.map(({ due }) => due)}::float8[])
      WITH ORDINALITY AS j (company_id, name, key, payload, due, ord) ORDER BY j.key, j.company_id, j.ord
    ON CONFLICT (company_id, name, key) WHERE key <> ''
    DO UPDATE SET payload = excluded.payload, due = excluded.due, attempts = 0, last_error = '', dead_at = NULL`);
}

/** Takes back jobs that wait, by name and keys. */
export async function unqueue(db: Db, companyId: number, name: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.rows(sql`
    DELETE FROM jobs WHERE company_id = ${companyId} AND name = ${name} AND key = ANY(${keys}::text[])`);
}

/** A job as it waits, or as it was given up. */
export interface JobRow {
  readonly companyId: number;
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  /** Epoch seconds, UTC. */
  readonly due: number;
  readonly attempts: number;
  readonly lastError: string;
  /** Epoch seconds, UTC; undefined while it waits. */
  readonly deadAt: number | undefined;
  /** Names this version of the row. */
  readonly version: string;
}

const columns = sql`
  company_id, id, name, payload, extract(epoch FROM due), attempts, last_error, extract(epoch FROM dead_at), ctid`;

function jobRow(cells: readonly (string | null)[]): JobRow {
  const [companyId, id, name, payload, due, attempts, lastError, deadAt = null, version] = cells;
  return {
    companyId: Number(companyId),
    id: String(id),
    name: String(name),
    payload: JSON.parse(String(payload)),
    due: Number(due),
    attempts: Number(attempts),
    lastError: String(lastError),
    deadAt: deadAt === null ? undefined : Number(deadAt),
    version: String(version),
  };
}

const repeatedKey = 'repeated';

interface TakeOptions {
  readonly wait?: boolean;
  readonly repeated?: boolean;
  /** The name that the job has. */
  readonly only?: string;
  /** Names that it does not have. */
  readonly except?: readonly string[];
}

/**
 * Takes the job that is due first, for the length of this transaction; `repeated` takes those only. Jobs that another
 * worker runs are skipped, or waited for where `wait` says so: then undefined may also mean that the other one did it.
 */
export async function takeDueJob(
  db: Db,
  until: number,
  { wait = false, repeated = false, only, except = [] }: TakeOptions = {},
): Promise<JobRow | undefined> {
  const lock = wait ? sql`FOR UPDATE` : sql`FOR UPDATE SKIP LOCKED`;
  const kind = repeated ? sql`AND company_id = 0 AND key = ${repeatedKey}` : empty;
  const named = only === undefined ? sql`AND name <> ALL(${except}::text[])` : sql`AND name = ${only}`;
  const [cells] = await db.rows(sql`
    SELECT ${columns} FROM jobs WHERE dead_at IS NULL AND due <= to_timestamp(${until}::float8) ${kind} ${named}
    ORDER BY due, id LIMIT 1 ${lock}`);
  return cells === undefined ? undefined : jobRow(cells);
}

/** Takes a job again; false when somebody has it, or has done or changed it meanwhile. */
export async function takeSameJob(db: Db, { companyId, id, version }: JobRow): Promise<boolean> {
  const rows = await db.rows(sql`
    SELECT 1 FROM jobs WHERE company_id = ${companyId} AND id = ${id}::bigint AND ctid = ${version}::tid
    FOR UPDATE SKIP LOCKED`);
  return rows.length === 1;
}

/** The moment (epoch seconds) at which the next waiting job is due; undefined when none waits. */
export async function nextDue(db: Db): Promise<number | undefined> {
  const [row] = await db.rows(sql`SELECT extract(epoch FROM min(due)) FROM jobs WHERE dead_at IS NULL`);
  const due = row?.[0] ?? null;
  return due === null ? undefined : Number(due);
}

/** Waits until every job that runs at this moment has ended, but for those that run in no transaction. */
export async function awaitRunning(db: Db): Promise<void> {
  await db.rows(sql`SELECT count(*) FROM (SELECT FROM jobs FOR KEY SHARE) running`);
}

/** Removes a job that was done; one that its own run has enqueued anew stays. */
export async function removeJob(db: Db, { companyId, id, version }: JobRow): Promise<void> {
  await db.rows(sql`
    DELETE FROM jobs WHERE company_id = ${companyId} AND id = ${id}::bigint AND ctid = ${version}::tid`);
}

/** Puts a job off, with what went wrong ('' when nothing did) and what it shall find next time. */
export async function postponeJob(
  db: Db,
  { companyId, id }: JobRow,
  change: { due: number; attempts: number; lastError: string; payload: object },
): Promise<void> {
  await db.rows(sql`
    UPDATE jobs SET due = to_timestamp(${change.due}::float8), attempts = ${change.attempts},
      last_error = ${change.lastError}, payload = ${JSON.stringify(change.payload)}::json
    WHERE company_id = ${companyId} AND id = ${id}::bigint`);
}

/** Gives a job up; it stays to be seen and tried again by hand. */
export async function buryJob(
  db: Db,
  { companyId, id }: JobRow,
  change: { attempts: number; lastError: string; now: number },
): Promise<void> {
  await db.rows(sql`
    UPDATE jobs SET attempts = ${change.attempts}, last_error = ${change.lastError},
      dead_at = to_timestamp(${change.now}::float8)
    WHERE company_id = ${companyId} AND id = ${id}::bigint`);
}

/** Makes sure that each repeated job waits, at the latest until its moment here. One that runs now is left alone. */
export async function keepRepeating(db: Db, jobs: readonly { name: string; due: number }[]): Promise<void> {
  const given = sql`
    unnest(${jobs.map(({ name }) => name)}::text[], ${jobs.map(({ due }) => due)}::float8[]) AS g (name, due)`;
  await db.pipeline([
    sql`INSERT INTO jobs (company_id, name, key, due) SELECT 0, g.name, ${repeatedKey}, to_timestamp(g.due) FROM ${given}
        ON CONFLICT DO NOTHING`,
    sql`UPDATE jobs j SET due = to_timestamp(c.due)
        FROM (SELECT j.id, g.due FROM ${given} JOIN jobs j
                ON j.company_id = 0 AND j.name = g.name AND j.key = ${repeatedKey} AND j.due > to_timestamp(g.due)
              FOR UPDATE OF j SKIP LOCKED) c
        WHERE j.company_id = 0 AND j.id = c.id`,
  ]);
}
