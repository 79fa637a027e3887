import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, itemOf, read, supplementOf } from './jobs-support.ts';
import { newSite, type Site } from './project-activities-support.ts';
import { activity, assign, listed, noted, post, put, replies, takeMessages } from './project-notes-support.ts';

let world: World;
let company: Company;
let admin: Person;
let worker: Person;
let site: Site;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
  site = await newSite(company);
  worker = await company.person();
  await assign(company, worker, site.jobcode);
});
after(() => world.close());

/** Who was told since the last time, without repetition: each on the dashboard and by push. */
async function told(): Promise<number[]> {
  const messages = (await takeMessages(world, company)).map((message) => message.split(':')[0] ?? '');
  const people = messages.filter((to) => to.endsWith('dashboard')).map((to) => Number(to.split(' ')[0]));
  assert.deepEqual(
    messages.filter((to) => to.endsWith('push')).map((to) => Number(to.split(' ')[0])),
    people,
  );
  return people.toSorted((a, b) => a - b);
}

test('a reply is answered as in the reference, with its user and its activity', async () => {
  const project_activity_id = await noted(admin, site.id);
  const answer = await worker.post('/project_activity_replies', [{ note: 'note 1', project_activity_id }]);
  const { id, created, last_modified, ...reply } = itemOf(answer, replies);
  assert.deepEqual(Object.entries(reply), [
    ['_status_code', 200],
    ['_status_message', 'Created'],
    ['project_activity_id', project_activity_id],
    ['user_id', worker.userId],
    ['note', 'note 1'],
    ['active', true],
    ['mentions', []],
    ['linked_objects', { project_activities: [project_activity_id] }],
  ]);
  for (const moment of [created, last_modified]) assert.match(String(moment), /^\d{4}-.*\+00:00$/);
  for (const list of [answer, await worker.get('/project_activity_replies', { project_activity_id })]) {
    assert.deepEqual(Object.keys(list.body.supplemental_data ?? {}), ['users', 'project_activities']);
    assert.equal(supplementOf(list, 'users', worker.userId)?.id, worker.userId);
    const happened = supplementOf(list, 'project_activities', project_activity_id);
    assert.ok(happened);
    assert.deepEqual((happened.linked_objects as Record<string, unknown>)[replies], [id]);
    assert.equal(happened.following, true);
  }
});

test('every filter of replies', async () => {
  const [here, there] = [await noted(admin, site.id), await noted(admin, site.id)];
  const item = { project_activity_id: here, note: 'x' };
  const first = await create(admin, replies, item);
  const second = await create(worker, replies, item);
  const archived = await create(admin, replies, { ...item, active: 0 });
  const other = await create(admin, replies, { ...item, project_activity_id: there });
  const of = { project_activity_id: here };
  const cases: [Record<string, string | number>, number[]][] = [
    [of, [first, second]],
    [{ project_activity_id: there }, [other]],
    [{ ...of, active: 'no' }, [archived]],
    [{ ...of, active: 'both' }, [first, second, archived]],
    [{ ...of, ids: `${second},${other}` }, [second]],
    [{ ...of, user_ids: worker.userId }, [second]],
    [{ ...of, modified_since: '2001-01-01T00:00:00+00:00' }, [first, second]],
    [{ ...of, modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ ...of, modified_before: '2001-01-01T00:00:00+00:00' }, []],
    [{ ...of, limit: 1, page: 2 }, [second]],
    [{ ...of, per_page: 1 }, [first]],
  ];
  for (const [query, expected] of cases)
    assert.deepEqual(await listed(admin, replies, query), expected, JSON.stringify(query));
  for (const query of [{}, { ids: first }]) {
    const answer = await admin.get('/project_activity_replies', query);
    assert.equal(answer.status, 417);
    assert.match(answer.text, /project_activity_id must be given/);
  }
  const bare = await admin.get('/project_activity_replies', { ...of, supplemental_data: 'no' });
  assert.deepEqual(Object.keys(bare.body), ['results', 'more']);
});

