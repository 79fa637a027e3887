import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { changeApp, createApp, rotateAppSecret } from '../../src/operations/apps.ts';
import {
  authenticate,
  forgetExpired,
  issueToken,
  noteActivity,
  revokeToken,
  revokeTokensOf,
} from '../../src/operations/tokens.ts';
import { loadActor } from '../../src/resources/users/actor.ts';
import { CompanyCache } from '../../src/store/cache.ts';
import { freshCode, grantCode, redirectUri, startWorld, type World } from './support.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.stop());

const who = (token: string) => authenticate(world.services, token, world.services.clock.now());
const issue = (more: { token?: string; expiresAt?: number } = {}) => {
  const { companyId, userId } = world.company;
  return issueToken(world.services, { companyId, userId, label: 'test', ...more }, world.services.clock.now());
};
const refused = { kind: 'unauthenticated' };

/** Waits until a change that this process did not make itself has been announced. */
async function soon(check: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    if (await check()) return;
    await wait(20);
  }
  assert.fail('The change was not heard.');
}
const isRefused = (token: string) =>
  who(token).then(
    () => false,
    () => true,
  );

test('a token from the command line does not expire and names its user', async () => {
  const token = await issue();
  world.advance(3_000 * 86_400);
  const { actor, appId, tokenKey } = await who(token);
  assert.deepEqual([actor.companyId, actor.userId, appId], [world.company.companyId, world.company.userId, null]);
  assert.match(tokenKey, /^[0-9a-f]{16}$/);
  assert.ok(!token.includes(tokenKey));
  await assert.rejects(who(''), refused);
  await assert.rejects(who(`${token}x`), refused);
  await assert.rejects(who('\0'), refused);
});

test('a token with an end is refused from then on', async () => {
  const token = await issue({ expiresAt: world.services.clock.now() + 10 });
  await who(token);
  world.advance(10);
  await assert.rejects(who(token), refused);
});

test('the text of a token can be fixed, again and again, for one user', async () => {
  await issue({ token: 'demo-token' });
  await revokeToken(world.services, 'demo-token', 0);
  await assert.rejects(who('demo-token'), refused);
  await issue({ token: 'demo-token' });
  await who('demo-token');
  const { companyId } = world.company;
  await world.rows(
    `INSERT INTO users (company_id, username, first_name, last_name) VALUES (${companyId}, 'bob', 'B', 'B')`,
  );
  const [[bob] = []] = await world.rows("SELECT id FROM users WHERE username = 'bob'");
  const other = issueToken(world.services, { companyId, userId: Number(bob), label: '', token: 'demo-token' }, 0);
  await assert.rejects(other, { kind: 'conflict' });
  await assert.rejects(issue({ token: 'with blank' }), { kind: 'invalid' });
});

test('a known token costs no query until something changes', async () => {
  const token = await issue();
  const { services } = world;
  const counted = {
    cache: services.cache,
    database: { ...services.database, system: undefined as never, forCompany: undefined as never },
  };
  // Announcements of earlier writes may still arrive; once they are all heard, nothing is asked of the database.
  await soon(async () => {
    await who(token);
    const answer = authenticate({ ...counted } as never, token, services.clock.now());
    return answer.then(
      ({ actor }) => actor.userId === world.company.userId,
      () => false,
    );
  });
});

test('a token that another process revokes is refused as soon as that is announced', async () => {
  const token = await issue();
  await who(token);
  await revokeToken({ database: world.services.database, cache: new CompanyCache() }, token, 0);
  await soon(() => isRefused(token));
});

test('an archived user is refused everywhere, and welcome again when restored', async () => {
  const token = await issue();
  await who(token);
  await world.rows("UPDATE users SET active = false WHERE username = 'ada'");
  await soon(() => isRefused(token));
  await world.rows("UPDATE users SET active = true WHERE username = 'ada'");
  await soon(async () => !(await isRefused(token)));
});

