import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Json } from '../support/api.ts';
import {
  at,
  type Bookable,
  bookingOf,
  type Desk,
  dataOf,
  groupOf,
  openDesk,
  present,
  seatOf,
} from '../support/bookings.ts';
import { timekitApp } from '../support/timekit.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
let desk: Desk;

before(async () => {
  world = await openWorld({ shared: true, now: present });
});
beforeEach(async () => {
  desk = await openDesk(world);
});
after(() => world.close());

const book = async (person: Bookable, hour: number, more = {}): Promise<Json> =>
  dataOf(await desk.app.api.post('/bookings', bookingOf(person, hour, more)), 201);
const shown = async (id: Json | undefined): Promise<Json> =>
  dataOf(await desk.app.api.get(`/bookings/${id}?include=attributes,event,resource,logs`));
const eventOf = async (id: Json | undefined): Promise<number> =>
  Number(await desk.cell('SELECT event_id FROM bookings WHERE company_id = $1 AND uuid = $2', id));

/** Changes an event over the TSheets API, as whoever plans the schedule does; gives the status of the item. */
async function edit(id: number, change: object, person = desk.company.admin): Promise<Json> {
  const answer = await person.put('/schedule_events', [{ id, ...change }]);
  return answer.body.results?.schedule_events?.['1'] as Json;
}
/** 201 says that other rows changed, too. */
const status = (item: Json): number => (Number(item._status_code) === 201 ? 200 : Number(item._status_code));

test('what is agreed stands in the schedule of the person, published', async () => {
  const booking = await book(desk.ida, 9, { description: 'Bring the plan' });
  const answer = await desk.ida.get('/schedule_events', {
    ids: await eventOf(booking.id),
    schedule_calendar_ids: await calendarIds(),
  });
  const [event] = Object.values(answer.body.results?.schedule_events ?? {});
  assert.deepEqual(
    [
      event?.title,
      event?.location,
      event?.notes,
      event?.draft,
      event?.active,
      event?.timezone,
      event?.assigned_user_ids,
    ],
    ['Visit', 'Desk 1', 'Bring the plan', false, true, 'Europe/Oslo', [String(desk.ida.userId)]] as never,
  );
  const name = await desk.cell('SELECT name FROM schedule_calendars WHERE company_id = $1 AND for_bookings');
  assert.equal(name, 'Bookings');
  const door = await desk.cell(
    "SELECT via FROM history WHERE company_id = $1 AND resource = 'bookings' ORDER BY id LIMIT 1",
  );
  assert.equal(door, 'timekit');
});

async function calendarIds(): Promise<string> {
  return String(await desk.cell('SELECT string_agg(id::text, $2) FROM schedule_calendars WHERE company_id = $1', ','));
}
test('of bookings of an application in test mode nobody is told', async () => {
  const { company, ida, app } = desk;
  await company.setting('schedule', 'event_notify_email', 1);
  const trial = await timekitApp(world, company, { name: 'Trial', test: true });
  const waiting = (): Promise<string | null> =>
    desk.cell("SELECT count(*) FROM jobs WHERE company_id = $1 AND name = 'message'");
  const booked = await trial.api.post('/bookings', bookingOf(ida, 9));
  assert.equal(booked.headers.get('timekit-testmode'), 'true');
  const slot = { resource_id: ida.uuid, start: at(10), end: at(11) };
  dataOf(await trial.api.post(`/bookings/${dataOf(booked, 201).id}/reschedule`, slot));
  assert.equal(await waiting(), '0');
  dataOf(await app.api.post('/bookings', bookingOf(ida, 12)), 201);
  assert.notEqual(await waiting(), '0');
});

