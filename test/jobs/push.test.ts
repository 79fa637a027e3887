import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { postOutside, publicLookup } from '../../src/channels/post-outside.ts';
import { sendPush } from '../../src/channels/push.ts';
import { vapidKeys } from '../../src/channels/vapid.ts';
import { sql } from '../../src/store/sql.ts';
import { type PushDevice, pushDevice } from '../support/push-device.ts';
import { rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { counted, jobsNamed, message, now, send } from './messages-support.ts';
import { httpReceiver } from './receivers.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({
    now,
    env: { OPENPUNCH_PUSH_ALLOW_PRIVATE: 'yes', OPENPUNCH_MAIL_FROM: 'time@example.com' },
  });
  company = await world.company();
});
after(() => world.close());

async function register(person: Person, endpoint: string, device: PushDevice = pushDevice()) {
  const { p256dh, auth } = device;
  const item = { user_id: person.userId, endpoint, p256dh, auth, user_agent: 'Firefox' };
  return rowsIn(await person.post('/push_subscriptions', [item]), 'push_subscriptions')[0] ?? {};
}

const push = (person: Person, more = {}) => message(person.userId, { method: 'push', ...more });

test('a message reaches every device of its person, encrypted for it and signed by this server', async (t) => {
  const { url, received } = await httpReceiver(t);
  const [person, other] = [await company.person(), await company.person()];
  const [phone, laptop] = [pushDevice(), pushDevice()];
  await register(person, `${url}/phone`, phone);
  await register(person, `${url}/laptop`, laptop);
  await register(other, `${url}/other`);
  await send(
    world,
    company,
    push(person, { subject: 'Clock in', text: 'It is 8 \u2014 time to start.', path: '/time' }),
  );
  assert.equal(await world.runJobs(), 1);
  assert.deepEqual(received.map(({ path }) => path).sort(), ['/laptop', '/phone']);
  for (const { path, headers, body } of received) {
    const device = path === '/phone' ? phone : laptop;
    assert.deepEqual(JSON.parse(device.read(body)), {
      title: 'Clock in',
      body: 'It is 8 \u2014 time to start.',
      path: '/time',
    });
    assert.deepEqual([headers['content-encoding'], headers.ttl], ['aes128gcm', '86400']);
    const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(headers.authorization ?? '') ?? [];
    const answer = await person.get('/push_key');
    assert.equal(String(answer.body.results?.push_key?.public_key), key);
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
    const signed = Buffer.from(`${head}.${claims}`);
    const given = Buffer.from(signature, 'base64url');
    assert.ok(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, given));
    const { aud, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    assert.deepEqual([aud, sub], [url, 'mailto:time@example.com']);
  }
  const devices = rowsIn(await person.get('/push_subscriptions'), 'push_subscriptions');
  for (const { last_used } of devices) assert.equal(Date.parse(String(last_used)) / 1000, now);
  const [theirs] = rowsIn(await other.get('/push_subscriptions'), 'push_subscriptions');
  assert.equal(theirs?.last_used, '');
});

test('a device that is gone is forgotten, and one that fails for now is tried again', async (t) => {
  const statuses = new Map([
    ['/gone', 410],
    ['/lost', 404],
    ['/busy', 503],
    ['/moved', 302],
  ]);
  const { url, received } = await httpReceiver(t, ({ path }) => statuses.get(path) ?? 201);
  const person = await company.person();
  for (const path of ['gone', 'lost', 'busy']) await register(person, `${url}/${path}`);
  const before = await counted(world, 'push');
  await send(world, company, push(person));
  await world.runJobs();
  const [job] = await jobsNamed(world, 'message');
  assert.deepEqual([job?.attempts, job?.dueIn], [1, 10]);
  assert.equal(job?.error, `The push service ${new URL(url).host} answered 503`);
  statuses.set('/busy', 200);
  await world.runJobs(now + 10);
  const left = rowsIn(await person.get('/push_subscriptions'), 'push_subscriptions');
  assert.deepEqual(
    left.map(({ endpoint }) => endpoint),
    [`${url}/busy`],
  );

  statuses.set('/busy', 410);
  await send(world, company, push(person));
  await world.runJobs();
  assert.deepEqual(rowsIn(await person.get('/push_subscriptions'), 'push_subscriptions'), []);
  const counts = await counted(world, 'push');
  assert.deepEqual([counts.sent - before.sent, counts.dropped - before.dropped], [1, 1]);

  // A redirect could lead anywhere: it is a failure.
  received.length = 0;
  await register(person, `${url}/moved`);
  await send(world, company, push(person));
  await world.runJobs();
  assert.deepEqual(
    received.map(({ path }) => path),
    ['/moved'],
  );
  await world.services.database.system.rows(sql`DELETE FROM jobs`);
});

