import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, itemOf, type Row, read, supplementOf } from './jobs-support.ts';
import { newSite, type Site } from './project-activities-support.ts';
import {
  activity,
  activityOf,
  assign,
  listed,
  notes,
  post,
  put,
  replies,
  takeMessages,
  upload,
} from './project-notes-support.ts';

let world: World;
let company: Company;
let admin: Person;
let worker: Person;
let site: Site;

before(async () => {
  world = await openWorld();
  company = await world.company();
  admin = company.admin;
  site = await newSite(company);
  worker = await company.person();
  await assign(company, worker, site.jobcode);
});
after(() => world.close());

test('a note is answered as in the reference, with its user, its project, its activity and its files', async () => {
  const file = await upload(worker);
  const answer = await worker.post('/project_notes', [{ note: 'note 1', project_id: site.id, files: [file] }]);
  const { id, created, last_modified, ...note } = itemOf(answer, notes);
  const activityId = await activityOf(worker, note);
  assert.deepEqual(Object.entries(note), [
    ['_status_code', 200],
    ['_status_message', 'Created'],
    ['project_id', site.id],
    ['user_id', worker.userId],
    ['note', 'note 1'],
    ['active', true],
    ['mentions', []],
    ['files', [file]],
    ['linked_objects', { project_activities: [activityId] }],
  ]);
  for (const moment of [created, last_modified]) assert.match(String(moment), /^\d{4}-.*\+00:00$/);
  for (const list of [answer, await worker.get('/project_notes', { project_id: site.id, ids: Number(id) })]) {
    assert.deepEqual(Object.keys(list.body.supplemental_data ?? {}), [
      'users',
      'projects',
      'project_activities',
      'files',
    ]);
    assert.equal(supplementOf(list, 'users', worker.userId)?.id, worker.userId);
    assert.equal(supplementOf(list, 'projects', site.id)?.id, site.id);
    const happened = supplementOf(list, 'project_activities', activityId);
    assert.deepEqual(
      [happened?.activity_type, happened?.user_id, happened?.active, happened?.linked_objects],
      ['note', worker.userId, true, { project_notes: [id] }],
    );
    assert.deepEqual(supplementOf(list, 'files', file)?.linked_objects, {
      projects: [String(site.id)],
      project_notes: [String(id)],
    });
  }
  const feed = await worker.get('/project_activities', { ids: activityId });
  assert.equal(supplementOf(feed, notes, id)?.note, 'note 1', 'the feed carries its notes');
});

test('every filter of notes', async () => {
  const here = await newSite(company);
  const there = await newSite(company);
  const item = { project_id: here.id, note: 'x' };
  const first = await create(admin, notes, item);
  const second = await create(admin, notes, { ...item, user_id: worker.userId });
  const archived = await create(admin, notes, { ...item, active: 0 });
  const other = await create(admin, notes, { ...item, project_id: there.id });
  const cases: [Record<string, string | number>, number[]][] = [
    [{ project_id: here.id }, [first, second]],
    [{ project_id: there.id }, [other]],
    [{ project_id: here.id, active: 'no' }, [archived]],
    [{ project_id: here.id, active: 'both' }, [first, second, archived]],
    [{ project_id: here.id, ids: `${second},${other}` }, [second]],
    [{ project_id: here.id, user_ids: worker.userId }, [second]],
    [{ project_id: here.id, user_ids: `${worker.userId},${admin.userId}` }, [first, second]],
    [{ project_id: here.id, modified_since: '2001-01-01T00:00:00+00:00' }, [first, second]],
    [{ project_id: here.id, modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ project_id: here.id, modified_before: '2001-01-01T00:00:00+00:00' }, []],
    [{ project_id: here.id, limit: 1, page: 2 }, [second]],
    [{ project_id: here.id, per_page: 1 }, [first]],
  ];
  for (const [query, expected] of cases)
    assert.deepEqual(await listed(admin, notes, query), expected, JSON.stringify(query));
  for (const query of [{}, { ids: first }]) {
    const answer = await admin.get('/project_notes', query);
    assert.equal(answer.status, 417);
    assert.match(answer.text, /project_id must be given/);
  }
  const bare = await admin.get('/project_notes', { project_id: here.id, supplemental_data: 'no' });
  assert.deepEqual(Object.keys(bare.body), ['results', 'more']);
});

