import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { issueToken } from '../../src/operations/tokens.ts';
import { basic, type TimekitApp, timekitApp, timekitWith } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;
let app: TimekitApp;
let trial: TimekitApp;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 10, 23, 9) / 1_000 });
  company = await world.company();
  app = await timekitApp(world, company);
  trial = await timekitApp(world, company, { name: 'Front desk', test: true });
});
after(() => world.close());

test('keys have the form that clients expect, and a second application another slug', () => {
  assert.match(app.appToken, /^live_api_key_[a-z\d]{32}$/);
  assert.match(app.widgetKey, /^live_widget_key_[a-z\d]{32}$/);
  assert.match(trial.appToken, /^test_api_key_[a-z\d]{32}$/);
  assert.equal(app.slug, 'front-desk');
  assert.equal(trial.slug, 'front-desk-2');
});

test('GET /app answers the application of the key in the envelope', async () => {
  const answer = await app.api.get('/app');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('timekit-testmode'), null);
  const {
    id,
    creator_resource_id: creator,
    created_at: created,
    updated_at: updated,
    ...rest
  } = answer.body.data ?? {};
  assert.equal(typeof id, 'number');
  assert.match(String(creator), /^[\da-f-]{36}$/);
  assert.match(String(created), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  assert.equal(typeof updated, 'string');
  assert.deepEqual(rest, { slug: 'front-desk', settings: { name: 'Front desk' }, test_mode: false, role: 'owner' });
});

test('the app token is answered only to the one who shows it', async () => {
  const answer = await app.api.get('/app?include=app_token');
  assert.equal(answer.body.data?.app_token, app.appToken as never);
});

test('a test key says so, also on errors', async () => {
  for (const path of ['/app', '/app?limit=1']) {
    assert.equal((await trial.api.get(path)).headers.get('timekit-testmode'), 'true');
  }
  const forbidden = await trial.widget.get('/app');
  assert.equal(forbidden.status, 403);
  assert.equal(forbidden.headers.get('timekit-testmode'), 'true');
});

test('every other key is refused, in this dialect’s shape', async () => {
  const rest = company.admin.token;
  const cases: [name: string, status: number, headers: Record<string, string>][] = [
    ['no key', 401, {}],
    ['another scheme', 401, { authorization: `Bearer ${app.appToken}` }],
    ['nothing that decodes', 401, { authorization: 'Basic !' }],
    ['no colon', 401, { authorization: `Basic ${Buffer.from(app.appToken).toString('base64')}` }],
    ['the token in the place of the user name', 401, { authorization: basic('', app.appToken) }],
    ['a user name beside an app token', 401, { authorization: basic(app.appToken, 'ada@example.test') }],
    ['a wrong key', 401, { authorization: basic('live_api_key_00000000000000000000000000000000') }],
    ['a token of another door', 401, { authorization: basic(rest) }],
    ['another application', 401, { authorization: basic(app.appToken), 'timekit-app': trial.slug }],
    ['its own application', 200, { authorization: basic(app.appToken), 'timekit-app': app.slug }],
    ['a widget key', 403, { authorization: basic(app.widgetKey) }],
  ];
  for (const [name, status, headers] of cases) {
    const answer = await timekitWith(world, headers).get('/app');
    assert.equal(answer.status, status, name);
    if (status !== 200) assert.deepEqual(Object.keys(answer.body), ['error'], name);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', name);
  }
});

test('the key of a resource goes with his email and the application’s slug', async () => {
  const { admin } = company;
  await admin.put('/users', [{ id: admin.userId, email: 'ada@example.test' }]);
  const [{ id = 0 } = {}] = [{ id: Number((await app.api.get('/app')).body.data?.id) }];
  const input = { companyId: company.id, userId: admin.userId, label: 'test', bookingAppId: id };
  for (const door of ['timekit-server', 'timekit-client'] as const) {
    const key = await issueToken(world.services, { ...input, door }, world.clock.now());
    const cases: [name: string, status: number, headers: Record<string, string>][] = [
      ['right', 200, { authorization: basic(key, 'Ada@Example.test'), 'timekit-app': app.slug }],
      ['without its application', 401, { authorization: basic(key, 'ada@example.test') }],
      ['another one’s email', 401, { authorization: basic(key, 'eve@example.test'), 'timekit-app': app.slug }],
      ['as an app token', 401, { authorization: basic(key), 'timekit-app': app.slug }],
    ];
    for (const [name, status, headers] of cases) {
      assert.equal((await timekitWith(world, headers).get('/app')).status, status, `${door} ${name}`);
    }
  }
});

