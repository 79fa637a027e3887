import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, read, supplementOf } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  ({ admin } = company);
});
after(() => world.close());

const keys = ['id', 'type', 'type_id', 'active', 'enabled', 'radius', 'last_modified', 'created'];

function newLocation(by: Person = admin, more: Row = {}): Promise<number> {
  return create(by, 'locations', { city: 'Eagle', ...more });
}

async function post(item: Row): Promise<Row> {
  return itemOf(await admin.post('/geofence_configs', [item]), 'geofence_configs');
}

async function put(id: number, change: Row, by: Person = admin): Promise<Row> {
  return itemOf(await by.put('/geofence_configs', [{ id, ...change }]), 'geofence_configs');
}

test('a fence reads as in the reference, under both names of its type, with its location', async () => {
  for (const [type, radius] of [
    ['location', 150],
    ['locations', '125'],
    [undefined, undefined],
  ]) {
    const location = await newLocation();
    const { id, ...made } = await post({ type, type_id: location, radius });
    const { created, last_modified, ...rest } = made;
    assert.deepEqual(rest, {
      _status_code: 200,
      _status_message: 'Created',
      type: 'locations',
      type_id: location,
      active: true,
      enabled: true,
      radius: Number(radius ?? 150),
    });
    const listed = await admin.get('/geofence_configs', { ids: Number(id) });
    assert.deepEqual(Object.keys(listed.body), ['results', 'more', 'supplemental_data']);
    assert.deepEqual(Object.keys(listed.body.results?.geofence_configs?.[String(id)] ?? {}), keys);
    assert.equal(supplementOf(listed, 'locations', location)?.geofence_config_id, id);
    assert.ok(!('supplemental_data' in (await admin.get('/geofence_configs', { supplemental_data: 'no' })).body));
    const locations = await admin.get('/locations', { ids: location });
    assert.equal(supplementOf(locations, 'geofence_configs', id)?.radius, rest.radius);
  }
});

test('what can be written is kept, what can not is refused', async () => {
  const [one, two] = [await newLocation(), await newLocation()];
  const id = Number((await post({ type_id: one })).id);
  for (const change of [
    { radius: 1 },
    { radius: 100_000 },
    { enabled: false },
    { active: false },
    { active: true },
    { type_id: two },
  ]) {
    assert.equal((await put(id, change))._status_code, 200);
    const stored = await read(admin, 'geofence_configs', id, { type: 'locations' });
    for (const [name, value] of Object.entries(change)) assert.equal(stored[name], value, name);
  }
  const [was, is] = [await read(admin, 'locations', one), await read(admin, 'locations', two)];
  assert.deepEqual([was.geofence_config_id, is.geofence_config_id], [null, id]);
  const moment = '2018-08-19T16:29:28+00:00';
  for (const name of ['created', 'last_modified'])
    assert.equal((await put(id, { [name]: moment }))._status_extra, `Invalid params: ${name}`);
});

test('a bad item is refused in a sentence and hinders no other', async () => {
  const [free, taken, twice] = [await newLocation(), await newLocation(), await newLocation()];
  const owner = Number((await post({ type_id: taken })).id);
  const foreign = await newLocation((await world.company()).admin);
  const cases: [Row, string | 200][] = [
    [{ type_id: twice }, 200],
    [
      { type_id: twice },
      `Location ${twice} has a geofence config already: an earlier item of this request gives it one`,
    ],
    [{ type_id: taken }, `Location ${taken} has a geofence config already: its id is ${owner}`],
    [{ radius: 100 }, 'Missing required params: type_id'],
    [{ type_id: 0 }, 'type_id must not be blank'],
    [{ type_id: 99_999_999 }, 'type_id 99999999 does not exist'],
    [{ type_id: foreign }, `type_id ${foreign} does not exist`],
    [{ type_id: free, type: 'jobcodes' }, 'type must be one of locations, location'],
    [{ type_id: free, radius: 0 }, 'radius must not be less than 1'],
    [{ type_id: free, radius: -5 }, 'radius must not be less than 1'],
    [{ type_id: free, radius: 100_001 }, 'radius must not be more than 100000'],
    [{ type_id: free, radius: 12.5 }, 'radius must be a whole number'],
    [{ type_id: free, enabled: 'perhaps' }, 'enabled must be true or false'],
    [{ type_id: free, colour: 'red' }, 'Invalid params: colour'],
    [{ type_id: free }, 200],
  ];
  const answer = await admin.post(
    '/geofence_configs',
    cases.map(([item]) => item),
  );
  itemsOf(answer, 'geofence_configs').forEach((item, index) => {
    const [sent, expected] = cases[index] ?? [];
    assert.deepEqual(
      [item._status_code, item._status_extra],
      expected === 200 ? [200, undefined] : [417, expected],
      JSON.stringify(sent),
    );
  });
});

