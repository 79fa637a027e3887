import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { routes } from '../../src/dialects/web/routes.ts';
import { secretHash } from '../../src/lib/secrets.ts';
import { issuePair, newFamily } from '../../src/operations/tokens.ts';
import { sql } from '../../src/store/sql.ts';
import type { Answer, Json } from '../support/api.ts';
import { sendLegacy } from '../support/legacy.ts';
import { basic, resourceId, timekitWith } from '../support/timekit.ts';
import { browserOf, type Web, webOf } from '../support/web.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const start = 1_773_064_800;
const startText = '2026-03-09T14:00:00+00:00';

let world: World;
let company: Company;
let strangers: Company;
let admin: Web;
/** An administrator of another company. */
let stranger: Web;
let worker: Person;
before(async () => {
  world = await openWorld({ shared: true, now: start });
  [company, strangers] = [await world.company(), await world.company()];
  worker = await company.person();
  admin = await webOf(world, company, company.admin);
  stranger = await webOf(world, strangers, strangers.admin);
});
after(() => world.close());

const listed = async (web: Web, path: string, name: string): Promise<readonly Json[]> =>
  (await web.get(path)).body[name] as unknown as Json[];
const bearer = (token: unknown): Record<string, string> => ({ authorization: `Bearer ${token}` });
const statusOf = async (path: string, headers: Record<string, string>): Promise<number> =>
  (await fetch(`${world.url}${path}`, { headers })).status;
const failed = ({ status, body }: Answer): unknown[] => [status, body.error?.field];

test('administrators alone reach what is theirs; without a session nobody reaches anything', async () => {
  const theirs = await webOf(world, company, worker);
  for (const { method, path, access } of routes) {
    const address = path.replace(/:\w+/g, 'any');
    if (access === 'anybody') continue;
    assert.equal((await browserOf(world).send(method, address)).status, 401, `${method} ${path}`);
    if (access === 'admin') assert.deepEqual(failed(await theirs.send(method, address)), [403, undefined]);
  }
  const unknown = await admin.get('/nowhere');
  assert.deepEqual([unknown.status, Object.keys(unknown.body)], [404, ['error']]);
});

test('applications are registered, changed, given another secret, and deleted with their tokens', async () => {
  const given = { name: ' Payroll ', description: 'Pays', redirectUris: ['https://a.example/cb', ' com.a:/cb '] };
  const made = await admin.post('/applications', given);
  assert.equal(made.status, 201);
  const { clientSecret, application } = made.body;
  const { clientId } = application as Json;
  assert.match(String(clientSecret), /^[\da-f]{40}$/);
  const shown = {
    clientId,
    name: 'Payroll',
    description: 'Pays',
    redirectUris: ['https://a.example/cb', 'com.a:/cb'],
    active: true,
    people: 0,
    created: startText,
    lastUsed: null,
    secretCreated: startText,
  };
  assert.deepEqual(application, shown);
  assert.deepEqual(await listed(admin, '/applications', 'applications'), [shown]);
  assert.deepEqual(await listed(stranger, '/applications', 'applications'), []);

  // Somebody of another company connects it.
  const owner = {
    companyId: strangers.id,
    userId: strangers.admin.userId,
    clientId: String(clientId),
    family: newFamily(),
  };
  const { accessToken } = await issuePair(world.services.database.system, owner, start);
  assert.equal(await statusOf('/api/v1/current_user', bearer(accessToken)), 200);
  const [used] = await listed(admin, '/applications', 'applications');
  assert.equal(used?.people, 1);

  const path = `/applications/${clientId}`;
  const renamed = await admin.put(path, { name: 'Wages', redirectUris: ['http://localhost:3000/cb'] });
  assert.deepEqual(renamed.body.application, {
    ...used,
    name: 'Wages',
    redirectUris: ['http://localhost:3000/cb'],
    lastUsed: (renamed.body.application as Json).lastUsed,
  });
  assert.equal((await admin.put(path, { active: false })).body.application?.active, false);
  await soon(async () => (await statusOf('/api/v1/current_user', bearer(accessToken))) === 401);
  assert.equal((await admin.put(path, { active: true, description: '' })).body.application?.description, '');

  world.clock.set(start + 60);
  const rotated = await admin.post(`${path}/secret`);
  assert.notEqual(rotated.body.clientSecret, clientSecret);
  assert.equal(rotated.body.application?.secretCreated, '2026-03-09T14:01:00+00:00');
  world.clock.set(start);
  for (const [method, address] of [
    ['PUT', path],
    ['DELETE', path],
    ['POST', `${path}/secret`],
  ] as const) {
    assert.equal((await stranger.send(method, address, '{}')).status, 404, `${method} ${address}`);
  }
  assert.equal((await admin.delete(path)).status, 204);
  assert.equal(await statusOf('/api/v1/current_user', bearer(accessToken)), 401);
  assert.deepEqual(await listed(admin, '/applications', 'applications'), []);
  assert.equal((await admin.delete(path)).status, 404);
});

