import { text } from 'node:stream/consumers';
import { bodyOf, type Connection, openConnection, type RawAnswer, requestText } from './client.ts';
import { percentile } from './statistics.ts';
import { clockInAt, clockOutAt, entryAt, type Job, type Measured, type Work } from './work.ts';

/**
 * The load generator, a process of its own: a job as JSON on standard input, the measurement as JSON on standard output.
 * Every connection sends its next request when it has the whole answer to the last one.
 */
const job = JSON.parse(await text(process.stdin)) as Job;

/** One answer in so many is parsed as a whole; of writes the items of every answer are counted. */
const sampleEvery = 40;
const okItem = '"_status_code":200';
let answers = 0;

/** One exchange of a connection: sends, waits, checks. */
type Turn = (connection: Connection, lane: number) => Promise<void>;

function demandStatus(answer: RawAnswer): void {
  answers += 1;
  if (answer.status === 200) return;
  throw new Error(`The server answered ${answer.status}: ${bodyOf(answer).slice(0, 500)}`);
}

function demandRows(answer: RawAnswer, rows: number): void {
  demandStatus(answer);
  if (answers % sampleEvery !== 1) return;
  const { results } = JSON.parse(bodyOf(answer)) as { results: { timesheets: object } };
  const found = Object.keys(results.timesheets).length;
  if (found !== rows) throw new Error(`An answer holds ${found} rows, not ${rows}.`);
}

function demandItems(answer: RawAnswer, items: number): string {
  demandStatus(answer);
  const body = bodyOf(answer);
  if (answers % sampleEvery === 1) JSON.parse(body);
  const good = body.split(okItem).length - 1;
  if (good !== items) throw new Error(`${good} of ${items} items are well: ${body.slice(0, 500)}`);
  return body;
}

function request(method: string, path: string, data?: readonly object[]): string {
  return requestText(method, path, job.headers, data === undefined ? '' : JSON.stringify({ data }));
}

/** A counter for each connection. */
function lanesOf(connections: number): number[] {
  return Array.from({ length: connections }, () => 0);
}

/** The turns of a kind of work, and what is free after them. */
function turnsOf(work: Work): { turn: Turn; next: () => number } {
  if (work.kind === 'get') {
    const requests = work.paths.map((path) => request('GET', path));
    let at = Math.floor(Math.random() * requests.length);
    return {
      next: () => 0,
      turn: async (connection) => {
        const bytes = requests[at++ % requests.length] ?? '';
        demandRows(await connection.send(bytes), work.rows);
      },
    };
  }
  const { path, people, jobcodes } = work;
  if (work.kind === 'entries') {
    let place = work.first;
    return {
      next: () => place,
      turn: async (connection) => {
        const data = Array.from({ length: work.items }, () => entryAt(place++, people, jobcodes));
        demandItems(await connection.send(request('POST', path, data)), work.items);
      },
    };
  }
  // Everyone clocks on one connection only, in the order of time.
  const turns = new Map<number, number>();
  const pairs = lanesOf(job.connections);
  return {
    next: () => Math.max(work.first, ...[...turns.values()].map((turn) => turn + 1)),
    turn: async (connection, lane) => {
      const own = people.filter((_, index) => index % job.connections === lane);
      const pair = pairs[lane] ?? 0;
      pairs[lane] = pair + 1;
      const person = own[pair % own.length] ?? 0;
      const turn = turns.get(person) ?? work.first;
      turns.set(person, turn + 1);
      const opened = demandItems(
        await connection.send(request('POST', path, [clockInAt(work.from, turn, person, jobcodes)])),
        1,
      );
      const id = Number(/"id":(\d+)/.exec(opened)?.[1]);
      demandItems(await connection.send(request('PUT', path, [clockOutAt(work.from, turn, id)])), 1);
    },
  };
}

const { turn, next } = turnsOf(job.work);
const lanes = await Promise.all(Array.from({ length: job.connections }, () => openConnection(job.port)));
const latencies: number[] = [];
const begin = performance.now();
const end = begin + job.seconds * 1000;
await Promise.all(
  lanes.map(async (connection, lane) => {
    for (let last = begin; last < end; ) {
      await turn(connection, lane);
      const now = performance.now();
      latencies.push(now - last);
      last = now;
    }
  }),
);
const seconds = (performance.now() - begin) / 1000;
for (const connection of lanes) connection.close();
const sorted = Float64Array.from(latencies).sort();
const measured: Measured = {
  count: sorted.length,
  seconds,
  rps: sorted.length / seconds,
  p50: percentile(sorted, 0.5),
  p99: percentile(sorted, 0.99),
  next: next(),
};
process.stdout.write(JSON.stringify(measured));
