import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeTimekit } from '../../src/dialects/timekit/openapi/index.ts';
import { routes } from '../../src/dialects/timekit/routes.ts';

const { paths } = describeTimekit();
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ call: `${method.toUpperCase()} ${path}`, operation })),
);

test('every route is described, and nothing else', () => {
  const served = routes.map(({ method, path }) => `${method} /v2${path.replace(/:(\w+)/g, '{$1}')}`);
  assert.deepEqual(operations.map(({ call }) => call).sort(), served.sort());
});

test('every operation has an id of its own', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
});
