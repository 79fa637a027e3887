import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { scheduleOf } from '../api/schedule-support.ts';
import { ask, change, manual, regular } from '../api/time-off-support.ts';
import { type TimekitApp, timekitApp } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import {
  type Bookable,
  bookable,
  freeOf,
  now,
  project,
  slotsOf,
  startsOf,
  workingHours,
} from './availability-support.ts';

let world: World;
let company: Company;
let app: TimekitApp;
let ida: Bookable;
let ola: Bookable;

/** Tuesday, 8 December 2026, in Oslo. */
const tuesday = { from: '2026-12-08T00:00:00+01:00', to: '2026-12-09T00:00:00+01:00', output_timezone: 'Europe/Oslo' };
const nine = [{ allow_hours: { start: 9, end: 12 } }];

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company);
  ida = await bookable(world, company);
  ola = await bookable(world, company);
  await workingHours(world, company, ida, nine);
  await workingHours(world, company, ola, [{ allow_hours: { start: '10:00', end: '13:00' } }]);
});
after(() => world.close());

test('slots have the offset of the zone that is asked for, and objects of the resources', async () => {
  const answer = await app.api.post('/availability', { resources: [ida.uuid], ...tuesday });
  const resources = [{ id: ida.uuid, name: `Pat ${ida.username}`, timezone: 'Europe/Oslo' }];
  assert.deepEqual(answer.body, {
    data: [
      { start: '2026-12-08T09:00:00+01:00', end: '2026-12-08T10:00:00+01:00', resources },
      { start: '2026-12-08T10:00:00+01:00', end: '2026-12-08T11:00:00+01:00', resources },
      { start: '2026-12-08T11:00:00+01:00', end: '2026-12-08T12:00:00+01:00', resources },
    ],
  } as never);
  const { output_timezone: _, ...inUtc } = tuesday;
  const [utc] = slotsOf(await app.api.post('/availability', { resources: [ida.uuid], ...inUtc }));
  assert.equal(utc?.start, '2026-12-08T08:00:00+00:00');
  const headers = { 'timekit-timezone': 'Asia/Kathmandu', 'timekit-outputtimestampformat': 'Y-m-d h:ia' };
  const [own] = slotsOf(await app.api.post('/availability', { resources: [ida.uuid], ...inUtc }, headers));
  assert.equal(own?.start, '2026-12-08 01:45pm');
});

test('the widget may ask, by resources and by project; so may the key of one person, for himself', async () => {
  const id = await project(world, company, app.slug, [ida, ola], {
    availability: { mode: 'mutual', length: '30 minutes' },
  });
  assert.deepEqual(await startsOf(app.widget, { project_id: id, ...tuesday }), [
    '12-08 10:00',
    '12-08 10:30',
    '12-08 11:00',
    '12-08 11:30',
  ]);
  assert.equal((await startsOf(app.widget, { resources: [ida.uuid], ...tuesday })).length, 3);
  assert.equal((await app.widget.post('/findtime', { resource_ids: [ida.uuid] })).status, 403);
});

test('what the request says wins over the project, but the constraints of both hold', async () => {
  const id = await project(world, company, app.slug, [ida, ola], {
    availability: {
      mode: 'exclusive',
      length: '1 hour',
      constraints: [{ block_hours: { start: 9, end: 10 } }],
      output_timezone: 'Europe/Oslo',
      from: '2026-12-08T00:00:00+01:00',
      to: '2026-12-09T00:00:00+01:00',
    },
    availabilityConstraints: [{ block_day: { day: 'Wednesday' } }],
  });
  const ask = (more: object = {}): Promise<string[]> => startsOf(app.api, { project_id: id, ...more });
  assert.deepEqual(await ask(), ['12-08 10:00', '12-08 11:00', '12-08 12:00']);
  assert.deepEqual(await ask({ mode: 'mutual' }), ['12-08 10:00', '12-08 11:00']);
  assert.deepEqual(await ask({ length: '2 hours' }), ['12-08 10:00']);
  assert.deepEqual(await ask({ constraints: [{ block_hours: { start: 11, end: 13 } }] }), ['12-08 10:00']);
  assert.deepEqual(await ask({ constraints: [{ allow_hours: { start: 8, end: 12 } }] }), [
    '12-08 10:00',
    '12-08 11:00',
  ]);
  assert.deepEqual(await ask({ resources: [ida.uuid] }), ['12-08 10:00', '12-08 11:00']);
  assert.deepEqual(await ask({ from: '2026-12-09T00:00:00+01:00', to: '2026-12-10T00:00:00+01:00' }), []);
  assert.deepEqual(await ask({ length: null, resources: [ida.uuid] }), ['12-08 10:00']);
});

