import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { colors } from '../../src/resources/schedule-events/colors.ts';
import { openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { sql } from '../../src/store/sql.ts';
import { freshDatabase } from '../support/database.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import { type Schedule, scheduleOf, statusOf } from './schedule-support.ts';

let world: World;
let stage: Stage;
let schedule: Schedule;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 5, 15, 18) / 1000 });
  stage = await openStage(world);
  schedule = await scheduleOf(stage.company);
});
after(() => world.close());

/** One new event; gives the item of the answer, refused or not. */
async function tried(item: Row): Promise<Row> {
  return rowsIn(await schedule.post(stage.admin, [item]), 'schedule_events')[0] ?? {};
}

test('a new event has the defaults of the reference', async () => {
  const { id, created, last_modified, _status_code, _status_message, ...rest } = await schedule.make();
  assert.deepEqual([_status_code, _status_message], [200, 'Created']);
  assert.deepEqual(rest, {
    user_id: stage.admin.userId,
    unassigned: true,
    schedule_calendar_id: schedule.calendar,
    jobcode_id: 0,
    start: '2026-06-16T09:00:00-06:00',
    end: '2026-06-16T11:00:00-06:00',
    timezone: 'America/Denver',
    notes: '',
    all_day: false,
    assigned_user_ids: [],
    active: true,
    draft: false,
    title: '',
    location: '',
    color: '#888888',
    customfields: '',
  });
});

test('every property can be written, and changed', async () => {
  const values = {
    jobcode_id: stage.job,
    start: '2026-07-01T08:00:00+02:00',
    end: '2026-07-02T09:30:00+02:00',
    timezone: 'Europe/Berlin',
    notes: 'n'.repeat(10_000),
    all_day: false,
    assigned_user_ids: [String(stage.worker.userId)],
    active: false,
    draft: true,
    title: 't'.repeat(255),
    location: 'l'.repeat(255),
    color: '#BF1959',
    customfields: { [stage.textField]: 'blue' },
  };
  const made = await schedule.make(values);
  for (const [name, value] of Object.entries(values)) assert.deepEqual(made[name], value, name);
  const plain = await schedule.make();
  const changed = await schedule.change(stage.admin, plain.id, values, { team_events: 'base' });
  assert.equal(changed._status_code, 200, JSON.stringify(changed));
  for (const [name, value] of Object.entries(values)) assert.deepEqual(changed[name], value, name);
  const cleared = await schedule.change(stage.admin, plain.id, {
    jobcode_id: 0,
    notes: '',
    title: '',
    location: '',
    color: '',
    timezone: '',
    customfields: { [stage.textField]: '' },
  });
  assert.deepEqual(
    [cleared.jobcode_id, cleared.notes, cleared.title, cleared.location, cleared.color, cleared.customfields],
    [0, '', '', '', '#888888', ''],
  );
  assert.equal(cleared.timezone, 'America/Denver');
});

