import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { TestClock } from '../../src/http/test-clock.ts';
import { emptyDatabase, plainServices } from './plumbing.ts';

async function open(t: TestContext, env: Record<string, string> = {}, parts: Parameters<typeof plainServices>[1] = {}) {
  const { services, logged } = plainServices(env, parts);
  const app: FastifyInstance = await buildApp(services);
  t.after(() => app.close());
  return { app, logged, services };
}

test('every answer carries its request id, is not sniffed and not kept', async (t) => {
  const { app } = await open(t);
  const random = await app.inject({ url: '/health/live' });
  assert.match(String(random.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  assert.equal(random.headers['x-content-type-options'], 'nosniff');
  assert.equal(random.headers['cache-control'], 'no-store');
  const sent = await app.inject({ url: '/nowhere', headers: { 'x-request-id': 'trace-0815.a' } });
  assert.equal(sent.headers['x-request-id'], 'trace-0815.a');
  for (const bad of ['short', 'with blank inside', 'a'.repeat(65), '"quoted-id"', '../../etc/passwd']) {
    const answer = await app.inject({ url: '/nowhere', headers: { 'x-request-id': bad } });
    assert.notEqual(answer.headers['x-request-id'], bad);
  }
});

test('health: live always, ready while the database answers', async (t) => {
  const state = { away: false };
  const { app } = await open(t, {}, { database: emptyDatabase(state) });
  assert.equal((await app.inject('/health/ready')).statusCode, 200);
  state.away = true;
  const away = await app.inject('/health/ready');
  assert.deepEqual([away.statusCode, away.json()], [503, { status: 'no database' }]);
  assert.equal((await app.inject('/health/live')).statusCode, 200);
});

test('health: a database that is silent for two seconds is not ready', async (t) => {
  const silent = {
    ...emptyDatabase(),
    system: { ...emptyDatabase().system, transaction: () => new Promise<never>(() => undefined) },
  };
  const { app } = await open(t, {}, { database: silent });
  const begin = performance.now();
  assert.equal((await app.inject('/health/ready')).statusCode, 503);
  assert.ok(performance.now() - begin < 20_000);
});

test('errors are JSON: unknown address, invalid JSON, other type, too large, bad address', async (t) => {
  const { app } = await open(t, { OPENPUNCH_TEST_CLOCK: 'yes' }, { clock: new TestClock() });
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/test-clock', payload, headers: { 'content-type': type } });
  const cases: [answer: { statusCode: number; json(): unknown; headers: object }, status: number][] = [
    [await app.inject('/nowhere'), 404],
    [await post('{"set": "hunter2'), 400],
    [await post('<set/>', 'application/xml'), 415],
    [await post(JSON.stringify({ set: 'x'.repeat(2_100_000) })), 413],
    [await app.inject('/%zz'), 400],
    [await post('{"set": "noon"}'), 400],
  ];
  for (const [answer, status] of cases) {
    assert.equal(answer.statusCode, status);
    const { error } = answer.json() as { error: { code: number; message: string } };
    assert.equal(error.code, status);
    assert.match(error.message, /^[A-Z].*\.$/);
    assert.doesNotMatch(error.message, /hunter2|FST_/);
  }
});

test('a fault of the server: 500 with the request id, logged once with its stack and without secrets', async (t) => {
  const { services, logged } = plainServices();
  const broken = new Error('no luck with password hunter2hunter2 of S.1__abcdef');
  const system = { ...services.database.system, rows: () => Promise.reject(broken) };
  const { app } = await open(t, {}, { ...services, database: { ...services.database, system } });
  const answer = await app.inject({
    url: '/api/v1/current_user?password=hunter2hunter2',
    headers: { authorization: 'Bearer S.1__abcdef' },
  });
  assert.equal(answer.statusCode, 500);
  assert.match(answer.body, new RegExp(String(answer.headers['x-request-id'])));
  const text = logged();
  assert.equal(text.split('no luck').length - 1, 1, text);
  assert.doesNotMatch(text, /hunter2|abcdef/);
});

test('a database that is away gives 503 with Retry-After', async (t) => {
  const { app } = await open(t, {}, { database: emptyDatabase({ away: true }) });
  const answer = await app.inject({ url: '/api/v1/current_user', headers: { authorization: 'Bearer any' } });
  assert.equal(answer.statusCode, 503);
  assert.ok(Number(answer.headers['retry-after']) >= 1);
});

test('the test clock is set, advanced and read; without it there is no such address', async (t) => {
  const clock = new TestClock();
  const { app } = await open(t, { OPENPUNCH_TEST_CLOCK: 'yes' }, { clock });
  const call = async (method: 'GET' | 'PUT' | 'POST', payload?: object) =>
    (await app.inject({ method, url: '/test-clock', ...(payload && { payload }) })).json();
  assert.ok(Math.abs(Date.parse((await call('GET')).now) - Date.now()) < 5_000);
  const before = clock.elapsed();
  assert.deepEqual(await call('PUT', { set: '2026-03-09T08:00:00-06:00' }), { now: '2026-03-09T14:00:00+00:00' });
  assert.deepEqual(await call('POST', { advance: 90 }), { now: '2026-03-09T14:01:30+00:00' });
  assert.ok(clock.elapsed() - before >= 90_000 - 1);
  assert.deepEqual(await call('GET'), { now: '2026-03-09T14:01:30+00:00' });
  assert.equal((await call('POST', { advance: 1.5 })).error.code, 400);
  const plain = await open(t);
  assert.equal((await plain.app.inject('/test-clock')).statusCode, 404);
  assert.equal(
    (await plain.app.inject({ method: 'POST', url: '/test-clock', payload: { advance: 1 } })).statusCode,
    404,
  );
});

test('behind a trusted proxy only HTTPS is served; health checks are', async (t) => {
  const { app } = await open(t, { OPENPUNCH_TRUST_PROXY: 'yes', HOST: '0.0.0.0' });
  const status = async (url: string, headers: Record<string, string>) =>
    (await app.inject({ url, headers })).statusCode;
  assert.equal(await status('/metrics', { 'x-forwarded-proto': 'https' }), 200);
  assert.equal(await status('/metrics', { 'x-forwarded-proto': 'http' }), 403);
  assert.equal(await status('/metrics', {}), 403);
  assert.equal(await status('/health/live', {}), 200);
  const local = await open(t, { OPENPUNCH_TRUST_PROXY: 'yes' });
  assert.equal((await local.app.inject('/metrics')).statusCode, 200);
  assert.equal((await local.app.inject({ url: '/metrics', headers: { 'x-forwarded-proto': 'http' } })).statusCode, 403);
  // A header of someone who is no trusted proxy does not count.
  const strict = await open(t, { OPENPUNCH_TRUST_PROXY: '10.0.0.1', HOST: '0.0.0.0' });
  assert.equal(
    (await strict.app.inject({ url: '/metrics', headers: { 'x-forwarded-proto': 'https' } })).statusCode,
    403,
  );
});

test('HEAD, OPTIONS, doubled and trailing slashes', async (t) => {
  const { app } = await open(t);
  const head = await app.inject({ method: 'HEAD', url: '/health/live' });
  assert.deepEqual([head.statusCode, head.body], [200, '']);
  const options = await app.inject({ method: 'OPTIONS', url: '/health/live' });
  assert.deepEqual([options.statusCode, options.body], [204, '']);
  assert.equal((await app.inject('//health//live/')).statusCode, 200);
});

test('metrics count requests by route, and no address that a client made up', async (t) => {
  const { app } = await open(t);
  await app.inject('/health/live');
  await app.inject('/made-up-address');
  await new Promise((resolve) => setImmediate(resolve));
  const { body, headers } = await app.inject('/metrics');
  assert.match(String(headers['content-type']), /text\/plain/);
  assert.match(body, /openpunch_http_request_duration_seconds_count\{[^}]*route="\/health\/live"[^}]*\} 1/);
  assert.match(body, /openpunch_http_requests_in_flight 1\n/);
  assert.match(body, /openpunch_database_waiting 0/);
  assert.match(body, /openpunch_rate_limited_total 0/);
  assert.match(body, /nodejs_eventloop_lag_seconds/);
  assert.doesNotMatch(body, /made-up-address/);
});

test('OPENPUNCH_LOG=off writes no line per request', async (t) => {
  const { app, logged } = await open(t, { OPENPUNCH_LOG: 'off' });
  await app.inject('/health/live');
  assert.equal(logged(), '');
});