test('modes', async () => {
  const shown = async (mode: string): Promise<string[]> =>
    slotsOf(await app.api.post('/availability', { resources: [ola.uuid, ida.uuid], mode, ...tuesday })).map(
      ({ start, resources }) =>
        `${start.slice(11, 13)} ${resources.map(({ id }) => (id === ida.uuid ? 'ida' : 'ola')).join('+')}`,
    );
  assert.deepEqual(await shown('mutual'), ['10 ola+ida', '11 ola+ida']);
  assert.deepEqual(await shown('exclusive'), ['09 ida', '10 ola+ida', '11 ola+ida', '12 ola']);
  assert.deepEqual(await shown('roundrobin_prioritized'), ['09 ida', '10 ola', '11 ola', '12 ola']);
  const random = await shown('roundrobin_random');
  assert.deepEqual(
    random.map((text) => text.slice(0, 2)),
    ['09', '10', '11', '12'],
  );
  assert.ok(random[1]?.slice(3) === random[2]?.slice(3), 'who comes first does so in every slot');
});

test('lengths, steps, buffers and grids', async () => {
  const schedule = await scheduleOf(company);
  const person = await bookable(world, company);
  await workingHours(world, company, person, [{ allow_hours: { start: 10, end: 12 } }]);
  const ask = (more: object): Promise<string[]> => startsOf(app.api, { resources: [person.uuid], ...tuesday, ...more });
  const cases: [more: object, starts: string[]][] = [
    [{ timeslot_increments: '15 minutes' }, ['10:00', '10:15', '10:30', '10:45', '11:00']],
    [{ length: '45 min' }, ['10:00', '10:45']],
    [{ length: '90 minutes' }, ['10:00']],
    [{ length: '3 hours' }, []],
    [{ length: '30 minutes', timeslot_increments: '1 hour' }, ['10:00', '11:00']],
    [{ from: '2026-12-08T10:20:00+01:00', length: '30 minutes' }, ['10:20', '10:50', '11:20']],
    [{ from: '2026-12-08T10:20:00+01:00', length: '30 minutes', round_to_nearest_hour: true }, ['11:00', '11:30']],
    [
      { from: '2026-12-08T10:20:00+01:00', length: '30 minutes', closest_time_interval: '15 minutes' },
      ['10:30', '11:00', '11:30'],
    ],
    [{ from: '2026-12-08T10:20:30+01:00', length: '30 minutes' }, ['10:21', '10:51', '11:21']],
  ];
  for (const [more, starts] of cases)
    assert.deepEqual(
      await ask(more),
      starts.map((time) => `12-08 ${time}`),
      JSON.stringify(more),
    );
  const times = { start: '2026-12-08T10:45:00+01:00', end: '2026-12-08T11:00:00+01:00' };
  await schedule.make({ ...times, assigned_user_ids: [person.userId] });
  const free = (more: object): Promise<string[]> => freeOf(app.api, { resources: [person.uuid], ...tuesday, ...more });
  assert.deepEqual(await free({}), ['12-08 10:00/12-08 10:45', '12-08 11:00/12-08 12:00']);
  assert.deepEqual(await free({ buffer: '15 minutes' }), ['12-08 10:00/12-08 10:30', '12-08 11:15/12-08 12:00']);
});

test('the schedule takes time: published, active events of the person, all-day ones unless they are ignored', async () => {
  const schedule = await scheduleOf(company);
  const person = await bookable(world, company);
  await workingHours(world, company, person, nine);
  const free = (more: object = {}): Promise<string[]> =>
    freeOf(app.api, {
      resources: [person.uuid],
      from: '2026-12-07T00:00:00+01:00',
      to: '2026-12-10T00:00:00+01:00',
      output_timezone: 'Europe/Oslo',
      ...more,
    });
  const [monday, tues, wednesday] = ['12-07 09:00/12-07 12:00', '12-08 09:00/12-08 12:00', '12-09 09:00/12-09 12:00'];
  const times = { start: '2026-12-08T08:00:00+01:00', end: '2026-12-08T10:00:00+01:00' };
  await schedule.make({ ...times, assigned_user_ids: [person.userId], draft: true });
  await schedule.make({ ...times, assigned_user_ids: [ola.userId] });
  await schedule.make({ ...times, assigned_user_ids: [] });
  assert.deepEqual(await free(), [monday, tues, wednesday]);
  const event = await schedule.make({ ...times, assigned_user_ids: [person.userId, ida.userId] });
  assert.deepEqual(await free(), [monday, '12-08 10:00/12-08 12:00', wednesday]);
  const [own] = [...(await schedule.seen(company.admin, { user_ids: person.userId })).values()].filter(
    ({ draft }) => draft === false,
  );
  await schedule.change(company.admin, own?.id, { active: false }, { team_events: 'base' });
  assert.deepEqual(await free(), [monday, tues, wednesday], JSON.stringify(event));
  await schedule.make({
    all_day: true,
    start: '2026-12-09T11:00:00+01:00',
    end: undefined,
    assigned_user_ids: [person.userId],
    timezone: 'Europe/Oslo',
  });
  assert.deepEqual(await free(), [monday, tues]);
  assert.deepEqual(await free({ ignore_all_day_events: true }), [monday, tues, wednesday]);
});