test('what is wrong with an application is said, with its field', async () => {
  const good = { name: 'App', redirectUris: ['https://a.example/cb'] };
  const cases: [wrong: Record<string, unknown>, field: string][] = [
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'line\nbreak' }, 'name'],
    [{ name: ['App'] }, 'name'],
    [{ description: 'x'.repeat(1_001) }, 'description'],
    [{ redirectUris: [] }, 'redirectUris'],
    [{ redirectUris: null }, 'redirectUris'],
    [{ redirectUris: 'https://a.example/cb' }, 'redirectUris'],
    [{ redirectUris: [7] }, 'redirectUris'],
    [{ redirectUris: ['http://a.example/cb'] }, 'redirectUris'],
    [{ redirectUris: ['https://a.example/cb#part'] }, 'redirectUris'],
    [{ redirectUris: Array(21).fill('https://a.example/cb') }, 'redirectUris'],
  ];
  const { clientId } = (await admin.post('/applications', good)).body.application as Json;
  for (const [wrong, field] of cases) {
    const answer = await admin.post('/applications', { ...good, ...wrong });
    assert.deepEqual(failed(answer), [400, field], JSON.stringify(wrong).slice(0, 80));
    if (Object.values(wrong)[0] === null) continue;
    const change = await admin.put(`/applications/${clientId}`, wrong);
    assert.deepEqual(failed(change), [400, field], JSON.stringify(wrong).slice(0, 80));
  }
  assert.deepEqual(failed(await admin.put(`/applications/${clientId}`, { active: 'yes' })), [400, 'active']);
  await admin.delete(`/applications/${clientId}`);
});

