import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ctx } from '../../src/engine/context.ts';
import { parseInstant, pgOfEpoch } from '../../src/lib/time.ts';
import { findSlots } from '../../src/reports/availability/find.ts';
import { whyNotFree } from '../../src/reports/availability/free.ts';
import { sql } from '../../src/store/sql.ts';
import { scheduleOf } from '../api/schedule-support.ts';
import { statementCounter } from '../conformance/counting.ts';
import type { Answer } from '../support/api.ts';
import { type TimekitApp, timekitApp } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import {
  type Bookable,
  bookable,
  contextFor,
  freeOf,
  now,
  project,
  slotsOf,
  workingHours,
} from './availability-support.ts';

const counter = statementCounter();
let world: World;
let company: Company;
let app: TimekitApp;
let appId: number;
let ctx: Ctx;

const tuesday = { from: '2026-12-08T00:00:00+01:00', to: '2026-12-09T00:00:00+01:00', output_timezone: 'Europe/Oslo' };
const at = (time: string): number => parseInstant(`2026-12-08T${time}+01:00`) ?? Number.NaN;

before(async () => {
  world = await openWorld({ now, decorate: counter.decorate });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company);
  ctx = await contextFor(world, company, company.admin);
  const [row] = await world.services.database.system.rows(sql`SELECT id FROM booking_apps WHERE slug = ${app.slug}`);
  appId = Number(row?.[0]);
});
after(() => world.close());

/** Somebody who works on from 9 to 12. */
async function worker(): Promise<Bookable> {
  const person = await bookable(world, company);
  await workingHours(world, company, person, [{ allow_hours: { start: 9, end: 12 } }]);
  return person;
}

async function hold(person: Bookable, from: string, to: string, until: number, exclusive = true): Promise<void> {
  await ctx.db.rows(sql`
    INSERT INTO booking_holds (company_id, user_id, during, reservation, app_id, expires_at, exclusive)
    VALUES (${company.id}, ${person.userId}, tstzrange(${pgOfEpoch(at(from))}, ${pgOfEpoch(at(to))}), gen_random_uuid(),
      ${appId}, ${pgOfEpoch(until)}, ${exclusive})`);
}

/** A confirmed booking as it stands in the database: with its hold and its event. */
async function booking(person: Bookable, from: string, to: string): Promise<number> {
  const [start, end] = [pgOfEpoch(at(from)), pgOfEpoch(at(to))];
  const schedule = await scheduleOf(company);
  const event = await schedule.make({
    start: `2026-12-08T${from}:00+01:00`,
    end: `2026-12-08T${to}:00+01:00`,
    assigned_user_ids: [person.userId],
  });
  const [row] = await ctx.db.rows(sql`
    INSERT INTO bookings (company_id, app_id, user_id, graph, state, start_at, end_at, event_id)
    VALUES (${company.id}, ${appId}, ${person.userId}, 'instant', 'confirmed', ${start}, ${end}, ${Number(event.id)})
    RETURNING id`);
  await ctx.db.rows(sql`INSERT INTO booking_holds (company_id, user_id, during, booking_id, app_id)
    VALUES (${company.id}, ${person.userId}, tstzrange(${start}, ${end}), ${Number(row?.[0])}, ${appId})`);
  return Number(row?.[0]);
}

test('bookings and reservations take time until they expire', async () => {
  const person = await worker();
  await booking(person, '09:00', '09:30');
  await hold(person, '10:00', '10:30', now + 60);
  await hold(person, '10:15', '10:45', now + 60, false);
  await hold(person, '11:00', '11:30', now);
  const free = (): Promise<string[]> => freeOf(app.api, { resources: [person.uuid], ...tuesday });
  assert.deepEqual(await free(), ['12-08 09:30/12-08 10:00', '12-08 10:45/12-08 12:00']);
  world.clock.set(now + 60);
  assert.deepEqual(await free(), ['12-08 09:30/12-08 12:00']);
  world.clock.set(now);
});

