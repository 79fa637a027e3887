import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { answerUnknownPaths } from '../../src/http/errors.ts';
import { setCommonHeaders } from '../../src/http/headers.ts';
import { serveWebFiles } from '../../src/http/web-files.ts';

async function open(t: TestContext, files: Record<string, string | Buffer>) {
  const folder = await mkdtemp(join(tmpdir(), 'openpunch-web-'));
  await mkdir(join(folder, 'assets'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const app = Fastify();
  setCommonHeaders(app);
  answerUnknownPaths(app);
  await serveWebFiles(app, '1.2.3', folder);
  t.after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  return app;
}

const page = '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>';

test('every page of the app is index.html, with a policy and a nonce of its own', async (t) => {
  const app = await open(t, { 'index.html': page });
  const nonces = new Set<string>();
  const paths = ['/', '/docs', '/docs/api/timekit/Bookings', '/account/password', '/api-access/tokens', '/webhooks'];
  for (const url of paths) {
    const { statusCode, headers, body } = await app.inject({ url, headers: { accept: 'text/html' } });
    assert.deepEqual([statusCode, headers['content-type']], [200, 'text/html; charset=utf-8'], url);
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['x-frame-options'], 'DENY');
    const nonce = /content="([\w+/]{24})"/.exec(body)?.[1] ?? '';
    assert.equal(body, page.replaceAll('__CSP_NONCE__', nonce));
    nonces.add(nonce);
    const policy = String(headers['content-security-policy']).split('; ');
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "font-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ])
      assert.ok(policy.includes(part), part);
  }
  assert.equal(nonces.size, paths.length);
  const json = await app.inject({ url: '/', headers: { accept: 'application/json' } });
  assert.deepEqual(json.json(), {
    name: 'OpenPunch',
    version: '1.2.3',
    documentation: '/docs',
    openapi: '/openapi.json',
  });
});

test('assets are kept for a year and sent as they were compressed; nothing else is served', async (t) => {
  const script = 'export const answer = 42;';
  const app = await open(t, {
    'index.html': page,
    'secret.txt': 'not for the web',
    'favicon.svg': '<svg/>',
    'assets/main-1a2b.js': script,
    'assets/main-1a2b.js.gz': gzipSync(script),
  });
  const plain = await app.inject('/assets/main-1a2b.js');
  assert.equal(plain.body, script);
  assert.match(String(plain.headers['content-type']), /^application\/javascript/);
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
  const packed = await app.inject({ url: '/assets/main-1a2b.js', headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.match(String(packed.headers['content-type']), /^application\/javascript/);
  assert.deepEqual(packed.rawPayload, gzipSync(script));
  assert.equal((await app.inject('/favicon.svg')).headers['cache-control'], 'public, max-age=86400');
  for (const url of ['/secret.txt', '/assets/none.js', '/assets', '/nowhere']) {
    const { statusCode, headers } = await app.inject({ url, headers: { accept: 'text/html' } });
    assert.deepEqual([statusCode, headers['content-type']], [404, 'application/json; charset=utf-8'], url);
  }
  for (const url of [
    '/assets/../secret.txt',
    '/assets/..%2fsecret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/',
    '/assets/%00',
  ]) {
    const { statusCode, body } = await app.inject(url);
    assert.ok(statusCode >= 400 && statusCode < 500, url);
    assert.doesNotMatch(body, /not for the web/, url);
  }
});

test('a server without its pages says so', async (t) => {
  const app = await open(t, {});
  const { statusCode, body } = await app.inject('/docs');
  assert.equal(statusCode, 503);
  assert.match(body, /its pages were not built/);
});
