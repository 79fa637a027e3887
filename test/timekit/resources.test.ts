import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { basic, resourceId, type TimekitApp, timekitApp, timekitWith } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;
let app: TimekitApp;

before(async () => {
  world = await openWorld({ shared: true, now: Date.UTC(2026, 10, 23, 9) / 1_000 });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company);
});
after(() => world.close());

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

test('a resource is a user without a login who tracks time, with a calendar for his bookings', async () => {
  const made = await app.api.post('/resources', {
    name: 'Ida Marie Bakke',
    timezone: 'Asia/Kathmandu',
    email: 'ida@example.test',
    image: 'https://example.test/ida.png',
    meta: { t_store_id: 7 },
    availability_constraints: [{ allow_day: { day: 'Monday' } }],
    unknown: 1,
  });
  assert.equal(made.status, 201, made.text);
  const { id, calendars, created_at: created, updated_at: _, ...rest } = made.body.data as Record<string, unknown>;
  assert.match(String(id), uuid);
  assert.match(String(created), /\+00:00$/);
  assert.deepEqual(rest, {
    name: 'Ida Marie Bakke',
    first_name: 'Ida Marie',
    last_name: 'Bakke',
    email: 'ida@example.test',
    timezone: 'Asia/Kathmandu',
    image: 'https://example.test/ida.png',
    meta: { t_store_id: 7 },
    availability_constraints: [{ allow_day: { day: 'Monday' } }],
  });
  assert.deepEqual(
    (calendars as Record<string, unknown>[]).map(({ name, provider }) => [name, provider]),
    [['Bookings', 'timekit']],
  );
  const users = await company.admin.get('/users', { usernames: 'ida@example.test' });
  const [user] = Object.values(users.body.results?.users ?? {});
  assert.equal(user?.permissions?.time_tracking, true as never);
  assert.equal(user?.permissions?.admin, false as never);
});

test('a resource is read, changed, found and archived', async () => {
  const made = await app.api.post('/resources', { name: 'Room', timezone: 'Europe/kiev' });
  const id = String(made.body.data?.id);
  assert.equal(made.body.data?.email, null as never);
  assert.equal(made.body.data?.timezone, 'Europe/Kiev' as never);
  const put = await app.api.put(`/resources/${id}`, { name: 'Room Two', timezone: 'Africa/Abidjan', meta: { a: [1] } });
  assert.deepEqual([put.status, put.text], [204, '']);
  const got = await app.api.get(`/resources/${id}?include=availability_constraints,calendars,credentials,nonsense`);
  const data = got.body.data as Record<string, unknown>;
  assert.deepEqual(
    [data.name, data.timezone, data.meta, data.availability_constraints, data.credentials],
    ['Room Two', 'Africa/Abidjan', { a: [1] }, [], []],
  );
  const found = await app.api.get('/resources?search=name:room*');
  assert.deepEqual([found.body.total, found.body.data?.[0]?.id], [1, id]);
  const gone = await app.api.send('DELETE', `/resources/${id}`, JSON.stringify({ id }));
  assert.deepEqual([gone.status, gone.text], [204, '']);
  const missing = await app.api.get(`/resources/${id}`);
  assert.deepEqual([missing.status, missing.body], [404, { error: 'Resource does not exist', model: 'Resource' }]);
});

