import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedDatabase, startEmbedded } from '../../src/store/embedded/index.ts';

/** A message of the owner process. */
export interface Message {
  up?: boolean;
  refused?: string;
  restarted?: boolean;
  startedHere?: boolean;
  host?: string;
}

/** Another process that uses the database of a directory. */
export interface Owner {
  process: ChildProcess;
  next(): Promise<Message>;
  kill(): Promise<void>;
  ended(): Promise<void>;
  leave(): Promise<void>;
}

const opened = new WeakMap<TestContext, EmbeddedDatabase[]>();

/** A fresh directory that is removed, with whatever database still runs in it, when the test is over. */
export function temporary(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'openpunch-embedded-'));
  t.after(async () => {
    for (const database of opened.get(t) ?? []) await database.stop();
    if (existsSync(join(directory, 'data', 'postgres', 'postmaster.pid'))) kill(postmasterOf(join(directory, 'data')));
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  return directory;
}

/** Opens the database of a directory without syncing to disk; the directory's removal stops it. */
export async function open(t: TestContext, dataDir: string): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDir, fsync: false });
  opened.set(t, [...(opened.get(t) ?? []), database]);
  return database;
}

/** Starts the owner script for a directory, as the given user or as the one of this process. */
export function owner(dataDir: string, claim: 'claim' | 'use', account: { uid?: number; gid?: number } = {}): Owner {
  const script = join(import.meta.dirname, 'owner.ts');
  const child = spawn(process.execPath, [script, dataDir, claim], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    ...account,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  return {
    process: child,
    next: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error('The owner process ended without a word.');
      return JSON.parse(value) as Message;
    },
    ended: async () => {
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    leave: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** Runs statements on a connection of their own and answers the rows of the last one. */
export async function sql<Row extends pg.QueryResultRow>(
  { connection }: EmbeddedDatabase,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The process number of the PostgreSQL of a directory. */
export function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Kills a process for good; one that is gone already is no matter. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Waits until something is true, for at most 20 seconds. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  for (const limit = Date.now() + 20_000; !condition(); ) {
    if (Date.now() > limit) throw new Error(`Waited in vain: ${what}.`);
    await sleep(5);
  }
}