test('a device that is used by somebody else now belongs to him, with new keys', async (t) => {
  const { url, received } = await httpReceiver(t);
  const [first, second] = [await company.person(), await company.person()];
  const made = await register(first, `${url}/shared`);
  assert.deepEqual(Object.keys(made), [
    '_status_code',
    '_status_message',
    'id',
    'user_id',
    'endpoint',
    'user_agent',
    'created',
    'last_used',
    'last_modified',
  ]);
  const device = pushDevice();
  const again = await register(second, `${url}/shared`, device);
  assert.deepEqual([again.id, again.user_id], [made.id, second.userId]);
  await send(world, company, push(first), push(second, { subject: 'For you' }));
  await world.runJobs();
  assert.equal(received.length, 1);
  assert.equal(JSON.parse(device.read(received[0]?.body ?? Buffer.alloc(0))).title, 'For you');
  // Another company does not even learn that the device is known.
  const stranger = await (await world.company()).person();
  assert.notEqual((await register(stranger, `${url}/shared`)).id, made.id);

  const [gone] = rowsIn(await second.delete('/push_subscriptions', [Number(made.id)]), 'push_subscriptions');
  assert.equal(gone?._status_code, 200);
  const keys = await world.services.database.system.rows(
    sql`SELECT 1 FROM push_keys WHERE subscription_id = ${Number(made.id)}`,
  );
  assert.deepEqual(keys, []);
});

