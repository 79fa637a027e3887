import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { documentForTypes, firstLine, markOf } from '../../client/scripts/document.ts';

test("the client's version is the server's", () => {
  const [own, server] = ['../../client/package.json', '../../package.json'].map(
    (path): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version,
  );
  assert.equal(own, server);
});

test("the client's types are those of the OpenAPI document", () => {
  const [line] = readFileSync(new URL('../../client/src/schema.ts', import.meta.url), 'utf8').split('\n', 1);
  const hint = 'run node bin/openpunch --run client/scripts/generate.ts';
  assert.equal(line, firstLine(markOf(documentForTypes())), hint);
});
