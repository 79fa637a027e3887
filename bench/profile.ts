import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBenchDatabase } from './database.ts';
import { readFacts } from './facts.ts';
import { readOptions } from './options.ts';
import { load, startFloor, startProduct } from './processes.ts';
import { type CpuProfile, type Share, summarise } from './profile-summary.ts';
import { shapeOf } from './shape.ts';
import type { Measured } from './work.ts';
import { workloadsOf } from './workloads.ts';

/**
 * Where the product's CPU goes: `node bin/openpunch --run bench/profile.ts --only post`, with the flags of the benchmark.
 * With FLOOR=yes in the environment it profiles the floor. Profiling slows a process down: no speeds come of this.
 */
const options = readOptions(process.argv.slice(2));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const shape = shapeOf(options.rows, options.companies);
await using opened = new AsyncDisposableStack();
const database = await openBenchDatabase(shape, options.fresh, say);
opened.defer(() => database.close());
const facts = await readFacts(database.connection);
const free = new Map<string, number>();
const warmSeconds = 12;

for (const workload of workloadsOf(facts, shape, Math.floor(Date.now() / 1000))) {
  if (!options.only.includes(workload.group)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'openpunch-profile-'));
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const begin = performance.now();
  const server =
    process.env.FLOOR === 'yes'
      ? await startFloor(database.connection, flags)
      : await startProduct(database.environment, flags);
  const headers = facts.headers[workload.company] ?? {};
  for (const path of workload.before) await (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).text();
  const time = workload.group === 'clock' ? 'clock' : 'entries';
  const run = async (seconds: number): Promise<Measured> => {
    const work = workload.work(free.get(time) ?? 0, 'same');
    const measured = await load({ port: server.port, headers, connections: workload.connections, seconds, work });
    if (work.kind !== 'get') free.set(time, measured.next);
    return measured;
  };
  // Until V8 has compiled what is hot.
  await run(warmSeconds);
  const skipped = performance.now() - begin;
  const measured = await run(options.seconds);
  await server.stop();
  const [file = ''] = readdirSync(folder);
  const summary = summarise(JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile, skipped);
  rmSync(folder, { recursive: true });
  const each = ((summary.busyMilliseconds / measured.count) * 1000).toFixed(0);
  process.stdout.write(`\n## ${workload.name}: ${measured.count} answers, ${each} us of busy time each\n`);
  print('places', summary.places.slice(0, 15));
  print('functions alone', summary.self);
  print('charged to functions of the product', summary.charged);
  print('functions with what they call', summary.withCallees);
}

function print(title: string, shares: readonly Share[]): void {
  const lines = shares.map(({ what, percent }) => `  ${String(percent).padStart(5)} %  ${what}`);
  process.stdout.write(`${title}\n${lines.join('\n')}\n`);
}
