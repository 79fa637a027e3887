import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { version } from '../../src/http/version.ts';
import { geocode } from '../../src/jobs/geocode.ts';
import { sql } from '../../src/store/sql.ts';
import { create, itemOf, itemsOf, type Row, read } from '../api/jobs-support.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { type Answer, type Nominatim, openNominatim, placeCalled, type Reply } from './nominatim.ts';

const start = Date.UTC(2026, 5, 15, 18) / 1000;
let nominatim: Nominatim;
let world: World;
let company: Company;

before(async () => {
  nominatim = await openNominatim();
  world = await openWorld({
    now: start,
    env: {
      OPENPUNCH_GEOCODER_URL: `${nominatim.url}/v1/?key=k%26y`,
      OPENPUNCH_GEOCODER_EMAIL: 'ops@example.com',
      OPENPUNCH_GEOCODER_PAUSE: '0',
    },
  });
  company = await world.company();
});
afterEach(() => {
  nominatim.questions.length = 0;
  nominatim.replies.length = 0;
});
after(async () => {
  await world.close();
  nominatim.close();
});

const newLocation = (item: Row): Promise<number> => create(company.admin, 'locations', item);
const stored = (id: number): Promise<Row> => read(company.admin, 'locations', id);
const statusOf = async (id: number): Promise<unknown> => (await stored(id)).geocoding_status;
const put = async (id: number, change: Row): Promise<Row> =>
  itemOf(await company.admin.put('/locations', [{ id, ...change }]), 'locations');

/** A reply that is held back until it is given. */
function held(): { reply: Promise<Answer>; give: (answer: Answer) => void } {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  return { reply: promise, give: resolve };
}

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; !(await what()); tries += 1) {
    assert.ok(tries < 500, 'it never came');
    await sleep(10);
  }
}

test('a new address is looked up, and the location gets position, hash and name', async () => {
  const eagle = { addr1: '235 E Colchester Dr', addr2: '101', city: 'Eagle', state: 'ID', zip: '83616', country: 'US' };
  const id = await newLocation(eagle);
  const before = await stored(id);
  assert.deepEqual(
    [before.geocoding_status, before.latitude, before.label],
    ['none', 0, '235 E Colchester Dr 101, Eagle, ID 83616, US'],
  );
  nominatim.replies.push([placeCalled('TSheets, East Colchester Drive, Eagle, ID, USA')]);
  await world.runJobs();
  const { asked, path, userAgent } = nominatim.questions[0] ?? {};
  assert.deepEqual(
    { asked, path, userAgent },
    {
      path: '/v1/search',
      userAgent: `OpenPunch/${version}`,
      asked: {
        key: 'k&y',
        street: '235 E Colchester Dr',
        city: 'Eagle',
        state: 'ID',
        postalcode: '83616',
        country: 'US',
        email: 'ops@example.com',
        format: 'jsonv2',
        limit: '1',
      },
    },
  );
  const { last_modified: _, ...row } = await stored(id);
  const { last_modified: __, ...was } = before;
  assert.deepEqual(row, {
    ...was,
    latitude: 43.6700273,
    longitude: -116.3520972,
    place_id_hash: hash('md5', 'way/4711'),
    label: 'TSheets, East Colchester Drive, Eagle, ID, USA',
    geocoding_status: 'complete',
  });
  const history = await world.services.database.forCompany(company.id).rows(sql`
    SELECT via, after->>'geocoding_status' FROM history
    WHERE company_id = ${company.id} AND resource = 'locations' AND row_id = ${id} ORDER BY id`);
  assert.deepEqual(history, [
    ['tsheets-rest', 'none'],
    ['job geocode', 'in_progress'],
    ['job geocode', 'complete'],
  ]);
  assert.equal(nominatim.questions.length, 1);
  await put(id, { notes: 'Nothing about the place' });
  await world.runJobs();
  assert.equal(nominatim.questions.length, 1);
});

test('a name that people gave stays; without street and city it is the formatted address', async () => {
  const [named, nameless] = [await newLocation({ city: 'Eagle', label: 'HQ' }), await newLocation({ state: 'ID' })];
  await world.runJobs();
  const texts = async (id: number): Promise<unknown[]> => {
    const { label, formatted_address: formatted, geocoding_status: status } = await stored(id);
    return [label, formatted, status];
  };
  assert.deepEqual(await texts(named), ['HQ', 'Eagle', 'complete']);
  assert.deepEqual(await texts(nameless), ['Found: ID', 'Found: ID', 'complete']);
});

test('while the geocoder thinks, the location is in progress for everybody', async () => {
  const { reply, give } = held();
  nominatim.replies.push(reply);
  const id = await newLocation({ city: 'Slow' });
  const running = world.runJobs();
  await until(() => nominatim.questions.length === 1);
  assert.equal(await statusOf(id), 'in_progress');
  give([placeCalled('Slow at last')]);
  await running;
  assert.deepEqual([await statusOf(id), (await stored(id)).label], ['complete', 'Slow at last']);
});

