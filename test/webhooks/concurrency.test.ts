import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Runner } from '../../src/jobs/runner.ts';
import { webhooksJob } from '../../src/jobs/webhooks.ts';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { openWorld, type World } from '../support/world.ts';
import { receiver, subscribe } from './support.ts';

const writers = 6;
const roundsOfEach = 12;
let world: World;

before(async () => {
  world = await openWorld({ env: { OPENPUNCH_WEBHOOKS_ALLOW_PRIVATE: 'yes' } });
});
after(() => world.close());

/** Writes in transactions that end in another order than they began in; some are undone, some delete. */
async function writeMuch(companyId: number, groupIds: readonly number[], seed: number): Promise<void> {
  const client = new pg.Client(world.fresh.connection);
  await client.connect();
  try {
    for (let round = 0; round < roundsOfEach; round += 1) {
      const id = groupIds[(seed + round) % groupIds.length];
      await client.query('BEGIN');
      await client.query(`SELECT set_config('openpunch.company_id', '${companyId}', true)`);
      await client.query('UPDATE groups SET name = $1 WHERE company_id = $2 AND id = $3', [
        `${seed} ${round}`,
        companyId,
        id,
      ]);
      if (round % 4 === 1) await sleep(5 * seed);
      const made = await client.query('INSERT INTO groups (company_id, name) VALUES ($1, $2) RETURNING id', [
        companyId,
        `New ${seed} ${round}`,
      ]);
      if (round % 3 === 1)
        await client.query('DELETE FROM groups WHERE company_id = $1 AND id = $2', [companyId, made.rows[0].id]);
      await client.query(round % 5 === 3 ? 'ROLLBACK' : 'COMMIT');
    }
  } finally {
    await client.end();
  }
}

test('pages and webhooks lose, swap and double nothing while many transactions overlap', async (t) => {
  const { url, messages } = await receiver(t);
  const { id: companyId, admin } = await world.company();
  const names = Array.from({ length: 4 }, (_, n) => ({ name: `Group ${n}` }));
  const groupIds = rowsIn(await admin.post('/groups', names), 'groups').map(({ id }) => Number(id));
  await subscribe(admin, { url, resources: 'groups' });
  let since = String((await admin.get('/events', {})).body.since);
  const begin = Number(since);
  const paged: Row[] = [];
  const read = async (): Promise<void> => {
    const { body } = await admin.get('/events', { since, resources: 'groups' });
    const { events } = body.results as unknown as { events: Row[] };
    paged.push(...events);
    since = String(body.since);
  };
  const runners = [new Runner(world.services, [webhooksJob]), new Runner(world.services, [webhooksJob])];
  const deliver = (): Promise<unknown> =>
    Promise.all(runners.map((runner) => runner.runUntil(world.clock.now(), () => undefined)));
  await runners[0]?.keepRepeating();
  let writing = true;
  const work = Promise.all(Array.from({ length: writers }, (_, n) => writeMuch(companyId, groupIds, n))).finally(() => {
    writing = false;
  });
  const reading = (async () => {
    while (writing) await read();
  })();
  while (writing) {
    await deliver();
    await sleep(20);
  }
  await Promise.all([work, reading]);
  await read();
  const rows = await world.services.database.system.rows(sql`
    SELECT id, row_id FROM history WHERE company_id = ${companyId} AND resource = 'groups' AND id > ${begin} ORDER BY id`);
  const all = rows.map(([id]) => String(id));
  assert.ok(all.length > 100);
  assert.deepEqual(
    paged.map(({ id }) => id),
    all,
  );
  for (let patience = 200; messages.length < all.length; patience -= 1) {
    assert.ok(patience > 0, `${messages.length} of ${all.length} messages`);
    await deliver();
    await sleep(50);
  }
  const told = messages.map(({ event }) => String(event.id));
  assert.deepEqual(
    told.toSorted((a, b) => Number(a) - Number(b)),
    all,
  );
  for (const [, ids] of Map.groupBy(messages, ({ event }) => event.object_id)) {
    const order = ids.map(({ event }) => Number(event.id));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  }
});
