import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, itemsOf } from './jobs-support.ts';
import { happenedOn, newSite } from './project-activities-support.ts';

let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

const assignment = (id: unknown): string => JSON.stringify({ jobcode_assignments: [id] });

test('who comes to a project and who leaves it', async () => {
  const [site, { userId }] = [await newSite(company), await company.person()];
  const item = { user_id: userId, jobcode_id: site.jobcode };
  const id = await create(admin, 'jobcode_assignments', item);
  await admin.post('/jobcode_assignments', [item]);
  const came = `assignment ${userId} ${assignment(id)}`;
  assert.deepEqual(await happenedOn(company, site), [came], 'once, though it was asked for twice');
  await admin.delete('/jobcode_assignments', [id]);
  await admin.delete('/jobcode_assignments', [id]);
  const left = `unassignment ${userId} ${assignment(id)}`;
  assert.deepEqual(await happenedOn(company, site), [came, left]);
  await admin.post('/jobcode_assignments', [item]);
  assert.deepEqual(await happenedOn(company, site), [came, left, came]);
});

test('a jobcode above brings and takes people too', async () => {
  const parent = await company.jobcode({ assignedToAll: false });
  const [one, two] = [
    await newSite(company, { parent_jobcode_id: parent }),
    await newSite(company, { parent_jobcode_id: parent }),
  ];
  const { userId } = await company.person();
  const id = await create(admin, 'jobcode_assignments', { user_id: userId, jobcode_id: parent });
  await admin.delete('/jobcode_assignments', [id]);
  for (const site of [one, two]) {
    const types = (await happenedOn(company, site)).map((text) => text.split(' {')[0]);
    assert.deepEqual(types, [`assignment ${userId}`, `unassignment ${userId}`]);
  }
});

test('everyone, by an assignment or by assigned_to_all, is the deed of who did it', async () => {
  const site = await newSite(company);
  const id = await create(admin, 'jobcode_assignments', { user_id: 0, jobcode_id: site.jobcode });
  await admin.put('/jobcodes', [{ id: site.jobcode, assigned_to_all: false }]);
  await admin.put('/jobcodes', [{ id: site.jobcode, assigned_to_all: true }]);
  const [came, left] = ['assignment', 'unassignment'].map((type) => `${type} ${admin.userId} ${assignment(id)}`);
  assert.deepEqual(await happenedOn(company, site), [came, left, came]);
});

test('what is assigned of other jobcodes is no event of any project', async () => {
  const site = await newSite(company);
  const { userId } = await company.person();
  const made = await admin.post('/jobcode_assignments', [
    { user_id: userId, jobcode_id: await company.jobcode({ assignedToAll: false }) },
  ]);
  assert.equal(itemsOf(made, 'jobcode_assignments')[0]?._status_code, 200);
  assert.deepEqual(await happenedOn(company, site), []);
});
