import { deepStrictEqual } from 'node:assert/strict';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { demandOwn, hashOf, openPrepared, withClient } from '../database.ts';
import { makeHeaders } from '../facts.ts';
import { cpuOf, cpuOfFamily, machine } from '../machine.ts';
import { freePort, type Server, startProduct } from '../processes.ts';
import { median, orderOfRound, ratios, rounded } from '../statistics.ts';
import { firstDay, lastDay, oldCompany, seedReports, youngCompany } from './seed.ts';

export const reportsUsage = 'npm run bench -- reports [--rounds N] [--fresh]';

/** Calls of each kind in one round, after so many that do not count: V8 compiles what is hot. */
const callsARound = 10;
const warmCalls = 60;

/** What payroll costs at the least: overtime past 40 hours a week in the order of occurrence, by a window in SQL. */
const floorStatement = `
  SELECT user_id, sum(duration)::int, sum(least(duration, greatest(0, run - 144000)))::int
  FROM (SELECT user_id, duration, sum(duration) OVER (
          PARTITION BY user_id, (date - DATE '1970-01-04') / 7 ORDER BY start_at, id) AS run
        FROM timesheets
        WHERE company_id = $1 AND date BETWEEN '${firstDay}' AND '${lastDay}' AND end_at IS NOT NULL) t
  GROUP BY user_id ORDER BY user_id`;

interface Bench {
  readonly client: pg.Client;
  readonly server: Server;
  readonly postmaster: number | undefined;
  readonly headers: Readonly<Record<number, Readonly<Record<string, string>>>>;
}

type Ways = Readonly<Record<string, () => Promise<unknown>>>;

