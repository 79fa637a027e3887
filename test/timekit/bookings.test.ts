import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { issueToken } from '../../src/operations/tokens.ts';
import { scheduleOf } from '../api/schedule-support.ts';
import { statementCounter } from '../conformance/counting.ts';
import type { Answer, Json } from '../support/api.ts';
import {
  at,
  type Bookable,
  bookingOf,
  type Desk,
  dataOf,
  groupOf,
  ola,
  openDesk,
  pageOf,
  present,
  seatOf,
} from '../support/bookings.ts';
import { basic, type Timekit, timekitWith } from '../support/timekit.ts';
import { openWorld, type World } from '../support/world.ts';

const counter = statementCounter();
let world: World;
let desk: Desk;
let api: Timekit;

before(async () => {
  world = await openWorld({ shared: true, now: present, decorate: counter.decorate });
  desk = await openDesk(world);
  api = desk.app.api;
});
after(() => world.close());

let nextDay = 2;
/** A day on which nobody has anything yet. */
const newDay = (): number => nextDay++;
const on = (person: Bookable, day: number, hour: number, more: object = {}): object =>
  bookingOf(person, hour, { start: at(hour, 0, day), end: at(hour + 1, 0, day), ...more });
const post = async (body: object, path = '/bookings'): Promise<Json> => dataOf(await api.post(path, body), 201);
const ids = (answer: Answer): unknown[] => (dataOf(answer) as unknown as Json[]).map(({ id }) => id);