test('tokens and keys open their door as whoever made them, until they expire or are revoked', async () => {
  const doors = [
    { path: '/tokens', all: 'tokens', one: 'token', door: 'tsheets-rest', remove: '/tokens' },
    { path: '/keys/timestation', all: 'keys', one: 'key', door: 'timestation', remove: '/keys' },
    { path: '/keys/legacy', all: 'keys', one: 'key', door: 'tsheets-legacy', remove: '/keys' },
  ];
  const opens = async (door: string, secret: string): Promise<boolean> => {
    if (door === 'tsheets-rest') return (await statusOf('/api/v1/current_user', bearer(secret))) === 200;
    if (door === 'timestation') return (await statusOf('/v1/employees', { authorization: basic('', secret) })) === 200;
    const params = { action: 'get_token', api_key: secret, output_format: 'json' };
    return String((await sendLegacy(world, params)).body.status) === 'ok';
  };
  const all = new Map<string, string>();
  for (const { path, all: name, one, door, remove } of doors) {
    const made = await admin.post(path, { label: ' Nightly export ', expiresInDays: 2 });
    assert.equal(made.status, 201);
    const secret = String(made.body.secret);
    const shown = made.body[one] as Json;
    const { id } = shown;
    assert.deepEqual(shown, {
      id,
      door,
      label: 'Nightly export',
      person: { id: company.admin.userId, name: 'Ada Min', active: true },
      created: startText,
      lastUsed: null,
      expiresAt: '2026-03-11T14:00:00+00:00',
    });
    const lasting = await admin.post(path, { label: 'Lasting', expiresInDays: null });
    assert.equal((lasting.body[one] as Json).expiresAt, null);
    const list = await admin.get(path);
    const found = (list.body[name] as unknown as Json[]).filter(({ label }) => String(label) !== 'test');
    assert.deepEqual(found.map(({ label, door: opened }) => [label, opened]).sort(), [
      ['Lasting', door],
      ['Nightly export', door],
    ]);
    assert.ok(!list.text.includes(secret) && !list.text.includes(secretHash(secret)));
    assert.ok(await opens(door, secret));
    world.clock.set(start + 2 * 86_400);
    assert.equal(await opens(door, secret), false);
    assert.ok(await opens(door, String(lasting.body.secret)));
    world.clock.set(start);
    assert.equal((await stranger.delete(`${remove}/${id}`)).status, 404);
    assert.equal((await admin.delete(`${remove === '/keys' ? '/tokens' : '/keys'}/${id}`)).status, 404);
    assert.ok(await opens(door, secret));
    assert.equal((await admin.delete(`${remove}/${id}`)).status, 204);
    assert.equal(await opens(door, secret), false);
    assert.equal((await admin.delete(`${remove}/${id}`)).status, 404);
    all.set(door, String((lasting.body[one] as Json).id));
  }
  // An administrator sees and revokes the others', too, and notices who is gone.
  await company.admin.put('/users', [{ id: worker.userId, active: false }]);
  const theirs = (await listed(admin, '/tokens', 'tokens')).find(({ person }) => Number(person?.id) === worker.userId);
  assert.deepEqual([theirs?.label, theirs?.person?.active], ['test', false]);
  await company.admin.put('/users', [{ id: worker.userId, active: true }]);
  assert.equal((await worker.get('/current_user')).status, 200);
  assert.equal((await admin.delete(`/tokens/${theirs?.id}`)).status, 204);
  assert.equal((await worker.get('/current_user')).status, 401);
  assert.deepEqual(await listed(stranger, '/keys/legacy', 'keys'), []);
  for (const [body, field] of [
    [{}, 'label'],
    [{ label: ' ' }, 'label'],
    [{ label: 'a\0b' }, 'label'],
    [{ label: 'x'.repeat(101) }, 'label'],
    [{ label: 'x', expiresInDays: 0 }, 'expiresInDays'],
    [{ label: 'x', expiresInDays: 3_651 }, 'expiresInDays'],
    [{ label: 'x', expiresInDays: '7' }, 'expiresInDays'],
    [{ label: 'x', expiresInDays: 1.5 }, 'expiresInDays'],
  ] as const) {
    for (const { path } of doors) assert.deepEqual(failed(await admin.post(path, body)), [400, field]);
  }
});

