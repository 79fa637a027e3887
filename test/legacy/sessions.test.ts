import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { manageClient } from '../../src/operations/managed-clients.ts';
import { forgetExpired, issueToken, revokeToken } from '../../src/operations/tokens.ts';
import { updateRequirePasswordChange } from '../../src/resources/credentials/queries.ts';
import { sql } from '../../src/store/sql.ts';
import { givePassword, legacyKey, legacyOf, legacyPassword, legacySession, sendLegacy } from '../support/legacy.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const start = Date.UTC(2026, 2, 10, 16) / 1000;
const hour = 3600;
let world: World;
let company: Company;
let worker: Person;
let key: string;

before(async () => {
  world = await openWorld({ now: start });
  company = await world.company();
  worker = await company.person();
  await givePassword(world, company, worker);
  key = await legacyKey(world, company);
});
after(() => world.close());

/** Any action that needs a log-in. */
const probe = { property: 'username' };

test('a session begins with get_token, login binds a user, and logout ends it', async () => {
  const session = await legacySession(world, key);
  assert.match(session.token, /^[0-9a-f]{32}$/);
  assert.match(await session.fails('get', probe, 5002), /not logged in/);
  await session.ok('login', { username: worker.username.toUpperCase(), password: legacyPassword });
  assert.equal((await session.ok('get', probe)).username, worker.username);
  await session.ok('logout');
  await session.fails('get', probe, 5002);
  await session.fails('logout', {}, 5002);
});

test('the documented texts of a token and of a failure come as XML', async () => {
  const token = await sendLegacy(world, { action: 'get_token', api_key: key });
  assert.equal(token.headers.get('content-type'), 'text/xml; charset=utf-8');
  assert.match(
    token.text,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<result>\n {2}<status>ok<\/status>\n {2}<message>.+<\/message>\n {2}<token>[0-9a-f]{32}<\/token>\n<\/result>\n$/,
  );
  const refused = await sendLegacy(world, { action: 'clock_out', token: String(token.body.token) });
  assert.deepEqual(Object.keys(refused.body), ['status', 'last_error', 'error_code', 'error_text']);
  assert.deepEqual([refused.body.error_code, refused.body.error_text], ['5002', 'Not logged in']);
});

test('keys of other doors, unknown, revoked and expired ones open no session', async () => {
  const foreign = await issueToken(
    world.services,
    { companyId: company.id, userId: company.admin.userId, label: '', door: 'timestation' },
    start,
  );
  const revoked = await legacyKey(world, company);
  await revokeToken(world.services, revoked, start);
  for (const api_key of ['nonsense', company.admin.token, foreign, revoked, 'a\0b', 'x'.repeat(500)]) {
    const { status, body } = await sendLegacy(world, { action: 'get_token', api_key, output_format: 'json' });
    assert.deepEqual([status, body.status, body.error_code], [200, 'fail', 7001], api_key);
  }
  const none = await sendLegacy(world, { action: 'get_token', output_format: 'json' });
  assert.equal(none.body.error_code, 7010);
});

test('log-ins that are refused, and why', async () => {
  const shared = `shared@${company.clientUrl}.example`;
  const [one, other, alone] = [await company.person(), await company.person(), await company.person()];
  const db = world.services.database.forCompany(company.id);
  for (const { userId } of [one, other]) {
    await db.rows(sql`UPDATE users SET email = ${shared} WHERE id = ${userId}`);
  }
  await db.rows(sql`UPDATE users SET email = ${'Alone@x.example'} WHERE id = ${alone.userId}`);
  for (const person of [one, alone]) await givePassword(world, company, person);
  const session = await legacySession(world, key);
  const password = legacyPassword;
  const cases: [params: Record<string, string>, code: number][] = [
    [{ username: worker.username, password: 'wrong' }, 7003],
    [{ username: 'nobody', password }, 7003],
    [{ username: shared, password }, 7003],
    [{ username: 'a\0b', password }, 7011],
    [{ username: worker.username }, 7010],
    [{ password }, 7010],
    [{ username: worker.username, password, client_url: 'elsewhere' }, 7005],
  ];
  for (const [params, code] of cases) await session.fails('login', params, code);
  await session.fails('get', probe, 5002);
  await session.ok('login', { username: 'alone@X.example', password, client_url: company.clientUrl.toUpperCase() });
  assert.equal((await session.ok('get', probe)).username, alone.username);
  await updateRequirePasswordChange(db, company.id, worker.userId, true);
  assert.match(await session.fails('login', { username: worker.username, password }, 7004), /must be changed/);
  await updateRequirePasswordChange(db, company.id, worker.userId, false);
});