test('an address that is not known is an error, and not asked for again', async () => {
  nominatim.replies.push([]);
  const id = await newLocation({ city: 'Atlantis' });
  await world.runJobs();
  assert.equal(await statusOf(id), 'error');
  await world.runJobs(world.clock.now() + 3_600);
  assert.equal(nominatim.questions.length, 1);
  await put(id, { city: 'Athens' });
  assert.equal(await statusOf(id), 'none');
  await world.runJobs();
  assert.equal(await statusOf(id), 'complete');
});

const failures: [string, Reply][] = [
  ['a fault', 500],
  ['too many requests', 429],
  ['a refusal', 403],
  ['a redirection', 302],
  ['a connection that breaks', 'hang up'],
  ['a page', '<html>It works</html>'],
  ['an object', '{"error":"x"}'],
  ['null', 'null'],
  ['no place', '[null]'],
  ['a place without a position', [placeCalled('Nowhere', { lat: undefined })]],
  ['a position beyond the pole', [placeCalled('Beyond', { lat: '91' })]],
  ['a position that is no number', [placeCalled('NaN', { lon: 'east' })]],
  ['a place with a blank name', [placeCalled(' ')]],
  ['a place without a name', [placeCalled('', { display_name: 7 })]],
  ['far too much', `[${' '.repeat(300_000)}]`],
];
for (const [what, reply] of failures) {
  test(`after ${what} it is tried again later`, async () => {
    nominatim.replies.push(reply);
    const id = await newLocation({ city: `Again ${what}` });
    await world.runJobs();
    assert.equal(await statusOf(id), 'retry');
    assert.equal((await stored(id)).latitude, 0);
    await world.runJobs(world.clock.now() + 9);
    assert.equal(nominatim.questions.length, 1);
    await world.runJobs(world.clock.now() + 1);
    assert.deepEqual([await statusOf(id), nominatim.questions.length], ['complete', 2]);
  });
}

test('a geocoder that never answers properly is given up', async () => {
  nominatim.replies.push(...Array<Reply>(8).fill(503));
  const id = await newLocation({ city: 'Lost' });
  await world.runJobs(world.clock.now() + 100_000);
  assert.deepEqual([await statusOf(id), nominatim.questions.length], ['error', 8]);
  const [waiting] = await world.services.database.system.rows(sql`SELECT count(*) FROM jobs WHERE name = 'geocode'`);
  assert.equal(waiting?.[0], '0');
});

test('an address that was changed meanwhile is not overwritten by the older answer', async () => {
  const { reply, give } = held();
  nominatim.replies.push(reply);
  const id = await newLocation({ city: 'Old' });
  const running = world.runJobs();
  await until(() => nominatim.questions.length === 1);
  await put(id, { city: 'New' });
  give([placeCalled('The old one', { lat: '1', lon: '1' })]);
  await running;
  const { label, geocoding_status: status, latitude } = await stored(id);
  assert.deepEqual([label, status, latitude], ['Found: New', 'complete', 43.6700273]);
});

test('coordinates that a client gives win, before, during and after; 0 and 0 give them up', async () => {
  const given = await newLocation({ city: 'Given', latitude: 1.5, longitude: 2.5 });
  await world.runJobs();
  assert.equal(nominatim.questions.length, 0);
  const { reply, give } = held();
  nominatim.replies.push(reply);
  const during = await newLocation({ city: 'During' });
  const running = world.runJobs();
  await until(() => nominatim.questions.length === 1);
  await put(during, { latitude: 1.5, longitude: 2.5 });
  give([placeCalled('Too late')]);
  await running;
  const later = await newLocation({ city: 'Later' });
  await world.runJobs();
  await put(later, { latitude: 1.5, longitude: 2.5 });
  for (const id of [given, during, later]) {
    const row = await put(id, { addr1: 'Another street' });
    await world.runJobs();
    assert.deepEqual([row.latitude, row.longitude, row.place_id_hash], [1.5, 2.5, '']);
    assert.equal(await statusOf(id), 'none');
  }
  assert.equal(nominatim.questions.length, 2);
  await put(given, { latitude: 0, longitude: 0 });
  await world.runJobs();
  assert.deepEqual([(await stored(given)).latitude, await statusOf(given)], [43.6700273, 'complete']);
});

test('of a batch one that fails hinders no other, and only it is tried again', async () => {
  nominatim.replies.push([placeCalled('One')], 500);
  const answer = await company.admin.post('/locations', [{ city: 'One' }, { city: 'Two' }, { city: 'Three' }]);
  const ids = itemsOf(answer, 'locations').map(({ id }) => Number(id));
  await world.runJobs();
  assert.deepEqual(await Promise.all(ids.map(statusOf)), ['complete', 'retry', 'complete']);
  await world.runJobs(world.clock.now() + 10);
  assert.deepEqual(
    nominatim.questions.map(({ asked }) => asked.city),
    ['One', 'Two', 'Three', 'Two'],
  );
});

