import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { resources } from '../../src/resources/index.ts';
import { jobcodeUse } from '../../src/resources/jobcode-assignments/queries.ts';
import { actorOf } from '../../src/resources/users/actor.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import {
  create,
  idsOf,
  itemOf,
  itemsOf,
  type Row,
  read,
  statementsDuring,
  statusesOf,
  supplementOf,
} from './jobs-support.ts';

const resource = 'jobcode_assignments';
let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

const job = (name: string, more: object = {}): Promise<number> => create(admin, 'jobcodes', { name, ...more });
const post = async (...items: object[]): Promise<Row[]> => itemsOf(await admin.post(`/${resource}`, items), resource);
const said = (row: Row | undefined): unknown[] => [row?._status_code, row?._status_extra];

async function active(query: Record<string, string | number>, person = admin): Promise<string[]> {
  const answer = await person.get(`/${resource}`, { active: 'yes', type: 'all', ...query });
  return Object.values(answer.body.results?.[resource] ?? {}).map((row) => `${row.user_id}:${row.jobcode_id}`);
}

test("the reference's properties and order, with users and jobcodes in supplemental data", async () => {
  const person = await company.person();
  const jobcode = await job('Assembly Line');
  const answer = await admin.post(`/${resource}`, [{ user_id: `${person.userId}`, jobcode_id: `${jobcode}` }]);
  const { _status_code, _status_message, ...made } = itemOf(answer, resource);
  assert.deepEqual([_status_code, _status_message], [200, 'Created']);
  assert.deepEqual(Object.keys(made), ['id', 'user_id', 'jobcode_id', 'active', 'last_modified', 'created']);
  assert.deepEqual([made.user_id, made.jobcode_id, made.active], [person.userId, jobcode, true]);
  assert.equal(supplementOf(answer, 'jobcodes', jobcode)?.name, 'Assembly Line');
  assert.equal(supplementOf(answer, 'users', person.userId)?.id, person.userId);
  const listed = await admin.get(`/${resource}`, { user_ids: person.userId });
  assert.deepEqual(listed.body.results?.[resource]?.[String(made.id)], made);
  assert.equal(supplementOf(listed, 'jobcodes', jobcode)?.id, jobcode);
  assert.equal(supplementOf(listed, 'users', person.userId)?.id, person.userId);
});

test('filters', async () => {
  const own = await world.company();
  const [ann, bob] = [await own.person(), await own.person()];
  const folder = await create(own.admin, 'jobcodes', { name: 'Folder' });
  const child = await create(own.admin, 'jobcodes', { name: 'Child', parent_id: folder });
  const shared = await create(own.admin, 'jobcodes', { name: 'Shared', assigned_to_all: true });
  const old = await create(own.admin, 'jobcodes', { name: 'Old', assigned_to_all: true });
  const made = itemsOf(
    await own.admin.post(`/${resource}`, [
      { user_id: ann.userId, jobcode_id: child },
      { user_id: bob.userId, jobcode_id: folder },
    ]),
    resource,
  );
  await own.admin.put('/jobcodes', [{ id: old, active: false }]);
  await own.admin.delete(`/${resource}`, [Number(made[0]?.id)]);
  const rows = async (query: Record<string, string | number>, person = own.admin): Promise<string[]> => {
    const answer = await person.get(`/${resource}`, query);
    assert.equal(answer.status, 200, answer.text);
    const names = new Map([
      [0, 'all'],
      [ann.userId, 'ann'],
      [bob.userId, 'bob'],
    ]);
    const jobs = new Map([
      [folder, 'folder'],
      [child, 'child'],
      [shared, 'shared'],
      [old, 'old'],
    ]);
    return Object.values(answer.body.results?.[resource] ?? {}).map(
      (row) => `${names.get(Number(row.user_id))} ${jobs.get(Number(row.jobcode_id)) ?? 'pto'}`,
    );
  };
  const regular = ['all shared', 'all old', 'ann child', 'bob folder', 'bob child'];
  assert.deepEqual(await rows({}), regular, 'all that one may view, active or not, of regular jobcodes');
  assert.deepEqual(await rows({ user_ids: ann.userId }), ['all shared', 'all old', 'ann child']);
  assert.deepEqual(await rows({ user_ids: `${ann.userId},${bob.userId}` }), regular);
  assert.deepEqual(await rows({ user_ids: 0 }), ['all shared', 'all old']);
  assert.deepEqual(await rows({ type: 'pto' }), ['all pto', 'all pto', 'all pto']);
  assert.equal((await rows({ type: 'all' })).length, 8);
  assert.deepEqual(await rows({ type: 'paid_break' }), []);
  assert.equal((await own.admin.get(`/${resource}`, { type: 'other' })).status, 417);
  assert.deepEqual(await rows({ jobcode_id: child }), ['ann child', 'bob child']);
  assert.deepEqual(await rows({ jobcode_parent_id: folder }), ['ann child', 'bob child']);
  assert.deepEqual(await rows({ jobcode_parent_id: 0 }), ['all shared', 'all old', 'bob folder']);
  assert.deepEqual(await rows({ active: 'yes' }), ['all shared', 'bob folder', 'bob child']);
  assert.deepEqual(await rows({ active: 'no' }), ['all old', 'ann child']);
  assert.deepEqual(await rows({ active_jobcodes: 'yes' }), ['all shared', 'ann child', 'bob folder', 'bob child']);
  assert.deepEqual(await rows({ active_jobcodes: 'no' }), ['all old']);
  assert.deepEqual(await rows({ modified_since: '2018-03-01T00:00:00-0600', limit: 10 }).then((all) => all.length), 5);
  assert.deepEqual(await rows({ modified_before: '2018-03-01T00:00:00-06:00' }), []);
  assert.equal('supplemental_data' in (await own.admin.get(`/${resource}`, { supplemental_data: 'no' })).body, false);
  const page = await own.admin.get(`/${resource}`, { per_page: 2, page: 2 });
  assert.deepEqual([idsOf(page, resource).length, page.body.more], [2, true]);
  assert.deepEqual(await rows({ user_ids: bob.userId }, ann), ['all shared', 'all old'], 'others are not seen');
  assert.deepEqual(await rows({}, ann), ['all shared', 'all old', 'ann child']);
});

