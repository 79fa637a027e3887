import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, type Row, statementsDuring } from './jobs-support.ts';
import { happenedOn, newSite, type Site } from './project-activities-support.ts';

const now = Date.UTC(2026, 5, 15, 18) / 1000;
const at = (seconds: number): string => new Date((now + seconds) * 1000).toISOString().replace('.000Z', '+00:00');

let world: World;
let company: Company;
let worker: Person;
/** A project with a location whose fence has a radius of 150 metres, and the location. */
let site: Site;
let location: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  worker = await company.person();
  site = await newSite(company);
  const { admin } = company;
  await create(admin, 'jobcode_assignments', { user_id: worker.userId, jobcode_id: site.jobcode });
  location = await placeAt(site.jobcode, 43.6);
});
after(() => world.close());

async function placeAt(jobcode: number, latitude: number): Promise<number> {
  const address = { addr1: `${latitude} Main Street`, city: 'Eagle', state: 'ID', country: 'US', active: true };
  const id = await create(company.admin, 'locations', {
    ...address,
    latitude,
    longitude: -116.2,
    linked_objects: { jobcodes: [jobcode] },
  });
  await create(company.admin, 'geofence_configs', {
    type: 'locations',
    type_id: id,
    active: true,
    enabled: true,
    radius: 150,
  });
  return id;
}

async function clockIn(jobcode: number, more: Row = {}): Promise<number> {
  const item = { user_id: worker.userId, jobcode_id: jobcode, type: 'regular', start: at(-600), end: '', ...more };
  return create(company.admin, 'timesheets', item);
}

async function clockOut(id: number): Promise<void> {
  itemOf(await company.admin.put('/timesheets', [{ id, end: at(0) }]), 'timesheets');
}

let count = 0;
/** A position at this latitude that is like no other. */
function position(latitude: number, more: Row = {}): Row {
  count += 1;
  const longitude = -116.2 + count / 10_000_000;
  return { user_id: worker.userId, created: at(-60), accuracy: 10, altitude: 0, latitude, longitude, ...more };
}

const report = (...items: Row[]): Promise<unknown> => worker.post('/geolocations', items);

/** What was told of places since the project was created. */
const arrivals = async (of: Site): Promise<string[]> =>
  (await happenedOn(company, of)).filter((line) => line.startsWith('location_update'));

test('who is on the clock at a location of the project is told of once for each timesheet and location', async () => {
  const second = await placeAt(site.jobcode, 43.7);
  const first = await clockIn(site.jobcode);
  await report(position(43.65));
  assert.deepEqual(await arrivals(site), []);
  await report(position(43.6), position(43.6005), position(43.6));
  await Promise.all(Array.from({ length: 4 }, () => report(position(43.6), position(43.7))));
  await clockOut(first);
  const next = await clockIn(site.jobcode, { start: at(0) });
  await report(position(43.6, { created: at(1) }));
  const line = (timesheet: number, place: number): string =>
    `location_update ${worker.userId} ${JSON.stringify({ timesheets: [timesheet], locations: [place] })}`;
  assert.deepEqual(
    (await arrivals(site)).sort(),
    [line(first, location), line(first, second), line(next, location)].sort(),
  );
  const filter = { project_id: site.id, activity_types: 'location_update' };
  assert.equal(idsOf(await company.admin.get('/project_activities', filter), 'project_activities').length, 3);
  await clockOut(next);
});

test('neither time that is over, nor a job that is no project, nor somebody off the clock is told of', async () => {
  const quiet = await newSite(company);
  await create(company.admin, 'jobcode_assignments', { user_id: worker.userId, jobcode_id: quiet.jobcode });
  await placeAt(quiet.jobcode, 43.8);
  await report(position(43.8));
  await clockIn(quiet.jobcode, { start: at(-7200), end: at(-3600) });
  await report(position(43.8, { created: at(-5000) }));
  assert.deepEqual(await arrivals(quiet), []);

  const plain = await company.jobcode();
  await placeAt(plain, 43.9);
  const open = await clockIn(plain, { start: at(2) });
  await report(position(43.9, { created: at(3) }));
  const without = await statementsDuring(() => report(position(43.9, { created: at(4) })));
  const outside = await statementsDuring(() => report(position(44, { created: at(5) })));
  assert.equal(without, outside, 'a job that is no project costs nothing more');
  await clockOut(open);
});
