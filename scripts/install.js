// Brings node_modules in step with package-lock.json. Plain JavaScript for Node 20 and newer, without any package, since
// it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(root, 'tmp', 'install.lock');
const owner = join(lock, 'owner');
const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.openpunch-install');

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether node_modules holds what package-lock.json asks for, by our own stamp or by npm's record of what it did. */
function isInstalled(withDevelopment) {
  const wanted = readFileSync(lockFile, 'utf8');
  const stamp = createHash('sha256').update(wanted).digest('hex');
  if (readText(stampFile) === stamp) return true;
  const record = readText(join(root, 'node_modules', '.package-lock.json'));
  if (record === undefined) return false;
  const present = JSON.parse(record).packages ?? {};
  let complete = true;
  for (const [path, entry] of Object.entries(JSON.parse(wanted).packages ?? {})) {
    if (path === '' || present[path]?.version === entry.version) continue;
    if (present[path] === undefined && isForOthers(entry)) continue;
    if (!entry.dev || withDevelopment || present[path]) return false;
    complete = false;
  }
  if (complete) writeStamp(stamp);
  return true;
}

/** Whether npm leaves this package out on this platform. */
function isForOthers({ optional, peer, os, cpu, libc }) {
  if (!optional && !peer) return false;
  return peer || libc || (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch));
}

function writeStamp(stamp) {
  try {
    writeFileSync(stampFile, stamp);
  } catch {
    // A read-only installation does without.
  }
}

async function install() {
  process.stderr.write('Installing the packages that OpenPunch needs ...\n');
  const npm = process.env.npm_execpath;
  const [program, first] = npm && basename(npm) === 'npm-cli.js' ? [process.execPath, [npm]] : ['npm', []];
  // Scripts of packages are not run: npm may forbid them, and the server does for itself what they would do.
  const options = ['--ignore-scripts', '--include=dev', '--include=optional', '--engine-strict=false'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  const child = spawn(program, [...first, 'ci', ...options, ...quiet], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Should this process be killed, npm goes on for a while, and the lock has to stay for as long.
  if (child.pid) writeFileSync(owner, `${process.pid} ${child.pid}`);
  const interrupt = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const ending = await new Promise((resolve) => {
    child.once('error', (error) => resolve(`cannot be run (${error.message})`));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`));
  });
  process.removeListener('SIGINT', interrupt).removeListener('SIGTERM', interrupt);
  if (ending !== undefined) {
    process.stderr.write(complaint);
    throw new Error(`The packages that OpenPunch needs could not be installed: npm ${ending}.`);
  }
  writeStamp(createHash('sha256').update(readFileSync(lockFile)).digest('hex'));
}

/** Installs once even when several commands start on a fresh clone; a lock whose owner has died is taken over. */
export async function ensureInstalled(withDevelopment) {
  if (isInstalled(withDevelopment)) return;
  await takeLock();
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  if (!isInstalled(withDevelopment)) await install();
  process.removeListener('exit', release);
  release();
  try {
    rmdirSync(dirname(lock));
  } catch {
    // Others keep files there.
  }
}

async function takeLock() {
  for (const patience = Date.now() + 600_000; ; ) {
    try {
      mkdirSync(dirname(lock), { recursive: true });
      mkdirSync(lock);
      writeFileSync(owner, String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') {
        throw new Error(`The packages that OpenPunch needs cannot be installed in ${root}: ${error.message}.`);
      }
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
      throw new Error(`Another command has been installing for ten minutes; if there is none, remove ${lock}.`);
    }
    await sleep(100);
  }
}

function isAbandoned(place) {
  const owners = readText(join(place, 'owner'))?.split(' ').map(Number) ?? [];
  if (owners.length > 0) return !owners.some(isAlive);
  const age = Date.now() - (statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > 10_000;
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
