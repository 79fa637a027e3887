import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/store/embedded/index.ts';

/** A database for one run of the tests. */
export interface TestDatabase {
  url: string;
  remove(): Promise<void>;
}

/** Safety against power failure costs time and protects nothing here. */
const FAST = { synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** The database of TEST_DATABASE_URL, or an embedded one in a temporary directory that is removed at the end. */
export async function provideDatabase(): Promise<TestDatabase> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, remove: async () => {} };
  const dataDir = mkdtempSync(join(tmpdir(), 'openpunch-test-'));
  const database = await startEmbedded({ dataDir, fsync: false, settings: FAST });
  const { host, port, user, database: name } = database.connection;
  const url = `postgres://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  const remove = async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, remove };
}
