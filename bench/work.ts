/** What a load generator sends; everything it needs is in here, since it is a process of its own. */
export type Work =
  | {
      readonly kind: 'get';
      /** Paths with their queries, in turn. */
      readonly paths: readonly string[];
      /** Rows that each answer holds. */
      readonly rows: number;
    }
  | {
      readonly kind: 'entries';
      readonly path: string;
      /** Timesheets a request. */
      readonly items: number;
      readonly people: readonly number[];
      readonly jobcodes: readonly number[];
      /** Number of the first free place in time; see `entryAt`. */
      readonly first: number;
    }
  | {
      readonly kind: 'clock';
      readonly path: string;
      readonly people: readonly number[];
      readonly jobcodes: readonly number[];
      /** Epoch seconds of the first clock-in of everyone. */
      readonly from: number;
      /** Pairs that everyone has made before. */
      readonly first: number;
    };

/** One run of a load generator. */
export interface Job {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  readonly work: Work;
}

/** What a run gave. */
export interface Measured {
  /** Requests, or pairs of them for the clock. */
  readonly count: number;
  readonly seconds: number;
  readonly rps: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The first place in time, or number of pairs, that is free for the next run. */
  readonly next: number;
}

const entriesFrom = Date.UTC(2021, 0, 4) / 1000;

function iso(epochSeconds: number): string {
  return `${new Date(epochSeconds * 1000).toISOString().slice(0, 19)}+00:00`;
}

function pick(list: readonly number[], index: number): number {
  return list[index % list.length] ?? 0;
}

/** The closed timesheet at a place in time: people take turns, each has 90 of every 120 seconds. No two overlap. */
export function entryAt(place: number, people: readonly number[], jobcodes: readonly number[]): object {
  const start = entriesFrom + Math.floor(place / people.length) * 120;
  return {
    user_id: pick(people, place),
    jobcode_id: pick(jobcodes, place),
    type: 'regular',
    start: iso(start),
    end: iso(start + 90),
    notes: 'Delivered and signed for.',
  };
}

/** A clock-in: everyone's n-th lasts one of every two seconds. People keep to their jobcode, as people do. */
export function clockInAt(from: number, turn: number, person: number, jobcodes: readonly number[]): object {
  return {
    user_id: person,
    jobcode_id: pick(jobcodes, person),
    type: 'regular',
    start: iso(from + turn * 2),
    end: '',
  };
}

/** The clock-out that ends it. */
export function clockOutAt(from: number, turn: number, id: number): object {
  return { id, end: iso(from + turn * 2 + 1) };
}
