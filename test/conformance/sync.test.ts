import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Definition } from '../../src/engine/definition.ts';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { itemsOf, listAll, makeRows, sampleOf } from '../support/samples.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { forEach, offering, sharedWorld } from './battery.ts';

const { world } = sharedWorld();
/** Turns of each writer; the client reads on until all have taken theirs. */
const turns = 4;

/** A client that asks again and again for what changed since the greatest last_modified it has seen. */
class SyncingClient {
  readonly rows = new Map<number, Row>();
  #since = '2000-01-01T00:00:00+00:00';
  readonly #stage: Stage;
  readonly #definition: Definition;

  constructor(stage: Stage, definition: Definition) {
    this.#stage = stage;
    this.#definition = definition;
  }

  /** Reads every page of what changed. */
  async poll(): Promise<void> {
    const query = { ...sampleOf(this.#definition).all(this.#stage), modified_since: this.#since, limit: 50 };
    for (let page = 1; page < 200; page += 1) {
      const answer = await this.#stage.admin.get(`/${this.#definition.name}`, { ...query, page });
      for (const row of rowsIn(answer, this.#definition.name)) {
        this.rows.set(Number(row.id), row);
        // A resource that keeps the moment to itself is read from the start every time.
        if (String(row.last_modified ?? '') > this.#since) this.#since = String(row.last_modified);
      }
      if (!(answer.body.more as unknown as boolean)) return;
    }
    throw new Error('the pages never end');
  }
}

/** Creates rows, and changes every other one of the newest, turn by turn. */
async function write(stage: Stage, definition: Definition): Promise<void> {
  const { change } = sampleOf(definition);
  const path = `/${definition.name}`;
  let made: Row[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const answer = await stage.admin.post(path, await itemsOf(stage, definition, 3));
    made = [...rowsIn(answer, definition.name).filter(({ _status_code: code }) => code === 200), ...made].slice(0, 8);
    if (change === undefined) continue;
    const picked = made.filter((_, index) => (index + turn) % 2 === 0);
    await stage.admin.put(
      path,
      picked.map(({ id }) => ({ id, ...change(stage) })),
    );
  }
}

forEach(offering('create'), world, (definition, stage) => {
  test('a client that syncs by modified_since while others write ends with every row in its final version', async () => {
    await makeRows(stage(), definition, 5);
    const client = new SyncingClient(stage(), definition);
    const writers = [1, 2, 3].map(() => write(stage(), definition));
    let over = false;
    const syncing = (async () => {
      while (!over) await client.poll();
    })();
    await Promise.all(writers);
    over = true;
    await syncing;
    await client.poll();
    const final = new Map<number, Row>();
    for (let page = 1, full = true; full; page += 1) {
      const rows = await listAll(stage(), definition, { page, limit: 200 });
      for (const row of rows) final.set(Number(row.id), row);
      full = rows.length === 200;
    }
    assert.ok(final.size > 10, `${final.size} rows were written`);
    const stale = [...final].filter(
      ([id, row]) =>
        JSON.stringify(withoutActivity(row)) !== JSON.stringify(withoutActivity(client.rows.get(id) ?? {})),
    );
    assert.deepEqual(stale, [], `${stale.length} of ${final.size} rows`);
  });
});

/** Being active is no modification of a user. */
function withoutActivity({ last_active: _, ...row }: Row): Row {
  return row;
}

test('a write that takes seconds to commit is not lost to a client that syncs meanwhile', async () => {
  const { world: shared, admin, company } = await openStage(await world());
  const [slow, quick] = [await company.group(), await company.group()];
  const seen = new Set<number>();
  let since = '2000-01-01T00:00:00+00:00';
  const poll = async (): Promise<void> => {
    for (const row of rowsIn(await admin.get('/groups', { modified_since: since }), 'groups')) {
      if (String(row.name).startsWith('late')) seen.add(Number(row.id));
      if (String(row.last_modified) > since) since = String(row.last_modified);
    }
  };
  const rename = (id: number) =>
    sql`UPDATE groups SET name = ${`late${id}`} WHERE company_id = ${company.id} AND id = ${id}`;
  const db = shared.services.database.forCompany(company.id);
  const writing = db.transaction(async (inside) => {
    // Stamped now, visible to others two seconds later.
    await inside.rows(rename(slow));
    await setTimeout(2_000);
  });
  await setTimeout(1_200);
  await db.rows(rename(quick));
  await poll();
  await writing;
  await poll();
  assert.deepEqual([...seen].sort(), [slow, quick].sort());
});