test('an event that is moved in the schedule moves its booking and the time that it holds', async () => {
  const booking = await book(desk.ida, 9);
  const event = await eventOf(booking.id);
  assert.equal(status(await edit(event, { start: at(15), end: at(17), title: 'Long visit' })), 200);
  const { attributes, event: place, logs } = await shown(booking.id);
  assert.deepEqual(attributes?.event_info, {
    start: at(15),
    end: at(17),
    what: 'Long visit',
    where: 'Desk 1',
    description: '',
    calendar_id: desk.ida.uuid,
    participants: [],
  });
  assert.equal(place?.start, at(15) as never);
  assert.deepEqual(
    (logs as unknown as Json[]).map(({ action }) => action),
    ['create', 'reschedule'] as never,
  );
  await book(desk.ida, 9);
  assert.equal((await desk.app.api.post('/bookings', bookingOf(desk.ida, 16))).status, 422);
  // To say something else of it is not to move it.
  assert.equal(status(await edit(event, { notes: 'Ring twice' })), 200);
  assert.equal((await shown(booking.id)).attributes?.event_info?.description, 'Ring twice' as never);
});

test('an event is not moved onto time that another booking holds', async () => {
  const [first, second] = [await book(desk.ida, 9), await book(desk.ida, 12)];
  const event = await eventOf(second.id);
  for (const change of [
    { start: at(9), end: at(10) },
    { start: at(9, 30), end: at(9, 45) },
  ]) {
    const item = await edit(event, change);
    assert.equal(status(item), 417);
    assert.match(String(item._status_extra), /Another booking holds this time/);
  }
  assert.equal((await shown(second.id)).attributes?.event_info?.start, at(12) as never);
  // Side by side they may stand; and a swap by one request is two moves, each refused.
  assert.equal(status(await edit(event, { start: at(10), end: at(11) })), 200);
  const swap = await desk.company.admin.put('/schedule_events', [
    { id: event, start: at(9), end: at(10) },
    { id: await eventOf(first.id), start: at(10), end: at(11) },
  ]);
  for (const item of Object.values(swap.body.results?.schedule_events ?? {})) assert.equal(status(item), 417);
});

test('two events that one request moves onto the same time: the first is moved, the second is not', async () => {
  const events = [await eventOf((await book(desk.ida, 9)).id), await eventOf((await book(desk.ida, 12)).id)];
  const answer = await desk.company.admin.put(
    '/schedule_events',
    events.map((id) => ({ id, start: at(18), end: at(19) })),
  );
  const items = Object.values(answer.body.results?.schedule_events ?? {}) as Json[];
  assert.deepEqual(items.map(status), [200, 417]);
});

test('a reservation keeps events away until it has expired', async () => {
  const booking = await book(desk.ida, 9);
  const slot = { resource_id: desk.ida.uuid, start: at(12), end: at(13), reservation_time: 60 };
  dataOf(await desk.app.api.post('/bookings/reserve', slot), 201);
  const event = await eventOf(booking.id);
  assert.equal(status(await edit(event, { start: at(12), end: at(13) })), 417);
  world.clock.set(present + 61);
  assert.equal(status(await edit(event, { start: at(12), end: at(13) })), 200);
  world.clock.set(present);
});

test('an event that is handed to somebody else takes its booking along, where he is free', async () => {
  const booking = await book(desk.ida, 9);
  await book(desk.per, 12);
  const event = await eventOf(booking.id);
  assert.equal(status(await edit(event, { assigned_user_ids: [desk.per.userId], start: at(12), end: at(13) })), 417);
  assert.equal(status(await edit(event, { assigned_user_ids: [desk.per.userId] })), 200);
  assert.equal((await shown(booking.id)).resource?.id, desk.per.uuid as never);
  assert.equal((await desk.app.api.post('/bookings', bookingOf(desk.per, 9))).status, 422);
  await book(desk.ida, 9);
});

test('somebody who is put on an event besides changes nothing for the booking; who is taken off cancels it', async () => {
  const booking = await book(desk.ida, 9);
  const event = await eventOf(booking.id);
  assert.equal(status(await edit(event, { assigned_user_ids: [desk.ida.userId, desk.per.userId] })), 200);
  assert.equal((await shown(booking.id)).state, 'confirmed' as never);
  const moved = await desk.app.api.post(`/bookings/${booking.id}/reschedule`, {
    resource_id: desk.ida.uuid,
    start: at(11),
    end: at(12),
  });
  assert.equal(dataOf(moved).state, 'confirmed' as never);
  const other = await desk.cell(
    'SELECT id FROM schedule_events WHERE company_id = $1 AND assignee_id = $2 AND start_at = $3',
    desk.per.userId,
    at(11),
  );
  assert.ok(other !== null, 'the other one comes along');
  assert.equal(status(await edit(Number(other), { assigned_user_ids: [desk.per.userId] })), 200);
  assert.equal((await shown(booking.id)).state, 'cancelled' as never);
});

