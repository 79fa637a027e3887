import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, read, supplementOf } from './jobs-support.ts';

const resource = 'customfielditem_filters';
let world: World;
let company: Company;
let admin: Person;
let chief: Person;
let worker: Person;
let group: number;
let job: number;
let fruit: number;
let banana: number;
let apple: number;
let vegetable: number;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
  chief = await company.person();
  group = await company.group([chief]);
  worker = await company.person({ groupId: group });
  job = await company.jobcode();
  fruit = await create(admin, 'customfields', { name: 'Fruit', type: 'managed-list', show_to_all: true });
  vegetable = await create(admin, 'customfields', { name: 'Vegetable', type: 'managed-list', show_to_all: true });
  banana = await create(admin, 'customfielditems', { customfield_id: fruit, name: 'banana' });
  apple = await create(admin, 'customfielditems', { customfield_id: fruit, name: 'apple' });
});
after(() => world.close());

const item = (applies_to: unknown, applies_to_id: unknown, more: Row = {}): Row => ({
  customfield_id: fruit,
  customfielditem_id: banana,
  applies_to,
  applies_to_id,
  ...more,
});
const post = async (...items: Row[]): Promise<Row[]> => itemsOf(await admin.post(`/${resource}`, items), resource);
const put = async (...items: Row[]): Promise<Row[]> => itemsOf(await admin.put(`/${resource}`, items), resource);
const said = (row: Row | undefined): unknown[] => [row?._status_code, row?._status_extra];
const newJob = (): Promise<number> => company.jobcode();
const ids = async (query: Record<string, string | number>, by: Person = admin): Promise<number[]> =>
  idsOf(await by.get(`/${resource}`, query), resource);
const wrongKind = 'The applies_to value must be one of the following: jobcodes, users, groups.';

test("the reference's POST: one is created with all that it refers to, the other has a wrong applies_to", async () => {
  const target = await newJob();
  const texts = { customfield_id: `${fruit}`, customfielditem_id: `${banana}`, active: true };
  const answer = await admin.post(`/${resource}`, [
    { ...texts, applies_to: 'jobcodes', applies_to_id: `${target}` },
    { ...texts, applies_to: 'invalid-applies-to', applies_to_id: '2' },
  ]);
  const [made = {}, refused = {}] = itemsOf(answer, resource);
  const { _status_code, _status_message, id, last_modified, ...rest } = made;
  assert.deepEqual([_status_code, _status_message], [200, 'Created']);
  assert.ok(Number.isInteger(id) && typeof last_modified === 'string');
  assert.deepEqual(rest, {
    active: true,
    applies_to: 'jobcodes',
    applies_to_id: target,
    customfielditem_id: banana,
    customfield_id: fruit,
  });
  assert.deepEqual(refused, {
    _status_code: 417,
    _status_message: 'Expectation Failed',
    _status_extra: wrongKind,
    ...texts,
    applies_to: 'invalid-applies-to',
    applies_to_id: '2',
  });
  assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}), ['jobcodes', 'customfields', 'customfielditems']);
  assert.deepEqual(supplementOf(answer, 'jobcodes', target)?.filtered_customfielditems, { [fruit]: [banana] });
});

test("the reference's PUT: archived with 'no', and a wrong applies_to", async () => {
  const [first, second] = await post(item('jobcodes', await newJob()), item('groups', group));
  const [archived, refused] = await put({ id: first?.id, active: 'no' }, { id: second?.id, applies_to: 'invalid' });
  assert.deepEqual([archived?._status_message, archived?.active], ['Updated', false]);
  assert.deepEqual(refused, {
    _status_code: 417,
    _status_message: 'Expectation Failed',
    _status_extra: wrongKind,
    id: second?.id,
    applies_to: 'invalid',
  });
});

test("the reference's GET: filters of a jobcode, a user and a group with five kinds of supplemental data", async () => {
  const made = await post(item('jobcodes', job), item('users', worker.userId), item('groups', group));
  const answer = await admin.get(`/${resource}`, { ids: made.map(({ id }) => id).join() });
  assert.deepEqual(
    itemsOf(answer, resource)
      .map(({ applies_to: kind, applies_to_id: id }) => `${kind} ${id}`)
      .sort(),
    [`groups ${group}`, `jobcodes ${job}`, `users ${worker.userId}`],
  );
  assert.deepEqual(
    Object.entries(answer.body.supplemental_data ?? {}).map(([name, rows]) => [name, Object.keys(rows).map(Number)]),
    [
      ['jobcodes', [job]],
      ['customfields', [fruit]],
      ['customfielditems', [banana]],
      ['users', [worker.userId]],
      ['groups', [group]],
    ],
  );
  const bare = await admin.get(`/${resource}`, { supplemental_data: 'no' });
  assert.equal('supplemental_data' in bare.body, false);
});

