import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setSettings } from '../../src/resources/effective-settings/queries.ts';
import { statementCounter } from '../conformance/counting.ts';
import type { Answer, Json } from '../support/api.ts';
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
import { resourceId, type Timekit } from '../support/timekit.ts';
import { openWorld, type World } from '../support/world.ts';

const counter = statementCounter();
let world: World;
let desk: Desk;
let api: Timekit;

before(async () => {
  world = await openWorld({ now: present, decorate: counter.decorate });
  desk = await openDesk(world);
  api = desk.app.api;
});
after(() => world.close());

/** Gives the application these rates, and nobody any booking. */
async function rates(resource: object, customer: object = {}): Promise<void> {
  const settings = JSON.stringify({ resource_rate_limits: resource, customer_rate_limits: customer });
  await desk.cell('UPDATE booking_apps SET settings = $2 WHERE company_id = $1', settings);
  await desk.cell('DELETE FROM booking_holds WHERE company_id = $1');
  await desk.cell('UPDATE bookings SET active = FALSE, event_id = NULL WHERE company_id = $1');
  await desk.cell('UPDATE schedule_events SET active = FALSE WHERE company_id = $1');
  world.services.cache.forget(desk.company.id);
}

let customers = 0;
/** An hour from this one on, of a day of December, for somebody new unless `more` names him. */
const body = (of: Bookable, day: number, hour: number, more: object = {}): object =>
  bookingOf(of, hour, {
    start: at(hour, 0, day),
    end: at(hour + 1, 0, day),
    customer: { name: 'Ola', email: `ola${customers++}@example.test` },
    ...more,
  });
const book = (...args: Parameters<typeof body>): Promise<Answer> => api.post('/bookings', body(...args));
const booked = async (...args: Parameters<typeof body>): Promise<Json> => dataOf(await book(...args), 201);

function refused(answer: Answer, whose: string, number: string, period: string): void {
  assert.equal(answer.status, 422, answer.text);
  const sentence = `The ${whose} already has ${number} that ${period}, and may not have more.`;
  assert.deepEqual(answer.body, { errors: { event: [sentence] }, action: 'save_booking_data' } as object);
}

/** Days of December on which somebody is offered. */
async function daysOf(of: Bookable, path = '/availability/dates'): Promise<number[]> {
  const asked = { resources: [of.uuid], from: '2026-12-01', to: '2026-12-04', output_timezone: 'Europe/Oslo' };
  const days = dataOf(await api.post(path, asked)) as unknown as { date: string }[];
  return days.map(({ date }) => Number(date.slice(-2)));
}

test('a person has no more bookings a day than his application allows, and is not offered then', async () => {
  const { ida, per } = desk;
  await rates({ day: 2 });
  const first = await booked(ida, 2, 9);
  assert.deepEqual(await daysOf(ida), [1, 2, 3]);
  const second = await booked(ida, 2, 11);
  refused(await book(ida, 2, 13), 'resource', '2 bookings', 'day');
  assert.deepEqual(
    [await daysOf(ida), await daysOf(per), await daysOf(ida, '/availability/count')],
    [
      [1, 3],
      [1, 2, 3],
      [1, 3],
    ],
  );
  const slot = { resource_id: ida.uuid, start: at(13, 0, 2), end: at(14, 0, 2) };
  refused(await api.post('/bookings/reserve', slot), 'resource', '2 bookings', 'day');
  const open = { graph: 'confirm_decline' };
  refused(await book(ida, 2, 13, open), 'resource', '2 bookings', 'day');
  // The day is Oslo's: 23:00 in UTC is on the next one, where nothing is yet.
  const late = await booked(ida, 2, 23);
  refused(await api.post(`/bookings/${late.id}/reschedule`, slot), 'resource', '2 bookings', 'day');
  dataOf(await api.post(`/bookings/${second.id}/reschedule`, slot));
  await booked(per, 2, 13);
  // What took place counts, what was cancelled does not.
  dataOf(await api.put(`/bookings/${first.id}/complete`, {}));
  refused(await book(ida, 2, 15), 'resource', '2 bookings', 'day');
  dataOf(await api.put(`/bookings/${second.id}/cancel`, {}));
  assert.deepEqual(await daysOf(ida), [1, 2, 3]);
  const [one, other] = [await booked(ida, 2, 15, open), await booked(ida, 2, 17, open)];
  dataOf(await api.put(`/bookings/${one.id}/confirm`, {}));
  refused(await api.put(`/bookings/${other.id}/confirm`, {}), 'resource', '2 bookings', 'day');
  dataOf(await api.put(`/bookings/${other.id}/decline`, {}));
});