test('what a reply must not be is a 400 that says why', async () => {
  const project_activity_id = await noted(admin, site.id);
  const closed = await newSite(company);
  const [shut, hidden] = [await noted(admin, closed.id), await noted(admin, site.id)];
  await admin.put('/projects', [{ id: closed.id, active: false }]);
  await admin.put('/project_activities', [{ id: hidden, active: false }]);
  const cases: [object, string][] = [
    [{ project_activity_id }, 'Missing required params: note'],
    [{ note: 'x' }, 'Missing required params: project_activity_id'],
    [{ project_activity_id, note: ' ' }, 'note must not be blank'],
    [{ project_activity_id, note: 'x'.repeat(10_001) }, 'note must not be longer than 10000 characters'],
    [{ project_activity_id: 2_000_000_000, note: 'x' }, 'project_activity_id 2000000000 does not exist'],
    [{ project_activity_id: shut, note: 'x' }, `project_activity_id ${shut} belongs to an archived project`],
    [{ project_activity_id: hidden, note: 'x' }, `project_activity_id ${hidden} is archived`],
    [{ project_activity_id, note: 'x', mentions: [7_000_000] }, 'mentions 7000000 is nobody who sees the project'],
    [{ project_activity_id, note: 'x', linked_objects: { users: [1] } }, 'Invalid params: linked_objects'],
    [{ project_activity_id, note: 'x', files: [1] }, 'Invalid params: files'],
  ];
  for (const [item, says] of cases) {
    const { _status_code, _status_message, _status_extra } = await post(admin, replies, item);
    assert.deepEqual([_status_code, _status_message, _status_extra], [400, 'Bad Request', says]);
  }
  assert.deepEqual(await listed(admin, replies, { project_activity_id }), []);
  const id = await create(admin, replies, { project_activity_id, note: 'x' });
  assert.equal(
    (await put(admin, replies, { id, project_activity_id: shut }))._status_extra,
    'Invalid params: project_activity_id',
  );
  assert.equal((await admin.delete('/project_activity_replies', [id])).status, 501);
});

test('those who follow an activity are told of a reply, each once and never who wrote it', async () => {
  const [second, third, passive] = [await company.person(), await company.person(), await company.person()];
  for (const person of [second, third, passive]) await assign(company, person, site.jobcode);
  const project_activity_id = await noted(worker, site.id);
  await takeMessages(world, company);
  const reply = async (by: Person, more: object = {}): Promise<number[]> => {
    await create(by, replies, { project_activity_id, note: 'An answer', ...more });
    return told();
  };
  assert.deepEqual(await reply(worker), []);
  assert.deepEqual(await reply(second), [worker.userId], 'its user follows');
  assert.deepEqual(await reply(worker), [second.userId], 'and who replied');
  assert.deepEqual(await reply(second, { mentions: [third.userId, worker.userId] }), [worker.userId, third.userId]);
  assert.deepEqual(await reply(admin), [worker.userId, second.userId, third.userId], 'and who was mentioned');
  const follows = async (person: Person): Promise<unknown> => (await activity(person, project_activity_id)).following;
  for (const person of [worker, second, third, admin]) assert.equal(await follows(person), true);
  assert.equal(await follows(passive), false);

  const { name } = await read(admin, 'projects', site.id);
  await create(admin, replies, { project_activity_id, note: 'The text', user_id: second.userId });
  const subject = `Pat ${second.username} replied on ${name}`;
  const expected = [worker, third].flatMap(({ userId }) => [
    `${userId} dashboard: ${subject} | The text`,
    `${userId} push: ${subject} | The text`,
  ]);
  assert.deepEqual(await takeMessages(world, company), expected.toSorted());
});

test('who has left the project or the company is told no more', async () => {
  const [leaving, archived] = [await company.person(), await company.person()];
  await assign(company, archived, site.jobcode);
  const assignment = await create(admin, 'jobcode_assignments', { user_id: leaving.userId, jobcode_id: site.jobcode });
  const project_activity_id = await noted(worker, site.id);
  for (const person of [leaving, archived]) await create(person, replies, { project_activity_id, note: 'x' });
  await admin.delete('/jobcode_assignments', [assignment]);
  await admin.put('/users', [{ id: archived.userId, active: false }]);
  await takeMessages(world, company);
  await create(admin, replies, { project_activity_id, note: 'x' });
  assert.deepEqual(await told(), [worker.userId]);
});

