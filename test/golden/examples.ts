import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Row } from '../support/rows.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import { objects } from './shapes.ts';

export const created = { _status_code: 200, _status_message: 'Created' };
export const updated = { _status_code: 200, _status_message: 'Updated' };

/** The item has these statuses first and then the whole object; and these values. */
export function demandItem(item: Row | undefined, name: string, status: Row, values: Row = {}): void {
  assert.ok(item);
  const properties = [...Object.keys(status), ...Object.keys(objects[name] ?? {})];
  assert.deepEqual(Object.keys(item), properties, JSON.stringify(item));
  for (const [property, value] of Object.entries({ ...status, ...values })) {
    assert.deepEqual(item[property], value, property);
  }
}

/** A company for the tests of one file, in August 2018, when the reference's examples were written. */
export function exampleStage(): () => Stage {
  let world: World | undefined;
  let stage: Stage | undefined;
  before(async () => {
    world = await openWorld({ shared: true, now: Date.UTC(2018, 7, 9, 18) / 1000 });
    stage = await openStage(world);
  });
  after(() => world?.close());
  return () => stage ?? assert.fail('the stage is not set yet');
}
