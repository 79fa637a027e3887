import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { ask, changeEntry, entriesOf, manual, now, only, regular, requestOf } from './time-off-support.ts';

let world: World;
let company: Company;
let person: Person;
let leave: number;
let unpaid: number;
let request: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  person = await company.person();
  [leave, unpaid] = [await company.jobcode({ type: 'pto' }), await company.jobcode({ type: 'unpaid_time_off' })];
  request = Number((await ask(person, [manual(leave, '2026-12-01')])).id);
});
after(() => world.close());

async function add(item: Row, by = person): Promise<Row> {
  const answer = await by.post('/time_off_request_entries', [{ time_off_request_id: request, ...item }]);
  return only(answer, 'time_off_request_entries');
}

const times = ({ date, duration, start_time, end_time, tz_string }: Row): unknown[] => [
  date,
  duration,
  start_time,
  end_time,
  tz_string,
];

test('a manual entry covers its day in the zone of its user, also where the clocks change', async () => {
  const days: [string, string, string][] = [
    ['2026-07-02', '2026-07-02T00:00:00-06:00', '2026-07-02T23:59:59-06:00'],
    ['2026-03-08', '2026-03-08T00:00:00-07:00', '2026-03-08T23:59:59-06:00'],
    ['2026-11-01', '2026-11-01T00:00:00-06:00', '2026-11-01T23:59:59-07:00'],
  ];
  for (const [day, start, end] of days) {
    const made = await add(manual(leave, day));
    assert.deepEqual(times(made), [day, 28_800, start, end, 'America/Denver'], JSON.stringify(made));
  }
  const samoan = await company.person({ timeZone: 'Pacific/Apia' });
  const { id } = await ask(samoan, [manual(leave, '2011-12-30')]);
  assert.deepEqual(times((await entriesOf(samoan, id))[0] ?? {}).slice(2, 4), [
    '2011-12-31T00:00:00+14:00',
    '2011-12-31T00:00:00+14:00',
  ]);
});

test('the length of a manual entry is kept in hundredths of an hour, as manual timesheets are', async () => {
  assert.equal((await add(manual(leave, '2026-07-02', 10_000))).duration, 10_008);
});

test('a regular entry has the length from start to end, whatever is said, on the local day of its start', async () => {
  const made = await add({
    ...regular(leave, '2026-07-03T05:30:00+00:00', '2026-07-03T12:00:00-06:00'),
    duration: 14_400,
  });
  assert.deepEqual(times(made), [
    '2026-07-02',
    45_000,
    '2026-07-02T23:30:00-06:00',
    '2026-07-03T12:00:00-06:00',
    'America/Denver',
  ]);
  const night = await add(regular(leave, '2026-11-01T00:00:00-06:00', '2026-11-01T03:00:00-07:00'));
  assert.equal(night.duration, 14_400, 'the hour that comes twice counts twice');
});

test('a new entry is pending and answers with request, jobcode and user beside it', async () => {
  const answer = await person.post('/time_off_request_entries', [
    { time_off_request_id: request, ...manual(unpaid, '2026-07-09'), user_id: person.userId },
  ]);
  const made = only(answer, 'time_off_request_entries');
  assert.deepEqual(
    [made._status_code, made._status_message, made.status, made.approver_user_id, made.approved_timesheet_id],
    [200, 'Created', 'pending', 0, 0],
  );
  assert.deepEqual([made.jobcode_id, made.user_id, made.active], [unpaid, person.userId, true]);
  const beside = answer.body.supplemental_data ?? {};
  assert.deepEqual(Object.keys(beside), ['time_off_requests', 'jobcodes', 'users']);
  const listed = beside.time_off_requests?.[String(request)]?.time_off_request_entries as unknown as number[];
  assert.equal(listed.at(-1), made.id);
});