test('a switched-off application is refused with all its tokens', async () => {
  const { companyId } = world.company;
  const { access_token: token } = (await grantCode(world, await freshCode(world))).json();
  await who(token);
  await changeApp(world.services, companyId, world.client.clientId, { active: false });
  await soon(() => isRefused(token));
  await changeApp(world.services, companyId, world.client.clientId, { active: true });
  await soon(async () => !(await isRefused(token)));
});

test('all tokens of a user can be revoked at once', async () => {
  const [one, two] = [await issue(), await issue()];
  const { companyId, userId } = world.company;
  await revokeTokensOf(world.services, companyId, userId, world.services.clock.now());
  assert.deepEqual([await isRefused(one), await isRefused(two)], [true, true]);
});

test('an actor knows the active groups that he manages and their users', async () => {
  const { companyId, userId } = world.company;
  await world.rows(`INSERT INTO groups (company_id, name, active, manager_ids) VALUES
    (${companyId}, 'Movers', true, '{${userId}}'), (${companyId}, 'Gone', false, '{${userId}}'), (${companyId}, 'Others', true, '{}')`);
  await world.rows(`INSERT INTO users (company_id, username, first_name, last_name, group_id)
    SELECT company_id, name || '-user', 'x', 'y', id FROM groups`);
  const actor = await loadActor(world.services.database.forCompany(companyId), companyId, userId);
  const [[group] = []] = await world.rows("SELECT id FROM groups WHERE name = 'Movers'");
  const [[member] = []] = await world.rows("SELECT id FROM users WHERE username = 'Movers-user'");
  assert.deepEqual(actor?.managedGroupIds, [Number(group)]);
  assert.deepEqual([...(actor?.managedUserIds ?? [])], [Number(member)]);
  assert.equal(await loadActor(world.services.database.system, companyId, 999_999), undefined);
});

test('activity is noted at most once in five minutes, and a failure is no matter', async () => {
  const signedIn = await who(await issue());
  const seen = async () => (await world.rows('SELECT last_active FROM user_activity'))[0]?.[0];
  const note = () => noteActivity(world.services, signedIn, world.services.clock.now());
  note();
  await soon(async () => (await seen()) !== undefined);
  const first = await seen();
  world.advance(299);
  note();
  await wait(50);
  assert.equal(await seen(), first);
  world.advance(1);
  note();
  await soon(async () => (await seen()) !== first);
  const failing = {
    system: { rows: () => Promise.reject(new Error('down')), pipeline: () => Promise.reject(new Error('down')) },
  };
  noteActivity({ ...world.services, database: failing } as never, signedIn, world.services.clock.now());
  await wait(10);
});

test('applications: redirect URIs are checked, secrets can be changed', async () => {
  const { companyId } = world.company;
  const make = (uri: string) => createApp(world.services, { companyId, name: 'App', redirectUris: [uri] }, 0);
  for (const uri of [
    'http://example.com/cb',
    'javascript:alert(1)',
    'data:text/html,x',
    '/cb',
    'https://a.com/#x',
    'https://u:p@a.com/',
    'https://a.com/ x',
    '',
  ]) {
    await assert.rejects(make(uri), { kind: 'invalid' }, uri);
  }
  for (const uri of ['https://a.com/cb?x=1', 'http://127.0.0.1:1/cb', 'http://[::1]/cb', 'com.example.app:/cb'])
    await make(uri);
  const code = await freshCode(world);
  const now = world.services.clock.now();
  const { clientId, clientSecret } = await rotateAppSecret(world.services, companyId, world.client.clientId, now);
  assert.equal((await grantCode(world, code)).json().error, 'invalid_client');
  assert.equal((await grantCode(world, code, { client_secret: clientSecret })).statusCode, 200);
  await assert.rejects(rotateAppSecret(world.services, companyId + 1, clientId, now), { kind: 'not-found' });
  assert.ok(redirectUri);
});

test('what has expired is deleted', async () => {
  world.advance(400 * 86_400);
  await forgetExpired(world.services.database.system, world.services.clock.now());
  for (const table of ['authorization_requests', 'authorization_codes', 'refresh_tokens', 'sign_in_attempts']) {
    assert.deepEqual(await world.rows(`SELECT count(*) FROM ${table}`), [['0']], table);
  }
});
