import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Json } from '../support/api.ts';
import { bookingOf, type Desk, dataOf, groupOf, openDesk, present, seatOf } from '../support/bookings.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
let desk: Desk;
let group: Json;

before(async () => {
  world = await openWorld({ shared: true, now: present });
  desk = await openDesk(world);
  group = dataOf(await desk.app.api.post('/bookings', groupOf(desk.per, 9)), 201);
});
after(() => world.close());

const actions = [
  ...['confirm', 'decline', 'pay', 'timeout', 'cancel', 'cancel_by_customer', 'cancel_by_owner'],
  ...['reschedule_by_customer', 'complete'],
];
const agreed =
  'cancel:cancelled cancel_by_customer:cancelled_by_customer complete:completed reschedule_by_customer:rescheduled_by_customer';
const seated = 'complete:completed cancel_by_customer:cancelled_by_customer cancel_by_owner:cancelled_by_owner';

/** [graph, the action that leads to the state, state, what leads where from it, whether it holds the time, whether it is planned]. */
const table: readonly (readonly [string, string | undefined, string, string, boolean, boolean])[] = [
  ['instant', undefined, 'confirmed', agreed, true, true],
  ['confirm_decline', undefined, 'tentative', 'confirm:confirmed decline:declined', false, false],
  ['confirm_decline', 'confirm', 'confirmed', agreed, true, true],
  ['instant_payment', undefined, 'tentative', 'pay:paid timeout:unpaid', true, false],
  ['instant_payment', 'pay', 'paid', 'cancel:cancelled complete:completed', true, true],
  ['group_owner', undefined, 'tentative', 'cancel:cancelled complete:completed', true, true],
  ['group_customer', undefined, 'confirmed', seated, false, false],
  [
    'group_customer_payment',
    undefined,
    'tentative',
    'pay:paid timeout:unpaid cancel_by_customer:cancelled_by_customer cancel_by_owner:cancelled_by_owner',
    false,
    false,
  ],
  ['group_customer_payment', 'pay', 'paid', seated, false, false],
];

async function make(graph: string, action: string | undefined): Promise<Json> {
  const { app, ida } = desk;
  const isSeat = graph.startsWith('group_customer');
  const asked =
    graph === 'group_owner' ? groupOf(ida, 12) : isSeat ? seatOf(group, { graph }) : bookingOf(ida, 12, { graph });
  const made = dataOf(await app.api.post('/bookings', asked), 201);
  return action === undefined ? made : dataOf(await app.api.put(`/bookings/${made.id}/${action}`, {}));
}

const holdsOf = (id: Json | undefined): Promise<string | null> =>
  desk.cell(
    `SELECT count(*) FROM booking_holds h JOIN bookings b ON b.company_id = h.company_id AND b.id = h.booking_id
     WHERE b.company_id = $1 AND b.uuid = $2`,
    id,
  );
const planned = (id: Json | undefined): Promise<string | null> =>
  desk.cell(
    `SELECT count(*) FROM schedule_events e JOIN bookings b ON b.company_id = e.company_id AND b.event_id = e.id
     WHERE b.company_id = $1 AND b.uuid = $2 AND e.active AND NOT e.draft`,
    id,
  );

/** Frees the time of Ida, whatever became of her bookings. */
async function clear(): Promise<void> {
  const { userId } = desk.ida;
  await desk.cell(
    "UPDATE bookings SET state = 'error' WHERE company_id = $1 AND user_id = $2 AND NOT completed",
    userId,
  );
  await desk.cell('DELETE FROM booking_holds WHERE company_id = $1 AND user_id = $2', userId);
  await desk.cell('UPDATE schedule_events SET active = FALSE WHERE company_id = $1 AND assignee_id = $2', userId);
}