test('what a note must not be is a 400 that says why', async () => {
  const archived = await newSite(company);
  await admin.put('/projects', [{ id: archived.id, active: false }]);
  const stranger = await company.person();
  const cases: [object, string][] = [
    [{ project_id: site.id }, 'Missing required params: note'],
    [{ note: 'x' }, 'Missing required params: project_id'],
    [{ project_id: site.id, note: '  ' }, 'note must not be blank'],
    [{ project_id: site.id, note: 'x'.repeat(10_001) }, 'note must not be longer than 10000 characters'],
    [{ project_id: 2_000_000_000, note: 'x' }, 'project_id 2000000000 does not exist'],
    [{ project_id: archived.id, note: 'x' }, `project_id ${archived.id} is archived`],
    [{ project_id: site.id, note: 'x', files: [2_000_000_000] }, 'files 2000000000 does not exist'],
    [{ project_id: site.id, note: 'x', files: 'a' }, 'files must be a list of ids'],
    [{ project_id: site.id, note: 'x', active: 'perhaps' }, 'active must be true or false'],
    [
      { project_id: site.id, note: 'x', mentions: Array.from({ length: 201 }, (_, index) => index + 1) },
      'mentions must not hold more than 200 ids',
    ],
    [{ project_id: site.id, note: 'x', mentions: [7_000_000] }, 'mentions 7000000 is nobody who sees the project'],
    [
      { project_id: site.id, note: 'x', mentions: [worker.userId, stranger.userId] },
      `mentions ${stranger.userId} is nobody who sees the project`,
    ],
    [{ project_id: site.id, note: 'x', linked_objects: { project_activities: [1] } }, 'Invalid params: linked_objects'],
    [{ project_id: site.id, note: 'x', created: '2020-01-01T00:00:00+00:00' }, 'Invalid params: created'],
  ];
  const before = await listed(admin, notes, { project_id: site.id, active: 'both' });
  for (const [item, says] of cases) {
    const { _status_code, _status_message, _status_extra } = await post(admin, notes, item);
    assert.deepEqual([_status_code, _status_message, _status_extra], [400, 'Bad Request', says]);
  }
  assert.deepEqual(await listed(admin, notes, { project_id: site.id, active: 'both' }), before);
  const [note = 0] = before;
  assert.equal(
    (await put(admin, notes, { id: note, project_id: archived.id }))._status_extra,
    'Invalid params: project_id',
  );
  assert.equal(
    (await put(admin, notes, { id: note, user_id: stranger.userId }))._status_extra,
    'Invalid params: user_id',
  );
  const unknown = await put(admin, notes, { id: 2_000_000_000, note: 'x' });
  assert.deepEqual([unknown._status_code, unknown._status_extra], [400, 'The project note does not exist']);
  assert.equal((await admin.delete('/project_notes', [note])).status, 501);
});

test('a note is edited and deleted from the feed, and comes back with its activity', async () => {
  const file = await upload(worker);
  const made = await post(worker, notes, { project_id: site.id, note: 'first', files: `${file}` });
  const activityId = await activityOf(worker, made);
  const edited = await put(worker, notes, { id: made.id, note: 'first - edited' });
  assert.deepEqual([edited._status_code, edited.note, edited.files], [200, 'first - edited', [file]]);
  assert.equal((await activity(admin, activityId)).active, true);
  const deleted = await put(worker, notes, { id: made.id, note: 'deleted', files: [], active: 0 });
  assert.deepEqual([deleted.active, deleted.files, deleted.linked_objects], [false, [], made.linked_objects]);
  assert.equal((await activity(admin, activityId)).active, false);
  assert.ok(!(await listed(worker, 'project_activities', { project_id: site.id })).includes(activityId));
  assert.deepEqual((await read(worker, 'files', file)).linked_objects, {});
  await put(worker, notes, { id: made.id, active: 1 });
  assert.equal((await activity(admin, activityId)).active, true);
});

