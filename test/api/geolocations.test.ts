import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemOf, itemsOf, type Row, statementsDuring } from './jobs-support.ts';

const now = Date.UTC(2018, 7, 20, 12) / 1000;
let world: World;
let company: Company;
let worker: Person;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  worker = await company.person();
});
after(() => world.close());

let count = 0;

/** A position that nobody was at before. */
function position(person: Person, more: Row = {}): Row {
  count += 1;
  return {
    created: '2018-08-19T17:30:09+00:00',
    user_id: person.userId,
    accuracy: 20.375,
    altitude: 0,
    latitude: 43.5,
    longitude: -116 - count / 1_000_000,
    ...more,
  };
}

async function post(by: Person, item: Row): Promise<Row> {
  return itemOf(await by.post('/geolocations', [item]), 'geolocations');
}

test('the example of creating comes out as in the reference, every property shown', async () => {
  const answer = await company.admin.post('/geolocations', [
    {
      created: '2018-08-19T11:30:09-06:00',
      user_id: worker.userId,
      accuracy: 20.375,
      altitude: 0,
      latitude: 43.6866258,
      longitude: -116.3516646,
    },
    {
      created: '2018-08-19T12:38:56-06:00',
      user_id: String(worker.userId),
      accuracy: '20.375',
      altitude: '-12.5',
      latitude: '43.68692580',
      longitude: '-116.35169460',
      speed: 1.5,
      heading: 271,
      source: 'gps',
      device_identifier: 'phone 7',
    },
  ]);
  const [one = {}, two = {}] = itemsOf(answer, 'geolocations');
  const { id, ...rest } = one;
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    user_id: worker.userId,
    accuracy: 20.375,
    altitude: 0,
    latitude: 43.6866258,
    longitude: -116.3516646,
    device_identifier: '',
    source: '',
    heading: 0,
    speed: 0,
    created: '2018-08-19T17:30:09+00:00',
  });
  const { _status_code, _status_message, id: second, ...all } = two;
  assert.deepEqual(all, {
    user_id: worker.userId,
    accuracy: 20.375,
    altitude: -12.5,
    latitude: 43.6869258,
    longitude: -116.3516946,
    device_identifier: 'phone 7',
    source: 'gps',
    heading: 271,
    speed: 1.5,
    created: '2018-08-19T18:38:56+00:00',
  });
  assert.deepEqual(idsOf(answer, 'users', 'supplemental_data'), [worker.userId]);
  const read = await company.admin.get('/geolocations', { ids: `${id},${second}` });
  assert.deepEqual(Object.keys(read.body), ['results', 'more', 'supplemental_data']);
  assert.deepEqual(itemsOf(read, 'geolocations')[1], { id: second, ...all });
  assert.deepEqual(idsOf(read, 'users', 'supplemental_data'), [worker.userId]);
  const bare = await company.admin.get('/geolocations', { ids: Number(id), supplemental_data: 'no' });
  assert.ok(!('supplemental_data' in bare.body));
});

test('a position that is known already is accepted, and not created again', async () => {
  const item = position(worker, { speed: 2, source: 'wifi' });
  const first = await post(worker, item);
  const again = await post(worker, { ...item, created: '2018-08-19T19:30:09+02:00', accuracy: '20.3750' });
  const { _status_code, _status_message, ...row } = again;
  assert.deepEqual([_status_code, _status_message, row.id], [202, 'Accepted', first.id]);
  for (const difference of [
    { created: '2018-08-19T17:30:10+00:00' },
    { accuracy: 20.376 },
    { altitude: 1 },
    { latitude: 43.5000001 },
    { longitude: -116.5 },
    { speed: 3 },
    { heading: 1 },
    { source: 'cell' },
    { device_identifier: 'other' },
    { user_id: (await company.person()).userId },
  ]) {
    const item2 = await post(company.admin, { ...item, ...difference });
    assert.equal(item2._status_code, 200, JSON.stringify(difference));
  }
  const twice = position(worker);
  const batch = await worker.post('/geolocations', [twice, position(worker), twice]);
  assert.deepEqual(
    itemsOf(batch, 'geolocations').map(({ _status_code: code }) => code),
    [200, 200, 202],
  );
});

test('of equal positions sent at the same moment one is created and the others are accepted', async () => {
  const item = position(worker);
  const items = await Promise.all(Array.from({ length: 6 }, () => post(worker, item)));
  assert.deepEqual(items.map(({ _status_code }) => _status_code).sort(), [200, 202, 202, 202, 202, 202]);
  assert.equal(new Set(items.map(({ id }) => id)).size, 1);
});

