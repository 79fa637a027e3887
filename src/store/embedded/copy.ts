import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { DomainError } from '../../lib/errors.ts';
import { type Account, canReach } from './account.ts';

/**
 * A copy of the PostgreSQL programs in a directory that every user can read and only this one can write, made once and
 * used again. It is needed where the database's user cannot reach the package, or where its links cannot be completed.
 */
export function copyOfBinaries(native: string, version: string, account: Account | undefined): string {
  const program = readFileSync(join(native, 'bin', 'postgres'));
  const hash = createHash('sha256').update(version).update(program).digest('hex').slice(0, 12);
  for (const base of new Set([tmpdir(), '/tmp', '/var/tmp', '/var/cache'])) {
    if (!existsSync(base) || (account && !canReach(account, base))) continue;
    const place = join(base, `openpunch-postgresql-${version}-${hash}-${process.getuid?.() ?? 0}`);
    try {
      const copy = trusted(place) ? place : makeCopy(native, place);
      if (runs(copy, account)) return copy;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
    }
  }
  throw new DomainError(
    'unavailable',
    'The PostgreSQL programs can neither be run where they are installed nor be copied to a temporary directory.',
  );
}

function trusted(place: string): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Copies beside the final name and renames, so that a copy that was interrupted is never taken for a whole one. */
function makeCopy(native: string, place: string): string {
  const draft = mkdtempSync(`${place}.`);
  try {
    copyTree(native, draft);
    linkLibraries(native, draft);
    // Somebody else's directory of that name is not to be trusted; the draft then serves in its stead.
    if (lstatSync(place, { throwIfNoEntry: false }) && !trusted(place)) return draft;
    renameSync(draft, place);
    return place;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (trusted(place)) return place;
    throw error;
  }
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target);
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      copyFileSync(source, target);
      // Cleaners of temporary directories leave files with the sticky bit alone, however old they are.
      chmodSync(target, basename(from) === 'bin' ? 0o1755 : 0o1644);
    }
  }
}

function linkLibraries(native: string, copy: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(copy, relative('native', target));
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}

function runs(copy: string, account: Account | undefined): boolean {
  const { status } = spawnSync(join(copy, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', stdio: 'ignore' });
  return status === 0;
}
