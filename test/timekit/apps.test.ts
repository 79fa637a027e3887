import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runMain } from '../http/process.ts';
import { basic, resourceId, type Timekit, type TimekitApp, timekitApp, timekitWith } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;
let app: TimekitApp;
let admin: Timekit;

before(async () => {
  world = await openWorld();
  company = await world.company();
  app = await timekitApp(world, company);
  await company.admin.put('/users', [{ id: company.admin.userId, email: 'ada@example.test' }]);
  const uuid = await resourceId(world, company, company.admin.userId);
  const key = await app.api.post('/credentials', { resource_id: uuid });
  admin = timekitWith(world, {
    authorization: basic(String(key.body.data?.token), 'ada@example.test'),
    'timekit-app': app.slug,
  });
});
after(() => world.close());

test('an administrator makes, changes and switches off applications', async () => {
  const made = await admin.post('/apps', {
    name: 'Shop',
    settings: { callback: 'https://example.test/x', color: 'red' },
    disable_email: true,
  });
  assert.equal(made.status, 201, made.text);
  const {
    slug,
    app_token: token,
    widget_key: widget,
    settings,
    test_mode: test,
  } = made.body.data as object as Record<string, unknown>;
  assert.deepEqual(
    [slug, test, settings],
    ['shop', false, { name: 'Shop', callback: 'https://example.test/x', color: 'red', disableEmail: true }],
  );
  assert.match(String(widget), /^live_widget_key_/);
  const shop = timekitWith(world, { authorization: basic(String(token)) });
  assert.equal((await shop.get('/app')).body.data?.slug, 'shop' as never);
  const put = await admin.put('/apps/shop', {
    name: 'Store',
    settings: { color: 'blue', customer_rate_limits: [] },
    resource_rate_limits: { day: '2', week: null },
  });
  assert.deepEqual([put.status, put.text], [204, '']);
  assert.deepEqual((await shop.get('/app')).body.data?.settings, {
    name: 'Store',
    callback: 'https://example.test/x',
    color: 'blue',
    disableEmail: true,
    resource_rate_limits: { day: 2 },
    customer_rate_limits: {},
  });
  assert.equal((await admin.get('/apps')).body.total, 2 as never);
  assert.equal((await admin.delete('/apps/shop')).status, 204);
  assert.equal((await shop.get('/app')).status, 401);
  assert.deepEqual((await admin.put('/apps/shop', { name: 'x' })).body, {
    error: 'Resource does not exist',
    model: 'App',
  });
});

test('an application’s key does not reach /apps, and only administrators change one', async () => {
  assert.equal((await app.api.get('/apps')).status, 403);
  const made = await app.api.post('/resources', { name: 'Ida Bakke', timezone: 'UTC', email: 'ida@example.test' });
  const key = await app.api.post('/credentials', { resource_id: made.body.data?.id });
  const ida = timekitWith(world, {
    authorization: basic(String(key.body.data?.token), 'ida@example.test'),
    'timekit-app': app.slug,
  });
  assert.equal((await ida.get('/apps')).body.total, 1 as never);
  assert.equal((await ida.post('/apps', { name: 'Mine' })).status, 403);
  assert.equal((await ida.put(`/apps/${app.slug}`, { name: 'Mine' })).status, 403);
  assert.equal((await ida.delete(`/apps/${app.slug}`)).status, 403);
  assert.equal((await ida.get('/app')).body.data?.role, 'member' as never);
});

test('what is wrong is said of its field', async () => {
  const cases: [body: object, field: string][] = [
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'x', settings: 7 }, 'settings'],
    [{ name: 'x', resource_rate_limits: { day: 0 } }, 'resource_rate_limits.day'],
    [{ name: 'x', resource_rate_limits: { week: 1.5 } }, 'resource_rate_limits.week'],
    [{ name: 'x', settings: { customer_rate_limits: { decade: 2 } } }, 'customer_rate_limits.decade'],
    [{ name: 'x', customer_rate_limits: [{ day: 2 }] }, 'customer_rate_limits'],
    [{ name: 'x', customer_rate_limits: 7 }, 'customer_rate_limits'],
    [{ name: 'x', test_mode: 'perhaps' }, 'test_mode'],
  ];
  for (const [body, field] of cases) {
    const answer = await admin.post('/apps', body);
    assert.deepEqual([answer.status, Object.keys(answer.body.errors ?? {})], [422, [field]], JSON.stringify(body));
  }
});

test('commands make, list and renew an application', async (t) => {
  const run = async (...words: string[]): Promise<string> => {
    const ended = runMain(t, ['booking-app', ...words], { DATABASE_URL: world.fresh.url });
    assert.equal(await ended.ended, 0, ended.err());
    return ended.out();
  };
  const made = await run('create', '--company', company.clientUrl, '--user', 'admin', '--name', 'Clinic', '--test');
  const [, token = '', widget = ''] =
    /^Slug: clinic\nApp token: (test_api_key_\w{32})\nWidget key: (test_widget_key_\w{32})\n$/.exec(made) ?? [];
  const clinic = timekitWith(world, { authorization: basic(token) });
  const answer = await clinic.get('/app');
  assert.deepEqual([answer.status, answer.headers.get('timekit-testmode')], [200, 'true']);
  assert.ok((await run('list', '--company', company.clientUrl)).includes(`clinic\tClinic\t${widget}\n`));
  const renewed = await run('rotate', '--app', 'clinic');
  assert.ok(!renewed.includes(token));
});
