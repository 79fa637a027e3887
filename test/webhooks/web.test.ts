import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import type { Json } from '../support/api.ts';
import { type Web, webOf } from '../support/web.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;
let admin: Web;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = await webOf(world, company, company.admin);
});
after(() => world.close());

test('webhooks are made, changed, given another secret, and removed', async () => {
  const made = await admin.post('/webhooks', { url: 'https://hooks.example.com/a', resources: ['groups', 'users'] });
  assert.equal(made.status, 201, made.text);
  const { secret, webhook } = made.body;
  assert.match(String(secret), /^whsec_/);
  const { id, created, ...shown } = webhook as Json;
  assert.match(String(created), /\+00:00$/);
  assert.deepEqual(shown, {
    clientId: '',
    description: '',
    url: 'https://hooks.example.com/a',
    resources: ['groups', 'users'],
    actions: ['*'],
    active: true,
    status: 'active',
    userId: company.admin.userId,
  });
  assert.deepEqual((await admin.get('/webhooks')).body, { webhooks: [webhook] });
  const path = `/webhooks/${id}`;
  const changed = await admin.put(path, { actions: ['deleted'], description: 'Gone', active: false });
  assert.deepEqual(changed.body.webhook, {
    ...webhook,
    actions: ['deleted'],
    description: 'Gone',
    active: false,
    status: 'off',
  });
  const fresh = await admin.post(`${path}/secret`);
  assert.match(String(fresh.body.secret), /^whsec_/);
  assert.notEqual(fresh.body.secret, secret);
  const strangers = await world.company();
  const stranger = await webOf(world, strangers, strangers.admin);
  assert.equal((await stranger.put(path, {})).status, 404);
  assert.equal((await admin.delete(path)).status, 204);
  assert.equal((await admin.put(path, {})).status, 404);
});

test('refusals name the field', async () => {
  const cases: [body: object, field: string][] = [
    [{}, 'url'],
    [{ url: 'http://hooks.example.com/' }, 'url'],
    [{ url: 'https://hooks.example.com/', resources: ['tokens'] }, 'resources'],
    [{ url: 'https://hooks.example.com/', actions: ['x'] }, 'actions'],
    [{ url: 'https://hooks.example.com/', clientId: 'none' }, 'clientId'],
  ];
  for (const [body, field] of cases) {
    const refused = await admin.post('/webhooks', body);
    assert.deepEqual([refused.status, refused.body.error?.field], [400, field], refused.text);
  }
});

test('the log is shown, the newest first, and one delivery is sent again', async () => {
  const { webhook } = (await admin.post('/webhooks', { url: 'https://hooks.example.com/b' })).body;
  const id = Number((webhook as Json).id);
  await world.services.database.forCompany(company.id).rows(sql`
    INSERT INTO webhook_deliveries (company_id, webhook_id, event_id, resource, action, object_id, status, attempts, created)
    SELECT ${company.id}, ${id}, n, 'groups', 'created', 1, 'failed', 19, now() FROM generate_series(1, 2) n`);
  const { deliveries } = (await admin.get(`/webhooks/${id}/deliveries`)).body as unknown as { deliveries: Json[] };
  assert.deepEqual(
    deliveries.map(({ eventId, status, attempts, nextAttempt, lastStatusCode }) => [
      eventId,
      status,
      attempts,
      nextAttempt,
      lastStatusCode,
    ]),
    [
      ['2', 'failed', 19, null, null],
      ['1', 'failed', 19, null, null],
    ],
  );
  const path = `/webhooks/${id}/deliveries/${Number(deliveries[0]?.id)}/replay`;
  const { delivery } = (await admin.post(path)).body;
  assert.deepEqual([delivery?.status, delivery?.attempts], ['waiting', 0]);
  assert.equal((await admin.post(path)).status, 409);
  assert.equal((await admin.post(path.replace(`/webhooks/${id}/`, '/webhooks/1/'))).status, 404);
});
