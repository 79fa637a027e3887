import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';

/** Clock ticks a second that /proc counts in, on every Linux that matters. */
const ticks = 100;

/** User and system CPU of a process in milliseconds; undefined where /proc does not tell. */
export function cpuOf(pid: number): number | undefined {
  try {
    const [user = 0, system = 0] = fieldsOf(pid).slice(11, 13).map(Number);
    return ((user + system) * 1000) / ticks;
  } catch {
    return undefined;
  }
}

/** The same of all processes that a process has started, such as PostgreSQL's backends, ended ones too, and of itself. */
export function cpuOfFamily(pid: number): number | undefined {
  try {
    const [user = 0, system = 0] = fieldsOf(pid).slice(13, 15).map(Number);
    let sum = (cpuOf(pid) ?? 0) + ((user + system) * 1000) / ticks;
    for (const name of readdirSync('/proc')) {
      if (/^\d+$/.test(name) && parentOf(Number(name)) === pid) sum += cpuOf(Number(name)) ?? 0;
    }
    return sum;
  } catch {
    return undefined;
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(fieldsOf(pid)[1]);
  } catch {
    return undefined;
  }
}

/** The fields of /proc/PID/stat behind the name, which may hold blanks. */
function fieldsOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Where the numbers come from. */
export function machine(): Record<string, string | number> {
  const [first] = cpus();
  return {
    cores: cpus().length,
    cpu: first?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