test('approved time off takes time: as entered, or the whole day; what is asked for, denied or cancelled does not', async () => {
  const person = await bookable(world, company);
  await workingHours(world, company, person, nine);
  const pto = await company.jobcode({ type: 'pto' });
  const free = (): Promise<string[]> =>
    freeOf(app.api, { resources: [person.uuid], from: '2026-12-08', to: '2026-12-11', output_timezone: 'Europe/Oslo' });
  const [tues, wednesday, thursday] = ['12-08 09:00/12-08 12:00', '12-09 09:00/12-09 12:00', '12-10 09:00/12-10 12:00'];
  const { id } = await ask(
    company.admin,
    [regular(pto, '2026-12-08T10:00:00+01:00', '2026-12-08T11:00:00+01:00'), manual(pto, '2026-12-09', 3600)],
    { user_id: person.userId, status: 'pending' },
  );
  assert.deepEqual(await free(), [tues, wednesday, thursday]);
  await change(company.admin, id, { status: 'approved' });
  assert.deepEqual(await free(), ['12-08 09:00/12-08 10:00', '12-08 11:00/12-08 12:00', thursday]);
  await change(company.admin, id, { status: 'canceled' });
  assert.deepEqual(await free(), [tues, wednesday, thursday]);
});

test('who has no working hours has those of the company, or is free at all times', async () => {
  const other = await world.company({ timeZone: 'Europe/Oslo' });
  const { api } = await timekitApp(world, other);
  const person = await bookable(world, other);
  const free = (): Promise<string[]> => freeOf(api, { resources: [person.uuid], ...tuesday });
  assert.deepEqual(await free(), ['12-08 00:00/12-09 00:00']);
  await other.setting('bookings', 'working_hours', JSON.stringify([{ allow_hours: { start: 8, end: 16 } }]));
  assert.deepEqual(await free(), ['12-08 08:00/12-08 16:00']);
  await workingHours(world, other, person, nine);
  assert.deepEqual(await free(), ['12-08 09:00/12-08 12:00']);
  await workingHours(world, other, person, []);
  assert.deepEqual(await free(), ['12-08 00:00/12-09 00:00']);
  await workingHours(world, other, person, null);
  assert.deepEqual(await free(), ['12-08 08:00/12-08 16:00']);
});

test('archived people are never free, nor are those of others, whatever a project says', async () => {
  const gone = await bookable(world, company);
  const id = await project(world, company, app.slug, [gone, ida], { availability: { ...tuesday, mode: 'exclusive' } });
  await company.admin.put('/users', [{ id: gone.userId, active: false }]);
  const slots = slotsOf(await app.api.post('/availability', { project_id: id }));
  assert.deepEqual(
    slots.map(({ resources }) => resources.map((one) => one.id)),
    [[ida.uuid], [ida.uuid], [ida.uuid]],
  );
  const refused = await app.api.post('/availability', { resources: [ida.uuid, gone.uuid] });
  assert.deepEqual(refused.body, { errors: { resources: [`The resource ${gone.uuid} does not exist.`] } } as never);
  const left = await project(world, company, app.slug, [gone]);
  assert.deepEqual(slotsOf(await app.api.post('/availability', { project_id: left })), []);
  const other = await world.company();
  const stranger = await timekitApp(world, other);
  assert.equal((await stranger.api.post('/availability', { resources: [ida.uuid] })).status, 422);
  assert.deepEqual((await stranger.api.post('/availability', { project_id: id })).body, {
    error: 'Resource does not exist',
    model: 'Project',
  } as never);
});

