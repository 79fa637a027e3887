import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import type { Answer, Json } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, type Row, statementsDuring } from './jobs-support.ts';
import { newSite, type Site } from './project-activities-support.ts';

const path = '/reports/project_estimate_detail';
const noon = Date.parse('2024-03-06T12:00:00Z') / 1000;

let world: World;
let company: Company;
let admin: Person;
let manager: Person;
/** In the manager's group. */
let ann: Person;
let bob: Person;
let group = 0;
let customer = 0;
/** Custom fields: a managed list, and one with free text. */
let tasks = 0;
let colour = 0;
let paint = 0;
let clean = 0;
/** The item that the free text made. */
let red = 0;
let site: Site;
/** Items of the estimate: two tasks; one more was deleted. */
let paintItem = 0;
let cleanItem = 0;

before(async () => {
  world = await openWorld({ shared: true, now: noon });
  company = await world.company({ timeZone: 'UTC' });
  admin = company.admin;
  manager = await company.person();
  group = await company.group([manager]);
  ann = await company.person({ groupId: group });
  bob = await company.person();
  customer = await company.jobcode({ assignedToAll: false });
  [tasks = 0, colour = 0] = await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: 'Tasks', appliesTo: 'timesheet', type: 'managed-list', shortCode: 'a' },
    { name: 'Colour', appliesTo: 'timesheet', type: 'free-form', shortCode: 'b' },
  ]);
  world.services.cache.forget(company.id);
  const task = (name: string): Promise<number> => create(admin, 'customfielditems', { customfield_id: tasks, name });
  // An archived item with the same name; its time is the active one's.
  const old = await task('Paint');
  await admin.put('/customfielditems', [{ id: old, active: false }]);
  [paint, clean] = [await task('Paint'), await task('Clean')];
  site = await newSite(company, { parent_jobcode_id: customer });
  for (const { userId } of [manager, ann, bob])
    await create(admin, 'jobcode_assignments', { user_id: userId, jobcode_id: site.jobcode });
  await estimate();
  await byHand(ann, 3_600, { [tasks]: 'Paint', [colour]: 'Red' });
  await byHand(ann, 1_800, { [tasks]: 'Clean' });
  await byHand(bob, 7_200, { [tasks]: 'Paint' });
  await byHand(bob, 900);
  await start(ann, '2024-03-06T11:50:00Z', { [tasks]: 'Clean' });
  const items = await admin.get('/customfielditems', { customfield_id: colour });
  [red = 0] = idsOf(items, 'customfielditems');
});
after(() => world.close());

async function estimate(): Promise<void> {
  const by = { project_id: site.id, estimate_by: 'customfields', estimate_by__id: tasks };
  const estimate_id = await create(admin, 'estimates', by);
  const item = (type_id: number, estimated_seconds: number): Promise<number> =>
    create(admin, 'estimate_items', { estimate_id, type: 'tag_clouds', type_id, estimated_seconds });
  [paintItem, cleanItem] = [await item(paint, 21_600), await item(clean, 0)];
  await admin.put('/estimate_items', [{ id: await item(clean, 3_600), active: false }]);
}

const track = (person: Person, more: object, customfields: object): Promise<number> =>
  create(admin, 'timesheets', { user_id: person.userId, jobcode_id: site.jobcode, customfields, ...more });
const byHand = (person: Person, duration: number, customfields: object = {}): Promise<number> =>
  track(person, { type: 'manual', date: '2024-03-01', duration }, customfields);
const start = (person: Person, moment: string, customfields: object = {}): Promise<number> =>
  track(person, { type: 'regular', start: moment, end: '' }, customfields);