test('who sees whose assignments', async () => {
  const boss = await company.person();
  const group = await company.group([boss]);
  const member = await company.person({ groupId: group });
  const other = await company.person();
  const jobcode = await job('Seen');
  await post({ user_id: member.userId, jobcode_id: jobcode }, { user_id: other.userId, jobcode_id: jobcode });
  const seen = (person: Person): Promise<string[]> => active({ jobcode_id: jobcode }, person);
  const both = [`${member.userId}:${jobcode}`, `${other.userId}:${jobcode}`];
  assert.deepEqual(await seen(admin), both);
  assert.deepEqual(await seen(await company.person({ permissions: ['manage_users'] })), both);
  assert.deepEqual(await seen(await company.person({ permissions: ['manage_jobcodes'] })), both);
  assert.deepEqual(await seen(await company.person({ permissions: ['manage_timesheets'] })), []);
  assert.deepEqual(await seen(boss), both.slice(0, 1));
  assert.deepEqual(await seen(other), both.slice(1));
  assert.deepEqual(await seen((await world.company()).admin), []);
});

test('who may assign and remove', async () => {
  const boss = await company.person();
  const group = await company.group([boss]);
  const member = await company.person({ groupId: group });
  const other = await company.person();
  const jobcode = await job('Managed');
  const items = [
    { user_id: member.userId, jobcode_id: jobcode },
    { user_id: other.userId, jobcode_id: jobcode },
    { user_id: 0, jobcode_id: jobcode },
  ];
  const refused = [417, "Oops! You don't have permission to manage that user"];
  const byBoss = itemsOf(await boss.post(`/${resource}`, items), resource);
  assert.deepEqual(said(byBoss[0]), [200, undefined]);
  assert.equal(byBoss[1]?._status_code, 417);
  assert.deepEqual(said(byBoss[2]), refused);
  assert.deepEqual([byBoss[1]?.user_id, byBoss[1]?.jobcode_id], [other.userId, jobcode]);
  const byHimself = itemsOf(await other.post(`/${resource}`, items.slice(1)), resource);
  assert.deepEqual(byHimself.map(said), [refused, refused]);
  const manager = await company.person({ permissions: ['manage_users'] });
  const made = itemsOf(await manager.post(`/${resource}`, items), resource);
  assert.deepEqual(
    made.map((row) => row._status_code),
    [200, 200, 200],
  );
  const [ofMember, ofOther, ofAll] = made.map((row) => Number(row.id));
  const cannot = [417, "Oops! You don't have permission to remove jobcodes for that user."];
  const own = itemsOf(await other.delete(`/${resource}`, [ofOther ?? 0, ofAll ?? 0, ofMember ?? 0]), resource);
  const by = (rows: Row[], id: number | undefined): Row | undefined => rows.find((row) => Number(row.id) === id);
  assert.deepEqual(said(by(own, ofOther)), cannot);
  assert.deepEqual(said(by(own, ofAll)), cannot);
  assert.deepEqual(said(by(own, ofMember)), [417, 'That id is not found in the database'], 'what one can not see');
  assert.deepEqual(statusesOf(await boss.delete(`/${resource}`, [ofMember ?? 0]), resource), [200]);
  const keeper = await company.person({ permissions: ['manage_jobcodes'] });
  assert.deepEqual(statusesOf(await keeper.delete(`/${resource}`, [ofOther ?? 0, ofAll ?? 0]), resource), [200, 200]);
});

