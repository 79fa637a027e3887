import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, read, statementsDuring, supplementOf } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  ({ admin } = company);
});
after(() => world.close());

const keys = [
  'id',
  'addr1',
  'addr2',
  'city',
  'state',
  'zip',
  'country',
  'formatted_address',
  'active',
  'latitude',
  'longitude',
  'place_id',
  'place_id_hash',
  'label',
  'notes',
  'geocoding_status',
  'created',
  'last_modified',
  'linked_objects',
  'geofence_config_id',
];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/;

async function put(id: number, change: Row, by: Person = admin): Promise<Row> {
  return itemOf(await by.put('/locations', [{ id, ...change }]), 'locations');
}

async function post(item: Row): Promise<Row> {
  return itemOf(await admin.post('/locations', [item]), 'locations');
}

test('the examples of creating and updating come out as in the reference', async () => {
  const job = await company.jobcode();
  const eagle = {
    addr1: '235 E Colchester Dr',
    addr2: '101',
    city: 'Eagle',
    state: 'ID',
    zip: '83616',
    country: 'US',
    formatted_address: '235 E Colchester Dr, Meridian, ID 83646',
    active: true,
    label: 'TSheets HQ',
    notes: 'Please use front door',
  };
  const meridian = {
    addr1: '7 Any Street',
    addr2: '',
    city: 'Meridian',
    state: 'ID',
    zip: '83646',
    country: 'US',
    formatted_address: '7 Any Street, Meridian, ID 83646',
    active: true,
    label: 'Any House on Any Street',
    notes: 'Beware the dog!',
  };
  const made = await admin.post('/locations', [{ ...eagle, linked_objects: { jobcodes: [job] } }, meridian]);
  const [one = {}, two = {}] = itemsOf(made, 'locations');
  assert.deepEqual(Object.keys(one), ['_status_code', '_status_message', ...keys]);
  const { id, created, last_modified, ...rest } = one;
  assert.match(String(created), instant);
  assert.match(String(last_modified), instant);
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    ...eagle,
    formatted_address: '235 E Colchester Dr 101, Eagle, ID 83616',
    latitude: 0,
    longitude: 0,
    place_id: '',
    place_id_hash: '',
    geocoding_status: 'none',
    linked_objects: { jobcodes: [job] },
    geofence_config_id: null,
  });
  assert.deepEqual([two.formatted_address, two.linked_objects], ['7 Any Street, Meridian, ID 83646', {}]);
  assert.deepEqual(Object.keys(made.body.supplemental_data ?? {}), ['jobcodes']);
  assert.deepEqual(supplementOf(made, 'jobcodes', job)?.locations, [id]);

  const changed = await admin.put('/locations', [
    { id, ...eagle, linked_objects: { jobcodes: [] } },
    { id: two.id, ...meridian, addr1: '8 Any Street' },
  ]);
  const [unlinked = {}, moved = {}] = itemsOf(changed, 'locations');
  assert.deepEqual([unlinked._status_message, unlinked.linked_objects], ['Updated', {}]);
  assert.equal(moved.formatted_address, '8 Any Street, Meridian, ID 83646');
  assert.deepEqual(supplementOf(changed, 'jobcodes', job)?.locations, []);

  const listed = await admin.get('/locations', { ids: Number(id) });
  assert.deepEqual(Object.keys(listed.body), ['results', 'more', 'supplemental_data']);
  assert.deepEqual(Object.keys(listed.body.results?.locations?.[String(id)] ?? {}), keys);
  assert.ok(!('supplemental_data' in (await admin.get('/locations', { supplemental_data: 'no' })).body));
});

