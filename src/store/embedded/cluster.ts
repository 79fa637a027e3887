import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rm,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '../../lib/errors.ts';
import { type Account, databaseAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { runToEnd } from './launch.ts';
import { identityOf } from './postmaster.ts';

/** A data directory whose cluster exists, and all that is needed to start it. */
export interface Cluster {
  dataDir: string;
  directory: string;
  logFile: string;
  identity: string;
  account: Account | undefined;
  binaries: Binaries;
}

const DRAFT = '.postgres-new-';

/** `btree_gist` goes into the template as well, so that databases created later by the ordinary role have it. */
const SETUP = [
  'CREATE EXTENSION btree_gist',
  'CREATE ROLE openpunch LOGIN CREATEDB NOSUPERUSER',
  'CREATE DATABASE openpunch OWNER openpunch',
];

/** Checks the data directory and creates what is missing of it. */
export async function prepareCluster(path: string, fsync: boolean, log: (line: string) => void): Promise<Cluster> {
  if (process.platform === 'win32') {
    throw new DomainError('unavailable', 'The embedded database does not run on Windows: set DATABASE_URL.');
  }
  const dataDir = resolve(path);
  openDataDirectory(dataDir);
  const directory = join(dataDir, 'postgres');
  const account = databaseAccount(directory);
  const binaries = findBinaries(account);
  if (!isCluster(directory)) await createCluster(dataDir, directory, { account, binaries, fsync, log });
  checkVersion(directory, binaries.major);
  if (account && statSync(directory).uid === 0) giveAway(directory, account);
  const identity = identityOf(directory);
  return { dataDir, directory, logFile: join(dataDir, 'postgres.log'), identity, account, binaries };
}

function openDataDirectory(dataDir: string): void {
  const found = existsSync(dataDir) ? statSync(dataDir) : undefined;
  if (found && !found.isDirectory()) {
    throw new DomainError('invalid', `The data directory ${dataDir} is a file.`);
  }
  try {
    makeDirectories(dataDir);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || code === 'EEXIST') {
      throw new DomainError('invalid', `The data directory ${dataDir} cannot be created: a file is in its way.`);
    }
    const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : message;
    throw new DomainError('unavailable', `The data directory ${dataDir} cannot be created: ${reason}.`);
  }
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new DomainError('unavailable', `The data directory ${dataDir} is not writable.`);
  }
}

/** Makes what is missing, step by step: the recursive form never ends on file systems that make nothing, such as /proc. */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
}

function isCluster(directory: string): boolean {
  if (!existsSync(directory)) return false;
  if (!statSync(directory).isDirectory()) {
    throw new DomainError('invalid', `${directory} is a file where the database should be.`);
  }
  try {
    const names = readdirSync(directory);
    if (names.length === 0) return false;
    if (!names.includes('PG_VERSION')) throw new DomainError('invalid', `${directory} does not contain a database.`);
    return true;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('unavailable', `The database in ${directory} belongs to another user.`);
  }
}

function checkVersion(directory: string, major: string): void {
  const found = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new DomainError(
    'invalid',
    `The database in ${directory} was made by PostgreSQL ${found}, and this OpenPunch comes with PostgreSQL ${major}.`,
  );
}

interface Making {
  account: Account | undefined;
  binaries: Binaries;
  fsync: boolean;
  log: (line: string) => void;
}

/** Makes the cluster under another name and renames it, so that an interrupted first start leaves nothing half made. */
async function createCluster(dataDir: string, directory: string, making: Making): Promise<void> {
  const { account, binaries, fsync, log } = making;
  log(`Creating the database in ${directory}.`);
  removeOldDrafts(dataDir);
  const draft = mkdtempSync(join(dataDir, `${DRAFT}${process.pid}-`));
  if (account) chownSync(draft, account.uid, account.gid);
  const task = { directory: draft, account };
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const auth = ['--username=postgres', '--auth-local=trust', '--auth-host=reject'];
  const init = [...locale, ...auth, ...(fsync ? [] : ['--no-sync'])];
  const single = ['-c', 'exit_on_error=on', '-c', `fsync=${fsync ? 'on' : 'off'}`, 'template1'];
  try {
    await runToEnd('Creating the database', { ...task, program: binaries.initdb, args: init });
    const setup = { ...task, program: binaries.postgres, mode: '--single', args: single };
    await runToEnd('Setting up the database', setup, `${SETUP.join('\n')}\n`);
    renameSync(draft, directory);
    sync(dataDir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process that started at the same moment was faster; its cluster is as good.
    if (!existsSync(join(directory, 'PG_VERSION'))) throw error;
  }
}

/** Best effort: a killed start may have left a program behind that still writes into its draft. */
function removeOldDrafts(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (!name.startsWith(DRAFT)) continue;
    try {
      process.kill(Number(name.slice(DRAFT.length).split('-')[0]), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') continue;
      rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 }, () => {});
    }
  }
}

function sync(directory: string): void {
  const descriptor = openSync(directory, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** A cluster that root copied into place, such as a restored backup, belongs to root until it is given to its user. */
function giveAway(directory: string, account: Account): void {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  chownSync(directory, account.uid, account.gid);
}