test('weeks begin as the company says; months and years are those of the calendar', async () => {
  const { ida, company } = desk;
  const weekStart = async (day: number): Promise<void> => {
    const { database, cache } = world.services;
    const place = { db: database.forCompany(company.id), cache };
    await setSettings(place, company.id, 'company', 0, 'general', { week_start: day });
  };
  // December 6, 2026, is a Sunday.
  await rates({ week: 1, month: 2, year: 3 });
  await weekStart(1);
  await booked(ida, 4, 9);
  refused(await book(ida, 6, 9), 'resource', '1 booking', 'week');
  await weekStart(0);
  await booked(ida, 6, 9);
  refused(await book(ida, 20, 9), 'resource', '2 bookings', 'month');
  await booked(ida, 32, 9);
  await rates({ year: 1 });
  await booked(ida, 4, 9);
  refused(await book(ida, 30, 9), 'resource', '1 booking', 'year');
  await booked(ida, 32, 9);
});

test('a customer has no more than the application allows, with whomever, however he writes his address', async () => {
  const { ida, per } = desk;
  await rates({}, { day: 1 });
  const customer = { name: 'Ola', email: 'Ola@Example.test' };
  const again = { customer: { name: 'Kari', email: ' ola@example.TEST ' } };
  const first = await booked(ida, 2, 9, { customer });
  refused(await book(per, 2, 12, again), 'customer', '1 booking', 'day');
  await booked(per, 2, 12);
  assert.deepEqual(await daysOf(ida), [1, 2, 3]);
  const group = dataOf(
    await api.post('/bookings', { ...groupOf(per, 15), start: at(15, 0, 2), end: at(16, 0, 2) }),
    201,
  );
  refused(await api.post('/bookings', seatOf(group, again)), 'customer', '1 booking', 'day');
  const next = await booked(per, 3, 9, again);
  const slot = { resource_id: ida.uuid, start: at(18, 0, 2), end: at(19, 0, 2) };
  refused(await api.post(`/bookings/${next.id}/reschedule`, slot), 'customer', '1 booking', 'day');
  dataOf(await api.put(`/bookings/${first.id}/cancel_by_customer`, {}));
  dataOf(await api.post('/bookings', seatOf(group, again)), 201);
  refused(await book(ida, 2, 9, { customer }), 'customer', '1 booking', 'day');
});

test('a group is one booking of its person; one that awaits its payment counts until that is overdue', async () => {
  const { ida } = desk;
  await rates({ day: 2 });
  const group = dataOf(await api.post('/bookings', { ...groupOf(ida, 9), start: at(9, 0, 2), end: at(10, 0, 2) }), 201);
  for (let seat = 0; seat < 3; seat += 1) {
    const customer = { name: 'Ola', email: `seat${seat}@example.test` };
    dataOf(await api.post('/bookings', seatOf(group, { customer })), 201);
  }
  await booked(ida, 2, 11, { graph: 'instant_payment' });
  refused(await book(ida, 2, 13), 'resource', '2 bookings', 'day');
  world.clock.set(present + 301);
  await booked(ida, 2, 13);
  world.clock.set(present);
});

test('of many at once no more are made than there may be', async () => {
  const { ida, per } = desk;
  await rates({ day: 3 }, { day: 2 });
  const hours = Array.from({ length: 12 }, (_, index) => 6 + index);
  const made = (answers: readonly Answer[]): number => answers.filter(({ status }) => status === 201).length;
  assert.equal(made(await Promise.all(hours.map((hour) => book(ida, 2, hour)))), 3);
  const customer = { name: 'Ola', email: 'ola@example.test' };
  const mixed = hours.map((hour) => book(hour % 2 === 0 ? ida : per, 3, hour, { customer }));
  assert.equal(made(await Promise.all(mixed)), 2);
  // Several of them in one, in any order.
  await rates({}, { day: 1 });
  const [ola, kari] = ['ola', 'kari'].map((name) => ({ customer: { name, email: `${name}@example.test` } }));
  const together = (day: number, of: Bookable, hour: number, all: readonly (object | undefined)[]): Promise<Answer> =>
    api.post('/bookings/bulk', {
      bookings: all.map((more, index) => body(of, day, hour + index, more)),
      delete_all_on_error: true,
    });
  const bulks = hours.map((hour) =>
    hour % 2 === 0 ? together(2, ida, hour, [ola, kari]) : together(2, per, hour, [kari, ola]),
  );
  assert.equal(made(await Promise.all(bulks)), 1);
});

test('a search costs the same statements, however many people there are', async () => {
  await rates({ day: 1, week: 2, month: 3, year: 4 });
  const { company, ida } = desk;
  const people = await Promise.all(Array.from({ length: 8 }, () => company.person()));
  const uuids = await Promise.all(people.map(({ userId }) => resourceId(world, company, userId)));
  const count = async (resources: readonly string[]): Promise<number> => {
    world.services.cache.forget(company.id);
    counter.take();
    dataOf(await api.post('/availability', { resources, to: '2 weeks' }));
    return counter.take();
  };
  assert.equal(await count([ida.uuid, ...uuids]), await count([ida.uuid]));
});