test('the short name of the endpoint answers as the long one does', async () => {
  const long = await admin.get(`/${resource}`);
  assert.deepEqual((await admin.get('/customfielditemfilters')).body, long.body);
  const target = await newJob();
  const [made] = itemsOf(await admin.post('/customfielditemfilters', [item('jobcodes', target)]), resource);
  assert.equal(made?._status_code, 200);
  const [changed] = itemsOf(await admin.put('/customfielditemfilters', [{ id: made?.id, active: false }]), resource);
  assert.equal(changed?.active, false);
  assert.equal((await admin.delete(`/${resource}`, [1])).status, 501);
});

test('filters by jobcode, user and group, with what belongs to a user besides', async () => {
  const leader = await company.person();
  const team = await company.group();
  const member = await company.person({ groupId: team });
  const place = await newJob();
  const made = await post(
    item('jobcodes', place),
    item('users', member.userId),
    item('groups', team),
    item('users', leader.userId),
  );
  const [ofJob = 0, ofMember = 0, ofTeam = 0, ofLeader = 0] = made.map(({ id }) => Number(id));
  const user_id = member.userId;
  const cases: [Record<string, string | number>, number[]][] = [
    [{ jobcode_id: place }, [ofJob]],
    [{ user_id }, [ofMember]],
    [{ user_id, include_user_group: 'true' }, [ofMember, ofTeam]],
    [{ user_id, include_user_group: 'false' }, [ofMember]],
    [{ user_id: leader.userId, include_user_group: 'true' }, [ofLeader]],
    [{ group_id: team }, [ofTeam]],
    [{ jobcode_id: place, user_id, include_jobcode_filters: 'true' }, [ofJob]],
    [{ user_id: 99_999_999 }, []],
    [{ group_id: team, include_user_group: 'True' }, [ofTeam]],
    [{ ids: `${ofJob},${ofTeam}` }, [ofJob, ofTeam]],
  ];
  for (const [query, expected] of cases) assert.deepEqual(await ids(query), expected, JSON.stringify(query));
  const all = await ids({ user_id, include_user_group: 'True', include_jobcode_filters: '1' });
  assert.ok([ofJob, ofMember, ofTeam].every((id) => all.includes(id)) && !all.includes(ofLeader));
  for (const flag of ['include_user_group', 'include_jobcode_filters']) {
    const refused = await admin.get(`/${resource}`, { user_id, [flag]: 'both' });
    assert.equal(refused.status, 417);
    assert.match(refused.text, new RegExp(`${flag} must be true or false`));
  }
  await put({ id: ofTeam, active: false });
  assert.deepEqual(await ids({ group_id: team }), []);
  assert.deepEqual(await ids({ group_id: team, active: 'no' }), [ofTeam]);
  assert.deepEqual(await ids({ group_id: team, active: 'both' }), [ofTeam]);
  assert.deepEqual(await ids({ jobcode_id: place, modified_since: '2018-07-17T00:00:00-00:00' }), [ofJob]);
  assert.deepEqual(await ids({ jobcode_id: place, modified_since: '2100-01-01T00:00:00-00:00' }), []);
  assert.deepEqual(await ids({ jobcode_id: place, modified_before: '2018-07-17T00:00:00-00:00' }), []);
});

