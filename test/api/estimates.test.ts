import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, read, statusesOf, supplementOf } from './jobs-support.ts';
import { happenedOn, newSite } from './project-activities-support.ts';

let world: World;
let company: Company;
let admin: Person;
/** Custom fields: two managed lists of timesheets, one with free text, one of users, one that is archived. */
let list = 0;
let otherList = 0;
let text = 0;
let ofUsers = 0;
let archived = 0;

before(async () => {
  world = await openWorld();
  company = await world.company();
  admin = company.admin;
  const made = await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: 'Tasks', appliesTo: 'timesheet', type: 'managed-list', shortCode: 'a' },
    { name: 'Others', appliesTo: 'timesheet', type: 'managed-list', shortCode: 'b' },
    { name: 'Text', appliesTo: 'timesheet', type: 'free-form', shortCode: 'c' },
    { name: 'Person', appliesTo: 'user', type: 'managed-list', shortCode: 'd' },
    { name: 'Old', appliesTo: 'timesheet', type: 'managed-list', shortCode: 'e' },
  ]);
  [list = 0, otherList = 0, text = 0, ofUsers = 0, archived = 0] = made;
  world.services.cache.forget(company.id);
  await admin.put('/customfields', [{ id: archived, active: false }]);
});
after(() => world.close());

const post = async (item: object): Promise<Row> => itemOf(await admin.post('/estimates', [item]), 'estimates');
const postItem = async (item: object): Promise<Row> =>
  itemOf(await admin.post('/estimate_items', [item]), 'estimate_items');

function demandRefused(item: Row | undefined, says: string): void {
  assert.deepEqual([item?._status_code, item?._status_extra], [417, says]);
}

test('the example: an estimate by custom field, with its project and its field', async () => {
  const site = await newSite(company);
  const answer = await admin.post('/estimates', [
    { project_id: site.id, estimate_by: 'customfields', estimate_by__id: list },
  ]);
  const { id, created, last_modified, ...rest } = itemOf(answer, 'estimates');
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    project_id: site.id,
    active: true,
    estimate_by: 'customfields',
    estimate_by__id: list,
  });
  for (const moment of [created, last_modified]) assert.match(String(moment), /^\d{4}-.*\+00:00$/);
  assert.equal(supplementOf(answer, 'projects', site.id)?.id, site.id);
  assert.equal(supplementOf(answer, 'customfields', list)?.name, 'Tasks');
  const changed = itemOf(await admin.put('/estimates', [{ id, active: false }]), 'estimates');
  assert.deepEqual([changed._status_message, changed.active], ['Updated', false]);
  const whole = await post({ project_id: site.id, estimate_by: 'none' });
  assert.deepEqual([whole._status_code, whole.estimate_by__id], [200, 0]);
});

test('what can not be created', async () => {
  const [site, gone] = [await newSite(company), await newSite(company)];
  await admin.put('/projects', [{ id: gone.id, active: false }]);
  const stranger = await newSite(await world.company());
  const by = (id: unknown): object => ({ project_id: site.id, estimate_by: 'customfields', estimate_by__id: id });
  const notAList = (id: number): string =>
    `estimate_by__id ${id} must be a custom field of timesheets with a managed list`;
  const cases: [object, string][] = [
    [{ estimate_by: 'none' }, 'Missing required params: project_id'],
    [{ project_id: site.id }, 'Missing required params: estimate_by'],
    [{ project_id: site.id, estimate_by: 'jobcodes' }, 'estimate_by must be one of none, customfields'],
    [
      { project_id: site.id, estimate_by: 'customfields' },
      'estimate_by__id must be given when estimate_by is customfields',
    ],
    [by(0), 'estimate_by__id must be given when estimate_by is customfields'],
    [by(2_000_000_000), 'estimate_by__id 2000000000 does not exist'],
    [by(archived), `estimate_by__id ${archived} is archived`],
    [by(text), notAList(text)],
    [by(ofUsers), notAList(ofUsers)],
    [{ ...by(list), estimate_by: 'none' }, 'estimate_by__id must be 0 when estimate_by is none'],
    [{ project_id: 2_000_000_000, estimate_by: 'none' }, 'project_id 2000000000 does not exist'],
    [{ project_id: stranger.id, estimate_by: 'none' }, `project_id ${stranger.id} does not exist`],
    [{ project_id: gone.id, estimate_by: 'none' }, `project_id ${gone.id} is archived`],
    [{ project_id: site.id, estimate_by: 'none', estimate_by_id: 1 }, 'Invalid params: estimate_by_id'],
  ];
  for (const [item, says] of cases) demandRefused(await post(item), says);
});

