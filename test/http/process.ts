import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A process of the program. */
export interface Run {
  child: ChildProcess;
  out: () => string;
  err: () => string;
  /** The exit code, once the process and its pipes have ended. */
  ended: Promise<number | null>;
}

/** Runs the program with nothing of this process's environment but what it needs. */
export function runMain(t: TestContext, words: string[], env: Record<string, string>, input?: string): Run {
  const child = spawn(process.execPath, [main, ...words], {
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: '0',
      OPENPUNCH_DEMO: 'no',
      ...env,
    },
  });
  t.after(() => child.kill('SIGKILL'));
  child.stdin.end(input);
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, out: () => texts.out, err: () => texts.err, ended };
}

/** The address that the server tells once it listens. */
export async function listening(server: Run): Promise<string> {
  for (;;) {
    const [, url] = /listens at (\S+)\//.exec(server.out()) ?? [];
    if (url !== undefined && server.out().includes('Stop it')) return url;
    assert.equal(server.child.exitCode, null, server.err());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