/** A property, a value, and the sentence of the refusal. */
const refusals: [Row, RegExp][] = [
  [{ schedule_calendar_id: 2_000_000_000 }, /^schedule_calendar_id 2000000000 does not exist$/],
  [{ schedule_calendar_id: '' }, /^Missing required params: schedule_calendar_id$/],
  [{ start: '' }, /^Missing required params: start$/],
  [{ end: '' }, /^Missing required params: end$/],
  [{ end: 'later' }, /^end must be a date and time/],
  [{ end: '2026-06-16T14:59:59+00:00' }, /^end must not be before start$/],
  [{ end: '2027-06-17T15:00:01+00:00' }, /^An event must not be longer than a year$/],
  [{ color: '#888889' }, /^color must be one of #FAB3AE/],
  [{ color: 'red' }, /^color must be one of/],
  [{ timezone: 'Mars/Olympus' }, /^timezone must be a time zone/],
  [{ timezone: '+05:00' }, /^timezone must be a time zone/],
  [{ title: 'x'.repeat(256) }, /^title must not be longer than 255/],
  [{ location: 'x'.repeat(256) }, /^location must not be longer than 255/],
  [{ notes: 'x'.repeat(10_001) }, /^notes must not be longer than 10000/],
  [{ jobcode_id: 2_000_000_000 }, /^jobcode_id 2000000000 does not exist$/],
  [{ assigned_user_ids: [2_000_000_000] }, /^assigned_user_ids 2000000000 does not exist$/],
  [{ assigned_user_ids: 'x' }, /^assigned_user_ids must be a list of ids$/],
  [{ all_day: 'perhaps' }, /^all_day must be true or false$/],
  [{ draft: 7 }, /^draft must be true or false$/],
  [{ customfields: { 2000000: 'x' } }, /^There is no custom field "2000000"/],
  [{ user_id: 7 }, /^Invalid params: user_id$/],
  [{ unassigned: true }, /^Invalid params: unassigned$/],
  [{ team_events: 'base' }, /^Invalid params: team_events$/],
];

for (const [more, sentence] of refusals) {
  test(`417: ${JSON.stringify(more).slice(0, 60)}`, async () => {
    const before = (await schedule.seen(stage.admin)).size;
    const refused = await tried(schedule.item(more));
    assert.equal(refused._status_code, 417, JSON.stringify(refused));
    assert.match(String(refused._status_extra), sentence);
    const { id } = await schedule.make();
    if (!Object.values(more).includes('')) {
      const kept = await schedule.change(stage.admin, id, more);
      if (!('unassigned' in more)) assert.match(String(kept._status_extra), sentence);
    }
    assert.equal((await schedule.seen(stage.admin)).size, before + 1);
  });
}

test('every colour of the reference is taken in any case', async () => {
  const items = colors.map((color, n) => schedule.item({ color: n % 2 === 0 ? color.toLowerCase() : color }));
  const rows = rowsIn(await schedule.post(stage.admin, items), 'schedule_events');
  assert.deepEqual(
    rows.map(({ color }) => color),
    colors,
  );
  assert.equal(colors.length, 24);
});

/** Times and zones of an event made with the first row, then changed by the second; what start, end and zone are after each. */
const times: [string, Row, unknown[], Row, unknown[]][] = [
  [
    'a zone by the name that TSheets has for it',
    { timezone: 'tsMT' },
    ['2026-06-16T09:00:00-06:00', '2026-06-16T11:00:00-06:00', 'America/Denver'],
    { timezone: 'asia/tokyo' },
    ['2026-06-17T00:00:00+09:00', '2026-06-17T02:00:00+09:00', 'Asia/Tokyo'],
  ],
  [
    'an all-day event needs no end, and is the same day in another zone',
    { all_day: true, end: undefined, start: '2026-03-08T18:00:00Z' },
    ['2026-03-08T00:00:00-07:00', '2026-03-08T23:59:59-06:00', 'America/Denver'],
    { timezone: 'Asia/Tokyo' },
    ['2026-03-08T00:00:00+09:00', '2026-03-08T23:59:59+09:00', 'Asia/Tokyo'],
  ],
  [
    'an all-day event is moved by its start alone',
    { all_day: true, start: '2026-11-01T12:00:00-07:00' },
    ['2026-11-01T00:00:00-06:00', '2026-11-01T23:59:59-07:00', 'America/Denver'],
    { start: '2026-11-02T00:00:00-07:00', end: '2026-12-24T00:00:00-07:00' },
    ['2026-11-02T00:00:00-07:00', '2026-11-02T23:59:59-07:00', 'America/Denver'],
  ],
  [
    'an event becomes all day, in the zone that comes with it',
    {},
    ['2026-06-16T09:00:00-06:00', '2026-06-16T11:00:00-06:00', 'America/Denver'],
    { all_day: true, timezone: 'Pacific/Auckland' },
    ['2026-06-17T00:00:00+12:00', '2026-06-17T23:59:59+12:00', 'Pacific/Auckland'],
  ],
  [
    'an all-day event gets hours again',
    { all_day: true, end: '' },
    ['2026-06-16T00:00:00-06:00', '2026-06-16T23:59:59-06:00', 'America/Denver'],
    { all_day: false, start: '2026-06-16T09:00:00-06:00', end: '2026-06-16T10:00:00-06:00' },
    ['2026-06-16T09:00:00-06:00', '2026-06-16T10:00:00-06:00', 'America/Denver'],
  ],
  [
    'a night shift in which clocks go back',
    { start: '2026-11-01T05:00:00Z', end: '2026-11-01T13:00:00Z' },
    ['2026-10-31T23:00:00-06:00', '2026-11-01T06:00:00-07:00', 'America/Denver'],
    { end: '2026-11-01T07:30:00Z' },
    ['2026-10-31T23:00:00-06:00', '2026-11-01T01:30:00-06:00', 'America/Denver'],
  ],
];

for (const [what, item, made, change, changed] of times) {
  test(what, async () => {
    const event = await schedule.make(item);
    assert.deepEqual([event.start, event.end, event.timezone], made);
    const after = await schedule.change(stage.admin, event.id, change);
    assert.deepEqual([after.start, after.end, after.timezone], changed, JSON.stringify(after));
    const whole = await schedule.change(stage.admin, event.id, {
      ...(await schedule.seen(stage.admin)).get(Number(event.id)),
    });
    assert.deepEqual([whole.start, whole.end, whole.last_modified], [changed[0], changed[1], after.last_modified]);
  });
}

test("the zone of a new event is its first user's", async () => {
  const there = await stage.company.person({ timeZone: 'America/New_York' });
  const event = await schedule.make({ assigned_user_ids: [there.userId, stage.worker.userId] });
  assert.deepEqual([event.timezone, event.start], ['America/New_York', '2026-06-16T11:00:00-04:00']);
});

test('what is archived does not come in, and what was there stays', async () => {
  const [person, job] = [await stage.company.person(), await stage.company.jobcode()];
  const event = await schedule.make({ assigned_user_ids: [person.userId], jobcode_id: job });
  await stage.admin.put('/users', [{ id: person.userId, active: false }]);
  await stage.admin.put('/jobcodes', [{ id: job, active: false }]);
  assert.equal((await schedule.change(stage.admin, event.id, { title: 'still' }))._status_code, 200);
  assert.deepEqual(statusOf(await tried(schedule.item({ jobcode_id: job }))), [417, `Jobcode ${job} is archived`]);
  assert.deepEqual(statusOf(await tried(schedule.item({ assigned_user_ids: [person.userId] }))), [
    417,
    `User ${person.userId} is archived`,
  ]);
  const unassigned = await stage.freeJob();
  assert.equal(
    (await tried(schedule.item({ assigned_user_ids: [stage.worker.userId], jobcode_id: unassigned })))._status_code,
    200,
  );
});

test('custom fields: items of a list, values merged, filters of items counted for every user', async () => {
  const { listField, textField, worker, admin, job } = stage;
  const items = await admin.post(
    '/customfielditems',
    ['Red', 'Blue'].map((name) => ({ customfield_id: listField, name })),
  );
  const [red] = rowsIn(items, 'customfielditems');
  const event = await schedule.make({ assigned_user_ids: [worker.userId], customfields: { [listField]: 'red' } });
  assert.deepEqual(event.customfields, { [listField]: 'Red' }, 'in the spelling of the item');
  const merged = await schedule.change(admin, event.id, { customfields: { [textField]: 'x' } });
  assert.deepEqual(merged.customfields, { [listField]: 'Red', [textField]: 'x' });
  const refused = await schedule.change(admin, event.id, { customfields: { [listField]: 'Green' } });
  assert.match(String(refused._status_extra), /"Green" is not an item/);
  const other = await stage.company.person();
  const filter = {
    customfield_id: listField,
    customfielditem_id: red?.id,
    applies_to: 'users',
    applies_to_id: other.userId,
  };
  assert.equal(
    rowsIn(await admin.post('/customfielditem_filters', [filter]), 'customfielditem_filters')[0]?._status_code,
    200,
  );
  const blue = { customfields: { [listField]: 'Blue' }, jobcode_id: job };
  assert.equal((await tried(schedule.item({ ...blue, assigned_user_ids: [worker.userId] })))._status_code, 200);
  const limited = await tried(schedule.item({ ...blue, assigned_user_ids: [worker.userId, other.userId] }));
  assert.match(String(limited._status_extra), /"Blue" is not among the items/);
  const free = await schedule.make({ ...blue, assigned_user_ids: [worker.userId] });
  const joined = await schedule.change(admin, free.id, { assigned_user_ids: [worker.userId, other.userId] });
  assert.match(String(joined._status_extra), /"Blue" is not among the items/);
  assert.equal((await schedule.change(admin, free.id, { title: 'kept' }))._status_code, 200);
});

test('every filter', async () => {
  const place = await world.company();
  const own = await scheduleOf(place);
  const [one, two] = [await place.person(), await place.person()];
  const job = await place.jobcode();
  const a = await own.make({
    assigned_user_ids: [one.userId],
    jobcode_id: job,
    start: '2026-06-16T08:00:00Z',
    end: '2026-06-16T10:00:00Z',
  });
  const b = await own.make({
    assigned_user_ids: [two.userId],
    start: '2026-06-17T08:00:00Z',
    end: '2026-06-17T10:00:00Z',
  });
  const draft = await own.make({
    assigned_user_ids: [one.userId],
    draft: true,
    start: '2026-06-18T08:00:00Z',
    end: '2026-06-18T10:00:00Z',
  });
  const gone = await own.make({ active: false, start: '2026-06-19T08:00:00Z', end: '2026-06-19T10:00:00Z' });
  await place.admin.put('/users', [{ id: two.userId, active: false }]);
  const cases: [Record<string, string | number>, Row[]][] = [
    [{ start: '2026-06-16T08:00:00+00:00' }, [a, gone]],
    [{ start: '2026-06-16T08:00:01+00:00' }, [gone]],
    [{ start: '2026-06-01', end: '2026-06-16T10:00:00+00:00' }, [a]],
    [{ start: '2026-06-01', end: '2026-06-16T09:59:59+00:00' }, []],
    [{ start: '2026-06-01', active: 'yes' }, [a]],
    [{ start: '2026-06-01', active: 'no' }, [gone]],
    [{ start: '2026-06-01', active: 'both' }, [a, gone]],
    [{ start: '2026-06-01', draft: 'yes' }, [draft]],
    [{ start: '2026-06-01', draft: 'both' }, [a, draft, gone]],
    [{ start: '2026-06-01', active_users: 1 }, [a, gone]],
    [{ start: '2026-06-01', active_users: 0 }, [b]],
    [{ start: '2026-06-01', active_users: -1 }, [a, b, gone]],
    [{ start: '2026-06-01', users_ids: one.userId }, [a]],
    [{ start: '2026-06-01', user_ids: `${one.userId},${two.userId}`, active_users: -1 }, [a, b]],
    [{ start: '2026-06-01', user_ids: 0 }, [gone]],
    [{ start: '2026-06-01', jobcode_ids: job }, [a]],
    [{ start: '2026-06-01', jobcode_ids: `0,${job}` }, [a, gone]],
    [{ ids: `${b.id},${a.id}`, active_users: -1 }, [a, b]],
    [{ modified_since: '2020-01-01T00:00:00+00:00', limit: 1 }, [a]],
    [{ modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [{ modified_before: '2099-01-01T00:00:00+00:00' }, [a, gone]],
    [{ modified_before: '2020-01-01T00:00:00+00:00' }, []],
  ];
  for (const [query, expected] of cases) {
    const answer = await place.admin.get('/schedule_events', { schedule_calendar_ids: own.calendar, ...query });
    assert.deepEqual(
      rowsIn(answer, 'schedule_events').map(({ id }) => id),
      expected.map(({ id }) => id),
      JSON.stringify(query),
    );
  }
  const elsewhere = await place.admin.get('/schedule_events', {
    schedule_calendar_ids: 2_000_000_000,
    start: '2026-06-01',
  });
  assert.deepEqual(rowsIn(elsewhere, 'schedule_events'), []);
  for (const query of [{ start: '2026-06-01' }, { schedule_calendar_ids: own.calendar, end: '2026-06-30' }]) {
    assert.equal(
      (await place.admin.get('/schedule_events', query as Record<string, string | number>)).status,
      417,
      JSON.stringify(query),
    );
  }
  for (const wrong of [{ end: 'x' }, { start: 'x' }, { active_users: 2 }, { team_events: 'all' }, { draft: 'x' }]) {
    const answer = await place.admin.get('/schedule_events', {
      schedule_calendar_ids: own.calendar,
      start: '2026-06-01',
      ...wrong,
    });
    assert.equal(answer.status, 417, answer.text);
    assert.match(answer.text, new RegExp(Object.keys(wrong)[0] ?? ''));
  }
});

test('supplemental data: jobcodes, users, custom fields and calendars, which writes carry beside it too', async () => {
  const { admin, worker, job, textField } = stage;
  const other = await stage.company.person();
  const item = schedule.item({
    assigned_user_ids: [worker.userId, other.userId],
    jobcode_id: job,
    customfields: { [textField]: 'x' },
  });
  const keys = (section: object | undefined): number[] => Object.keys(section ?? {}).map(Number);
  const written = await schedule.post(admin, [item], { team_events: 'base' });
  const id = Number(rowsIn(written, 'schedule_events')[0]?.id);
  const read = await admin.get('/schedule_events', { schedule_calendar_ids: schedule.calendar, ids: id });
  for (const { body } of [written, read]) {
    const beside = body.supplemental_data ?? {};
    assert.deepEqual(Object.keys(beside), ['jobcodes', 'users', 'customfields', 'calendars']);
    assert.deepEqual(keys(beside.users).sort(), [worker.userId, other.userId].sort());
    assert.deepEqual(
      [keys(beside.jobcodes), keys(beside.customfields), keys(beside.calendars)],
      [[job], [textField], [schedule.calendar]],
    );
  }
  assert.deepEqual(Object.keys(written.body), ['results', 'supplemental_data', 'calendars']);
  assert.deepEqual(written.body.calendars, written.body.supplemental_data?.calendars);
  assert.deepEqual(Object.keys(read.body), ['results', 'more', 'supplemental_data']);
  const without = await admin.send('POST', '/schedule_events?supplemental_data=no', JSON.stringify({ data: [item] }));
  assert.deepEqual(Object.keys(without.body), ['results']);
});

test('last_modified_timestamps knows events and calendars', async () => {
  const ask = async (): Promise<Row> => {
    const answer = await stage.admin.get('/last_modified_timestamps', {
      endpoints: 'schedule_events,schedule_calendars',
    });
    return answer.body.results?.last_modified_timestamps as unknown as Row;
  };
  const before = await ask();
  assert.deepEqual(Object.keys(before), ['schedule_events', 'schedule_calendars']);
  const event = await schedule.make();
  assert.deepEqual(await ask(), { ...before, schedule_events: event.last_modified });
});

test('calendars are read by everyone, and a company begins with one', async () => {
  for (const person of [stage.admin, stage.worker]) {
    const rows = rowsIn(await person.get('/schedule_calendars'), 'schedule_calendars');
    assert.deepEqual(
      rows.map(({ id, name }) => [id, name]),
      [[schedule.calendar, 'Schedule']],
    );
  }
});

test('a company that was there before schedules gets a calendar when the server is brought up to date', async () => {
  const fresh = await freshDatabase();
  try {
    const database = openDatabase({ connection: fresh.connection, size: 1 });
    await database.system.rows(sql`DROP TABLE schedule_events, schedule_calendars CASCADE`);
    await database.system.rows(sql`DELETE FROM migrations WHERE name = '0008_schedule.sql'`);
    await database.system.rows(sql`INSERT INTO companies (client_url, name) VALUES ('old', 'Old'), ('older', 'Older')`);
    await database.close();
    assert.deepEqual(await migrate(fresh.connection, { rowSecurity: true }), ['0008_schedule.sql']);
    const after = openDatabase({ connection: fresh.connection, size: 1, rowSecurity: true });
    const rows = await after.system.rows(sql`
      SELECT c.name, s.name FROM companies c JOIN schedule_calendars s ON s.company_id = c.id ORDER BY c.id`);
    await after.close();
    assert.deepEqual(rows, [
      ['Old', 'Schedule'],
      ['Older', 'Schedule'],
    ]);
  } finally {
    await fresh.drop();
  }
});