test("the reference's DELETE: two succeed, a blank and an unknown id do not", async () => {
  const person = await company.person();
  const ids = (
    await post(
      { user_id: person.userId, jobcode_id: await job('Delete 1') },
      { user_id: person.userId, jobcode_id: await job('Delete 2') },
    )
  ).map((row) => Number(row.id));
  const [first = 0, second = 0] = ids;
  const answer = await admin.send('DELETE', `/${resource}?ids=${first},${second},,2147483647`);
  assert.deepEqual(answer.body.results?.[resource] as unknown, {
    [first]: { _status_code: 200, _status_message: 'OK, deleted', id: first },
    [second]: { _status_code: 200, _status_message: 'OK, deleted', id: second },
    '': {
      _status_code: 417,
      _status_message: 'Expectation Failed!',
      _status_extra: 'That id is not found in the database',
      id: '',
    },
    '2147483647': {
      _status_code: 417,
      _status_message: 'Expectation Failed!',
      _status_extra: 'That id is not found in the database',
      id: '2147483647',
    },
  });
  const listed = await admin.get(`/${resource}`, { user_ids: person.userId, active: 'no', jobcode_parent_id: 0 });
  const kept = idsOf(listed, resource).filter((id) => ids.includes(id));
  assert.deepEqual(kept, ids, 'what was deleted stays listed');
  const again = itemOf(await admin.delete(`/${resource}`, [first]), resource);
  assert.deepEqual(said(again), [417, 'That id is not found in the database']);
  const nothing = await admin.send('DELETE', `/${resource}`);
  assert.deepEqual([nothing.status, nothing.body.results?.[resource]], [200, {}]);
});

test('one that exists answers 200 with the same row; one that was deleted becomes active again', async () => {
  const person = await company.person();
  const item = { user_id: person.userId, jobcode_id: await job('Again') };
  const [made, twin] = await post(item, item);
  const [same] = await post(item);
  assert.deepEqual([made?._status_code, twin?._status_code, same?._status_code], [200, 200, 200]);
  assert.deepEqual([twin?.id, same?.id], [made?.id, made?.id]);
  await admin.delete(`/${resource}`, [Number(made?.id)]);
  const [anew, anewTwin] = await post(item, item);
  assert.deepEqual([anew?._status_code, anew?.id, anew?.active], [200, made?.id, true]);
  assert.deepEqual([anewTwin?._status_code, anewTwin?.id, anewTwin?.active], [200, made?.id, true]);
  assert.equal(anew?.created, made?.created);
});

test('the same assignment at the same moment is one row', async () => {
  const person = await company.person();
  const item = { user_id: person.userId, jobcode_id: await job('Race') };
  const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post(`/${resource}`, [item])));
  const rows = answers.map((answer) => itemOf(answer, resource));
  assert.deepEqual(new Set(rows.map((row) => row._status_code)), new Set([200]));
  assert.equal(new Set(rows.map((row) => row.id)).size, 1);
});

test('children follow: assigning and removing a jobcode does the same below it', async () => {
  const person = await company.person();
  const top = await job('Top');
  const middle = await job('Middle', { parent_id: top });
  const low = await job('Low', { parent_id: middle });
  const gone = await job('Gone', { parent_id: middle, active: false });
  const all = { jobcode_id: [top, middle, low, gone].join() };
  const answer = await admin.post(`/${resource}`, [{ user_id: person.userId, jobcode_id: top }]);
  assert.equal(idsOf(answer, resource, 'supplemental_data').length, 2, 'those below are touched');
  assert.deepEqual(
    await active(all),
    [top, middle, low].map((id) => `${person.userId}:${id}`),
  );
  const listed = await admin.get(`/${resource}`, { jobcode_id: middle, user_ids: person.userId });
  await admin.delete(`/${resource}`, idsOf(listed, resource));
  assert.deepEqual(await active(all), [`${person.userId}:${top}`]);
});