test('what is wrong is said of its field', async () => {
  const cases: [body: unknown, field: string][] = [
    [{ timezone: 'UTC' }, 'name'],
    [{ name: ' ', timezone: 'UTC' }, 'name'],
    [{ name: 'A B' }, 'timezone'],
    [{ name: 'A B', timezone: '+05:00' }, 'timezone'],
    [{ name: 'A B', timezone: 'UTC', email: 'nobody' }, 'email'],
    [{ name: 'A B', timezone: 'UTC', email: 'IDA@example.test' }, 'email'],
    [{ name: 'A B', timezone: 'UTC', meta: 'x' }, 'meta'],
    [
      { name: 'A B', timezone: 'UTC', availability_constraints: [{ allow_day: { day: 'Moonday' } }] },
      'availability_constraints',
    ],
    [{ name: 'A B', timezone: 'UTC', availability_constraints: 7 }, 'availability_constraints'],
  ];
  for (const [body, field] of cases) {
    const answer = await app.api.post('/resources', body);
    assert.equal(answer.status, 422, JSON.stringify(body));
    assert.ok(Array.isArray(answer.body.errors?.[field]), `${field}: ${answer.text}`);
  }
  assert.deepEqual((await app.api.post('/resources', { name: 'x', timezone: 'UTC', email: 'ida@example.test' })).body, {
    errors: { email: ['Email already exists'] },
  });
  assert.equal((await app.api.send('POST', '/resources', '[]')).status, 422);
  assert.equal((await app.api.get('/resources?search=color:red')).status, 422);
  for (const query of ['limit=0', 'page=0', 'limit=x', 'page=-1']) {
    assert.equal((await app.api.get(`/resources?${query}`)).status, 422, query);
  }
  for (const id of ['x', '00000000-0000-0000-0000-000000000000', '%00']) {
    assert.equal((await app.api.get(`/resources/${id}`)).status, 404, id);
  }
});

test('pages say where they are', async () => {
  const [one, two] = await Promise.all([app.api.get('/resources?limit=1'), app.api.get('/resources?limit=1&page=2')]);
  const { data, next_page_url: next, prev_page_url: previous, ...page } = one.body;
  assert.deepEqual(page, { total: 2, per_page: 1, current_page: 1, last_page: 2, from: 1, to: 1 });
  assert.equal(next, `${world.url}/v2/resources?limit=1&page=2`);
  assert.equal(previous, null);
  assert.notEqual(two.body.data?.[0]?.id, data?.[0]?.id);
  assert.equal(two.body.next_page_url, null);
  const beyond = await app.api.get('/resources?page=9');
  assert.deepEqual([beyond.status, beyond.body.data, beyond.body.from], [200, [], null]);
});

test('the zone of an email, and old names', async () => {
  const zone = await app.api.get('/resources/timezone/ida@example.test');
  assert.deepEqual(zone.body, { data: { timezone: 'Asia/Kathmandu', utc_offset: 345 } });
  assert.equal((await app.api.get('/users/timezone/nobody@example.test')).status, 404);
  const me = await app.api.get('/users/me');
  assert.equal(me.body.data?.id, (await resourceId(world, company, company.admin.userId)) as never);
  assert.equal((await app.api.get('/users')).status, 200);
  assert.equal((await app.api.put('/users/me', { meta: { old: true } })).status, 204);
  assert.deepEqual((await app.api.get('/users/me')).body.data?.meta, { old: true });
  assert.equal((await app.api.post('/resources/resetpassword', { email: 'ida@example.test' })).status, 200);
  assert.equal((await app.api.post('/resources/resetpassword', { email: 'nobody@example.test' })).status, 200);
});

test('keys of one person reach that person only', async () => {
  const list = await app.api.get('/resources?search=email:ida@example.test');
  const id = String(list.body.data?.[0]?.id);
  const made = await app.api.post('/credentials', { resource_id: id, type: 'server-token' });
  assert.equal(made.status, 201, made.text);
  const headers = { authorization: basic(String(made.body.data?.token), 'ida@example.test'), 'timekit-app': app.slug };
  const ida = timekitWith(world, headers);
  assert.deepEqual((await ida.get('/resources')).body.total, 1);
  assert.equal((await ida.get(`/resources/${id}`)).status, 200);
  const admin = await resourceId(world, company, company.admin.userId);
  assert.equal((await ida.get(`/resources/${admin}`)).status, 404);
  assert.equal((await ida.post('/resources', { name: 'Eve', timezone: 'UTC' })).status, 403);
  assert.equal((await ida.put(`/resources/${id}`, { last_name: 'Berg' })).status, 204);
  const listed = await app.api.get(`/credentials?search=resource.id:${id}`);
  assert.deepEqual([listed.body.total, listed.body.data?.[0]?.type], [1, 'server-token']);
  assert.equal((await app.api.delete(`/credentials/${made.body.data?.id}`)).status, 204);
  assert.equal((await ida.get('/resources')).status, 401);
  assert.equal((await app.api.delete(`/credentials/${made.body.data?.id}`)).status, 404);
});