test('what is no push service, or can not be encrypted for, is refused in a sentence', async () => {
  const person = await company.person();
  const { p256dh, auth } = pushDevice();
  const good = { user_id: person.userId, endpoint: 'https://push.example.com/x', p256dh, auth };
  const cases: [change: object, sentence: RegExp][] = [
    [{ endpoint: 'http://push.example.com/x' }, /^endpoint must be an https URL$/],
    [{ endpoint: 'nonsense' }, /^endpoint must be a URL without user name and fragment$/],
    [{ endpoint: `https://push.example.com/${'x'.repeat(2_000)}` }, /endpoint/],
    [{ p256dh: 'AAAA' }, /^p256dh must be a public key/],
    [{ p256dh: Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url') }, /^p256dh must be/],
    [{ auth: 'AAAA' }, /^auth must be 16 bytes/],
    [{ auth: '!' }, /^auth must be 16 bytes/],
    [{ user_id: company.admin.userId }, /^user_id \d+ does not exist$/],
    [{ user_id: 0 }, /user_id/],
  ];
  for (const [change, sentence] of cases) {
    const answer = await person.post('/push_subscriptions', [{ ...good, ...change }]);
    const [item] = rowsIn(answer, 'push_subscriptions');
    assert.equal(item?._status_code, 417, answer.text);
    assert.match(String(item?._status_extra), sentence);
  }
  const [denied] = rowsIn(await company.admin.post('/push_subscriptions', [good]), 'push_subscriptions');
  assert.match(String(denied?._status_extra), /permission to register devices of somebody else$/);
  assert.equal((await person.post('/push_key', [])).status, 405);
});

test('without leave no message goes into a private network, whatever a name leads to', async () => {
  const strict = await openWorld({ now });
  try {
    const own = await strict.company();
    const { p256dh, auth } = pushDevice();
    for (const endpoint of ['https://127.0.0.1/x', 'http://localhost/x', 'https://10.0.0.1/x', 'https://[::1]/x']) {
      const item = { user_id: own.admin.userId, endpoint, p256dh, auth };
      const [refused] = rowsIn(await own.admin.post('/push_subscriptions', [item]), 'push_subscriptions');
      assert.match(String(refused?._status_extra), /^endpoint must (be an https URL|not lead into a private network)$/);
    }
  } finally {
    await strict.close();
  }
  const options = { headers: {}, body: Buffer.alloc(0), allowPrivate: false, signal: AbortSignal.timeout(5_000) };
  await assert.rejects(postOutside('https://127.0.0.1:9/x', options), /private network/);
  const resolve = promisify(
    publicLookup as (name: string, options: object, done: (error: Error | null) => void) => void,
  );
  await assert.rejects(resolve('localhost', {}), /private network/);
  await assert.rejects(resolve('localhost', { all: true }), /private network/);
});

test('the keys of the server are made once, however many ask at the same time', async () => {
  const { system } = world.services.database;
  await system.rows(sql`DELETE FROM server_secrets`);
  const all = await Promise.all(Array.from({ length: 10 }, () => vapidKeys(system)));
  assert.equal(new Set(all.map(({ privateKey }) => privateKey)).size, 1);
  assert.deepEqual(await world.services.database.forCompany(company.id).rows(sql`SELECT 1 FROM server_secrets`), []);
});

test('one device many times in a batch is one device, with the keys that came last', async (t) => {
  const { url, received } = await httpReceiver(t);
  const person = await company.person();
  for (const round of ['new', 'known']) {
    const devices = [pushDevice(), pushDevice(), pushDevice()];
    const items = devices.map(({ p256dh, auth }) => ({
      user_id: person.userId,
      endpoint: `${url}/again`,
      p256dh,
      auth,
    }));
    const made = rowsIn(await person.post('/push_subscriptions', items), 'push_subscriptions');
    assert.deepEqual([...new Set(made.map(({ _status_code }) => _status_code))], [200], round);
    assert.equal(new Set(made.map(({ id }) => id)).size, 1, round);
    received.length = 0;
    await send(world, company, push(person));
    await world.runJobs();
    assert.equal(JSON.parse(devices[2]?.read(received[0]?.body ?? Buffer.alloc(0)) ?? '').title, 'Hello', round);
  }
});

test('a message goes to the 20 devices that were registered last', async (t) => {
  const { url, received } = await httpReceiver(t);
  const person = await company.person();
  for (let index = 0; index < 22; index += 1) await register(person, `${url}/${index}`);
  await register(person, `${url}/0`);
  await send(world, company, push(person));
  await world.runJobs();
  assert.deepEqual(
    received.map(({ path }) => Number(path.slice(1))).toSorted((a, b) => a - b),
    [0, ...Array.from({ length: 19 }, (_, index) => index + 3)],
  );
});

test('a message is cut to what push services take, whatever it is written in', async (t) => {
  const { url, received } = await httpReceiver(t);
  const person = await company.person();
  const device = pushDevice();
  await register(person, `${url}/long`, device);
  for (const sign of ['a', '\u6642', '\u{1F600}', '\u0001', '"']) {
    received.length = 0;
    await send(world, company, push(person, { subject: sign.repeat(1_000), text: sign.repeat(10_000) }));
    await world.runJobs();
    const body = received[0]?.body ?? Buffer.alloc(0);
    assert.ok(body.length <= 4_096, `${body.length} bytes of ${sign}`);
    const { title, body: text } = JSON.parse(device.read(body));
    for (const part of [title, text]) assert.match(part, new RegExp(`^(${sign})+\u2026$`, 'u'));
  }
});

test('an address that does not answer is not waited for again at once', async (t) => {
  const silence = createServer(() => undefined);
  const requests = { count: 0 };
  silence.on('request', () => {
    requests.count += 1;
  });
  await once(silence.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    silence.closeAllConnections();
    silence.close();
  });
  const { port } = silence.address() as AddressInfo;
  const person = await company.person();
  await register(person, `http://127.0.0.1:${port}/silent`);
  const { services } = world;
  const db = services.database.system;
  const send = (): Promise<boolean> => {
    const delivery = { db, now, services, signal: AbortSignal.timeout(200) };
    return sendPush(
      delivery,
      { companyId: company.id, userId: person.userId, name: '', email: '', mobileNumber: '' },
      push(person),
    );
  };
  await assert.rejects(send, { kind: 'unavailable' });
  await assert.rejects(send, { detail: `The push service 127.0.0.1:${port} did not answer lately` });
  assert.equal(requests.count, 1);
});
