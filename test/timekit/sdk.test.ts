import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Json } from '../support/api.ts';
import { resourceId, type TimekitApp, timekitApp } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

/** An answer as Timekit's own SDK gives it. */
interface SdkAnswer {
  status: number;
  // The SDK takes the envelope away, so that this is whatever was in `data`.
  data: Json;
  metaData?: Json;
  headers: Record<string, string>;
}

/** What the tests use of the SDK, which has no types. */
type Sdk = {
  configure(settings: object): void;
  newInstance(): Sdk;
  include(...names: string[]): Sdk;
  carry(payload: object): Sdk;
  asUser(email: string, key: string): Sdk;
  asApp(slug: string): Sdk;
  headers(headers: object): Sdk;
} & { [method: string]: (data?: unknown, more?: unknown) => Promise<SdkAnswer> };

const timekit = (createRequire(import.meta.url)('timekit-sdk') as { newInstance(): Sdk }).newInstance();

let world: World;
let company: Company;
let app: TimekitApp;
let resource: string;
let projectId: string;

before(async () => {
  // A Monday.
  world = await openWorld({ now: Date.UTC(2026, 10, 23, 9) / 1_000 });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company, { test: true });
  resource = await resourceId(world, company, company.admin.userId);
  await company.admin.put('/users', [{ id: company.admin.userId, email: 'ada@example.test' }]);
  timekit.configure({ apiBaseUrl: `${world.url}/`, appKey: app.appToken });
});
after(() => world.close());

/** Calls a method of the SDK; gives what it resolves or rejects with, which both are answers. */
async function call(method: string, data?: unknown, more?: unknown): Promise<SdkAnswer> {
  const own = timekit[method];
  assert.ok(own, method);
  return own(data, more).catch((answer: SdkAnswer) => answer);
}

const text = (value: unknown): string => String(value);
const seven = (hour: string): string => `2026-12-07T${hour}:00+01:00`;

test('the application, and the envelope that the SDK takes away', async () => {
  const got = await call('getApp');
  assert.deepEqual([got.status, got.data.slug, got.metaData], [200, 'front-desk', undefined]);
  assert.equal(got.headers['timekit-testmode'], 'true');
  const wrong = await timekit.newInstance();
  wrong.configure({ apiBaseUrl: `${world.url}/`, appKey: 'nothing' });
  const refused = await wrong.getApp?.().catch((answer: SdkAnswer) => answer);
  assert.deepEqual([refused?.status, typeof refused?.data.error], [401, 'string']);
});

test('resources', async () => {
  const made = await call('createResource', {
    name: 'Ida Bakke',
    firstName: 'Ida',
    lastName: 'Bakke',
    timezone: 'Europe/Oslo',
    email: 'ida@example.test',
    password: 'a-long-secret-of-ida',
    meta: { t_storeId: 5 },
  });
  assert.equal(made.status, 201);
  const id = text(made.data.id);
  assert.deepEqual(
    [made.data.first_name, made.data.meta, made.data.calendars?.[0]?.name],
    ['Ida', { t_store_id: 5 }, 'Bookings'],
  );
  const listed = await call('getResources');
  assert.deepEqual([listed.status, listed.metaData?.total, listed.metaData?.per_page], [200, 2, 50]);
  const changed = await call('updateResource', { id, firstName: 'Eva', lastName: 'Bakke' });
  assert.deepEqual([changed.status, changed.data], [204, '']);
  const got = await timekit.include('availability_constraints', 'calendars').getResource?.({ id });
  assert.deepEqual(
    [got?.data.name, got?.data.availability_constraints, got?.data.calendars?.[0]?.id],
    ['Eva Bakke', [], id],
  );
  assert.equal((await call('resetResourcePassword', { email: 'ida@example.test' })).status, 200);
  assert.deepEqual((await call('getResourceTimezone', { email: 'ida@example.test' })).data, {
    timezone: 'Europe/Oslo',
    utc_offset: 60,
  });
  const key = await call('createCredential', { resourceId: id, type: 'server-token' });
  assert.equal(key.status, 201);
  assert.equal(
    (await timekit.carry({ params: { search: `resource.id:${id}` } }).getCredentials?.())?.metaData?.total,
    1 as never,
  );
  const asIda = await timekit.asUser('ida@example.test', text(key.data.token)).asApp(app.slug).getResources?.();
  assert.equal(asIda?.metaData?.total, 1 as never);
  assert.equal((await call('deleteCredential', { id: key.data.id })).status, 204);
  const person = timekit.newInstance();
  person.configure({ apiBaseUrl: `${world.url}/`, app: app.slug });
  const signedIn = await person.auth?.({ email: 'ida@example.test', password: 'a-long-secret-of-ida' });
  assert.equal(signedIn?.data.email, 'ida@example.test' as never);
  assert.equal((await person.getResources?.())?.metaData?.total, 1 as never);
  assert.equal((await call('deleteResource', { id })).status, 204);
  assert.equal((await call('getResource', { id })).status, 404);
});

