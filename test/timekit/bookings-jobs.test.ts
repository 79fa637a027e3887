import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Json } from '../support/api.ts';
import { at, bookingOf, type Desk, dataOf, groupOf, openDesk, present, seatOf } from '../support/bookings.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
let desk: Desk;

before(async () => {
  world = await openWorld({ now: present });
  desk = await openDesk(world);
});
after(() => world.close());

const seconds = (text: string): number => Date.parse(text) / 1_000;
const post = async (body: object): Promise<Json> => dataOf(await desk.app.api.post('/bookings', body), 201);
const stateOf = async (id: Json | undefined): Promise<unknown> =>
  dataOf(await desk.app.api.get(`/bookings/${id}`)).state;
const lastLog = (id: Json | undefined): Promise<string | null> =>
  desk.cell(
    `SELECT concat_ws(' ', l.action, l.from_state, l.to_state, coalesce(l.by_user_id::text, 'server'))
     FROM booking_log l JOIN bookings b ON b.company_id = l.company_id AND b.id = l.booking_id
     WHERE b.company_id = $1 AND b.uuid = $2 ORDER BY l.id DESC LIMIT 1`,
    id,
  );

test('a payment is awaited for five minutes or as long as is said; then the time is free again', async () => {
  const { api } = desk.app;
  const group = await post(groupOf(desk.per, 9, { max_seats: 1 }));
  const usual = await post(bookingOf(desk.ida, 9, { graph: 'instant_payment' }));
  const long = await post(bookingOf(desk.ida, 12, { graph: 'instant_payment', timeout: { time: 2, unit: 'hours' } }));
  const seat = await post(seatOf(group, { graph: 'group_customer_payment' }));
  await world.runJobs(present + 240);
  assert.equal(await stateOf(usual.id), 'tentative');
  // Even before the job comes by, what is overdue is neither paid nor in the way.
  world.clock.set(present + 300);
  const late = await api.put(`/bookings/${usual.id}/pay`, { pay: { payment_id: 'p1' } });
  assert.deepEqual([late.status, late.body], [422, { error: 'The time to pay is over.' }]);
  const other = await post(bookingOf(desk.ida, 9));
  await world.runJobs(present + 360);
  assert.deepEqual(
    [await stateOf(usual.id), await stateOf(seat.id), await stateOf(long.id)],
    ['unpaid', 'unpaid', 'tentative'],
  );
  assert.equal(await lastLog(usual.id), 'timeout tentative unpaid server');
  assert.equal(await stateOf(other.id), 'confirmed');
  assert.equal(
    dataOf(await api.get(`/bookings/groups/${group.id}`)).attributes?.group_booking?.current_seats,
    0 as never,
  );
  const paid = dataOf(await api.put(`/bookings/${long.id}/pay`, { pay: { payment_id: 'p2' } }));
  assert.equal(paid.state, 'paid' as never);
  const id = await desk.cell('SELECT payment_id FROM bookings WHERE company_id = $1 AND uuid = $2', long.id);
  assert.equal(id, 'p2');
  await world.runJobs(present + 9_000);
  assert.equal(await stateOf(long.id), 'paid');
  await api.put(`/bookings/${group.id}/cancel`, {});
});

test('a reservation expires, is extended, and becomes a booking', async () => {
  const { api } = desk.app;
  const start = world.clock.now();
  const slot = { resource_id: desk.ida.uuid, start: at(15), end: at(16), reservation_time: 120 };
  const first = dataOf(await api.post('/bookings/reserve', slot), 201);
  assert.deepEqual(Object.keys(first), ['id', 'start', 'end', 'expires_at']);
  assert.equal(seconds(String(first.expires_at)), start + 120);
  assert.equal((await api.post('/bookings', bookingOf(desk.ida, 15))).status, 422);
  const extended = dataOf(
    await api.put('/bookings/reserve/extend', { reservation_id: first.id, reservation_time: 600 }),
  );
  assert.equal(seconds(String(extended.expires_at)), start + 600);
  world.clock.set(start + 500);
  assert.equal((await api.post('/bookings/reserve', slot)).status, 422);
  world.clock.set(start + 600);
  const gone = await api.put('/bookings/reserve/extend', { reservation_id: first.id });
  assert.deepEqual([gone.status, gone.body], [404, { error: 'Resource does not exist', model: 'Reservation' }]);
  const stale = await api.post('/bookings', bookingOf(desk.ida, 15, { reservation_id: first.id }));
  assert.deepEqual(Object.keys(stale.body.errors ?? {}), ['reservation_id']);
  const second = dataOf(await api.post('/bookings/reserve', slot), 201);
  await post(bookingOf(desk.ida, 15, { reservation_id: second.id }));
  assert.equal((await api.post('/bookings', bookingOf(desk.ida, 15, { reservation_id: second.id }))).status, 422);
  const unused = dataOf(await api.post('/bookings/reserve', { ...slot, start: at(17), end: at(18) }), 201);
  await world.runJobs(world.clock.now() + 240);
  const left = await desk.cell(
    'SELECT count(*) FROM booking_holds WHERE company_id = $1 AND reservation = $2',
    unused.id,
  );
  assert.equal(left, '0');
});

test('an hour after its end a booking completes by itself, unless that is switched off', async () => {
  const { api } = desk.app;
  const [{ id }, kept, open, group] = [
    await post(bookingOf(desk.per, 18)),
    await post(bookingOf(desk.per, 19, { auto_complete_one_hour_after_booking_ends: { enabled: false } })),
    await post(bookingOf(desk.per, 16, { graph: 'confirm_decline' })),
    await post(groupOf(desk.per, 17)),
  ];
  const seat = await post(seatOf(group));
  const hour = 3_600;
  await world.runJobs(seconds(at(18)) + 2 * hour - 60);
  assert.equal(await stateOf(id), 'confirmed');
  assert.deepEqual([await stateOf(group.id), await stateOf(seat.id)], ['completed', 'completed']);
  await world.runJobs(seconds(at(19)) + 3 * hour);
  assert.deepEqual(
    [await stateOf(id), await stateOf(kept.id), await stateOf(open.id)],
    ['completed', 'confirmed', 'tentative'],
  );
  assert.equal(await lastLog(id), 'complete confirmed completed server');
  const events = dataOf(await api.get(`/bookings/${id}?include=event`)).event;
  assert.equal(events?.what, 'Visit' as never);
  const before = await desk.cell('SELECT count(*) FROM booking_log WHERE company_id = $1');
  await world.runJobs(world.clock.now() + 3 * hour);
  assert.equal(
    await desk.cell('SELECT count(*) FROM booking_log WHERE company_id = $1'),
    before,
    'nothing happens twice',
  );
});
