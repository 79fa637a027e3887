import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { deliver } from '../../src/channels/deliver.ts';
import { readConfig } from '../../src/config.ts';
import { sql } from '../../src/store/sql.ts';
import { rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { counted, message, now, send, setUser } from './messages-support.ts';
import { httpReceiver } from './receivers.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  await setUser(world, company, company.admin.userId, { mobile: '+1 208-555-0100' });
});
after(() => world.close());

/** The address of a port where nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

/** Delivers with another gateway than the world's. */
function deliverBy(url: string, signal = AbortSignal.timeout(5_000)): Promise<string> {
  const config = readConfig({ OPENPUNCH_SMS_URL: url, OPENPUNCH_SMS_AUTHORIZATION: 'Key sesame-open' });
  const delivery = {
    db: world.services.database.system,
    now,
    signal,
    services: { ...world.services, config },
  };
  const text = message(company.admin.userId, { method: 'sms', text: 'Gr\u00fc\u00dfe', path: '/time' });
  return deliver(delivery, company.id, text);
}

test('a text message is posted to the gateway with its key', async (t) => {
  const { url, received } = await httpReceiver(t, () => 202);
  assert.equal(await deliverBy(`${url}/send?account=7`), 'sent');
  const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = received;
  assert.equal(path, '/send?account=7');
  assert.deepEqual([headers.authorization, headers['content-type']], ['Key sesame-open', 'application/json']);
  assert.deepEqual(JSON.parse(String(body)), {
    to: '+12085550100',
    text: 'Gr\u00fc\u00dfe\n\nhttp://127.0.0.1:8080/time',
  });
});

test('a gateway that refuses, redirects, is silent or away is a failure that tells no secret', async (t) => {
  const { url, received } = await httpReceiver(t, ({ path }) =>
    path.startsWith('/silent') ? undefined : Number(path.slice(1, 4)),
  );
  const cases: [path: string, sentence: RegExp][] = [
    [`${url}/401?key=hidden`, /^The SMS gateway answered 401$/],
    [`${url}/302?key=hidden`, /^The SMS gateway answered 302$/],
    [`${url}/silent?key=hidden`, /^The SMS gateway can not be reached: \w+$/],
    [`${await closedPort()}/?key=hidden`, /^The SMS gateway can not be reached: ECONNREFUSED$/],
  ];
  for (const [path, sentence] of cases) {
    await assert.rejects(deliverBy(path, AbortSignal.timeout(500)), (error: Error) => sentence.test(error.message));
  }
  assert.ok(!received.some(({ path }) => path === '/elsewhere'));
});

test('nobody without a telephone number is sent a text message', async () => {
  const { userId } = await company.person();
  await setUser(world, company, userId, { mobile: 'ask at the desk' });
  const before = await counted(world, 'sms');
  await send(world, company, message(userId, { method: 'sms' }));
  await world.runJobs();
  assert.deepEqual(await counted(world, 'sms'), { sent: before.sent, dropped: before.dropped + 1 });
});

test('a message waits on the dashboard of its person alone until he marks it as read', async () => {
  const person = await company.person();
  const note = { method: 'dashboard', subject: 'Time off', text: 'It was approved.', path: '/time-off' } as const;
  await send(world, company, message(person.userId, note));
  await world.runJobs();
  const [listed, ...more] = rowsIn(await person.get('/dashboard_notifications'), 'dashboard_notifications');
  const { id, last_modified: _, ...shown } = listed ?? {};
  assert.deepEqual(more, []);
  assert.deepEqual(shown, {
    user_id: person.userId,
    subject: 'Time off',
    text: 'It was approved.',
    path: '/time-off',
    read: false,
    read_at: '',
    created: '2026-06-15T12:00:00+00:00',
  });
  assert.deepEqual(rowsIn(await company.admin.get('/dashboard_notifications'), 'dashboard_notifications'), []);
  const put = async (item: object) =>
    rowsIn(await person.put('/dashboard_notifications', [{ id, ...item }]), 'dashboard_notifications')[0];
  world.clock.set(now + 60);
  assert.equal((await put({ read: true }))?.read_at, '2026-06-15T12:01:00+00:00');
  world.clock.set(now + 120);
  assert.equal((await put({ read: true }))?.read_at, '2026-06-15T12:01:00+00:00');
  assert.match(String((await put({ text: 'It was not.' }))?._status_extra), /Invalid params: text/);
  const unread = { read: 'no' };
  assert.deepEqual(rowsIn(await person.get('/dashboard_notifications', unread), 'dashboard_notifications'), []);
  assert.equal((await put({ read: false }))?.read_at, '');
  assert.equal(rowsIn(await person.get('/dashboard_notifications', unread), 'dashboard_notifications').length, 1);
  world.clock.set(now);
});

test('a message of one company never reaches a user of another', async () => {
  const [mine, other] = [await company.person(), await world.company()];
  await send(world, other, message(mine.userId, { method: 'dashboard', subject: 'stray' }));
  await world.runJobs();
  const rows = await world.services.database.system.rows(sql`SELECT 1 FROM dashboard_messages WHERE subject = 'stray'`);
  assert.deepEqual(rows, []);
});
