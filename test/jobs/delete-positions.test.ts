import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deletePositions } from '../../src/resources/geolocations/retention.ts';
import { sql } from '../../src/store/sql.ts';
import { idsOf, itemsOf } from '../api/jobs-support.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

const day = 86_400;
const now = Date.UTC(2026, 5, 15, 18) / 1000;

async function addPositions(world: World, { id, admin }: Company, agesInDays: readonly number[]): Promise<void> {
  await world.services.database.forCompany(id).rows(sql`
    INSERT INTO geolocations (company_id, user_id, recorded_at, latitude, longitude, accuracy, altitude)
    SELECT ${id}::int, ${admin.userId}::int, to_timestamp(${now}::float8 - a.age * ${day}::float8), 1, 1, 1, a.ord
    FROM unnest(${agesInDays}::float8[]) WITH ORDINALITY AS a (age, ord)`);
}

async function agesOf({ admin }: Company): Promise<number[]> {
  const rows = itemsOf(await admin.get('/geolocations', { modified_since: '2000-01-01' }), 'geolocations');
  return rows.map(({ created }) => (now - Date.parse(String(created)) / 1000) / day);
}

for (const [days, agesLeft] of [
  ['', [0, 700, 729]],
  ['30', [0]],
  ['off', [0, 700, 729, 731, 4_000]],
] as const) {
  test(`OPENPUNCH_LOCATION_DAYS=${days}: after a day positions of ${agesLeft.join(', ')} days are left`, async () => {
    const world = await openWorld({ now, env: { OPENPUNCH_LOCATION_DAYS: days } });
    try {
      const [one, two] = [await world.company(), await world.company()];
      for (const company of [one, two]) await addPositions(world, company, [0, 700, 729, 731, 4_000]);
      await world.runJobs(Math.ceil(now / day) * day);
      for (const company of [one, two]) assert.deepEqual(await agesOf(company), agesLeft);
    } finally {
      await world.close();
    }
  });
}

test('many are deleted in small parts, and a stop is heeded between them', async () => {
  const world = await openWorld({ now });
  try {
    const company = await world.company();
    await addPositions(world, company, Array<number>(25).fill(10));
    await addPositions(world, company, [1]);
    const { system } = world.services.database;
    assert.equal(await deletePositions(system, now - 5 * day, 10, AbortSignal.abort()), 0);
    assert.equal(await deletePositions(system, now - 5 * day, 10, new AbortController().signal), 25);
    assert.equal(await deletePositions(system, now - 5 * day, 10, new AbortController().signal), 0);
    assert.equal(
      idsOf(await company.admin.get('/geolocations', { start_date: '2000-01-01' }), 'geolocations').length,
      1,
    );
  } finally {
    await world.close();
  }
});
