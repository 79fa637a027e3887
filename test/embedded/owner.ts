// A process that owns an embedded database, for tests that kill it. It prints one line of JSON when the database is up,
// stops it when its input ends, and prints the sentence of a refusal.
import { type EmbeddedDatabase, startEmbedded } from '../../src/store/embedded/index.ts';

const [dataDir = '', claim = ''] = process.argv.slice(2);

function say(message: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function refuse(error: unknown): never {
  say({ refused: error instanceof Error ? error.message : String(error) });
  process.exit(3);
}

let database: EmbeddedDatabase;
try {
  database = await startEmbedded({ dataDir, fsync: false });
  if (claim === 'claim') await database.claim();
} catch (error) {
  refuse(error);
}
database.onRestart(() => say({ restarted: true }));
say({ up: true, startedHere: database.startedHere, host: database.connection.host });
process.stdin.resume();
process.stdin.once('end', async () => {
  await database.stop();
  process.exit(0);
});