test('whyNotFree', async () => {
  const person = await worker();
  const own = await booking(person, '10:00', '11:00');
  const schedule = await scheduleOf(company);
  const allDay = { all_day: true, start: '2026-12-08T11:00:00+01:00', end: undefined, timezone: 'Europe/Oslo' };
  const other = await worker();
  await schedule.make({ ...allDay, assigned_user_ids: [other.userId] });
  const pageOf = async (availability: Record<string, unknown>): Promise<number> => {
    const uuid = await project(world, company, app.slug, [person], {
      availability,
      availabilityConstraints: [{ block_hours: { start: 9, end: '09:30' } }],
    });
    const [row] = await ctx.db.rows(sql`SELECT id FROM booking_pages WHERE uuid = ${uuid}::uuid`);
    return Number(row?.[0]);
  };
  const [plain, buffered, lenient] = [
    await pageOf({}),
    await pageOf({ buffer: '15 minutes' }),
    await pageOf({ ignore_all_day_events: true }),
  ];
  const [busy, closed] = [/already booked or busy/, /not available/];
  type More = { pageId?: number; exceptBooking?: number; beside?: boolean };
  const cases: [of: Bookable, from: string, to: string, hours: boolean, more: More, why: RegExp | undefined][] = [
    [person, '09:00', '10:00', true, {}, undefined],
    [person, '11:00', '12:00', true, {}, undefined],
    [person, '09:30', '10:01', false, {}, busy],
    [person, '10:00', '11:00', true, {}, busy],
    [person, '10:15', '10:30', true, {}, busy],
    [person, '10:00', '11:00', true, { exceptBooking: own }, undefined],
    [person, '10:00', '11:00', true, { exceptBooking: own + 1 }, busy],
    [person, '10:15', '10:30', true, { beside: true }, undefined],
    [person, '10:15', '12:30', true, { beside: true }, closed],
    [person, '10:15', '12:30', false, { beside: true }, undefined],
    [person, '11:30', '12:30', true, {}, closed],
    [person, '11:30', '12:30', false, {}, undefined],
    [person, '09:00', '10:00', true, { pageId: plain }, closed],
    [person, '09:00', '10:00', false, { pageId: plain }, undefined],
    [person, '09:30', '10:00', true, { pageId: plain }, undefined],
    [person, '09:30', '10:00', true, { pageId: buffered }, busy],
    [person, '09:30', '09:45', true, { pageId: buffered }, undefined],
    [person, '09:30', '10:00', false, { pageId: buffered }, undefined],
    [other, '09:30', '10:00', false, {}, busy],
    [other, '09:30', '10:00', true, { pageId: plain }, busy],
    [other, '09:30', '10:00', true, { pageId: lenient }, undefined],
  ];
  for (const [index, [of, from, to, hours, more, why]] of cases.entries()) {
    const said = await whyNotFree(ctx, { userId: of.userId, start: at(from), end: at(to), hours, ...more });
    if (why === undefined) assert.equal(said, undefined, String(index));
    else assert.match(String(said), why, String(index));
  }
});

test('what is found is free', async () => {
  const person = await worker();
  await booking(person, '09:20', '09:40');
  const slots = slotsOf(
    await app.api.post('/availability', {
      resources: [person.uuid],
      ...tuesday,
      length: '20 minutes',
      timeslot_increments: '10 minutes',
    }),
  );
  assert.equal(slots.length, 14);
  for (const { start, end } of slots) {
    const wish = { userId: person.userId, start: parseInstant(start) ?? 0, end: parseInstant(end) ?? 0, hours: true };
    assert.equal(await whyNotFree(ctx, wish), undefined, start);
  }
});

