import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DIRECTORY_SETTING } from './postmaster.ts';

/** Advisory locks that say who uses a database: every process that has it open, and the one server of it. */
const IN_USE = '1330663504, 1';
const SERVER = '1330663504, 2';

/** The name under which control connections appear in `pg_stat_activity`. */
const NAME = 'openpunch control';

/** A connection kept open for as long as this process uses the database; its end tells that the database died. */
export interface Control {
  client: pg.Client;
}

/**
 * Connects as the superuser, for whom PostgreSQL keeps connections in reserve, checks that this is the expected database
 * and notes that it is in use. It stays outside the database `openpunch`, so that this can be cloned and replaced. Waits while a process that found it unused is stopping it.
 */
export async function openControl(host: string, port: number, identity: string): Promise<Control> {
  const client = new pg.Client({
    host,
    port,
    user: 'postgres',
    database: 'postgres',
    application_name: NAME,
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener an error of the connection would end this process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string }>(
      `SELECT current_setting('${DIRECTORY_SETTING}', true) AS directory`,
    );
    if (rows[0]?.directory !== identity) throw new Error('another database answers on the socket');
    await client.query(`SET idle_session_timeout = 0; SET lock_timeout = '5s'`);
    await client.query(`SELECT pg_advisory_lock_shared(${IN_USE})`);
    return { client };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** Becomes the one server of the database. A process that is just stopping gets two seconds to leave. */
export async function becomeServer({ client }: Control): Promise<boolean> {
  const patience = Date.now() + 2_000;
  for (;;) {
    const { rows } = await client.query<{ won: boolean }>(`SELECT pg_try_advisory_lock(${SERVER}) AS won`);
    if (rows[0]?.won) return true;
    if (Date.now() > patience) return false;
    await sleep(100);
  }
}

/**
 * Gives up this process's use of the database and tells whether it was the last one. If so, it holds the lock alone
 * until the connection ends, so that no other process can begin to use a database that is about to stop.
 */
export async function leaveAsLast({ client }: Control): Promise<boolean> {
  await client.query(`SELECT pg_advisory_unlock_shared(${IN_USE})`);
  const { rows } = await client.query<{ last: boolean }>(`SELECT pg_try_advisory_lock(${IN_USE}) AS last`);
  return rows[0]?.last === true;
}
