import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Definition } from '../../src/engine/definition.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { itemsOf, listAll, makeRows, sampleOf } from '../support/samples.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { definitions, forEach, notFoundStatus, refusedStatus, sharedWorld } from './battery.ts';

const { world } = sharedWorld();

/** Another company, whose admin tries everything with the ids of the first. */
const strangers = new Map<Definition, Stage>();

before(async () => {
  for (const definition of definitions) strangers.set(definition, await openStage(await world()));
});

/** Nothing that company A named appears in an answer to company B. */
function demandNothingOf(stage: Stage, text: string): void {
  assert.ok(!text.includes(stage.word), `the answer tells about another company: ${text.slice(0, 400)}`);
}

function prepare(definition: Definition, stage: Stage): Promise<void> {
  return makeRows(stage, definition, 2);
}

function tests(definition: Definition, stage: () => Stage): void {
  const { name, verbs } = definition;
  const stranger = (): Stage => {
    const found = strangers.get(definition);
    assert.ok(found);
    return found;
  };
  const theirs = (): Promise<Row[]> => listAll(stage(), definition);

  test('a list shows nothing of another company, not even by its ids', async () => {
    const rows = await theirs();
    const everything = await stranger().admin.get(`/${name}`, sampleOf(definition).all(stranger()));
    demandNothingOf(stage(), everything.text);
    const own = new Set((await listAll(stranger(), definition)).map(({ id }) => id));
    assert.ok(!rows.some(({ id }) => own.has(id)));
    for (const parameter of ['ids', 'id', 'jobcode_id', 'customfield_id']) {
      if (!(parameter in definition.filters)) continue;
      const wanted = rows.map((row) => row[parameter === 'ids' ? 'id' : parameter]).join(',');
      const answer = await stranger().admin.get(`/${name}`, {
        ...sampleOf(definition).all(stranger()),
        [parameter]: wanted,
      });
      assert.deepEqual(rowsIn(answer, name), [], `${parameter}=${wanted}`);
      assert.deepEqual(answer.body.supplemental_data, {});
    }
  });

  test("another company's ids as values of any filter find nothing of it", async () => {
    const { worker, job, listField } = stage();
    const rows = await theirs();
    for (const [parameter, filter] of Object.entries(definition.filters)) {
      if (filter.kind !== 'ids' && filter.kind !== 'ids-sql') continue;
      const values = [worker.userId, job, listField, ...rows.map(({ id }) => id)].join(',');
      const answer = await stranger().admin.get(`/${name}`, {
        ...sampleOf(definition).all(stranger()),
        [parameter]: values,
      });
      assert.equal(answer.status, 200, answer.text);
      demandNothingOf(stage(), answer.text);
    }
  });

  if (verbs.has('create')) {
    test('a new item can not refer to anything of another company', async () => {
      const [item = {}] = await itemsOf(stranger(), definition, 1);
      const [foreign = {}] = await itemsOf(stage(), definition, 1);
      const references = Object.keys(item).filter((property) => {
        const { references, type } = definition.fields[property] ?? {};
        return references !== undefined && type !== 'rows';
      });
      for (const property of references) {
        const answer = await stranger().admin.post(`/${name}`, [{ ...item, [property]: foreign[property] }]);
        const [refused] = rowsIn(answer, name);
        assert.equal(refused?._status_code, refusedStatus(definition), JSON.stringify(refused));
        assert.equal(refused?._status_extra, `${property} ${String(foreign[property])} does not exist`);
        demandNothingOf(stage(), answer.text);
      }
    });

    test('names that another company uses are free', async () => {
      const item = { ...(await itemsOf(stage(), definition, 1))[0] };
      await stage().admin.post(`/${name}`, [item]);
      const [own = {}] = await itemsOf(stranger(), definition, 1);
      for (const [property, field] of Object.entries(definition.fields)) {
        if ((field.references !== undefined || property.endsWith('_id')) && property in own)
          item[property] = own[property];
      }
      const [made] = rowsIn(await stranger().admin.post(`/${name}`, [item]), name);
      assert.equal(made?._status_code, 200, JSON.stringify(made));
    });
  }

  if (verbs.has('update')) {
    test('a change by the admin of another company finds no row', async () => {
      const rows = await theirs();
      const items = rows.map(({ id }) => ({ id, ...sampleOf(definition).change?.(stranger()) }));
      const answer = await stranger().admin.put(`/${name}`, items);
      for (const item of rowsIn(answer, name)) {
        assert.equal(item._status_code, notFoundStatus(definition, 'update'));
        assert.equal(item._status_extra, `The ${definition.singular} does not exist`);
      }
      demandNothingOf(stage(), answer.text);
      assert.deepEqual(await theirs(), rows);
    });

    const key = definition.alternateKey;
    if (key !== undefined) {
      test(`a change that names a row of another company by ${key} finds no row`, async () => {
        const rows = await theirs();
        // Of the users, the names of the others are also used by the stranger by now, which is his right.
        const row = (name === 'users' ? rows.find(({ id }) => id === stage().worker.userId) : rows.at(-1)) ?? {};
        const items = [Object.fromEntries(key.map((part) => [part, row[part]]))];
        for (const item of rowsIn(await stranger().admin.put(`/${name}`, items), name))
          assert.equal(item._status_extra, `The ${definition.singular} does not exist`);
        assert.deepEqual(await theirs(), rows);
      });
    }

    test('a change can not bring in a reference to another company', async () => {
      await makeRows(stranger(), definition, 1);
      const row = (await listAll(stranger(), definition)).at(-1) ?? {};
      const { worker, job } = stage();
      const foreign: Record<string, number> = { users: worker.userId, jobcodes: job, groups: 2_000_000_000 };
      for (const [property, { references = '', mode }] of Object.entries(definition.fields)) {
        if (mode !== 'read-write' || !(references in foreign)) continue;
        const value = foreign[references];
        const [refused] = rowsIn(await stranger().admin.put(`/${name}`, [{ id: row.id, [property]: value }]), name);
        assert.deepEqual([refused?._status_code, refused?._status_extra], [417, `${property} ${value} does not exist`]);
      }
    });
  }

  if (verbs.has('remove')) {
    test('a removal by the admin of another company finds no row', async () => {
      const rows = await theirs();
      const ids = rows.map(({ id }) => Number(id));
      const answer = await stranger().admin.delete(`/${name}`, ids);
      const refused = rowsIn(answer, name);
      assert.deepEqual(
        new Set(refused.map(({ _status_code }) => _status_code)),
        new Set([notFoundStatus(definition, 'remove')]),
      );
      demandNothingOf(stage(), answer.text);
      assert.deepEqual(await theirs(), rows);
    });
  }
}

forEach(definitions, world, tests, prepare);
