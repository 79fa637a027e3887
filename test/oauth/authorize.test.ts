import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setPassword } from '../../src/operations/sign-in.ts';
import {
  authorizePath,
  consent,
  credentials,
  freshCode,
  locationOf,
  password,
  redirectUri,
  requestIdOf,
  startWorld,
  type World,
} from './support.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.stop());

test('signing in and allowing leads back with a code and the state', async () => {
  const page = await world.get(authorizePath(world));
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /<h1>Sign in<\/h1>/);
  const location = await consent(world);
  assert.equal(location.origin + location.pathname, redirectUri);
  assert.match(location.searchParams.get('code') ?? '', /^S\.\d+__[0-9a-f]{40}$/);
  assert.equal(location.searchParams.get('state'), 'xyz');
});

test('the state comes back letter for letter, and a query of the redirect URI stays', async () => {
  const state = 'a b+c&d=é"\'<script>alert(1)</script>\u{1F600}';
  assert.equal((await consent(world, { state })).searchParams.get('state'), state);
});

test('an application without a registration is never redirected to', async () => {
  for (const changes of [
    { client_id: undefined },
    { client_id: 'nobody' },
    { client_id: '\0' },
    { redirect_uri: undefined },
    { redirect_uri: `${redirectUri}/` },
    { redirect_uri: `${redirectUri}?x=1` },
    { redirect_uri: 'https://evil.example.com/callback' },
    { redirect_uri: 'http://localhost:3000/other' },
    { redirect_uri: 'http://localhost:3000/callback#x' },
    { redirect_uri: 'http://evil@localhost:3000/callback' },
  ]) {
    const page = await world.get(authorizePath(world, changes));
    assert.equal(page.statusCode, 400, JSON.stringify(changes));
    assert.equal(page.headers.location, undefined);
    assert.match(String(page.headers['content-type']), /text\/html/);
  }
});

test('a loopback redirect URI may have any port', async () => {
  const location = await consent(world, { redirect_uri: 'http://localhost:49152/callback' });
  assert.equal(location.origin, 'http://localhost:49152');
});

