import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { DomainError } from '../lib/errors.ts';
import { asDomainError } from './pg-errors.ts';

const folder = new URL('../../migrations/', import.meta.url);
const oldestVersion = 150_000;
const lockNumber = 20_002;

interface Migration {
  name: string;
  text: string;
  hash: string;
}

function readMigrations(): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}_.*\.sql$/.test(name));
  return names.sort().map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return { name, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}

/**
 * Brings the database to the current schema; gives the names of the migrations that it applied. Two servers that start
 * at once wait for each other. Throws DomainError with one sentence when the database can not be used.
 */
export async function migrate(connection: pg.ClientConfig, options: { rowSecurity: boolean }): Promise<string[]> {
  const client = new pg.Client({
    ...connection,
    application_name: 'openpunch migrate',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DomainError(
      'unavailable',
      `Can not connect to the database: ${String((error as Error).message || error)}`,
    );
  }
  try {
    await demandVersion(client);
    await client.query('SET client_min_messages = error');
    // Migrations write for every company, also where row-level security already binds the owner.
    await client.query("SELECT set_config('openpunch.company_id', '*', false)");
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber]);
    const applied = await applyMissing(client);
    await setRowSecurity(client, options.rowSecurity);
    return applied;
  } catch (error) {
    throw asDomainError(error);
  } finally {
    await client.end();
  }
}

async function demandVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; text: string }>(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS text",
  );
  const [server] = rows;
  if (server === undefined || server.version < oldestVersion) {
    throw new DomainError(
      'unsupported',
      `OpenPunch needs PostgreSQL 15 or newer; this one is ${server?.text ?? 'unknown'}.`,
    );
  }
}

async function applyMissing(client: pg.Client): Promise<string[]> {
  await client.query(
    'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, hash text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
  );
  const { rows } = await client.query<{ name: string; hash: string }>('SELECT name, hash FROM migrations');
  const known = new Map(rows.map((row) => [row.name, row.hash]));
  const migrations = readMigrations();
  const newest = [...known.keys()].sort().at(-1);
  if (newest !== undefined && !migrations.some((migration) => migration.name === newest)) {
    throw new DomainError('unsupported', `The database was made by a newer OpenPunch (it has ${newest}).`);
  }
  const applied: string[] = [];
  for (const { name, text, hash } of migrations) {
    const before = known.get(name);
    if (before === hash) continue;
    if (before !== undefined)
      throw new DomainError('conflict', `Migration ${name} was edited after it had been applied.`);
    await client.query('BEGIN');
    try {
      await client.query(text);
      await client.query('INSERT INTO migrations (name, hash) VALUES ($1, $2)', [name, hash]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw new Error(`Migration ${name} failed: ${String((error as Error).message)}`, { cause: error });
    }
    applied.push(name);
  }
  return applied;
}

/** Makes row-level security binding for the tables' owner too, or not; only where that is not so already. */
async function setRowSecurity(client: pg.Client, on: boolean): Promise<void> {
  if (on) {
    const { rows } = await client.query<{ above: boolean }>(
      'SELECT rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = current_user',
    );
    if (rows[0]?.above) {
      throw new DomainError(
        'unsupported',
        'OPENPUNCH_RLS=on needs a database role that is no superuser and does not bypass row-level security.',
      );
    }
  }
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relforcerowsecurity <> $1`,
    [on],
  );
  for (const { name } of rows) {
    await client.query(`ALTER TABLE ${name} ${on ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`);
  }
}