test('every property: what can be written is kept, what can not is refused', async () => {
  const job = await company.jobcode();
  const id = await create(admin, 'locations', { addr1: '1 First St', city: 'Boise' });
  const cases: [Row, Row?][] = [
    [{ addr1: '2 Second St' }],
    [{ addr2: 'Suite 3' }],
    [{ city: 'Nampa' }],
    [{ state: 'ID' }],
    [{ zip: '83651' }],
    [{ country: 'CA' }],
    [{ label: 'Plant' }],
    [{ notes: 'Ring twice' }],
    [{ active: 'no' }, { active: false }],
    [{ active: true }],
    [
      { latitude: 43.1234567, longitude: '-116.7654321' },
      { latitude: 43.1234567, longitude: -116.7654321 },
    ],
    [
      { latitude: '-90', longitude: 180 },
      { latitude: -90, longitude: 180 },
    ],
    [{ linked_objects: { jobcodes: [String(job), job] } }, { linked_objects: { jobcodes: [job] } }],
    [{ linked_objects: '' }, { linked_objects: {} }],
    [{ linked_objects: { jobcodes: `${job}, ` } }, { linked_objects: { jobcodes: [job] } }],
    [{ linked_objects: { jobcodes: '' } }, { linked_objects: {} }],
    [{ linked_objects: { jobcodes: job } }, { linked_objects: { jobcodes: [job] } }],
    [{ linked_objects: [] }, { linked_objects: {} }],
  ];
  for (const [change, expected = change] of cases) {
    const item = await put(id, change);
    assert.equal(item._status_code, 200, JSON.stringify(item));
    const stored = await read(admin, 'locations', id);
    for (const [name, value] of Object.entries(expected)) {
      assert.deepEqual([item[name], stored[name]], [value, value], JSON.stringify(change));
    }
  }
  for (const [name, value] of Object.entries({
    place_id: 'ChIJ',
    place_id_hash: '0ba5eaf96c5f63c3b76d5084c365b6e4',
    geocoding_status: 'complete',
    geofence_config_id: 7,
    created: '2018-08-19T16:29:28+00:00',
    last_modified: '2018-08-19T16:29:28+00:00',
  })) {
    assert.equal((await put(id, { [name]: value }))._status_extra, `Invalid params: ${name}`);
  }
});

test('a bad item is refused in a sentence and hinders no other', async () => {
  const archived = await company.jobcode();
  await admin.put('/jobcodes', [{ id: archived, active: false }]);
  const foreign = await (await world.company()).jobcode();
  const job = await company.jobcode();
  const address = { city: 'Boise' };
  const cases: [unknown, RegExp | 200][] = [
    [{ city: 'Fine' }, 200],
    [{ label: 'No address', notes: 'x' }, /^At least one of addr1, addr2, city, state, zip, country must be given$/],
    [{ addr1: ' ', latitude: 1, longitude: 1 }, /^At least one of addr1/],
    [{ ...address, latitude: 91, longitude: 0 }, /^latitude must not be more than 90$/],
    [{ ...address, latitude: -90.5, longitude: 0 }, /^latitude must not be less than -90$/],
    [{ ...address, latitude: 0, longitude: 180.1 }, /^longitude must not be more than 180$/],
    [{ ...address, latitude: 0, longitude: -181 }, /^longitude must not be less than -180$/],
    [{ ...address, latitude: 'NaN', longitude: 0 }, /^latitude must be a number$/],
    [{ ...address, latitude: 1, longitude: 'Infinity' }, /^longitude must be a number$/],
    [{ ...address, latitude: '1e1', longitude: 0 }, /^latitude must be a number$/],
    [{ ...address, latitude: true, longitude: 0 }, /^latitude must be a number$/],
    [{ ...address, latitude: 43.5 }, /^longitude must be given together with latitude$/],
    [{ ...address, longitude: 43.5 }, /^latitude must be given together with longitude$/],
    [{ city: 5 }, /^city must be a text$/],
    [{ city: 'x'.repeat(256) }, /^city must not be longer than 255 characters$/],
    [{ ...address, notes: 'x'.repeat(10_001) }, /^notes must not be longer/],
    [{ ...address, linked_objects: 'jobcodes' }, /^linked_objects must be an object of lists of ids$/],
    [{ ...address, linked_objects: [job] }, /^linked_objects must be an object of lists of ids$/],
    [{ ...address, linked_objects: { users: [1] } }, /^linked_objects must not hold "users"$/],
    [{ ...address, linked_objects: { jobcodes: ['x'] } }, /^linked_objects.jobcodes must be a list of ids$/],
    [{ ...address, linked_objects: { jobcodes: { a: 1 } } }, /^linked_objects.jobcodes must be a list of ids$/],
    [
      { ...address, linked_objects: { jobcodes: [job, 99_999_999] } },
      /^linked_objects.jobcodes 99999999 does not exist$/,
    ],
    [{ ...address, linked_objects: { jobcodes: [foreign] } }, /^linked_objects.jobcodes \d+ does not exist$/],
    [{ ...address, linked_objects: { jobcodes: [archived] } }, /^linked_objects.jobcodes \d+ is archived$/],
    [{ ...address, colour: 'red' }, /^Invalid params: colour$/],
    [{ city: 'Also fine' }, 200],
  ];
  const answer = await admin.post(
    '/locations',
    cases.map(([item]) => item),
  );
  itemsOf(answer, 'locations').forEach((item, index) => {
    const [sent, expected] = cases[index] ?? [];
    const status = expected === 200 ? [200, 'Created'] : [417, 'Expectation Failed'];
    assert.deepEqual([item._status_code, item._status_message], status, JSON.stringify(sent));
    if (expected instanceof RegExp) assert.match(String(item._status_extra), expected);
  });
  const nan = await admin.send('POST', '/locations', '{"data":[{"city":"Boise","latitude":NaN,"longitude":1}]}');
  assert.equal(nan.status, 400);
});

