import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { statementCounter } from '../conformance/counting.ts';
import { mailServer } from '../jobs/receivers.ts';
import {
  at,
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
import { timekitApp } from '../support/timekit.ts';
import { openWorld, type World } from '../support/world.ts';
import { calendarIn, header, type MailRoom, mailRoom } from './bookings-mail-support.ts';

const counter = statementCounter();
let world: World;
let desk: Desk;
let room: MailRoom;

before(async () => {
  world = await openWorld({
    now: present,
    decorate: counter.decorate,
    env: { OPENPUNCH_MAIL_FROM: 'Time Clock <time@example.com>' },
  });
});
beforeEach(async () => {
  world.clock.set(present);
  desk = await openDesk(world);
  room = mailRoom(world, desk);
});
after(() => world.close());

const to = (subject: string): string => `ola@example.test ${subject}`;

test('a customer is told what is agreed, in his own time zone, by whom he may answer', async () => {
  await room.settings({ from_name: 'Front desk', contact_name: 'Kari', contact_email: 'desk@example.com' });
  await room.call(desk.ida, 'Ida', 'Bakke');
  const customer = { ...ola, timezone: 'America/New_York', comment: 'Hei' };
  const booking = await room.book(desk.ida, 9, { customer, description: 'Written by whoever books' });
  const [mail, ...more] = await room.mails();
  assert.ok(mail !== undefined && more.length === 0);
  assert.deepEqual([mail.userId, mail.to, mail.subject], [null, 'ola@example.test', 'Confirmed: Visit']);
  const company = await desk.cell('SELECT name FROM companies WHERE id = $1');
  assert.equal(
    mail.text,
    `Your booking is confirmed.

What: Visit
When: Tuesday, December 1, 2026, 4:00 AM to 5:00 AM (America/New_York, UTC-05:00)
Where: Desk 1
With: Ida Bakke
Contact: Kari, desk@example.com

${company}
`,
  );
  assert.equal(header(mail, 'From'), 'Front desk <time@example.com>');
  assert.equal(header(mail, 'Reply-To'), 'Kari <desk@example.com>');
  assert.equal(header(mail, 'To'), 'ola@example.test');
  assert.deepEqual(calendarIn(mail), {
    BEGIN: 'VEVENT',
    VERSION: '2.0',
    PRODID: '-//OpenPunch//Bookings//EN',
    METHOD: 'REQUEST',
    UID: String(booking.id),
    SEQUENCE: '0',
    DTSTAMP: '20261123T090000Z',
    DTSTART: '20261201T090000Z',
    DTEND: '20261201T100000Z',
    SUMMARY: 'Visit',
    LOCATION: 'Desk 1',
    STATUS: 'CONFIRMED',
    ORGANIZER: 'mailto:desk@example.com',
    ATTENDEE: 'mailto:ola@example.test',
    END: 'VCALENDAR',
  });
  assert.deepEqual(await room.mails(present + 600), [], 'once is enough');
});

test('where the customer names no zone, it is that of whoever is booked; the clock is the company’s', async () => {
  await desk.company.setting('general', 'tz', 'Asia/Tokyo', { userId: desk.per.userId });
  await desk.company.setting('general', 'time_format', 24);
  const when = async (): Promise<string> => (await room.mails())[0]?.text.match(/^When: .*, \d+, (.*)$/m)?.[1] ?? '';
  await room.book(desk.ida, 9);
  assert.equal(await when(), '10:00 to 11:00 (Europe/Oslo, UTC+01:00)');
  await room.book(desk.per, 9);
  assert.equal(await when(), '18:00 to 19:00 (Asia/Tokyo, UTC+09:00)');
  await room.book(desk.ida, 10, { customer: { ...ola, timezone: 'Mars/Olympus' } });
  assert.equal(await when(), '11:00 to 12:00 (Europe/Oslo, UTC+01:00)');
  await room.book(desk.ida, 11, { customer: { ...ola, timezone: 'europe/kyiv' } });
  assert.match(await when(), /^13:00 to 14:00 \(Europe\/Ky?i?e?v, UTC\+02:00\)$/);
});

test('what the company does to a booking its customer is told, and not what he did himself', async () => {
  const declined = await room.book(desk.ida, 9, { graph: 'confirm_decline' });
  const confirmed = await room.book(desk.per, 9, { graph: 'confirm_decline' });
  const [paid, unpaid] = [
    await room.book(desk.ida, 10, { graph: 'instant_payment' }),
    await room.book(desk.ida, 11, { graph: 'instant_payment' }),
  ];
  assert.deepEqual(await room.told(), [], 'nothing is agreed yet');
  await room.act(declined, 'decline', { decline: { message: 'No' } });
  const [no] = await room.mails();
  assert.deepEqual([no?.subject, no === undefined ? '' : calendarIn(no)], ['Declined: Visit', undefined]);
  await room.act(confirmed, 'confirm');
  await room.act(paid, 'pay', { pay: { payment_id: 'p' } });
  assert.deepEqual(await room.told(), [to('Confirmed: Visit'), to('Confirmed: Visit')]);
  await room.act(confirmed, 'cancel_by_customer');
  const [again, done] = [await room.book(desk.per, 12), await room.book(desk.per, 13)];
  await room.act(again, 'reschedule_by_customer');
  await room.act(done, 'complete');
  assert.deepEqual(await room.told(), [to('Confirmed: Visit'), to('Confirmed: Visit')]);
  await room.act(paid, 'cancel');
  const [off] = await room.mails();
  assert.ok(off !== undefined);
  assert.match(off.text, /^Your booking was cancelled\.\n\nWhat: Visit\nWhen: Tuesday, December 1, 2026, 11:00 AM/);
  const { METHOD, STATUS, SEQUENCE, UID } = calendarIn(off) ?? {};
  assert.deepEqual([METHOD, STATUS, SEQUENCE, UID], ['CANCEL', 'CANCELLED', '1', String(paid.id)]);
  assert.deepEqual(await room.told(present + 3_600), [], 'nor what became of it by itself');
  assert.equal(dataOf(await desk.app.api.get(`/bookings/${unpaid.id}`)).state, 'unpaid' as never);
});

test('another time is told, however it came: by the API, or by the schedule', async () => {
  const booking = await room.book(desk.ida, 9);
  await room.mails();
  const slot = { start: at(12), end: at(13), resource_id: desk.per.uuid };
  assert.equal((await desk.app.widget.post(`/bookings/${booking.id}/reschedule`, slot)).status, 200);
  const [first] = await room.mails();
  assert.ok(first !== undefined);
  assert.match(first.text, /^Your booking was changed\. This is how it stands now:\n\nWhat: Visit\nWhen: .*1:00 PM/);
  assert.equal(calendarIn(first)?.SEQUENCE, '1');
  await room.edit(booking, { start: at(15), end: at(16) });
  const [second, ...more] = await room.mails();
  assert.ok(second !== undefined && more.length === 0);
  const { METHOD, SEQUENCE, DTSTART } = calendarIn(second) ?? {};
  assert.deepEqual([second.subject, METHOD, SEQUENCE, DTSTART], ['Changed: Visit', 'REQUEST', '2', '20261201T150000Z']);
  await room.edit(booking, { notes: 'Between us' });
  assert.deepEqual(await room.told(), []);
  await room.edit(booking, { active: false });
  assert.deepEqual(await room.told(), [to('Cancelled: Visit')]);
});

test('the seats of a group are told what becomes of the group, each by itself', async () => {
  const { api } = desk.app;
  const group = dataOf(await api.post('/bookings', groupOf(desk.ida, 9)), 201);
  assert.deepEqual(await room.told(), []);
  const seat = async (name: string, graph = 'group_customer') =>
    dataOf(
      await api.post('/bookings', seatOf(group, { graph, customer: { name, email: `${name}@example.test` } })),
      201,
    );
  const [, second] = [await seat('a'), await seat('b'), await seat('c'), await seat('d', 'group_customer_payment')];
  assert.deepEqual(
    await room.told(),
    ['a', 'b', 'c'].map((name) => `${name}@example.test Confirmed: Visit`),
  );
  await room.act(second, 'cancel_by_owner');
  assert.deepEqual(await room.told(), ['b@example.test Cancelled: Visit']);
  await room.edit(group, { start: at(11), end: at(12) });
  const moved = await room.mails();
  assert.deepEqual(moved.map(({ to, subject }) => `${to} ${subject}`).sort(), [
    'a@example.test Changed: Visit',
    'c@example.test Changed: Visit',
  ]);
  assert.deepEqual(
    moved.map((mail) => [calendarIn(mail)?.SEQUENCE, calendarIn(mail)?.DTSTART, calendarIn(mail)?.LOCATION]),
    [
      ['1', '20261201T110000Z', 'Desk 1'],
      ['1', '20261201T110000Z', 'Desk 1'],
    ],
  );
  await room.act(group, 'cancel');
  assert.deepEqual(
    await room.told(),
    ['a', 'c', 'd'].map((name) => `${name}@example.test Cancelled: Visit`),
  );
});

test('a group is moved in as many statements whatever its seats, with their mails and reminders', async () => {
  const { api } = desk.app;
  const list = [
    { type: 'email', settings: { recipient: 'customer' }, when: { type: 'before', unit: 'hours', time: 1 } },
  ];
  const moved = async (hour: number, seats: number): Promise<number> => {
    const group = dataOf(await api.post('/bookings', groupOf(desk.ida, hour)), 201);
    for (let seat = 0; seat < seats; seat += 1)
      dataOf(await api.post('/bookings', seatOf(group, { reminders: list })), 201);
    await room.mails();
    counter.take();
    await room.edit(group, { start: at(hour, 30), end: at(hour + 1) });
    const count = counter.take();
    assert.equal((await room.mails()).length, seats);
    return count;
  };
  await moved(8, 1);
  assert.equal(await moved(10, 5), await moved(12, 2));
});

test('a booking that is moved again and again tells of it no more, but that it is cancelled', async () => {
  const booking = await room.book(desk.ida, 9);
  await room.mails();
  for (let minute = 1; minute <= 22; minute += 1) {
    const slot = { start: at(9, minute), end: at(10), resource_id: desk.ida.uuid };
    dataOf(await desk.app.widget.post(`/bookings/${booking.id}/reschedule`, slot));
  }
  assert.equal((await room.told()).length, 20);
  world.clock.set(present + 86_400);
  const slot = { start: at(12), end: at(13), resource_id: desk.ida.uuid };
  dataOf(await desk.app.widget.post(`/bookings/${booking.id}/reschedule`, slot));
  assert.deepEqual(await room.told(), [to('Changed: Visit')]);
  await room.act(booking, 'cancel');
  assert.deepEqual(await room.told(), [to('Cancelled: Visit')]);
});

test('nobody gets mail who shall not: by the booking, its project, its application, or in a trial', async () => {
  const off = { notify_customer_by_email: { enabled: false } };
  const silent = await room.book(desk.ida, 9, off);
  await room.act(silent, 'cancel');
  assert.deepEqual(await room.told(), []);
  const refused = await desk.app.api.post(
    '/bookings',
    bookingOf(desk.ida, 9, { notify_customer_by_email: { enabled: 'x' } }),
  );
  assert.deepEqual(Object.keys(refused.body.errors ?? {}), ['notify_customer_by_email.enabled']);

  const project_id = await pageOf(world, desk, { booking: { graph: 'instant', what: 'Visit', ...off } });
  const on = { notify_customer_by_email: { enabled: true } };
  const { widget } = desk.app;
  for (const [hour, more] of [
    [10, {}],
    [11, on],
    [12, { notify_customer_by_email: { enabled: 'true' } }],
  ] as const)
    dataOf(await widget.post('/bookings', bookingOf(desk.ida, hour, { project_id, ...more })), 201);
  assert.deepEqual(await room.told(), [], 'a public key can not ask for mail');
  await room.book(desk.ida, 13, { project_id, ...on });
  assert.deepEqual(await room.told(), [to('Confirmed: Visit')], 'the owner can');
  const promise = async (project: string): Promise<unknown> =>
    dataOf(await widget.get(`/projects/embed/${project}`)).ui?.localization?.success_message;
  assert.equal(await promise(project_id), 'We have received your booking for %s');
  const loud = await pageOf(world, desk);
  dataOf(await widget.post('/bookings', bookingOf(desk.ida, 14, { project_id: loud, ...off })), 201);
  assert.deepEqual(await room.told(), [], 'but anybody can do without');
  dataOf(await widget.post('/bookings', bookingOf(desk.ida, 15, { project_id: loud })), 201);
  assert.match(String(await promise(loud)), /mail at %s$/);
  assert.deepEqual(await room.told(), [to('Confirmed: Visit')], 'as the widget promises');

  for (const disableEmail of [true, 1, 'true']) {
    await room.settings({ disableEmail });
    assert.doesNotMatch(String(await promise(loud)), /mail/);
    await room.act(await room.book(desk.per, 9), 'cancel');
    assert.deepEqual(await room.told(), []);
  }
  await room.settings({ disableEmail: false });
  const trial = await timekitApp(world, desk.company, { name: 'Trial', test: true });
  const reminders = [
    { type: 'email', settings: { recipient: 'customer' }, when: { type: 'before', unit: 'hours', time: 1 } },
  ];
  const made = dataOf(await trial.api.post('/bookings', bookingOf(desk.per, 10, { reminders })), 201);
  await room.edit(made, { start: at(11), end: at(12) });
  assert.deepEqual([await room.told(), await room.waiting('booking-reminder')], [[], 0]);
});

test('of what is over nobody is told', async () => {
  const kept = { auto_complete_one_hour_after_booking_ends: { enabled: false } };
  const booking = await room.book(desk.ida, 9, kept);
  await room.mails();
  world.clock.set(Date.parse(at(11)) / 1_000);
  await room.act(booking, 'cancel');
  assert.deepEqual(await room.told(), []);
});

test('what a stranger writes adds neither headers nor recipients, and is but a few words on one line', async () => {
  await room.settings({
    from_name: 'Desk\r\nBcc: eve@example.com',
    contact_name: 'Kari\nCc: eve@example.com',
    contact_email: 'eve@example.com, mallory@example.com',
    from_email: 'office@example.com',
  });
  const what = `Free\r\nBcc: eve@example.com\r\n\r\n${'money '.repeat(30)}`;
  const where = 'Here\r\nX-Evil: yes\u2028\u202egnp.exe';
  const customer = { name: 'Go to http://evil.example\r\nBcc: eve@example.com', email: 'ola@example.test' };
  await room.book(desk.ida, 9, { what, where, customer, description: 'Buy http://evil.example' });
  const [mail] = await room.mails();
  assert.ok(mail !== undefined);
  const head = mail.raw.split('\n\n')[0] ?? '';
  assert.doesNotMatch(head, /^(bcc|cc|x-evil)/im);
  assert.equal(header(mail, 'From'), '"Desk Bcc: eve@example.com" <time@example.com>');
  assert.equal(header(mail, 'Reply-To'), '"Desk Bcc: eve@example.com" <office@example.com>');
  assert.match(mail.subject, /^Confirmed: Free Bcc: eve@example\.com money .{1,80}\u2026$/);
  assert.match(mail.text, /^Where: Here X-Evil: yes gnp\.exe$/m);
  assert.doesNotMatch(mail.text, /evil\.example/);
  assert.equal(calendarIn(mail)?.LOCATION, 'Here X-Evil: yes gnp.exe');
  const absurd = [
    'a@b@c.example',
    'ola@example.test, eve@example.com',
    'ola@example.test\r\nBcc: eve@example.com',
    '<eve@example.com>',
    `${'x'.repeat(65)}@example.com`,
    'ola@',
  ];
  for (const email of absurd) {
    const answer = await desk.app.widget.post(
      '/bookings',
      bookingOf(desk.ida, 12, { customer: { name: 'Ola', email } }),
    );
    assert.deepEqual([answer.status, Object.keys(answer.body.errors ?? {})], [422, ['customer.email']], email);
  }
  // The page's own words go before those of a key that everybody sees.
  const project_id = await pageOf(world, desk);
  dataOf(await desk.app.widget.post('/bookings', bookingOf(desk.ida, 13, { project_id, what, where })), 201);
  assert.deepEqual(await room.told(), [to('Confirmed: Visit')]);
});

test('who is booked is told once, by his schedule, also where the application acts in his own name', async () => {
  const { company, app } = desk;
  await room.call(company.admin, 'Ada', 'Min', 'ada@example.com');
  await room.call(desk.ida, 'Ida', 'Bakke', 'ida@example.com');
  await room.book(desk.ida, 9);
  assert.deepEqual(await room.told(), ['ida@example.com You are scheduled', to('Confirmed: Visit')]);
  const uuid = String(
    await desk.cell('SELECT uuid FROM users WHERE company_id = $1 AND id = $2', company.admin.userId),
  );
  dataOf(await app.widget.post('/bookings', bookingOf({ ...company.admin, uuid }, 9)), 201);
  assert.deepEqual(await room.told(), ['ada@example.com You are scheduled', to('Confirmed: Visit')]);
});

test('a mail server that fails is tried again, and the booking stands', async (t) => {
  let busy = true;
  const { port, mails } = await mailServer(t, {
    onRcptTo: (_address, _session, done) =>
      busy ? done(Object.assign(new Error('busy'), { responseCode: 451 })) : done(),
  });
  const other = await openWorld({
    now: present,
    env: { OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}`, OPENPUNCH_MAIL_FROM: 'time@example.com' },
  });
  t.after(() => other.close());
  const own = await openDesk(other);
  const { id } = dataOf(await own.app.api.post('/bookings', bookingOf(own.ida, 9)), 201);
  await other.runJobs();
  const letters = (): Promise<string | null> =>
    own.cell(
      "SELECT string_agg(attempts || ' ' || last_error, ', ') FROM jobs WHERE company_id = $1 AND name = 'letter'",
    );
  assert.match((await letters()) ?? '', /^1 The mail server .* did not take the mail: .*busy/);
  assert.equal(dataOf(await own.app.api.get(`/bookings/${id}`)).state, 'confirmed' as never);
  busy = false;
  await other.runJobs(present + 60);
  assert.deepEqual([mails.map(({ to }) => to), await letters()], [[['ola@example.test']], null]);
  assert.match(mails[0]?.raw ?? '', /^Content-Type: text\/calendar; charset=utf-8; method=REQUEST/im);
  assert.match(mails[0]?.raw ?? '', /filename="?booking\.ics/);
  // A booking that comes to nothing tells nobody.
  assert.equal((await own.app.api.post('/bookings', bookingOf(own.ida, 9))).status, 422);
  assert.equal(await letters(), null);
});
