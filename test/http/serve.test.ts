import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
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

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'openpunch-serve-'));
let database: FreshDatabase;

before(async () => {
  database = await freshDatabase();
});

after(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

interface Run {
  child: ChildProcess;
  out: () => string;
  err: () => string;
  /** The exit code, once the process and its pipes have ended. */
  ended: Promise<number | null>;
}

/** Runs the program with nothing of this process's environment but what it needs. */
function run(t: TestContext, words: string[], env: Record<string, string> = {}, input?: string): Run {
  const child = spawn(process.execPath, [main, ...words], {
    cwd: directory,
    env: { PATH: process.env.PATH, PORT: '0', DATABASE_URL: database.url, OPENPUNCH_DEMO: 'no', ...env },
  });
  t.after(() => child.kill('SIGKILL'));
  child.stdin.end(input);
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, out: () => texts.out, err: () => texts.err, ended };
}

async function listening(server: Run): Promise<string> {
  for (;;) {
    const [, url] = /listens at (\S+)\//.exec(server.out()) ?? [];
    if (url !== undefined && server.out().includes('Stop it')) return url;
    assert.equal(server.child.exitCode, null, server.err());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

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
    headers: { 'content-type': 'application/json', 'content-length': 15 },
  });
  slow.write('{"advance"');
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await assert.rejects(fetch(`${url}/health/live`));
  slow.end(': 60}');
  const [response] = await once(slow, 'response');
  assert.equal(response.statusCode, 200);
  response.resume();
  const asked = performance.now();
  assert.equal(await server.ended, 0, server.err());
  assert.ok(performance.now() - asked < 3_000);
  assert.equal(server.err(), '');
  assert.match(server.out(), /"route":"\/test-clock","url":"\/test-clock","status":200/);
});

test('a second signal ends the process at once with 1', async (t) => {
  const server = run(t, ['serve'], { OPENPUNCH_TEST_CLOCK: 'yes' });
  const url = await listening(server);
  const endless = request(`${url}/test-clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 9 },
  });
  endless.on('error', () => undefined);
  endless.write('{');
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(server.child.exitCode, null);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 1);
});

test('a company, an application and a token are made by commands, and the token works', async (t) => {
  const company = [
    '--name',
    'Acme',
    '--url',
    'acme',
    '--admin-first',
    'Ada',
    '--admin-last',
    'Lovelace',
    '--username',
    'ada',
  ];
  const made = run(t, ['company', 'create', ...company, '--email', 'ada@example.com', '--time-zone', 'America/Denver']);
  assert.equal(await made.ended, 0, made.err());
  assert.match(made.out(), /Company acme has the id \d+.*\nPassword: \S{20}\n$/s);
  const again = run(
    t,
    ['company', 'create', ...company, '--email', 'ada@example.com', '--password', '-'],
    {},
    'correct horse battery\n',
  );
  assert.equal(await again.ended, 1);
  assert.match(again.err(), /address is taken/);

  const app = run(t, [
    'app',
    'create',
    '--company',
    'acme',
    '--name',
    'Kiosk',
    '--redirect-uri',
    'https://kiosk.example/back',
  ]);
  assert.equal(await app.ended, 0, app.err());
  assert.match(app.out(), /^Client id: [0-9a-f]{32}\nClient secret: [0-9a-f]{40}\n$/);

  const token = run(t, ['token', 'create', '--company', 'Acme', '--user', 'ADA', '--expires', '90d']);
  assert.equal(await token.ended, 0, token.err());
  const [bearer = ''] = token.out().trim().split('\n').slice(-1);
  assert.match(bearer, /^S\.\d+__[0-9a-f]{40}$/);

  const server = run(t, ['serve'], { OPENPUNCH_RATE_LIMIT: '3/1m' });
  const url = await listening(server);
  const ask = (headers: Record<string, string>, query = '') => fetch(`${url}/api/v1/timesheets${query}`, { headers });
  assert.equal((await ask({ authorization: 'Bearer wrong-token' })).status, 401);
  const allowed = [
    await ask({ authorization: `bEARER ${bearer}` }),
    await ask({ authorization: bearer }),
    await ask({}, `?oauth_token=${bearer}`),
  ];
  for (const { status } of allowed) assert.ok(status !== 401 && status !== 429, String(status));
  const refused = await ask({ authorization: `Bearer ${bearer}` });
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) > 50);
  assert.equal(((await refused.json()) as { error: { code: number } }).error.code, 429);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0);
  assert.ok(!server.out().includes(bearer) && server.out().includes('"company":'), server.out());
});

test('an empty database gets the demo company, told before the address; one with a company does not', async (t) => {
  const empty = await freshDatabase();
  t.after(() => empty.drop());
  const env = { DATABASE_URL: empty.url, OPENPUNCH_DEMO: '', OPENPUNCH_DEMO_TOKEN: 'token-of-the-demo' };
  const first = run(t, ['serve'], env);
  const url = await listening(first);
  assert.match(first.out(), /^The demo company:[\s\S]*API token: token-of-the-demo\n[\s\S]*listens at/);
  const answer = await fetch(`${url}/api/v1/timesheets`, { headers: { authorization: 'Bearer token-of-the-demo' } });
  assert.notEqual(answer.status, 401);
  first.child.kill('SIGTERM');
  assert.equal(await first.ended, 0, first.err());

  const second = run(t, ['serve'], env);
  await listening(second);
  assert.doesNotMatch(second.out(), /demo/);
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0, second.err());
  const seed = run(t, ['seed'], env);
  assert.equal(await seed.ended, 1);
  assert.match(seed.err(), /has a company already/);
});

test('the command line explains itself, and what it does not know ends with 2', async (t) => {
  const help = run(t, ['--help']);
  assert.equal(await help.ended, 0);
  assert.match(help.out(), /serve[\s\S]*token create/);
  const version = run(t, ['--version']);
  assert.equal(await version.ended, 0);
  assert.match(version.out(), /^\d+\.\d+\.\d+\n$/);
  const cases: [words: string[], sentence: RegExp][] = [
    [['dance'], /no command "dance"/],
    [['token', 'create', '--company', 'acme'], /needs --user USER/],
    [['token', 'create', '--company', 'acme', '--user', 'ada', '--expires', 'soon'], /--expires must be/],
    [['serve', '--port', '80'], /Unknown option '--port'/],
  ];
  for (const [words, sentence] of cases) {
    const asked = run(t, words);
    assert.equal(await asked.ended, 2, words.join(' '));
    assert.match(asked.err(), sentence);
    assert.equal(asked.err().trim().split('\n').length, 1);
  }
});
