import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { idOf } from '../../src/dialects/timestation/ids.ts';
import { dailyLimit } from '../../src/dialects/timestation/key.ts';
import { timestation } from '../../src/dialects/timestation/routes.ts';
import { RateLimiter } from '../../src/http/rate-limit.ts';
import { createServer } from '../../src/http/server.ts';
import type { Answer } from '../support/api.ts';
import { timestationOf } from '../support/timestation.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld({ shared: true });
after(() => world.close());
const company = await world.company();
const api = await timestationOf(world, company);
const sales = await company.jobcode({ name: 'Sales' });

const basic = (text: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});
const refusal = (code: string, text: string): object => ({ error: { error_code: code, error_text: text } });

test('a key opens the door as the user name of Basic with any password, and as a bearer token', async () => {
  for (const headers of [
    basic(`${api.key}:`),
    basic(api.key),
    basic(`${api.key}:a:password`),
    { authorization: `Bearer ${api.key}` },
    { authorization: `bearer  ${api.key}` },
  ]) {
    const { status, body } = await api.send('GET', '/departments', undefined, headers);
    assert.equal(status, 200, headers.authorization);
    assert.equal(body.departments?.[0]?.department_id, idOf('dpt', sales));
  }
});

test('everything else is an invalid key, whatever is asked for', async () => {
  for (const authorization of [
    '',
    'Basic',
    'Basic %%%',
    'Bearer',
    'Bearer nobody',
    `Digest ${api.key}`,
    api.key,
    `Bearer ${company.admin.token}`,
  ]) {
    for (const [method, path] of [
      ['GET', '/departments'],
      ['PATCH', '/departments'],
      ['POST', '/departments'],
    ] as const) {
      const { status, body, headers } = await api.send(method, path, method === 'POST' ? '{' : undefined, {
        authorization,
        'content-type': 'application/json',
      });
      assert.equal(status, 401, authorization);
      assert.deepEqual(body, refusal('401', 'Invalid API Key'));
      assert.match(headers.get('www-authenticate') ?? '', /^Basic realm=/);
    }
  }
  const inAddress = await api.send('GET', `/departments?oauth_token=${api.key}`, undefined, { authorization: '' });
  assert.equal(inAddress.status, 401);
});

test('a key of this door opens no other', async () => {
  const response = await fetch(`${world.url}/api/v1/current_user`, { headers: { authorization: `Bearer ${api.key}` } });
  assert.equal(response.status, 401);
});

test('a key of somebody archived opens nothing any more', async () => {
  const person = await company.person();
  const theirs = await timestationOf(world, company, person);
  assert.equal((await theirs.get('/employees')).status, 200);
  await company.admin.put('/users', [{ id: person.userId, active: false }]);
  assert.equal((await theirs.get('/employees')).status, 401);
});

test('v1.1 is the same, but says 201 to a POST; doubled and trailing slashes are tolerated', async () => {
  const newer = await timestationOf(world, company, company.admin, 'v1.1');
  assert.equal((await api.post('/departments', { name: 'Old way' })).status, 200);
  assert.equal((await newer.post('/departments', { name: 'New way' })).status, 201);
  assert.deepEqual((await newer.get('/departments')).body, (await api.get('/departments')).body);
  const id = idOf('dpt', sales);
  for (const path of ['/departments/', '//departments', `/departments//${id}`, `//departments/${id}/`])
    assert.equal((await api.get(path)).status, 200, path);
  assert.equal((await newer.put(`/departments/${id}`, { name: 'Sales' })).status, 200);
  assert.equal((await newer.post('/departments', { name: 'Sales' })).status, 402);
});

test('bodies come as forms, as JSON, without a type, and not as anything else', async () => {
  const path = `/departments/${idOf('dpt', sales)}`;
  const put = (body: string, type: string | undefined): Promise<Answer> =>
    api.send('PUT', path, body, type === undefined ? {} : { 'content-type': type });
  for (const [body, type] of [
    ['name=Sales', 'application/x-www-form-urlencoded'],
    ['name=Sales', 'application/x-www-form-urlencoded; charset=utf-8'],
    ['{"name":"Sales"}', 'application/json'],
    ['\uFEFF{"name":"Sales"}', 'application/json; charset=utf-8'],
    ['name=Sales', ''],
  ] as const)
    assert.equal((await put(body, type)).status, 200, `${type} ${body}`);
  for (const [body, type, status, says] of [
    ['name=Sales', 'text/plain', 415, 'The body must be form-encoded or JSON'],
    ['--x--', 'multipart/form-data; boundary=x', 415, 'The body must be form-encoded or JSON'],
    ['name=Sales', 'nonsense', 415, 'The body must be form-encoded or JSON'],
    ['{"name":', 'application/json', 400, 'The body is not valid JSON'],
    ['[]', 'application/json', 400, 'The body must be a JSON object'],
    ['', 'application/json', 400, 'name is required'],
    ['name=%00', 'application/x-www-form-urlencoded', 400, 'name holds characters that no text can hold'],
    [`name=${'x'.repeat(300_000)}`, 'application/x-www-form-urlencoded', 413, 'The body is too large.'],
  ] as const) {
    const answer = await put(body, type);
    assert.deepEqual([answer.status, answer.body], [status, refusal(String(status), says)], `${type} ${says}`);
  }
});