test('every filter', async () => {
  const place = await world.company();
  const [mine, others] = [await place.jobcode(), await place.jobcode({ assignedToAll: false })];
  const locations = [
    await newLocation(place.admin, { linked_objects: { jobcodes: [mine] } }),
    await newLocation(place.admin, { linked_objects: { jobcodes: [others] } }),
    await newLocation(place.admin),
  ];
  const made = await place.admin.post('/geofence_configs', [
    { type_id: locations[0] },
    { type_id: locations[1], enabled: false },
    { type_id: locations[2], active: false },
  ]);
  const [on = 0, off = 0, gone = 0] = itemsOf(made, 'geofence_configs').map(({ id }) => Number(id));
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, [on, off]],
    [{ ids: `${on},${gone}` }, [on]],
    [{ type: 'locations' }, [on, off]],
    [{ type: 'location, jobcodes' }, [on, off]],
    [{ type: 'jobcodes' }, []],
    [{ type_ids: `${locations[1]}, ${locations[2]}` }, [off]],
    [{ enabled: 'true' }, [on]],
    [{ enabled: 'false' }, [off]],
    [{ active: 'no' }, [gone]],
    [{ active: 'both' }, [on, off, gone]],
    [{ by_jobcode_assignment: 'true' }, [on]],
    [{ by_jobcode_assignment: 'false' }, [on, off]],
    [{ modified_since: '2020-01-01T00:00:00+00:00' }, [on, off]],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ modified_before: '2099-01-01T00:00:00+00:00' }, [on, off]],
    [{ modified_before: '2020-01-01T00:00:00+00:00' }, []],
    [{ limit: 1, page: 2 }, [off]],
  ];
  const person = await place.person();
  for (const [query, expected] of cases) {
    assert.deepEqual(
      idsOf(await person.get('/geofence_configs', query), 'geofence_configs'),
      expected,
      JSON.stringify(query),
    );
  }
  for (const [name, value] of Object.entries({ ids: 'x', type_ids: 'x', enabled: '2', by_jobcode_assignment: 'x' })) {
    assert.equal((await person.get('/geofence_configs', { [name]: value })).status, 417, name);
  }
});

test('locations and jobcodes name their fence while it is active', async () => {
  const job = await company.jobcode();
  const [one, two] = [
    await newLocation(admin, { linked_objects: { jobcodes: [job] } }),
    await newLocation(admin, { linked_objects: { jobcodes: [job] } }),
  ];
  const second = Number((await post({ type_id: two })).id);
  const fences = async (): Promise<unknown[]> => [
    (await read(admin, 'locations', one)).geofence_config_id,
    (await read(admin, 'locations', two)).geofence_config_id,
    (await read(admin, 'jobcodes', job)).geofence_config_id,
  ];
  assert.deepEqual(await fences(), [null, second, second]);
  const first = Number((await post({ type_id: one })).id);
  assert.deepEqual(await fences(), [first, second, second]);
  const touched = await admin.put('/geofence_configs', [{ id: second, active: false }]);
  assert.equal(supplementOf(touched, 'jobcodes', job)?.geofence_config_id, first);
  assert.equal(supplementOf(touched, 'locations', two)?.geofence_config_id, null);
  assert.deepEqual(await fences(), [first, null, first]);
  await admin.put('/locations', [{ id: one, active: false }]);
  assert.deepEqual(await fences(), [first, null, 0]);
  await put(second, { active: true });
  assert.deepEqual(await fences(), [first, second, second]);
});

test('of many who set up a fence around one location at the same moment, one does', async () => {
  const location = await newLocation();
  const items = await Promise.all(Array.from({ length: 6 }, () => post({ type_id: location })));
  assert.equal(items.filter(({ _status_code: code }) => code === 200).length, 1);
  for (const item of items)
    if (item._status_code !== 200)
      assert.match(String(item._status_extra), /has a geofence config already: its id is \d+$/);
});

test('admins and manage_jobcodes set up fences; all others see them', async () => {
  const id = Number((await post({ type_id: await newLocation() })).id);
  const cases: [string, Person, boolean][] = [
    ['admin', admin, true],
    ['manage_jobcodes', await company.person({ permissions: ['manage_jobcodes'] }), true],
    ['manage_timesheets', await company.person({ permissions: ['manage_timesheets'] }), false],
    ['an employee', await company.person(), false],
  ];
  for (const [what, by, allowed] of cases) {
    assert.deepEqual(idsOf(await by.get('/geofence_configs', { ids: id }), 'geofence_configs'), [id], what);
    const item = { type_id: await newLocation() };
    const created = itemOf(await by.post('/geofence_configs', [item]), 'geofence_configs');
    const edited = await put(id, { radius: 200 + what.length }, by);
    assert.deepEqual([created._status_code, edited._status_code], allowed ? [200, 200] : [417, 417], what);
    if (!allowed) assert.equal(edited._status_extra, "Oops! You don't have permission to edit geofence configs");
  }
  assert.equal((await admin.delete('/geofence_configs', [id])).status, 501);
});
