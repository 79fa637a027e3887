import type { Facts } from './facts.ts';
import { cpuOf, cpuOfFamily } from './machine.ts';
import { load, type Server } from './processes.ts';
import { median, orderOfRound, percentile, ratios, rounded } from './statistics.ts';
import type { Workload } from './workloads.ts';

/** One run: what the load generator saw, and the CPU that a request cost, in milliseconds. */
export interface Run {
  readonly rps: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuServer: number | null;
  readonly cpuPostgres: number | null;
}

/** Who is measured: the product, floor A, and floor A without reads before writes. */
export type Target = 'product' | 'floor' | 'insertOnly';

/** What a workload gave, by target; `ratios` are the product's rps over a floor's, round by round. */
export interface Result {
  readonly name: string;
  readonly says: string;
  readonly connections: number;
  readonly medians: Partial<Record<Target, Run>>;
  readonly ratio: number;
  readonly ratioInsertOnly: number | null;
  /** CPU of server and PostgreSQL together: the floor's over the product's, which the load of the machine moves less. */
  readonly ratioCpu: number | null;
  readonly ratios: readonly number[];
  readonly runs: Readonly<Record<string, readonly Run[]>>;
}

export interface Bench {
  readonly product: Server;
  readonly floor: Server;
  readonly postmaster: number | undefined;
  readonly facts: Facts;
  readonly rounds: number;
  readonly seconds: number;
  /** Places in time that are free, by group of workloads; it grows with every run. */
  readonly free: Map<string, number>;
}

/** V8 needs some thousand requests until it has compiled what is hot; a run that counts begins after so many. */
const warmRequests = 8_000;
const warmSeconds = 16;

/** Loads a target until it is warm; nothing of it counts. In a quick run it is not worth the time. */
async function warmUp(bench: Bench, workload: Workload, target: Target): Promise<void> {
  const part = Math.min(2, bench.seconds);
  let requests = 0;
  for (let seconds = 0; seconds < (bench.seconds < 2 ? part : warmSeconds); seconds += part) {
    requests += (await runOnce(bench, workload, target, part)).rps * part;
    if (requests >= warmRequests) return;
  }
}

/** Measures a workload: warms each target up, then runs rounds in alternating order. */
export async function measure(bench: Bench, workload: Workload, say: (line: string) => void): Promise<Result> {
  const targets: Target[] = ['product', 'floor', ...(workload.insertOnly ? ['insertOnly' as const] : [])];
  const runs = new Map<Target, Run[]>(targets.map((target) => [target, []]));
  for (const target of targets) await warmUp(bench, workload, target);
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const target of orderOfRound(targets, round)) {
      const run = await runOnce(bench, workload, target, bench.seconds);
      runs.get(target)?.push(run);
    }
    say(
      `${workload.name} ${round + 1}/${bench.rounds}: ${targets.map((one) => `${one} ${runs.get(one)?.at(-1)?.rps}`).join(', ')} rps`,
    );
  }
  return resultOf(workload, runs);
}

async function runOnce(bench: Bench, workload: Workload, target: Target, seconds: number): Promise<Run> {
  const { free, facts, postmaster } = bench;
  const server = target === 'product' ? bench.product : bench.floor;
  const headers = facts.headers[workload.company] ?? {};
  for (const path of workload.before) await (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).text();
  // Entries of one and of many lie in the same time; clocking has its own.
  const time = workload.group === 'clock' ? 'clock' : 'entries';
  const work = workload.work(free.get(time) ?? 0, target === 'insertOnly' ? 'insert-only' : 'same');
  const before = cpuNow(server, postmaster);
  const measured = await load({ port: server.port, headers, connections: workload.connections, seconds, work });
  const after = cpuNow(server, postmaster);
  if (work.kind !== 'get') free.set(time, measured.next);
  const each = (from: number | undefined, to: number | undefined): number | null =>
    from === undefined || to === undefined ? null : rounded((to - from) / measured.count);
  return {
    rps: rounded(measured.rps),
    p50: rounded(measured.p50),
    p99: rounded(measured.p99),
    cpuServer: each(before.server, after.server),
    cpuPostgres: each(before.postgres, after.postgres),
  };
}

function cpuNow(server: Server, postmaster: number | undefined): { server?: number; postgres?: number } {
  const own = cpuOf(server.pid);
  const postgres = postmaster === undefined ? undefined : cpuOfFamily(postmaster);
  return { ...(own === undefined ? {} : { server: own }), ...(postgres === undefined ? {} : { postgres }) };
}

function resultOf({ name, says, connections }: Workload, runs: ReadonlyMap<Target, readonly Run[]>): Result {
  const of = (target: Target, pick: (run: Run) => number): number[] => (runs.get(target) ?? []).map(pick);
  const rps = (run: Run): number => run.rps;
  const cpu = (run: Run): number => (run.cpuServer ?? Number.NaN) + (run.cpuPostgres ?? Number.NaN);
  const byRound = ratios(of('product', rps), of('floor', rps)).map((ratio) => rounded(ratio, 3));
  const insertOnly = ratios(of('product', rps), of('insertOnly', rps));
  const byCpu = median(ratios(of('floor', cpu), of('product', cpu)));
  return {
    name,
    says,
    connections,
    medians: Object.fromEntries([...runs].map(([target, all]) => [target, medianRun(all)])),
    ratio: rounded(median(byRound), 3),
    ratioInsertOnly: runs.has('insertOnly') ? rounded(median(insertOnly), 3) : null,
    ratioCpu: Number.isNaN(byCpu) ? null : rounded(byCpu, 3),
    ratios: byRound,
    runs: Object.fromEntries(runs),
  };
}

function medianRun(runs: readonly Run[]): Run {
  const middle = (pick: (run: Run) => number | null): number | null => {
    const values = runs.map(pick).filter((value) => value !== null);
    return values.length === 0 ? null : rounded(median(values));
  };
  return {
    rps: middle(({ rps }) => rps) ?? 0,
    p50: middle(({ p50 }) => p50) ?? 0,
    p99: middle(({ p99 }) => p99) ?? 0,
    cpuServer: middle(({ cpuServer }) => cpuServer),
    cpuPostgres: middle(({ cpuPostgres }) => cpuPostgres),
  };
}

/** How many times slower the median answer of one workload is than that of another, by rounds; undefined if unmeasured. */
export function slowdown(results: readonly Result[], slow: string, fast: string): number | undefined {
  const p50s = (name: string): number[] | undefined =>
    results.find((result) => result.name === name)?.runs.product?.map(({ p50 }) => p50);
  const [upper, lower] = [p50s(slow), p50s(fast)];
  return upper === undefined || lower === undefined ? undefined : rounded(median(ratios(upper, lower)), 3);
}

/** The largest spread of the product's rps between rounds, as a factor: how far a single round may mislead. */
export function spread(result: Result): number {
  const sorted = (result.runs.product ?? []).map(({ rps }) => rps).sort((a, b) => a - b);
  return rounded(percentile(sorted, 1) / percentile(sorted, 0), 3);
}