test('an edited reply tells only those newly mentioned, an archived one is gone from the feed', async () => {
  const project_activity_id = await noted(admin, site.id);
  const id = await create(worker, replies, { project_activity_id, note: 'first' });
  await takeMessages(world, company);
  const edited = await put(worker, replies, { id, note: 'first - edited' });
  assert.deepEqual(
    [edited._status_code, edited.note, edited.project_activity_id],
    [200, 'first - edited', project_activity_id],
  );
  assert.deepEqual(await told(), []);
  const viewer = await company.person({ permissions: ['view_projects'] });
  await put(worker, replies, { id, mentions: [viewer.userId] });
  assert.deepEqual(await told(), [viewer.userId]);
  const before = await activity(admin, project_activity_id);
  assert.deepEqual([before.unread_replies_count, (await activity(viewer, project_activity_id)).following], [1, true]);
  const gone = await put(worker, replies, { id, note: 'deleted', active: 0 });
  assert.deepEqual([gone._status_code, gone.active], [200, false]);
  const now = await activity(admin, project_activity_id);
  assert.deepEqual([now.unread_replies_count, Object.keys(now.linked_objects as object)], [0, ['project_notes']]);
  for (const person of [worker, viewer]) assert.equal((await activity(person, project_activity_id)).following, false);
  await put(worker, replies, { id, active: true });
  assert.equal((await activity(admin, project_activity_id)).unread_replies_count, 1);
});

test('whoever sees the project replies for himself, and manage_projects for others', async () => {
  const project_activity_id = await noted(admin, site.id);
  const manager = await company.person({ permissions: ['manage_projects'] });
  const viewer = await company.person({ permissions: ['view_projects', 'manage_users'] });
  const outsider = await company.person({ permissions: ['manage_users', 'manage_timesheets', 'manage_jobcodes'] });
  const stranger = (await world.company()).admin;
  const item = { project_activity_id, note: 'x' };
  for (const person of [admin, worker, manager, viewer])
    assert.equal((await post(person, replies, { ...item, user_id: person.userId }))._status_code, 200);
  const id = await create(worker, replies, item);
  for (const nobody of [outsider, stranger]) {
    assert.equal(
      (await post(nobody, replies, item))._status_extra,
      `project_activity_id ${project_activity_id} does not exist`,
    );
    assert.deepEqual(await listed(nobody, replies, { project_activity_id }), []);
    const refused = await put(nobody, replies, { id, note: 'y' });
    assert.deepEqual([refused._status_code, refused._status_extra], [400, 'The project activity reply does not exist']);
  }
  assert.equal(
    (await put(viewer, replies, { id, note: 'y' }))._status_extra,
    "Oops! You don't have permission to edit somebody else's replies",
  );
  assert.equal(
    (await post(viewer, replies, { ...item, user_id: worker.userId }))._status_extra,
    "Oops! You don't have permission to reply for somebody else",
  );
  assert.equal((await put(manager, replies, { id, note: 'y' }))._status_code, 200);
  assert.equal((await post(admin, replies, { ...item, user_id: worker.userId })).user_id, worker.userId);
});

test('replies of others are unread until the viewer has read about the project', async () => {
  const project_activity_id = await noted(worker, site.id);
  const unread = async (person: Person): Promise<unknown> =>
    (await activity(person, project_activity_id)).unread_replies_count;
  const reads = async (person: Person, project_id = site.id): Promise<void> => {
    assert.equal((await post(person, 'project_activity_read_times', { project_id }))._status_code, 200);
  };
  const reply = { project_activity_id, note: 'x' };
  for (const by of [admin, worker, admin]) await create(by, replies, reply);
  assert.deepEqual([await unread(worker), await unread(admin)], [2, 1]);
  await reads(worker, (await newSite(company, { jobcode_id: await company.jobcode() })).id);
  assert.equal(await unread(worker), 2, 'another project says nothing');
  await reads(worker);
  assert.deepEqual([await unread(worker), await unread(admin)], [0, 1], 'each reads for himself');
  await create(admin, replies, reply);
  assert.equal(await unread(worker), 1);
  await reads(worker);
  await reads(worker);
  assert.equal(await unread(worker), 0);
});

test('an activity counts as modified when its replies change', async () => {
  const project_activity_id = await noted(worker, site.id);
  const stamp = async (): Promise<string> => {
    const [row] = await world.services.database.forCompany(company.id).rows({
      text: 'SELECT last_modified FROM project_activities WHERE company_id = $1 AND id = $2',
      values: [company.id, project_activity_id],
    });
    return String(row?.[0]);
  };
  const made = await stamp();
  const id = await create(admin, replies, { project_activity_id, note: 'x' });
  const replied = await stamp();
  assert.notEqual(replied, made);
  await put(admin, replies, { id, note: 'y' });
  assert.equal(await stamp(), replied, 'its text is not part of the activity');
  await put(admin, replies, { id, active: false });
  assert.notEqual(await stamp(), replied);
});