const refused: [string, () => Row, RegExp][] = [
  ['no request', () => ({ ...manual(leave, '2026-07-02'), time_off_request_id: '' }), /Missing.*time_off_request_id/],
  ['request 0', () => ({ ...manual(leave, '2026-07-02'), time_off_request_id: 0 }), /time_off_request_id must not/],
  [
    'an unknown request',
    () => ({ ...manual(leave, '2026-07-02'), time_off_request_id: 2_000_000_000 }),
    /^time_off_request_id 2000000000 does not exist$/,
  ],
  ['no method', () => ({ date: '2026-07-02', duration: 3600, jobcode_id: leave }), /Missing.*entry_method/],
  [
    'a strange method',
    () => ({ ...manual(leave, '2026-07-02'), entry_method: 'clock' }),
    /entry_method must be one of/,
  ],
  ['no date', () => ({ entry_method: 'manual', duration: 3600, jobcode_id: leave }), /Missing.*date/],
  ['no day of the calendar', () => manual(leave, '2026-02-30'), /date must be a date/],
  ['a day of another age', () => manual(leave, '2200-01-01'), /years 1970 to 2199/],
  [
    'a moment of another age',
    () => regular(leave, '2300-01-01T08:00:00Z', '2300-01-01T09:00:00Z'),
    /start_time must be a date and time/,
  ],
  ['no duration', () => ({ entry_method: 'manual', date: '2026-07-02', jobcode_id: leave }), /Missing.*duration/],
  ['a duration of nothing', () => manual(leave, '2026-07-02', 0), /longer than nothing/],
  ['a duration of next to nothing', () => manual(leave, '2026-07-02', 17), /longer than nothing/],
  ['more than a day', () => manual(leave, '2026-07-02', 86_401), /from 0 to 86400/],
  ['less than nothing', () => manual(leave, '2026-07-02', -1), /duration must not be less than 0/],
  ['no start', () => ({ ...regular(leave, '', '2026-07-02T12:00:00Z') }), /Missing.*start_time/],
  ['no end', () => ({ ...regular(leave, '2026-07-02T12:00:00Z', '') }), /Missing.*end_time/],
  ['an end at the start', () => regular(leave, '2026-07-02T12:00:00Z', '2026-07-02T12:00:00Z'), /longer than nothing/],
  ['an end before the start', () => regular(leave, '2026-07-02T12:00:00Z', '2026-07-02T11:00:00Z'), /before the start/],
  ['more than 7 days', () => regular(leave, '2026-07-02T12:00:00Z', '2026-07-09T12:00:01Z'), /longer than 7 days/],
  [
    'a date beside start and end',
    () => ({ ...regular(leave, '2026-07-02T12:00:00Z', '2026-07-02T13:00:00Z'), date: '2026-07-02' }),
    /Invalid params: date/,
  ],
  [
    'a start beside the date',
    () => ({ ...manual(leave, '2026-07-02'), start_time: '2026-07-02T12:00:00Z' }),
    /Invalid params: start_time/,
  ],
  ['no jobcode', () => ({ entry_method: 'manual', date: '2026-07-02', duration: 3600 }), /Missing.*jobcode_id/],
  ['an approver', () => ({ ...manual(leave, '2026-07-02'), approver_user_id: 7 }), /Invalid params: approver_user_id/],
  [
    'a timesheet',
    () => ({ ...manual(leave, '2026-07-02'), approved_timesheet_id: 7 }),
    /Invalid params: approved_timesheet_id/,
  ],
];

for (const [what, item, reason] of refused) {
  test(`an entry with ${what} is refused`, async () => {
    const answer = await add(item());
    assert.equal(answer._status_code, 417, JSON.stringify(answer));
    assert.match(String(answer._status_extra), reason);
  });
}

test('only jobcodes of time off that are active and assigned to the user are taken', async () => {
  const [work, others, gone] = [
    await company.jobcode(),
    await company.jobcode({ type: 'pto', assignedToAll: false }),
    await company.jobcode({ type: 'pto' }),
  ];
  await company.admin.put('/jobcodes', [{ id: gone, active: false }]);
  const cases: [number, RegExp][] = [
    [work, new RegExp(`^Jobcode ${work} is not one of time off$`)],
    [others, new RegExp(`^Jobcode ${others} is not assigned to user ${person.userId}$`)],
    [gone, new RegExp(`^Jobcode ${gone} is archived$`)],
    [2_000_000_000, /^jobcode_id 2000000000 does not exist$/],
  ];
  for (const [jobcode, reason] of cases)
    assert.match(String((await add(manual(jobcode, '2026-07-02')))._status_extra), reason);
});