test('label and formatted address follow the address until somebody names the place', async () => {
  const id = Number((await post({ addr1: '7 Any Street', city: 'Meridian', country: 'US' })).id);
  const texts = async (change: Row): Promise<unknown[]> => {
    const { label, formatted_address: formatted, _status_extra } = await put(id, change);
    return [label, formatted, _status_extra];
  };
  assert.deepEqual(await texts({}), ['7 Any Street, Meridian, US', '7 Any Street, Meridian', undefined]);
  assert.deepEqual(await texts({ addr1: '8 Any Street' }), [
    '8 Any Street, Meridian, US',
    '8 Any Street, Meridian',
    undefined,
  ]);
  assert.deepEqual(await texts({ label: 'Depot' }), ['Depot', '8 Any Street, Meridian', undefined]);
  assert.deepEqual(await texts({ addr1: '', city: '' }), ['Depot', 'Depot', undefined]);
  assert.deepEqual(await texts({ label: 'Yard' }), ['Yard', 'Yard', undefined]);
  assert.deepEqual(await texts({ label: '' }), ['US', 'US', undefined]);
  assert.match(String((await texts({ country: '' }))[2]), /^At least one of addr1/);
});

test('every filter', async () => {
  const place = await world.company();
  const [mine, everyones, others] = [
    await place.jobcode({ assignedToAll: false }),
    await place.jobcode(),
    await place.jobcode({ assignedToAll: false }),
  ];
  const below = await place.jobcode({ parentId: mine, assignedToAll: false });
  const person = await place.person();
  await create(place.admin, 'jobcode_assignments', { user_id: person.userId, jobcode_id: mine });
  const linkedTo = (job: number): Row => ({ city: 'Boise', linked_objects: { jobcodes: [job] } });
  const made = await place.admin.post('/locations', [
    linkedTo(mine),
    linkedTo(everyones),
    linkedTo(others),
    linkedTo(below),
    { city: 'Free' },
    { city: 'Gone', active: false },
  ]);
  const [a = 0, b = 0, c = 0, d = 0, free = 0, gone = 0] = itemsOf(made, 'locations').map(({ id }) => Number(id));
  await world.services.database
    .forCompany(place.id)
    .rows(sql`UPDATE locations SET geocoding_status = 'error' WHERE company_id = ${place.id} AND id = ${b}`);
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, [a, b, c, d, free]],
    [{ ids: `${a},${gone}` }, [a]],
    [{ active: 'no' }, [gone]],
    [{ active: 'both' }, [a, b, c, d, free, gone]],
    [{ geocoding_status: 'error' }, [b]],
    [{ geocoding_status: 'none, error', active: 'both' }, [a, b, c, d, free, gone]],
    [{ geocoding_status: 'complete,in_progress,retry' }, []],
    [{ by_jobcode_assignment: 'true' }, [a, b, d]],
    [{ by_jobcode_assignment: 'True', ids: `${a},${c}` }, [a]],
    [{ by_jobcode_assignment: 'false' }, [a, b, c, d, free]],
    [{ modified_since: '2020-01-01T00:00:00+00:00' }, [a, c, d, free, b]],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ modified_before: '2099-01-01T00:00:00 00:00' }, [a, b, c, d, free]],
    [{ modified_before: '2020-01-01T00:00:00Z' }, []],
    [{ limit: 1, page: 2 }, [b]],
  ];
  for (const [query, expected] of cases) {
    const found = idsOf(await person.get('/locations', query), 'locations');
    assert.deepEqual(
      found,
      expected.toSorted((x, y) => x - y),
      JSON.stringify(query),
    );
  }
  assert.deepEqual(idsOf(await place.admin.get('/locations', { by_jobcode_assignment: 1 }), 'locations'), [b]);
  const assignments = await place.admin.get('/jobcode_assignments', { user_ids: person.userId, jobcode_id: mine });
  await place.admin.delete('/jobcode_assignments', idsOf(assignments, 'jobcode_assignments'));
  assert.deepEqual(idsOf(await person.get('/locations', { by_jobcode_assignment: 'true' }), 'locations'), [b]);
  const refused = { geocoding_status: 'done', by_jobcode_assignment: 'perhaps', active: '2', ids: 'x' };
  for (const [name, value] of Object.entries(refused)) {
    const answer = await person.get('/locations', { [name]: value });
    assert.equal(answer.status, 417, name);
    assert.match(answer.text, new RegExp(name));
  }
});