/** Measures reports/payroll against the window in SQL, and against itself where the past is ten times as long. */
export async function benchReports(words: readonly string[], say: (line: string) => void): Promise<object> {
  const { values } = parseArgs({
    args: [...words],
    options: { rounds: { type: 'string', default: '7' }, fresh: { type: 'boolean', default: false } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number of at least 1.');
  await using opened = new AsyncDisposableStack();
  const key = `reports-${hashOf(['seed.ts', 'reports/seed.ts'])}`;
  const database = await openPrepared(key, (client) => prepare(client, key, values.fresh, say), say);
  opened.defer(() => database.close());
  const headers = await makeHeaders(database.connection, [youngCompany, oldCompany]);
  const delayPort = await freePort();
  const preload = ['--import', new URL('delay.ts', import.meta.url).href];
  const server = await startProduct({ ...database.environment, BENCH_DELAY_PORT: String(delayPort) }, preload);
  opened.defer(() => server.stop());
  const [costs, delay] = await withClient(database.connection, async (client) => {
    await client.query("SET TimeZone = 'UTC'; SET jit = off");
    const bench = { client, server, postmaster: database.postmaster, headers };
    await demandEqualTotals(bench);
    const ways = waysOf(bench);
    const measured = await measure(ways, rounds, () => cpuOfAll(bench), say);
    return [measured, await longestDelay(ways, delayPort)];
  });
  const of = (name: string, what: keyof Cost): number[] => (costs.get(name) ?? []).map((cost) => cost[what]);
  const middles = (what: keyof Cost): object =>
    Object.fromEntries([...costs.keys()].map((name) => [name, rounded(median(of(name, what)))]));
  const ratio = (upper: string, lower: string, what: keyof Cost): number =>
    rounded(median(ratios(of(upper, what), of(lower, what))), 3);
  return {
    machine: machine(),
    postgres: database.settings,
    rounds,
    callsARound,
    milliseconds: middles('elapsed'),
    millisecondsOfCpu: middles('cpu'),
    payrollOverFloor: ratio('payroll', 'floor', 'elapsed'),
    payrollOverFloorByCpu: ratio('payroll', 'floor', 'cpu'),
    tenTimesThePast: ratio('payrollOfOldCompany', 'payroll', 'elapsed'),
    tenTimesThePastByCpu: ratio('payrollOfOldCompany', 'payroll', 'cpu'),
    longestEventLoopDelayMilliseconds: delay,
    targets: { payrollOverFloor: 1.5, tenTimesThePast: 1.25, longestEventLoopDelayMilliseconds: 50 },
  };
}

async function prepare(client: pg.Client, key: string, fresh: boolean, say: (line: string) => void): Promise<boolean> {
  await demandOwn(client);
  const { rows } = await client.query('SELECT FROM bench_seed WHERE key = $1', [key]);
  if (rows.length > 0 && !fresh) return false;
  await seedReports(client, say);
  await client.query('DELETE FROM bench_seed');
  await client.query('INSERT INTO bench_seed VALUES ($1, 0)', [key]);
  return true;
}

function waysOf(bench: Bench): Ways {
  return {
    floor: () => floor(bench),
    payroll: () => report(bench, youngCompany, 'payroll'),
    payrollOfOldCompany: () => report(bench, oldCompany, 'payroll'),
    payrollWithSupplementalData: () => report(bench, youngCompany, 'payroll', 'yes'),
    payrollByJobcode: () => report(bench, youngCompany, 'payroll_by_jobcode'),
  };
}

async function floor({ client }: Bench): Promise<number[][]> {
  const { rows } = await client.query<number[]>({
    name: 'floor',
    text: floorStatement,
    values: [youngCompany],
    rowMode: 'array',
  });
  return rows;
}

/** Asks for a report and reads the whole answer. */
async function report(
  { server, headers }: Bench,
  company: number,
  name: string,
  supplemental: 'yes' | 'no' = 'no',
): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/reports/${name}`, {
    method: 'POST',
    headers: headers[company] ?? {},
    body: JSON.stringify({
      data: { start_date: firstDay, end_date: lastDay, advanced_overtime: 'no', supplemental_data: supplemental },
    }),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${name} is answered with ${response.status}: ${text.slice(0, 500)}`);
  return text;
}

/** Demands that report and floor agree on everybody's straight time and overtime. */
async function demandEqualTotals(bench: Bench): Promise<void> {
  const answer = JSON.parse(await report(bench, youngCompany, 'payroll')) as {
    results: { payroll_report: Record<string, Record<string, number>> };
  };
  const rows = Object.values(answer.results.payroll_report);
  const ours = rows.map((row) => [row.user_id, row.total_work_seconds, row.total_ot_seconds]);
  deepStrictEqual(ours, await floor(bench));
}

/** Milliseconds that a call takes, and those of CPU that it costs server and PostgreSQL together. */
interface Cost {
  readonly elapsed: number;
  readonly cpu: number;
}

function cpuOfAll({ server, postmaster }: Bench): number {
  const postgres = postmaster === undefined ? undefined : cpuOfFamily(postmaster);
  return (cpuOf(server.pid) ?? Number.NaN) + (postgres ?? Number.NaN);
}

/** Costs of a call, by way and round: the median of each round's calls. Rounds run in alternating order. */
async function measure(
  ways: Ways,
  rounds: number,
  cpuNow: () => number,
  say: (line: string) => void,
): Promise<Map<string, Cost[]>> {
  const names = Object.keys(ways);
  const costs = new Map<string, Cost[]>(names.map((name) => [name, []]));
  for (const name of names) await timesOf(ways[name], name === 'floor' ? callsARound : warmCalls);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of orderOfRound(names, round)) {
      const before = cpuNow();
      const elapsed = median(await timesOf(ways[name], callsARound));
      costs.get(name)?.push({ elapsed, cpu: (cpuNow() - before) / callsARound });
    }
    say(
      `reports ${round + 1}/${rounds}: ${names.map((name) => `${name} ${rounded(costs.get(name)?.at(-1)?.elapsed ?? 0)}`).join(', ')} ms`,
    );
  }
  return costs;
}

async function timesOf(call: (() => Promise<unknown>) | undefined, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const begin = performance.now();
    await call?.();
    times.push(performance.now() - begin);
  }
  return times;
}

/** For how long the server's event loop stood still at most while it was asked for each report; the floor is none of it. */
async function longestDelay(ways: Ways, port: number): Promise<Record<string, number>> {
  const ask = async (): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return ((await response.json()) as { longest: number }).longest;
  };
  const delays: Record<string, number> = {};
  for (const [name, call] of Object.entries(ways)) {
    if (name === 'floor') continue;
    await ask();
    await timesOf(call, callsARound);
    delays[name] = rounded(await ask());
  }
  return delays;
}
