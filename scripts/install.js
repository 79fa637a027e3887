// Brings node_modules in step with package-lock.json. Plain JavaScript for Node 20 and newer, without any package, since
// it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(root, 'tmp', 'install.lock');
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

/** Gives the sentence that says why nothing could be installed, or undefined. */
async function install(alsoWaitFor) {
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
  if (child.pid) alsoWaitFor(child.pid);
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
    return `The packages that OpenPunch needs could not be installed: npm ${ending}.`;
  }
  writeStamp(createHash('sha256').update(readFileSync(lockFile)).digest('hex'));
  return undefined;
}

/** Installs once even when several commands start on a fresh clone. */
export async function ensureInstalled(withDevelopment) {
  if (isInstalled(withDevelopment)) return;
  let refusal;
  await withLock(lock, async (alsoWaitFor) => {
    if (!isInstalled(withDevelopment)) refusal = await install(alsoWaitFor);
  }).catch(({ message }) => {
    throw new Error(`The packages that OpenPunch needs can not be installed in ${root}: ${message}.`);
  });
  if (refusal !== undefined) throw new Error(refusal);
}