test('jobcodes show their locations, those of their parents come along, and their last_modified moves', async () => {
  const place = await world.company();
  const parent = await place.jobcode();
  const child = await place.jobcode({ parentId: parent });
  const moment = async (id: number): Promise<unknown> => {
    const [row] = await world.services.database
      .forCompany(place.id)
      .rows(sql`SELECT last_modified FROM jobcodes WHERE company_id = ${place.id} AND id = ${id}`);
    return row?.[0];
  };
  const before = await moment(child);
  const [above = 0, both = 0] = [
    await create(place.admin, 'locations', { city: 'Above', linked_objects: { jobcodes: [parent] } }),
    await create(place.admin, 'locations', { city: 'Both', linked_objects: { jobcodes: [parent, child] } }),
  ];
  const linked = await moment(child);
  assert.notEqual(linked, before);
  const answer = await place.admin.get('/jobcodes', { parent_ids: parent });
  assert.deepEqual(answer.body.results?.jobcodes?.[String(child)]?.locations as unknown, [both]);
  assert.deepEqual(supplementOf(answer, 'jobcodes', parent)?.locations, [above, both]);
  assert.deepEqual(idsOf(answer, 'locations', 'supplemental_data'), [above, both]);
  await place.admin.put('/locations', [{ id: both, notes: 'Nothing that concerns a jobcode' }]);
  assert.equal(await moment(child), linked);
  await place.admin.put('/locations', [{ id: both, active: false }]);
  assert.deepEqual((await read(place.admin, 'jobcodes', child)).locations, []);
  assert.notEqual(await moment(child), linked);
  const archived = await read(place.admin, 'locations', both);
  assert.deepEqual([archived.active, archived.linked_objects], [false, { jobcodes: [parent, child] }]);
  await place.admin.put('/locations', [{ id: both, active: true }]);
  assert.deepEqual((await read(place.admin, 'jobcodes', parent)).locations, [above, both]);
  await place.admin.put('/locations', [{ id: both, linked_objects: { jobcodes: [child] } }]);
  assert.deepEqual((await read(place.admin, 'jobcodes', parent)).locations, [above]);
  assert.deepEqual((await read(place.admin, 'jobcodes', child)).locations, [both]);
  const item = itemOf(await place.admin.put('/jobcodes', [{ id: child, locations: [above] }]), 'jobcodes');
  assert.equal(item._status_extra, 'Invalid params: locations');
});