test('POST /auth gives whoever knows his password a key', async () => {
  await app.api.post('/resources', {
    name: 'Kari Lie',
    timezone: 'UTC',
    email: 'kari@example.test',
    password: 'a-long-secret-of-kari',
  });
  const stranger = timekitWith(world, { 'timekit-app': app.slug });
  const right = await stranger.post('/auth', { email: 'kari@example.test', password: 'a-long-secret-of-kari' });
  assert.equal(right.status, 200, right.text);
  const key = String(right.body.data?.api_token);
  const kari = timekitWith(world, { authorization: basic(key, 'kari@example.test'), 'timekit-app': app.slug });
  assert.equal((await kari.get('/users/me')).body.data?.email, 'kari@example.test' as never);
  assert.equal((await stranger.post('/auth', { email: 'kari@example.test', password: 'wrong' })).status, 401);
  assert.equal((await stranger.post('/auth', { email: 'nobody@example.test', password: 'wrong' })).status, 401);
  assert.equal((await stranger.post('/auth', {})).status, 422);
  assert.equal((await timekitWith(world).post('/auth', { email: 'a@b.test', password: 'x' })).status, 401);
});

test('calendars are kept, and the one for bookings stays', async () => {
  const id = String((await app.api.get('/resources?search=email:kari@example.test')).body.data?.[0]?.id);
  const made = await app.api.post('/calendars/', {
    name: 'Side',
    description: 'd',
    foregroundcolor: '#fff',
    resource_id: id,
  });
  assert.equal(made.status, 201, made.text);
  const calendar = String(made.body.data?.id);
  assert.equal((await app.api.put(`/calendars/${calendar}`, { name: 'Other' })).status, 204);
  const {
    created_at: _c,
    updated_at: _u,
    ...data
  } = (await app.api.get(`/calendars/${calendar}`)).body.data as object as Record<string, unknown>;
  assert.deepEqual(data, {
    id: calendar,
    name: 'Other',
    description: 'd',
    foregroundcolor: '#fff',
    backgroundcolor: '',
    provider: 'timekit',
    provider_id: null,
    provider_access: 'owner',
    provider_primary: false,
    provider_sync: false,
  });
  const names = async (): Promise<unknown[]> =>
    ((await app.api.get('/calendars?limit=1000')).body.data as object as { id: string; name: string }[]).map(
      ({ name }) => name,
    );
  assert.deepEqual(await names(), ['Schedule', 'Bookings', 'Bookings', 'Bookings', 'Other']);
  assert.equal((await app.api.put(`/calendars/${id}`, { name: 'Visits' })).status, 204);
  assert.deepEqual(await names(), ['Schedule', 'Bookings', 'Bookings', 'Visits', 'Other']);
  assert.equal((await app.api.delete(`/calendars/${id}`)).status, 422);
  const event = {
    calendar_id: calendar,
    start: '2026-12-07T09:00:00+01:00',
    end: '2026-12-07T10:00:00+01:00',
    what: 'X',
  };
  const planned = await app.api.post('/events', event);
  assert.equal(planned.status, 201, planned.text);
  assert.equal((await app.api.delete(`/calendars/${calendar}`)).status, 422);
  assert.equal((await app.api.delete(`/events/${planned.body.data?.id}`)).status, 204);
  assert.equal((await app.api.delete(`/calendars/${calendar}`)).status, 204);
  assert.deepEqual((await app.api.get(`/calendars/${calendar}`)).body, {
    error: 'Resource does not exist',
    model: 'Calendar',
  });
  assert.equal((await app.api.post('/calendars', {})).status, 422);
});

