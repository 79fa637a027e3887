import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../src/engine/definition.ts';
import { rowsIn } from '../support/rows.ts';
import { listAll, makeRows, sampleOf } from '../support/samples.ts';
import type { Stage } from '../support/stage.ts';
import { definitions, forEach, sharedWorld } from './battery.ts';

const { world } = sharedWorld();
type Query = Readonly<Record<string, string | number>>;

/** Reads every page; `between` runs after each of them. Gives the ids in the order of the pages. */
async function readPages(
  stage: Stage,
  definition: Definition,
  query: Query,
  between: (seen: number) => Promise<void>,
): Promise<number[]> {
  const ids: number[] = [];
  for (let page = 1; page <= 40; page += 1) {
    const parameters = { ...sampleOf(definition).all(stage), ...query, limit: 3, page };
    const answer = await stage.admin.get(`/${definition.name}`, parameters);
    const rows = rowsIn(answer, definition.name);
    ids.push(...rows.map(({ id }) => Number(id)));
    if (answer.body.more as unknown as boolean) assert.equal(rows.length, 3, 'a page with more behind it is full');
    else return ids;
    if (page < 8) await between(page);
  }
  throw new Error('the pages never end');
}

function demandEachOnce(visited: readonly number[], expected: readonly number[], how: string): void {
  const counts = Map.groupBy(visited, (id) => id);
  const missed = expected.filter((id) => !counts.has(id));
  const repeated = expected.filter((id) => (counts.get(id)?.length ?? 0) > 1);
  assert.deepEqual({ missed, repeated }, { missed: [], repeated: [] }, how);
}

forEach(definitions, world, (definition, stage) => {
  const { name } = definition;
  const sample = sampleOf(definition);
  const idsNow = async (): Promise<number[]> => (await listAll(stage(), definition)).map(({ id }) => Number(id));

  test('pages visit every row once while rows are inserted between them, in every order', async () => {
    await makeRows(stage(), definition, 10);
    const orders: Query[] = [{}, { modified_since: '2000-01-01T00:00:00+00:00' }];
    for (const order of Object.keys(definition.sorts ?? {})) {
      for (const reverse of [0, 1]) orders.push({ order_results_by: order, order_results_reverse: reverse });
    }
    for (const order of orders) {
      const expected = await idsNow();
      const visited = await readPages(stage(), definition, order, () => makeRows(stage(), definition, 1));
      demandEachOnce(visited, expected, `${name} with ${JSON.stringify(order)}`);
    }
  });

  test('a syncing client that pages misses no row that was modified meanwhile', async () => {
    if (sample.change === undefined) return;
    const expected = await idsNow();
    const visited = await readPages(
      stage(),
      definition,
      { modified_since: '2000-01-01T00:00:00+00:00' },
      async (page) => {
        // One that was visited and one that was not: both may come again behind, none may be missed.
        const targets = [expected[page], expected.at(-page)];
        for (const id of targets) await stage().admin.put(`/${name}`, [{ id, ...sample.change?.(stage()) }]);
      },
    );
    assert.deepEqual(
      expected.filter((id) => !visited.includes(id)),
      [],
    );
  });

  for (const limit of ['0', '201', '-1', 'x', '1.5', '99999999999', '0x10', '1e1']) {
    test(`limit=${limit} is refused by name`, async () => {
      const answer = await stage().admin.get(`/${name}`, { ...sample.all(stage()), limit });
      assert.equal(answer.status, 417, answer.text);
      assert.match(String(answer.body.error?.message), /^Expectation Failed: .*limit/);
      assert.equal(answer.body.error?.code as unknown, 417);
    });
  }

  test('per_page is clamped to 50, page 0 is page 1, and a page that is no number is refused', async () => {
    await makeRows(stage(), definition, 50);
    const clamped = await stage().admin.get(`/${name}`, { ...sample.all(stage()), per_page: 500 });
    assert.deepEqual([rowsIn(clamped, name).length, clamped.body.more as unknown], [50, true]);
    const [zero, one, none] = await Promise.all(
      [{ page: 0, limit: 5 }, { page: 1, limit: 5 }, { limit: 5 }].map((paging) =>
        stage().admin.get(`/${name}`, { ...sample.all(stage()), ...paging }),
      ),
    );
    assert.equal(zero?.text, one?.text);
    assert.equal(none?.text, one?.text);
    for (const page of ['x', '-1', '1.5', '99999999999']) {
      const refused = await stage().admin.get(`/${name}`, { ...sample.all(stage()), page });
      assert.equal(refused.status, 417, refused.text);
      assert.match(refused.text, /page/);
    }
    const beyond = await stage().admin.get(`/${name}`, { ...sample.all(stage()), page: 100_000 });
    assert.deepEqual([rowsIn(beyond, name).length, beyond.body.more as unknown], [0, false]);
  });
});