test('any number of people costs the same statements, and many slots leave others their turn', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => bookable(world, company)));
  const count = async (of: readonly Bookable[]): Promise<number> => {
    world.services.cache.forget(company.id);
    counter.take();
    slotsOf(await app.api.post('/availability', { resources: of.map(({ uuid }) => uuid), to: '1 week' }));
    return counter.take();
  };
  assert.equal(await count(people), await count(people.slice(0, 1)));
  let [turns, on] = [0, true];
  const tick = (): void => {
    turns += 1;
    if (on) setImmediate(tick);
  };
  tick();
  const slots = await findSlots(ctx, {
    userIds: people.map(({ userId }) => userId),
    search: { start: now, end: now + 28 * 86_400 },
    buffer: 0,
    ignoreAllDay: false,
    lists: [],
    mode: 'exclusive',
    plan: { length: 900, step: 900, grid: 60 },
  });
  on = false;
  assert.equal(slots?.length, 28 * 96);
  assert.ok(turns > 60, `${turns} turns`);
});

test('who comes first in a shuffled round robin, the numbers given decide', async () => {
  const people = [await worker(), await worker()];
  const query = {
    userIds: people.map(({ userId }) => userId),
    search: { start: at('09:00'), end: at('12:00') },
    buffer: 0,
    ignoreAllDay: false,
    lists: [],
    mode: 'roundrobin_random' as const,
    plan: { length: 3600, step: 3600, grid: 60 },
  };
  for (const [number, first] of [
    [0, people[0]],
    [0.9, people[1]],
  ] as const) {
    const slots = await findSlots(ctx, { ...query, random: () => number });
    assert.deepEqual(
      slots?.map(({ userIds }) => userIds),
      Array(3).fill([first?.userId]),
    );
  }
});

test('findtime: common times of several people, with filters, sort and limit', async () => {
  const [ida, ola] = [await worker(), await bookable(world, company)];
  await workingHours(world, company, ola, [{ allow_hours: { start: 10, end: 14 } }]);
  const headers = { 'timekit-timezone': 'Europe/Oslo' };
  const base = {
    resource_ids: [ida.uuid, ola.uuid],
    start: '2026-12-08T00:00:00+01:00',
    future: '2026-12-09T00:00:00+01:00',
  };
  const shown = (answer: Answer): string[] => {
    assert.equal(answer.status, 200, answer.text);
    return (answer.body.data as unknown as { start: string }[]).map(({ start }) => start.slice(11, 16));
  };
  const cases: [more: object, starts: string[]][] = [
    [{}, ['10:00', '11:00']],
    [{ sort: 'desc' }, ['11:00', '10:00']],
    [{ limit: 1 }, ['10:00']],
    [{ sort: 'desc', limit: 1 }, ['11:00']],
    [{ length: '90 minutes' }, ['10:00']],
    [{ length: '90 minutes', all_solutions: true }, ['10:00', '10:15', '10:30']],
    [{ filters: { and: [{ allow_hours: { start: 11, end: 20 } }] } }, ['11:00']],
    [{ filters: { after: [{ block_hours: { start: 11, end: 12 } }] } }, ['10:00']],
    [
      {
        filters: {
          or: [{ specific_day_and_time: { day: 'Tuesday', start: 10, end: 11 } }, { allow_day: { day: 'Monday' } }],
        },
      },
      ['10:00'],
    ],
    [
      { filters: { or: [{ allow_hours: { start: 11, end: 12 } }, { allow_day: { day: 'Tuesday' } }] } },
      ['10:00', '11:00'],
    ],
    [{ filters: { and: [{ block_day: { day: 'Tuesday' } }] } }, []],
    [{ filters: [] }, ['10:00', '11:00']],
    [{ filters: { or: [] } }, ['10:00', '11:00']],
  ];
  for (const [more, starts] of cases)
    assert.deepEqual(
      shown(await app.api.post('/findtime', { ...base, ...more }, headers)),
      starts,
      JSON.stringify(more),
    );
  const exact = await app.api.post('/findtime', { ...base, limit: 1 }, headers);
  assert.deepEqual(exact.body, {
    data: [{ start: '2026-12-08T10:00:00+01:00', end: '2026-12-08T11:00:00+01:00' }],
  } as never);
  const byCalendar = { ...base, resource_ids: undefined, calendar_ids: [ida.uuid] };
  assert.deepEqual(shown(await app.api.post('/findtime', byCalendar, headers)), ['09:00', '10:00', '11:00']);
  const team = await app.api.post(
    '/findtime/team',
    { ...base, resource_ids: undefined, users: [{ id: ola.uuid }, ida.uuid] },
    headers,
  );
  assert.deepEqual(
    (team.body.data as unknown as { start: string; users: string[] }[]).map(({ start, users }) => [
      start.slice(11, 13),
      users,
    ]),
    [
      ['09', [ida.uuid]],
      ['10', [ola.uuid]],
      ['11', [ola.uuid]],
      ['12', [ola.uuid]],
      ['13', [ola.uuid]],
    ],
  );
  const bulk = await app.api.post('/findtime/bulk', [base, { ...base, limit: 1 }], headers);
  assert.deepEqual(
    (bulk.body.data as unknown as unknown[][]).map((all) => all.length),
    [2, 1],
  );
  const idle = await bookable(world, company);
  const night = { resource_ids: [idle.uuid], start: '2026-12-08T22:30:00+01:00', future: '2026-12-09T01:30:00+01:00' };
  assert.deepEqual(shown(await app.api.post('/findtime', night, headers)), ['22:30', '23:30', '00:30']);
  assert.deepEqual(shown(await app.api.post('/findtime', { ...night, no_day_span: true }, headers)), [
    '22:30',
    '00:30',
  ]);
});

