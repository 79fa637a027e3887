import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, itemOf, type Row, read } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;
let number = 0;

/** 18:00 in Denver on 14 December 2019; in UTC it is the next day already. */
const now = Date.UTC(2019, 11, 15, 1) / 1000;
const today = '2019-12-14T00:00:00+00:00';

before(async () => {
  world = await openWorld({ shared: true, now });
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

const put = async (id: number, change: object): Promise<Row> =>
  itemOf(await admin.put('/projects', [{ id, ...change }]), 'projects');
const putJobcode = async (id: number, change: object): Promise<Row> =>
  itemOf(await admin.put('/jobcodes', [{ id, ...change }]), 'jobcodes');

/** Status, active, completed date of a project, and whether its jobcode is active. */
async function stateOf({ id, jobcode }: Made): Promise<unknown[]> {
  const [row, of] = [await read(admin, 'projects', id), await read(admin, 'jobcodes', jobcode)];
  return [row.status, row.active, row.completed_date, of.active];
}

const other = '2019-12-01T00:00:00+00:00';

/** What is done one after another, to the project or to its jobcode, and the state that follows each. */
const lives: readonly [string, readonly (readonly ['project' | 'jobcode', object, readonly unknown[]])[]][] = [
  [
    'started, completed and reopened',
    [
      ['project', { status: 'in_progress' }, ['in_progress', true, '', true]],
      ['project', { status: 'complete' }, ['complete', true, today, false]],
      ['project', { status: 'complete', description: 'done' }, ['complete', true, today, false]],
      ['project', { completed_date: '2019-12-01' }, ['complete', true, other, false]],
      ['project', { status: 'in_progress' }, ['in_progress', true, '', true]],
      ['project', { status: 'complete', completed_date: '2019-12-01' }, ['complete', true, other, false]],
      ['project', { status: 'not_started', completed_date: '' }, ['not_started', true, '', true]],
    ],
  ],
  [
    'a day of completion that was set by hand stays when the project is complete',
    [
      ['project', { completed_date: '2019-12-01' }, ['not_started', true, other, true]],
      ['project', { status: 'complete' }, ['complete', true, other, false]],
    ],
  ],
  [
    'archived and restored',
    [
      ['project', { active: false }, ['not_started', false, '', false]],
      ['project', { status: 'in_progress' }, ['in_progress', false, '', false]],
      ['project', { active: true }, ['in_progress', true, '', true]],
    ],
  ],
  [
    'archived while complete: the jobcode comes back when neither is left',
    [
      ['project', { status: 'complete', active: false }, ['complete', false, today, false]],
      ['project', { active: true }, ['complete', true, today, false]],
      ['project', { active: false }, ['complete', false, today, false]],
      ['project', { status: 'in_progress' }, ['in_progress', false, '', false]],
      ['project', { active: true }, ['in_progress', true, '', true]],
    ],
  ],
  [
    'the jobcode is archived and restored over /jobcodes',
    [
      ['jobcode', { active: false }, ['not_started', false, '', false]],
      ['jobcode', { active: true }, ['not_started', true, '', true]],
    ],
  ],
  [
    'the jobcode of a complete project is restored over /jobcodes, which reopens it',
    [
      ['project', { status: 'complete' }, ['complete', true, today, false]],
      ['jobcode', { active: false }, ['complete', true, today, false]],
      ['jobcode', { active: true }, ['in_progress', true, '', true]],
    ],
  ],
];

for (const [name, steps] of lives) {
  test(name, async () => {
    const made = await project();
    for (const [whom, change, expected] of steps) {
      const item = await (whom === 'project' ? put(made.id, change) : putJobcode(made.jobcode, change));
      assert.equal(item._status_code, 200, JSON.stringify(item));
      assert.deepEqual(await stateOf(made), expected, `${whom} ${JSON.stringify(change)}`);
    }
  });
}

test('who was on the team when a project was completed or archived is on it again when it is reopened', async () => {
  const [stays, left, later] = [await company.person(), await company.person(), await company.person()];
  const made = await project();
  const assign = ({ userId }: Person): Promise<number> =>
    create(admin, 'jobcode_assignments', { user_id: userId, jobcode_id: made.jobcode });
  const team = async (): Promise<unknown[]> => {
    const answer = await admin.get('/jobcode_assignments', { jobcode_id: made.jobcode, active: 'yes', type: 'all' });
    return Object.values(answer.body.results?.jobcode_assignments ?? {}).map((row) => row.user_id);
  };
  await assign(stays);
  const gone = await assign(left);
  await admin.delete('/jobcode_assignments', [gone]);
  for (const [end, begin] of [
    [{ status: 'complete' }, { status: 'in_progress' }],
    [{ active: false }, { active: true }],
  ]) {
    await put(made.id, end ?? {});
    assert.deepEqual(await team(), []);
    await put(made.id, begin ?? {});
    assert.deepEqual(await team(), [stays.userId]);
  }
  // Who was assigned anew and left after that stays away.
  const again = await assign(later);
  await put(made.id, { status: 'complete' });
  await put(made.id, { status: 'in_progress' });
  await admin.delete('/jobcode_assignments', [again]);
  await put(made.id, { status: 'complete' });
  await put(made.id, { status: 'in_progress' });
  assert.deepEqual(await team(), [stays.userId]);
});

test('created complete or archived, also on a jobcode that exists', async () => {
  for (const given of [{}, { jobcode_id: await company.jobcode() }])
    assert.deepEqual(await stateOf(await project({ status: 'complete', ...given })), ['complete', true, today, false]);
  for (const given of [{}, { jobcode_id: await company.jobcode() }])
    assert.deepEqual(await stateOf(await project({ active: false, ...given })), ['not_started', false, '', false]);
});

test('completed before it was to start: the present day is set all the same', async () => {
  const made = await project({ start_date: '2020-01-01' });
  assert.equal((await put(made.id, { status: 'complete' })).completed_date, today);
  assert.equal((await put(made.id, { description: 'still editable' }))._status_code, 200);
});

test('a new name is the jobcode’s too, and the other way round', async () => {
  const parent = await company.jobcode();
  const [one, two] = [await project({ parent_jobcode_id: parent }), await project({ parent_jobcode_id: parent })];
  const renamed = await put(one.id, { name: 'New name' });
  assert.equal(renamed.name, 'New name');
  assert.equal((await read(admin, 'jobcodes', one.jobcode)).name, 'New name');
  const refused = await put(two.id, { name: 'new NAME' });
  assert.equal(refused._status_extra, 'Oops! A jobcode with that name already exists under the same parent');
  for (const blank of ['', '  '])
    assert.equal((await put(two.id, { name: blank }))._status_extra, 'name must not be blank');
  const before = await read(admin, 'projects', one.id);
  assert.equal((await putJobcode(one.jobcode, { name: 'Newest name' }))._status_code, 200);
  const after = await read(admin, 'projects', one.id);
  assert.equal(after.name, 'Newest name');
  assert.ok(String(after.last_modified) >= String(before.last_modified));
  assert.equal((await put(two.id, { name: 'New name' }))._status_code, 200, 'the name is free again');
});

test('a jobcode that moves takes its project along', async () => {
  const [parent, made] = [await company.jobcode(), await project()];
  assert.equal((await putJobcode(made.jobcode, { parent_id: parent }))._status_code, 200);
  assert.equal((await read(admin, 'projects', made.id)).parent_jobcode_id, parent);
  const refused = await put(made.id, { parent_jobcode_id: 0 });
  assert.equal(refused._status_extra, 'Invalid params: parent_jobcode_id');
});

test('with the jobcode above all projects below are archived; restoring one restores those above', async () => {
  const top = await company.jobcode();
  const middle = await company.jobcode({ parentId: top });
  const [one, two] = [await project({ parent_jobcode_id: middle }), await project({ parent_jobcode_id: middle })];
  await putJobcode(top, { active: false });
  for (const made of [one, two]) assert.deepEqual(await stateOf(made), ['not_started', false, '', false]);
  assert.equal((await put(one.id, { active: true }))._status_code, 200);
  assert.deepEqual(await stateOf(one), ['not_started', true, '', true]);
  assert.deepEqual(await stateOf(two), ['not_started', false, '', false]);
  for (const above of [top, middle]) {
    const { active, has_children: parent } = await read(admin, 'jobcodes', above);
    assert.deepEqual([active, parent], [true, true]);
  }
});

test('changes of many projects of one family in one request agree with each other', async () => {
  const parent = await company.jobcode();
  const [one, two] = [await project({ parent_jobcode_id: parent }), await project({ parent_jobcode_id: parent })];
  const answer = await admin.put('/projects', [
    { id: one.id, status: 'complete' },
    { id: two.id, active: false },
    { id: one.id, status: 'in_progress' },
  ]);
  assert.equal(answer.status, 200);
  assert.deepEqual(await stateOf(one), ['in_progress', true, '', true]);
  assert.deepEqual(await stateOf(two), ['not_started', false, '', false]);
  assert.equal((await read(admin, 'jobcodes', parent)).has_children, true);
  await put(one.id, { status: 'complete' });
  assert.equal((await read(admin, 'jobcodes', parent)).has_children, false);
});

test('the answer brings the archived jobcode and those above it', async () => {
  const parent = await company.jobcode();
  const made = await project({ parent_jobcode_id: parent });
  const answer = await admin.put('/projects', [{ id: made.id, status: 'complete' }]);
  const jobcodes = answer.body.supplemental_data?.jobcodes;
  assert.deepEqual(Object.keys(jobcodes ?? {}).map(Number), [parent, made.jobcode]);
  assert.deepEqual([jobcodes?.[made.jobcode]?.active, jobcodes?.[made.jobcode]?.project_id] as unknown, [
    false,
    made.id,
  ]);
});

test('changes of a project and of its jobcode at the same moment leave both alike', async () => {
  for (let round = 0; round < 5; round += 1) {
    const made = await project();
    await Promise.all([
      put(made.id, { name: `Here ${round}`, status: 'complete' }),
      putJobcode(made.jobcode, { name: `There ${round}` }),
      put(made.id, { active: false }),
      putJobcode(made.jobcode, { active: true }),
    ]);
    const [row, jobcode] = [await read(admin, 'projects', made.id), await read(admin, 'jobcodes', made.jobcode)];
    assert.equal(row.name, jobcode.name);
    assert.equal(row.active === true && row.status !== 'complete', jobcode.active);
    assert.equal(row.completed_date === '', row.status !== 'complete');
  }
});
