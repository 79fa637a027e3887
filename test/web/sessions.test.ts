import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { secretHash } from '../../src/lib/secrets.ts';
import { setPassword } from '../../src/operations/sign-in.ts';
import { bindSession, findSession } from '../../src/resources/legacy-sessions/queries.ts';
import { legacyKey, legacyOf, legacySession } from '../support/legacy.ts';
import { browserOf, type Web, webOf } from '../support/web.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const password = 'correct horse battery 7';
const other = 'another horse battery 8';
const start = 1_773_064_800;
const day = 86_400;

let world: World;
let company: Company;
before(async () => {
  world = await openWorld({ shared: true, now: start, env: { OPENPUNCH_TRUST_PROXY: 'yes' } });
  company = await world.company({ timeZone: 'Asia/Kathmandu' });
});
after(() => world.close());

/** Attempts are counted by the address of the client. */
const fromAnywhere = (): Record<string, string> => ({
  'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
  'x-forwarded-proto': 'https',
});

async function somebody(requireChange = false, email = ''): Promise<Person> {
  const person = await company.person();
  await company.admin.put('/users', [{ id: person.userId, email }]);
  const change = { companyId: company.id, userId: person.userId, password, requireChange };
  await setPassword(world.services, { ...change, via: 'test', requestId: '' }, world.clock.now());
  return person;
}

function signIn(
  browser: Web,
  username: unknown,
  secret: unknown = password,
  more: Record<string, unknown> = {},
  from = fromAnywhere(),
) {
  const body = { company: company.clientUrl, username, password: secret, ...more };
  return browser.send('POST', '/session', JSON.stringify(body), from);
}

const isOut = async (browser: Web): Promise<boolean> => (await browser.get('/session')).body.session === null;

test('signing in, by user name or email, gives a cookie that no script reads; signing out ends it', async () => {
  const email = `pat.${randomInt(1e9)}@example.com`;
  const person = await somebody(false, email);
  for (const name of [person.username.toUpperCase(), ` ${email} `]) {
    const browser = browserOf(world);
    assert.deepEqual((await browser.get('/session')).body, { session: null });
    const { status, body, headers } = await signIn(browser, name);
    assert.equal(status, 200);
    assert.deepEqual(body.session, {
      company: {
        id: company.id,
        name: company.clientUrl,
        address: company.clientUrl,
        timeZone: 'Asia/Kathmandu',
      },
      person: {
        id: person.userId,
        name: `Pat ${person.username}`,
        username: person.username,
        email,
        admin: false,
      },
      mustChangePassword: false,
      expiresAt: '2026-03-23T14:00:00+00:00',
    });
    assert.deepEqual(headers.get('set-cookie')?.split('; ').slice(1).sort(), [
      'HttpOnly',
      'Max-Age=1209600',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ]);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual((await browser.get('/session')).body.session, body.session);
    const stolen = browserOf(world, browser.cookie());
    assert.equal((await browser.delete('/session')).status, 204);
    assert.equal(browser.cookie(), undefined);
    assert.ok(await isOut(stolen));
    assert.equal((await browser.delete('/session')).status, 204);
  }
  // Over plain HTTP, as on the machine itself.
  const plain = await signIn(browserOf(world), person.username, password, {}, {});
  assert.doesNotMatch(plain.headers.get('set-cookie') ?? 'Secure', /Secure/);
});

test('a cookie that a neighbour in the domain can plant signs nobody in over HTTPS', async () => {
  const person = await somebody();
  const browser = browserOf(world);
  const { headers } = await signIn(browser, person.username);
  assert.match(headers.get('set-cookie') ?? '', /^__Host-openpunch_session=/);
  const as = async (cookie: string, more: Record<string, string>): Promise<unknown> =>
    (await browser.send('GET', '/session', undefined, { cookie, ...more })).body.session?.person?.username;
  const planted = `openpunch_session=${(await webOf(world, company, company.admin)).cookie()}`;
  const both = `${planted}; __Host-openpunch_session=${browser.cookie()}`;
  const https = { 'x-forwarded-proto': 'https' };
  assert.equal(await as(planted, https), undefined);
  assert.equal(await as(both, https), person.username);
  // Behind a proxy that says nothing of HTTPS, as the browser does when it signs in.
  assert.equal(await as(both, {}), person.username);
});

test('signing in again ends the session before', async () => {
  const person = await somebody();
  const browser = browserOf(world);
  await signIn(browser, person.username);
  const before = browserOf(world, browser.cookie());
  await signIn(browser, person.username);
  assert.deepEqual([await isOut(before), await isOut(browser)], [true, false]);
});