test('files are attached and removed one by one, and deleted ones are not attached anew', async () => {
  const [one, two, gone] = [await upload(worker), await upload(worker), await upload(worker)];
  await worker.delete('/files', [gone]);
  const { id } = await post(worker, notes, { project_id: site.id, note: 'x', files: [one] });
  const linked = async (file: number): Promise<unknown> => (await read(worker, 'files', file)).linked_objects;
  assert.deepEqual((await put(worker, notes, { id, files: [one, two] })).files, [one, two]);
  assert.deepEqual(await linked(two), { projects: [String(site.id)], project_notes: [String(id)] });
  assert.deepEqual((await put(worker, notes, { id, files: [two] })).files, [two]);
  assert.deepEqual(await linked(one), {});
  const refused = await put(worker, notes, { id, files: [two, gone] });
  assert.deepEqual([refused._status_code, refused._status_extra], [400, `files ${gone} was deleted`]);
  const [found] = await listed(worker, 'files', { linked_object_type: 'project_note', object_ids: Number(id) });
  assert.equal(found, two);
});

test('each time files are attached there is an activity that names them, archived and restored with the note', async () => {
  const [one, two] = [await upload(worker), await upload(worker)];
  const { id } = await post(worker, notes, { project_id: site.id, note: 'x', files: [one] });
  await put(admin, notes, { id, files: [one, two] });
  await put(admin, notes, { id, note: 'y', files: [two] });
  const attachments = async (active = 'yes'): Promise<unknown[]> => {
    const query = { project_id: site.id, activity_types: 'attachment', active };
    const rows = rowsIn(await worker.get('/project_activities', query), 'project_activities');
    const ours = rows.filter(({ linked_objects }) =>
      JSON.stringify(linked_objects).includes(`"project_notes":[${id}]`),
    );
    return ours.map(({ user_id, linked_objects }) => [user_id, linked_objects]);
  };
  const told = [
    [worker.userId, { files: [one], project_notes: [id] }],
    [admin.userId, { files: [two], project_notes: [id] }],
  ];
  assert.deepEqual(await attachments(), told);
  await put(worker, notes, { id, active: false });
  assert.deepEqual(await attachments(), []);
  await put(worker, notes, { id, active: true });
  assert.deepEqual(await attachments(), told);
});

test('a file of a note is seen by whoever sees the note, and only by them; nobody attaches what he does not see', async () => {
  const [colleague, stranger] = [await company.person(), await company.person()];
  await assign(company, colleague, site.jobcode);
  const file = await upload(worker);
  const stolen = await post(colleague, notes, { project_id: site.id, note: 'x', files: [file] });
  assert.deepEqual([stolen._status_code, stolen._status_extra], [400, `files ${file} does not exist`]);
  await create(worker, notes, { project_id: site.id, note: 'x', files: [file] });
  assert.deepEqual(await listed(colleague, 'files', { ids: file }), [file]);
  assert.deepEqual(await listed(stranger, 'files', { ids: file }), []);
});

test('mentioned people are told once, on the dashboard and by push, and follow the note', async () => {
  const colleague = await company.person({ permissions: ['view_projects'] });
  await takeMessages(world, company);
  const made = await post(worker, notes, {
    project_id: site.id,
    note: 'Look here',
    mentions: [colleague.userId, worker.userId],
  });
  assert.deepEqual(made.mentions, [colleague.userId, worker.userId]);
  const { name } = await read(admin, 'projects', site.id);
  const subject = `Pat ${worker.username} mentioned you on ${name}`;
  assert.deepEqual(await takeMessages(world, company), [
    `${colleague.userId} dashboard: ${subject} | Look here`,
    `${colleague.userId} push: ${subject} | Look here`,
  ]);
  const activityId = await activityOf(worker, made);
  assert.equal((await activity(colleague, activityId)).following, true);
  assert.equal((await activity(admin, activityId)).following, false);
  await put(worker, notes, { id: made.id, note: 'Look there' });
  assert.deepEqual(await takeMessages(world, company), [], 'an edit tells nobody again');
  await put(worker, notes, { id: made.id, mentions: [colleague.userId, admin.userId] });
  const told = (await takeMessages(world, company)).map((message) => message.split(':')[0]);
  assert.deepEqual(told, [`${admin.userId} dashboard`, `${admin.userId} push`]);
  await put(worker, notes, { id: made.id, mentions: [] });
  assert.equal((await activity(colleague, activityId)).following, false);
});

