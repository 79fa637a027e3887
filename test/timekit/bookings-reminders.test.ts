import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { at, bookingOf, type Desk, dataOf, groupOf, openDesk, pageOf, present, seatOf } from '../support/bookings.ts';
import { openWorld, type World } from '../support/world.ts';
import { calendarIn, header, type MailRoom, mailRoom } from './bookings-mail-support.ts';

let world: World;
let desk: Desk;
let room: MailRoom;

before(async () => {
  world = await openWorld({ now: present });
});
beforeEach(async () => {
  world.clock.set(present);
  desk = await openDesk(world);
  room = mailRoom(world, desk);
  await room.call(desk.ida, 'Ida', 'Bakke', 'ida@example.com');
  await room.call(desk.per, 'Per', 'Moen', 'per@example.com');
  await desk.company.setting('schedule', 'event_notify_email', 0);
});
after(() => world.close());

const job = 'booking-reminder';
const quiet = { notify_customer_by_email: { enabled: false } };
const seconds = (text: string): number => Date.parse(text) / 1_000;
const reminder = (recipient: string, type: string, time: number, unit = 'mins', subject?: string): object => ({
  type: 'email',
  settings: { recipient, ...(subject === undefined ? {} : { subject }) },
  when: { type, unit, time },
});

test('both are reminded, before and after the beginning, each at its moment and once', async () => {
  const reminders = [
    reminder('customer', 'before', 1, 'hours', 'See you\r\nsoon'),
    reminder('owner', 'before', 15),
    reminder('customer', 'after', 90, 'mins', 'How was it?'),
    reminder('owner', 'after', 30, 'secs'),
    reminder('customer', 'before', 300, 'hours'),
  ];
  await room.settings({ contact_email: 'desk@example.com' });
  const customer = { name: 'Ola', email: 'ola@example.test', timezone: 'Asia/Kathmandu' };
  const booking = await room.book(desk.ida, 9, { reminders, customer, ...quiet });
  assert.equal(await room.waiting(job), 4, 'one moment has passed already');
  const start = seconds(at(9));
  assert.deepEqual(await room.mails(start - 3_601), []);
  const [first, ...none] = await room.mails(start - 3_600);
  assert.ok(first !== undefined && none.length === 0);
  assert.deepEqual([first.to, first.userId, first.subject], ['ola@example.test', null, 'See you soon']);
  assert.match(
    first.text,
    /^This is a reminder of your booking\.\n\nWhat: Visit\nWhen: .*, 2:45 PM to 3:45 PM \(Asia\/Kathmandu, UTC\+05:45\)\nWhere: Desk 1\nWith: Ida Bakke\nContact: desk@example\.com\n/,
  );
  assert.deepEqual([header(first, 'Reply-To'), calendarIn(first)], ['desk@example.com', undefined]);
  assert.deepEqual(await room.mails(start - 901), []);
  const [second] = await room.mails(start - 900);
  assert.deepEqual(
    [second?.to, second?.userId, second?.subject],
    ['ida@example.com', desk.ida.userId, 'Reminder: Visit'],
  );
  assert.match(
    second?.text ?? '',
    /When: .*, 10:00 AM to 11:00 AM \(Europe\/Oslo, .*\nWith: Ola, ola@example\.test\n/s,
  );
  assert.deepEqual(await room.told(start + 30), ['ida@example.com Your booking: Visit']);
  // What comes after it comes although it is completed by then.
  await room.act(booking, 'complete');
  const [last] = await room.mails(start + 5_400);
  assert.deepEqual([last?.to, last?.subject], ['ola@example.test', 'How was it?']);
  assert.match(last?.text ?? '', /^This is about your booking\./);
  assert.deepEqual([await room.told(start + 86_400), await room.waiting(job)], [[], 0]);
});

test('reminders follow a booking that is moved, and never come twice for one time', async () => {
  const reminders = [reminder('customer', 'before', 30), reminder('owner', 'before', 30)];
  const booking = await room.book(desk.ida, 9, { reminders, ...quiet });
  const slot = { start: at(12), end: at(13), resource_id: desk.per.uuid };
  dataOf(await desk.app.api.post(`/bookings/${booking.id}/reschedule`, slot));
  assert.equal(await room.waiting(job), 2);
  const both = ['ola@example.test Reminder: Visit', 'per@example.com Reminder: Visit'];
  assert.deepEqual(await room.told(seconds(at(11, 29))), []);
  assert.deepEqual(await room.told(seconds(at(11, 30))), both);
  // Later by the schedule: once more. Then so near that the moment has passed: not again.
  await room.edit(booking, { start: at(14), end: at(15) });
  assert.deepEqual(await room.told(seconds(at(13, 30))), both);
  await room.edit(booking, { start: at(13, 45), end: at(15) });
  await room.edit(booking, { title: 'Call' });
  assert.deepEqual([await room.told(seconds(at(20))), await room.waiting(job)], [[], 0]);
});

test('what ends takes its reminders along', async () => {
  const reminders = [reminder('customer', 'before', 30), reminder('owner', 'after', 30)];
  const book = (hour: number, more = {}) => room.book(desk.ida, hour, { reminders, ...quiet, ...more });
  const [cancelled, switchedOff] = [await book(9), await book(10)];
  const [tentative, paying] = [
    await room.book(desk.per, 9, { reminders, graph: 'confirm_decline' }),
    await room.book(desk.per, 10, { reminders, graph: 'instant_payment' }),
  ];
  assert.equal(await room.waiting(job), 4, 'nobody is reminded of what is not agreed');
  await room.act(cancelled, 'cancel_by_customer');
  await room.edit(switchedOff, { active: false });
  await room.act(tentative, 'decline');
  assert.equal(await room.waiting(job), 0);
  assert.equal(dataOf(await desk.app.api.get(`/bookings/${paying.id}`)).state, 'tentative' as never);
  const agreed = await room.book(desk.ida, 11, { reminders, graph: 'confirm_decline', ...quiet });
  await room.act(agreed, 'confirm');
  assert.equal(await room.waiting(job), 2);
  await room.settings({ disableEmail: true });
  await room.mails(seconds(at(10, 29)));
  assert.deepEqual(await room.told(seconds(at(10, 30))), [], 'the application has its mails switched off');
  await room.settings({});
  assert.deepEqual(await room.told(seconds(at(11, 30))), ['ida@example.com Your booking: Visit']);
});

test('a server that stood still does not remind of what has begun', async () => {
  const reminders = [reminder('customer', 'before', 30), reminder('customer', 'after', 0)];
  await room.book(desk.ida, 9, { reminders, ...quiet });
  world.clock.set(seconds(at(9, 5)));
  assert.deepEqual(await room.told(), ['ola@example.test Your booking: Visit']);
});

test('a group reminds who is booked once, and each of its customers', async () => {
  const reminders = [reminder('owner', 'before', 30), reminder('customer', 'before', 60)];
  const group = dataOf(
    await desk.app.api.post('/bookings', { ...groupOf(desk.ida, 9, { max_seats: 5 }), reminders }),
    201,
  );
  for (const name of ['a', 'b']) {
    const customer = { name, email: `${name}@example.test` };
    dataOf(await desk.app.api.post('/bookings', seatOf(group, { reminders, customer, ...quiet })), 201);
  }
  await room.edit(group, { start: at(10), end: at(11) });
  await room.mails(seconds(at(8, 59)));
  assert.deepEqual(await room.told(seconds(at(9))), [
    'a@example.test Reminder: Visit',
    'b@example.test Reminder: Visit',
  ]);
  const [mail, ...more] = await room.mails(seconds(at(9, 30)));
  assert.equal(more.length, 0);
  assert.equal(mail?.to, 'ida@example.com');
  assert.match(mail?.text ?? '', /^With: 2 of 5 seats taken$/m);
});

test('the reminders of a project hold for its bookings, and a public key has no say in them', async () => {
  const { api, widget } = desk.app;
  const project_id = await pageOf(world, desk);
  const list = [reminder('customer', 'before', 30)];
  assert.equal((await api.put(`/projects/${project_id}`, { reminders: list })).status, 204);
  const own = [reminder('customer', 'before', 45, 'mins', 'Buy now'), reminder('owner', 'before', 45)];
  for (const [hour, more] of [
    [9, {}],
    [10, { reminders: own }],
  ] as const)
    dataOf(await widget.post('/bookings', bookingOf(desk.ida, hour, { project_id, ...quiet, ...more })), 201);
  dataOf(await widget.post('/bookings', bookingOf(desk.ida, 11, { reminders: own, ...quiet })), 201);
  assert.equal(await room.waiting(job), 2);
  await room.book(desk.ida, 12, { project_id, reminders: own, ...quiet });
  assert.equal(await room.waiting(job), 4);
});

test('reminders that would never come are refused, in bookings and in projects', async () => {
  const email = reminder('customer', 'before', 30);
  const cases: [unknown, string][] = [
    ['x', 'reminders'],
    [Array.from({ length: 11 }, () => email), 'reminders'],
    [[7], 'reminders.0'],
    [[email, { ...email, type: 'webhook', settings: { url: 'https://example.com' } }], 'reminders.1.type'],
    [[{ ...email, type: 'sms' }], 'reminders.0.type'],
    [[{ ...email, settings: undefined }], 'reminders.0.settings'],
    [[{ ...email, settings: {} }], 'reminders.0.settings.recipient'],
    [[{ ...email, settings: { recipient: 'eve@example.com' } }], 'reminders.0.settings.recipient'],
    [[{ ...email, settings: { recipient: 'owner', subject: 'x'.repeat(256) } }], 'reminders.0.settings.subject'],
    [[{ ...email, when: undefined }], 'reminders.0.when'],
    [[{ ...email, when: { type: 'while', unit: 'mins', time: 1 } }], 'reminders.0.when.type'],
    [[{ ...email, when: { type: 'before', unit: 'weeks', time: 1 } }], 'reminders.0.when.unit'],
    [[{ ...email, when: { type: 'before', unit: 'mins', time: -1 } }], 'reminders.0.when.time'],
    [[{ ...email, when: { type: 'before', unit: 'hours', time: 9_000 } }], 'reminders.0.when.time'],
  ];
  const project = { name: 'Desk', resources: [desk.ida.uuid], availability: {} };
  for (const [reminders, field] of cases) {
    const booked = await desk.app.api.post('/bookings', bookingOf(desk.ida, 9, { reminders }));
    assert.deepEqual([booked.status, Object.keys(booked.body.errors ?? {})], [422, [field]], booked.text);
    const kept = await desk.app.api.post('/projects', { ...project, booking: {}, reminders });
    assert.deepEqual([kept.status, Object.keys(kept.body.errors ?? {})], [422, [field]], kept.text);
    const within = await desk.app.api.post('/projects', { ...project, booking: { reminders } });
    assert.deepEqual([within.status, Object.keys(within.body.errors ?? {})], [422, [`booking.${field}`]], within.text);
  }
});
