import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createApp } from '../../src/operations/apps.ts';
import { authenticate } from '../../src/operations/tokens.ts';
import { freshCode, grantCode, grantRefresh, redirectUri, startWorld, type World } from './support.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.stop());

const works = (token: string): Promise<boolean> =>
  authenticate(world.services, token, world.services.clock.now()).then(
    () => true,
    () => false,
  );

test('a code becomes tokens, in the documented shape', async () => {
  const answer = await grantCode(world, await freshCode(world));
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['cache-control'], 'no-store');
  const body = answer.json();
  assert.deepEqual(Object.keys(body), [
    'access_token',
    'expires_in',
    'token_type',
    'scope',
    'refresh_token',
    'user_id',
    'company_id',
    'client_url',
  ]);
  const { companyId, userId } = world.company;
  assert.match(body.access_token, new RegExp(`^S\\.${companyId}__[0-9a-f]{40}$`));
  assert.match(body.refresh_token, new RegExp(`^S\\.${companyId}__[0-9a-f]{40}$`));
  assert.equal(body.expires_in, 864_000);
  assert.equal(body.token_type, 'bearer');
  assert.equal(body.scope, '');
  assert.equal(body.user_id, String(userId));
  assert.equal(body.company_id, String(companyId));
  assert.equal(body.client_url, 'acme');
  const { actor, appId } = await authenticate(world.services, body.access_token, world.services.clock.now());
  assert.equal(actor.userId, userId);
  assert.ok(actor.permissions.has('admin'));
  assert.equal(appId, world.client.clientId);
});

test('bodies may be JSON, or a form without its content type; an old bearer token says nothing', async () => {
  const { clientId: client_id, clientSecret: client_secret } = world.client;
  const fields = { grant_type: 'authorization_code', client_id, client_secret, redirect_uri: redirectUri };
  const headers = { authorization: 'Bearer S.1__expired' };
  const inject = async (payload: string, type: Record<string, string>) =>
    world.app.inject({ method: 'POST', url: '/api/v1/grant', headers: { ...headers, ...type }, payload });
  const json = JSON.stringify({ ...fields, code: await freshCode(world) });
  assert.equal((await inject(json, { 'content-type': 'application/json' })).statusCode, 200);
  const form = new URLSearchParams({ ...fields, code: await freshCode(world), scope: '' }).toString();
  assert.equal((await inject(form, { 'content-type': 'text/plain' })).statusCode, 200);
  const bare = new URLSearchParams({ ...fields, code: await freshCode(world) }).toString();
  assert.equal((await inject(bare, {})).statusCode, 200);
  const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
  const withoutClient = new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    code: await freshCode(world),
  }).toString();
  assert.equal((await inject(withoutClient, { authorization: basic })).statusCode, 200);
});

test('a redirect_uri that is encoded twice is understood', async () => {
  const local = 'http://localhost:3000/callback';
  const code = await freshCode(world, { redirect_uri: local });
  const answer = await grantCode(world, code, { redirect_uri: encodeURIComponent(local) });
  assert.equal(answer.statusCode, 200);
});

test('mistakes have their words, with status 400', async () => {
  const code = await freshCode(world);
  const cases: [Record<string, string>, string][] = [
    [{ client_secret: 'wrong' }, 'invalid_client'],
    [{ client_id: 'nobody' }, 'invalid_client'],
    [{ client_id: '' }, 'invalid_client'],
    [{ grant_type: '' }, 'invalid_request'],
    [{ grant_type: 'password' }, 'unauthorized_client'],
    [{ grant_type: 'magic' }, 'unsupported_grant_type'],
    [{ code: '' }, 'invalid_request'],
    [{ code: 'S.1__0000' }, 'invalid_grant'],
    [{ redirect_uri: 'http://localhost:3000/callback' }, 'invalid_grant'],
    [{ code: 'x\0' }, 'invalid_request'],
    [{ code_verifier: 'v'.repeat(43) }, 'invalid_grant'],
  ];
  for (const [changes, error] of cases) {
    const answer = await grantCode(world, code, changes);
    assert.equal(answer.statusCode, 400, JSON.stringify(changes));
    assert.equal(answer.json().error, error, JSON.stringify(changes));
    assert.equal(typeof answer.json().error_description, 'string');
    assert.equal(answer.headers['cache-control'], 'no-store');
  }
  assert.equal((await world.get('/grant')).statusCode, 405);
});

test('a code used twice is refused and takes its tokens with it', async () => {
  const code = await freshCode(world);
  const { access_token: access, refresh_token: refresh } = (await grantCode(world, code)).json();
  assert.ok(await works(access));
  const again = await grantCode(world, code);
  assert.equal(again.statusCode, 400);
  assert.deepEqual(again.json(), { error: 'invalid_grant', error_description: 'The authorization code has expired' });
  assert.equal(await works(access), false);
  assert.equal((await grantRefresh(world, refresh)).json().error, 'invalid_grant');
});

test('a code lives ten minutes', async () => {
  const [early, late] = [await freshCode(world), await freshCode(world)];
  world.advance(599);
  assert.equal((await grantCode(world, early)).statusCode, 200);
  world.advance(1);
  assert.deepEqual((await grantCode(world, late)).json(), {
    error: 'invalid_grant',
    error_description: 'The authorization code has expired',
  });
});

