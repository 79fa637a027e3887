import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { manageClient } from '../../src/operations/managed-clients.ts';
import { checkPassword } from '../../src/operations/sign-in.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import { sql } from '../../src/store/sql.ts';
import { type Answer, type Api, apiOf } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const header = 'vnd.tsheets.ManagedClientId';

let world: World;
let firm: Company;
let client: Company;
let accountant: Person;

before(async () => {
  world = await openWorld();
  [firm, client] = await Promise.all([world.company(), world.company()]);
  accountant = await firm.person({ permissions: ['external_access'] });
  await manageClient(world.services, { companyId: firm.id, clientId: client.id, active: true });
});
after(() => world.close());

const within = (person: Person, id: number | string, path: string, method = 'GET', data?: unknown): Promise<Answer> =>
  person.send(method, path, data === undefined ? undefined : JSON.stringify({ data }), { [header]: String(id) });

test('managed clients are listed to those with external_access, with ids as texts', async () => {
  const answer = await accountant.get('/managed_clients');
  assert.equal(answer.status, 200);
  const row = answer.body.results?.managed_clients?.[client.id];
  assert.deepEqual(Object.keys(row ?? {}), ['id', 'company_url', 'company_name', 'active', 'created', 'last_modified']);
  assert.equal(row?.id, String(client.id));
  assert.equal(row?.company_url, client.clientUrl);
  assert.equal(answer.body.more, false);
  const plain = await (await firm.person()).get('/managed_clients');
  assert.deepEqual(plain.body.results, { managed_clients: {} });
});

test('with the header a request acts in the client, reading and writing', async () => {
  const made = await within(accountant, client.id, '/jobcodes', 'POST', [{ name: 'From outside' }]);
  assert.equal(made.body.results?.jobcodes?.['1']?._status_code, 200, made.text);
  const seen = await client.admin.get('/jobcodes', { name: 'From outside' });
  assert.equal(Object.keys(seen.body.results?.jobcodes ?? {}).length, 1);
  const own = await accountant.get('/jobcodes', { name: 'From outside' });
  assert.deepEqual(own.body.results, { jobcodes: {} });
});

test('the client sees who acts there as a user of its own, also in the history', async () => {
  const me = await within(accountant, client.id, '/current_user');
  const [user] = Object.values(me.body.results?.users ?? {});
  assert.equal(user?.username, `${accountant.username}@${firm.clientUrl}`);
  assert.equal(user?.permissions?.admin, true);
  assert.equal(user?.permissions?.time_tracking, false);
  const users = await client.admin.get('/users');
  assert.ok(Object.keys(users.body.results?.users ?? {}).includes(String(user?.id)));
  await within(accountant, client.id, '/groups', 'POST', [{ name: 'Crew' }]);
  const rows = await world.services.database.system.rows(sql`
    SELECT actor_user_id FROM history WHERE company_id = ${client.id} AND resource = 'groups'`);
  assert.deepEqual(rows, [[String(user?.id)]]);
});

test('ten requests at once make one user', async () => {
  const other = await firm.person({ permissions: ['external_access'] });
  const answers = await Promise.all(Array.from({ length: 10 }, () => within(other, client.id, '/current_user')));
  const ids = new Set(answers.flatMap(({ body }) => Object.keys(body.results?.users ?? {})));
  assert.equal(ids.size, 1);
});

test('who may not, and what is not managed, gets one and the same refusal', async () => {
  const stranger = await world.company();
  const plain = await firm.person({ permissions: ['manage_users', 'manage_timesheets'] });
  const refused = await Promise.all([
    within(plain, client.id, '/users'),
    within(accountant, stranger.id, '/users'),
    within(accountant, firm.id, '/users'),
    within(accountant, 999_999_999, '/users'),
    within(client.admin, firm.id, '/users'),
    within(stranger.admin, client.id, '/groups', 'POST', [{ name: 'Mine' }]),
  ]);
  for (const { status, text } of refused) {
    assert.equal(status, 403, text);
    assert.equal(text, refused[0]?.text);
  }
  for (const value of ['x', '', '-1', `${client.id},${client.id}`, '12345678901']) {
    assert.equal((await within(accountant, value, '/users')).status, 417, value);
  }
});

