import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Job, Measured } from './work.ts';

const root = join(import.meta.dirname, '..');
const patience = 60_000;

/** A server that is measured, in a process of its own. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Variables of this process that must not reach a server and change what is measured. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(OPENPUNCH_|DATABASE_URL$|HOST$|PORT$|NODE_)/.test(name),
  );
  return Object.fromEntries(kept);
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function start(args: string[], port: number, environment: Readonly<Record<string, string>>): Promise<Server> {
  const nowhere = openSync('/dev/null', 'w');
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...cleanEnvironment(), ...environment },
    stdio: ['ignore', nowhere, 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilAnswers(child, port);
  return {
    port,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilAnswers(child: ChildProcess, port: number): Promise<void> {
  const limit = Date.now() + patience;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with code ${child.exitCode}.`);
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer !== undefined) return;
    if (Date.now() > limit) throw new Error(`${child.spawnargs.join(' ')} does not answer.`);
    await sleep(50);
  }
}

/** The product as `openpunch serve` starts it: the rate limit is off, the access log is written, to /dev/null. */
export async function startProduct(
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<Server> {
  const port = await freePort();
  const own = { PORT: String(port), HOST: '127.0.0.1', OPENPUNCH_RATE_LIMIT: 'off', OPENPUNCH_DEMO: 'no' };
  return start([...nodeOptions, join(root, 'src', 'main.ts'), 'serve'], port, { ...environment, ...own });
}

/** Floor A; see bench/floor.ts. */
export async function startFloor(connection: pg.ClientConfig, nodeOptions: readonly string[] = []): Promise<Server> {
  const port = await freePort();
  const words = [...nodeOptions, join(root, 'bench', 'floor.ts'), String(port), JSON.stringify(connection)];
  return start(words, port, { TZ: 'UTC' });
}

/** Runs the load generator once. */
export async function load(job: Job): Promise<Measured> {
  const child = spawn(process.execPath, [join(root, 'bench', 'load.ts')], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (part: Buffer) => {
    output += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    complaint += part.toString();
  });
  child.stdin.end(JSON.stringify(job));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The load generator failed.\n${complaint}`);
  return JSON.parse(output) as Measured;
}
