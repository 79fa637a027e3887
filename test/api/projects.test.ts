import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, read, statusesOf, supplementOf } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;
let number = 0;

/** 18:00 in Denver on 14 December 2019; in UTC it is the next day already. */
const now = Date.UTC(2019, 11, 15, 1) / 1000;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

function fresh(word: string): string {
  number += 1;
  return `${word} ${number}`;
}

const post = async (item: object): Promise<Row> => itemOf(await admin.post('/projects', [item]), 'projects');

function demandRefused(item: Row | undefined, says: RegExp): void {
  assert.equal(item?._status_code, 417, JSON.stringify(item));
  assert.match(String(item?._status_extra), says);
}

test('the example: a project below a customer, with a jobcode made for it', async () => {
  const parent = await company.jobcode({ name: 'The Best, Inc.' });
  const answer = await admin.post('/projects', [
    {
      name: 'Xmas Party 2019',
      parent_jobcode_id: parent,
      description: 'This is the project to track all party prep.',
      start_date: '2019-11-05T00:00:00+00:00',
      due_date: '2019-12-15T00:00:00+00:00',
    },
  ]);
  const { id, jobcode_id, created, last_modified, ...rest } = itemOf(answer, 'projects');
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    parent_jobcode_id: parent,
    name: 'Xmas Party 2019',
    status: 'not_started',
    description: 'This is the project to track all party prep.',
    start_date: '2019-11-05T00:00:00+00:00',
    due_date: '2019-12-15T00:00:00+00:00',
    completed_date: '',
    active: true,
    linked_objects: { notes_read_times: [] },
  });
  for (const moment of [created, last_modified]) assert.match(String(moment), /^\d{4}-.*\+00:00$/);
  const jobcode = supplementOf(answer, 'jobcodes', jobcode_id);
  assert.deepEqual(
    [jobcode?.name, jobcode?.parent_id, jobcode?.type, jobcode?.active, jobcode?.assigned_to_all, jobcode?.project_id],
    ['Xmas Party 2019', parent, 'regular', true, true, id],
  );
  const above = supplementOf(answer, 'jobcodes', parent);
  assert.deepEqual([above?.has_children, above?.project_id], [true, 0]);
  const listed = await admin.get('/projects', { ids: Number(id) });
  assert.deepEqual(idsOf(listed, 'jobcodes', 'supplemental_data'), [parent, jobcode_id]);
  const assignments = await admin.get('/jobcode_assignments', { jobcode_id: Number(jobcode_id) });
  assert.deepEqual(
    itemsOf(assignments, 'jobcode_assignments').map(({ user_id, active }) => [user_id, active]),
    [[0, true]],
    'the jobcode follows its parent like any other new one',
  );
});

/** When a jobcode was changed last, to the microsecond. */
async function stampOf(jobcode: number): Promise<string> {
  const [row] = await world.services.database
    .forCompany(company.id)
    .rows(sql`SELECT last_modified FROM jobcodes WHERE company_id = ${company.id} AND id = ${jobcode}`);
  return String(row?.[0]);
}

test('a jobcode that exists becomes a project: its name and parent are the project’s, and it counts as modified', async () => {
  const parent = await company.jobcode();
  const name = fresh('Adopted');
  const jobcode = await company.jobcode({ name, parentId: parent });
  const before = await stampOf(jobcode);
  const answer = await admin.post('/projects', [{ jobcode_id: jobcode, name: 'Ignored', description: 'd' }]);
  const project = itemOf(answer, 'projects');
  assert.deepEqual([project.jobcode_id, project.parent_jobcode_id, project.name], [jobcode, parent, name]);
  const row = await read(admin, 'jobcodes', jobcode);
  assert.equal(row.project_id, project.id);
  assert.ok((await stampOf(jobcode)) > before);
  assert.deepEqual(row, supplementOf(answer, 'jobcodes', jobcode));
  const same = await company.jobcode({ parentId: parent });
  const agreed = await post({ jobcode_id: String(same), parent_jobcode_id: String(parent) });
  assert.deepEqual([agreed._status_code, agreed.parent_jobcode_id], [200, parent]);
  const top = await post({ jobcode_id: await company.jobcode(), parent_jobcode_id: 0 });
  assert.deepEqual([top._status_code, top.parent_jobcode_id], [200, 0]);
});