test('what is wrong is said, with its field; after five attempts one must wait', async () => {
  const person = await somebody();
  const browser = browserOf(world);
  const cases: [Record<string, unknown>, number, string | undefined][] = [
    [{ password: 'wrong' }, 401, undefined],
    [{ username: 'nobody at all' }, 401, undefined],
    [{ company: 'no-such-company' }, 401, undefined],
    [{ password: '' }, 400, 'password'],
    [{ username: 7 }, 400, 'username'],
    [{ company: null }, 400, 'company'],
    [{ company: 'a\0b' }, 400, 'company'],
    [{ username: 'x'.repeat(1_001) }, 400, 'username'],
  ];
  for (const [wrong, status, field] of cases) {
    const answer = await signIn(browser, person.username, password, wrong);
    assert.deepEqual([answer.status, answer.body.error?.field], [status, field], JSON.stringify(wrong).slice(0, 80));
    assert.equal(typeof answer.body.error?.message, 'string');
    assert.equal(answer.headers.get('set-cookie'), null);
  }
  for (let attempt = 0; attempt < 4; attempt += 1) await signIn(browser, person.username, 'wrong');
  const { status, headers, body } = await signIn(browser, person.username);
  assert.deepEqual([status, headers.get('retry-after')], [429, '30']);
  assert.match(String(body.error?.message), /Too many attempts/);
});

test('a session ends after 14 days, and when the person is archived', async () => {
  const person = await company.person();
  const browser = await webOf(world, company, person);
  world.clock.set(start + 14 * day - 1);
  assert.equal(await isOut(browser), false);
  world.clock.set(start + 14 * day);
  assert.ok(await isOut(browser));
  assert.equal(browser.cookie(), undefined);
  world.clock.set(start);
  const again = await webOf(world, company, person);
  assert.equal(await isOut(again), false);
  await company.admin.put('/users', [{ id: person.userId, active: false }]);
  assert.ok(await isOut(again));
});

test('a session opens nothing but the web app, and nothing else opens that', async () => {
  const browser = await webOf(world, company, company.admin);
  const token = browser.cookie() ?? '';
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  const elsewhere: [path: string, headers: Record<string, string>][] = [
    ['/api/v1/current_user', { authorization: `Bearer ${token}` }],
    ['/api/v1/current_user', { cookie: `openpunch_session=${token}` }],
    ['/v1/employees', { authorization: basic(`${token}:`) }],
    ['/v1/employees', { cookie: `openpunch_session=${token}` }],
    ['/v2/app', { authorization: basic(`:${token}`) }],
  ];
  for (const [path, headers] of elsewhere) {
    assert.equal((await fetch(`${world.url}${path}`, { headers })).status, 401, path);
  }
  const legacy = await fetch(`${world.url}/api.php?action=get_token&output_format=json&api_key=${token}`);
  assert.doesNotMatch(await legacy.text(), /token generated/);
  const wrong = browserOf(world, company.admin.token);
  assert.deepEqual([await isOut(wrong), (await wrong.get('/tokens')).status], [true, 401]);
  const bearer = { authorization: `Bearer ${company.admin.token}` };
  assert.equal((await browserOf(world).send('GET', '/tokens', undefined, bearer)).status, 401);
  assert.equal((await browser.get('/tokens')).status, 200);
});

test('a password that must be changed lets somebody do nothing else; the change ends all other sign-ins', async () => {
  const person = await somebody(true);
  const [browser, second] = [browserOf(world), await webOf(world, company, person)];
  const trial = await (await webOf(world, company, person)).post('/try-token', { door: 'tsheets-rest' });
  assert.equal(trial.status, 403);
  const legacy = await legacyOf(world, company, person);
  await company.admin.put('/users', [{ id: person.userId, permissions: { admin: true } }]);
  const { body } = await signIn(browser, person.username);
  assert.equal(body.session?.mustChangePassword, true);
  for (const [method, path] of [
    ['GET', '/tokens'],
    ['POST', '/tokens'],
    ['POST', '/try-token'],
  ] as const) {
    const refused = await browser.send(method, path);
    assert.deepEqual([refused.status, refused.body.error?.message], [403, 'Choose a new password first.'], path);
  }
  const weak = await browser.put('/session/password', { password: 'short' });
  assert.deepEqual([weak.status, weak.body.error?.field], [400, 'password']);
  const changed = await browser.put('/session/password', { password: other });
  assert.deepEqual([changed.status, changed.body.session?.mustChangePassword], [200, false]);
  assert.equal((await browser.get('/tokens')).status, 200);
  assert.ok(await isOut(second));
  assert.notEqual((await legacy.call('get', { property: 'settings' })).body.status, 'ok');
  // Tokens of programs stay.
  assert.equal((await person.get('/current_user')).status, 200);
  assert.equal((await signIn(browserOf(world), person.username)).status, 401);
  assert.equal((await signIn(browserOf(world), person.username, other)).status, 200);
});

