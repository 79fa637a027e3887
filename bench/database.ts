import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../src/store/embedded/index.ts';
import { migrate } from '../src/store/migrate.ts';
import { seed } from './seed.ts';
import type { Shape } from './shape.ts';

const root = join(import.meta.dirname, '..');
const notOurs =
  'The database of DATABASE_URL holds companies that the benchmark did not make, or makes otherwise now: give an empty one.';

/** A seeded database and how the processes of the benchmark reach it. */
export interface BenchDatabase {
  readonly connection: pg.ClientConfig;
  /** Variables that make `openpunch serve` use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it was seeded now, or the data of an earlier run is used. */
  readonly seeded: boolean;
  /** Process id of PostgreSQL's postmaster; undefined where that is another machine's matter. */
  readonly postmaster: number | undefined;
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * The embedded database in tmp/bench-data, or that of DATABASE_URL, with data of this shape: seeded unless an earlier run
 * left it so. The time of an earlier run's write workloads is taken out again.
 */
export async function openBenchDatabase(
  shape: Shape,
  fresh: boolean,
  say: (line: string) => void,
): Promise<BenchDatabase> {
  const key = keyOf(shape);
  return openPrepared(key, (client) => prepare(client, shape, key, fresh, say), say);
}

/** The same with data of any kind: `prepare` tells whether it made them now. `key` names them. */
export async function openPrepared(
  key: string,
  prepare: (client: pg.Client) => Promise<boolean>,
  say: (line: string) => void,
): Promise<BenchDatabase> {
  const url = process.env.DATABASE_URL;
  const dataDir = join(root, 'tmp', 'bench-data', key);
  const embedded =
    url === undefined
      ? await startEmbedded({
          dataDir,
          log: say,
          settings: {
            shared_buffers: '1GB',
            max_connections: '100',
            max_wal_size: '4GB',
            maintenance_work_mem: '512MB',
          },
        })
      : undefined;
  const connection: pg.ClientConfig = embedded?.connection ?? { connectionString: url };
  try {
    await migrate(connection, { rowSecurity: false });
    const seeded = await withClient(connection, prepare);
    return {
      connection,
      environment: url === undefined ? { OPENPUNCH_DATA_DIR: dataDir } : { DATABASE_URL: url },
      seeded,
      postmaster: url === undefined ? postmasterOf(dataDir) : undefined,
      settings: await withClient(connection, settingsOf),
      close: async () => embedded?.stop(),
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Names the data: another size, another schema or another seed makes other data. */
function keyOf({ companies, bigRows, ordinaryRows }: Shape): string {
  const rows = bigRows + ordinaryRows * (companies - 1);
  return `${rows}-rows-${companies}-companies-${hashOf(['shape.ts', 'seed.ts', 'seed-people.ts', 'seed-time.ts'])}`;
}

/** Names the schema together with these files of the benchmark. */
export function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  const migrations = join(root, 'migrations');
  const all = readdirSync(migrations).map((name) => join(migrations, name));
  const seeding = files.map((name) => join(import.meta.dirname, name));
  for (const file of [...all.sort(), ...seeding]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/** Throws where the database holds companies that no benchmark made. */
export async function demandOwn(client: pg.Client): Promise<void> {
  await client.query('CREATE TABLE IF NOT EXISTS bench_seed (key text PRIMARY KEY, last_id integer NOT NULL)');
  const { rows } = await client.query('SELECT FROM companies WHERE NOT EXISTS (SELECT FROM bench_seed) LIMIT 1');
  if (rows.length > 0) throw new Error(notOurs);
}

async function prepare(
  client: pg.Client,
  shape: Shape,
  key: string,
  fresh: boolean,
  say: (line: string) => void,
): Promise<boolean> {
  await client.query('CREATE TABLE IF NOT EXISTS bench_seed (key text PRIMARY KEY, last_id integer NOT NULL)');
  const { rows } = await client.query<{ last_id: number }>('SELECT last_id FROM bench_seed WHERE key = $1', [key]);
  await demandOwn(client);
  const [known] = rows;
  if (known === undefined || fresh) {
    const last = await seed(client, shape, say);
    await client.query('DELETE FROM bench_seed');
    await client.query('INSERT INTO bench_seed VALUES ($1, $2)', [key, last]);
    return true;
  }
  say('Taking out what the last run wrote.');
  await client.query('DELETE FROM timesheets WHERE company_id = 2 AND id > $1', [known.last_id]);
  await client.query('TRUNCATE history');
  await client.query('VACUUM (ANALYZE) timesheets');
  return false;
}

async function settingsOf(client: pg.Client): Promise<Record<string, string>> {
  const names = ['server_version', 'shared_buffers', 'fsync', 'synchronous_commit', 'max_wal_size', 'jit'];
  const { rows } = await client.query<{ name: string; value: string }>(
    'SELECT n AS name, current_setting(n) AS value FROM unnest($1::text[]) n',
    [names],
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** One connection for the time of some work. */
export async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection, application_name: 'openpunch bench' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