test('a browser is let in from every origin, before it shows a key', async () => {
  for (const path of ['/app', '/nothing', '/projects/hosted/x']) {
    const answer = await timekitWith(world).send('OPTIONS', path, undefined, {
      origin: 'https://shop.example.test',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,timekit-context,timekit-timezone',
    });
    assert.equal(answer.status, 204, path);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(answer.headers.get('access-control-allow-methods') ?? '', /PUT/);
    const allowed = answer.headers.get('access-control-allow-headers') ?? '';
    for (const name of ['authorization', 'content-type', 'timekit-context', 'timekit-timezone']) {
      assert.ok(allowed.includes(name), name);
    }
  }
  const plain = await timekitWith(world).get('/app', { origin: 'https://shop.example.test' });
  assert.match(plain.headers.get('access-control-expose-headers') ?? '', /Timekit-TestMode/);
});

test('paths, methods, bodies and zones that are wrong are answered in shape', async () => {
  const missing = await app.api.get('/nothing/here');
  assert.deepEqual([missing.status, missing.body], [404, { error: 'Route does not exist', model: 'Route' }]);
  const none = await app.api.get('/%zz');
  assert.deepEqual([none.status, none.body], [400, { error: 'The address is not valid.' }]);
  assert.equal(none.headers.get('access-control-allow-origin'), '*');
  const wrong = await app.api.post('/app', {});
  assert.deepEqual([wrong.status, Object.keys(wrong.body)], [405, ['error']]);
  const malformed = await app.api.send('POST', '/app', '{"a":');
  assert.deepEqual([malformed.status, malformed.body], [400, { error: 'Malformed JSON' }]);
  const large = await app.api.send('POST', '/app', JSON.stringify({ a: 'x'.repeat(64_000) }));
  assert.deepEqual([large.status, Object.keys(large.body)], [413, ['error']]);
  const deep = await app.api.send('POST', '/app', `${'['.repeat(9_000)}${']'.repeat(9_000)}`);
  assert.equal(deep.status, 422);
  const zone = await app.api.get('/app', { 'timekit-timezone': 'Mars/Phobos' });
  assert.deepEqual([zone.status, Object.keys(zone.body.errors ?? {})], [422, ['timezone']]);
  const empty = await app.api.send('POST', '/app', '', { 'content-type': 'application/x-www-form-urlencoded' });
  assert.equal(empty.status, 405);
  assert.equal((await app.api.get('/app/')).status, 200);
});

test('times are written in the zone and the format that the client asks for', async () => {
  const created = async (headers: Record<string, string>, path = '/app'): Promise<unknown> =>
    (await app.api.get(path, headers)).body.data?.created_at;
  const utc = String(await created({}));
  const here = String(await created({ 'Timekit-Timezone': 'asia/kathmandu' }));
  assert.match(here, /\+05:45$/);
  assert.equal(Date.parse(here), Date.parse(utc));
  assert.match(
    String(await created({ 'Timekit-OutputTimestampFormat': 'Y-m-d h:ia' })),
    /^\d{4}-\d\d-\d\d \d\d:\d\d[ap]m$/,
  );
  assert.match(String(await created({ OutputTimestampFormat: 'U' })), /^\d{10}$/);
  assert.match(
    String(await created({}, '/app?Timekit-Timezone=Africa/Abidjan&OutputTimestampFormat=e')),
    /^Africa\/Abidjan$/,
  );
});

test('beyond the rate limit a key has to wait, and so has a visitor without one', async () => {
  const busy = await openWorld({ env: { OPENPUNCH_RATE_LIMIT: '2/1m' } });
  const own = await timekitApp(busy, await busy.company());
  const visitor = timekitWith(busy, { 'timekit-app': own.slug });
  for (const ask of [() => own.api.get('/app'), () => visitor.post('/auth', {})]) {
    const answers = [await ask(), await ask(), await ask()];
    const [last] = answers.slice(-1);
    assert.equal(answers.filter(({ status }) => status === 429).length, 1);
    assert.deepEqual([last?.status, Object.keys(last?.body ?? {})], [429, ['error']]);
    assert.match(last?.headers.get('retry-after') ?? '', /^\d+$/);
    assert.equal(last?.headers.get('access-control-allow-origin'), '*');
  }
  await busy.close();
});