test('wrong passwords must wait after five, and the answer says how long', async () => {
  const person = await company.person();
  const session = await legacySession(world, key);
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await session.fails('login', { username: person.username, password: 'x' }, 7003);
  }
  const { status, headers, body } = await session.call('login', { username: person.username, password: 'x' });
  assert.deepEqual([status, body.error_code], [429, 7030]);
  assert.equal(headers.get('retry-after'), '30');
});

test('a session ends with its key, its people, and by itself', async (t) => {
  await t.test('the key is revoked', async () => {
    const own = await legacyKey(world, company);
    const session = await legacySession(world, own);
    await session.ok('login', { username: worker.username, password: legacyPassword });
    await revokeToken(world.services, own, start);
    await session.fails('get', probe, 5002);
  });
  await t.test('the user of the key is archived', async () => {
    const owner = await company.person({ permissions: ['admin'] });
    const session = await legacySession(world, await legacyKey(world, company, owner));
    await session.ok('login', { username: worker.username, password: legacyPassword });
    await company.admin.put('/users', [{ id: owner.userId, active: false }]);
    await session.fails('get', probe, 5002);
  });
  await t.test('who has logged in is archived', async () => {
    const leaver = await company.person();
    const session = await legacyOf(world, company, leaver);
    await session.ok('get', probe);
    await company.admin.put('/users', [{ id: leaver.userId, active: false }]);
    await session.fails('get', probe, 5002);
    await session.fails('login', { username: worker.username, password: legacyPassword }, 5002);
  });
  await t.test('nobody logs in for an hour, or uses it for a day, or it is 30 days old', async () => {
    const unused = await legacySession(world, key);
    const used = await legacyOf(world, company, worker);
    world.clock.set(start + hour);
    await unused.fails('get', probe, 5002);
    await used.ok('get', probe);
    for (let hours = 24; hours < 30 * 24; hours += 23) {
      world.clock.set(start + hours * hour);
      await used.ok('get', probe);
    }
    const last = await legacyOf(world, company, worker);
    world.clock.set(start + 30 * 24 * hour);
    await used.fails('get', probe, 5002);
    await last.ok('get', probe);
    world.clock.set(world.clock.now() + 24 * hour);
    await last.fails('get', probe, 5002);
  });
  await t.test('the daily job deletes what has ended', async () => {
    const count = async (): Promise<number> =>
      Number((await world.services.database.system.rows(sql`SELECT count(*) FROM legacy_sessions`))[0]?.[0]);
    const session = await legacyOf(world, company, worker);
    assert.ok((await count()) > 1);
    await forgetExpired(world.services.database.system, world.clock.now());
    assert.equal(await count(), 1);
    await session.ok('get', probe);
  });
});

test('client_url opens the account of a client that the key may reach, as long as it is managed', async () => {
  const client = await world.company();
  const person = await client.person();
  await givePassword(world, client, person);
  const given = { username: person.username, password: legacyPassword, client_url: client.clientUrl };
  const session = await legacySession(world, key);
  await session.fails('login', given, 7005);
  await manageClient(world.services, { companyId: company.id, clientId: client.id, active: true });
  await session.ok('login', given);
  assert.equal((await session.ok('get', { property: 'client_url' })).client_url, client.clientUrl);
  // A key whose user may not act for other companies does not reach it.
  const weak = await legacySession(world, await legacyKey(world, company, worker));
  await weak.fails('login', given, 7005);
  await manageClient(world.services, { companyId: company.id, clientId: client.id, active: false });
  await session.fails('get', probe, 5002);
});
