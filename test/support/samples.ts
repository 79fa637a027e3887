import assert from 'node:assert/strict';
import type { Definition } from '../../src/engine/definition.ts';
import { type Row, rowsIn } from './rows.ts';
import { type Query, type Sample, samples } from './sample-table.ts';
import type { Stage } from './stage.ts';

/** The sample of a definition; a resource that nobody described here fails with a sentence that says what to do. */
export function sampleOf({ name }: Definition): Sample {
  const sample = samples[name];
  assert.ok(
    sample,
    `Describe ${name} in test/support/sample-table.ts, so that the conformance battery can make rows of it.`,
  );
  return sample;
}

/** Whether the results of a PUT are keyed by id, as the page of the resource says, and not by position. */
export function answersById({ name }: Definition): boolean {
  return ['files', 'time_off_requests', 'time_off_request_entries'].includes(name);
}

/** Whether clients give new rows ids of their own, which are not heeded. */
export function takesForeignIds({ name }: Definition): boolean {
  return name === 'geolocations';
}

/** Valid items of a resource that has a POST. */
export async function itemsOf(stage: Stage, definition: Definition, count: number): Promise<Row[]> {
  const sample = sampleOf(definition);
  assert.ok(sample.item, `${definition.name} can be created, so its sample must say how.`);
  const items: Row[] = [];
  for (let n = 0; n < count; n += 1) items.push(await sample.item(stage));
  return items;
}

/** Makes rows of any resource. */
export async function makeRows(stage: Stage, definition: Definition, count: number): Promise<void> {
  const { make } = sampleOf(definition);
  if (make !== undefined) return make(stage, count);
  for (let left = count; left > 0; left -= 50) {
    const answer = await stage.admin.post(`/${definition.name}`, await itemsOf(stage, definition, Math.min(left, 50)));
    for (const item of rowsIn(answer, definition.name)) assert.equal(item._status_code, 200, JSON.stringify(item));
  }
}

/** Rows of one page of everything there is. */
export async function listAll(stage: Stage, definition: Definition, more: Query = {}): Promise<Row[]> {
  const answer = await stage.admin.get(`/${definition.name}`, { ...sampleOf(definition).all(stage), ...more });
  return rowsIn(answer, definition.name);
}
