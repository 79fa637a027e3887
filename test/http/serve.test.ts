import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import { get as getByTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { listening, type Run, runMain } from './process.ts';

const directory = mkdtempSync(join(tmpdir(), 'openpunch-serve-'));
let database: FreshDatabase;

before(async () => {
  database = await freshDatabase();
});

after(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

const run = (t: TestContext, words: string[], env: Record<string, string> = {}): Run =>
  runMain(t, words, { DATABASE_URL: database.url, ...env });

async function refusal(t: TestContext, env: Record<string, string>, sentence: RegExp): Promise<void> {
  const server = run(t, ['serve'], env);
  assert.equal(await server.ended, 1, server.out());
  assert.match(server.err(), sentence);
  assert.equal(server.err().trim().split('\n').length, 1, server.err());
  assert.doesNotMatch(server.err(), /\bat .*:\d+:\d+|hunter2/);
}

test('a taken port is told in one sentence', async (t) => {
  const other: Server = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  await refusal(t, { PORT: String(port) }, new RegExp(`Port ${port} of 127\\.0\\.0\\.1 is taken`));
});

test('a database that can not be used is told in one sentence', async (t) => {
  await refusal(t, { DATABASE_URL: 'mysql://root:hunter2@h/d' }, /^DATABASE_URL must be/);
  await refusal(
    t,
    { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/d' },
    /^Can not connect to the database: .*127\.0\.0\.1:1/,
  );
  await refusal(
    t,
    { DATABASE_URL: 'postgres://u:hunter2@localhost:1/d' },
    /^Can not connect to the database: .*ECONNREFUSED/,
  );
  const missing = new URL(database.url);
  missing.pathname = '/no_such_database';
  await refusal(t, { DATABASE_URL: missing.href }, /database "no_such_database" does not exist/);
});

test('a data directory that can not be written is told in one sentence', async (t) => {
  const file = join(directory, 'a-file');
  writeFileSync(file, '');
  await refusal(t, { DATABASE_URL: '', OPENPUNCH_DATA_DIR: join(file, 'data') }, /a-file/);
});

test('plain HTTP on an open address, and nonsense in the environment, are refused', async (t) => {
  await refusal(t, { HOST: '0.0.0.0' }, /^HOST=0\.0\.0\.0 .*OPENPUNCH_TLS_CERT/);
  await refusal(t, { OPENPUNCH_RATE_LIMIT: 'much' }, /^OPENPUNCH_RATE_LIMIT must be/);
  await refusal(
    t,
    { OPENPUNCH_TLS_CERT: '/none.pem', OPENPUNCH_TLS_KEY: '/none.key' },
    /^OPENPUNCH_TLS_CERT can not be read/,
  );
});

test('with a certificate it speaks HTTPS, also on an open address', async (t) => {
  const file = (name: string): string => fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url));
  const files = { OPENPUNCH_TLS_CERT: file('cert'), OPENPUNCH_TLS_KEY: file('key') };
  const server = run(t, ['serve'], { HOST: '0.0.0.0', ...files });
  const url = await listening(server);
  assert.match(url, /^https:/);
  const [answer] = await once(
    getByTls(`${url}/health/ready`, { ca: readFileSync(file('cert')), agent: false }),
    'response',
  );
  assert.equal(answer.statusCode, 200);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0);
  await refusal(t, { ...files, OPENPUNCH_TLS_KEY: files.OPENPUNCH_TLS_CERT }, /are not a certificate and its key/);
});

/** Until the server takes no more connections. */
async function closed(url: string): Promise<void> {
  const taken = () =>
    fetch(`${url}/health/live`, { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    );
  while (await taken());
}

test('SIGTERM lets a request in flight finish, waits for no idle connection, and ends with 0', async (t) => {
  const server = run(t, ['serve'], { OPENPUNCH_TEST_CLOCK: 'yes' });
  const url = await listening(server);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const idle = request(`${url}/health/live`, { agent }).end();
  const [answer] = await once(idle, 'response');
  answer.resume();

  // The request is in flight while its body is: the server has its head and waits for the rest.
  const slow = request(`${url}/test-clock`, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 15, expect: '100-continue' },
  });
  slow.flushHeaders();
  await once(slow, 'continue');
  slow.write('{"advance"');
  server.child.kill('SIGTERM');
  await closed(url);
  slow.end(': 60}');
  const [response] = await once(slow, 'response');
  assert.equal(response.statusCode, 200);
  response.resume();
  const asked = performance.now();
  assert.equal(await server.ended, 0, server.err());
  assert.ok(performance.now() - asked < 8_000);
  assert.equal(server.err(), '');
  assert.match(server.out(), /"route":"\/test-clock","url":"\/test-clock","status":200/);
});

test('a second signal ends the process at once with 1', async (t) => {
  const server = run(t, ['serve'], { OPENPUNCH_TEST_CLOCK: 'yes' });
  const url = await listening(server);
  const endless = request(`${url}/test-clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 9, expect: '100-continue' },
  });
  endless.on('error', () => undefined);
  endless.flushHeaders();
  await once(endless, 'continue');
  endless.write('{');
  server.child.kill('SIGTERM');
  await closed(url);
  assert.equal(server.child.exitCode, null);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 1);
});
