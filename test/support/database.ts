import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';

/** A database of one test file, cloned from a migrated template. */
export interface FreshDatabase {
  url: string;
  connection: pg.ClientConfig;
  drop(): Promise<void>;
}

const template = 'openpunch_template';

function serverUrl(): string {
  const url = process.env.OPENPUNCH_TEST_DATABASE ?? process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('Run the tests by "npm test", or give TEST_DATABASE_URL.');
  return url;
}

function urlFor(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the migrated template once, however many test processes ask at the same time. */
async function ensureTemplate(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${template}`);
  await migrate({ connectionString: urlFor(template) }, { rowSecurity: true });
}

/** A new, empty, migrated database with row-level security binding. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => {
    // Cloning demands that nobody is connected to the template, so makers and cloners take turns.
    await client.query('SELECT pg_advisory_lock(815)');
    await ensureTemplate(client);
    // Copying files is much faster here than writing every page to the log.
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  });
  const url = urlFor(name);
  return {
    url,
    connection: { connectionString: url },
    drop: () => dropDatabase(name),
  };
}

let shared: Promise<FreshDatabase> | undefined;

/**
 * One database for all tests of this process that ask for it; making one of their own for each file takes longer than
 * most files' tests. It is dropped as the process ends.
 */
export function sharedDatabase(): Promise<FreshDatabase> {
  shared ??= freshDatabase().then(async (made) => {
    await spreadIds(made.connection);
    process.once('beforeExit', () => void made.drop());
    return { ...made, drop: async () => undefined };
  });
  return shared;
}

/** Lets each table count from a number far from all others', so that no id of one is by chance an id of another. */
async function spreadIds(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(`SELECT setval(oid::regclass, 5000000 * row_number() OVER (ORDER BY oid))
      FROM pg_class WHERE relkind = 'S'`);
  } finally {
    await client.end();
  }
}

/** Autovacuum may be at work in the database for a moment, and the tests' role may not end its process. */
async function dropDatabase(name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)));
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      await setTimeout(500);
    }
  }
}