test('other mistakes are told to the application', async () => {
  const cases: [Record<string, string | undefined>, string][] = [
    [{ state: undefined }, 'invalid_request'],
    [{ response_type: undefined }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ code_challenge: 'abc' }, 'invalid_request'],
    [{ code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
  ];
  for (const [changes, error] of cases) {
    for (const answer of [
      await world.get(authorizePath(world, changes)),
      await world.post(authorizePath(world, changes), credentials()),
    ]) {
      assert.equal(answer.statusCode, 302, JSON.stringify(changes));
      const location = locationOf(answer);
      assert.equal(location.origin + location.pathname, redirectUri);
      assert.equal(location.searchParams.get('error'), error);
      assert.ok(location.searchParams.get('error_description'));
      assert.equal(location.searchParams.get('state'), 'state' in changes ? null : 'xyz');
      assert.equal(location.searchParams.get('code'), null);
    }
  }
});

test('unknown parameters are ignored', async () => {
  const page = await world.get(`${authorizePath(world)}&approval_prompt=auto&scope=`);
  assert.equal(page.statusCode, 200);
});

test('denying leads back with access_denied', async () => {
  const location = await consent(world, {}, 'deny');
  assert.equal(location.searchParams.get('error'), 'access_denied');
  assert.equal(location.searchParams.get('state'), 'xyz');
  assert.equal(location.searchParams.get('code'), null);
});

test('a question is answered once, by whoever was asked, within ten minutes', async () => {
  const path = authorizePath(world);
  const id = requestIdOf(await world.post(path, credentials()));
  const answer = { step: 'consent', request_id: id, answer: 'allow' };
  assert.equal((await world.post(path, { ...answer, request_id: `${id}0` })).statusCode, 400);
  assert.equal((await world.post(path, { ...answer, step: 'password', password, repeat: password })).statusCode, 400);
  assert.equal((await world.post(path, answer)).statusCode, 302);
  assert.equal((await world.post(path, answer)).statusCode, 400);
  const late = requestIdOf(await world.post(path, credentials()));
  world.advance(601);
  const page = await world.post(path, { ...answer, request_id: late });
  assert.equal(page.statusCode, 400);
  assert.match(page.body, /out of date/);
});

test('the code is bound to what was asked, not to the address that the answer is sent to', async () => {
  const id = requestIdOf(await world.post(authorizePath(world), credentials()));
  const elsewhere = authorizePath(world, { redirect_uri: 'http://localhost:3000/callback', state: 'other' });
  const location = locationOf(await world.post(elsewhere, { step: 'consent', request_id: id, answer: 'allow' }));
  assert.equal(location.origin + location.pathname, redirectUri);
  assert.equal(location.searchParams.get('state'), 'xyz');
});

test('display_mode create shows the form for a new company first; the forms lead to each other', async () => {
  const create = await world.get(authorizePath(world, { display_mode: 'create' }));
  assert.match(create.body, /<h1>Create a company<\/h1>/);
  assert.match(create.body, /display_mode=login/);
  const login = await world.get(authorizePath(world, { display_mode: 'login' }));
  assert.match(login.body, /<h1>Sign in<\/h1>/);
  assert.match(login.body, /display_mode=create/);
});

test('whatever the link or the form holds is shown as text', async () => {
  const attack = '"><script>alert(1)</script>';
  const path = authorizePath(world, { state: attack });
  const pages = [
    await world.get(path),
    await world.get(authorizePath(world, { state: attack, display_mode: 'create' })),
    await world.post(path, credentials({ company: attack, username: attack, password: 'wrong' })),
    await world.post(path, { step: 'sign-up', name: attack, clientUrl: attack, firstName: attack, email: attack }),
    await world.post(path, credentials()),
  ];
  for (const page of pages) {
    assert.doesNotMatch(page.body, /<script/);
    assert.doesNotMatch(page.body, /<b>Co/);
    assert.match(page.body, /Payroll &amp; &lt;b&gt;Co/);
  }
});

test('pages run no script, stay out of frames and caches, and may lead to the application', async () => {
  const page = await world.get(authorizePath(world));
  const policy = String(page.headers['content-security-policy']);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /form-action 'self' https:/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(page.headers['referrer-policy'], 'no-referrer');
  assert.equal(page.headers['cache-control'], 'no-store');
});

test('forms have absolute addresses, for the client that shows them from its own origin', async () => {
  const page = await world.app.inject({
    url: `/api/v1${authorizePath(world)}`,
    headers: { host: 'time.example.com:8443' },
  });
  assert.match(page.body, /<form method="post" action="http:\/\/time\.example\.com:8443\/api\/v1\/authorize\?/);
});

test('a wrong password and an unknown user look the same', async () => {
  const path = authorizePath(world);
  const texts = [];
  for (const changes of [{ password: 'wrong' }, { username: 'nobody' }, { company: 'nowhere' }, { company: '\0' }]) {
    const page = await world.post(path, credentials(changes), { ip: '192.0.2.99' });
    assert.equal(page.statusCode, 422);
    texts.push(/<li>(.*?)<\/li>/.exec(page.body)?.[1]);
  }
  assert.equal(new Set(texts).size, 1);
});

test('an archived user can not sign in, nor answer a question', async () => {
  const path = authorizePath(world);
  const id = requestIdOf(await world.post(path, credentials()));
  await world.rows("UPDATE users SET active = false WHERE username = 'ada'");
  assert.equal((await world.post(path, credentials())).statusCode, 422);
  assert.equal((await world.post(path, { step: 'consent', request_id: id, answer: 'allow' })).statusCode, 400);
  await world.rows("UPDATE users SET active = true WHERE username = 'ada'");
  assert.ok(await freshCode(world));
});

test('a user who must change the password does so before the question', async () => {
  const { companyId, userId } = world.company;
  const temporary = 'temporary secret 1';
  const origin = { via: 'test', requestId: 'test' };
  const due = { companyId, userId, password: temporary, requireChange: true, ...origin };
  const path = authorizePath(world);
  const old = { step: 'consent', request_id: requestIdOf(await world.post(path, credentials())), answer: 'allow' };
  await setPassword(world.services, due, world.services.clock.now());
  assert.equal(
    (await world.post(path, old)).statusCode,
    400,
    'who signed in with the old password is asked nothing more',
  );
  const page = await world.post(path, credentials({ password: temporary }));
  assert.match(page.body, /<h1>Choose a new password<\/h1>/);
  const skipped = { step: 'consent', request_id: requestIdOf(page), answer: 'allow' };
  assert.equal((await world.post(path, skipped)).statusCode, 400);
  const short = await world.post(path, {
    step: 'password',
    request_id: requestIdOf(page),
    password: 'short',
    repeat: 'short',
  });
  assert.equal(short.statusCode, 422);
  assert.match(short.body, /at least 10 characters/);
  const differing = { step: 'password', request_id: requestIdOf(short), password, repeat: 'another password' };
  const again = await world.post(path, differing);
  assert.match(again.body, /The two passwords differ/);
  const question = await world.post(path, {
    step: 'password',
    request_id: requestIdOf(again),
    password,
    repeat: password,
  });
  assert.match(question.body, /Don’t allow/);
  const answer = { step: 'consent', request_id: requestIdOf(question), answer: 'allow' };
  assert.ok(locationOf(await world.post(path, answer)).searchParams.get('code'));
  assert.equal((await world.post(path, credentials({ password: temporary }))).statusCode, 422);
  assert.ok(await freshCode(world));
});

test('what has an unexpected shape is refused, not a fault', async () => {
  const answer = await world.app.inject({ method: 'POST', url: `/api/v1${authorizePath(world)}` });
  assert.equal(answer.statusCode, 422);
  const binary = await world.post(authorizePath(world), { step: 'consent', request_id: '\0', answer: 'allow' });
  assert.equal(binary.statusCode, 400);
});