test('a bad item is refused in a sentence and hinders no other', async () => {
  const foreign = (await world.company()).admin;
  const { created, user_id, accuracy, altitude, latitude, longitude } = position(worker);
  const all = { created, user_id, accuracy, altitude, latitude, longitude };
  const without = (name: string): Row => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));
  const cases: [Row, string | 200][] = [
    ...Object.keys(all).map((name): [Row, string] => [without(name), `Missing required params: ${name}`]),
    [{}, 'Missing required params: user_id,accuracy,altitude,latitude,longitude,created'],
    [{ ...all, user_id: 99_999_999 }, 'user_id 99999999 does not exist'],
    [{ ...all, user_id: foreign.userId }, `user_id ${foreign.userId} does not exist`],
    [{ ...all, accuracy: -1 }, 'accuracy must not be less than 0'],
    [{ ...all, altitude: 'high' }, 'altitude must be a number'],
    [{ ...all, latitude: 90.1 }, 'latitude must not be more than 90'],
    [{ ...all, latitude: -91 }, 'latitude must not be less than -90'],
    [{ ...all, latitude: 'NaN' }, 'latitude must be a number'],
    [{ ...all, longitude: 180.5 }, 'longitude must not be more than 180'],
    [{ ...all, longitude: '-181' }, 'longitude must not be less than -180'],
    [{ ...all, speed: -2 }, 'speed must not be less than -1'],
    [{ ...all, heading: 361 }, 'heading must not be more than 360'],
    [{ ...all, heading: -2 }, 'heading must not be less than -1'],
    [{ ...all, heading: 12.5 }, 'heading must be a whole number'],
    [{ ...all, source: 'guess' }, 'source must be one of gps, wifi, cell'],
    [{ ...all, device_identifier: 'x'.repeat(256) }, 'device_identifier must not be longer than 255 characters'],
    [{ ...all, created: 'noon' }, 'created must be a date and time in the form YYYY-MM-DDThh:mm:ss±hh:mm'],
    [{ ...all, created: '2018-08-21T12:00:01+00:00' }, 'created must not lie more than 24 hours ahead'],
    [{ ...all, timesheet_id: 7 }, 'Invalid params: timesheet_id'],
    [{ ...all, created: '2018-08-21T12:00:00+00:00' }, 200],
    [{ ...all, id: null, heading: -1, speed: '-1', source: '', device_identifier: null }, 200],
  ];
  const answer = await company.admin.post(
    '/geolocations',
    cases.map(([item]) => item),
  );
  itemsOf(answer, 'geolocations').forEach((item, index) => {
    const [sent, expected] = cases[index] ?? [];
    assert.deepEqual(
      [item._status_code, item._status_extra],
      expected === 200 ? [200, undefined] : [417, expected],
      JSON.stringify(sent),
    );
  });
});

test('every filter, and one of the needed ones', async () => {
  const place = await world.company();
  const group = await place.group();
  const [one, two] = [await place.person({ groupId: group }), await place.person()];
  const answer = await place.admin.post('/geolocations', [
    position(one, { created: '2018-08-18T23:59:59+00:00' }),
    position(one, { created: '2018-08-19T00:00:00+00:00' }),
    position(two, { created: '2018-08-19T23:59:59+00:00' }),
    position(two, { created: '2018-08-20T00:00:00+00:00' }),
  ]);
  const ids = itemsOf(answer, 'geolocations').map(({ id }) => Number(id));
  const [a = 0, b = 0, c = 0, d = 0] = ids;
  const all = { modified_since: '2018-01-01T00:00:00+00:00' };
  const cases: [Record<string, string | number>, number[]][] = [
    [{ ids: `${a}, ${d}` }, [a, d]],
    [all, ids],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ modified_before: '2099-01-01T00:00:00 00:00' }, ids],
    [{ modified_before: '2018-01-01T00:00:00+00:00' }, []],
    [{ ...all, user_ids: one.userId }, [a, b]],
    [{ ...all, user_ids: `${one.userId},${two.userId}` }, ids],
    [{ ...all, group_ids: group }, [a, b]],
    [{ ...all, group_ids: 0 }, [c, d]],
    [{ user_ids: one.userId, start_date: '2018-08-19', end_date: '2018-08-19' }, [b]],
    [{ start_date: '2018-08-19' }, [b, c, d]],
    [{ ...all, end_date: '2018-08-19' }, [a, b, c]],
    [{ ...all, limit: 1, page: 2 }, [b]],
  ];
  for (const [query, expected] of cases)
    assert.deepEqual(
      idsOf(await place.admin.get('/geolocations', query), 'geolocations'),
      expected,
      JSON.stringify(query),
    );
  for (const query of [{}, { user_ids: one.userId }, { group_ids: group }, { end_date: '2018-08-19' }]) {
    const refused = await place.admin.get('/geolocations', query);
    assert.equal(refused.status, 417);
    assert.match(refused.text, /One of ids, modified_before, modified_since, start_date must be given/);
  }
  for (const [name, value] of Object.entries({ ids: 'x', user_ids: 'x', start_date: 'x', end_date: '2018-02-30' })) {
    const refused = await place.admin.get('/geolocations', { ...all, [name]: value });
    assert.equal(refused.status, 417, name);
    assert.match(refused.text, new RegExp(name));
  }
});