test('weeks in which the clocks change have the hours of the wall clock', async () => {
  const cases: [zone: string, from: string, to: string, offsets: string[]][] = [
    ['America/New_York', '2027-03-13', '2027-03-16', ['-05:00', '-04:00', '-04:00']],
    ['Europe/Oslo', '2027-03-27', '2027-03-30', ['+01:00', '+02:00', '+02:00']],
    ['Asia/Kathmandu', '2027-03-27', '2027-03-30', ['+05:45', '+05:45', '+05:45']],
  ];
  for (const [zone, from, to, offsets] of cases) {
    const person = await bookable(world, company, { timeZone: zone });
    await workingHours(world, company, person, [{ allow_hours: { start: 1, end: 4 } }]);
    const slots = slotsOf(
      await app.api.post('/availability', {
        resources: [person.uuid],
        from,
        to,
        output_timezone: zone,
        length: '30 minutes',
      }),
    );
    const days = [...Map.groupBy(slots, ({ start }) => start.slice(0, 10))];
    assert.deepEqual(
      days.map(([, all]) => all.length),
      zone === 'Asia/Kathmandu' ? [6, 6, 6] : [6, 4, 6],
    );
    for (const [index, [day, all]] of days.entries()) {
      assert.equal(all[0]?.start, `${day}T01:00:00${index === 1 ? offsets[0] : offsets[index]}`);
      assert.equal(all.at(-1)?.end, `${day}T04:00:00${offsets[index]}`);
    }
  }
  // By the clock of the person, whoever asks.
  const person = await bookable(world, company, { timeZone: 'America/New_York' });
  await workingHours(world, company, person, nine);
  const asked = {
    resources: [person.uuid],
    from: '2027-03-12T00:00:00Z',
    to: '2027-03-16T00:00:00Z',
    length: null,
    output_timezone: 'Asia/Kathmandu',
  };
  assert.deepEqual(await freeOf(app.api, asked), [
    '03-12 19:45/03-12 22:45',
    '03-13 19:45/03-13 22:45',
    '03-14 18:45/03-14 21:45',
    '03-15 18:45/03-15 21:45',
  ]);
});

test('relative times count from now, by the clock of the answer', async () => {
  const person = await bookable(world, company);
  const free = (more: object): Promise<string[]> =>
    freeOf(app.api, { resources: [person.uuid], output_timezone: 'Asia/Kathmandu', ...more });
  assert.deepEqual(await free({}), ['11-23 12:00/12-21 12:00']);
  assert.deepEqual(await free({ from: 'tomorrow', to: '3 days' }), ['11-24 00:00/11-26 12:00']);
  assert.deepEqual(await free({ from: '-1 hour', to: '1 hour' }), ['11-23 12:00/11-23 13:00']);
  assert.deepEqual(await free({ from: '2020-01-01T00:00:00Z', to: '1 hour' }), ['11-23 12:00/11-23 13:00']);
  assert.deepEqual(await free({ from: '3 days 2 weeks', to: '2026-12-11T00:00:00' }), ['12-10 12:00/12-11 04:45']);
  assert.deepEqual(await free({ to: '3 years'.replace('years', 'months') }), ['11-23 12:00/02-23 12:00']);
  assert.deepEqual(await free({ to: '40 weeks' }), ['11-23 12:00/05-23 12:00']);
  assert.deepEqual(await free({ from: '7 months', to: '8 months' }), []);
});

test('dates, counts, and the stretches that are not free', async () => {
  const both = {
    resources: [ola.uuid, ida.uuid],
    ...tuesday,
    to: '2026-12-10T00:00:00+01:00',
    constraints: [{ block_period: { start: '2026-12-09T10:00', end: '2026-12-10' } }],
  };
  const dates = await app.widget.post('/availability/dates', { ...both, mode: 'roundrobin_random' });
  assert.deepEqual(dates.body, {
    data: [
      { date: '2026-12-08', resources: [ola.uuid, ida.uuid] },
      { date: '2026-12-09', resources: [ida.uuid] },
    ],
  } as never);
  const mutual = await app.api.post('/availability/dates', { ...both, mode: 'mutual' });
  assert.deepEqual(mutual.body, { data: [{ date: '2026-12-08', resources: [ola.uuid, ida.uuid] }] } as never);
  const counts = await app.widget.post('/availability/count', { ...both, mode: 'roundrobin_random' });
  assert.deepEqual(counts.body, {
    data: [
      { date: '2026-12-08', count: 4 },
      { date: '2026-12-09', count: 1 },
    ],
  } as never);
  const blocked = slotsOf(
    await app.widget.post('/unavailable/slots', {
      resources: [ola.uuid, ida.uuid],
      ...tuesday,
      constraints: [{ block_hours: { start: 20, end: 22 } }],
    }),
  );
  assert.deepEqual(
    blocked.map(({ start, end, resources }) => [start.slice(11, 16), end.slice(11, 16), resources.length]),
    [
      ['00:00', '09:00', 1],
      ['00:00', '10:00', 1],
      ['12:00', '00:00', 1],
      ['13:00', '00:00', 1],
    ],
  );
  const idle = await bookable(world, company);
  const noon = { resources: [idle.uuid], ...tuesday, constraints: [{ block_hours: { start: 12, end: 13 } }] };
  const [lunch, ...more] = slotsOf(await app.api.post('/unavailable/slots', noon));
  assert.deepEqual(more, []);
  assert.deepEqual(lunch, {
    start: '2026-12-08T12:00:00+01:00',
    end: '2026-12-08T13:00:00+01:00',
    resources: [{ id: idle.uuid, name: `Pat ${idle.username}`, timezone: 'Europe/Oslo' }],
  });
});
