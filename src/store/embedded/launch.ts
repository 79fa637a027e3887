import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { DomainError } from '../../lib/errors.ts';
import type { Account } from './account.ts';

/** PostgreSQL programs get nothing of this process's environment: variables such as PGDATA would change their meaning. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** One PostgreSQL program working on one data directory. */
export interface Launch {
  program: string;
  /** An argument that has to come before all others. */
  mode?: string;
  args: string[];
  directory: string;
  account: Account | undefined;
  /** Standard input, output and error. */
  stdio: ['ignore' | 'pipe', 'pipe' | number, 'pipe' | number];
  /** Leaves the terminal's process group, so that Ctrl-C reaches only the server, which then stops the database. */
  detached?: boolean;
}

/**
 * Starts a program with `-D` for the directory. Another user may be unable to pass through the directories above, whose
 * permissions are not ours to change; so the directory is opened here and handed over as descriptor 3.
 */
export function launch({ program, mode, args, directory, account, stdio, detached = false }: Launch): ChildProcess {
  const handOver = account !== undefined && existsSync('/proc/self/fd');
  const descriptor = handOver ? openSync(directory, 'r') : undefined;
  const all: StdioOptions = descriptor === undefined ? stdio : [...stdio, descriptor];
  const place = descriptor === undefined ? directory : '/proc/self/fd/3';
  try {
    const words = [...(mode ? [mode] : []), '-D', place, ...args];
    return spawn(program, words, { ...account, cwd: '/', env: ENVIRONMENT, stdio: all, detached });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Runs a program to its end and answers what it printed; a failure becomes one sentence with the program's last words. */
export async function runToEnd(what: string, task: Omit<Launch, 'stdio'>, input = ''): Promise<void> {
  const child = launch({ ...task, stdio: [input === '' ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (part: Buffer) => {
    output += part.toString();
  });
  child.stderr?.on('data', (part: Buffer) => {
    output += part.toString();
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(cannotRun(error, task.account)));
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new DomainError('unavailable', `${what} failed: ${lastComplaint(output) ?? `exit code ${code}`}`);
  }
}

/** The sentence for a program that could not even be started. */
export function cannotRun(error: NodeJS.ErrnoException, account: Account | undefined): DomainError {
  const denied = error.code === 'EPERM' || error.code === 'EINVAL';
  const detail =
    denied && account
      ? 'PostgreSQL does not run as root and this process may not switch to another user: start OpenPunch as an ordinary user.'
      : `PostgreSQL cannot be run: ${error.message}.`;
  return new DomainError('unavailable', detail);
}

/** The last line of a log that says what went wrong. */
export function lastComplaint(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => /FATAL|PANIC|ERROR|error:|could not/.test(line));
  return lines
    .at(-1)
    ?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '')
    .trim();
}
