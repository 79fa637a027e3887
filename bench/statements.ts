import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchDatabase, withClient } from './database.ts';
import type { Facts } from './facts.ts';
import { type Server, startProduct } from './processes.ts';
import { pagedCompany, writtenCompany } from './shape.ts';
import { entryAt } from './work.ts';

const endpoint = '/api/v1/timesheets';

/** Statements that a request sends: with all that the product keeps in memory, and with nothing of it. */
export interface Counted {
  readonly request: string;
  readonly warm: number;
  readonly cold: number;
}

/** The counts, and every text that was sent for the requests that are measured. */
export interface Counts {
  readonly counted: readonly Counted[];
  readonly texts: ReadonlySet<string>;
  /** Places in time that the entries took. */
  readonly next: number;
}

interface Probe {
  request: string;
  company: number;
  send: (server: Server) => Promise<unknown>;
}

/**
 * Counts the product's statements in a traced process of its own. Throws when a page of 200 rows costs more statements
 * than one of 20, or 50 items more than one.
 */
export async function countStatements(database: BenchDatabase, facts: Facts, first: number): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'openpunch-bench-'));
  const file = join(folder, 'statements');
  writeFileSync(file, '');
  const trace = `--import=${join(import.meta.dirname, 'trace.ts')}`;
  const server = await startProduct({ ...database.environment, OPENPUNCH_JOBS: 'off', BENCH_TRACE: file }, [trace]);
  const probes = probesOf(facts, first);
  const counted: Counted[] = [];
  const texts = new Set<string>();
  try {
    for (const probe of probes.list) {
      await probe.send(server);
      const warm = await sentFor(file, () => probe.send(server));
      await forget(database, probe.company);
      const cold = await sentFor(file, () => probe.send(server));
      counted.push({ request: probe.request, warm: warm.length, cold: cold.length });
      for (const text of warm) texts.add(text);
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
  demandEqual(counted);
  return { counted, texts, next: probes.next() };
}

/** Makes the product drop all that it keeps of a company, as any change of its people or jobcodes does. */
async function forget({ connection }: BenchDatabase, company: number): Promise<void> {
  await withClient(connection, (client) => client.query("SELECT pg_notify('openpunch', $1)", [String(company)]));
  await sleep(200);
}

async function sentFor(file: string, work: () => Promise<unknown>): Promise<string[]> {
  const before = readFileSync(file, 'utf8').length;
  await work();
  const lines = readFileSync(file, 'utf8').slice(before).trim().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as string);
}

function probesOf(
  { headers, days, timesheets, writers, jobcodes }: Facts,
  first: number,
): { list: Probe[]; next: () => number } {
  // Each turn takes the next places of the same people, whom the product knows by then.
  let taken = Math.ceil(first / writers.length);
  const send = async (
    server: Server,
    company: number,
    method: string,
    path: string,
    data?: object[],
  ): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { ...headers[company], 'content-type': 'application/json' },
      ...(data === undefined ? {} : { body: JSON.stringify({ data }) }),
    });
    const body = await response.text();
    if (response.status !== 200 || /"_status_code":(?!200)/.test(body))
      throw new Error(`${path}: ${body.slice(0, 500)}`);
    return JSON.parse(body);
  };
  const entries = (count: number): object[] => {
    const from = taken * writers.length;
    taken += 1;
    return Array.from({ length: count }, (_, index) => entryAt(from + index, writers, jobcodes));
  };
  const page = (limit: number): Probe => ({
    request: `page of ${limit}`,
    company: pagedCompany,
    send: (server) =>
      send(server, pagedCompany, 'GET', `${endpoint}?start_date=${days[0]}&end_date=2040-01-01&limit=${limit}`),
  });
  const ids = (count: number): Probe => ({
    request: `ids of ${count}`,
    company: pagedCompany,
    send: (server) =>
      send(server, pagedCompany, 'GET', `${endpoint}?ids=${timesheets.slice(0, count).join(',')}&on_the_clock=both`),
  });
  const post = (count: number): Probe => ({
    request: `POST of ${count}`,
    company: writtenCompany,
    send: (server) => send(server, writtenCompany, 'POST', endpoint, entries(count)),
  });
  let latest: number[] = [];
  let turn = 0;
  const put = (count: number): Probe => ({
    request: `PUT of ${count}`,
    company: writtenCompany,
    send: async (server) => {
      if (latest.length < count) latest = idsIn(await send(server, writtenCompany, 'POST', endpoint, entries(count)));
      turn += 1;
      const data = latest.slice(0, count).map((id) => ({ id, notes: `Changed ${turn} times.` }));
      return send(server, writtenCompany, 'PUT', endpoint, data);
    },
  });
  const list = [page(20), page(200), ids(1), ids(50), post(1), post(50)];
  // The entries that are changed are made while nobody counts, in the first send of each.
  return { list: [...list, put(1), put(50)], next: () => taken * writers.length };
}

function idsIn(answer: unknown): number[] {
  const { results } = answer as { results: { timesheets: Record<string, { id: number }> } };
  return Object.values(results.timesheets).map(({ id }) => id);
}

/** Pairs of neighbours in the list are the same request in two sizes. */
function demandEqual(counted: readonly Counted[]): void {
  for (let index = 0; index + 1 < counted.length; index += 2) {
    const [small, large] = [counted[index], counted[index + 1]];
    if (small === undefined || large === undefined) continue;
    if (small.warm !== large.warm || small.cold !== large.cold) {
      throw new Error(`Statements grow with the rows: ${JSON.stringify(small)}, ${JSON.stringify(large)}.`);
    }
  }
}
