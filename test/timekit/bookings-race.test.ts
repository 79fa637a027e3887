import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, bookingOf, type Desk, dataOf, groupOf, openDesk, present, seatOf } from '../support/bookings.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
let desk: Desk;

before(async () => {
  world = await openWorld({ shared: true, now: present });
  desk = await openDesk(world);
});
after(() => world.close());

const countOf = async (what: string, userId: number): Promise<number> => Number(await desk.cell(what, userId));
const holds = 'SELECT count(*) FROM booking_holds WHERE company_id = $1 AND user_id = $2';
const events = 'SELECT count(*) FROM schedule_events WHERE company_id = $1 AND assignee_id = $2 AND active';
const bookings = 'SELECT count(*) FROM bookings WHERE company_id = $1 AND user_id = $2';

/** How many confirmed bookings do not hold their time, or do not stand in the schedule, as they are. */
function askew(of: Desk): Promise<string | null> {
  return of.cell(`SELECT count(*) FROM bookings b
    LEFT JOIN booking_holds h ON h.company_id = b.company_id AND h.booking_id = b.id
    LEFT JOIN schedule_events e ON e.company_id = b.company_id AND e.id = b.event_id AND e.active
    WHERE b.company_id = $1 AND b.state = 'confirmed' AND (h.during, e.start_at, e.end_at, e.assignee_id, h.user_id)
      IS DISTINCT FROM (tstzrange(b.start_at, b.end_at, '[)'), b.start_at, b.end_at, b.user_id, b.user_id)`);
}

test('of a hundred who book one slot at once, one gets it', async () => {
  const { app, ida } = desk;
  const answers = await Promise.all(Array.from({ length: 100 }, () => app.api.post('/bookings', bookingOf(ida, 9))));
  const refused = answers.filter(({ status }) => status !== 201);
  assert.equal(refused.length, 99);
  for (const { status, body } of refused) {
    assert.equal(status, 422);
    assert.deepEqual(Object.keys(body), ['errors', 'action']);
    assert.deepEqual(Object.keys(body.errors ?? {}), ['event']);
  }
  for (const what of [holds, events, bookings]) assert.equal(await countOf(what, ida.userId), 1, what);
});

test('of bookings that are moved, confirmed and reserved onto one slot at once, one gets it', async () => {
  const { app, ida, per } = desk;
  const slot = { resource_id: per.uuid, start: at(12), end: at(13) };
  const here = [6, 7, 8, 9].map((hour) => app.api.post('/bookings', bookingOf(per, hour)));
  const elsewhere = [6, 7, 8].map((hour) => app.api.post('/bookings', bookingOf(ida, hour)));
  const open = Array.from({ length: 8 }, () =>
    app.api.post('/bookings', bookingOf(per, 12, { graph: 'confirm_decline' })),
  );
  const idOf = async (answer: (typeof here)[number]): Promise<unknown> => dataOf(await answer, 201).id;
  const moved = await Promise.all([...here, ...elsewhere].map(idOf));
  const tentative = await Promise.all(open.map(idOf));
  const answers = await Promise.all([
    ...moved.map((id) => app.api.post(`/bookings/${id}/reschedule/`, slot)),
    ...tentative.map((id) => app.api.put(`/bookings/${id}/confirm`, {})),
    ...Array.from({ length: 8 }, () => app.api.post('/bookings/reserve', slot)),
    ...Array.from({ length: 8 }, () => app.api.post('/bookings', bookingOf(per, 12))),
  ]);
  const statuses = answers.map(({ status }) => status);
  assert.equal(statuses.filter((status) => status < 300).length, 1, statuses.join(' '));
  assert.ok(
    statuses.every((status) => status < 300 || status === 422),
    statuses.join(' '),
  );
  const taken = await desk.cell(
    "SELECT count(*) FROM booking_holds WHERE company_id = $1 AND user_id = $2 AND during && tstzrange($3, $4, '[)')",
    per.userId,
    slot.start,
    slot.end,
  );
  assert.equal(taken, '1');
  assert.equal(await askew(desk), '0');
});