test('Timekit applications are made, switched off, given other keys, and deleted while nothing is booked', async () => {
  const made = await admin.post('/booking-apps', { name: 'Front desk', testMode: true });
  assert.equal(made.status, 201);
  const { appToken } = made.body;
  const { slug, widgetKey, created } = made.body.bookingApp as Json;
  assert.deepEqual(made.body.bookingApp, {
    slug,
    name: 'Front desk',
    testMode: true,
    active: true,
    widgetKey,
    owner: { id: company.admin.userId, name: 'Ada Min', active: true },
    created,
    lastUsed: null,
    keysCreated: startText,
  });
  const opens = async (key: unknown): Promise<boolean> =>
    (await statusOf('/v2/app', { authorization: basic(String(key)) })) === 200;
  assert.ok(await opens(appToken));
  const path = `/booking-apps/${slug}`;
  for (const [method, address] of [
    ['PUT', path],
    ['DELETE', path],
    ['POST', `${path}/keys`],
  ] as const) {
    assert.equal((await stranger.send(method, address, '{}')).status, 404, `${method} ${address}`);
  }
  assert.deepEqual(await listed(stranger, '/booking-apps', 'bookingApps'), []);
  assert.equal((await admin.put(path, { name: 'Desk', active: false })).body.bookingApp?.name, 'Desk');
  assert.equal(await opens(appToken), false);
  assert.equal((await listed(admin, '/booking-apps', 'bookingApps'))[0]?.active, false);
  await admin.put(path, { active: true });
  assert.ok(await opens(appToken));
  const rotated = await admin.post(`${path}/keys`);
  assert.deepEqual([await opens(appToken), await opens(rotated.body.appToken)], [false, true]);
  const { database } = world.services;
  const [history] = await database.forCompany(company.id).rows(sql`
    SELECT actor_user_id, via FROM history WHERE company_id = ${company.id} AND resource = 'booking_apps' ORDER BY id DESC LIMIT 1`);
  assert.deepEqual([...(history ?? [])], [String(company.admin.userId), 'web']);

  // Its owner is gone: whoever gives it other keys becomes its owner.
  const second = await company.person({ permissions: ['admin'] });
  const theirs = await webOf(world, company, second);
  const own = (await theirs.post('/booking-apps', { name: 'Salon' })).body.bookingApp as Json;
  await company.admin.put('/users', [{ id: second.userId, permissions: { admin: false } }]);
  const handed = await admin.post(`/booking-apps/${own.slug}/keys`);
  assert.equal(handed.body.bookingApp?.owner?.id, company.admin.userId);

  const project = await timekitWith(world, { authorization: basic(String(handed.body.appToken)) }).post('/projects', {
    name: 'Haircut',
    resources: [await resourceId(world, company, company.admin.userId)],
    availability: { mode: 'mutual', length: '30 minutes' },
    booking: { graph: 'instant', what: 'Haircut', where: '', description: null },
  });
  assert.equal(project.status, 201, project.text);
  const busy = await admin.delete(`/booking-apps/${own.slug}`);
  assert.deepEqual(
    [busy.status, busy.body.error?.message],
    [409, 'This application has projects or bookings. Switch it off instead.'],
  );
  assert.ok(await opens(handed.body.appToken));
  assert.equal((await admin.delete(path)).status, 204);
  assert.equal(await opens(rotated.body.appToken), false);
  assert.equal((await admin.delete(path)).status, 404);
  assert.deepEqual(failed(await admin.post('/booking-apps', { name: 'x'.repeat(101) })), [400, 'name']);
  assert.deepEqual(failed(await admin.post('/booking-apps', { name: 'A', testMode: 1 })), [400, 'testMode']);
});

test('a token to try an API with acts as whoever asks, for an hour and within his session', async () => {
  const person = await company.person();
  const browser = await webOf(world, company, person);
  const token = async (door: string, web = browser, bookingApp?: string): Promise<Json> => {
    const { status, body } = await web.post('/try-token', { door, ...(bookingApp && { bookingApp }) });
    assert.equal(status, 201, door);
    assert.equal(body.expiresAt, '2026-03-09T15:00:00+00:00');
    return body;
  };
  const who = async (secret: unknown): Promise<unknown> => {
    const response = await fetch(`${world.url}/api/v1/current_user`, { headers: bearer(secret) });
    const { results } = (await response.json()) as Json;
    return response.status === 200 ? Object.keys(results?.users ?? {}) : response.status;
  };
  const first = (await token('tsheets-rest')).token;
  assert.deepEqual(await who(first), [String(person.userId)]);
  const second = (await token('tsheets-rest')).token;
  assert.deepEqual([await who(first), await who(second)], [401, [String(person.userId)]]);
  world.clock.set(start + 3_600);
  assert.equal(await who(second), 401);
  world.clock.set(start);

  const { token: session, apiKey } = await token('tsheets-legacy');
  const legacy = (params: Record<string, string>) => sendLegacy(world, { output_format: 'json', ...params });
  assert.equal((await legacy({ action: 'get', property: 'settings', token: String(session) })).body.status, 'ok');
  assert.equal((await legacy({ action: 'get_token', api_key: String(apiKey) })).body.status, 'ok');
  const station = (await token('timestation')).token;
  const stationStatus = () => statusOf('/v1/employees', { authorization: basic('', String(station)) });
  assert.notEqual(await stationStatus(), 401);

  const { slug } = (await admin.post('/booking-apps', { name: 'Trial' })).body.bookingApp as Json;
  const timekit = (await token('timekit', admin, String(slug))).token;
  assert.equal(await statusOf('/v2/app', { authorization: basic(String(timekit)) }), 200);
  assert.equal((await browser.post('/try-token', { door: 'timekit', bookingApp: slug })).status, 403);
  for (const [body, field] of [
    [{}, 'door'],
    [{ door: 'web' }, 'door'],
    [{ door: 'timekit' }, 'bookingApp'],
    [{ door: 'timekit', bookingApp: 'none' }, 'bookingApp'],
  ] as const)
    assert.deepEqual(failed(await admin.post('/try-token', body)), [400, field]);
  assert.deepEqual(failed(await stranger.post('/try-token', { door: 'timekit', bookingApp: slug })), [
    400,
    'bookingApp',
  ]);

  // They are no keys that somebody has to look after.
  assert.equal(
    (await listed(admin, '/keys/legacy', 'keys')).filter(({ label }) => String(label) === 'Trial').length,
    0,
  );
  assert.equal((await browser.delete('/session')).status, 204);
  assert.deepEqual([await who(second), await stationStatus()], [401, 401]);
  assert.equal((await legacy({ action: 'get', property: 'settings', token: String(session) })).body.status, 'fail');
  assert.equal(await statusOf('/v2/app', { authorization: basic(String(timekit)) }), 200);
});

