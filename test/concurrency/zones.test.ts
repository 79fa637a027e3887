import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const now = Date.UTC(2026, 5, 15, 18) / 1000;
const day = 86_400;
let world: World;
let company: Company;
let job: number;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  job = await company.jobcode();
});
after(() => world.close());

const zones = [
  'UTC',
  'America/Denver',
  'America/St_Johns',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Kiritimati',
];

/** How a moment must read in a zone, worked out by Temporal alone. */
function local(zone: string, epoch: number): { text: string; date: string; hours: number } {
  const zoned = Temporal.Instant.fromEpochMilliseconds(epoch * 1000).toZonedDateTimeISO(zone);
  return {
    text: zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
    date: zoned.toPlainDate().toString(),
    hours: zoned.offsetNanoseconds / 3_600e9,
  };
}

async function post(person: Person, times: readonly { start: string; end: string }[]): Promise<Row[]> {
  const items = times.map((time) => ({ user_id: person.userId, jobcode_id: job, type: 'regular', ...time }));
  return rowsIn(await company.admin.post('/timesheets', items), 'timesheets');
}

function demandLocal(row: Row, zone: string, start: number, end: number): void {
  assert.equal(row._status_code ?? 200, 200, JSON.stringify(row));
  const [from, to] = [local(zone, start), local(zone, end)];
  assert.deepEqual(
    { start: row.start, end: row.end, date: row.date, tz: row.tz, tz_str: row.tz_str, duration: row.duration },
    { start: from.text, end: to.text, date: from.date, tz: from.hours, tz_str: zone, duration: end - start },
  );
}

test('moments anywhere in the year read back as the wall clock of the zone they were in', async () => {
  for (const zone of zones) {
    const person = await company.person({ timeZone: zone });
    const lengths = fc.sample(fc.tuple(fc.integer({ min: 0, max: day - 1 }), fc.integer({ min: 0, max: 6 * day })), {
      numRuns: 50,
      seed: 815,
    });
    const sheets = lengths.map(([within, length], index) => {
      const start = now - 800 * day + index * 15 * day + within;
      return { start, end: start + length };
    });
    const made = await post(
      person,
      sheets.map(({ start, end }) => ({
        start: local('Asia/Tokyo', start).text,
        end: local('UTC', end).text.replace('+00:00', 'Z'),
      })),
    );
    sheets.forEach(({ start, end }, index) => {
      demandLocal(made[index] ?? {}, zone, start, end);
    });
    const read = rowsIn(
      await company.admin.get('/timesheets', { user_ids: person.userId, start_date: '2000-01-01' }),
      'timesheets',
    );
    assert.equal(read.length, sheets.length);
    const byId = new Map(read.map((row) => [row.id, row]));
    sheets.forEach(({ start, end }, index) => {
      demandLocal(byId.get(made[index]?.id) ?? {}, zone, start, end);
    });
  }
});

/** Days on which clocks move: local start and end with their offsets, and the seconds between. */
const nights: readonly [string, string, string, string, number][] = [
  ['America/Denver', 'the night that lacks an hour', '2026-03-08T01:30:00-07:00', '2026-03-08T03:30:00-06:00', 3600],
  ['America/Denver', 'the night that repeats an hour', '2025-11-02T01:30:00-06:00', '2025-11-02T01:30:00-07:00', 3600],
  ['Europe/Berlin', 'the night that lacks an hour', '2026-03-29T00:30:00+01:00', '2026-03-29T04:00:00+02:00', 9000],
  ['Europe/Berlin', 'the night that repeats an hour', '2025-10-26T02:15:00+02:00', '2025-10-26T02:15:00+01:00', 3600],
  ['Pacific/Chatham', 'the night that lacks an hour', '2025-09-28T02:30:00+12:45', '2025-09-28T04:00:00+13:45', 1800],
  ['Pacific/Chatham', 'the night that repeats an hour', '2026-04-05T03:00:00+13:45', '2026-04-05T03:00:00+12:45', 3600],
  [
    'Australia/Lord_Howe',
    'the night that lacks half an hour',
    '2025-10-05T01:45:00+10:30',
    '2025-10-05T03:00:00+11:00',
    2700,
  ],
  [
    'Australia/Lord_Howe',
    'the night that repeats half an hour',
    '2026-04-05T01:45:00+11:00',
    '2026-04-05T01:45:00+10:30',
    1800,
  ],
  ['Asia/Kolkata', 'any night', '2026-03-08T23:30:00+05:30', '2026-03-09T01:00:00+05:30', 5400],
  ['Asia/Kathmandu', 'any night', '2026-03-08T23:45:00+05:45', '2026-03-09T00:00:00+05:45', 900],
];

for (const [zone, night, start, end, seconds] of nights) {
  test(`${zone}, ${night}: times round-trip and the duration is what passed`, async () => {
    const person = await company.person({ timeZone: zone });
    const [row = {}] = await post(person, [{ start, end }]);
    assert.deepEqual(
      [row._status_code, row.start, row.end, row.duration, row.date],
      [200, start, end, seconds, start.slice(0, 10)],
    );
    const [again = {}] = rowsIn(
      await company.admin.put('/timesheets', [{ id: row.id, start: row.start, end: row.end }]),
      'timesheets',
    );
    assert.deepEqual([again.start, again.end, again.last_modified], [start, end, row.last_modified]);
  });
}

test('who moves to another zone keeps the offsets of the time recorded before', async () => {
  const person = await company.person({ timeZone: 'America/Denver' });
  const [old = {}] = await post(person, [{ start: '2026-06-01T23:30:00-06:00', end: '2026-06-02T00:30:00-06:00' }]);
  await company.setting('general', 'tz', 'Asia/Kathmandu', { userId: person.userId });
  const [fresh = {}] = await post(person, [{ start: '2026-06-02T23:30:00-06:00', end: '2026-06-03T00:30:00-06:00' }]);
  assert.deepEqual(
    [fresh.start, fresh.tz, fresh.tz_str, fresh.date],
    ['2026-06-03T11:15:00+05:45', 5.75, 'Asia/Kathmandu', '2026-06-03'],
  );
  const read = async (): Promise<Row> =>
    rowsIn(await company.admin.get('/timesheets', { ids: String(old.id) }), 'timesheets')[0] ?? {};
  const kept = (row: Row): unknown[] => [row.start, row.tz, row.tz_str, row.date];
  assert.deepEqual(kept(await read()), ['2026-06-01T23:30:00-06:00', -6, 'America/Denver', '2026-06-01']);
  await company.admin.put('/timesheets', [
    { id: old.id, notes: 'edited afterwards', end: '2026-06-02T07:00:00+00:00' },
  ]);
  assert.deepEqual(kept(await read()), ['2026-06-01T23:30:00-06:00', -6, 'America/Denver', '2026-06-01']);
  assert.equal((await read()).end, '2026-06-02T01:00:00-06:00');
});