test('every endpoint obeys the header', async () => {
  const home = await accountant.get('/timesheets', { start_date: '2026-01-01' });
  assert.equal(home.status, 200);
  const { companyIds } = await (async () => {
    const names = ['users', 'groups', 'effective_settings', 'last_modified_timestamps', 'managed_clients'];
    const answers = await Promise.all(names.map((name) => within(accountant, client.id, `/${name}`)));
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    return { companyIds: Object.values(answers[0]?.body.results?.users ?? {}).map((user) => user.client_url) };
  })();
  assert.deepEqual([...new Set(companyIds)], [client.clientUrl]);
});

test('access ends with the permission, with the link, and when the client archives the user', async () => {
  const leaving = await firm.person({ permissions: ['external_access'] });
  const status = async (): Promise<number> => (await within(leaving, client.id, '/current_user')).status;
  assert.equal(await status(), 200);
  const outside = await within(leaving, client.id, '/current_user');
  const [id] = Object.keys(outside.body.results?.users ?? {});
  await client.admin.put('/users', [{ id, active: false }]);
  assert.equal(await status(), 403);
  await client.admin.put('/users', [{ id, active: true }]);
  assert.equal(await status(), 200);
  await firm.admin.put('/users', [{ id: leaving.userId, permissions: { external_access: false } }]);
  assert.equal(await status(), 403);
  assert.equal((await within(accountant, client.id, '/users')).status, 200);
  await manageClient(world.services, { companyId: firm.id, clientId: client.id, active: false });
  assert.equal((await within(accountant, client.id, '/users')).status, 403);
  const listed = await accountant.get('/managed_clients', { active: 'no' });
  assert.equal(listed.body.results?.managed_clients?.[client.id]?.active, false);
  await manageClient(world.services, { companyId: firm.id, clientId: client.id, active: true });
  assert.equal((await within(accountant, client.id, '/users')).status, 200);
});

test('users of two companies who have the same id stay apart in a client of both', async () => {
  const other = await world.company();
  await manageClient(world.services, { companyId: other.id, clientId: client.id, active: true });
  await world.services.database.system.rows(sql`
    INSERT INTO users (company_id, id, username, first_name, last_name, permissions)
    VALUES (${other.id}, ${accountant.userId}, 'twin', 'T', 'Win', ARRAY['external_access'])`);
  const input = { companyId: other.id, userId: accountant.userId, label: '' };
  const twin = apiOf(`${world.url}/api/v1`, await issueToken(world.services, input, world.clock.now()));
  const idOf = async (person: Api): Promise<string | undefined> => {
    const answer = await person.send('GET', '/current_user', undefined, { [header]: String(client.id) });
    return Object.keys(answer.body.results?.users ?? {})[0];
  };
  const ids = [await idOf(accountant), await idOf(twin)];
  // Asked again, until what is known of them is answered from the cache.
  for (let round = 0; round < 5; round += 1) assert.deepEqual([await idOf(accountant), await idOf(twin)], ids);
  assert.notEqual(ids[0], ids[1]);
});

test('a client can not keep somebody out by taking his name, and nobody signs in as him', async () => {
  const person = await firm.person({ permissions: ['external_access'] });
  const taken = `${person.username}@${firm.clientUrl}`.toUpperCase();
  const made = await client.admin.post('/users', [{ username: taken, first_name: 'A', last_name: 'B' }]);
  assert.equal(made.body.results?.users?.['1']?._status_code, 200, made.text);
  const me = await within(person, client.id, '/current_user');
  assert.equal(me.status, 200, me.text);
  const [user] = Object.values(me.body.results?.users ?? {});
  const username = String(user?.username);
  assert.ok(username.startsWith(`${person.username}@${firm.clientUrl}#`), username);
  const password = 'as good as any other 7';
  await within(person, client.id, '/users', 'PUT', [{ id: user?.id, password }]);
  const given = { companyUrl: client.clientUrl, username, password, address: '192.0.2.1', now: world.clock.now() };
  await assert.rejects(checkPassword(world.services, given), { kind: 'unauthenticated' });
});
