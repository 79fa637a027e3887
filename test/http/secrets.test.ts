import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import Fastify from 'fastify';
import { buildApp } from '../../src/app.ts';
import { answerErrors } from '../../src/http/errors.ts';
import { redactUrl } from '../../src/http/redact.ts';
import { requestIdOf } from '../../src/http/request-id.ts';
import { plainServices } from './plumbing.ts';

const ownToken = 'S.8__0123456789abcdef0123456789abcdef01234567';
const foreignSecret = 'hush:0123456789abcdef/+';

test('no log line shows a token, password, code or secret, wherever a request carried it', async (t) => {
  // Its own tokens the log knows by their shape; another's secrets only by the place where they stand.
  await tellEverywhere(t, foreignSecret);
  await tellEverywhere(t, ownToken, [`/api/v1/users/${ownToken}`, `/${ownToken}?x=${ownToken}`]);
});

async function tellEverywhere(t: TestContext, secret: string, more: string[] = []): Promise<void> {
  const { services, logged } = plainServices();
  const app = await buildApp(services);
  t.after(() => app.close());
  const encoded = encodeURIComponent(secret);
  const api = '/api/v1/users';
  const names = [
    'oauth_token',
    'access_token',
    'refresh_token',
    'password',
    'new_password',
    'code',
    'client_secret',
    'pin',
  ];
  const legacy = ['token', 'api_key', 'password', 'passwd'].map((name) => `/api.php?action=login&${name}=${encoded}`);
  const urls = [
    ...legacy,
    `/api.php?action=log_failed_request&data=${encodeURIComponent(`action=login&password=${encoded}`)}`,
    // As a client that follows the reference to the letter and then encodes all of it once more.
    `/api.php?action=log_failed_request&data=${encodeURIComponent(encodeURIComponent(`action=login&password=${encoded}`))}`,
    ...names.map((name) => `${api}?ids=1&${name}=${encoded}&page=2`),
    `${api}?oauth%5Ftoken=${encoded}`,
    `${api}?oauth_token[0]=${encoded}`,
    `${api}?OAUTH_TOKEN=${encoded}`,
    `${api}?json=${encodeURIComponent(JSON.stringify({ token: secret }))}`,
    `//api//v1//users/?oauth_token=${encoded}`,
    `/nowhere?code=${encoded}`,
    `/%zz?oauth_token=${encoded}`,
    ...more,
  ];
  for (const url of urls) {
    await app.inject({ url });
    await app.inject({ url, method: 'POST', payload: { data: [{ password: secret, code: secret }] } });
  }
  const headers: Record<string, string>[] = [
    { authorization: `Bearer ${secret}` },
    { authorization: secret },
    { authorization: `Basic ${Buffer.from(`${secret}:x`).toString('base64')}` },
    { authorization: `Bearer ${secret}`, 'x-request-id': secret },
    { cookie: `session=${secret}`, referer: `https://x.example/?code=${secret}`, 'user-agent': secret },
  ];
  for (const each of headers) {
    await app.inject({ url: api, headers: each });
    if ('authorization' in each) await app.inject({ url: `${api}/${secret}`, headers: each });
  }
  for (const payload of [
    `token=${encoded}&api_key=${encoded}&password=${encoded}&passwd=${encoded}`,
    `{"password":"${secret}"`,
    `code=${secret}&client_secret=${secret}`,
    JSON.stringify({ code: secret }),
  ]) {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      for (const url of [api, '/api/v1/grant', '/test-clock', '/api.php?action=login']) {
        await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
      }
    }
  }
  await new Promise((resolve) => setImmediate(resolve));
  const text = logged();
  assert.ok(text.split('\n').length > urls.length * 2);
  const shown = text.split('\n').filter((line) => line.includes('0123456789abcdef'));
  assert.deepEqual(shown, []);
}

test('an error that quotes the request is logged without what the request carried in secret', async (t) => {
  const { services, logged } = plainServices();
  const app = Fastify();
  t.after(() => app.close());
  answerErrors(app, services.log);
  app.post('/', async ({ body, headers, url }) => {
    throw new Error(`failed on ${JSON.stringify(body)} of ${JSON.stringify(headers)} at ${url}`);
  });
  const secrets = ['alpha-1', 'bravo-2', 'charlie-3', 'delta-4', 'echo-5', '4711'];
  const [bearer, password, code, token, cookie] = secrets;
  const answer = await app.inject({
    method: 'POST',
    url: `/?oauth_token=${token}`,
    headers: { authorization: `Bearer ${bearer}`, cookie: `session=${cookie}` },
    payload: { name: 'Ada', password, data: [{ code, users: { login_pin: 4711 } }] },
  });
  assert.equal(answer.statusCode, 500);
  for (const secret of secrets) assert.ok(!`${logged()}${answer.body}`.includes(secret), `${secret} in ${logged()}`);
  assert.match(logged(), /failed on .*Ada/);
});

test('the same where a dialect reads the body as a map', async (t) => {
  const { services, logged } = plainServices();
  const app = Fastify();
  t.after(() => app.close());
  answerErrors(app, services.log);
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) =>
    done(null, new Map(new URLSearchParams(String(text)))),
  );
  app.post('/', async ({ body }) => {
    throw new Error(`failed on ${JSON.stringify([...(body as Map<string, string>)])}`);
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await app.inject({ method: 'POST', url: '/', headers, payload: 'name=Ada&pin=4711' });
  assert.match(logged(), /failed on .*Ada/);
  assert.ok(!logged().includes('4711'), logged());
});

test('a request id never is the token that came with it', () => {
  const headers = { 'x-request-id': 'abcdef-0815', authorization: 'Bearer other' };
  assert.equal(requestIdOf({ headers, url: '/' }), 'abcdef-0815');
  assert.notEqual(
    requestIdOf({ headers: { ...headers, authorization: 'Bearer abcdef-0815' }, url: '/' }),
    'abcdef-0815',
  );
  assert.notEqual(requestIdOf({ headers, url: '/?oauth_token=abcdef-0815' }), 'abcdef-0815');
});

test('a log line says who asked what, and how it went', async (t) => {
  const { services, logged } = plainServices();
  const app = await buildApp(services);
  t.after(() => app.close());
  await app.inject({ url: '/api/v1/users?ids=1,2&oauth_token=abc', headers: { 'x-request-id': 'trace-0815' } });
  await new Promise((resolve) => setImmediate(resolve));
  const { time, ms, ...line } = JSON.parse(logged());
  assert.match(time, /^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/);
  assert.equal(typeof ms, 'number');
  assert.deepEqual(line, {
    request: 'trace-0815',
    method: 'GET',
    route: line.route,
    url: '/api/v1/users?ids=1,2&oauth_token=[redacted]',
    status: line.status,
    dialect: line.dialect,
  });
});

test('parameters that only sound alike stay readable', () => {
  const harmless = '/api/v1/jobcodes?jobcode_ids=1&short_code=AB&zip_code=1&key_date=2&page=1&state=Idaho&keyword=x';
  assert.equal(redactUrl(harmless), harmless);
  assert.equal(redactUrl('/p?code=1&pin=2&api_key=3&x'), '/p?code=[redacted]&pin=[redacted]&api_key=[redacted]&x');
});