test('applications, with the key of a resource', async () => {
  const key = await call('createCredential', { resource_id: resource });
  const admin = timekit.newInstance();
  admin.configure({
    apiBaseUrl: `${world.url}/`,
    app: app.slug,
    resourceEmail: 'ada@example.test',
    resourceKey: key.data.token,
  });
  const made = await admin.createApp?.({ name: 'Shop', settings: { contactName: 'Ada' } });
  assert.deepEqual(
    [made?.status, made?.data.slug, made?.data.settings],
    [201, 'shop', { name: 'Shop', contact_name: 'Ada' }],
  );
  assert.equal((await admin.getApps?.())?.metaData?.total, 2 as never);
  assert.equal((await admin.updateApp?.({ slug: 'shop', name: 'Store' }))?.status, 204);
  assert.equal((await admin.deleteApp?.({ slug: 'shop' }))?.status, 204);
});

test('calendars and events', async () => {
  const made = await call('createCalendar', { name: 'Side', resourceId: resource });
  assert.equal(made.status, 201);
  const id = text(made.data.id);
  assert.equal((await call('updateCalendar', { id, description: 'Of her own' })).status, 204);
  assert.equal((await call('getCalendar', { id })).data.description, 'Of her own' as never);
  assert.ok(Number((await call('getCalendars')).metaData?.total) >= 2);
  const planned = await call('createEvent', {
    calendarId: id,
    start: seven('13:00'),
    end: seven('14:00'),
    what: 'Lunch',
    participants: ['ola@example.test'],
  });
  assert.deepEqual([planned.status, planned.data.calendar_id], [201, id]);
  const event = text(planned.data.id);
  const listed = await call('getEvents', { start: seven('00:00'), end: seven('23:00') });
  assert.deepEqual([listed.metaData?.total, listed.data[0]?.id], [1, event]);
  assert.equal((await call('updateEvent', { id: event, what: 'Late lunch' })).status, 204);
  assert.equal((await call('getEvent', { id: event })).data.what, 'Late lunch' as never);
  assert.equal((await call('deleteEvent', { id: event })).status, 204);
  assert.equal((await call('getEvent', { id: event })).status, 404);
  assert.equal((await call('deleteCalendar', { id })).status, 204);
});

