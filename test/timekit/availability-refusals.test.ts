import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { issueToken } from '../../src/operations/tokens.ts';
import { setWorkingHours } from '../../src/resources/working-hours/set.ts';
import { sql } from '../../src/store/sql.ts';
import { basic, type TimekitApp, timekitApp, timekitWith } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { type Bookable, bookable, contextFor, now, project, slotsOf, workingHours } from './availability-support.ts';

let world: World;
let company: Company;
let app: TimekitApp;
let ida: Bookable;
let page: string;

before(async () => {
  world = await openWorld({ now });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company);
  ida = await bookable(world, company);
  page = await project(world, company, app.slug, [ida]);
});
after(() => world.close());

const paths = ['/availability', '/availability/dates', '/availability/count', '/unavailable/slots'];
const nobody = '00000000-0000-4000-8000-000000000000';

test('what can not be understood is refused, and the field named', async () => {
  const cases: [body: object, fields: string[]][] = [
    [{ resources: undefined }, ['resources']],
    [{ resources: null }, ['resources']],
    [{ resources: [] }, ['resources']],
    [{ resources: ida.uuid }, ['resources']],
    [{ resources: [7] }, ['resources']],
    [{ resources: [ida.uuid, null] }, ['resources']],
    [{ resources: {} }, ['resources']],
    [{ resources: [nobody] }, ['resources']],
    [{ resources: ['x'] }, ['resources']],
    [{ resources: [ida.uuid, `${ida.uuid} `] }, ['resources']],
    [{ resources: Array(501).fill(ida.uuid) }, ['resources']],
    [{ mode: 'random' }, ['mode']],
    [{ mode: 1 }, ['mode']],
    [{ length: '' }, ['length']],
    [{ length: 'an hour' }, ['length']],
    [{ length: 60 }, ['length']],
    [{ length: '0 minutes' }, ['length']],
    [{ length: '-1 hour' }, ['length']],
    [{ length: ['1 hour'] }, ['length']],
    [{ buffer: 'x' }, ['buffer']],
    [{ buffer: '-5 minutes' }, ['buffer']],
    [{ buffer: '2 months' }, ['buffer']],
    [{ timeslot_increments: '0 minutes' }, ['timeslot_increments']],
    [{ timeslot_increments: true }, ['timeslot_increments']],
    [{ closest_time_interval: 'x' }, ['closest_time_interval']],
    [{ closest_time_interval: '2 days' }, ['closest_time_interval']],
    [{ round_to_nearest_hour: 'maybe' }, ['round_to_nearest_hour']],
    [{ ignore_all_day_events: [] }, ['ignore_all_day_events']],
    [{ from: 'yesterday' }, ['from']],
    [{ from: '' }, ['from']],
    [{ from: 7 }, ['from']],
    [{ from: '2026-02-30' }, ['from']],
    [{ from: '2026-12-08T25:00:00Z' }, ['from']],
    [{ from: '2026-12-08T10:00:00+99:00' }, ['from']],
    [{ to: 'soon' }, ['to']],
    [{ to: 'x'.repeat(101) }, ['to']],
    [{ to: '-1 hour' }, ['to']],
    [{ to: '2020-01-01T00:00:00Z' }, ['to']],
    [{ from: '2 weeks', to: '1 week' }, ['to']],
    [{ from: '2027-01-20T00:00:00Z' }, ['to']],
    [{ output_timezone: 'Mars/Olympus' }, ['output_timezone']],
    [{ output_timezone: '+01:00' }, ['output_timezone']],
    [{ output_timezone: 1 }, ['output_timezone']],
    [{ constraints: 'x' }, ['constraints']],
    [{ constraints: {} }, ['constraints']],
    [{ constraints: [{ allow_dya: { day: 'Monday' } }] }, ['constraints']],
    [{ constraints: [{ allow_day: { day: 'Someday' } }] }, ['constraints']],
    [{ constraints: [{ allow_hours: { start: 9, end: 25 } }] }, ['constraints']],
    [{ constraints: [{ allow_hours: { start: 22, end: 6 } }] }, ['constraints']],
    [{ mode: 'x', length: 'x', from: 'x', to: 'x', resources: [] }, ['from', 'length', 'mode', 'resources', 'to']],
    [{ length: '1 minute', to: '3 months' }, ['to']],
  ];
  for (const [body, fields] of cases) {
    const answer = await app.api.post('/availability', { resources: [ida.uuid], ...body });
    assert.equal(answer.status, 422, JSON.stringify(body).slice(0, 100));
    const { errors } = answer.body as unknown as { errors: Record<string, string[]> };
    assert.deepEqual(Object.keys(errors).sort(), fields, answer.text);
    for (const sentence of Object.values(errors).flat()) assert.match(sentence, /^[A-Z].*\.$/);
  }
  for (const path of paths) {
    const answer = await app.widget.post(path, { resources: [ida.uuid], mode: 'x' });
    assert.deepEqual(Object.keys(answer.body.errors ?? {}), ['mode'], path);
  }
});

