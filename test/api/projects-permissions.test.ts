import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Permission } from '../../src/rules/permissions.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, read } from './jobs-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

interface Site {
  project: number;
  jobcode: number;
}

let number = 0;

async function siteBelow(parent = 0): Promise<Site> {
  number += 1;
  const project = await create(company.admin, 'projects', { name: `Site ${number}`, parent_jobcode_id: parent });
  return { project, jobcode: Number((await read(company.admin, 'projects', project)).jobcode_id) };
}

async function assign(person: Person | undefined, jobcode: number): Promise<number> {
  return create(company.admin, 'jobcode_assignments', { user_id: person?.userId ?? 0, jobcode_id: jobcode });
}

/** Whether a person finds a project in each of the ways that there are. */
async function sees(person: Person, { project, jobcode }: Site): Promise<boolean> {
  const found = [
    idsOf(await person.get('/projects', { jobcode_ids: jobcode, active: 'both' }), 'projects').includes(project),
    idsOf(await person.get('/projects', { ids: project, modified_since: '2001-01-01' }), 'projects').length > 0,
    idsOf(await person.get('/project_activities', { project_id: project }), 'project_activities').length > 0,
  ];
  assert.equal(new Set(found).size, 1, `all doors agree: ${found}`);
  return found[0] === true;
}

test('a person sees the projects that he is assigned to, himself, as everyone, or through a jobcode above', async () => {
  const person = await company.person();
  const parent = await company.jobcode({ assignedToAll: false });
  const [own, everyones, inherited, foreign] = [
    await siteBelow(),
    await siteBelow(),
    await siteBelow(parent),
    await siteBelow(),
  ];
  for (const site of [own, everyones, inherited, foreign]) assert.equal(await sees(person, site), false);
  const assignment = await assign(person, own.jobcode);
  await assign(undefined, everyones.jobcode);
  await assign(person, parent);
  for (const site of [own, everyones, inherited]) assert.equal(await sees(person, site), true);
  assert.equal(await sees(person, foreign), false);
  await company.admin.delete('/jobcode_assignments', [assignment]);
  assert.equal(await sees(person, own), false, 'no longer, when the assignment has ended');
});

const roles: readonly [readonly Permission[], { sees: boolean; writes: boolean }][] = [
  [[], { sees: false, writes: false }],
  [['view_projects'], { sees: true, writes: false }],
  [['manage_projects'], { sees: true, writes: true }],
  [['admin'], { sees: true, writes: true }],
  [['manage_jobcodes'], { sees: false, writes: false }],
  [['manage_users', 'manage_timesheets', 'reports'], { sees: false, writes: false }],
];

for (const [permissions, may] of roles) {
  const who = permissions.join(', ') || 'nothing';
  test(`with ${who}: ${may.sees ? 'sees' : 'does not see'}, ${may.writes ? 'writes' : 'does not write'}`, async () => {
    const person = await company.person({ permissions });
    const site = await siteBelow();
    assert.equal(await sees(person, site), may.sees);
    number += 1;
    const made = itemOf(await person.post('/projects', [{ name: `Site ${number}` }]), 'projects');
    const jobcodes = await company.admin.get('/jobcodes', { name: `Site ${number}` });
    assert.equal(idsOf(jobcodes, 'jobcodes').length, may.writes ? 1 : 0);
    const put = itemOf(await person.put('/projects', [{ id: site.project, name: `New ${number}` }]), 'projects');
    const [activity = 0] = idsOf(
      await company.admin.get('/project_activities', { project_id: site.project }),
      'project_activities',
    );
    const hide = { id: activity, active: false };
    const hidden = itemOf(await person.put('/project_activities', [hide]), 'project_activities');
    if (may.writes) {
      for (const item of [made, put, hidden]) assert.equal(item._status_code, 200, JSON.stringify(item));
      return;
    }
    assert.equal(made._status_extra, "Oops! You don't have permission to create projects");
    assert.equal(
      put._status_extra,
      may.sees ? "Oops! You don't have permission to edit projects" : 'The project does not exist',
    );
    assert.equal(
      hidden._status_extra,
      may.sees ? "Oops! You don't have permission to edit project activities" : 'The project activity does not exist',
    );
    assert.equal((await read(company.admin, 'jobcodes', site.jobcode)).active, true);
  });
}

test('manage_jobcodes alone renames a project over its jobcode, and manage_projects alone a jobcode over its project', async () => {
  const [jobs, work] = [
    await company.person({ permissions: ['manage_jobcodes'] }),
    await company.person({ permissions: ['manage_projects'] }),
  ];
  const site = await siteBelow();
  await jobs.put('/jobcodes', [{ id: site.jobcode, name: 'By jobs' }]);
  assert.equal((await read(company.admin, 'projects', site.project)).name, 'By jobs');
  await work.put('/projects', [{ id: site.project, name: 'By work' }]);
  assert.equal((await read(company.admin, 'jobcodes', site.jobcode)).name, 'By work');
  const refused = itemOf(await work.put('/jobcodes', [{ id: site.jobcode, name: 'x' }]), 'jobcodes');
  assert.equal(refused._status_extra, "Oops! You don't have permission to edit jobcodes");
});

test('the jobcode of a project that a person does not see still tells its number, as every jobcode is seen', async () => {
  const site = await siteBelow();
  const person = await company.person();
  assert.equal((await read(person, 'jobcodes', site.jobcode)).project_id, site.project);
});