test('what can not be created', async () => {
  const parent = await company.jobcode();
  const child = await company.jobcode({ parentId: parent });
  const taken = await post({ name: fresh('Taken') });
  const archived = await company.jobcode({ name: fresh('Archived') });
  const emptied = await company.jobcode();
  const gone = await company.jobcode({ parentId: emptied });
  await admin.put('/jobcodes', [
    { id: archived, active: false },
    { id: gone, active: false },
  ]);
  const [vacation, lunch] = [await company.jobcode({ type: 'pto' }), await company.jobcode({ type: 'unpaid_break' })];
  const stranger = await (await world.company()).jobcode();
  const cases: [object, RegExp][] = [
    [{}, /^Missing required params: name$/],
    [{ name: '' }, /^Missing required params: name$/],
    [{ name: '   ' }, /^name must not be blank$/],
    [{ name: 'n'.repeat(65) }, /^name must not be longer than 64 characters$/],
    [{ name: 7 }, /^name must be a text$/],
    [{ name: 'x', description: 'd'.repeat(301) }, /^description must not be longer than 300 characters$/],
    [{ name: 'x', status: 'cancelled' }, /^status must be one of not_started, in_progress, complete$/],
    [{ name: 'x', start_date: '2019-02-30' }, /^start_date must be a date in the form YYYY-MM-DD$/],
    [{ name: 'x', due_date: '2019-02-03T25:00:00+00:00' }, /^due_date must be a date/],
    [{ name: 'x', completed_date: 20190203 }, /^completed_date must be a date/],
    [{ name: 'x', start_date: '2019-02-03', due_date: '2019-02-02' }, /^start_date must be before due_date$/],
    [
      { name: 'x', start_date: '2019-02-03', completed_date: '2019-02-02' },
      /^completed_date must be after start_date$/,
    ],
    [{ name: 'x', linked_objects: { notes: [1] } }, /^Invalid params: linked_objects$/],
    [{ name: taken.name }, /^Oops! A jobcode with that name already exists under the same parent$/],
    [{ name: String(taken.name).toUpperCase() }, /^Oops! A jobcode with that name already exists/],
    [{ name: 'x', parent_jobcode_id: taken.jobcode_id }, /^Jobcode \d+ is a project, so it can not have children$/],
    [{ name: 'x', parent_jobcode_id: archived }, /^parent_jobcode_id \d+ is archived$/],
    [{ name: 'x', parent_jobcode_id: vacation }, /^A jobcode of type pto can not have children$/],
    [{ name: 'x', parent_jobcode_id: 2_000_000_000 }, /^parent_jobcode_id 2000000000 does not exist$/],
    [{ name: 'x', parent_jobcode_id: stranger }, /^parent_jobcode_id \d+ does not exist$/],
    [{ jobcode_id: 2_000_000_000 }, /^jobcode_id 2000000000 does not exist$/],
    [{ jobcode_id: stranger }, /^jobcode_id \d+ does not exist$/],
    [{ jobcode_id: taken.jobcode_id }, /^jobcode_id \d+ belongs to a project already$/],
    [{ jobcode_id: archived }, /^jobcode_id \d+ is archived$/],
    [{ jobcode_id: parent }, /^jobcode_id \d+ has children, so it can not be a project$/],
    [{ jobcode_id: emptied }, /^jobcode_id \d+ has children/],
    [{ jobcode_id: vacation }, /^jobcode_id \d+ is of type pto; a project needs a regular jobcode$/],
    [{ jobcode_id: lunch }, /^jobcode_id \d+ is of type unpaid_break/],
    [{ jobcode_id: child, parent_jobcode_id: 0 }, /^parent_jobcode_id must be the parent of jobcode \d+$/],
    [{ jobcode_id: child, parent_jobcode_id: taken.parent_jobcode_id, name: 'x' }, /^parent_jobcode_id must be the/],
    [{ jobcode_id: child, start_date: '2019-02-03', due_date: '2019-02-02' }, /^start_date must be before due_date$/],
  ];
  const before = await admin.get('/jobcodes', { active: 'both', type: 'all' });
  for (const [item, says] of cases) demandRefused(await post(item), says);
  const after = await admin.get('/jobcodes', { active: 'both', type: 'all' });
  assert.equal(after.text, before.text, 'a refused project leaves no jobcode behind');
});

test('of a batch each item is judged after those before it', async () => {
  const [jobcode, parent] = [await company.jobcode(), await company.jobcode()];
  const name = fresh('Twice');
  const answer = await admin.post('/projects', [
    { name },
    { name },
    { name, parent_jobcode_id: parent },
    { jobcode_id: jobcode },
    { jobcode_id: jobcode },
    { name: fresh('Below'), parent_jobcode_id: jobcode },
    { jobcode_id: parent },
  ]);
  assert.deepEqual(statusesOf(answer, 'projects'), [200, 417, 200, 200, 417, 417, 417]);
  const says = itemsOf(answer, 'projects').map(({ _status_extra }) => _status_extra);
  assert.match(String(says[1]), /already exists under the same parent/);
  assert.match(String(says[4]), /belongs to a project already/);
  assert.match(String(says[5]), /is a project, so it can not have children/);
});

