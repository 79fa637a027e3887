import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, type Row, read, supplementOf } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;
let number = 0;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

interface Made {
  id: number;
  jobcode: number;
}

async function project(more: object = {}): Promise<Made> {
  number += 1;
  const id = await create(admin, 'projects', { name: `Project ${number}`, ...more });
  return { id, jobcode: Number((await read(admin, 'projects', id)).jobcode_id) };
}

/** What happened on a project, oldest first. */
async function activitiesOf(id: number, by: Person = admin): Promise<Row[]> {
  const answer = await by.get('/project_activities', { project_id: id });
  return Object.values(answer.body.results?.project_activities ?? {}) as unknown as Row[];
}

async function typesOf(id: number): Promise<unknown[]> {
  return (await activitiesOf(id)).map(({ activity_type, user_id }) => `${activity_type} ${user_id}`);
}

test('an activity reads as in the reference, with its user and its project', async () => {
  const { id } = await project();
  const answer = await admin.get('/project_activities', { project_id: id });
  const [row = {}] = Object.values(answer.body.results?.project_activities ?? {}) as unknown as Row[];
  const { id: activity, created, last_modified, ...rest } = row;
  assert.deepEqual(Object.entries(rest), [
    ['active', true],
    ['user_id', admin.userId],
    ['project_id', id],
    ['activity_type', 'project_created'],
    ['unread_replies_count', 0],
    ['following', true],
    ['project_activity_metadata', []],
    ['linked_objects', {}],
  ]);
  for (const moment of [created, last_modified]) assert.match(String(moment), /^\d{4}-.*\+00:00$/);
  assert.ok(Number(activity) > 0);
  assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}), ['users', 'projects']);
  assert.equal(supplementOf(answer, 'projects', id)?.id, id);
  assert.equal(supplementOf(answer, 'users', admin.userId)?.username, 'admin');
});

test('a person follows what is about him', async () => {
  const { id } = await project();
  const viewer = await company.person({ permissions: ['view_projects'] });
  assert.equal((await activitiesOf(id, viewer))[0]?.following, false);
  assert.equal((await activitiesOf(id))[0]?.following, true);
});

test('each change of a project is one activity of whoever made it, and what changes nothing is none', async () => {
  const manager = await company.person({ permissions: ['manage_projects'] });
  const { id, jobcode } = await project();
  await manager.put('/projects', [{ id, description: 'new', start_date: '2020-01-01' }]);
  await manager.put('/projects', [{ id, description: 'new' }]);
  await manager.put('/projects', [{ id, status: 'nonsense' }]);
  await admin.put('/jobcodes', [{ id: jobcode, name: `Renamed ${id}` }]);
  await admin.put('/jobcodes', [{ id: jobcode, billable: true }]);
  await admin.put('/jobcodes', [{ id: jobcode, active: false }]);
  const [root, by] = [admin.userId, manager.userId];
  assert.deepEqual(await typesOf(id), [
    `project_created ${root}`,
    `project_update ${by}`,
    `project_update ${root}`,
    `project_update ${root}`,
  ]);
});

test('newest first; and every filter', async () => {
  const { id } = await project();
  const other = await project();
  for (const description of ['a', 'b', 'c']) await admin.put('/projects', [{ id, description }]);
  const list = async (query: Record<string, string | number>): Promise<number[]> => {
    const answer = await admin.get('/project_activities', query);
    const rows = Object.values(answer.body.results?.project_activities ?? {}) as unknown as Row[];
    // The order is the text's own: JavaScript sorts keys that look like numbers.
    const printed = [...answer.text.matchAll(/"(\d+)":\{"id":\1,"active":(?:true|false),"user_id"/g)];
    assert.equal(printed.length, rows.length);
    return printed.map(([, found]) => Number(found));
  };
  const all = await list({ project_id: id });
  assert.deepEqual(
    all,
    all.toSorted((a, b) => b - a),
  );
  const [third = 0, second = 0, first = 0, made = 0] = all;
  const [foreign = 0] = await list({ project_id: other.id });
  await admin.put('/project_activities', [{ id: first, active: false }]);
  const cases: [Record<string, string | number>, number[]][] = [
    [{ project_id: id }, [third, second, made]],
    [{ project_id: id, active: 'both' }, [third, second, first, made]],
    [{ project_id: id, active: 'no' }, [first]],
    [{ ids: `${second},${foreign}` }, [second, foreign]],
    [{ ids: `${second},${foreign}`, project_id: id }, [second]],
    [{ project_id: id, activity_types: 'project_created,clock_in' }, [made]],
    [{ project_id: id, activity_types: 'note' }, []],
    [{ project_id: id, max_id: second }, [second, made]],
    [{ project_id: id, limit: 1 }, [third]],
    [{ project_id: id, limit: 2, page: 2 }, [made]],
    [{ project_id: id, modified_since: '2001-01-01T00:00:00+00:00' }, [third, second, made].toReversed()],
    [{ project_id: id, modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ project_id: id, modified_before: '2001-01-01T00:00:00+00:00' }, []],
  ];
  for (const [query, expected] of cases) assert.deepEqual(await list(query), expected, JSON.stringify(query));
  const refused: [Record<string, string>, RegExp][] = [
    [{}, /One of project_id, ids must be given/],
    [{ activity_types: 'note' }, /One of project_id, ids must be given/],
    [{ project_id: String(id), activity_types: 'nap' }, /activity_types must be among clock_in, /],
    [{ project_id: 'x' }, /project_id must be/],
    [{ project_id: String(id), max_id: 'x' }, /max_id must be/],
  ];
  for (const [query, says] of refused) {
    const answer = await admin.get('/project_activities', query);
    assert.equal(answer.status, 417);
    assert.match(answer.text, says);
  }
});

test('only active of an activity can be changed, and nobody creates or deletes one', async () => {
  const { id } = await project();
  const [activity = {}] = await activitiesOf(id);
  const put = async (change: object): Promise<Row> =>
    itemOf(await admin.put('/project_activities', [{ id: activity.id, ...change }]), 'project_activities');
  const archived = await put({ active: false });
  assert.deepEqual([archived._status_code, archived.active, archived.following], [200, false, true]);
  assert.equal((await put({ active: 1 })).active, true);
  for (const change of [{ activity_type: 'note' }, { user_id: 7 }, { linked_objects: { project_notes: [1] } }])
    assert.equal((await put(change))._status_extra, `Invalid params: ${Object.keys(change)[0]}`);
  assert.equal((await admin.post('/project_activities', [{ project_id: id }])).status, 501);
  assert.equal((await admin.delete('/project_activities', [Number(activity.id)])).status, 501);
});

test('no activity of another company is seen or changed', async () => {
  const { id } = await project();
  const [activity = {}] = await activitiesOf(id);
  const stranger = (await world.company()).admin;
  assert.deepEqual(idsOf(await stranger.get('/project_activities', { project_id: id }), 'project_activities'), []);
  const put = await stranger.put('/project_activities', [{ id: activity.id, active: false }]);
  assert.equal(itemOf(put, 'project_activities')._status_extra, 'The project activity does not exist');
});