test('people tell and see their own positions, managers those of their groups, and no others', async () => {
  const chief = await company.person();
  const group = await company.group([chief]);
  const member = await company.person({ groupId: group });
  const cases: [string, Person, sees: Person[], tells: Person[]][] = [
    ['an employee', worker, [worker], [worker]],
    ['a manager', chief, [chief, member], [chief, member]],
    ['reports', await company.person({ permissions: ['reports'] }), [worker, chief, member], []],
    [
      'manage_timesheets',
      await company.person({ permissions: ['manage_timesheets'] }),
      [worker, chief, member],
      [worker, member],
    ],
    ['manage_users', await company.person({ permissions: ['manage_users'] }), [], []],
  ];
  const made = new Map<Person, number>();
  for (const person of [worker, chief, member]) {
    made.set(person, Number((await post(company.admin, position(person))).id));
  }
  for (const [what, by, sees, tells] of cases) {
    const seen = idsOf(await by.get('/geolocations', { ids: [...made.values()].join() }), 'geolocations');
    for (const [person, id] of made) {
      assert.equal(seen.includes(id), sees.includes(person), what);
    }
    for (const person of [worker, member]) {
      const item = await post(by, position(person));
      assert.equal(item._status_code, tells.includes(person) ? 200 : 417, what);
    }
  }
  const denied = await post(await company.person({ permissions: ['reports'] }), position(worker));
  assert.equal(denied._status_extra, "Oops! You don't have permission to report positions of that user");
  const [unseen] = itemsOf(await worker.post('/geolocations', [position(member)]), 'geolocations');
  assert.equal(unseen?._status_extra, `user_id ${member.userId} does not exist`);
  assert.equal((await worker.put('/geolocations', [{ id: 1 }])).status, 501);
  assert.equal((await worker.delete('/geolocations', [1])).status, 501);
});

interface Kept {
  timesheet: number | null;
  fence: number | null;
  metres: number | null;
  inside: boolean | null;
}

async function keptOf(place: Company, id: unknown): Promise<Kept> {
  const [row = []] = await world.services.database.forCompany(place.id).rows(sql`
    SELECT timesheet_id, geofence_config_id, geofence_distance, inside_geofence FROM geolocations
    WHERE company_id = ${place.id} AND id = ${Number(id)}`);
  const [timesheet, fence, metres] = row.map((cell) => (cell === null ? null : Number(cell)));
  const inside = row[3] ?? null;
  return {
    timesheet: timesheet ?? null,
    fence: fence ?? null,
    metres: metres ?? null,
    inside: inside === null ? null : inside === 't',
  };
}