test('the widget’s own samples: what it sends, and what it is answered', async () => {
  const project = await pageOf(world, desk);
  const day = newDay();
  const [start, end] = [`2026-12-0${day}T09:00:00+01:00`, `2026-12-0${day}T10:00:00+01:00`];
  const asked = {
    start,
    end,
    description: 'Name: Ola\nEmail: ola@example.test\nComment: Hei\n',
    project_id: project,
    resource_id: desk.ida.uuid,
    graph: 'instant',
    customer: { name: 'Ola', email: 'ola@example.test', comment: 'Hei', timezone: 'Europe/Oslo' },
  };
  const headers = { 'timekit-context': 'widget', 'timekit-timezone': 'Europe/Oslo' };
  const answer = await desk.app.widget.post('/bookings?include=attributes,event,user', asked, headers);
  const booked = dataOf(answer, 201);
  const { id, created_at: created, updated_at: updated, event, user, ...rest } = booked;
  assert.deepEqual(Object.keys(booked), [
    ...['id', 'state', 'graph', 'completed', 'created_at', 'updated_at', 'attributes', 'event', 'user'],
  ]);
  for (const uuid of [id, event?.id, user?.id]) assert.match(String(uuid), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  for (const moment of [created, updated]) assert.match(String(moment), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+01:00$/);
  assert.deepEqual(rest, {
    state: 'confirmed',
    graph: 'instant',
    completed: false,
    attributes: {
      event_info: {
        ...{ start, end, what: 'Visit', where: 'Desk 1', description: asked.description },
        ...{ calendar_id: desk.ida.uuid, participants: [] },
      },
    },
  });
  assert.deepEqual({ ...event, id: 0 }, { id: 0, what: 'Visit', where: 'Desk 1', start, end });
  assert.deepEqual(Object.keys(user ?? {}), ['id', 'name']);
  assert.equal(user?.id, desk.ida.uuid as never);
  const moved = await desk.app.widget.post(
    `/bookings/${id}/reschedule?include=attributes,event,user`,
    { start: at(11, 0, day), end: at(12, 0, day), message: 'Later please', resource_id: desk.ida.uuid },
    headers,
  );
  assert.equal(dataOf(moved).id, id);
  assert.equal(dataOf(moved).attributes?.event_info?.start, `2026-12-0${day}T12:00:00+01:00` as never);
  const open = await post(groupOf(desk.per, 9, { max_seats: 3 }));
  const groups = await desk.app.widget.get('/bookings/groups', headers);
  const [group] = dataOf(groups) as unknown as Json[];
  assert.equal(group?.id, open.id);
  assert.deepEqual(group?.attributes?.group_booking, { max_seats: 3, current_seats: 0 });
  assert.deepEqual(Object.keys(group?.resource ?? {}), ['id', 'name']);
  assert.equal(groups.body.total, 1 as never);
  const one = await api.get(`/bookings/${id}`);
  assert.deepEqual(Object.keys(dataOf(one)), ['id', 'state', 'graph', 'completed', 'created_at', 'updated_at']);
});

test('the older nested form, and what is kept of a customer and of meta', async () => {
  const day = newDay();
  const { start, end, what, where, ...rest } = on(desk.ida, day, 9) as Record<string, unknown>;
  const customer = { ...ola, phone: '1', voip: 'ola', timezone: 'Europe/Oslo', newsletter: true, sizes: ['S', 'M'] };
  const meta = { t_store_id: 4, nested: { a: [1, null] } };
  const event = { start, end, what, where, description: 'Upstairs' };
  const booked = await post({ ...rest, event, customer, meta, participants: ['per@example.test'], unknown: 1 });
  const includes =
    'attributes,customers,calendar,provider_event,resource,project,logs,meta,available_actions,owner_booking';
  const shown = dataOf(
    await api.get(`/bookings/${booked.id}?include=${includes},bulked_bookings,nonsense,event.calendar`),
  );
  assert.deepEqual(shown.attributes?.event_info, {
    start,
    end,
    what,
    where,
    description: 'Upstairs',
    calendar_id: desk.ida.uuid,
    participants: ['per@example.test'],
  });
  const [kept] = shown.customers as unknown as Json[];
  assert.deepEqual(kept, { ...customer, id: booked.id });
  assert.deepEqual(shown.meta, meta);
  assert.deepEqual([shown.project, shown.owner_booking, shown.provider_event], [null, null, null] as never);
  assert.deepEqual(shown.bulked_bookings, []);
  assert.equal(shown.calendar?.name, 'Bookings' as never);
  assert.equal(shown.event?.what, what as never);
  const [log] = shown.logs as unknown as Json[];
  assert.deepEqual(
    { ...log, created_at: 0 },
    { action: 'create', from_state: null, state: 'confirmed', message: '', created_at: 0 },
  );
});

test('a project says what the request does not, and a public key does not loosen it', async () => {
  const { widget } = desk.app;
  const booking = { graph: 'confirm_decline', what: 'Survey', where: 'Site', settings: { max_seats: 2 } };
  const project_id = await pageOf(world, desk, { booking });
  const day = newDay();
  const bare = { project_id, customer: ola };
  const slot = (hour: number): object => ({
    resource_id: desk.ida.uuid,
    start: at(hour, 0, day),
    end: at(hour + 1, 0, day),
  });
  const shown = async (body: object, by = api): Promise<Json> =>
    dataOf(await by.post('/bookings?include=attributes,project', { ...bare, ...body }), 201);
  const usual = await shown(slot(9));
  assert.deepEqual([usual.graph, usual.state, usual.attributes?.event_info?.what], [
    'confirm_decline',
    'tentative',
    'Survey',
  ] as never);
  assert.equal(usual.project?.id, project_id as never);
  const own = await shown({ ...slot(10), graph: 'instant', what: 'Visit' });
  assert.deepEqual([own.graph, own.attributes?.event_info?.what], ['instant', 'Visit'] as never);
  const loose = await shown({ ...slot(11), graph: 'instant', what: 'Visit' }, widget);
  assert.deepEqual([loose.graph, loose.attributes?.event_info?.what], ['confirm_decline', 'Survey'] as never);
  const double = { ...bare, ...slot(10), settings: { allow_double_bookings: true } };
  assert.equal((await widget.post('/bookings', double)).status, 422);
  assert.equal((await api.post('/bookings', double)).status, 201);
  const stranger = await widget.post('/bookings', { ...bare, ...slot(13), resource_id: desk.per.uuid });
  assert.deepEqual(Object.keys(stranger.body.errors ?? {}), ['resource_id']);
  // Neither the first step, nor how long a payment is awaited, nor a group of its own.
  const steps = await shown({ ...slot(14), action: 'confirm' }, widget);
  assert.equal(steps.state, 'tentative' as never);
  const waits = { resource_id: desk.per.uuid, start: at(9, 0, day), end: at(10, 0, day), what: 'Visit', customer: ola };
  const timeout = { time: 5, unit: 'hours' };
  const paying = dataOf(await widget.post('/bookings', { ...waits, graph: 'instant_payment', timeout }), 201);
  const until = 'SELECT expires_at = to_timestamp($3) FROM bookings WHERE company_id = $1 AND uuid = $2';
  assert.equal(await desk.cell(until, paying.id, present + 300), 't');
  const opened = await widget.post('/bookings', {
    ...waits,
    start: at(12, 0, day),
    end: at(13, 0, day),
    graph: 'group_owner',
  });
  assert.deepEqual(Object.keys(opened.body.errors ?? {}), ['graph']);
  const doubled = await pageOf(world, desk, { allowDouble: true });
  await shown({ ...slot(10), project_id: doubled }, widget);
});

test('outside working hours books only who has an app token', async () => {
  const { company, ida, app } = desk;
  await company.setting('bookings', 'working_hours', JSON.stringify([{ allow_hours: { start: 8, end: 16 } }]));
  const day = newDay();
  const evening = on(ida, day, 19);
  const refused = await app.widget.post('/bookings', evening);
  assert.equal(refused.status, 422);
  assert.deepEqual(Object.keys(refused.body.errors ?? {}), ['event']);
  dataOf(await app.widget.post('/bookings', on(ida, day, 9)), 201);
  const doubled = { project_id: await pageOf(world, desk, { allowDouble: true }) };
  dataOf(await app.widget.post('/bookings', on(ida, day, 9, doubled)), 201);
  assert.equal((await app.widget.post('/bookings', on(ida, day, 19, doubled))).status, 422);
  dataOf(await api.post('/bookings', evening), 201);
  await company.setting('bookings', 'working_hours', '[]');
});

test('bookings are found by what they are, and listed in order and in pages', async () => {
  const own = await openDesk(world);
  const mine = own.app.api;
  const make = async (body: object): Promise<unknown> => dataOf(await mine.post('/bookings', body), 201).id;
  const project = await pageOf(world, own);
  const a = await make(
    bookingOf(own.ida, 9, { customer: { name: 'Marty McFly', email: 'Marty@Example.test', city: 'Bergen' } }),
  );
  const b = await make(bookingOf(own.per, 12, { graph: 'confirm_decline', meta: { store: 7, 'a.b': 'x' } }));
  const c = await make(
    bookingOf(own.ida, 6, { project_id: project, graph: 'instant', customer: { name: '100%', email: 'x@y.test' } }),
  );
  await mine.put(`/bookings/${a}/cancel`, {});
  const searches: [string, unknown[]][] = [
    [`resource.id:${own.ida.uuid}`, [a, c]],
    ['resource.id:nobody', []],
    ['graph:instant', [a, c]],
    ['state:tentative', [b]],
    ['completed:1', [a]],
    ['completed:false', [b, c]],
    ['customer.name:marty mcfly', [a]],
    ['customer.name:mar*', [a]],
    ['customer.name:*FLY', [a]],
    ['customer.name:*rty*', [a]],
    ['customer.name:marty', []],
    ['customer.name:100%', [c]],
    ['customer.name:1%', []],
    ['customer.email:marty@example.test', [a]],
    ['customer.city:bergen', [a]],
    [`project.id:${project}`, [c]],
    [`calendar.id:${own.ida.uuid}`, [a, c]],
    ['meta.store:7', [b]],
    ['meta.a.b:x', [b]],
    ['graph:instant;state:confirmed', [c]],
    ['', [a, b, c]],
  ];
  for (const [search, expected] of searches) {
    const found = await mine.get(`/bookings?search=${encodeURIComponent(search)}`);
    assert.deepEqual(ids(found), expected, search);
    assert.equal(found.body.total, expected.length as never, search);
  }
  const times: [string, unknown[]][] = [
    [`start=${encodeURIComponent(at(9, 30))}`, [a, b]],
    [`end=${encodeURIComponent(at(9))}`, [c]],
    [`start=${encodeURIComponent(at(7))}&end=${encodeURIComponent(at(12))}`, [a]],
    ['orderBy=event.start', [c, a, b]],
    ['orderBy=event.end&sortedBy=desc', [b, a, c]],
    ['orderBy=created_at&sortedBy=desc', [c, b, a]],
    ['orderBy=updated_at', [b, c, a]],
    ['orderBy=completed&sortedBy=desc', [a, c, b]],
    ['orderBy=graph', [b, a, c]],
    ['orderBy=state', [a, c, b]],
    ['limit=2', [a, b]],
    ['limit=2&page=2', [c]],
    ['page=9', []],
  ];
  for (const [query, expected] of times) assert.deepEqual(ids(await mine.get(`/bookings?${query}`)), expected, query);
  for (const query of [
    'search=name:x',
    'search=customer:x',
    'search=meta.:x',
    'limit=0',
    'page=x',
    'orderBy=id',
    'sortedBy=up',
    'start=soon',
  ]) {
    assert.equal((await mine.get(`/bookings?${query}`)).status, 422, query);
  }
  assert.deepEqual(ids(await api.get(`/bookings?search=resource.id:${own.ida.uuid}`)), [], 'another company');
});

test('a listing costs as many statements whatever it shows', async () => {
  const own = await openDesk(world);
  const includes = 'attributes,customers,calendar,event,user,resource,project,logs,meta,owner_booking,bulked_bookings';
  const counted = async (): Promise<number> => {
    counter.take();
    dataOf(await own.app.api.get(`/bookings?include=${includes}`));
    return counter.take();
  };
  for (const hour of [9, 10]) dataOf(await own.app.api.post('/bookings', bookingOf(own.ida, hour)), 201);
  await counted();
  const few = await counted();
  for (const hour of [11, 12, 13, 14]) dataOf(await own.app.api.post('/bookings', bookingOf(own.per, hour)), 201);
  await counted();
  assert.equal(await counted(), few);
});

test('a key of one person books and sees him alone, and one of a web page sees nothing', async () => {
  const own = await openDesk(world);
  const { company, app, ida, per } = own;
  const appId = Number(await own.cell('SELECT id FROM booking_apps WHERE company_id = $1'));
  await company.admin.put('/users', [{ id: ida.userId, email: 'ida@example.test' }]);
  const keyOf = async (door: 'timekit-server' | 'timekit-client'): Promise<Timekit> => {
    const input = { companyId: company.id, userId: ida.userId, label: 'test', bookingAppId: appId, door };
    const key = await issueToken(world.services, input, present);
    return timekitWith(world, { authorization: basic(key, 'ida@example.test'), 'timekit-app': app.slug });
  };
  const [server, client] = [await keyOf('timekit-server'), await keyOf('timekit-client')];
  const mine = dataOf(await server.post('/bookings', bookingOf(ida, 9)), 201);
  const theirs = dataOf(await app.api.post('/bookings', bookingOf(per, 9)), 201);
  assert.deepEqual(ids(await server.get('/bookings')), [mine.id]);
  const slot = { start: at(15), end: at(16) };
  const refused: [string, Promise<Answer>, number][] = [
    ['another person’s booking', server.get(`/bookings/${theirs.id}`), 404],
    ['an action on it', server.put(`/bookings/${theirs.id}/cancel`, {}), 404],
    ['its move', server.post(`/bookings/${theirs.id}/reschedule`, { ...slot, resource_id: ida.uuid }), 404],
    ['its deletion', server.delete(`/bookings/${theirs.id}`), 404],
    ['another person', server.post('/bookings', bookingOf(per, 15)), 404],
    ['a reservation of another person', server.post('/bookings/reserve', { ...slot, resource_id: per.uuid }), 404],
    [
      'his own booking to another person',
      server.post(`/bookings/${mine.id}/reschedule`, { ...slot, resource_id: per.uuid }),
      404,
    ],
    ...[client, app.widget].flatMap((by): [string, Promise<Answer>, number][] => [
      ['a list', by.get('/bookings'), 403],
      ['one', by.get(`/bookings/${mine.id}`), 403],
      ['an action', by.put(`/bookings/${mine.id}/cancel`, {}), 403],
      ['a deletion', by.delete(`/bookings/${mine.id}`), 403],
      ['bulk', by.post('/bookings/bulk', {}), 403],
      ['bulk actions', by.put('/bookings/bulk', []), 403],
      ['a reservation', by.post('/bookings/reserve', {}), 403],
      ['an extension', by.put('/bookings/reserve/extend', {}), 403],
      ['one group', by.get(`/bookings/groups/${mine.id}`), 403],
    ]),
  ];
  for (const [what, answer, status] of refused) assert.equal((await answer).status, status, what);
  const moved = await server.post(`/bookings/${mine.id}/reschedule`, { ...slot, resource_id: ida.uuid });
  assert.equal(dataOf(moved).state, 'confirmed' as never);
  assert.equal(dataOf(await server.put(`/bookings/${mine.id}/cancel`, {})).state, 'cancelled' as never);
  const both = { bookings: [bookingOf(ida, 20), bookingOf(per, 20)], relate_bookings: true };
  const [his, hers] = dataOf(await app.api.post('/bookings/bulk', both), 201) as unknown as Json[];
  dataOf(await server.put(`/bookings/${his?.id}/cancel`, {}));
  assert.equal(dataOf(await app.api.get(`/bookings/${hers?.id}`)).state, 'confirmed' as never);
  dataOf(await client.post('/bookings', bookingOf(ida, 18)), 201);
  const group = dataOf(await app.api.post('/bookings', groupOf(per, 18)), 201);
  for (const by of [server, client]) assert.equal((await by.post('/bookings', seatOf(group))).status, 404);
});

test('what is over is deleted, and gone from every list; what is not, is not', async () => {
  const day = newDay();
  const booked = await post(on(desk.per, day, 9));
  const live = await api.delete(`/bookings/${booked.id}`);
  assert.deepEqual([live.status, Object.keys(live.body)], [422, ['error']]);
  await api.put(`/bookings/${booked.id}/cancel`, { cancel: { message: 'Ill' } });
  const { logs } = dataOf(await api.get(`/bookings/${booked.id}?include=logs`));
  assert.equal((logs as unknown as Json[])[1]?.message, 'Ill' as never);
  assert.equal((await api.delete(`/bookings/${booked.id}`)).status, 204);
  assert.equal((await api.delete(`/bookings/${booked.id}`)).status, 404);
  assert.ok(!ids(await api.get('/bookings?limit=1000')).includes(booked.id));
});

test('seats are taken and given back in their time', async () => {
  const own = await openDesk(world);
  const { api: mine, widget } = own.app;
  const settings = { max_seats: 2, min_booking_time: '2 hours', max_booking_time: '3 days', min_cancel_time: '1 day' };
  const group = dataOf(await mine.post('/bookings', groupOf(own.ida, 9, settings)), 201);
  const start = Date.parse(at(9)) / 1_000;
  const hour = 3_600;
  const listed = async (): Promise<number> => ids(await widget.get('/bookings/groups')).length;
  const tries: [hoursBefore: number, status: number][] = [
    [73, 422],
    [72, 201],
    [1, 422],
    [0, 422],
    [2, 201],
  ];
  const taken: unknown[] = [];
  for (const [before, status] of tries) {
    world.clock.set(start - before * hour);
    assert.equal(await listed(), status === 201 ? 1 : 0, `${before} listed`);
    const answer = await widget.post('/bookings?include=event,owner_booking,attributes', seatOf(group));
    assert.equal(answer.status, status, String(before));
    if (status === 201) taken.push(dataOf(answer, 201).id);
    else assert.deepEqual(Object.keys(answer.body.errors ?? {}), ['related.owner_booking_id']);
  }
  assert.equal(await listed(), 0, 'full');
  const late = await mine.put(`/bookings/${taken[0]}/cancel_by_customer`, {});
  assert.deepEqual(late.body, { error: 'It is too late to cancel.' });
  world.clock.set(start - 24 * hour);
  dataOf(await mine.put(`/bookings/${taken[0]}/cancel_by_customer`, {}));
  const seat = dataOf(
    await mine.get(`/bookings/${taken[1]}?include=event,owner_booking,attributes,resource,available_actions`),
  );
  assert.equal(seat.owner_booking?.id, group.id);
  assert.equal(seat.event?.start, at(9) as never);
  assert.equal(seat.attributes?.event_info?.start, at(9) as never);
  assert.equal(seat.resource?.id, own.ida.uuid as never);
  world.clock.set(present);
});

test('bookings in bulk: each by itself, until the first error, or all or none; related ones share what becomes of them', async () => {
  const day = newDay();
  const good = (hour: number): object => on(desk.per, day, hour);
  const bad = { ...good(9), what: '' };
  const send = (bookings: readonly object[], more: object = {}): Promise<Answer> =>
    api.post('/bookings/bulk?include=bulked_bookings', { bookings, ...more });
  const some = await send([good(9), bad, good(9), good(10)]);
  assert.equal((dataOf(some, 201) as unknown as Json[]).length, 2);
  assert.deepEqual(Object.keys(some.body.errors ?? {}), ['bookings.1.what', 'bookings.2.event']);
  const stopped = await send([good(11), bad, good(12)], { stop_on_first_error: true });
  assert.equal((dataOf(stopped, 201) as unknown as Json[]).length, 1);
  for (const second of [bad, good(9)]) {
    const none = await send([good(13), second, good(14)], { delete_all_on_error: true });
    assert.equal(none.status, 422);
    assert.match(Object.keys(none.body.errors ?? {}).join(), /^bookings\.1\./);
  }
  const related = await send([good(13), good(14), on(desk.ida, day, 13)], {
    delete_all_on_error: true,
    relate_bookings: true,
  });
  const all = dataOf(related, 201) as unknown as Json[];
  assert.equal(all.length, 3);
  const stateOf = async (booking: Json | undefined): Promise<unknown> =>
    dataOf(await api.get(`/bookings/${booking?.id}`)).state;
  await api.put(`/bookings/${all[0]?.id}/complete`, { apply_to_bulked_bookings: false });
  assert.equal(await stateOf(all[1]), 'confirmed');
  const shown = dataOf(await api.get(`/bookings/${all[1]?.id}?include=bulked_bookings`));
  assert.deepEqual(
    (shown.bulked_bookings as unknown as Json[]).map(({ id }) => id),
    [all[0]?.id, all[2]?.id],
  );
  await api.put(`/bookings/${all[1]?.id}/cancel`, {});
  assert.deepEqual([await stateOf(all[0]), await stateOf(all[2])], ['completed', 'cancelled']);
  const [first, second] = [await post(good(16)), await post(good(17))];
  const items = [
    { id: first.id, action: 'cancel' },
    { id: second.id, action: 'decline' },
    { id: 'x', action: 'cancel' },
    { id: second.id, action: 'complete' },
  ];
  for (const body of [items, { bookings: [{ id: second.id, action: 'complete' }] }]) {
    const answer = await api.put('/bookings/bulk', body);
    if (body === items) {
      assert.deepEqual(
        (dataOf(answer) as unknown as Json[]).map(({ state }) => state),
        ['cancelled', 'completed'] as never,
      );
      assert.deepEqual(Object.keys(answer.body.errors ?? {}), ['bookings.1.id', 'bookings.2.id']);
    } else assert.equal(answer.status, 422);
  }
  for (const body of [[], {}, { bookings: [] }, { bookings: [1] }, { bookings: 'x' }, [null], Array(101).fill({})]) {
    assert.equal((await api.put('/bookings/bulk', body)).status, 422, JSON.stringify(body).slice(0, 40));
  }
});

test('bad input is refused with the field that is at fault, and nothing is written', async () => {
  const day = newDay();
  const good = on(desk.per, day, 9) as Record<string, unknown>;
  const stranger = await openDesk(world);
  const foreign = dataOf(await stranger.app.api.post('/bookings', groupOf(stranger.ida, 9)), 201);
  const page = await pageOf(world, stranger);
  const instant = await post(on(desk.ida, day, 9));
  const count = (): Promise<string | null> => desk.cell('SELECT count(*) FROM bookings WHERE company_id = $1');
  const before = await count();
  const without = (name: string): object => ({ ...good, [name]: undefined });
  const cases: [what: string, body: unknown, status: number, fields: string][] = [
    ['no resource', without('resource_id'), 422, 'resource_id'],
    ['no start', without('start'), 422, 'start'],
    ['no end', without('end'), 422, 'end'],
    ['no what', without('what'), 422, 'what'],
    ['no customer', without('customer'), 422, 'customer'],
    ['nothing', {}, 422, 'resource_id,customer,what,start,end'],
    ['no name', { ...good, customer: { email: 'a@b.test' } }, 422, 'customer.name'],
    ['blank name', { ...good, customer: { name: ' ', email: 'a@b.test' } }, 422, 'customer.name'],
    ['no email', { ...good, customer: { name: 'A' } }, 422, 'customer.email'],
    ['bad email', { ...good, customer: { name: 'A', email: 'ab' } }, 422, 'customer.email'],
    ['customer text', { ...good, customer: 'A' }, 422, 'customer'],
    ['end before start', { ...good, end: at(8, 0, day) }, 422, 'end'],
    ['no length', { ...good, end: good.start }, 422, 'end'],
    ['longer than a year', { ...good, end: '2028-12-07T09:00:00Z' }, 422, 'end'],
    ['in the past', { ...good, start: '2026-11-23T08:59:59Z' }, 422, 'start'],
    ['no time', { ...good, start: 'tomorrow' }, 422, 'start'],
    ['a number', { ...good, start: 1_796_000_000 }, 422, 'start'],
    ['a day that is none', { ...good, start: '2026-02-30T09:00:00Z' }, 422, 'start'],
    ['unknown graph', { ...good, graph: 'straight' }, 422, 'graph'],
    ['inherited graph', { ...good, graph: 'constructor' }, 422, 'graph'],
    ['unknown action', { ...good, action: 'pay' }, 422, 'action'],
    ['an action not open', { ...good, graph: 'instant_payment', action: 'confirm' }, 422, 'action'],
    ['no seats', { ...good, graph: 'group_owner', settings: { max_seats: 0 } }, 422, 'settings.max_seats'],
    ['no length of time', { ...good, settings: { min_cancel_time: 'soon' } }, 422, 'settings.min_cancel_time'],
    ['no flag', { ...good, settings: { allow_double_bookings: 'x' } }, 422, 'settings.allow_double_bookings'],
    ['settings text', { ...good, settings: 'x' }, 422, 'settings'],
    ['meta list', { ...good, meta: [1] }, 422, 'meta'],
    ['participants text', { ...good, participants: 'a' }, 422, 'participants'],
    ['timeout', { ...good, timeout: { time: 1, unit: 'moons' } }, 422, 'timeout'],
    ['timeout below', { ...good, timeout: { time: 0, unit: 'mins' } }, 422, 'timeout.time'],
    ['what too long', { ...good, what: 'x'.repeat(256) }, 422, 'what'],
    ['description too long', { ...good, description: 'x'.repeat(10_001) }, 422, 'description'],
    ['a seat of nothing', { graph: 'group_customer', customer: ola }, 422, 'related'],
    ['a seat of none', { graph: 'group_customer', customer: ola, related: {} }, 422, 'related.owner_booking_id'],
    ['a seat of a visit', seatOf(instant), 422, 'related.owner_booking_id'],
    ['a reservation that is none', { ...good, reservation_id: 'x' }, 422, 'reservation_id'],
    ['taken', { ...good, resource_id: desk.ida.uuid }, 422, 'event'],
    ['unknown resource', { ...good, resource_id: 'x' }, 404, 'Resource'],
    ['a resource that is no text', { ...good, resource_id: { toString: 1 } }, 404, 'Resource'],
    ['a project that is no text', { ...good, project_id: { toString: 1 } }, 404, 'Project'],
    ['a calendar that is no text', { ...good, calendar_id: [] }, 404, 'Calendar'],
    ['foreign resource', { ...good, resource_id: stranger.ida.uuid }, 404, 'Resource'],
    ['foreign project', { ...good, project_id: page }, 404, 'Project'],
    ['foreign calendar', { ...good, calendar_id: stranger.ida.uuid }, 404, 'Calendar'],
    ['another’s calendar', { ...good, calendar_id: desk.ida.uuid }, 404, 'Calendar'],
    ['foreign group', seatOf(foreign), 404, 'Booking'],
    ['a list', [good], 422, 'body'],
    ['a character that is none', { ...good, what: 'a\0b' }, 422, ''],
  ];
  for (const [what, body, status, fields] of cases) {
    const answer = await api.post('/bookings', body);
    assert.equal(answer.status, status, `${what}: ${answer.text}`);
    const said = status === 404 ? String(answer.body.model) : Object.keys(answer.body.errors ?? {}).join();
    assert.deepEqual(said.split(',').sort(), fields.split(',').sort(), what);
  }
  assert.equal((await api.send('POST', '/bookings', '{')).status, 400);
  assert.equal((await api.post('/bookings', { ...good, description: 'x'.repeat(64_001) })).status, 413);
  const slot = { start: at(15, 0, day), end: at(16, 0, day), resource_id: desk.ida.uuid };
  const moves: [object, number, string][] = [
    [{}, 422, 'resource_id,start,end'],
    [{ ...slot, start: undefined }, 422, 'start'],
    [{ ...slot, end: undefined }, 422, 'end'],
    [{ ...slot, end: slot.start }, 422, 'end'],
    [{ ...slot, start: '2026-11-22T09:00:00Z' }, 422, 'start'],
    [{ ...slot, resource_id: stranger.ida.uuid }, 404, 'Resource'],
    [{ ...slot, message: {} }, 422, 'message'],
  ];
  for (const [body, status, fields] of moves) {
    for (const path of [`/bookings/${instant.id}/reschedule`, '/bookings/reserve']) {
      if (path.endsWith('reserve') && fields === 'message') continue;
      const answer = await api.post(path, body);
      assert.equal(answer.status, status, `${path} ${answer.text}`);
      const said = status === 404 ? String(answer.body.model) : Object.keys(answer.body.errors ?? {}).join();
      assert.deepEqual(said.split(',').sort(), fields.split(',').sort(), path);
    }
  }
  for (const seconds of [0, -1, 86_401, 'x']) {
    const answer = await api.post('/bookings/reserve', { ...slot, reservation_time: seconds });
    assert.deepEqual(Object.keys(answer.body.errors ?? {}), ['reservation_time'], String(seconds));
  }
  assert.deepEqual(Object.keys((await api.put('/bookings/reserve/extend', {})).body.errors ?? {}), ['reservation_id']);
  assert.equal((await api.put('/bookings/reserve/extend', { reservation_id: 'x' })).status, 404);
  assert.equal(await count(), before);
  const other = await post({ ...good, graph: 'confirm_decline' });
  assert.match(String((await api.post(`/bookings/${other.id}/reschedule`, slot)).body.error), /can not be rescheduled/);
});

test('a booking is not moved, or confirmed, onto time that is taken, and may be moved over its own', async () => {
  const day = newDay();
  const [mine, open] = [
    await post(on(desk.ida, day, 9)),
    await post(on(desk.ida, day, 12, { graph: 'confirm_decline' })),
  ];
  await post(on(desk.ida, day, 12));
  const slot = { resource_id: desk.ida.uuid, start: at(12, 30, day), end: at(13, 30, day) };
  for (const answer of [
    await api.post(`/bookings/${mine.id}/reschedule/`, slot),
    await api.put(`/bookings/${open.id}/confirm`, {}),
  ]) {
    assert.equal(answer.status, 422);
    assert.deepEqual(
      [Object.keys(answer.body), Object.keys(answer.body.errors ?? {})],
      [['errors', 'action'], ['event']],
    );
  }
  const shown = dataOf(await api.get(`/bookings/${mine.id}?include=attributes`));
  assert.equal(shown.attributes?.event_info?.start, at(9, 0, day) as never);
  const over = { ...slot, start: at(9, 30, day), end: at(10, 30, day) };
  dataOf(await api.post(`/bookings/${mine.id}/reschedule`, over));
  const local = { ...over, start: `2026-12-0${day}T18:00:00`, end: `2026-12-0${day}T19:00:00` };
  const inOslo = dataOf(await api.post(`/bookings/${mine.id}/reschedule?include=attributes`, local));
  assert.equal(inOslo.attributes?.event_info?.start, at(17, 0, day) as never, 'the zone of the resource');
  const inTokyo = await api.post(`/bookings/${mine.id}/reschedule?include=attributes`, local, {
    'timekit-timezone': 'Asia/Tokyo',
  });
  assert.equal(dataOf(inTokyo).attributes?.event_info?.start, `2026-12-0${day}T18:00:00+09:00` as never);
});

test('a key that everybody can see moves a booking to nobody whom its page does not offer', async () => {
  const { app, ida, per } = desk;
  const project = await pageOf(world, desk, { users: [ida] });
  const day = newDay();
  const booked = dataOf(await app.widget.post('/bookings', on(ida, day, 9, { project_id: project })), 201);
  const move = (by: Timekit, to: Bookable, hour: number): Promise<Answer> => {
    const slot = { start: at(hour, 0, day), end: at(hour + 1, 0, day) };
    return by.post(`/bookings/${booked.id}/reschedule`, { ...slot, resource_id: to.uuid });
  };
  const refused = await move(app.widget, per, 11);
  assert.deepEqual(
    [refused.status, refused.body.errors],
    [422, { resource_id: ['The selected resource is not one of the project.'] }],
  );
  dataOf(await move(app.widget, ida, 11));
  dataOf(await move(api, per, 12));
  // Whoever has it keeps it.
  dataOf(await move(app.widget, per, 13));
});

test('a key that is not public books beside an all-day event where it says so, others where the project does', async () => {
  const { ida, company, app } = desk;
  const day = newDay();
  const schedule = await scheduleOf(company);
  const start = `2026-12-${String(day).padStart(2, '0')}T09:00:00+01:00`;
  await schedule.make({
    all_day: true,
    start,
    end: undefined,
    timezone: 'Europe/Oslo',
    assigned_user_ids: [ida.userId],
  });
  const said = { settings: { ignore_all_day_events: true } };
  const [plain, inBooking, inSearch] = [
    await pageOf(world, desk),
    await pageOf(world, desk, { booking: { graph: 'instant', what: 'Visit', ...said } }),
    await pageOf(world, desk, { availability: { ignore_all_day_events: true } }),
  ];
  const cases: [of: Timekit, hour: number, more: object, status: number][] = [
    [api, 9, {}, 422],
    [api, 9, { settings: { ignore_all_day_events: 'perhaps' } }, 422],
    [api, 9, { settings: { ignore_all_day_events: false } }, 422],
    [api, 9, said, 201],
    [app.widget, 10, { project_id: plain }, 422],
    [app.widget, 10, { project_id: plain, ...said }, 422],
    [app.widget, 10, said, 422],
    [app.widget, 10, { project_id: inBooking }, 201],
    [app.widget, 11, { project_id: inSearch }, 201],
  ];
  for (const [index, [of, hour, more, status]] of cases.entries()) {
    assert.equal((await of.post('/bookings', on(ida, day, hour, more))).status, status, String(index));
  }
  const slot = { resource_id: ida.uuid, start: at(12, 0, day), end: at(13, 0, day) };
  assert.equal((await api.post('/bookings/reserve', slot)).status, 422);
  assert.equal((await api.post('/bookings/reserve', { ...slot, ...said })).status, 201);
});