test('null is as good as absent, save for the length', async () => {
  const nothing = {
    mode: null,
    from: null,
    to: null,
    buffer: null,
    constraints: null,
    output_timezone: null,
    timeslot_increments: null,
  };
  const answer = await app.api.post('/availability', { resources: [ida.uuid], project_id: null, ...nothing });
  assert.equal(slotsOf(answer).length, 28 * 24);
});

test('unknown fields are ignored, and every entry of a list is spoken of', async () => {
  const good = await app.api.post('/availability', {
    resources: [ida.uuid],
    colour: 'blue',
    graph: 'instant',
    to: '2 hours',
  });
  assert.equal(slotsOf(good).length, 2);
  const constraints = [{ allow_weekdays: {} }, { allow_day: {} }, { x: 1 }];
  const bad = await app.api.post('/availability', { resources: [ida.uuid], constraints });
  assert.deepEqual(bad.body, {
    errors: {
      constraints: ['Entry 2 (allow_day) must have a day such as Monday.', 'Entry 3 has the unknown constraint "x".'],
    },
  } as never);
});

test('projects that are not there, and people who are not in one', async () => {
  for (const id of [nobody, 'x', '', 7, {}, [page]]) {
    const answer = await app.api.post('/availability', { project_id: id });
    assert.deepEqual([answer.status, answer.body], [404, { error: 'Resource does not exist', model: 'Project' }]);
  }
  const other = await timekitApp(world, company, { name: 'Other' });
  assert.equal((await other.api.post('/availability', { project_id: page })).status, 404);
  const ola = await bookable(world, company);
  const answer = await app.api.post('/availability', { project_id: page, resources: [ola.uuid] });
  assert.deepEqual(Object.keys(answer.body.errors ?? {}), ['resources']);
});

test('bodies that are no object, and other methods', async () => {
  assert.equal((await app.api.send('POST', '/availability', '{"resources": [')).status, 400);
  for (const body of ['[]', '"x"', '7'])
    assert.equal((await app.api.send('POST', '/availability', body)).status, 422, body);
  assert.equal((await app.api.send('POST', '/availability')).status, 422);
  for (const path of [...paths, '/findtime']) assert.equal((await app.api.get(path)).status, 405);
  assert.equal((await timekitWith(world).post('/availability', { resources: [ida.uuid] })).status, 401);
  assert.equal((await app.api.post('/findtime/filtercollections', {})).status, 404);
});