test('addresses and methods that do not exist are refused in the same shape', async () => {
  for (const [method, path, status, says] of [
    ['GET', '/', 404, 'There is nothing at this address'],
    ['GET', '/nothing', 404, 'There is nothing at this address'],
    ['POST', '/nothing', 404, 'There is nothing at this address'],
    ['PATCH', '/departments', 405, 'PATCH is not possible at this address'],
    ['PUT', '/departments', 405, 'PUT is not possible at this address'],
    ['DELETE', '/employees', 405, 'DELETE is not possible at this address'],
    ['POST', `/departments/${idOf('dpt', sales)}`, 405, 'POST is not possible at this address'],
    ['GET', '/departments/dpt_0000000000', 404, 'The department does not exist'],
    ['GET', `/departments/${'x'.repeat(3_000)}`, 404, 'The department does not exist'],
    ['GET', '/employees/%F0%9F%98%80', 404, 'The employee does not exist'],
    ['GET', `/employees/${idOf('dpt', sales)}`, 404, 'The employee does not exist'],
  ] as const) {
    const answer = await api.send(method, path);
    assert.deepEqual([answer.status, answer.body], [status, refusal(String(status), says)], `${method} ${path}`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  }
  assert.equal((await api.send('HEAD', '/departments')).status, 200);
});

test('browsers of other sites may use a key', async () => {
  const headers = { origin: 'https://example.com', 'access-control-request-method': 'PUT' };
  const asked = await api.send('OPTIONS', '/departments', undefined, { ...headers, authorization: '' });
  assert.equal(asked.status, 204);
  assert.equal(asked.headers.get('access-control-allow-origin'), '*');
  assert.match(asked.headers.get('access-control-allow-methods') ?? '', /PUT/);
  const refused = await api.send('GET', '/departments', undefined, { ...headers, authorization: '' });
  assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [401, '*']);
  const none = await api.send('GET', '/%zz');
  assert.deepEqual([none.status, none.headers.get('access-control-allow-origin')], [400, '*']);
});

test('a company has 5,000 requests in any 24 hours, whichever its key and version', async () => {
  const limiter = dailyLimit({ rateLimit: { requests: 1, milliseconds: 1 } });
  for (let count = 1; count <= 5_000; count += 1) assert.equal(limiter.take('1').allowed, true, `request ${count}`);
  const refused = limiter.take('1');
  assert.equal(refused.allowed, false);
  assert.ok(refused.retryAfter > 86_000 && refused.retryAfter <= 86_400);
  const unlimited = dailyLimit({ rateLimit: undefined });
  for (let count = 0; count <= 5_000; count += 1) assert.equal(unlimited.take('1').allowed, true);

  const app = createServer(world.services.config, world.services.log);
  const small = new RateLimiter({ requests: 3, milliseconds: 60_000 }, () => 0);
  for (const [prefix, created] of [
    ['/v1', 200],
    ['/v1.1', 201],
  ] as const)
    await app.register(async (scope) => timestation(scope, world.services, small, { created }), { prefix });
  const other = await timestationOf(world, await world.company());
  const status = async (prefix: string, key: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}` };
    const { statusCode, headers: said, body } = await app.inject({ url: `${prefix}/departments`, headers });
    if (statusCode === 429) {
      assert.equal(said['retry-after'], '60');
      assert.deepEqual(JSON.parse(body), refusal('429', 'Too many requests; try again in 60 seconds.'));
    }
    return statusCode;
  };
  const second = (await timestationOf(world, company)).key;
  assert.deepEqual(
    [
      await status('/v1', api.key),
      await status('/v1.1', second),
      await status('/v1', 'nobody'),
      await status('/v1', api.key),
    ],
    [200, 200, 401, 200],
  );
  assert.deepEqual([await status('/v1.1', second), await status('/v1', api.key)], [429, 429]);
  assert.equal(await status('/v1', other.key), 200);
  await app.close();
});