test('what a filter can not say is refused', async () => {
  const [userField = 0] = await insertFields(world.services.database.forCompany(company.id), company.id, [
    { name: 'Shoe', appliesTo: 'user', type: 'managed-list' },
  ]);
  world.services.cache.forget(company.id);
  const shoe = await create(admin, 'customfielditems', { customfield_id: userField, name: 'left' });
  const carrot = await create(admin, 'customfielditems', { customfield_id: vegetable, name: 'carrot' });
  const gone = await create(admin, 'customfielditems', { customfield_id: fruit, name: 'gone', active: false });
  const oldJob = await newJob();
  const [oldUser, oldGroup] = [await company.person(), await company.group()];
  await admin.put('/jobcodes', [{ id: oldJob, active: false }]);
  await admin.put('/users', [{ id: oldUser.userId, active: false }]);
  await admin.put('/groups', [{ id: oldGroup, active: false }]);
  const other = await world.company();
  const cases: [Row, RegExp | string][] = [
    [item('jobcodes', 99_999_999), 'applies_to_id 99999999 does not exist'],
    [item('users', other.admin.userId), /applies_to_id \d+ does not exist/],
    [item('groups', job + 5_000), /applies_to_id \d+ does not exist/],
    [item('jobcodes', 0), 'applies_to_id must not be less than 1'],
    [item('jobcodes', 'x'), 'applies_to_id must be a whole number'],
    [item('jobcodes', ''), 'Missing required params: applies_to_id'],
    [item('', job), 'Missing required params: applies_to'],
    [item(7, job), wrongKind],
    [item('jobcodes', job, { customfield_id: null }), 'Missing required params: customfield_id'],
    [item('jobcodes', job, { customfielditem_id: '' }), 'Missing required params: customfielditem_id'],
    [item('jobcodes', job, { customfield_id: 99_999_999 }), 'customfield_id 99999999 does not exist'],
    [item('jobcodes', job, { customfielditem_id: 99_999_999 }), 'customfielditem_id 99999999 does not exist'],
    [
      item('jobcodes', job, { customfielditem_id: carrot }),
      `customfielditem_id ${carrot} is not an item of custom field ${fruit}`,
    ],
    [
      item('jobcodes', job, { customfielditem_id: shoe, customfield_id: userField }),
      `Custom field ${userField} does not apply to timesheets`,
    ],
    [item('jobcodes', job, { customfielditem_id: gone }), `Custom field item ${gone} is archived`],
    [item('jobcodes', oldJob), `The jobcode ${oldJob} is archived`],
    [item('users', oldUser.userId), `The user ${oldUser.userId} is archived`],
    [item('groups', oldGroup), `The group ${oldGroup} is archived`],
    [item('jobcodes', job, { active: 'perhaps' }), 'active must be true or false'],
    [item('jobcodes', job, { colour: 'red' }), 'Invalid params: colour'],
  ];
  for (const [sent, reason] of cases) {
    const [row] = await post(sent);
    assert.equal(row?._status_code, 417, JSON.stringify(sent));
    if (typeof reason === 'string') assert.equal(row?._status_extra, reason, JSON.stringify(sent));
    else assert.match(String(row?._status_extra), reason);
  }
  // What is archived may be named by a filter that is not active, but such a filter can not be activated.
  const [kept] = await post(item('jobcodes', oldJob, { active: false }));
  assert.equal(kept?._status_code, 200);
  assert.deepEqual(said((await put({ id: kept?.id, active: true }))[0]), [417, `The jobcode ${oldJob} is archived`]);
  const [moved] = await put({ id: kept?.id, customfield_id: vegetable });
  assert.match(String(moved?._status_extra), /is not an item of custom field/);
  const archivedField = await put({ id: kept?.id, applies_to: 'users' });
  assert.match(String(archivedField[0]?._status_extra), /applies_to_id \d+ does not exist/);
});

test('a filter of an archived field is refused', async () => {
  const field = await create(admin, 'customfields', { name: 'Brief', type: 'managed-list' });
  const short = await create(admin, 'customfielditems', { customfield_id: field, name: 'short' });
  await admin.put('/customfields', [{ id: field, active: false }]);
  const [row] = await post(item('jobcodes', job, { customfield_id: field, customfielditem_id: short }));
  assert.deepEqual(said(row), [417, `Custom field ${field} is archived`]);
});

test('a filter that exists is given back, one that was removed begins anew, and two may not say the same', async () => {
  const [one, two] = [await newJob(), await newJob()];
  const [first, twin] = await post(item('jobcodes', one), item('jobcodes', one));
  assert.deepEqual([twin?._status_code, twin?.id], [200, first?.id], 'within one request');
  const [again] = await post(item('jobcodes', one));
  assert.deepEqual([again?._status_code, again?.id, again?.last_modified], [200, first?.id, first?.last_modified]);
  const [second] = await post(item('jobcodes', two));
  const [taken] = await put({ id: second?.id, applies_to_id: one });
  assert.deepEqual(said(taken), [417, `Oops! Another filter applies item ${banana} to jobcode ${one} already`]);
  const [ended] = await post(item('jobcodes', one, { active: false }));
  assert.deepEqual([ended?.id, ended?.active], [first?.id, false]);
  const [revived] = await post(item('jobcodes', one));
  assert.deepEqual([revived?._status_message, revived?.id, revived?.active], ['Created', first?.id, true]);
  await put({ id: first?.id, active: false });
  const [moved] = await put({ id: second?.id, applies_to_id: one });
  assert.deepEqual(said(moved), [200, undefined]);
  const [blocked] = await put({ id: first?.id, active: true });
  assert.equal(blocked?._status_code, 417);
  // Two that change places in one request: the first leaves room for the second.
  const [left, right] = [await newJob(), await newJob()];
  const [a, b] = await post(item('jobcodes', left), item('jobcodes', right));
  const swapped = await put({ id: a?.id, active: false }, { id: b?.id, applies_to_id: left });
  assert.deepEqual(
    swapped.map((row) => row._status_code),
    [200, 200],
  );
  const results = await Promise.all(Array.from({ length: 6 }, async () => (await post(item('groups', group)))[0]));
  assert.equal(new Set(results.map((row) => row?.id)).size, 1, 'clients that post the same at the same moment');
});