test('events are schedule events of a person', async () => {
  const id = String((await app.api.get('/resources?search=email:kari@example.test')).body.data?.[0]?.id);
  const body = {
    calendar_id: id,
    start: '2026-12-07T09:00:00',
    end: '2026-12-07T10:30:00Z',
    what: 'Meeting',
    where: 'Desk 1',
    description: 'Bring it',
    participants: ['ola@example.test'],
    invite: true,
    my_rsvp: 'tentative',
  };
  const made = await app.api.post('/events', body, { 'timekit-timezone': 'Europe/Oslo' });
  assert.equal(made.status, 201, made.text);
  const { id: event, created_at: _c, updated_at: _u, ...data } = made.body.data as object as Record<string, unknown>;
  assert.deepEqual(data, {
    calendar_id: id,
    resource_id: id,
    start: '2026-12-07T09:00:00+01:00',
    end: '2026-12-07T11:30:00+01:00',
    what: 'Meeting',
    where: 'Desk 1',
    description: 'Bring it',
    participants: ['ola@example.test'],
    rsvp: 'tentative',
    my_rsvp: 'tentative',
    all_day: false,
    allDay: false,
  });
  assert.equal((await app.api.put(`/events/${event}`, { what: 'Talk', end: '2026-12-07T09:00:00Z' })).status, 204);
  const day = await app.api.post('/events', {
    calendar_id: id,
    start: '2026-12-08',
    end: '2026-12-08',
    what: 'Away',
    all_day: true,
  });
  assert.equal(day.status, 201, day.text);
  assert.deepEqual(
    [day.body.data?.start, day.body.data?.end],
    ['2026-12-08T00:00:00+00:00', '2026-12-09T00:00:00+00:00'],
  );
  const list = async (query: string): Promise<unknown[]> =>
    ((await app.api.get(`/events?${query}`)).body.data as object as { what: string }[]).map(({ what }) => what);
  assert.deepEqual(await list('start=2026-12-07T08:30:00%2B00:00&end=2026-12-31T00:00:00Z'), ['Talk', 'Away']);
  assert.deepEqual(await list('start=2026-12-07T09:00:00Z&end=2026-12-31T00:00:00Z'), ['Away']);
  assert.deepEqual(await list(`end=2026-12-08T00:00:00Z&calendarId=${id}`), ['Talk']);
  world.clock.set(Date.UTC(2026, 11, 7, 12) / 1_000);
  const resource = await app.api.get(`/resources/${id}?include=calendars.events`);
  const calendars = resource.body.data?.calendars as unknown as { id: string; events: Record<string, unknown>[] }[];
  assert.deepEqual(
    calendars.map((calendar) => [calendar.id, calendar.events.map(({ what }) => what)]),
    [[id, ['Away']]],
  );
  assert.equal((await app.api.delete(`/events/${event}`)).status, 204);
  assert.deepEqual((await app.api.get(`/events/${event}`)).body, { error: 'Resource does not exist', model: 'Event' });
  const wrong: [body: Record<string, unknown>, field: string][] = [
    [{ ...body, calendar_id: undefined }, 'calendar_id'],
    [{ ...body, calendar_id: 'x' }, 'calendar_id'],
    [{ ...body, start: 'soon' }, 'start'],
    [{ ...body, end: '2026-12-07T09:00:00+02:00' }, 'end'],
    [{ ...body, what: undefined }, 'what'],
    [{ ...body, participants: ['x'] }, 'participants'],
    [{ ...body, all_day: true, end: '2026-12-10' }, 'end'],
  ];
  for (const [given, field] of wrong) {
    const answer = await app.api.post('/events', given);
    assert.equal(answer.status, 422, JSON.stringify(given));
    assert.ok(answer.body.errors?.[field], `${field}: ${answer.text}`);
  }
});
