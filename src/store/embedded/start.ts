import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../lib/errors.ts';
import type { Cluster } from './cluster.ts';
import { type Control, openControl } from './control.ts';
import { cannotRun, lastComplaint, launch } from './launch.ts';
import {
  DIRECTORY_SETTING,
  holderOf,
  type PostmasterFile,
  readPostmasterFile,
  removeEmptyFile,
  removeStaleFile,
} from './postmaster.ts';
import { removeSocketDirectory, socketDirectory } from './sockets.ts';

/** A running database and this process's hold on it. */
export interface Attachment {
  control: Control;
  pid: number;
  host: string;
  port: number;
  startedHere: boolean;
}

/** How a database is started when it does not run yet. */
export interface StartOptions {
  settings: Record<string, string>;
  log: (line: string) => void;
}

const LARGEST_LOG = 16 * 1024 * 1024;

/** How long the processes of a database that was killed may hold on to its memory, or refuse connections. */
const PATIENCE = 15_000;

/** How long another process may take to start, recover or stop the database. */
const PATIENCE_WITH_OTHERS = 120_000;

/** Complaints that end by themselves: another start was faster, backends are left, or a stop removed the directory. */
const PASSING =
  /pre-existing shared memory block|lock file ".*" (already exists|is empty)|could not create lock file "\S*\.s\.PGSQL/;

/** Adopts the database of the cluster if it still runs, else starts it. Several processes may try at the same time. */
export async function bringUp(cluster: Cluster, options: StartOptions, previousHost?: string): Promise<Attachment> {
  const begin = Date.now();
  let host = previousHost;
  let startedPid: number | undefined;
  for (;;) {
    let problem: string;
    let patience = PATIENCE;
    const file = readPostmasterFile(cluster.directory);
    const holder = file ? holderOf(file.pid, cluster.identity) : 'nobody';
    if (file && holder === 'an unmarked PostgreSQL') {
      throw new DomainError(
        'conflict',
        `A PostgreSQL that OpenPunch did not start (process ${file.pid}) may be using ${cluster.directory}: stop it first.`,
      );
    }
    if (file && holder === 'this database') {
      const attached = await attach(file, cluster);
      if ('control' in attached) return { ...attached, startedHere: file.pid === startedPid };
      problem = attached.problem;
      if (!attached.refused) patience = PATIENCE_WITH_OTHERS;
    } else {
      // The file outlived its process, which was killed: its socket directory is still there.
      host ??= file?.socketDir;
      if (file && holder === 'another program') removeStaleFile(cluster.directory, file);
      if (!file) removeEmptyFile(cluster.directory);
      const started = await start(cluster, options, host);
      if ('pid' in started) {
        startedPid = started.pid;
        continue;
      }
      problem = started.problem;
    }
    if (Date.now() > begin + patience) {
      throw new DomainError('unavailable', `PostgreSQL in ${cluster.directory} did not start: ${problem}.`);
    }
    await sleep(50);
  }
}

type Attached = Omit<Attachment, 'startedHere'> | { problem: string; refused: boolean };

async function attach(file: PostmasterFile, { identity }: Cluster): Promise<Attached> {
  if (!file.ready) return { problem: 'it is still starting or stopping', refused: false };
  const { pid, port, socketDir: host } = file;
  try {
    return { control: await openControl(host, port, identity), pid, port, host };
  } catch (error) {
    // 57P03: the server recovers, starts or stops.
    const busy = error instanceof Error && 'code' in error && error.code === '57P03';
    return { problem: error instanceof Error ? error.message : String(error), refused: !busy };
  }
}

/** Starts PostgreSQL and waits until it accepts connections or has ended; the first may take long after a crash. */
async function start(
  cluster: Cluster,
  { settings, log }: StartOptions,
  previousHost: string | undefined,
): Promise<{ pid: number } | { problem: string }> {
  const { account, directory, logFile } = cluster;
  const host = socketDirectory(previousHost, account);
  if (existsSync(logFile) && statSync(logFile).size > LARGEST_LOG) renameSync(logFile, `${logFile}.1`);
  const output = openSync(logFile, 'a', 0o600);
  const offset = statSync(logFile).size;
  const args = Object.entries(settingsFor(cluster, host, settings)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = launch({
    program: cluster.binaries.postgres,
    args,
    directory,
    account,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = cannotRun(error, account);
  });
  const slow = setTimeout(() => log('PostgreSQL is recovering from a crash; this can take a while.'), PATIENCE);
  try {
    for (;;) {
      if (failure) throw failure;
      if (child.exitCode !== null || child.signalCode !== null) break;
      const file = readPostmasterFile(directory);
      if (file?.ready && file.pid === child.pid) {
        child.unref();
        return { pid: file.pid };
      }
      await sleep(10);
    }
  } finally {
    clearTimeout(slow);
  }
  removeSocketDirectory(host);
  const complaint =
    lastComplaint(wordsOf(child.pid, readFileSync(logFile).subarray(offset).toString())) ?? `see ${logFile}`;
  if (PASSING.test(complaint)) return { problem: complaint };
  throw new DomainError('unavailable', `PostgreSQL in ${directory} did not start: ${complaint}.`);
}

/** The lines that a process wrote into the log, which other starts and a running database write into as well. */
function wordsOf(pid: number | undefined, log: string): string {
  const lines = log.split('\n').filter((line) => line.includes(`[${pid}]`) || !/\[\d+\]/.test(line));
  return lines.join('\n');
}

function settingsFor(cluster: Cluster, host: string, settings: Record<string, string>): Record<string, string> {
  return {
    cluster_name: 'openpunch',
    listen_addresses: '',
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '100',
    shared_buffers: '128MB',
    jit: 'off',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...settings,
    log_line_prefix: '%m [%p] ',
    unix_socket_directories: host,
    [DIRECTORY_SETTING]: cluster.identity,
  };
}