const second = 'Oops! The project has an active estimate already; archive it first';

test('a project has one active estimate at most', async () => {
  const site = await newSite(company);
  const item = { project_id: site.id, estimate_by: 'none' };
  const answer = await admin.post('/estimates', [item, item, { ...item, active: false }]);
  assert.deepEqual(statusesOf(answer, 'estimates'), [200, 417, 200]);
  const [one, refused, two] = itemsOf(answer, 'estimates');
  demandRefused(refused, second);
  const restore = async (): Promise<Row> =>
    itemOf(await admin.put('/estimates', [{ id: two?.id, active: true }]), 'estimates');
  demandRefused(await restore(), second);
  const swap = await admin.put('/estimates', [
    { id: one?.id, active: false },
    { id: two?.id, active: true },
  ]);
  assert.deepEqual(statusesOf(swap, 'estimates'), [200, 200]);
  demandRefused(itemOf(await admin.put('/estimates', [{ id: one?.id, active: true }]), 'estimates'), second);
});

test('of requests that estimate one project at the same moment one wins', async () => {
  for (let round = 0; round < 3; round += 1) {
    const site = await newSite(company);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post({ project_id: site.id, estimate_by: 'none' })),
    );
    const refused = answers.filter(({ _status_code }) => _status_code !== 200);
    assert.equal(refused.length, 3);
    for (const item of refused) demandRefused(item, second);
  }
});

test('what an estimate is by can not be changed', async () => {
  const site = await newSite(company);
  const id = await create(admin, 'estimates', { project_id: site.id, estimate_by: 'none' });
  for (const change of [{ estimate_by: 'customfields' }, { estimate_by__id: list }, { project_id: site.id + 1 }])
    demandRefused(
      itemOf(await admin.put('/estimates', [{ id, ...change }]), 'estimates'),
      `Invalid params: ${Object.keys(change)[0]}`,
    );
});

interface Estimated {
  site: Awaited<ReturnType<typeof newSite>>;
  estimate: number;
  task: number;
}

/** A project with an estimate by the list, and an item of the list. */
async function estimated(): Promise<Estimated> {
  const site = await newSite(company);
  const by = { project_id: site.id, estimate_by: 'customfields', estimate_by__id: list };
  const estimate = await create(admin, 'estimates', by);
  const task = await create(admin, 'customfielditems', { customfield_id: list, name: `Task ${site.id}` });
  return { site, estimate, task };
}

test('the example: an estimate item, by either name of its type', async () => {
  const { estimate, task } = await estimated();
  for (const type of ['tag_clouds', 'customfields']) {
    const answer = await admin.post('/estimate_items', [
      { estimated_seconds: 46_800, estimate_id: estimate, active: true, type, type_id: task },
    ]);
    const { id, created, last_modified, ...rest } = itemOf(answer, 'estimate_items');
    assert.deepEqual(rest, {
      _status_code: 200,
      _status_message: 'Created',
      estimated_seconds: 46_800,
      estimate_id: estimate,
      active: true,
      type: 'tag_clouds',
      type_id: task,
    });
    assert.ok(Number(id) > 0 && created !== '' && last_modified !== '');
    assert.equal(supplementOf(answer, 'estimates', estimate)?.estimate_by__id, list);
    const turned = await admin.put('/estimate_items', [{ id, type: 'none', type_id: 0 }]);
    const { _status_message, type: now, type_id } = itemOf(turned, 'estimate_items');
    assert.deepEqual([_status_message, now, type_id], ['Updated', 'none', 0]);
  }
});