test('an event that is switched off cancels its booking, with the seats of a group', async () => {
  const booking = await book(desk.ida, 9);
  assert.equal(status(await edit(await eventOf(booking.id), { active: false })), 200);
  const { state, event, logs } = await shown(booking.id);
  assert.deepEqual([state, event], ['cancelled', null] as never);
  assert.deepEqual(
    (logs as unknown as Json[]).map(({ action }) => action),
    ['create', 'cancel'] as never,
  );
  await book(desk.ida, 9);
  const group = dataOf(await desk.app.api.post('/bookings', groupOf(desk.per, 9)), 201);
  const seat = dataOf(await desk.app.api.post('/bookings', seatOf(group)), 201);
  const planned = await eventOf(group.id);
  assert.equal(status(await edit(planned, { start: at(13), end: at(14) })), 200);
  assert.equal((await shown(seat.id)).attributes?.event_info?.start, at(13) as never);
  assert.equal((await shown(seat.id)).event?.start, at(13) as never);
  assert.equal(status(await edit(planned, { active: false })), 200);
  assert.equal((await shown(seat.id)).state, 'cancelled_by_owner' as never);
  // What is over is followed no more.
  assert.equal(status(await edit(planned, { active: true, start: at(6), end: at(7) })), 200);
  assert.equal((await shown(group.id)).state, 'cancelled' as never);
});

test('the event of a booking becomes no draft, is nobody’s never, and lasts', async () => {
  const event = await eventOf((await book(desk.ida, 9)).id);
  const cases: [change: object, says: RegExp][] = [
    [{ draft: true }, /draft/],
    [{ assigned_user_ids: '' }, /assigned to somebody/],
    [{ end: at(9) }, /end after its start/],
  ];
  for (const [change, says] of cases) {
    const item = await edit(event, change);
    assert.equal(status(item), 417, JSON.stringify(change));
    assert.match(String(item._status_extra), says);
  }
});

test('what is tentative, or allowed beside others, keeps nobody away; plain events and time off keep bookings away', async () => {
  await book(desk.ida, 9, { graph: 'confirm_decline' });
  const event = await eventOf((await book(desk.ida, 12)).id);
  assert.equal(status(await edit(event, { start: at(9), end: at(10) })), 200);
  await book(desk.ida, 9, { settings: { allow_double_bookings: true } });
  await desk.company.admin.post('/schedule_events', [
    {
      schedule_calendar_id: Number((await calendarIds()).split(',')[0]),
      assigned_user_ids: [desk.ida.userId],
      start: at(15),
      end: at(16),
      title: 'Inventory',
    },
  ]);
  const refused = await desk.app.api.post('/bookings', bookingOf(desk.ida, 15));
  assert.equal(refused.status, 422);
  assert.deepEqual(Object.keys(refused.body.errors ?? {}), ['event']);
});

test('somebody who is archived keeps his bookings and gets no new ones', async () => {
  const booking = await book(desk.ida, 9);
  const other = await book(desk.per, 12);
  await desk.company.admin.put('/users', [{ id: desk.ida.userId, active: false }]);
  assert.equal((await shown(booking.id)).state, 'confirmed' as never);
  const slot = { resource_id: desk.ida.uuid, start: at(15), end: at(16) };
  for (const answer of [
    await desk.app.api.post('/bookings', bookingOf(desk.ida, 15)),
    await desk.app.api.post('/bookings/reserve', slot),
    await desk.app.api.post(`/bookings/${other.id}/reschedule`, slot),
  ]) {
    assert.equal(answer.status, 404);
    assert.deepEqual(answer.body, { error: 'Resource does not exist', model: 'Resource' });
  }
  assert.equal(dataOf(await desk.app.api.put(`/bookings/${booking.id}/cancel`, {})).state, 'cancelled' as never);
});