test('a password is changed by whoever knows the present one; over REST it ends all sessions', async () => {
  const person = await somebody();
  const [browser, second] = [await webOf(world, company, person), await webOf(world, company, person)];
  const change = (body: unknown) => browser.send('PUT', '/session/password', JSON.stringify(body), fromAnywhere());
  for (const [body, field] of [
    [{ password: other }, 'currentPassword'],
    [{ password: other, currentPassword: 'wrong' }, 'currentPassword'],
    [{ password: 'aaaaaaaaaaaa', currentPassword: password }, 'password'],
  ] as const) {
    const refused = await change(body);
    assert.deepEqual([refused.status, refused.body.error?.field], [400, field]);
  }
  assert.equal(await isOut(second), false);
  assert.equal((await change({ password: other, currentPassword: password })).status, 200);
  assert.deepEqual([await isOut(browser), await isOut(second)], [false, true]);
  const { token } = (await browser.post('/try-token', { door: 'tsheets-rest' })).body;
  const legacy = await legacyOf(world, company, person);
  // Whoever changes his own over the legacy API stays signed in there.
  const edited = await legacy.call('user_edit', { passwd: password });
  assert.equal(edited.body.status, 'ok', edited.text);
  assert.equal((await legacy.call('get', { property: 'settings' })).body.status, 'ok');
  assert.ok(await isOut(browser));
  const trial = await fetch(`${world.url}/api/v1/current_user`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(trial.status, 401);
  const third = await webOf(world, company, person);
  // A session of a key of another company, which row-level security hides.
  const strangers = await world.company();
  const far = secretHash((await legacySession(world, await legacyKey(world, strangers))).token);
  const { system } = world.services.database;
  await bindSession(system, far, { companyId: company.id, userId: person.userId }, start);
  await company.admin.put('/users', [{ id: person.userId, first_name: 'Patricia' }]);
  assert.equal(await isOut(third), false);
  assert.ok(await findSession(system, far, start));
  await person.put('/users', [{ id: person.userId, password: other }]);
  assert.ok(await isOut(third));
  assert.equal(await findSession(system, far, start), undefined);
});

test('signing out everywhere ends every session of the person, and of nobody else', async () => {
  const person = await company.person();
  const [one, two] = [await webOf(world, company, person), await webOf(world, company, person)];
  const theirs = await webOf(world, company, company.admin);
  assert.equal((await one.delete('/sessions')).status, 204);
  assert.equal(one.cookie(), undefined);
  assert.deepEqual([await isOut(two), await isOut(theirs)], [true, false]);
  assert.equal((await one.delete('/sessions')).status, 401);
});

test('whoever is no administrator any more is none from the next request on', async () => {
  const person = await company.person({ permissions: ['admin'] });
  const browser = await webOf(world, company, person);
  assert.equal((await browser.get('/tokens')).status, 200);
  await company.admin.put('/users', [{ id: person.userId, permissions: { admin: false } }]);
  assert.equal((await browser.get('/tokens')).status, 403);
  assert.equal((await browser.get('/session')).body.session?.person?.admin, false);
});

test('requests of other sites change nothing', async () => {
  const browser = await webOf(world, company, company.admin);
  const json = JSON.stringify({ label: 'from elsewhere' });
  const own = new URL(world.url).origin;
  const host = new URL(world.url).host;
  const https = { 'x-forwarded-proto': 'https' };
  const cases: [headers: Record<string, string>, status: number][] = [
    [{ origin: own, 'sec-fetch-site': 'same-origin' }, 201],
    [{ ...https, origin: `https://${host}` }, 201],
    [{ ...https, origin: own }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `${own}.evil.example` }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'x-openpunch': 'other' }, 403],
    // What a form can send: no header of its own, and one of three types.
    [{ 'x-openpunch': '', 'content-type': 'text/plain' }, 403],
    [{ 'x-openpunch': '', 'content-type': 'application/x-www-form-urlencoded' }, 403],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ];
  for (const [headers, status] of cases) {
    const answer = await browser.send('POST', '/tokens', json, headers);
    assert.equal(answer.status, status, JSON.stringify(headers));
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
  const made = (await browser.get('/tokens')).body.tokens as unknown as { label: string }[];
  assert.equal(made.filter(({ label }) => label === 'from elsewhere').length, 2);
  const foreign = { origin: 'https://evil.example' };
  const body = JSON.stringify({ company: company.clientUrl, username: 'admin', password });
  assert.equal((await browserOf(world).send('POST', '/session', body, foreign)).status, 403);
  assert.equal((await browser.send('DELETE', '/session', undefined, foreign)).status, 403);
  const preflight = await browser.send('OPTIONS', '/tokens', undefined, {
    ...foreign,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-openpunch',
  });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  assert.equal((await browser.get('/tokens')).headers.get('cross-origin-resource-policy'), 'same-origin');
});

test('requests of a session count against the limit, of each by itself', async () => {
  const limited = await openWorld({ shared: true, env: { OPENPUNCH_RATE_LIMIT: '3/5m' } });
  try {
    const firm = await limited.company();
    const [one, two] = [await webOf(limited, firm, firm.admin), await webOf(limited, firm, firm.admin)];
    for (const path of ['/session', '/tokens', '/session']) assert.equal((await one.get(path)).status, 200);
    const refused = await one.get('/session');
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
    assert.equal((await two.get('/session')).status, 200);
  } finally {
    await limited.close();
  }
});