test('a code serves only the application that it was issued to', async () => {
  const { companyId } = world.company;
  const other = await createApp(world.services, { companyId, name: 'Other', redirectUris: [redirectUri] }, 0);
  const code = await freshCode(world);
  const stolen = await grantCode(world, code, { client_id: other.clientId, client_secret: other.clientSecret });
  assert.equal(stolen.json().error, 'invalid_grant');
  const granted = await grantCode(world, code);
  assert.equal(granted.statusCode, 200);
  const { refresh_token: refresh } = granted.json();
  const changes = { client_id: other.clientId, client_secret: other.clientSecret };
  assert.equal((await grantRefresh(world, refresh, changes)).json().error, 'invalid_grant');
  assert.equal((await grantRefresh(world, refresh)).statusCode, 200);
});

test('a code that was asked for with PKCE needs its verifier, and the secret all the same', async () => {
  const verifier = 'v'.repeat(50);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const pkce = { code_challenge, code_challenge_method: 'S256' };
  const without = await grantCode(world, await freshCode(world, pkce));
  assert.equal(without.json().error, 'invalid_grant');
  const secretless = await world.post('/grant', {
    grant_type: 'authorization_code',
    client_id: world.client.clientId,
    redirect_uri: redirectUri,
    code: await freshCode(world, pkce),
    code_verifier: verifier,
  });
  assert.equal(secretless.json().error, 'invalid_client');
  const good = await grantCode(world, await freshCode(world, pkce), { code_verifier: verifier });
  assert.equal(good.statusCode, 200);
});

test('refreshing gives a new pair; the old access token lives on until it expires', async () => {
  const first = (await grantCode(world, await freshCode(world))).json();
  world.advance(100);
  const answer = await grantRefresh(world, first.refresh_token);
  assert.equal(answer.statusCode, 200);
  const second = answer.json();
  assert.deepEqual(Object.keys(second), Object.keys(first));
  assert.notEqual(second.access_token, first.access_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.ok((await works(first.access_token)) && (await works(second.access_token)));
  world.advance(864_000 - 100);
  assert.deepEqual([await works(first.access_token), await works(second.access_token)], [false, true]);
  world.advance(100);
  assert.equal(await works(second.access_token), false);
  assert.equal((await grantRefresh(world, second.refresh_token)).statusCode, 200);
});

test('a refresh token used twice revokes everything that descends from the authorization', async () => {
  const first = (await grantCode(world, await freshCode(world))).json();
  const second = (await grantRefresh(world, first.refresh_token)).json();
  const bystander = (await grantCode(world, await freshCode(world))).json();
  assert.ok(await works(second.access_token));
  const again = await grantRefresh(world, first.refresh_token);
  assert.deepEqual(again.json(), { error: 'invalid_grant', error_description: 'Invalid refresh token' });
  assert.deepEqual([await works(first.access_token), await works(second.access_token)], [false, false]);
  assert.equal((await grantRefresh(world, second.refresh_token)).json().error, 'invalid_grant');
  assert.ok(await works(bystander.access_token));
});

test('of many uses of a refresh token at once exactly one wins, and the family is revoked', async () => {
  const first = (await grantCode(world, await freshCode(world))).json();
  const answers = await Promise.all(Array.from({ length: 6 }, () => grantRefresh(world, first.refresh_token)));
  const winners = answers.filter((answer) => answer.statusCode === 200);
  assert.equal(winners.length, 1);
  assert.equal(await works(winners[0]?.json().access_token), false);
  const codes = await freshCode(world);
  const exchanges = await Promise.all([grantCode(world, codes), grantCode(world, codes)]);
  assert.deepEqual(exchanges.map((answer) => answer.statusCode).sort(), [200, 400]);
});

test('a refresh token expires, and one of an archived user is refused', async () => {
  const { refresh_token: old } = (await grantCode(world, await freshCode(world))).json();
  world.advance(366 * 86_400);
  assert.deepEqual((await grantRefresh(world, old)).json(), {
    error: 'invalid_grant',
    error_description: 'Refresh token has expired',
  });
  const { refresh_token: fresh } = (await grantCode(world, await freshCode(world))).json();
  await world.rows("UPDATE users SET active = false WHERE username = 'ada'");
  assert.equal((await grantRefresh(world, fresh)).json().error, 'invalid_grant');
  await world.rows("UPDATE users SET active = true WHERE username = 'ada'");
  assert.equal((await grantRefresh(world, fresh)).statusCode, 200);
});

test('the database holds hashes only', async () => {
  const code = await freshCode(world);
  const { access_token: access, refresh_token: refresh } = (await grantCode(world, code)).json();
  const secrets = [code, access, refresh, world.client.clientSecret, 'correct horse battery'];
  const tables = [
    'oauth_apps',
    'authorization_requests',
    'authorization_codes',
    'access_tokens',
    'refresh_tokens',
    'credentials',
    'sign_in_attempts',
    'history',
  ];
  for (const table of tables) {
    const text = JSON.stringify(await world.rows(`SELECT to_jsonb(t) FROM ${table} t`));
    for (const secret of secrets) assert.ok(!text.includes(secret.replace(/^S\.\d+__/, '')), `${table} holds a secret`);
  }
  const [[hash] = []] = await world.rows('SELECT password_hash FROM credentials');
  assert.match(String(hash), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