test('what no estimate item can be', async () => {
  const { site, estimate, task } = await estimated();
  const foreignTask = await create(admin, 'customfielditems', { customfield_id: otherList, name: `T ${site.id}` });
  const oldTask = await create(admin, 'customfielditems', { customfield_id: list, name: `Old ${site.id}` });
  await admin.put('/customfielditems', [{ id: oldTask, active: false }]);
  const plain = await create(admin, 'estimates', { project_id: (await newSite(company)).id, estimate_by: 'none' });
  const gone = await create(admin, 'estimates', {
    project_id: (await newSite(company)).id,
    estimate_by: 'none',
    active: false,
  });
  const of = (more: object): object => ({ estimate_id: estimate, type: 'tag_clouds', type_id: task, ...more });
  const cases: [object, string][] = [
    [{ type: 'none' }, 'Missing required params: estimate_id'],
    [{ estimate_id: estimate }, 'Missing required params: type'],
    [of({ type: 'jobcodes' }), 'type must be one of none, tag_clouds'],
    [of({ type: 'none' }), 'type_id must be 0 when type is none'],
    [of({ type_id: 0 }), 'type_id must be given when type is tag_clouds'],
    [of({ type_id: foreignTask }), `type_id ${foreignTask} is no item of custom field ${list}`],
    [of({ type_id: oldTask }), `type_id ${oldTask} is archived`],
    [of({ type_id: 2_000_000_000 }), 'type_id 2000000000 does not exist'],
    [of({ estimate_id: plain }), 'type must be none where the estimate is not by custom field'],
    [of({ estimate_id: gone, type: 'none', type_id: 0 }), `estimate_id ${gone} is archived`],
    [of({ estimate_id: 2_000_000_000 }), 'estimate_id 2000000000 does not exist'],
    [of({ estimated_seconds: -1 }), 'estimated_seconds must not be less than 0'],
    [of({ estimated_seconds: 360_000_001 }), 'estimated_seconds must not be more than 360000000'],
    [of({ estimated_seconds: 1.5 }), 'estimated_seconds must be a whole number'],
  ];
  for (const [item, says] of cases) demandRefused(await postItem(item), says);
  assert.equal((await postItem(of({ type: 'none', type_id: '' })))._status_code, 200, 'time for no task in particular');
  const id = await create(admin, 'estimate_items', of({ estimated_seconds: '60' }));
  const put = async (change: object): Promise<Row> =>
    itemOf(await admin.put('/estimate_items', [{ id, ...change }]), 'estimate_items');
  demandRefused(await put({ type_id: foreignTask }), `type_id ${foreignTask} is no item of custom field ${list}`);
  demandRefused(await put({ estimate_id: plain }), 'Invalid params: estimate_id');
  await admin.put('/customfielditems', [{ id: task, active: false }]);
  assert.equal((await put({ estimated_seconds: 120 })).estimated_seconds, 120, 'an archived task stays');
  assert.deepEqual((await put({ type: 'none' })).type_id, 0);
});

test('with a project its estimate is archived, with an estimate its items; each is told to the project', async () => {
  const { site, estimate, task } = await estimated();
  const item = { estimate_id: estimate, type: 'tag_clouds', type_id: task, estimated_seconds: 60 };
  const [one, two] = [await create(admin, 'estimate_items', item), await create(admin, 'estimate_items', item)];
  await create(admin, 'estimate_items', { ...item, active: false });
  await admin.put('/estimate_items', [{ id: one, estimated_seconds: 90 }]);
  await admin.put('/estimate_items', [{ id: one, active: false }]);
  await admin.put('/estimate_items', [{ id: one, active: true }]);
  const told = (type: string, id: number): string =>
    `estimate_item_${type} ${admin.userId} ${JSON.stringify({ estimate_items: [id] })}`;
  const before = [
    told('added', one),
    told('added', two),
    told('updated', one),
    told('removed', one),
    told('added', one),
  ];
  assert.deepEqual(await happenedOn(company, site), before);
  const answer = await admin.put('/estimates', [{ id: estimate, active: false }]);
  assert.deepEqual(idsOf(answer, 'estimate_items', 'supplemental_data'), [one, two]);
  assert.deepEqual(await happenedOn(company, site), [...before, told('removed', one), told('removed', two)]);
  const refused = itemOf(await admin.put('/estimate_items', [{ id: one, active: true }]), 'estimate_items');
  demandRefused(refused, `estimate_id ${estimate} is archived`);
  await admin.put('/estimates', [{ id: estimate, active: true }]);
  await admin.put('/estimate_items', [{ id: one, active: true }]);
  await admin.put('/jobcodes', [{ id: site.jobcode, active: false }]);
  assert.equal((await read(admin, 'estimates', estimate)).active, false);
  assert.equal((await read(admin, 'estimate_items', one)).active, false);
  demandRefused(
    itemOf(await admin.put('/estimates', [{ id: estimate, active: true }]), 'estimates'),
    `project_id ${site.id} is archived`,
  );
});

test('the history names who brought it about, in every row that followed', async () => {
  const { site, estimate } = await estimated();
  const item = await create(admin, 'estimate_items', { estimate_id: estimate, type: 'none' });
  const person = await company.person({ permissions: ['manage_jobcodes'] });
  const answer = await person.put('/jobcodes', [{ id: site.jobcode, active: false }]);
  const entries = await world.services.database.system.rows(sql`
    SELECT resource, row_id, actor_user_id FROM history
    WHERE company_id = ${company.id} AND request_id = ${answer.headers.get('x-request-id') ?? ''} ORDER BY id`);
  const by = String(person.userId);
  assert.deepEqual(
    entries.filter(([resource]) => resource !== 'project_activities'),
    [
      ['jobcodes', String(site.jobcode), by],
      ['projects', String(site.id), by],
      ['estimates', String(estimate), by],
      ['estimate_items', String(item), by],
    ],
  );
  const activities = entries.filter(([resource]) => resource === 'project_activities');
  assert.deepEqual(
    activities.map(([, , actor]) => actor),
    [by, by],
  );
});