test("a token to try Timekit's API with ends with the rights of its administrator", async () => {
  const person = await company.person({ permissions: ['admin'] });
  const browser = await webOf(world, company, person);
  const { slug } = (await browser.post('/booking-apps', { name: 'Trial' })).body.bookingApp as Json;
  const { token } = (await browser.post('/try-token', { door: 'timekit', bookingApp: slug })).body;
  const status = () => statusOf('/v2/bookings', { authorization: basic(String(token)) });
  assert.equal(await status(), 200);
  await company.admin.put('/users', [{ id: person.userId, permissions: { admin: false } }]);
  assert.equal(await status(), 401);
});

test('no request, however wrong, is a fault of the server', async () => {
  const values: unknown[] = [
    null,
    7,
    -1,
    1e308,
    true,
    '',
    'a\0b',
    '\ud800',
    'x'.repeat(50_000),
    [],
    [[]],
    {},
    [null],
    { a: {} },
  ];
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const bodies = [
    ...values.map((value) => JSON.stringify(value)),
    ...values.map((value) =>
      JSON.stringify(
        Object.fromEntries(
          [
            'company',
            'username',
            'password',
            'currentPassword',
            'name',
            'description',
            'redirectUris',
            'active',
            'label',
            'expiresInDays',
            'testMode',
            'door',
            'bookingApp',
          ].map((name) => [name, value]),
        ),
      ),
    ),
    deep,
    `{"name":${deep}}`,
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{}}}',
    '{',
    '',
    'name=App',
    'x'.repeat(70_000),
  ];
  const types = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/xml',
    'nonsense',
  ];
  const ids = ['any', '%00', '%ff', '..%2f', "'", 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'x'.repeat(3_000)];
  const victim = await webOf(world, strangers, await strangers.person({ permissions: ['admin'] }));
  let turn = 0;
  for (const { method, path } of routes.filter(({ method }) => method !== 'GET')) {
    // These end the session.
    if (method === 'DELETE' && path.startsWith('/session')) continue;
    for (const body of bodies) {
      turn += 1;
      const address = path.replace(/:\w+/, ids[turn % ids.length] ?? '');
      const type = turn % 4 === 0 ? (types[turn % types.length] ?? '') : 'application/json';
      const { status, text } = await victim.send(method, address, body, { 'content-type': type });
      assert.ok(status < 500, `${method} ${address} ${body.slice(0, 60)}: ${text}`);
      if (status >= 400) assert.equal(typeof (JSON.parse(text) as Json).error?.message, 'string');
    }
  }
});

async function soon(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!(await holds())) assert.ok(Date.now() < deadline, 'it never came true');
}
