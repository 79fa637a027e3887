import { deepStrictEqual } from 'node:assert/strict';
import type { Facts } from './facts.ts';
import type { Server } from './processes.ts';
import type { Workload } from './workloads.ts';

const compared = 12;

/** Gets a path as JSON. Throws unless it is answered with 200. */
export async function getJson(
  server: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${path} is answered with ${response.status}: ${body.slice(0, 500)}`);
  return JSON.parse(body);
}

/**
 * Demands that product and floor answer a workload's requests with the same JSON: rows, `more` and supplemental data.
 * Users' last_active is left out: the requests themselves change it. Throws with the first difference.
 */
export async function demandSameAnswers(
  product: Server,
  floor: Server,
  { name, company, compare }: Workload,
  facts: Facts,
): Promise<void> {
  const headers = facts.headers[company] ?? {};
  for (const path of compare.slice(0, compared)) {
    const [ours, theirs] = await Promise.all([getJson(product, path, headers), getJson(floor, path, headers)]);
    try {
      deepStrictEqual(withoutActivity(theirs), withoutActivity(ours));
    } catch (error) {
      throw new Error(`${name}: floor and product answer ${path} otherwise.\n${String((error as Error).message)}`);
    }
  }
}

function withoutActivity(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => (key === 'last_active' ? '' : value));
}
