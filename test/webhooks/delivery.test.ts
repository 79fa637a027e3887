import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { Runner } from '../../src/jobs/runner.ts';
import { webhooksJob } from '../../src/jobs/webhooks.ts';
import { manageClient } from '../../src/operations/managed-clients.ts';
import { takeDeliveries } from '../../src/resources/webhook-deliveries/queue.ts';
import type { Db } from '../../src/store/db.ts';
import { sql } from '../../src/store/sql.ts';
import { rowsIn } from '../support/rows.ts';
import { openWorld, type World } from '../support/world.ts';
import { deliveries, isSigned, type Message, receiver, subscribe } from './support.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let world: World;

before(async () => {
  world = await openWorld({
    now: Date.UTC(2026, 10, 23, 9) / 1_000,
    env: { OPENPUNCH_WEBHOOKS_ALLOW_PRIVATE: 'yes' },
    decorate: (database) => ({ ...database, forCompany: (id) => spoiled(database.forCompany(id)) }),
  });
});
after(() => world.close());

/** Row of the history that can not be read. */
let poison: number | undefined;

function spoiled(db: Db): Db {
  const rows: Db['rows'] = (statement) => {
    if (poison !== undefined && /FROM history/.test(statement.text) && statement.values.flat().includes(poison))
      throw new Error('The disk has a hole here');
    return db.rows(statement);
  };
  return { rows, pipeline: db.pipeline.bind(db), transaction: db.transaction.bind(db) };
}

/** Runs what is due within some seconds. */
const go = (seconds = 2): Promise<number> => world.runJobs(world.clock.now() + seconds);
const names = (messages: readonly Message[]): unknown[] =>
  messages.map(({ event }) => [event.resource, event.action, event.object?.name ?? event.object_id]);