test('user 0 is assigned_to_all, both ways', async () => {
  const top = await job('For all');
  const low = await job('For all, low', { parent_id: top });
  const all = { jobcode_id: `${top},${low}` };
  const answer = await admin.post(`/${resource}`, [{ user_id: '0', jobcode_id: top }]);
  const made = itemOf(answer, resource);
  assert.deepEqual([made._status_code, made.user_id], [200, 0]);
  assert.equal(supplementOf(answer, 'jobcodes', low)?.assigned_to_all, true);
  assert.equal((await read(admin, 'jobcodes', top)).assigned_to_all, true);
  assert.deepEqual(await active(all), [`0:${top}`, `0:${low}`]);
  assert.deepEqual(statusesOf(await admin.delete(`/${resource}`, [Number(made.id)]), resource), [200]);
  assert.equal((await read(admin, 'jobcodes', top)).assigned_to_all, false);
  assert.equal((await read(admin, 'jobcodes', low)).assigned_to_all, false);
  assert.deepEqual(await active(all), []);
  await admin.put('/jobcodes', [{ id: top, assigned_to_all: true }]);
  const back = await admin.get(`/${resource}`, { jobcode_id: top, active: 'yes' });
  assert.deepEqual(idsOf(back, resource), [Number(made.id)], 'the same row is active again');
});

test('what can not be assigned is refused by name', async () => {
  const person = await company.person();
  const jobcode = await job('Refused');
  const old = await job('Refused old', { active: false });
  const user = person.userId;
  const rows = await post(
    { user_id: user, jobcode_id: old },
    { user_id: user, jobcode_id: 99_999_999 },
    { user_id: 99_999_999, jobcode_id: jobcode },
    { user_id: user },
    { jobcode_id: jobcode },
    { user_id: user, jobcode_id: jobcode, active: false },
    { user_id: user, jobcode_id: jobcode, other: 1 },
    { user_id: user, jobcode_id: jobcode, last_modified: '', created: null, id: '' },
  );
  assert.deepEqual(
    rows.map((row) => row._status_extra),
    [
      `Jobcode ${old} is archived`,
      'jobcode_id 99999999 does not exist',
      'user_id 99999999 does not exist',
      'Missing required params: jobcode_id',
      'Missing required params: user_id',
      'active must be true for a new assignment',
      'Invalid params: other',
      undefined,
    ],
  );
  await admin.put('/users', [{ id: user, active: false }]);
  const [archived] = await post({ user_id: user, jobcode_id: await job('Refused 2') });
  assert.deepEqual(said(archived), [417, `User ${user} is archived`]);
});

test('PUT is not offered', async () => {
  assert.equal((await admin.put(`/${resource}`, [{ id: 1 }])).status, 501);
});

test('jobcodeUse: assigned to the user or everyone, there or above, and active', async () => {
  const [ann, bob] = [await company.person(), await company.person()];
  const top = await job('Use top');
  const low = await job('Use low', { parent_id: top });
  const shared = await job('Use shared', { assigned_to_all: true });
  const old = await job('Use old', { assigned_to_all: true, active: false });
  await post({ user_id: ann.userId, jobcode_id: top });
  const { database, cache, config } = world.services;
  const actor = await actorOf(world.services, company.id, admin.userId);
  assert.ok(actor);
  const ctx = {
    actor,
    db: database.forCompany(company.id),
    cache,
    config,
    resources,
    now: 0,
    via: 'test',
    requestId: '',
  };
  const pairs = [ann, bob].flatMap(({ userId }) =>
    [top, low, shared, old, 99_999_999].map((jobcodeId) => ({ userId, jobcodeId })),
  );
  const uses = async (): Promise<string[]> => {
    const use = await jobcodeUse(ctx, pairs);
    return pairs.map(({ userId, jobcodeId }) => use(userId, jobcodeId));
  };
  const expected = [
    ...['allowed', 'allowed', 'allowed', 'archived', 'unknown'],
    ...['not-assigned', 'not-assigned', 'allowed', 'archived', 'unknown'],
  ];
  assert.deepEqual(await uses(), expected);
  const known = pairs.filter(({ jobcodeId }) => jobcodeId !== 99_999_999);
  assert.equal(await statementsDuring(() => jobcodeUse(ctx, known)), 0, 'answered from the cache');
  await post({ user_id: bob.userId, jobcode_id: low });
  assert.deepEqual((await uses())[6], 'allowed', 'and forgotten with every change');
});