test('findtime refuses what it does not understand', async () => {
  const person = await worker();
  const cases: [body: object, field: string][] = [
    [{ resource_ids: [] }, 'resource_ids'],
    [{ resource_ids: undefined }, 'resource_ids'],
    [{ resource_ids: undefined, emails: ['nobody@example.test'] }, 'emails'],
    [{ resource_ids: undefined, emails: 'nobody@example.test' }, 'emails'],
    [{ resource_ids: undefined, calendar_ids: ['x'] }, 'calendar_ids'],
    [{ resource_ids: Array(501).fill('x') }, 'resource_ids'],
    [{ resource_ids: ['x'] }, 'resource_ids'],
    [{ start: 'then' }, 'start'],
    [{ future: 'then' }, 'future'],
    [{ future: '-1 day' }, 'future'],
    [{ length: 'x' }, 'length'],
    [{ buffer: 'x' }, 'buffer'],
    [{ limit: 0 }, 'limit'],
    [{ sort: 'up' }, 'sort'],
    [{ no_day_span: 'x' }, 'no_day_span'],
    [{ all_solutions: 7 }, 'all_solutions'],
    [{ filters: 'x' }, 'filters'],
    [{ filters: { or: [{ business_hours: {} }] } }, 'filters.or'],
    [{ filters: { and: {} } }, 'filters.and'],
  ];
  for (const [body, field] of cases) {
    const answer = await app.api.post('/findtime', { resource_ids: [person.uuid], ...body });
    assert.equal(answer.status, 422, JSON.stringify(body));
    assert.deepEqual(Object.keys(answer.body.errors ?? {}), [field], answer.text);
  }
  assert.deepEqual(Object.keys((await app.api.post('/findtime/team', {})).body.errors ?? {}), ['users']);
  const bulk = await app.api.post('/findtime/bulk', [{ resource_ids: [person.uuid] }, { resource_ids: [] }]);
  assert.deepEqual(Object.keys(bulk.body.errors ?? {}), ['1.resource_ids']);
  for (const body of [{}, [7], Array(21).fill({})])
    assert.equal((await app.api.post('/findtime/bulk', body)).status, 422);
  const idle = await bookable(world, company);
  const much = await app.api.post('/findtime', { resource_ids: [idle.uuid], future: '3 months', length: '1 minute' });
  assert.deepEqual([much.status, Object.keys(much.body.errors ?? {})], [422, ['future']]);
});