test('who tracks no time, or is archived, gets no time off', async () => {
  const idle = await company.person({ tracksTime: false });
  const item = { user_id: idle.userId, time_off_request_entries: [manual(leave, '2026-07-02')] };
  const refusal = only(await company.admin.post('/time_off_requests', [item]), 'time_off_requests');
  assert.match(String(refusal._status_extra), /TS-1006/);
  await company.admin.put('/users', [{ id: idle.userId, active: false }]);
  const archived = only(await company.admin.post('/time_off_requests', [item]), 'time_off_requests');
  assert.match(String(archived._status_extra), /The user is archived/);
});

test('while an entry is pending its time, method and jobcode may change', async () => {
  const { id } = await add(manual(leave, '2026-07-02'));
  const halved = await changeEntry(person, id, { duration: 14_400 });
  assert.deepEqual([halved._status_code, halved._status_message, halved.duration], [200, 'Updated', 14_400]);
  const moved = await changeEntry(person, id, { date: '2026-07-03', jobcode_id: unpaid });
  assert.deepEqual(
    [moved.date, moved.start_time, moved.jobcode_id],
    ['2026-07-03', '2026-07-03T00:00:00-06:00', unpaid],
  );
  const half = await changeEntry(person, id, { entry_method: 'regular', start_time: '2026-07-03T08:00:00-06:00' });
  assert.equal(half._status_extra, 'Missing required params: end_time');
  const timed = await changeEntry(person, id, regular(leave, '2026-07-03T08:00:00-06:00', '2026-07-03T12:00:00-06:00'));
  assert.deepEqual([timed.entry_method, timed.duration, timed.jobcode_id], ['regular', 14_400, leave]);
  const later = await changeEntry(person, id, { end_time: '2026-07-03T13:00:00-06:00' });
  assert.equal(later.duration, 18_000);
  const daily = await changeEntry(person, id, { entry_method: 'manual', date: '2026-07-05', duration: 3600 });
  assert.deepEqual(times(daily).slice(0, 3), ['2026-07-05', 3600, '2026-07-05T00:00:00-06:00']);
  const same = await changeEntry(person, id, { date: '2026-07-05', duration: '3600' });
  assert.equal(same.last_modified, daily.last_modified, 'what is the same is ignored');
});

test('an entry stays with its request and its user', async () => {
  const { id } = await add(manual(leave, '2026-07-02'));
  const other = await ask(person, [manual(leave, '2026-12-02')]);
  for (const values of [{ time_off_request_id: other.id }, { user_id: company.admin.userId }]) {
    const answer = await changeEntry(company.admin, id, values);
    assert.deepEqual([answer._status_code, answer._status_extra], [417, `Invalid params: ${Object.keys(values)}`]);
  }
});

test('archiving an entry cancels it and takes it out of the request, restoring brings it back canceled', async () => {
  const { id: requestId } = await ask(person, [manual(leave, '2026-07-02'), manual(leave, '2026-07-03')]);
  const [one, two] = await entriesOf(person, requestId);
  const archived = await changeEntry(person, one?.id, { active: false });
  assert.deepEqual([archived.status, archived.active], ['canceled', false]);
  assert.deepEqual((await requestOf(person, requestId)).time_off_request_entries, [two?.id]);
  assert.match(String((await changeEntry(person, one?.id, { status: 'pending' }))._status_extra), /is archived/);
  const restored = await changeEntry(person, one?.id, { active: true });
  assert.deepEqual([restored.status, restored.active], ['canceled', true]);
  const request_ = await requestOf(person, requestId);
  assert.deepEqual([request_.status, request_.time_off_request_entries], ['pending', [one?.id, two?.id]]);
  await person.put('/time_off_requests', [{ id: requestId, active: false }]);
  assert.match(String((await changeEntry(person, one?.id, { active: true }))._status_extra), /request is archived/);
});

