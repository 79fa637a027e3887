import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverage, readmeWith, reference } from '../../scripts/coverage.ts';
import { actions } from '../../src/dialects/tsheets-rest/actions.ts';
import { documentedEndpoints } from '../../src/dialects/tsheets-rest/endpoints.ts';
import { putsAsPosts } from '../../src/dialects/tsheets-rest/quirks.ts';
import { reports } from '../../src/dialects/tsheets-rest/reports/index.ts';
import { singletons } from '../../src/dialects/tsheets-rest/singletons.ts';
import { resources } from '../../src/resources/index.ts';

/** Parameters that every list takes, and that are no filter of a definition. */
const common = ['supplemental_data', 'order_results_by', 'order_results_reverse', 'order_desc'];

for (const [page, { endpoints, properties }] of Object.entries(reference())) {
  for (const [endpoint, methods] of Object.entries(endpoints)) {
    const definition = resources.get(endpoint.slice(1));
    // Singletons and OAuth are no definitions; their own tests hold them to their pages.
    if (definition === undefined) continue;
    test(`${page}: ${definition.name} has every method, parameter and property of the reference`, () => {
      const verbs = { GET: 'list', POST: 'create', PUT: 'update', DELETE: 'remove' } as const;
      const written = Object.values(methods).flatMap((offer) => offer.properties ?? []);
      for (const method of Object.keys(methods) as (keyof typeof verbs)[])
        assert.ok(
          definition.verbs.has(verbs[method]) || (method === 'PUT' && putsAsPosts(definition.name)),
          `${method} ${endpoint}`,
        );
      for (const name of [...properties, ...written])
        assert.ok(name in definition.fields || name in (definition.options ?? {}), `property ${name}`);
      for (const name of methods.GET?.parameters ?? [])
        assert.ok(name in definition.filters || common.includes(name), `parameter ${name}`);
    });
  }
}

test('every endpoint of the reference is there', () => {
  const built = new Set([...resources.keys(), ...Object.keys({ ...singletons, ...actions, ...reports })]);
  assert.deepEqual(
    documentedEndpoints.filter((name) => !built.has(name)),
    [],
  );
  for (const endpoint of Object.keys(reference()['28-reports.md']?.endpoints ?? {}))
    assert.ok(endpoint.slice(1) in reports, endpoint);
});

test('a test asks for every request of the reference', () => {
  assert.deepEqual(coverage().holes, []);
});

test('the table in the README is what the tests say now (write it with scripts/coverage.ts)', () => {
  const { before, after } = readmeWith(coverage().table);
  // The formatter lines up the columns.
  const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-+/g, '-');
  assert.ok(plain(before) === plain(after), 'run scripts/coverage.ts');
});