test('a position belongs to the timesheet that its user was on, and is measured against the fences of its jobcode', async () => {
  const place = await world.company();
  const [fenced, open] = [await place.jobcode(), await place.jobcode()];
  const person = await place.person();
  const at = (latitude: number): Row => ({
    latitude,
    longitude: -116,
    city: 'Eagle',
    linked_objects: { jobcodes: [fenced] },
  });
  const [near, far, off, unplaced] = [
    await create(place.admin, 'locations', at(43)),
    await create(place.admin, 'locations', at(44)),
    await create(place.admin, 'locations', at(43.0001)),
    await create(place.admin, 'locations', { city: 'Boise', linked_objects: { jobcodes: [fenced] } }),
  ];
  const fence = await create(place.admin, 'geofence_configs', { type_id: near, radius: 150 });
  await create(place.admin, 'geofence_configs', { type_id: far, radius: 150 });
  await create(place.admin, 'geofence_configs', { type_id: off, radius: 150, enabled: false });
  await create(place.admin, 'geofence_configs', { type_id: unplaced, radius: 150 });
  const sheet = (start: string, end: string, job: number): Promise<number> =>
    create(place.admin, 'timesheets', {
      user_id: person.userId,
      jobcode_id: job,
      type: 'regular',
      start: `2018-08-${start}:00+00:00`,
      end: end === '' ? '' : `2018-08-${end}:00+00:00`,
    });
  const first = await sheet('19T08:00', '19T12:00', fenced);
  const second = await sheet('19T12:00', '19T16:00', open);
  const week = await sheet('06T00:00', '12T23:00', fenced);
  const running = await sheet('20T10:00', '', fenced);
  await place.admin.post('/timesheets', [
    { user_id: person.userId, jobcode_id: fenced, type: 'manual', date: '2018-08-18', duration: 3600 },
  ]);
  const none: Kept = { timesheet: null, fence: null, metres: null, inside: null };
  const within = (timesheet: number): Kept => ({ timesheet, fence, metres: 111.2, inside: true });
  const cases: [when: string, Row, Kept][] = [
    ['19T07:59:59', {}, none],
    ['19T08:00:00', {}, within(first)],
    ['19T10:00:00', { latitude: 43 }, { timesheet: first, fence, metres: 0, inside: true }],
    ['19T11:00:00', { latitude: 43.002 }, { timesheet: first, fence, metres: 222.4, inside: false }],
    ['19T12:00:00', {}, { ...none, timesheet: second }],
    ['19T16:00:00', {}, { ...none, timesheet: second }],
    ['19T16:00:01', {}, none],
    ['18T12:00:00', {}, none],
    ['06T00:00:00', {}, within(week)],
    ['12T23:00:00', {}, within(week)],
    ['20T09:59:59', {}, none],
    ['20T11:00:00', {}, within(running)],
  ];
  const items = cases.map(([when, more]) => ({
    ...position(person),
    created: `2018-08-${when}+00:00`,
    latitude: 43.001,
    longitude: -116,
    ...more,
  }));
  const made = itemsOf(await person.post('/geolocations', items), 'geolocations');
  for (const [index, [when, , expected]] of cases.entries()) {
    assert.deepEqual(await keptOf(place, made[index]?.id), expected, when);
  }
  const other = await place.person();
  assert.deepEqual(await keptOf(place, (await post(other, { ...items[1], user_id: other.userId })).id), none);
  await place.admin.put('/geofence_configs', [{ id: fence, radius: 100 }]);
  const shrunk = await post(person, { ...items[11], accuracy: 1 });
  assert.deepEqual(await keptOf(place, shrunk.id), { ...within(running), inside: false });
  assert.equal(itemOf(await place.admin.delete('/timesheets', [first]), 'timesheets')._status_code, 200);
  assert.equal((await keptOf(place, made[1]?.id)).timesheet, first);
});

test('fifty positions cost as many statements as one, leave no history, and move last_modified_timestamps', async () => {
  const stamps = async (): Promise<unknown> =>
    (await worker.get('/last_modified_timestamps', { endpoints: 'geolocations' })).body.results
      ?.last_modified_timestamps?.geolocations;
  const items = (n: number): Row[] => Array.from({ length: n }, () => position(worker));
  const cost = (n: number): Promise<number> => {
    const sent = items(n);
    return statementsDuring(async () => {
      for (const item of itemsOf(await worker.post('/geolocations', sent), 'geolocations'))
        assert.equal(item._status_code, 200);
    });
  };
  await cost(1);
  assert.equal(await cost(50), await cost(1));
  const [row] = await world.services.database
    .forCompany(company.id)
    .rows(sql`SELECT count(*) FROM history WHERE company_id = ${company.id} AND resource = 'geolocations'`);
  assert.equal(row?.[0], '0');
  const [newest] = await world.services.database
    .forCompany(company.id)
    .rows(sql`SELECT date_trunc('second', max(last_modified)) FROM geolocations WHERE company_id = ${company.id}`);
  assert.equal(Date.parse(String(await stamps())), Date.parse(String(newest?.[0])));
});