test('a complete project keeps its estimate', async () => {
  const { site, estimate } = await estimated();
  await admin.put('/projects', [{ id: site.id, status: 'complete' }]);
  assert.equal((await read(admin, 'estimates', estimate)).active, true);
});

test('every filter', async () => {
  const place = await world.company();
  const [one, two] = [await newSite(place), await newSite(place)];
  const of = (id: number): Promise<number> => create(place.admin, 'estimates', { project_id: id, estimate_by: 'none' });
  const [first, second] = [await of(one.id), await of(two.id)];
  const item = (id: number): Promise<number> =>
    create(place.admin, 'estimate_items', { estimate_id: id, type: 'none', estimated_seconds: 1 });
  const [a, b, c] = [await item(first), await item(first), await item(second)];
  await place.admin.put('/estimate_items', [{ id: b, active: false }]);
  await place.admin.put('/estimates', [{ id: second, active: false }]);
  const shared: [Record<string, string | number>, 'all' | 'none'][] = [
    [{ modified_since: '2001-01-01T00:00:00+00:00' }, 'all'],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, 'none'],
    [{ modified_before: '2001-01-01T00:00:00+00:00' }, 'none'],
  ];
  const cases: [string, Record<string, string | number>, number[]][] = [
    ['estimates', {}, [first]],
    ['estimates', { active: 'no' }, [second]],
    ['estimates', { active: 'both' }, [first, second]],
    ['estimates', { ids: `${first},${second}` }, [first]],
    ['estimate_items', {}, [a]],
    ['estimate_items', { active: 'both' }, [a, b, c]],
    ['estimate_items', { active: 'both', ids: `${b},${c}` }, [b, c]],
    ['estimate_items', { active: 'both', estimate_ids: second }, [c]],
    ['estimate_items', { active: 'both', limit: 1, page: 2 }, [b]],
    ...shared.map(([query, which]): [string, Record<string, string | number>, number[]] => [
      'estimates',
      { ...query, active: 'both' },
      which === 'all' ? [first, second] : [],
    ]),
    ...shared.map(([query, which]): [string, Record<string, string | number>, number[]] => [
      'estimate_items',
      { ...query, active: 'both' },
      which === 'all' ? [a, b, c] : [],
    ]),
  ];
  for (const [name, query, expected] of cases)
    assert.deepEqual(
      idsOf(await place.admin.get(`/${name}`, query), name),
      expected,
      `${name} ${JSON.stringify(query)}`,
    );
});

test('whoever sees the project sees what is estimated; whoever manages projects changes it', async () => {
  const { site, estimate } = await estimated();
  const item = await create(admin, 'estimate_items', { estimate_id: estimate, type: 'none' });
  const [outsider, member, viewer] = [
    await company.person(),
    await company.person(),
    await company.person({ permissions: ['view_projects'] }),
  ];
  await admin.post('/jobcode_assignments', [{ user_id: member.userId, jobcode_id: site.jobcode }]);
  for (const [person, sees] of [
    [outsider, false],
    [member, true],
    [viewer, true],
  ] as const) {
    assert.deepEqual(idsOf(await person.get('/estimates', { ids: estimate }), 'estimates'), sees ? [estimate] : []);
    assert.deepEqual(idsOf(await person.get('/estimate_items', { ids: item }), 'estimate_items'), sees ? [item] : []);
    const put = itemOf(await person.put('/estimates', [{ id: estimate, active: false }]), 'estimates');
    demandRefused(put, sees ? "Oops! You don't have permission to edit estimates" : 'The estimate does not exist');
    const made = itemOf(
      await person.post('/estimate_items', [{ estimate_id: estimate, type: 'none' }]),
      'estimate_items',
    );
    demandRefused(
      made,
      sees ? "Oops! You don't have permission to create estimate items" : `estimate_id ${estimate} does not exist`,
    );
  }
  const manager = await company.person({ permissions: ['manage_projects'] });
  const change = { id: item, estimated_seconds: 5 };
  const changed = itemOf(await manager.put('/estimate_items', [change]), 'estimate_items');
  assert.equal(changed._status_code, 200, JSON.stringify(changed));
});