test('a jobcode shows what it is limited to, and counts as modified with its filters', async () => {
  const place = await newJob();
  const jobcode = (): Promise<Row> => read(admin, 'jobcodes', place);
  const untouched = await jobcode();
  assert.equal(untouched.filtered_customfielditems, '');
  const carrot = await create(admin, 'customfielditems', { customfield_id: vegetable, name: 'leek' });
  const [first] = await post(
    item('jobcodes', place, { customfielditem_id: apple }),
    item('jobcodes', place),
    item('jobcodes', place, { customfield_id: vegetable, customfielditem_id: carrot }),
  );
  const limited = await jobcode();
  assert.deepEqual(limited.filtered_customfielditems, { [fruit]: [banana, apple], [vegetable]: [carrot] });
  const changed = await admin.get('/jobcodes', { modified_since: String(limited.last_modified) });
  assert.ok(idsOf(changed, 'jobcodes').includes(place));
  const [same] = itemsOf(await admin.put('/jobcodes', [limited]), 'jobcodes');
  assert.deepEqual([same?._status_code, same?.last_modified], [200, limited.last_modified], 'sent back as read');
  await put({ id: first?.id, active: false });
  assert.deepEqual((await jobcode()).filtered_customfielditems, { [fruit]: [banana], [vegetable]: [carrot] });
  const next = await newJob();
  await put({ id: first?.id, active: true, applies_to_id: next });
  assert.deepEqual((await jobcode()).filtered_customfielditems, { [fruit]: [banana], [vegetable]: [carrot] });
  assert.deepEqual((await read(admin, 'jobcodes', next)).filtered_customfielditems, { [fruit]: [apple] });
});

test('filters end with the jobcode and with the item that they name, and stay ended', async () => {
  const parent = await newJob();
  const child = await company.jobcode({ parentId: parent });
  const fig = await create(admin, 'customfielditems', { customfield_id: fruit, name: 'fig' });
  const place = await newJob();
  const made = await post(
    item('jobcodes', child),
    item('jobcodes', place, { customfielditem_id: fig }),
    item('users', worker.userId, { customfielditem_id: fig }),
  );
  await admin.put('/jobcodes', [{ id: parent, active: false }]);
  await admin.put('/customfielditems', [{ id: fig, active: false }]);
  const all = made.map(({ id }) => id).join();
  assert.deepEqual(await ids({ ids: all }), []);
  assert.equal((await read(admin, 'jobcodes', place)).filtered_customfielditems, '');
  await admin.put('/jobcodes', [{ id: child, active: true }]);
  await admin.put('/customfielditems', [{ id: fig, active: true }]);
  assert.deepEqual(await ids({ ids: all }), []);
});

test('a person sees the filters of jobcodes and groups and his own, not those of others, and changes none', async () => {
  const stranger = await company.person();
  const [ofWorker, ofGroup] = await post(
    item('users', worker.userId, { customfielditem_id: apple }),
    item('groups', group, { customfielditem_id: apple }),
  );
  const both = `${ofWorker?.id},${ofGroup?.id}`;
  const manager = await company.person({ permissions: ['manage_users'] });
  for (const person of [worker, chief, manager]) assert.equal((await ids({ ids: both }, person)).length, 2);
  assert.deepEqual(await ids({ ids: both }, stranger), [Number(ofGroup?.id)]);
  const hidden = itemOf(await stranger.put(`/${resource}`, [{ id: ofWorker?.id, active: false }]), resource);
  assert.deepEqual(said(hidden), [417, 'The custom field item filter does not exist']);
  for (const person of [worker, chief, manager]) {
    const made = itemOf(await person.post(`/${resource}`, [item('groups', group)]), resource);
    assert.match(String(made._status_extra), /^Oops! You don't have permission to create custom field item filters/);
    const changed = itemOf(await person.put(`/${resource}`, [{ id: ofGroup?.id, active: false }]), resource);
    assert.match(String(changed._status_extra), /^Oops! You don't have permission to edit custom field item filters/);
  }
  const keeper = await company.person({ permissions: ['manage_jobcodes'] });
  const allowed = itemOf(await keeper.put(`/${resource}`, [{ id: ofGroup?.id, active: false }]), resource);
  assert.equal(allowed._status_code, 200);
});
