import type { Facts } from './facts.ts';
import type { WorkloadName } from './options.ts';
import { beforeFirstDay, bigCompany, deepPage, pagedCompany, type Shape, writtenCompany } from './shape.ts';
import type { Work } from './work.ts';

/** One measurement: the same requests to several servers in turn. */
export interface Workload {
  /** Name in the results. */
  readonly name: string;
  readonly group: WorkloadName;
  readonly says: string;
  readonly company: number;
  readonly connections: number;
  /** The work of a run; `free` is what the last run left free. `floor` names the floor's way to write. */
  readonly work: (free: number, floor: 'same' | 'insert-only') => Work;
  /** Whether the floor without reads before writes is measured too. */
  readonly insertOnly: boolean;
  /** Paths whose answers are compared before; reads only. */
  readonly compare: readonly string[];
  /** Requests to the product before a run, that put it in the state that is measured. */
  readonly before: readonly string[];
}

const endpoint = '/api/v1/timesheets';
/** Clock-ins begin so many seconds before now: everyone's later time would be in the way. */
const clockSeconds = 20 * 3600;

function get(
  name: string,
  group: WorkloadName,
  says: string,
  company: number,
  paths: readonly string[],
  rows: number,
  before: readonly string[] = [],
): Workload {
  const work = { kind: 'get', paths, rows } as const;
  return { name, group, says, company, connections: 8, work: () => work, insertOnly: false, compare: paths, before };
}

function writes(
  name: string,
  group: WorkloadName,
  says: string,
  connections: number,
  work: Workload['work'],
): Workload {
  return { name, group, says, company: writtenCompany, connections, work, insertOnly: true, compare: [], before: [] };
}

function pathOf(floor: 'same' | 'insert-only'): string {
  return floor === 'same' ? endpoint : `/insert-only${endpoint}`;
}

/** Windows of 14 days, each starting on a Monday; 400 rows of which a page gives 200. */
function pagePaths({ days }: Facts): string[] {
  const mondays = days.filter((_, index) => index % 5 === 0).slice(0, -2);
  return mondays.map((day) => `${endpoint}?start_date=${day}&end_date=${later(day, 13)}`);
}

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Pages of the whole list of the big company. Each question is asked from another day, so that it is another list. */
function deepPaths(limit: number, page: number, lists: readonly number[]): string[] {
  return lists.map((list) => {
    const from = later(beforeFirstDay, -list);
    return `${endpoint}?start_date=${from}&end_date=2040-01-01&limit=${limit}&page=${page}`;
  });
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function idsPaths({ timesheets }: Facts, rest: string): string[] {
  const step = Math.floor(timesheets.length / 5);
  return numbers(0, Math.min(400, step)).map((list) => {
    const ids = numbers(0, 5).map((part) => timesheets[(list * 37 + part * step) % timesheets.length]);
    return `${endpoint}?ids=${ids.join(',')}&on_the_clock=both${rest}`;
  });
}

/** Every workload, in the order of measuring. */
export function workloadsOf(facts: Facts, { deepLimit }: Shape, now: number): Workload[] {
  const { writers, clockers, jobcodes } = facts;
  const cold = numbers(0, 20);
  const warm = numbers(20, 40);
  const entries = (items: number): Workload['work'] => {
    return (first, floor) => ({ kind: 'entries', path: pathOf(floor), items, people: writers, jobcodes, first });
  };
  const deep = `of ${deepLimit} rows of the big company`;
  return [
    get(
      'page',
      'page',
      '200 of 400 timesheets of 14 days, with what belongs to them',
      pagedCompany,
      pagePaths(facts),
      200,
    ),
    get('deep-first', 'deep', `page 1 ${deep}`, bigCompany, deepPaths(deepLimit, 1, cold), deepLimit),
    get(
      'deep-cold',
      'deep',
      `page ${deepPage} ${deep}, page ${deepPage - 1} unseen`,
      bigCompany,
      deepPaths(deepLimit, deepPage, cold),
      deepLimit,
    ),
    get(
      'deep-warm',
      'deep',
      `page ${deepPage} ${deep}, page ${deepPage - 1} seen before`,
      bigCompany,
      deepPaths(deepLimit, deepPage, warm),
      deepLimit,
      deepPaths(deepLimit, deepPage - 1, warm),
    ),
    get('ids', 'ids', 'five timesheets by id, with what belongs to them', pagedCompany, idsPaths(facts, ''), 5),
    get('ids-alone', 'ids', 'five timesheets by id alone', pagedCompany, idsPaths(facts, '&supplemental_data=no'), 5),
    writes('post', 'post', 'one closed timesheet', 8, entries(1)),
    writes('batch', 'batch', '50 closed timesheets', 4, entries(50)),
    writes('clock', 'clock', 'a clock-in and its clock-out', 8, (first, floor) => ({
      kind: 'clock',
      path: pathOf(floor),
      people: clockers.slice(0, 80),
      jobcodes,
      from: now - clockSeconds,
      first,
    })),
  ];
}
