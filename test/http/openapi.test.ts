import assert from 'node:assert/strict';
import { get, type IncomingHttpHeaders } from 'node:http';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { descriptions } from '../../src/descriptions.ts';
import type { OpenApiDocument } from '../../src/http/openapi/types.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;

before(async () => {
  world = await openWorld({ shared: true });
});
after(() => world.close());

/** As it comes over the wire: fetch would unpack it. */
function ask(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(`${world.url}${path}`, { headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    }).on('error', reject);
  });
}

test('the documents are public, packed for who asks, and sent once', async () => {
  const plain = await ask('/openapi.json');
  assert.equal(plain.status, 200);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers['access-control-allow-origin'], '*');
  for (const [accepted, encoding] of [
    ['gzip, br', 'gzip'],
    ['br;q=1, GZIP;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
  ] as const) {
    const answer = await ask('/openapi.json', { 'accept-encoding': accepted });
    assert.equal(answer.headers['content-encoding'], encoding, accepted);
    const body = encoding === undefined ? answer.body : gunzipSync(answer.body);
    assert.ok(body.equals(plain.body), accepted);
  }
  const again = await ask('/openapi.json', { 'if-none-match': String(plain.headers.etag) });
  assert.deepEqual([again.status, again.body.length], [304, 0]);
});

test('each dialect has a document, and together they are the one of all', async () => {
  const whole = JSON.parse((await ask('/openapi.json')).body.toString()) as OpenApiDocument;
  const paths: string[] = [];
  for (const { name } of descriptions) {
    const { status, body } = await ask(`/openapi/${name}.json`);
    assert.equal(status, 200, name);
    paths.push(...Object.keys((JSON.parse(body.toString()) as OpenApiDocument).paths));
  }
  assert.deepEqual(Object.keys(whole.paths), paths);
  assert.equal((await ask('/openapi/nothing.json')).status, 404);
});
