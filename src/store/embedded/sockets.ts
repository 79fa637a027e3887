import { chownSync, lstatSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Account, canReach } from './account.ts';

const PREFIX = 'openpunch-db-';
const NAME = /^openpunch-db-[A-Za-z0-9]{6}$/;

/** Leaves room for the rest of the name below the 103 bytes that every system allows for a socket's path. */
const LONGEST_BASE = 64;

/**
 * The directory for the database's socket: short, since the system limits a socket's path, and closed to other users.
 * The directory of the previous run is used again, so that connection settings stay valid after the database was restarted.
 */
export function socketDirectory(previous: string | undefined, account: Account | undefined): string {
  if (previous && NAME.test(basename(previous)) && usable(previous, account)) return previous;
  const base = tmpdir();
  const fits = Buffer.byteLength(base) <= LONGEST_BASE && (account === undefined || canReach(account, base));
  const created = mkdtempSync(join(fits ? base : '/tmp', PREFIX));
  if (account) chownSync(created, account.uid, account.gid);
  return created;
}

function usable(path: string, account: Account | undefined): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return recreate(path, account);
  const owner = account?.uid ?? process.getuid?.();
  return found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0;
}

function recreate(path: string, account: Account | undefined): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    if (account) chownSync(path, account.uid, account.gid);
    return true;
  } catch {
    return false;
  }
}

/**
 * Removes a socket directory that this module made, unless it is in use: PostgreSQL removes its socket when it stops, so
 * one that is there belongs to a database that another process has just started.
 */
export function removeSocketDirectory(path: string): void {
  if (!NAME.test(basename(path))) return;
  try {
    rmdirSync(path);
  } catch {
    // In use, or gone already.
  }
}