test('projects and their resources', async () => {
  const made = await call('createProject', {
    name: 'Front desk',
    slug: 'desk',
    resources: [resource],
    availability: { mode: 'roundrobin_random', length: '1 hour', from: 'tomorrow', to: '3 weeks' },
    booking: { graph: 'instant', what: 'Visit', where: 'Desk 1' },
    availabilityConstraints: [{ allow_hours: { start: 8, end: 16 } }],
  });
  assert.equal(made.status, 201, JSON.stringify(made.data));
  projectId = text(made.data.id);
  assert.equal((await call('updateProject', { id: projectId, name: 'Desk' })).status, 204);
  assert.equal((await call('getProject', { id: projectId })).data.name, 'Desk' as never);
  assert.equal((await call('getProjects')).metaData?.total, 1 as never);
  assert.equal((await call('removeProjectResource', { id: projectId, resourceId: resource })).status, 204);
  assert.equal((await call('addProjectResource', { id: projectId, resourceId: resource })).status, 201);
  assert.equal((await call('setProjectResources', { id: projectId, resources: [resource] })).status, 204);
  assert.equal((await call('getProjectResources', { id: projectId })).data[0]?.id, resource as never);
  assert.equal((await call('getEmbedProject', { id: projectId })).data.app_key, app.widgetKey as never);
  const stranger = timekit.newInstance();
  stranger.configure({ apiBaseUrl: `${world.url}/` });
  assert.equal((await stranger.getHostedProject?.({ slug: 'desk' }))?.data.app_key, app.widgetKey as never);
  for (const ask of ['getLocationProjects', 'getServiceProjects'])
    assert.equal((await call(ask, 'a')).metaData?.total, 0 as never, ask);
  assert.equal((await call('getLocationServiceProjects', 'a', 'b')).metaData?.total, 0 as never);
  const other = await call('createProject', { name: 'Other', resources: [], availability: {}, booking: {} });
  assert.equal((await call('deleteProject', { id: other.data.id })).status, 204);
});

test('availability in all its forms', async () => {
  const asked = { projectId, outputTimezone: 'Europe/Oslo' };
  const slots = await call('fetchAvailability', asked);
  assert.equal(slots.status, 200, JSON.stringify(slots.data));
  assert.deepEqual(slots.data[0], {
    start: '2026-11-24T08:00:00+01:00',
    end: '2026-11-24T09:00:00+01:00',
    resources: [{ id: resource, name: 'Ada Min', timezone: 'Europe/Oslo' }],
  });
  const dates = await call('fetchAvailabilityDates', asked);
  assert.deepEqual([dates.status, dates.data[0]?.date], [200, '2026-11-24']);
  const counts = await call('fetchAvailabilityCounts', asked);
  assert.deepEqual([counts.status, counts.data[0]], [200, { date: '2026-11-24', count: 8 }]);
  assert.equal((await call('fetchUnAvailableSlots', asked)).status, 200);
  const old = { resourceIds: [resource], future: '2 days', length: '1 hour' };
  assert.equal((await call('findTime', old)).status, 200);
  assert.equal((await call('findTimeTeam', { users: [resource], length: '1 hour' })).status, 200);
  assert.equal((await call('findTimeBulk', [old])).status, 200);
  const wrong = await call('fetchAvailability', { projectId, length: 'a while' });
  assert.deepEqual([wrong.status, Object.keys(wrong.data.errors ?? {})], [422, ['length']]);
});

test('bookings from the first to the last step', async () => {
  const body = { projectId, resourceId: resource, start: seven('09:00'), end: seven('10:00') };
  const customer = { name: 'Ola', email: 'ola@example.test', t_shoeSize: 42 };
  const made = await timekit.include('attributes', 'event', 'user', 'customers').createBooking?.({ ...body, customer });
  assert.deepEqual([made?.status, made?.data.state, made?.data.graph], [201, 'confirmed', 'instant']);
  const id = text(made?.data.id);
  assert.deepEqual(made?.data.attributes?.event_info?.start, '2026-12-07T08:00:00+00:00');
  assert.equal(made?.data.event?.what, 'Visit' as never);
  assert.equal(made?.data.user?.id, resource as never);
  const taken = await call('createBooking', { ...body, customer });
  assert.deepEqual([taken.status, Object.keys(taken.data.errors ?? {})], [422, ['event']]);
  assert.equal((await call('getBooking', { id })).data.state, 'confirmed' as never);
  const listed = await timekit.carry({ params: { search: 'state:confirmed;customer.name:ol*' } }).getBookings?.();
  assert.deepEqual([listed?.metaData?.total, listed?.data[0]?.id], [1, id]);
  const moved = await call('rescheduleBooking', {
    id,
    start: seven('11:00'),
    end: seven('12:00'),
    resourceId: resource,
  });
  assert.deepEqual([moved.status, moved.data.id], [200, id]);
  const cancelled = await call('updateBooking', { id, action: 'cancel' });
  assert.deepEqual([cancelled.status, cancelled.data.state, cancelled.data.completed], [200, 'cancelled', true]);
  assert.equal((await call('updateBooking', { id, action: 'confirm' })).status, 422);
  assert.equal((await call('deleteBooking', { id })).status, 204);
  assert.equal((await call('getBooking', { id })).status, 404);
});