test('a geocoder that is down is not asked for every location of a batch', async () => {
  nominatim.replies.push(500, 500, 500);
  const answer = await company.admin.post(
    '/locations',
    Array.from({ length: 6 }, (_, n) => ({ city: `Down ${n}` })),
  );
  const ids = itemsOf(answer, 'locations').map(({ id }) => Number(id));
  await world.runJobs();
  assert.deepEqual(
    [nominatim.questions.length, new Set(await Promise.all(ids.map(statusOf)))],
    [3, new Set(['retry'])],
  );
  await world.runJobs(world.clock.now() + 10);
  assert.deepEqual(new Set(await Promise.all(ids.map(statusOf))), new Set(['complete']));
});

test('only one process asks at a time; the others come back later', async () => {
  const id = await newLocation({ city: 'Busy' });
  await world.services.database.system.transaction(async (db) => {
    await db.rows(sql`SELECT pg_advisory_xact_lock(hashtext('geocoder'), 0)`);
    await world.runJobs();
  });
  assert.deepEqual([await statusOf(id), nominatim.questions.length], ['none', 0]);
  await world.runJobs(world.clock.now() + 10);
  assert.equal(await statusOf(id), 'complete');
});

test('a run that is cut short goes on later with those that are left', async () => {
  const { reply, give } = held();
  nominatim.replies.push([placeCalled('Done')], reply);
  const answer = await company.admin.post('/locations', [{ city: 'Done' }, { city: 'Cut short' }, { city: 'Waiting' }]);
  const ids = itemsOf(answer, 'locations').map(({ id }) => Number(id));
  const { database } = world.services;
  await database.system.rows(sql`DELETE FROM jobs WHERE name = 'geocode'`);
  const ending = new AbortController();
  const running = database.system.transaction((db) =>
    geocode.run({
      ...{
        companyId: company.id,
        payload: { ids },
        due: world.clock.now(),
        now: world.clock.now(),
        previous: undefined,
      },
      ...{ attempts: 0, last: false, db, services: world.services, signal: ending.signal },
    }),
  );
  await until(() => nominatim.questions.length === 2);
  ending.abort();
  await running;
  assert.deepEqual(await Promise.all(ids.map(statusOf)), ['complete', 'in_progress', 'none']);
  const [job] = await database.system.rows(sql`SELECT payload FROM jobs WHERE name = 'geocode'`);
  assert.deepEqual(JSON.parse(String(job?.[0])), { ids: ids.slice(1) });
  give(500);
  await world.runJobs();
  assert.deepEqual(await Promise.all(ids.map(statusOf)), ['complete', 'complete', 'complete']);
});

test('locations from before there was a geocoder are looked up within a day', async () => {
  const other = await world.company();
  const rows = await world.services.database.system.rows(sql`
    INSERT INTO locations (company_id, city, label) SELECT c, 'Forgotten', 'x' FROM unnest(${[company.id, other.id]}::int[]) c
    RETURNING company_id, id`);
  assert.equal(rows.length, 2);
  await world.runJobs(world.clock.now() + 86_400);
  assert.equal(nominatim.questions.length, 2);
  assert.equal((await read(other.admin, 'locations', Number(rows[1]?.[1]))).geocoding_status, 'complete');
});

test('requests keep their distance', async () => {
  const paced = await openWorld({
    now: start,
    env: {
      OPENPUNCH_GEOCODER_URL: nominatim.url,
      OPENPUNCH_GEOCODER_PAUSE: '60',
      OPENPUNCH_GEOCODER_USER_AGENT: 'Acme/1',
    },
  });
  try {
    const { admin } = await paced.company();
    await admin.post('/locations', [{ city: 'A' }, { city: 'B' }]);
    await admin.post('/locations', [{ city: 'C' }]);
    await paced.runJobs();
    const moments = nominatim.questions.map(({ at }) => at);
    assert.equal(moments.length, 3);
    // Timers may fire a millisecond early.
    for (const [index, at] of moments.slice(1).entries()) assert.ok(at - (moments[index] ?? 0) >= 58, String(moments));
    assert.equal(nominatim.questions[0]?.userAgent, 'Acme/1');
    assert.equal(nominatim.questions[0]?.path, '/search');
  } finally {
    await paced.close();
  }
});

test('without a geocoder nothing is looked up', async () => {
  const without = await openWorld({ now: start });
  try {
    const { admin } = await without.company();
    const id = await create(admin, 'locations', { city: 'Eagle' });
    await without.runJobs(start + 86_400);
    assert.equal((await read(admin, 'locations', id)).geocoding_status, 'none');
  } finally {
    await without.close();
  }
});
