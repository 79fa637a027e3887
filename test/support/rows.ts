import assert from 'node:assert/strict';
import type { Answer } from './api.ts';

/** A row or an item as JSON, by property. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows or items of an answer, in its order. */
export function rowsIn(answer: Answer, name: string): Row[] {
  assert.equal(answer.status, 200, answer.text.slice(0, 500));
  const found = answer.body.results?.[name];
  assert.ok(found, `results.${name} is missing: ${answer.text.slice(0, 300)}`);
  // JavaScript sorts keys that look like integers: the order is the text's own.
  return Object.values(found) as unknown as Row[];
}
