import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type World } from '../support/world.ts';
import { create, idsOf, itemsOf, type Row } from './jobs-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

async function maps(place: Company, query: Record<string, string | number> = {}): Promise<Row[]> {
  return itemsOf(await place.admin.get('/locations_map', query), 'locations_map');
}

test('a map reads as in the reference, with its location', async () => {
  const job = await company.jobcode();
  const location = await create(company.admin, 'locations', { city: 'Eagle', linked_objects: { jobcodes: [job] } });
  const answer = await company.admin.get('/locations_map');
  const [map = {}] = itemsOf(answer, 'locations_map');
  assert.deepEqual(Object.keys(map), ['id', 'x_table', 'x_id', 'location_id', 'created', 'last_modified']);
  assert.deepEqual([map.x_table, map.x_id, map.location_id], ['job_codes', job, location]);
  assert.deepEqual(idsOf(answer, 'locations', 'supplemental_data'), [location]);
  assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}), ['locations']);
});

test('every filter', async () => {
  const place = await world.company();
  const [mine, others] = [await place.jobcode({ assignedToAll: false }), await place.jobcode({ assignedToAll: false })];
  const person = await place.person();
  await create(place.admin, 'jobcode_assignments', { user_id: person.userId, jobcode_id: mine });
  const location = await create(place.admin, 'locations', { city: 'A', linked_objects: { jobcodes: [mine, others] } });
  const archived = await create(place.admin, 'locations', { city: 'B', linked_objects: { jobcodes: [mine] } });
  await place.admin.put('/locations', [{ id: archived, active: false }]);
  const all = await maps(place, { active: 'both' });
  assert.deepEqual(
    all.map(({ x_id, location_id }) => [x_id, location_id]),
    [
      [mine, location],
      [others, location],
      [mine, archived],
    ],
  );
  const [first = 0, second = 0, resting = 0] = all.map(({ id }) => Number(id));
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, [first, second]],
    [{ ids: `${second},${resting}` }, [second]],
    [{ active: 'no' }, [resting]],
    [{ active: 'both' }, [first, second, resting]],
    [{ by_jobcode_assignment: 'true' }, [first]],
    [{ by_jobcode_assignment: 'true', active: 'both' }, [first, resting]],
    [{ by_jobcode_assignment: 'no' }, [first, second]],
    [{ modified_since: '2020-01-01T00:00:00+00:00' }, [first, second]],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ modified_before: '2099-01-01T00:00:00+00:00' }, [first, second]],
    [{ modified_before: '2020-01-01T00:00:00+00:00' }, []],
    [{ limit: 1, page: 2 }, [second]],
  ];
  for (const [query, expected] of cases)
    assert.deepEqual(
      idsOf(await person.get('/locations_map', query), 'locations_map'),
      expected,
      JSON.stringify(query),
    );
  for (const [name, value] of Object.entries({
    ids: 'x',
    active: '2',
    by_jobcode_assignment: 'x',
    modified_since: 'x',
  }))
    assert.equal((await person.get('/locations_map', { [name]: value })).status, 417, name);
});

test('a map lives, rests and lives again with its link', async () => {
  const place = await world.company();
  const job = await place.jobcode();
  const location = await create(place.admin, 'locations', { city: 'A', linked_objects: { jobcodes: [job] } });
  const [{ id } = {}] = await maps(place);
  const change = async (item: Row): Promise<unknown[]> => {
    await place.admin.put('/locations', [{ id: location, ...item }]);
    assert.deepEqual(
      (await maps(place, { active: 'both' })).map((map) => map.id),
      [id],
    );
    return (await maps(place)).map((map) => map.id);
  };
  assert.deepEqual(await change({ linked_objects: '' }), []);
  assert.deepEqual(await change({ linked_objects: { jobcodes: [job] } }), [id]);
  assert.deepEqual(await change({ active: false }), []);
  assert.deepEqual(await change({ linked_objects: {} }), []);
  assert.deepEqual(await change({ active: true }), []);
  assert.deepEqual(await change({ linked_objects: { jobcodes: [job] } }), [id]);
});

test('maps are only read here', async () => {
  const item = { x_table: 'job_codes', x_id: 1, location_id: 1 };
  assert.equal((await company.admin.post('/locations_map', [item])).status, 405);
  assert.equal((await company.admin.put('/locations_map', [{ id: 1, ...item }])).status, 405);
  assert.equal((await company.admin.delete('/locations_map', [1])).status, 405);
});