test('the keys of one person reach himself only', async () => {
  await world.services.database
    .forCompany(company.id)
    .rows(sql`UPDATE users SET email = 'ida@example.test' WHERE company_id = ${company.id} AND id = ${ida.userId}`);
  world.services.cache.forget(company.id);
  const [booking] = await world.services.database.system.rows(
    sql`SELECT id FROM booking_apps WHERE slug = ${app.slug}`,
  );
  const ola = await bookable(world, company);
  const both = await project(world, company, app.slug, [ola, ida]);
  for (const door of ['timekit-server', 'timekit-client'] as const) {
    const key = await issueToken(
      world.services,
      { companyId: company.id, userId: ida.userId, label: 'test', door, bookingAppId: Number(booking?.[0]) },
      now,
    );
    const own = timekitWith(world, { authorization: basic(key, 'ida@example.test'), 'timekit-app': app.slug });
    assert.equal(slotsOf(await own.post('/availability', { resources: [ida.uuid], to: '2 hours' })).length, 2);
    assert.equal((await own.post('/availability', { resources: [ola.uuid] })).status, 422);
    const [slot] = slotsOf(await own.post('/availability', { project_id: both, mode: 'exclusive', to: '1 hour' }));
    assert.deepEqual(
      slot?.resources.map(({ id }) => id),
      [ida.uuid],
    );
    assert.equal((await own.post('/findtime', { resource_ids: [ida.uuid] })).status, 200);
  }
});

test('working hours are set by those who may edit the person, and kept in the history', async () => {
  const group = await company.group([]);
  const lead = await company.person();
  const led = await company.group([lead]);
  const member = await bookable(world, company, { groupId: led });
  const stranger = await bookable(world, company, { groupId: group });
  const clerk = await company.person({ permissions: ['manage_users'] });
  const plain = await company.person();
  const list = [{ allow_weekdays: {} }];
  const may = async (by: Parameters<typeof contextFor>[2], of: { userId: number }): Promise<string> => {
    const ctx = await contextFor(world, company, by);
    return setWorkingHours(ctx, of.userId, list).then(
      () => 'done',
      (error) => String(error.kind),
    );
  };
  assert.equal(await may(company.admin, member), 'done');
  assert.equal(await may(clerk, member), 'done');
  assert.equal(await may(lead, member), 'done');
  assert.equal(await may(member, member), 'done');
  assert.equal(await may(lead, stranger), 'not-found');
  assert.equal(await may(plain, member), 'not-found');
  assert.equal(await may(clerk, company.admin), 'forbidden');
  assert.equal(await may(company.admin, { userId: 999_999 }), 'not-found');
  await company.setting('general', 'emp_panel', 0);
  assert.equal(await may(member, member), 'forbidden');
  await company.setting('general', 'emp_panel', 1);
  const seer = await company.person({ permissions: ['approve_timesheets'] });
  assert.equal(await may(seer, member), 'forbidden');
  await assert.rejects(workingHours(world, company, member, [{ allow_day: {} }]), {
    kind: 'invalid',
    field: 'availability_constraints',
    detail: 'Entry 1 (allow_day) must have a day such as Monday.',
  });
  const other = await world.company();
  const elsewhere = await contextFor(world, other, other.admin);
  await assert.rejects(setWorkingHours(elsewhere, member.userId, list), { kind: 'not-found' });
  await workingHours(world, company, member, [{ allow_weekends: {} }]);
  await workingHours(world, company, member, [{ allow_weekends: {} }]);
  await workingHours(world, company, member, null);
  const history = await world.services.database.forCompany(company.id).rows(sql`
    SELECT actor_user_id, via, before ->> 'constraints', after ->> 'constraints' FROM history
    WHERE company_id = ${company.id} AND resource = 'working_hours' ORDER BY id`);
  const weekdays = JSON.stringify(list);
  const weekends = '[{"allow_weekends":{}}]';
  assert.deepEqual(
    history.map(([actor, via, from, to]) => [
      Number(actor),
      via,
      from && JSON.stringify(JSON.parse(from)),
      to && JSON.stringify(JSON.parse(to)),
    ]),
    [
      [company.admin.userId, 'test', null, weekdays],
      [company.admin.userId, 'test', weekdays, weekends],
      [company.admin.userId, 'test', weekends, null],
    ],
  );
});