test('no entry joins a request that was denied or canceled', async () => {
  const { id } = await ask(person, [manual(leave, '2026-07-02')]);
  for (const status of ['denied', 'canceled']) {
    await company.admin.put('/time_off_requests', [{ id, status }]);
    const late = await person.post('/time_off_request_entries', [
      { time_off_request_id: id, ...manual(leave, '2026-07-03') },
    ]);
    const { _status_extra: extra } = only(late, 'time_off_request_entries');
    assert.equal(extra, `The request is ${status}; make a new one.`);
  }
});

test('every filter', async () => {
  const place = await world.company();
  const [vacation, sick] = [await place.jobcode({ type: 'pto' }), await place.jobcode({ type: 'pto' })];
  const [one, two] = [await place.person(), await place.person()];
  const first = await ask(one, [manual(vacation, '2026-07-02'), manual(sick, '2026-07-03')]);
  const second = await ask(two, [regular(vacation, '2026-07-04T08:00:00-06:00', '2026-07-04T12:00:00-06:00')]);
  await place.admin.put('/time_off_requests', [{ id: second.id, status: 'denied' }]);
  const [a, b] = first.time_off_request_entries as number[];
  const [c] = second.time_off_request_entries as number[];
  const ids = async (query: Record<string, string | number>, by = place.admin): Promise<unknown[]> =>
    rowsIn(await by.get('/time_off_request_entries', query), 'time_off_request_entries').map(({ id }) => id);
  const cases: [Record<string, string | number>, unknown[]][] = [
    [{ ids: `${a},${c}` }, [a, c]],
    [{ time_off_request_ids: Number(second.id) }, [c]],
    [{ approver_user_ids: place.admin.userId }, [c]],
    [{ approver_user_ids: 0 }, [a, b]],
    [{ status: 'pending' }, [a, b]],
    [{ status: 'denied' }, [c]],
    [{ status: 'approved' }, []],
    [{ status: 'canceled' }, []],
    [{ date: '2026-07-03' }, [b]],
    [{ date: '07-04-2026' }, [c]],
    [{ start_time: '2026-07-03T00:00:00-06:00' }, [b, c]],
    [{ start_time: '2026-07-03T00:00:01-06:00' }, [c]],
    [{ end_time: '2026-07-03T00:00:00-06:00' }, [a, b]],
    [{ end_time: '2026-07-02T23:59:59-06:00' }, [a]],
    [{ start_time: '2026-07-03T00:00:00-06:00', end_time: '2026-07-04T00:00:00-06:00' }, [b]],
    [{ jobcode_ids: vacation }, [a, c]],
    [{ user_ids: `${two.userId}` }, [c]],
    [{ user_ids: `${one.userId},${two.userId}`, jobcode_ids: sick }, [b]],
    [{ modified_since: '2199-01-01T00:00:00+00:00' }, []],
  ];
  for (const [query, expected] of cases) assert.deepEqual(await ids(query), expected, JSON.stringify(query));
  assert.deepEqual(await ids({ status: 'all' }, one), [a, b], 'others are not seen');
  assert.deepEqual(await ids({ user_ids: two.userId }, one), []);
  const bad: Record<string, string>[] = [
    { date: 'x' },
    { start_time: 'x' },
    { end_time: '2026-13-01' },
    { status: 'x' },
  ];
  for (const query of bad) {
    const answer = await place.admin.get('/time_off_request_entries', query);
    assert.equal(answer.status, 417, answer.text);
    assert.match(answer.text, new RegExp(`\\b${Object.keys(query)}\\b`));
  }
  const none = await place.admin.get('/time_off_request_entries', { supplemental_data: 'no' });
  assert.equal(none.status, 417, 'one of the filters must be given');
  const plain = await place.admin.get('/time_off_request_entries', { status: 'all', supplemental_data: 'no' });
  assert.ok(!('supplemental_data' in plain.body));
});