for (const [graph, step, state, steps, holds, stands] of table) {
  test(`${graph} that is ${state}: every action is taken or refused`, async () => {
    const { api } = desk.app;
    const open = new Map(steps.split(' ').map((text) => text.split(':') as [string, string]));
    let booking = await make(graph, step);
    assert.equal(booking.state, state as never);
    const shown = dataOf(await api.get(`/bookings/${booking.id}?include=available_actions`));
    assert.deepEqual(
      new Set(shown.available_actions as unknown as string[]),
      new Set([...open.keys()].filter((action) => action !== 'timeout')),
    );
    assert.equal(await holdsOf(booking.id), holds ? '1' : '0');
    assert.equal(await planned(booking.id), stands ? '1' : '0');
    for (const action of actions) {
      const to = open.get(action);
      if (to === undefined) {
        const answer = await api.put(`/bookings/${booking.id}/${action}`, {});
        assert.equal(answer.status, 422, `${action}: ${answer.text}`);
        assert.deepEqual(Object.keys(answer.body), ['error']);
        assert.equal(dataOf(await api.get(`/bookings/${booking.id}`)).state, state as never);
        continue;
      }
      const done = dataOf(await api.put(`/bookings/${booking.id}/${action}`, {}));
      assert.equal(done.state, to as never, action);
      const over = !['confirmed', 'paid'].includes(to);
      assert.equal(done.completed, over as never, action);
      // What took place stays in the schedule.
      const isSeat = graph.startsWith('group_customer');
      assert.equal(await holdsOf(booking.id), over || isSeat ? '0' : '1', action);
      assert.equal(await planned(booking.id), isSeat || (over && !(stands && to === 'completed')) ? '0' : '1', action);
      await clear();
      booking = await make(graph, step);
    }
    await clear();
  });
}

test('actions that do not exist, and bookings that do not, are told apart from each other', async () => {
  const { api } = desk.app;
  const booking = await make('group_customer', undefined);
  for (const action of ['fly', 'constructor', 'create', 'error']) {
    const answer = await api.put(`/bookings/${booking.id}/${action}`, {});
    assert.equal(answer.status, 422, action);
    assert.match(String(answer.body.error), /no action/);
  }
  const foreign = await openDesk(world);
  const elsewhere = dataOf(await foreign.app.api.post('/bookings', bookingOf(foreign.ida, 9)), 201);
  for (const id of [elsewhere.id, 'x', '00000000-0000-0000-0000-000000000000']) {
    for (const answer of [
      await api.get(`/bookings/${id}`),
      await api.delete(`/bookings/${id}`),
      await api.put(`/bookings/${id}/cancel`, {}),
      await api.post(`/bookings/${id}/reschedule`, {}),
      await api.get(`/bookings/groups/${id}`),
    ]) {
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, { error: 'Resource does not exist', model: 'Booking' });
    }
  }
});

test('a group that is cancelled or completed ends its seats, and a seat that is given back can be taken', async () => {
  const { api } = desk.app;
  const shownOf = async (id: Json | undefined): Promise<Json> =>
    dataOf(await api.get(`/bookings/${id}?include=attributes`));
  for (const [action, ends] of [
    ['cancel', ['cancelled_by_owner', 'cancelled_by_owner', 'cancelled_by_owner']],
    ['complete', ['completed', 'unpaid', 'completed']],
  ] as const) {
    const own = dataOf(await api.post('/bookings', groupOf(desk.ida, 15, { max_seats: 3 })), 201);
    const seat = async (graph: string): Promise<Json> =>
      dataOf(await api.post('/bookings', seatOf(own, { graph })), 201);
    const seats = [await seat('group_customer'), await seat('group_customer_payment'), await seat('group_customer')];
    const full = await api.post('/bookings', seatOf(own));
    assert.equal(full.status, 422);
    assert.deepEqual(full.body, { errors: { 'related.owner_booking_id': ['All seats are taken.'] } });
    const [, , last] = seats;
    await api.put(`/bookings/${last?.id}/cancel_by_customer`, {});
    assert.equal((await shownOf(own.id)).attributes?.group_booking?.current_seats, 2 as never);
    seats[2] = await seat('group_customer');
    dataOf(await api.put(`/bookings/${own.id}/${action}`, {}));
    for (const [index, state] of ends.entries()) {
      assert.equal((await shownOf(seats[index]?.id)).state, state as never, `${action} ${index}`);
    }
    assert.equal((await api.post('/bookings', seatOf(own))).status, 422);
    await clear();
  }
});