async function ask(who: Person, data: object = { project_id: site.id }): Promise<Answer> {
  const answer = await who.post(path, data);
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

async function detailFor(who: Person, { id }: Site = site): Promise<Json> {
  const detail = (await ask(who, { project_id: id })).body.projects?.[String(id)];
  assert.ok(detail);
  return detail;
}

/** Tracked time as the report shows it. */
const time = (clockedIn: number, clockedOut: number): Row => ({
  total_clocked_in_seconds: clockedIn,
  total_clocked_out_seconds: clockedOut,
  total_tracked_seconds: clockedIn + clockedOut,
  on_the_clock: clockedIn > 0,
});

test('the example: keys, their order, and a project without any time or estimate', async () => {
  const quiet = await newSite(company);
  const { body } = await ask(admin, { project_id: quiet.id, supplemental_data: 'no', results_as_array: 'no' });
  assert.deepEqual(Object.keys(body), ['filters', 'projects']);
  assert.deepEqual(body.filters, { project_id: quiet.id });
  const row = body.projects?.[String(quiet.id)] as unknown as Row;
  assert.deepEqual(Object.keys(row), [
    'id',
    'jobcode_id',
    'parent_jobcode_id',
    'name',
    'status',
    'description',
    'start_date',
    'due_date',
    'completed_date',
    'active',
    'last_modified',
    'created',
    'estimate_id',
    'estimate_by',
    'estimate_by__id',
    'total_clocked_in_seconds',
    'total_clocked_out_seconds',
    'total_tracked_seconds',
    'total_estimated_seconds',
    'total_note_count',
    'unread_posts_count',
    'budget_progress',
    'clocked_in_user_ids',
    'tracked_time',
    'estimate_items',
    'on_the_clock',
    'customfielditem_id',
    'assigned_to_all',
    'preview_assigned_user_ids',
    'total_assigned_users',
  ]);
  assert.deepEqual(Object.entries(row.tracked_time as object), [
    ['users', {}],
    ['groups', {}],
    ['jobcodes', {}],
    ['customfields', []],
  ]);
  assert.deepEqual(
    [row.active, row.estimate_id, row.estimate_by, row.budget_progress, row.estimate_items, row.on_the_clock],
    [1, 0, null, null, [], false],
  );
  assert.deepEqual([row.customfielditem_id, row.preview_assigned_user_ids], [0, []]);
});

test('time by users, groups, jobcodes, items of custom fields and items of the estimate', async () => {
  const detail = (await detailFor(admin)) as unknown as Row;
  const users = { [ann.userId]: time(600, 5_400), [bob.userId]: time(0, 8_100) };
  const annsClean = { ...time(600, 1_800), users: { [ann.userId]: time(600, 1_800) } };
  assert.deepEqual(detail.tracked_time, {
    users,
    groups: { 0: { users: { [bob.userId]: time(0, 8_100) } }, [group]: { users: { [ann.userId]: time(600, 5_400) } } },
    jobcodes: { [site.jobcode]: { ...time(600, 13_500), users } },
    customfields: {
      [tasks]: {
        customfielditems: {
          0: { ...time(0, 900), users: { [bob.userId]: time(0, 900) } },
          [paint]: {
            ...time(0, 10_800),
            users: { [ann.userId]: time(0, 3_600), [bob.userId]: time(0, 7_200) },
          },
          [clean]: annsClean,
        },
      },
      [colour]: {
        customfielditems: {
          0: { ...time(600, 9_900), users: { [ann.userId]: time(600, 1_800), [bob.userId]: time(0, 8_100) } },
          [red]: { ...time(0, 3_600), users: { [ann.userId]: time(0, 3_600) } },
        },
      },
    },
  });
  const items = detail.estimate_items as Record<string, Row>;
  assert.deepEqual(Object.keys(items).map(Number), [paintItem, cleanItem]);
  const { created, last_modified, estimate_id, ...item } = items[paintItem] ?? {};
  assert.deepEqual([estimate_id, typeof created, typeof last_modified], [detail.estimate_id, 'string', 'string']);
  assert.deepEqual(item, {
    id: paintItem,
    estimated_seconds: 21_600,
    active: true,
    type: 'tag_clouds',
    type_id: paint,
    ...time(0, 10_800),
    budget_progress: 0.5,
  });
  assert.deepEqual([items[cleanItem]?.total_tracked_seconds, items[cleanItem]?.budget_progress], [2_400, null]);
  assert.deepEqual(
    [detail.total_tracked_seconds, detail.total_estimated_seconds, detail.budget_progress, detail.estimate_by__id],
    [14_100, 21_600, 0.65, tasks],
  );
  assert.deepEqual([detail.on_the_clock, detail.clocked_in_user_ids], [true, [ann.userId]]);
});

test('an estimate of the whole project counts all of its time', async () => {
  const whole = await newSite(company);
  await create(admin, 'jobcode_assignments', { user_id: bob.userId, jobcode_id: whole.jobcode });
  const estimate_id = await create(admin, 'estimates', { project_id: whole.id, estimate_by: 'none' });
  const id = await create(admin, 'estimate_items', { estimate_id, type: 'none', estimated_seconds: 3_600 });
  const more = { user_id: bob.userId, type: 'manual', date: '2024-03-02', duration: 1_800 };
  await create(admin, 'timesheets', { jobcode_id: whole.jobcode, ...more });
  const item = (await detailFor(admin, whole)).estimate_items?.[String(id)] as unknown as Row;
  assert.deepEqual([item.total_tracked_seconds, item.budget_progress, item.type_id], [1_800, 0.5, 0]);
});

test('totals are of everybody; rows that name people only of those whose time one may see', async () => {
  for (const [who, seen] of [
    [manager, [ann]],
    [ann, [ann]],
    [bob, [bob]],
  ] as const) {
    const ids = seen.map(({ userId }) => String(userId));
    const detail = await detailFor(who);
    const { users, groups, jobcodes, customfields } = detail.tracked_time ?? {};
    assert.deepEqual(Object.keys(users ?? {}), ids);
    assert.deepEqual(Object.keys(groups ?? {}), [who === bob ? '0' : String(group)]);
    assert.deepEqual(Object.keys(jobcodes?.[String(site.jobcode)]?.users ?? {}), ids);
    const items = customfields?.[String(tasks)]?.customfielditems;
    assert.deepEqual(Object.keys(items?.[String(paint)]?.users ?? {}), ids);
    const totals = [detail, jobcodes?.[String(site.jobcode)], items?.[String(paint)]];
    assert.deepEqual(
      totals.map((row) => row?.total_tracked_seconds),
      [14_100, 14_100, 10_800],
    );
    assert.equal(detail.estimate_items?.[String(paintItem)]?.total_tracked_seconds, 10_800);
    const everyItem = Object.values(customfields ?? {}).flatMap((field) => Object.values(field.customfielditems ?? {}));
    assert.ok(everyItem.every((item) => Object.keys(item.users ?? {}).every((id) => ids.includes(id))));
  }
});

test('the team: everyone, or how many and who of them one may see', async () => {
  const team = async (who: Person, of: Site = site): Promise<unknown[]> => {
    const { assigned_to_all, preview_assigned_user_ids, total_assigned_users } = await detailFor(who, of);
    return [assigned_to_all, preview_assigned_user_ids, total_assigned_users];
  };
  assert.deepEqual(await team(admin), [false, [manager.userId, ann.userId, bob.userId], 3]);
  assert.deepEqual(await team(bob), [false, [bob.userId], 3]);
  // Assigned with the customer, and twice: counted once; archived users are not counted.
  await create(admin, 'jobcode_assignments', { user_id: bob.userId, jobcode_id: customer });
  const gone = await company.person();
  await create(admin, 'jobcode_assignments', { user_id: gone.userId, jobcode_id: site.jobcode });
  await admin.put('/users', [{ id: gone.userId, active: false }]);
  assert.deepEqual(await team(admin), [false, [manager.userId, ann.userId, bob.userId], 3]);
  const shared = await newSite(company, { parent_jobcode_id: await company.jobcode() });
  assert.deepEqual(await team(admin, shared), [true, [], 0]);
});

test('what comes along: everybody and everything that the report names', async () => {
  const answer = await ask(admin);
  assert.deepEqual(Object.keys(answer.body), ['filters', 'projects', 'supplemental_data']);
  const ids = (name: string): number[] => idsOf(answer, name, 'supplemental_data').sort((a, b) => a - b);
  assert.deepEqual(ids('users'), [manager.userId, ann.userId, bob.userId]);
  assert.deepEqual(ids('groups'), [group]);
  assert.deepEqual(ids('jobcodes'), [customer, site.jobcode]);
  assert.deepEqual(ids('customfields'), [tasks, colour]);
  assert.deepEqual(ids('customfielditems'), [paint, clean, red]);
  const { body } = await ask(admin, { project_id: String(site.id), results_as_array: 'yes', supplemental_data: 'no' });
  assert.deepEqual(
    (body.projects as unknown as Row[]).map(({ id }) => id),
    [site.id],
  );
});

test('an archived project is reported like any other', async () => {
  const old = await newSite(company);
  await create(admin, 'jobcode_assignments', { user_id: bob.userId, jobcode_id: old.jobcode });
  const more = { user_id: bob.userId, type: 'manual', date: '2024-03-02', duration: 1_800 };
  await create(admin, 'timesheets', { jobcode_id: old.jobcode, ...more });
  await admin.put('/projects', [{ id: old.id, active: false }]);
  const detail = await detailFor(admin, old);
  assert.deepEqual([detail.active, detail.total_tracked_seconds, detail.total_assigned_users], [0, 1_800, 0]);
});

test('project_id must be given, be one, and be seen', async () => {
  const stranger = await newSite(await world.company());
  const hidden = await newSite(company);
  const cases: [Person, unknown, RegExp][] = [
    [admin, {}, /project_id must be given/],
    [admin, 0, /project_id must be given/],
    [admin, { project_id: '' }, /project_id must be given/],
    [admin, { project_id: 'x' }, /project_id must be/],
    [admin, { project_id: [site.id, hidden.id] }, /project_id must be one id/],
    [admin, { project_id: 999_999 }, /project_id names projects that do not exist: 999999/],
    [admin, { project_id: stranger.id }, /project_id names projects that do not exist/],
    [bob, { project_id: hidden.id }, /project_id names projects that do not exist/],
    [admin, { project_id: site.id, results_as_array: 'maybe' }, /results_as_array must be/],
  ];
  for (const [who, data, says] of cases) {
    const answer = await who.post(path, data);
    assert.equal(answer.status, 417, answer.text);
    assert.match(String(answer.body.error?.message), says);
  }
});

test('as CSV: the project, its people, the items of its fields, and of its estimate', async () => {
  const body = JSON.stringify({ data: { project_id: site.id } });
  const answer = await bob.send('POST', `${path}?format=csv`, body);
  assert.equal(answer.status, 200, answer.text);
  const name = `Pat ${bob.username}`;
  const project = String((await detailFor(bob)).name);
  assert.deepEqual(answer.text.trim().split('\r\n').slice(1), [
    `project,,,${site.id},${project},,,600,13500,14100,21600,yes`,
    `user,,,,,${bob.userId},${name},0,8100,8100,,no`,
    `customfielditem,${tasks},Tasks,0,,,,0,900,900,,no`,
    `customfielditem,${tasks},Tasks,0,,${bob.userId},${name},0,900,900,,no`,
    `customfielditem,${tasks},Tasks,${paint},Paint,,,0,10800,10800,,no`,
    `customfielditem,${tasks},Tasks,${paint},Paint,${bob.userId},${name},0,7200,7200,,no`,
    `customfielditem,${tasks},Tasks,${clean},Clean,,,600,1800,2400,,yes`,
    `customfielditem,${colour},Colour,0,,,,600,9900,10500,,yes`,
    `customfielditem,${colour},Colour,0,,${bob.userId},${name},0,8100,8100,,no`,
    `customfielditem,${colour},Colour,${red},Red,,,0,3600,3600,,no`,
    `estimate_item,,,${paintItem},Paint,,,0,10800,10800,21600,no`,
    `estimate_item,,,${cleanItem},Clean,,,600,1800,2400,0,yes`,
  ]);
});

test('a project with more people takes no more statements', async () => {
  const count = (): Promise<number> => statementsDuring(() => ask(admin));
  await count();
  const before = await count();
  for (let index = 0; index < 3; index += 1) {
    const person = await company.person({ groupId: group });
    await create(admin, 'jobcode_assignments', { user_id: person.userId, jobcode_id: site.jobcode });
    await byHand(person, 60, { [tasks]: 'Clean' });
  }
  await count();
  assert.equal(await count(), before);
});