test('whoever sees the project writes for himself, and manage_projects for others', async () => {
  const manager = await company.person({ permissions: ['manage_projects'] });
  const viewer = await company.person({ permissions: ['view_projects'] });
  const outsider = await company.person({ permissions: ['manage_users', 'manage_timesheets', 'manage_jobcodes'] });
  const item = { project_id: site.id, note: 'x' };
  for (const person of [admin, worker, manager, viewer]) {
    const made = await post(person, notes, { ...item, user_id: person.userId });
    assert.deepEqual([made._status_code, made.user_id], [200, person.userId]);
  }
  const own = await post(worker, notes, item);
  assert.equal((await post(outsider, notes, item))._status_extra, `project_id ${site.id} does not exist`);
  assert.deepEqual(await listed(outsider, notes, { project_id: site.id }), []);
  assert.equal(
    (await put(outsider, notes, { id: own.id, note: 'y' }))._status_extra,
    'The project note does not exist',
  );
  const foreign = await put(viewer, notes, { id: own.id, note: 'y' });
  assert.equal(foreign._status_extra, "Oops! You don't have permission to edit somebody else's project notes");
  assert.equal((await put(manager, notes, { id: own.id, note: 'y', active: false }))._status_code, 200);
  const both = await company.person({ permissions: ['manage_users', 'view_projects'] });
  const forOther = { ...item, user_id: worker.userId };
  assert.equal(
    (await post(both, notes, forOther))._status_extra,
    "Oops! You don't have permission to add project notes for somebody else",
  );
  assert.equal((await post(viewer, notes, forOther))._status_extra, `user_id ${worker.userId} does not exist`);
  const [happened] = rowsIn(
    await admin.get('/project_activities', { project_id: site.id, limit: 1 }),
    'project_activities',
  );
  const made = await post(admin, notes, forOther);
  assert.equal(made.user_id, worker.userId);
  assert.notEqual(await activityOf(admin, made), happened?.id);
});

test('nobody sees or writes notes of a project that he has left, and another company never does', async () => {
  const person = await company.person();
  const assignment = await create(admin, 'jobcode_assignments', { user_id: person.userId, jobcode_id: site.jobcode });
  const id = await create(person, notes, { project_id: site.id, note: 'mine' });
  await admin.delete('/jobcode_assignments', [assignment]);
  const stranger = (await world.company()).admin;
  for (const outsider of [person, stranger]) {
    assert.deepEqual(await listed(outsider, notes, { project_id: site.id, ids: id }), []);
    assert.equal((await put(outsider, notes, { id, note: 'x' }))._status_extra, 'The project note does not exist');
  }
  const mention = await post(admin, notes, { project_id: site.id, note: 'x', mentions: [stranger.userId] });
  assert.equal(mention._status_extra, `mentions ${stranger.userId} is nobody who sees the project`);
});

test('a batch of which one item fails writes the others, each with one activity', async () => {
  const here = await newSite(company);
  const items = [{ note: 'a' }, { note: '' }, { note: 'b', mentions: [2_000_000_000] }, { note: 'c' }];
  const answer = await admin.post(
    '/project_notes',
    items.map((item) => ({ project_id: here.id, ...item })),
  );
  const rows: Row[] = rowsIn(answer, notes);
  assert.deepEqual(
    rows.map(({ _status_code }) => _status_code),
    [200, 400, 400, 200],
  );
  const feed = rowsIn(
    await admin.get('/project_activities', { project_id: here.id, activity_types: 'note' }),
    'project_activities',
  );
  assert.deepEqual(
    feed.map(({ linked_objects }) => linked_objects),
    [rows[0], rows[3]].map((row) => ({ project_notes: [row?.id] })),
  );
  const [count] = await world.services.database.system.rows(sql`
    SELECT count(*), count(DISTINCT project_activity_id) FROM project_notes WHERE project_id = ${here.id}`);
  assert.deepEqual(count, ['2', '2']);
  assert.deepEqual(await listed(admin, replies, { project_activity_id: Number(feed[0]?.id) }), []);
});