test('of two who link different locations to one jobcode at the same moment, neither is lost', async () => {
  const job = await company.jobcode();
  const ids = await Promise.all(Array.from({ length: 6 }, (_, n) => create(admin, 'locations', { city: `City ${n}` })));
  await Promise.all(ids.map((id) => put(id, { linked_objects: { jobcodes: [job] } })));
  assert.deepEqual(
    (await read(admin, 'jobcodes', job)).locations,
    ids.toSorted((a, b) => a - b),
  );
});

test('two changes of one location at the same moment happen one after the other', async () => {
  const [one, two] = [await company.jobcode(), await company.jobcode()];
  const id = await create(admin, 'locations', { city: 'Contested' });
  await Promise.all([one, two].map((job) => put(id, { linked_objects: { jobcodes: [job] } })));
  const winner = (await read(admin, 'locations', id)).linked_objects;
  const linked = await Promise.all([one, two].map(async (job) => (await read(admin, 'jobcodes', job)).locations));
  const first = JSON.stringify(winner) === JSON.stringify({ jobcodes: [one] });
  assert.deepEqual(linked, first ? [[id], []] : [[], [id]]);
});

test('admins and manage_jobcodes create and edit locations; all others see them', async () => {
  const id = await create(admin, 'locations', { city: 'Seen' });
  const chief = await company.person();
  await company.group([chief]);
  const cases: [string, Person, boolean][] = [
    ['admin', admin, true],
    ['manage_jobcodes', await company.person({ permissions: ['manage_jobcodes'] }), true],
    ['manage_users', await company.person({ permissions: ['manage_users'] }), false],
    ['a group manager', chief, false],
    ['an employee', await company.person(), false],
  ];
  for (const [what, by, allowed] of cases) {
    assert.deepEqual(idsOf(await by.get('/locations', { ids: id }), 'locations'), [id], what);
    const created = itemOf(await by.post('/locations', [{ city: what }]), 'locations');
    const edited = await put(id, { notes: what }, by);
    assert.deepEqual([created._status_code, edited._status_code], allowed ? [200, 200] : [417, 417], what);
    if (allowed) continue;
    assert.equal(created._status_extra, "Oops! You don't have permission to create locations");
    assert.equal(edited._status_extra, "Oops! You don't have permission to edit locations");
  }
  assert.equal((await admin.delete('/locations', [id])).status, 501);
  const stranger = (await world.company()).admin;
  assert.match(String((await put(id, { notes: 'x' }, stranger))._status_extra), /does not exist/);
});

test('fifty locations with links cost as many statements as two', async () => {
  const job = await company.jobcode();
  const items = (count: number): Row[] =>
    Array.from({ length: count }, (_, n) => ({ city: `City ${n}`, linked_objects: { jobcodes: [job] } }));
  const cost = (count: number) =>
    statementsDuring(async () => itemsOf(await admin.post('/locations', items(count)), 'locations'));
  await cost(1);
  const [two, fifty] = [await cost(2), await cost(50)];
  assert.ok(fifty <= two + 6, `${two} and ${fifty} statements`);
});
