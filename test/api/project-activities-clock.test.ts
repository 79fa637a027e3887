import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { itemOf, itemsOf, type Row, statementsDuring } from './jobs-support.ts';
import { happenedOn, newSite, type Site } from './project-activities-support.ts';

let world: World;
let company: Company;
let admin: Person;

const now = Date.UTC(2026, 5, 15, 18) / 1000;
const at = (minutes: number): string => new Date((now + minutes * 60) * 1000).toISOString().replace('.000Z', '+00:00');

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

/** A project that everyone may clock into. */
async function openSite(): Promise<Site> {
  return newSite(company, { jobcode_id: await company.jobcode() });
}

async function post(item: object): Promise<number> {
  const made = itemOf(await admin.post('/timesheets', [{ type: 'regular', ...item }]), 'timesheets');
  assert.equal(made._status_code, 200, JSON.stringify(made));
  return Number(made.id);
}

async function put(id: number, change: object): Promise<Row> {
  return itemOf(await admin.put('/timesheets', [{ id, ...change }]), 'timesheets');
}

test('clocking in and out is written down once each, for whom it is about', async () => {
  const [site, { userId }] = [await openSite(), await company.person()];
  const id = await post({ user_id: userId, jobcode_id: site.jobcode, start: at(-60), end: '' });
  const linked = JSON.stringify({ timesheets: [id] });
  assert.deepEqual(await happenedOn(company, site), [`clock_in ${userId} ${linked}`]);
  assert.equal((await put(id, { notes: 'still at it', start: at(-50) }))._status_code, 200);
  assert.equal((await happenedOn(company, site)).length, 1, 'neither notes nor another start are an event');
  assert.equal((await put(id, { end: at(0) }))._status_code, 200);
  assert.deepEqual(await happenedOn(company, site), [`clock_in ${userId} ${linked}`, `clock_out ${userId} ${linked}`]);
  assert.equal((await put(id, { end: at(-1) }))._status_code, 200);
  assert.equal((await happenedOn(company, site)).length, 2, 'another end of closed time is none');
  assert.equal((await put(id, { end: '' }))._status_code, 200);
  assert.equal((await happenedOn(company, site)).length, 3, 'reopened time is');
});

test('a switch is out of one project and into the other; time on no project is nobody’s event', async () => {
  const [one, two, plain] = [await openSite(), await openSite(), await company.jobcode()];
  const { userId } = await company.person();
  const id = await post({ user_id: userId, jobcode_id: plain, start: at(-60) });
  for (const jobcode of [one.jobcode, two.jobcode, plain]) await put(id, { jobcode_id: jobcode });
  const linked = JSON.stringify({ timesheets: [id] });
  for (const site of [one, two])
    assert.deepEqual(await happenedOn(company, site), [
      `clock_in ${userId} ${linked}`,
      `clock_out ${userId} ${linked}`,
    ]);
});

test('time that is entered after the fact, manual time, and refused time are no events', async () => {
  const [site, { userId }] = [await openSite(), await company.person()];
  const common = { user_id: userId, jobcode_id: site.jobcode };
  await post({ ...common, start: at(-60), end: at(-30) });
  await post({ ...common, type: 'manual', date: '2026-06-15', duration: 3600 });
  const [refused] = itemsOf(
    await admin.post('/timesheets', [{ ...common, type: 'regular', start: at(-45), end: '' }]),
    'timesheets',
  );
  assert.equal(refused?._status_code, 406);
  assert.deepEqual(await happenedOn(company, site), []);
});

test('several people who clock in at once are several events', async () => {
  const site = await openSite();
  const people = await Promise.all(Array.from({ length: 5 }, () => company.person()));
  const items = people.map(({ userId }) => ({
    user_id: userId,
    jobcode_id: site.jobcode,
    type: 'regular',
    start: at(-1),
    end: '',
  }));
  const made = itemsOf(await admin.post('/timesheets', items), 'timesheets');
  assert.deepEqual(
    await happenedOn(company, site),
    people.map(({ userId }, index) => `clock_in ${userId} ${JSON.stringify({ timesheets: [made[index]?.id] })}`),
  );
});

test('two requests that clock the same person in at once are one event', async () => {
  const [site, { userId }] = [await openSite(), await company.person()];
  const item = { user_id: userId, jobcode_id: site.jobcode, type: 'regular', start: at(-1), end: '' };
  await Promise.all(Array.from({ length: 4 }, () => admin.post('/timesheets', [item])));
  assert.equal((await happenedOn(company, site)).length, 1);
});

test('time on a jobcode that is no project costs no statement more', async () => {
  const [site, plain] = [await openSite(), await company.jobcode()];
  const cost = async (jobcode: number): Promise<number> => {
    const { userId } = await company.person();
    // Everything that is kept in the cache is loaded by the first one.
    await post({ user_id: userId, jobcode_id: jobcode, start: at(-90), end: at(-80) });
    return statementsDuring(() => post({ user_id: userId, jobcode_id: jobcode, start: at(-60), end: '' }));
  };
  const [usual, more] = [await cost(plain), await cost(site.jobcode)];
  assert.ok(usual < more, `${usual} statements without a project, ${more} with one`);
  // The facts and the write, each in a transaction of one statement.
  assert.ok(usual <= 8, `${usual} statements`);
});

test('the activity and the time stand or fall together', async () => {
  const [site, { userId }] = [await openSite(), await company.person()];
  const db = world.services.database.system;
  const forbid = (text: string) => db.rows({ text, values: [] });
  await forbid(
    `ALTER TABLE project_activities ADD CONSTRAINT no_clock CHECK (activity_type <> 'clock_in' OR user_id <> ${userId}) NOT VALID`,
  );
  const item = { user_id: userId, jobcode_id: site.jobcode, type: 'regular', start: at(-1), end: '' };
  const refused = itemOf(await admin.post('/timesheets', [item]), 'timesheets');
  assert.notEqual(refused._status_code, 200);
  const open = await admin.get('/timesheets', { start_date: '2026-06-01', on_the_clock: 'yes', user_ids: userId });
  assert.deepEqual(itemsOf(open, 'timesheets'), []);
  await forbid('ALTER TABLE project_activities DROP CONSTRAINT no_clock');
});