test('changes of every door are told once, signed, as the admin sees the row', async (t) => {
  const { url, messages } = await receiver(t);
  const company = await world.company();
  const { admin } = company;
  const hook = await subscribe(admin, { url, resources: 'groups,timesheets', secret });
  assert.equal(hook.status, 'active');
  const job = await company.jobcode();
  const [group] = rowsIn(await admin.post('/groups', [{ name: 'Crew' }]), 'groups');
  const time = { user_id: admin.userId, jobcode_id: job, type: 'manual', date: '2026-11-20', duration: 3600 };
  const [sheet] = rowsIn(await admin.post('/timesheets', [time]), 'timesheets');
  await admin.put('/groups', [{ id: Number(group?.id), name: 'Team' }]);
  await admin.delete('/timesheets', [Number(sheet?.id)]);
  await go();
  await go(10);
  const [first] = messages;
  assert.ok(first);
  const { id, occurred_at, object, ...rest } = first.event;
  assert.match(String(id), /^\d+$/);
  assert.match(String(occurred_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  assert.deepEqual(rest, {
    resource: 'groups',
    action: 'created',
    object_id: Number(group?.id),
    via: 'tsheets-rest',
    user_id: admin.userId,
  });
  const [listed] = rowsIn(await admin.get('/groups', { ids: Number(group?.id) }), 'groups');
  assert.deepEqual(object, listed, 'the row as it is now');
  assert.deepEqual(
    messages.map(({ event }) => `${event.resource} ${event.action} ${event.object === undefined}`).sort(),
    ['groups created false', 'groups updated false', 'timesheets created true', 'timesheets deleted true'],
  );
  assert.ok(messages.every((message) => isSigned(message, secret)));
  assert.ok(!isSigned({ ...first, text: first.text.replace('Team', 'Crew') }, secret));
  assert.equal(first.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(new Set(messages.map(({ headers }) => headers['webhook-id'])).size, 4);
  const log = await deliveries(admin, hook);
  assert.deepEqual(
    log.map((row) => [row.status, row.attempts, row.last_status_code, row.error, row.next_attempt]),
    Array(4).fill(['delivered', 1, 204, '', '']),
  );
});

test('a later number that is committed first waits for the earlier one, and an object is told of in order', async (t) => {
  let busy = 0;
  let most = 0;
  const { url, messages } = await receiver(t, (_message, response) => {
    busy += 1;
    most = Math.max(most, busy);
    setTimeout(() => {
      busy -= 1;
      response.writeHead(204).end();
    }, 30);
    return undefined;
  });
  const company = await world.company();
  const { admin } = company;
  const [one, two] = rowsIn(await admin.post('/groups', [{ name: 'One' }, { name: 'Two' }]), 'groups');
  const hook = await subscribe(admin, { url, resources: 'groups' });
  const early = new pg.Client(world.fresh.connection);
  await early.connect();
  try {
    await early.query('BEGIN');
    await early.query(`SELECT set_config('openpunch.company_id', '${company.id}', true)`);
    await early.query('UPDATE groups SET name = $1 WHERE id = $2', ['One early', one?.id]);
    await admin.put('/groups', [{ id: Number(two?.id), name: 'Two late' }]);
    const waiting = go();
    await early.query('COMMIT');
    await waiting;
  } finally {
    await early.end();
  }
  await Promise.all([1, 2, 3].map((n) => admin.put('/groups', [{ id: Number(one?.id), name: `One ${n}` }])));
  await admin.put('/groups', [{ id: Number(two?.id), name: 'Two 1' }]);
  // Two processes deliver at the same time.
  const runners = [new Runner(world.services, [webhooksJob]), new Runner(world.services, [webhooksJob])];
  world.clock.set(world.clock.now() + 4);
  await Promise.all([...runners.map((runner) => runner.runUntil(world.clock.now())), go()]);
  await go();
  const log = await deliveries(admin, hook);
  assert.equal(log.length, 6);
  assert.ok(log.every(({ status }) => status === 'delivered'));
  assert.equal(messages.length, 6, 'none is told twice');
  for (const object of [one, two]) {
    const ids = messages.filter(({ event }) => event.object_id === object?.id).map(({ event }) => Number(event.id));
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    );
  }
  assert.ok(most > 1, 'different objects at the same time');
});

test('a failure is tried again by the clock, later events of the object wait, and the log tells', async (t) => {
  let status = 503;
  const { url, messages } = await receiver(t, () => status);
  const { admin } = await world.company();
  const hook = await subscribe(admin, { url, resources: 'groups' });
  const [group] = rowsIn(await admin.post('/groups', [{ name: 'A' }]), 'groups');
  await go();
  await admin.put('/groups', [{ id: Number(group?.id), name: 'B' }]);
  await go(4);
  const [first, second] = await deliveries(admin, hook);
  assert.deepEqual(
    [first?.status, first?.attempts, first?.last_status_code, first?.error, first?.response],
    ['waiting', 1, 503, 'The receiver answered 503.', 'no thanks'],
  );
  assert.deepEqual([second?.attempts, messages.length], [0, 1], 'the later event waits');
  await go(10);
  assert.equal(messages.length, 2);
  // Redirects are not followed.
  status = 307;
  await go(40);
  assert.equal(messages.length, 3);
  status = 204;
  await go(110);
  assert.deepEqual(
    (await deliveries(admin, hook)).map((row) => [row.status, row.attempts, row.error]),
    [
      ['delivered', 4, ''],
      ['delivered', 1, ''],
    ],
  );
  assert.equal(new Set(messages.slice(0, 4).map(({ headers }) => headers['webhook-id'])).size, 1);
  assert.notEqual(messages[0]?.headers['webhook-timestamp'], messages[3]?.headers['webhook-timestamp']);
});

test('a receiver that answers with something else than HTTP has failed, and holds nobody up', async (t) => {
  const { url } = await receiver(t, (_message, response) => {
    response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: chat\r\n\r\n');
    return undefined;
  });
  const { admin } = await world.company();
  const hook = await subscribe(admin, { url, resources: 'groups' });
  await admin.post('/groups', [{ name: 'A' }]);
  await go();
  const [first] = await deliveries(admin, hook);
  assert.deepEqual([first?.status, first?.attempts, first?.last_status_code], ['waiting', 1, '']);
  assert.match(String(first?.error), /another protocol/);
  await admin.delete('/webhooks', [Number(hook.id)]);
});

test('an event that can not be written fails by itself', async (t) => {
  const { url, messages } = await receiver(t);
  const company = await world.company();
  const hook = await subscribe(company.admin, { url, resources: 'groups' });
  await company.admin.post('/groups', [{ name: 'A' }]);
  const [row] = await world.services.database.system.rows(sql`SELECT last_value FROM history_id_seq`);
  poison = Number(row?.[0]);
  await company.admin.post('/groups', [{ name: 'B' }]);
  await go();
  poison = undefined;
  assert.deepEqual(names(messages), [['groups', 'created', 'B']]);
  assert.deepEqual(
    (await deliveries(company.admin, hook)).map(({ status, attempts, error }) => [status, attempts, error]),
    [
      ['waiting', 1, 'This server could not write the message.'],
      ['delivered', 1, ''],
    ],
  );
  await company.admin.delete('/webhooks', [Number(hook.id)]);
});

test('a company with much to tell leaves room for the others', async () => {
  const { system } = world.services.database;
  const [much, little] = [await world.company(), await world.company()];
  const waiting = async ({ id, admin }: typeof much, hooks: number, count: number): Promise<void> => {
    for (let n = 0; n < hooks; n += 1) {
      const hook = await subscribe(admin, { url: 'http://127.0.0.1:9/', resources: 'groups' });
      await system.rows(sql`
        INSERT INTO webhook_deliveries (company_id, webhook_id, event_id, resource, action, object_id, due, created)
        SELECT ${id}::int, ${Number(hook.id)}::int, n, 'groups', 'created', n, to_timestamp(${world.clock.now()}::float8), now()
        FROM generate_series(1, ${count}::int) n`);
    }
  };
  await waiting(much, 3, 20);
  const first = await takeDeliveries(system, world.clock.now(), 20);
  assert.deepEqual(
    [...Map.groupBy(first, ({ webhookId }) => webhookId).values()].map(({ length }) => length).sort(),
    [6, 7, 7],
  );
  await waiting(little, 1, 8);
  const second = await takeDeliveries(system, world.clock.now(), 10);
  assert.equal(second.filter(({ companyId }) => companyId === little.id).length, 8);
  for (const { id } of [much, little]) await system.rows(sql`DELETE FROM webhooks WHERE company_id = ${id}`);
});

test('what a process had taken when it died is delivered by another', async (t) => {
  const { url, messages } = await receiver(t);
  const { admin } = await world.company();
  const hook = await subscribe(admin, { url, resources: 'groups', active: false });
  await admin.put('/webhooks', [{ id: Number(hook.id), active: true }]);
  await admin.post('/groups', [{ name: 'A' }]);
  const { system } = world.services.database;
  await system.rows(sql`
    INSERT INTO webhook_deliveries (company_id, webhook_id, event_id, resource, action, object_id, due, created)
    SELECT h.company_id, ${Number(hook.id)}, h.id, 'groups', 'created', h.row_id, to_timestamp(${world.clock.now()}), now()
    FROM history h JOIN webhooks w ON w.company_id = h.company_id AND w.id = ${Number(hook.id)} WHERE h.resource = 'groups'`);
  const taken = await takeDeliveries(system, world.clock.now(), 10);
  assert.equal(taken.length, 1);
  await go(50);
  assert.equal(messages.length, 0, 'it may still be at it');
  await go(20);
  assert.deepEqual(names(messages), [['groups', 'created', 'A']]);
});

test('days of failures pause a webhook; switched on again, it hears of what is new, and what failed can be replayed', async (t) => {
  let status = 500;
  const { url, messages } = await receiver(t, () => status);
  const { admin } = await world.company();
  const hook = await subscribe(admin, { url, resources: 'groups', actions: ['created'] });
  const id = Number(hook.id);
  await admin.post('/groups', [{ name: 'Lost' }]);
  await go(4 * 86_400);
  const state = async (): Promise<unknown> => rowsIn(await admin.get('/webhooks', { ids: id }), 'webhooks')[0]?.status;
  assert.equal(await state(), 'paused');
  const told = rowsIn(await admin.get('/dashboard_notifications'), 'dashboard_notifications');
  assert.match(String(told.at(-1)?.text), new RegExp(`Nothing can be delivered to ${url}`));
  const attempts = messages.length;
  assert.ok(attempts > 12 && attempts < 25, `${attempts} attempts`);
  await admin.post('/groups', [{ name: 'Meanwhile' }]);
  await world.services.database.system.rows(
    sql`UPDATE webhook_deliveries SET status = 'failed', due = NULL WHERE webhook_id = ${id}`,
  );
  status = 204;
  await admin.put('/webhooks', [{ id, active: true }]);
  assert.equal(await state(), 'active');
  await admin.post('/groups', [{ name: 'New' }]);
  await go(4);
  assert.deepEqual(names(messages.slice(attempts)), [['groups', 'created', 'New']]);
  const since = '2026-11-01T00:00:00+00:00';
  const again = await admin.post('/webhook_deliveries/replay', [{ webhook_id: id, since }]);
  assert.deepEqual(
    rowsIn(again, 'webhook_deliveries').map((row) => row.replayed),
    [1],
  );
  await go(4);
  assert.deepEqual(names(messages.slice(attempts + 1)), [['groups', 'created', 'Lost']]);
  const [lost] = await deliveries(admin, hook);
  const one = await admin.post('/webhook_deliveries/replay', [{ id: Number(lost?.id) }, { id: 1 }, {}]);
  assert.deepEqual(
    rowsIn(one, 'webhook_deliveries').map((row) => row._status_code),
    [200, 417, 417],
  );
  await go(4);
  assert.equal(messages.length, attempts + 3);
  assert.equal(messages.at(-1)?.headers['webhook-id'], messages[0]?.headers['webhook-id']);
});

test('secrets are shown once, and the one before is signed with for a day', async (t) => {
  const { url, messages } = await receiver(t);
  const { admin } = await world.company();
  const hook = await subscribe(admin, { url, resources: 'groups', secret });
  assert.ok(!('secret' in hook));
  const [made] = rowsIn(await admin.post('/webhook_secrets', [{ webhook_id: Number(hook.id) }]), 'webhook_secrets');
  const fresh = String(made?.secret);
  assert.match(fresh, /^whsec_/);
  for (const [name, both] of [
    ['Now', true],
    ['Later', false],
  ] as const) {
    await admin.post('/groups', [{ name }]);
    await go(4);
    const message = messages.at(-1);
    assert.ok(message && isSigned(message, fresh));
    assert.equal(isSigned(message, secret), both);
    world.clock.set(world.clock.now() + 86_400);
  }
  const [row] = await world.services.database.system.rows(
    sql`SELECT count(*) FROM history WHERE position(${fresh} in coalesce(after, before)::text) > 0`,
  );
  assert.equal(row?.[0], '0');
});

test('it acts as its admin: it stops when he is none any more, and never hears of other companies', async (t) => {
  const { url, messages } = await receiver(t);
  const company = await world.company();
  const other = await world.company();
  const second = await company.person({ permissions: ['admin'] });
  const hook = await subscribe(second, { url });
  await other.admin.post('/groups', [{ name: 'Theirs' }]);
  // What only its own person may see.
  const device = { user_id: company.admin.userId, endpoint: 'https://push.example.com/1' };
  await world.services.database.forCompany(company.id).rows(sql`
    INSERT INTO push_subscriptions (company_id, user_id, endpoint)
    VALUES (${company.id}, ${device.user_id}, ${device.endpoint})`);
  await company.admin.post('/groups', [{ name: 'Ours' }]);
  await go(4);
  assert.deepEqual(names(messages), [['groups', 'created', 'Ours']]);
  assert.deepEqual(
    (await deliveries(second, hook)).map(({ resource }) => resource),
    ['groups'],
  );
  await company.admin.put('/users', [{ id: second.userId, permissions: { admin: false } }]);
  await company.admin.post('/groups', [{ name: 'More' }]);
  await go(4);
  assert.equal(messages.length, 1);
  const [stopped] = rowsIn(await company.admin.get('/webhooks', { ids: Number(hook.id) }), 'webhooks');
  assert.deepEqual([stopped?.status, stopped?.user_id], ['stopped', second.userId]);
  const on = await company.admin.put('/webhooks', [{ id: Number(hook.id), active: true }]);
  assert.deepEqual([on.status, rowsIn(on, 'webhooks')[0]?.user_id], [200, company.admin.userId]);
});

test('it stops when whoever made it from a company that manages this one may not reach into it any more', async (t) => {
  const { url, messages } = await receiver(t);
  const [firm, client] = [await world.company(), await world.company()];
  const clerk = await firm.person({ permissions: ['external_access'] });
  const manage = (active: boolean) => manageClient(world.services, { companyId: firm.id, clientId: client.id, active });
  const ends: [end: () => Promise<unknown>, again: () => Promise<unknown>][] = [
    [() => manage(false), () => manage(true)],
    [
      () => firm.admin.put('/users', [{ id: clerk.userId, permissions: { external_access: false } }]),
      () => firm.admin.put('/users', [{ id: clerk.userId, permissions: { external_access: true } }]),
    ],
    [() => firm.admin.put('/users', [{ id: clerk.userId, active: false }]), async () => undefined],
  ];
  await manage(true);
  for (const [round, [end, again]] of ends.entries()) {
    const [hook] = rowsIn(
      await clerk.send('POST', '/webhooks', JSON.stringify({ data: [{ url, resources: 'groups' }] }), {
        'vnd.tsheets.managedclientid': String(client.id),
      }),
      'webhooks',
    );
    await client.admin.post('/groups', [{ name: `Before ${round}` }]);
    await go(4);
    assert.equal(messages.length, 1);
    await end();
    await client.admin.post('/groups', [{ name: `After ${round}` }]);
    await go(4);
    assert.equal(messages.length, 1);
    const [stopped] = rowsIn(await client.admin.get('/webhooks', { ids: Number(hook?.id) }), 'webhooks');
    assert.equal(stopped?.status, 'stopped');
    messages.length = 0;
    await again();
  }
});

test('what can not be a webhook is refused with a sentence', async () => {
  const { admin } = await world.company();
  const good = { url: 'https://hooks.example.com/a' };
  const cases: [change: Record<string, unknown>, sentence: RegExp][] = [
    [{ url: 'http://hooks.example.com/a' }, /url must be an https URL/],
    [{ url: 'https://user:word@hooks.example.com/' }, /url must be a URL without/],
    [{ url: '' }, /url/],
    [{ resources: 'groups,tokens' }, /"tokens" is no resource/],
    [{ resources: 'geolocations' }, /"geolocations" is no resource/],
    [{ actions: 'created,renamed' }, /actions must be/],
    [{ secret: 'hunter2' }, /secret must be whsec_/],
    [{ client_id: 'none' }, /client_id is no active application/],
  ];
  for (const [change, sentence] of cases) {
    const [item] = rowsIn(await admin.post('/webhooks', [{ ...good, ...change }]), 'webhooks');
    assert.equal(item?._status_code, 417, JSON.stringify(change));
    assert.match(String(item?._status_extra), sentence);
    assert.ok(!JSON.stringify(item).includes('hunter2'));
  }
});
