import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { buildApp } from '../../src/app.ts';
import { describeTsheetsRest } from '../../src/dialects/tsheets-rest/openapi/index.ts';
import { objectName } from '../../src/dialects/tsheets-rest/openapi/names.ts';
import { createServices } from '../../src/http/services.ts';
import { resources } from '../../src/resources/index.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld({ shared: true });
after(() => world.close());
const { admin } = await world.company();
const { paths } = describeTsheetsRest();
const prefix = '/api/v1';

/** Every path below the prefix that the server has a route for, out of the tree that it prints. */
async function routedPaths(): Promise<string[]> {
  const app = await buildApp(createServices(world.services));
  const tree = app.printRoutes({ commonPrefix: false });
  await app.close();
  const above: string[] = [];
  const found: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent = '', part] = /^([│ ]*)[├└]── (\S*)/.exec(line) ?? [];
    if (part === undefined) continue;
    above.length = indent.length / 4;
    above.push(part);
    found.push(above.join(''));
  }
  return found.map((path) => path.replace(/^\/*/, '/')).filter((path) => path.startsWith(`${prefix}/`));
}

test('every endpoint and method that the server offers is described, and no other', async () => {
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const offered: string[] = [];
  for (const path of await routedPaths()) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const body = method === 'GET' ? undefined : '{"data":[]}';
      const { status } = await admin.send(method, path.slice(prefix.length), body);
      if (![404, 405, 501].includes(status)) offered.push(`${method} ${path}`);
    }
  }
  assert.deepEqual(offered.sort(), described.sort());
});

test('every field that answers show, and every filter, is in the description', () => {
  const { schemas } = describeTsheetsRest();
  for (const [name, definition] of resources) {
    const { fields, filters, verbs } = definition;
    if (!verbs.has('list')) continue;
    const { parameters = [] } = paths[`${prefix}/${name}`]?.get ?? {};
    const names = parameters.map((given) => ('$ref' in given ? given.$ref.replace(/^.*\//, '') : given.name));
    const shared: Readonly<Record<string, string>> = {
      modified_since: 'modifiedSince',
      modified_before: 'modifiedBefore',
    };
    for (const filter of Object.keys(filters)) {
      assert.ok(names.includes(filter) || names.includes(shared[filter] ?? ''), `${name}: ${filter}`);
    }
    const list = paths[`${prefix}/${name}`]?.get?.responses[200];
    assert.ok(list !== undefined && !('$ref' in list), name);
    const object = objectName(definition);
    for (const [field, { type, mode }] of Object.entries(fields)) {
      const places = type === 'secret' || mode === 'write-only' ? [`New${object}`, `${object}Change`] : [object];
      assert.ok(
        places.some((place) => field in (schemas[place]?.properties ?? {})),
        `${name}.${field}`,
      );
    }
  }
});

test('an Idempotency-Key is described where the server listens to it, and nowhere else', async () => {
  for (const [path, item] of Object.entries(paths)) {
    // Not of a person with a token.
    if (['/api/v1/grant', '/api/v1/authorize'].includes(path)) continue;
    for (const [method, { operationId, parameters = [], responses }] of Object.entries(item)) {
      const isDescribed = parameters.some((given) => '$ref' in given && given.$ref.endsWith('/idempotencyKey'));
      const body = method === 'get' ? undefined : '{"data":[]}';
      const answer = await admin.send(method.toUpperCase(), path.slice(prefix.length), body, {
        'Idempotency-Key': 'two words',
      });
      const isHeard = answer.text.includes('Idempotency-Key');
      assert.deepEqual([isHeard, 422 in responses], [isDescribed, isDescribed], `${operationId}: ${answer.text}`);
      assert.equal(isDescribed, method !== 'get' && !path.startsWith('/api/v1/reports/'), operationId);
    }
  }
});