test('of events that are moved in the schedule and bookings onto one slot at once, one gets it, and none hangs', async () => {
  const own = await openDesk(world);
  const { api } = own.app;
  const made = [6, 7, 8, 9].map((hour) => api.post('/bookings', bookingOf(own.ida, hour)));
  const ids = await Promise.all(made.map(async (answer) => dataOf(await answer, 201).id));
  const event = 'SELECT event_id FROM bookings WHERE company_id = $1 AND uuid = $2';
  const events = await Promise.all(ids.map(async (id) => Number(await own.cell(event, id))));
  const slot = { start: at(20), end: at(21) };
  const [planned, booked, touched] = await Promise.all([
    Promise.all(events.map((id) => own.company.admin.put('/schedule_events', [{ id, ...slot }]))),
    Promise.all(Array.from({ length: 6 }, () => api.post('/bookings', bookingOf(own.ida, 20)))),
    // The same bookings, from the other side.
    Promise.all(
      ids.map((id) =>
        api.post(`/bookings/${id}/reschedule`, { resource_id: own.ida.uuid, start: at(21), end: at(22) }),
      ),
    ),
  ]);
  const codes = planned.map(({ body }) => Number(body.results?.schedule_events?.['1']?._status_code));
  const statuses = [...booked, ...touched].map(({ status }) => status);
  assert.ok(
    codes.every((code) => [200, 409, 417].includes(code)),
    codes.join(' '),
  );
  assert.ok(
    statuses.every((status) => [200, 201, 422].includes(status)),
    statuses.join(' '),
  );
  for (const hour of [20, 21]) {
    const taken = await own.cell(
      "SELECT count(*) FROM booking_holds WHERE company_id = $1 AND user_id = $2 AND during && tstzrange($3, $4, '[)')",
      own.ida.userId,
      at(hour),
      at(hour + 1),
    );
    assert.equal(taken, '1', String(hour));
  }
  assert.equal(await askew(own), '0');
});

test('the database itself lets no two exclusive holds of a person overlap', async () => {
  const { ida, per } = desk;
  const hold = (userId: number, from: number, to: number, exclusive = true): Promise<unknown> =>
    desk.cell(
      `INSERT INTO booking_holds (company_id, user_id, during, reservation, app_id, expires_at, exclusive)
       SELECT $1, $2, tstzrange($3, $4, '[)'), gen_random_uuid(), min(id), $4, $5 FROM booking_apps WHERE company_id = $1`,
      userId,
      at(from, 0, 20),
      at(to, 0, 20),
      exclusive,
    );
  const once = { code: 'constraint:booking_holds_once' };
  await hold(ida.userId, 9, 10);
  await assert.rejects(hold(ida.userId, 9, 10), once);
  await assert.rejects(hold(ida.userId, 8, 11), once);
  // One may begin when the other ends; somebody else, and who does not mind, may at any time.
  await hold(ida.userId, 10, 11);
  await hold(per.userId, 9, 10);
  await hold(ida.userId, 9, 10, false);
});

test('of many who take the last seats of a group at once, as many get one as there are', async () => {
  const { app, ida } = desk;
  const group = await app.api.post('/bookings', {
    ...bookingOf(ida, 18, { customer: undefined }),
    graph: 'group_owner',
    settings: { max_seats: 3 },
  });
  const { id } = dataOf(group, 201);
  const seat = {
    graph: 'group_customer',
    related: { owner_booking_id: id },
    customer: { name: 'O', email: 'o@e.test' },
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.api.post('/bookings', seat)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 3);
  assert.ok(answers.every(({ status }) => status === 201 || status === 422));
  const shown = dataOf(await app.api.get(`/bookings/groups/${id}`));
  assert.deepEqual(shown.attributes?.group_booking, { max_seats: 3, current_seats: 3 });
});

test('seats of several groups that are taken together, in whatever order, keep nobody waiting for the other', async () => {
  const { app, ida } = await openDesk(world);
  const made = await Promise.all([6, 7, 8].map((hour) => app.api.post('/bookings', groupOf(ida, hour))));
  const groups = made.map((answer) => dataOf(answer, 201));
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => {
      const order = index % 2 === 0 ? groups : groups.toReversed();
      return app.api.post('/bookings/bulk', {
        delete_all_on_error: true,
        bookings: order.map((group) => seatOf(group)),
      });
    }),
  );
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(statuses, Array(12).fill(201));
});