test('nothing is put below the jobcode of a project over /jobcodes, and no other is moved there', async () => {
  const { jobcode_id } = await post({ name: fresh('Leaf') });
  const made = itemOf(await admin.post('/jobcodes', [{ name: fresh('Child'), parent_id: jobcode_id }]), 'jobcodes');
  demandRefused(made, /^Jobcode \d+ is a project, so it can not have children$/);
  const moved = await admin.put('/jobcodes', [{ id: await company.jobcode(), parent_id: jobcode_id }]);
  demandRefused(itemOf(moved, 'jobcodes'), /is a project/);
});

test('days come as days or as midnights, print as midnights, and a project may start and end on one day', async () => {
  const made = await post({
    name: fresh('Days'),
    start_date: '2019-02-03',
    due_date: '2019-02-03T23:59:59-07:00',
    completed_date: '02-03-2019',
  });
  const midnight = '2019-02-03T00:00:00+00:00';
  assert.deepEqual([made.start_date, made.due_date, made.completed_date], [midnight, midnight, midnight]);
  const emptied = await admin.put('/projects', [{ id: made.id, start_date: '', due_date: '0000-00-00' }]);
  assert.deepEqual([itemOf(emptied, 'projects').start_date, itemOf(emptied, 'projects').due_date], ['', '']);
});

test('every filter', async () => {
  const place = await world.company();
  const person = await place.person({ permissions: ['view_projects'] });
  const parent = await place.jobcode({ assignedToAll: false });
  const [red, blue, gone] = [
    await create(place.admin, 'projects', { name: 'Red', parent_jobcode_id: parent, status: 'in_progress' }),
    await create(place.admin, 'projects', { name: 'Blue' }),
    await create(place.admin, 'projects', { name: 'Reddish' }),
  ];
  await place.admin.put('/projects', [{ id: gone, active: false }]);
  const { jobcode_id } = await read(place.admin, 'projects', blue);
  await place.admin.post('/jobcode_assignments', [{ user_id: person.userId, jobcode_id: parent }]);
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, [red, blue]],
    [{ ids: `${red},${gone}` }, [red]],
    [{ jobcode_ids: Number(jobcode_id) }, [blue]],
    [{ parent_jobcode_id: parent }, [red]],
    [{ parent_jobcode_id: 0 }, [blue]],
    [{ name: 'red' }, [red]],
    [{ name: 're*', active: 'both' }, [red, gone]],
    [{ name: '*lu*' }, [blue]],
    [{ active: 'no' }, [gone]],
    [{ active: 'both' }, [red, blue, gone]],
    [{ by_jobcode_assignment: 'true' }, [red]],
    [{ by_jobcode_assignment: 'false' }, [red, blue]],
    [{ status: 'in_progress' }, [red]],
    [{ status: 'not_started,complete' }, [blue]],
    [{ modified_since: '2001-01-01T00:00:00+00:00' }, [red, blue]],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ modified_before: '2001-01-01T00:00:00+00:00' }, []],
    [{ limit: 1, page: 2 }, [blue]],
  ];
  for (const [query, expected] of cases)
    assert.deepEqual(idsOf(await person.get('/projects', query), 'projects'), expected, JSON.stringify(query));
  for (const query of [{ by_jobcode_assignment: 'perhaps' }, { ids: 'x' }, { parent_jobcode_id: 'x' }])
    assert.equal((await person.get('/projects', query)).status, 417, JSON.stringify(query));
});

test('two requests that adopt one jobcode at the same moment make one project', async () => {
  for (let round = 0; round < 3; round += 1) {
    const jobcode = await company.jobcode();
    const answers = await Promise.all(Array.from({ length: 4 }, () => post({ jobcode_id: jobcode })));
    const refused = answers.filter(({ _status_code }) => _status_code !== 200);
    assert.equal(refused.length, 3);
    for (const item of refused) demandRefused(item, /belongs to a project already/);
  }
});

test('a child and a project of the same jobcode at the same moment: one of them fails', async () => {
  for (let round = 0; round < 3; round += 1) {
    const jobcode = await company.jobcode();
    const [project, child] = await Promise.all([
      post({ jobcode_id: jobcode }),
      admin.post('/jobcodes', [{ name: fresh('Child'), parent_id: jobcode }]),
    ]);
    assert.deepEqual([project._status_code, itemOf(child, 'jobcodes')._status_code].toSorted(), [200, 417]);
  }
});
