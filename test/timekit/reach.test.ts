import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setPassword } from '../../src/operations/sign-in.ts';
import { sql } from '../../src/store/sql.ts';
import type { Json } from '../support/api.ts';
import { at, bookingOf, type Desk, dataOf, groupOf, openDesk, pageOf, present, seatOf } from '../support/bookings.ts';
import { basic, resourceId, type Timekit, timekitApp, timekitWith } from '../support/timekit.ts';
import { openWorld, type World } from '../support/world.ts';

/* How far keys reach: those of web pages, of one person, and of an application whose owner is no administrator any more. */

let world: World;
let desk: Desk;

before(async () => {
  world = await openWorld({ now: present });
  desk = await openDesk(world);
  for (const [name, { userId }] of [['ida', desk.ida] as const, ['per', desk.per] as const])
    await emailed(userId, name);
  await emailed(desk.company.admin.userId, 'admin');
});
after(() => world.close());

async function emailed(userId: number, name: string): Promise<void> {
  const { id } = desk.company;
  await world.services.database
    .forCompany(id)
    .rows(sql`UPDATE users SET email = ${`${name}@example.test`} WHERE company_id = ${id} AND id = ${userId}`);
  world.services.cache.forget(id);
}

/** Requests with a new key of Ida's. */
async function idaBy(type: 'server-token' | 'client-token'): Promise<Timekit> {
  const { app, ida } = desk;
  const { token } = dataOf(await app.api.post('/credentials', { resource_id: ida.uuid, type }), 201);
  const headers = { authorization: basic(String(token), 'ida@example.test'), 'timekit-app': app.slug };
  return timekitWith(world, headers);
}

const everything = 'attributes,customers,event,user,resource,logs,meta,owner_booking,bulked_bookings';

test('a key that everybody can see tells neither customers, nor who comes, nor what the company notes', async () => {
  const { app, ida, per } = desk;
  const noted = { participants: ['guest@example.test'], meta: { internal: 'pays late' } };
  const group = dataOf(await app.api.post('/bookings', { ...groupOf(ida, 10), ...noted }), 201);
  dataOf(await app.api.post('/bookings', seatOf(group)), 201);
  const visit = dataOf(await app.api.post('/bookings', bookingOf(per, 9, noted)), 201);
  const slot = { resource_id: per.uuid, start: at(12), end: at(13) };
  const answers = [
    await app.widget.get(`/bookings/groups?include=${everything}`),
    await app.widget.post(
      `/bookings?include=${everything}`,
      seatOf(group, { customer: { name: 'Eve', email: 'e@x.test' } }),
    ),
    await app.widget.post(`/bookings/${visit.id}/reschedule?include=${everything}`, slot),
    await (await idaBy('client-token')).get(`/bookings/groups?include=${everything}`),
  ];
  for (const { status, text } of answers) {
    assert.ok(status < 300, text);
    assert.doesNotMatch(text, /guest@|ola@|pays late|"logs"/);
    assert.match(text, /"what":/);
  }
  const own = await app.api.get(`/bookings/${visit.id}?include=${everything}`);
  for (const known of [/guest@/, /ola@/, /pays late/, /"logs"/]) assert.match(own.text, known);
});

test('nor by what it is asked for', async () => {
  const { app } = desk;
  for (const search of ['customer.email:ola@example.test', 'customer.name:O*', 'meta.internal:x']) {
    assert.equal((await app.widget.get(`/bookings/groups?search=${search}`)).status, 422, search);
    assert.equal((await app.api.get(`/bookings/groups?search=${search}`)).status, 200, search);
  }
});

test('a widget moves bookings of a page to its people only', async () => {
  const { app, ida, per } = desk;
  const page = await pageOf(world, desk, { users: [ida] });
  const made = dataOf(await app.widget.post('/bookings', bookingOf(ida, 14, { project_id: page })), 201);
  const slot = { resource_id: per.uuid, start: at(15), end: at(16) };
  const refused = await app.widget.post(`/bookings/${made.id}/reschedule`, slot);
  assert.deepEqual([refused.status, Object.keys(refused.body.errors ?? {})], [422, ['resource_id']]);
  dataOf(await app.widget.post(`/bookings/${made.id}/reschedule`, { ...slot, resource_id: ida.uuid }));
  dataOf(await app.api.post(`/bookings/${made.id}/reschedule`, slot));
});

test('a key of one person knows no email but his, sees no bookings of others, and sends nobody a link', async () => {
  const { app, ida, per } = desk;
  const both = { relate_bookings: true, bookings: [bookingOf(ida, 6), bookingOf(per, 6)] };
  const own = (await app.api.post('/bookings/bulk', both)).body.data?.[0] as Json | undefined;
  assert.ok(own);
  const server = await idaBy('server-token');
  const shown = dataOf(await server.get(`/bookings/${own.id}?include=bulked_bookings`));
  assert.deepEqual(shown.bulked_bookings, []);
  for (const key of [server, await idaBy('client-token')]) {
    assert.equal((await key.get('/resources/timezone/ida@example.test')).status, 200);
    assert.equal((await key.get('/resources/timezone/per@example.test')).status, 404);
  }
  const administrator = dataOf(await app.api.post('/credentials', { resource_id: await uuidOfAdmin() }), 201);
  const admin = timekitWith(world, {
    authorization: basic(String(administrator.token), 'admin@example.test'),
    'timekit-app': app.slug,
  });
  assert.equal((await admin.post('/resources/resetpassword', { email: 'per@example.test' })).status, 200);
  assert.equal(await desk.cell('SELECT count(*) FROM invitations WHERE company_id = $1'), '0');
});

test('settings of an application are not told to web pages', async () => {
  const { app, company } = desk;
  await world.services.database
    .forCompany(company.id)
    .rows(
      sql`UPDATE booking_apps SET settings = '{"callback":"https://x.test/secret"}' WHERE company_id = ${company.id}`,
    );
  world.services.cache.forget(company.id);
  assert.deepEqual(dataOf(await (await idaBy('client-token')).get('/app')).settings, { name: 'Front desk' });
  assert.match((await app.api.get('/app')).text, /secret/);
});

function uuidOfAdmin(): Promise<string> {
  return resourceId(world, desk.company, desk.company.admin.userId);
}

test('the key of an application whose owner is no administrator any more gives nobody’s key beyond his own power', async () => {
  const { company, per } = desk;
  const owner = await company.person({ permissions: ['admin'] });
  await emailed(owner.userId, 'owner');
  const app = await timekitApp(world, company, { name: 'Second desk', owner });
  const admin = await uuidOfAdmin();
  const theirs = dataOf(await app.api.post('/credentials', { resource_id: admin }), 201);
  await company.admin.put('/users', [{ id: owner.userId, permissions: { admin: false, manage_users: true } }]);
  assert.equal((await app.api.post('/credentials', { resource_id: admin })).status, 403);
  assert.equal((await app.api.delete(`/credentials/${theirs.id}`)).status, 403);
  dataOf(await app.api.post('/credentials', { resource_id: per.uuid }), 201);
});

test('a password that must be changed first gives no key', async () => {
  const { company, app, per } = desk;
  const password = 'given by somebody else';
  const input = { companyId: company.id, userId: per.userId, password, via: 'test', requestId: '' };
  const stranger = timekitWith(world, { 'timekit-app': app.slug });
  for (const [requireChange, status] of [[true, 403] as const, [false, 200] as const]) {
    await setPassword(world.services, { ...input, requireChange }, world.clock.now());
    assert.equal((await stranger.post('/auth', { email: 'per@example.test', password })).status, status);
  }
});
