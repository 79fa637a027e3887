import assert from 'node:assert/strict';
import pg from 'pg';
import type { Answer, Api } from '../support/api.ts';

/** An object of an answer, by property. */
export type Row = Readonly<Record<string, unknown>>;

/** The results of a POST, PUT or DELETE in order of their keys. */
export function itemsOf(answer: Answer, resource: string): Row[] {
  assert.equal(answer.status, 200, answer.text);
  return Object.values(answer.body.results?.[resource] ?? {}) as unknown as Row[];
}

/** The only result of a POST or PUT of one item. */
export function itemOf(answer: Answer, resource: string): Row {
  const [item, ...others] = itemsOf(answer, resource);
  assert.equal(others.length, 0);
  assert.ok(item);
  return item;
}

/** Statuses of a POST or PUT, in order. */
export function statusesOf(answer: Answer, resource: string): unknown[] {
  return itemsOf(answer, resource).map((item) => item._status_code);
}

/** Ids of a list or of its supplemental data, ascending. */
export function idsOf(answer: Answer, resource: string, where: 'results' | 'supplemental_data' = 'results'): number[] {
  assert.equal(answer.status, 200, answer.text);
  return Object.keys(answer.body[where]?.[resource] ?? {}).map(Number);
}

/** A row of supplemental data. */
export function supplementOf(answer: Answer, resource: string, id: unknown): Row | undefined {
  return answer.body.supplemental_data?.[resource]?.[String(id)] as Row | undefined;
}

/** Creates one row over the API and gives its id. */
export async function create(api: Api, resource: string, item: object): Promise<number> {
  const made = itemOf(await api.post(`/${resource}`, [item]), resource);
  assert.equal(made._status_code, 200, JSON.stringify(made));
  return Number(made.id);
}

/** One row as the API lists it, whatever its state. */
export async function read(api: Api, resource: string, id: number, more: Record<string, string> = {}): Promise<Row> {
  const answer = await api.get(`/${resource}`, { ids: id, active: 'both', type: 'all', applies_to: 'all', ...more });
  const row = answer.body.results?.[resource]?.[String(id)];
  assert.ok(row, answer.text);
  return row as unknown as Row;
}

/** How many statements this process sends to the database meanwhile. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<number> {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    count += 1;
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return count;
}
