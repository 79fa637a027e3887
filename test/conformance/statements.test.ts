import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rowsIn } from '../support/rows.ts';
import { itemsOf, listAll, makeRows, sampleOf } from '../support/samples.ts';
import { openWorld, type World } from '../support/world.ts';
import { definitions, forEach, now, offering } from './battery.ts';
import { statementCounter } from './counting.ts';

const counter = statementCounter();
let opening: Promise<World> | undefined;

/** One request at a time runs in this world, so that the statements counted are its own. */
function world(): Promise<World> {
  opening ??= openWorld({ shared: true, now, decorate: counter.decorate });
  return opening;
}

before(async () => void (await world()));
after(async () => (await world()).close());

/** Statements of one request that was asked before in the same way, so that nothing has to be loaded for the first time. */
async function statementsOf(request: () => Promise<unknown>): Promise<number> {
  counter.take();
  await request();
  return counter.take();
}

/** Facts that an announcement made the server forget in between cost a few; an item each would cost at least 49. */
function demandConstant(few: number, many: number): void {
  assert.ok(many <= few + 12, `few rows cost ${few} statements, many cost ${many}`);
}

forEach(definitions, world, (definition, stage) => {
  const { name, verbs } = definition;

  test('a list of two hundred rows costs as many statements as one of twenty', async () => {
    await makeRows(stage(), definition, 200);
    const list = (limit: number) => async () => {
      const answer = await stage().admin.get(`/${name}`, { ...sampleOf(definition).all(stage()), limit });
      assert.equal(rowsIn(answer, name).length, limit);
    };
    await list(200)();
    const [few, many] = [await statementsOf(list(20)), await statementsOf(list(200))];
    demandConstant(few, many);
    assert.ok(many <= 6, `${many} statements`);
  });

  if (verbs.has('create')) {
    test('fifty new rows cost as many statements as one', async () => {
      const post = (count: number) => async () => {
        const items = await itemsOf(stage(), definition, count);
        await stage().admin.get(`/${name}`, { ...sampleOf(definition).all(stage()), limit: 1 });
        counter.take();
        for (const row of rowsIn(await stage().admin.post(`/${name}`, items), name))
          assert.equal(row._status_code, 200);
      };
      await post(1)();
      demandConstant(await statementsOf(post(1)), await statementsOf(post(50)));
    });
  }

  const { change } = sampleOf(definition);
  if (verbs.has('update') && change !== undefined) {
    test('fifty changes cost as many statements as one', async () => {
      const ids = (await listAll(stage(), definition)).map(({ id }) => id).slice(-50);
      const put = (count: number) => async () => {
        const items = ids.slice(0, count).map((id) => ({ id, ...change(stage()) }));
        for (const row of rowsIn(await stage().admin.put(`/${name}`, items), name)) assert.equal(row._status_code, 200);
      };
      await put(1)();
      await listAll(stage(), definition);
      const one = await statementsOf(put(1));
      await listAll(stage(), definition);
      demandConstant(one, await statementsOf(put(50)));
    });
  }
});

forEach(offering('create', 'remove'), world, (definition, stage) => {
  test('fifty removals cost as many statements as one', async () => {
    await makeRows(stage(), definition, 100);
    const ids = (await listAll(stage(), definition)).map(({ id }) => Number(id)).slice(-60);
    const remove = (from: number, count: number) => async () => {
      const answer = await stage().admin.delete(`/${definition.name}`, ids.slice(from, from + count));
      for (const row of rowsIn(answer, definition.name)) assert.equal(row._status_code, 200);
    };
    await remove(0, 1)();
    await listAll(stage(), definition);
    const one = await statementsOf(remove(1, 1));
    await listAll(stage(), definition);
    demandConstant(one, await statementsOf(remove(2, 50)));
  });
});
