// A lock between processes: a directory that names its owners. Plain JavaScript for Node 20 and newer, since it is used
// before anything is installed.
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does the work while holding the lock. One whose owner has died is taken over. Throws where the lock can not be made,
 * and after ten minutes. The work may add the ids of other processes that must end before the lock is free.
 */
export async function withLock(lock, work) {
  const owner = join(lock, 'owner');
  await takeLock(lock, owner);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work((pid) => writeFileSync(owner, `${process.pid} ${pid}`));
  } finally {
    process.removeListener('exit', release);
    release();
    try {
      rmdirSync(dirname(lock));
    } catch {
      // Others keep files there.
    }
  }
}

async function takeLock(lock, owner) {
  for (const patience = Date.now() + 600_000; ; ) {
    try {
      mkdirSync(dirname(lock), { recursive: true });
      mkdirSync(lock);
      writeFileSync(owner, String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
    }
    if (isAbandoned(lock)) {
      const aside = `${lock}.${process.pid}`;
      try {
        renameSync(lock, aside);
        if (isAbandoned(aside)) rmSync(aside, { recursive: true, force: true });
        else renameSync(aside, lock);
      } catch {
        // Another command was faster.
      }
    }
    if (Date.now() > patience) {
      throw new Error(`another command has been busy for ten minutes; if there is none, remove ${lock}`);
    }
    await sleep(100);
  }
}

function isAbandoned(place) {
  const owners = ownersOf(place);
  if (owners.length > 0) return !owners.some(isAlive);
  const age = Date.now() - (statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > 10_000;
}

function ownersOf(place) {
  try {
    return readFileSync(join(place, 'owner'), 'utf8').split(' ').map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
