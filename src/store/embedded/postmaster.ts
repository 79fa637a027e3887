import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The setting that marks a running PostgreSQL with the directory it serves, wherever that is reachable from. */
export const DIRECTORY_SETTING = 'openpunch.directory';

/** What PostgreSQL wrote about itself into `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  port: number;
  socketDir: string;
  /** True once connections are accepted. */
  ready: boolean;
  text: string;
}

/** Reads `postmaster.pid`; undefined when there is none or it is still being written. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
  const [pid, , , port, socketDir, , , status] = text.split('\n').map((line) => line.trim());
  if (!(Number(pid) > 0)) return undefined;
  return { pid: Number(pid), port: Number(port), socketDir: socketDir ?? '', ready: status === 'ready', text };
}

/** Identifies a directory whatever path leads to it; a copy of it has another identity. */
export function identityOf(directory: string): string {
  const { dev, ino } = statSync(directory, { bigint: true });
  return `${dev}:${ino}`;
}

/** Who has the process number that a `postmaster.pid` names. */
export type Holder = 'nobody' | 'this database' | 'another program' | 'an unmarked PostgreSQL';

/**
 * Tells whether a process is the PostgreSQL of the directory with that identity. After a restart of the machine or of a
 * container its number may have gone to any other program, and PostgreSQL would then refuse to start.
 */
export function holderOf(pid: number, identity: string): Holder {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'nobody';
  }
  if (!existsSync('/proc/self/cmdline')) return 'this database';
  let command: string[];
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return 'nobody';
  }
  if (command.includes(`${DIRECTORY_SETTING}=${identity}`)) return 'this database';
  const marked = command.some((word) => word.startsWith(`${DIRECTORY_SETTING}=`));
  return !marked && /(^|\/)postgres$/.test(command[0] ?? '') ? 'an unmarked PostgreSQL' : 'another program';
}

/**
 * Removes a `postmaster.pid` whose process number now belongs to another program. It is moved away first and put back
 * if another start has replaced it in that moment. PostgreSQL still refuses to start beside backends that are left.
 */
export function removeStaleFile(cluster: string, stale: PostmasterFile): void {
  const path = join(cluster, 'postmaster.pid');
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') === stale.text) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

/**
 * Removes a `postmaster.pid` that has been empty for a while, as a full disk leaves it; PostgreSQL would not start. One
 * that another start has just made is empty only for a moment.
 */
export function removeEmptyFile(cluster: string): void {
  const path = join(cluster, 'postmaster.pid');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.size === 0 && Date.now() - found.mtimeMs > 5_000) rmSync(path, { force: true });
}
