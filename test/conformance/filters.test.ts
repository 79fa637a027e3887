import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../src/engine/definition.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { listAll, makeRows, sampleOf } from '../support/samples.ts';
import type { Stage } from '../support/stage.ts';
import { definitions, forEach, sharedWorld } from './battery.ts';
import { casesOf, malformed } from './filter-cases.ts';

const { world } = sharedWorld();

/** Rows of two different seconds, archived ones and other variants where there can be any. */
async function prepare(definition: Definition, stage: Stage): Promise<void> {
  const { change, other } = sampleOf(definition);
  await makeRows(stage, definition, 3);
  if (other !== undefined) await stage.admin.post(`/${definition.name}`, [await other(stage)]);
  const last = (await listAll(stage, definition)).at(-1);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  if (change !== undefined) await stage.admin.put(`/${definition.name}`, [{ id: last?.id, active: false }]);
  await makeRows(stage, definition, 1);
}

/** Tests every parameter of one definition. */
function tests(definition: Definition, stage: () => Stage): void {
  const { name, filters } = definition;
  const sample = sampleOf(definition);
  const allRows = (): Promise<Row[]> => listAll(stage(), definition);

  async function idsWith(parameter: string, value: string): Promise<number[]> {
    const answer = await stage().admin.get(`/${name}`, { ...sample.all(stage()), [parameter]: value });
    assert.equal(answer.status, 200, `${parameter}=${value}: ${answer.text}`);
    return rowsIn(answer, name).map(({ id }) => Number(id));
  }

  for (const [parameter, filter] of Object.entries(filters)) {
    test(`${parameter} keeps the rows that it asks for and no other`, async () => {
      const rows = await allRows();
      const cases = casesOf(definition, filter, rows);
      const own = sample.filters?.[parameter];
      if (own !== undefined) cases.push({ value: String(own.value(stage())), keeps: (row) => own.keeps(row, stage()) });
      assert.ok(
        cases.length > 0 || filter.kind === 'show' || !('where' in filter),
        `Say in test/support/sample-table.ts what ${parameter} of ${name} keeps: its kind does not tell.`,
      );
      for (const { value, keeps } of cases) {
        const expected = rows.filter(keeps).map(({ id }) => Number(id));
        assert.deepEqual((await idsWith(parameter, value)).sort(), expected.sort(), `${parameter}=${value}`);
      }
    });

    test(`${parameter} is refused by name when it is malformed`, async () => {
      for (const value of malformed(filter)) {
        const answer = await stage().admin.get(`/${name}`, { ...sample.all(stage()), [parameter]: value });
        assert.equal(answer.status, 417, `${parameter}=${JSON.stringify(value)}: ${answer.text.slice(0, 200)}`);
        assert.match(String(answer.body.error?.message), new RegExp(`^Expectation Failed: .*\\b${parameter}\\b`));
      }
    });

    if (filter.kind === 'ids' || filter.kind === 'ids-sql') {
      test(`${parameter} may be one list, repeated, or numbered, and 201 of them are too many`, async () => {
        const rows = await allRows();
        const [one = 1, two = 2] = rows.map(({ id }) => Number(id));
        const rest = Object.entries(sample.all(stage())).filter(([key]) => key !== parameter);
        const ways = [
          `${parameter}=${one}%2C${two}`,
          `${parameter}=${one}&${parameter}=${two}`,
          `${parameter}[0]=${one}&${parameter}[1]=${two}`,
          `${parameter}%5B%5D=${one}&${parameter}%5B%5D=${two}`,
          `${parameter}=${one},+${two}+,`,
        ];
        const texts = new Set<string>();
        for (const way of ways) {
          const query = `${rest.map(([key, value]) => `${key}=${value}`).join('&')}&${way}`;
          const answer = await stage().admin.send('GET', `/${name}?${query}`);
          assert.equal(answer.status, 200, `${way}: ${answer.text}`);
          texts.add(answer.text);
        }
        assert.equal(texts.size, 1, 'every way of writing the list gives the same answer');
        const many = Array.from({ length: 201 }, (_, index) => index + 1).join(',');
        const tooMany = await stage().admin.get(`/${name}`, { ...sample.all(stage()), [parameter]: many });
        assert.equal(tooMany.status, 413, tooMany.text);
      });
    }
  }

  test('a blank parameter counts as not given, and an unknown one is ignored', async () => {
    const plain = await stage().admin.get(`/${name}`, sample.all(stage()));
    const optional = Object.keys(filters).filter((parameter) => !(parameter in sample.all(stage())));
    const blank = Object.fromEntries(optional.map((parameter) => [parameter, '']));
    const odd = await stage().admin.get(`/${name}`, { ...sample.all(stage()), ...blank, colour: 'blue', 'a[b][c]': 1 });
    assert.equal(odd.text, plain.text);
  });

  const needed = [...(definition.needs ?? []), ...(definition.needsOneOf ?? [])];
  if (needed.length > 0) {
    test('a list without the parameter that it needs is refused', async () => {
      const answer = await stage().admin.get(`/${name}`, { limit: 5 });
      assert.equal(answer.status, 417, answer.text);
      for (const parameter of needed) assert.match(answer.text, new RegExp(parameter));
    });
  }
}

forEach(definitions, world, tests, prepare);
