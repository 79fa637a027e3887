import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildApp } from '../../src/app.ts';
import { redactUrl } from '../../src/http/redact.ts';
import { plainServices } from './plumbing.ts';

const secret = 'S.8__0123456789abcdef0123456789abcdef01234567';

test('no log line shows a token, password, code or secret, wherever a request carried it', async (t) => {
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
  const urls = [
    ...names.map((name) => `${api}?ids=1&${name}=${encoded}&page=2`),
    `${api}?oauth%5Ftoken=${encoded}`,
    `${api}?oauth_token[0]=${encoded}`,
    `${api}?OAUTH_TOKEN=${encoded}`,
    `${api}?json=${encodeURIComponent(JSON.stringify({ token: secret }))}`,
    `//api//v1//users/?oauth_token=${encoded}`,
    `/nowhere?code=${encoded}`,
    `/%zz?oauth_token=${encoded}`,
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
    await app.inject({ url: `${api}/${secret}`, headers: each });
  }
  for (const payload of [
    `{"password":"${secret}"`,
    `code=${secret}&client_secret=${secret}`,
    JSON.stringify({ code: secret }),
  ]) {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      for (const url of [api, '/api/v1/grant', '/test-clock']) {
        await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
      }
    }
  }
  await new Promise((resolve) => setImmediate(resolve));
  const text = logged();
  assert.ok(text.split('\n').length > urls.length * 2);
  const shown = text.split('\n').filter((line) => line.includes('0123456789abcdef'));
  assert.deepEqual(shown, []);
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