test('bookings in bulk, in groups, and reserved', async () => {
  const body = (hour: string, end: string): object => ({
    resourceId: resource,
    graph: 'confirm_decline',
    what: 'Visit',
    start: seven(hour),
    end: seven(end),
    customer: { name: 'Ola', email: 'ola@example.test' },
  });
  const made = await call('createBookingsBulk', { bookings: [body('09:00', '10:00'), body('10:00', '11:00')] });
  assert.equal(made.status, 201, JSON.stringify(made.data));
  const steps = Object.values(made.data).map(({ id }) => ({ id, action: 'confirm' }));
  assert.equal(steps.length, 2);
  const done = await call('updateBookingsBulk', steps);
  assert.deepEqual(
    [done.status, Object.values(done.data).map(({ state }) => state)],
    [200, ['confirmed', 'confirmed']],
  );
  const group = await call('createBooking', {
    resourceId: resource,
    graph: 'group_owner',
    what: 'Class',
    start: seven('13:00'),
    end: seven('14:00'),
    settings: { maxSeats: 3 },
  });
  assert.equal(group.status, 201, JSON.stringify(group.data));
  assert.equal((await call('getGroupBookings')).data[0]?.id, group.data.id);
  assert.equal((await call('getGroupBooking', { id: group.data.id })).data.id, group.data.id);
  const slot = { resourceId: resource, projectId, start: seven('15:00'), end: seven('16:00') };
  const reserved = await call('reserveBooking', slot);
  assert.equal(reserved.status, 201, JSON.stringify(reserved.data));
  assert.equal((await call('extendReservedBooking', { reservationId: reserved.data.id })).status, 200);
});

test('times in the zone and the format of the client', async () => {
  const here = timekit.newInstance();
  here.configure({
    apiBaseUrl: `${world.url}/`,
    appKey: app.appToken,
    timezone: 'America/Los_Angeles',
    inputTimestampFormat: 'Y-m-d h:ia',
    outputTimestampFormat: 'Y-m-d h:ia',
  });
  const made = await here.createEvent?.({
    calendarId: resource,
    start: '2026-12-09 09:00am',
    end: '2026-12-09 01:30pm',
    what: 'X',
  });
  assert.deepEqual([made?.status, made?.data.start, made?.data.end], [201, '2026-12-09 09:00am', '2026-12-09 01:30pm']);
  const same = await call('getEvent', { id: made?.data.id });
  assert.equal(same.data.start, '2026-12-09T17:00:00+00:00' as never);
});

test('what is not offered is a 404 in shape', async () => {
  const asked: [method: string, data?: unknown][] = [
    ['getAccounts'],
    ['accountGoogleSync'],
    ['accountMicrosoftSync'],
    ['getLocations'],
    ['getServices'],
    ['getEmailTemplates'],
    ['getWidgets'],
  ];
  for (const [method, data] of asked) {
    const answer = await call(method, data);
    assert.deepEqual([answer.status, answer.data], [404, { error: 'Route does not exist', model: 'Route' }], method);
  }
});
