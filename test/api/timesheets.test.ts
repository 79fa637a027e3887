import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

// 2026-06-15 18:00 UTC is noon in Denver.
const now = Date.UTC(2026, 5, 15, 18) / 1000;
let world: World;
let company: Company;
let job: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  job = await company.jobcode({ name: 'Assembly Line' });
});
after(() => world.close());

function regular(person: Person, start: string, end: string, more: object = {}) {
  return { user_id: person.userId, jobcode_id: job, type: 'regular', start, end, ...more };
}

test('a posted timesheet reads back with every property of the reference, in its order', async () => {
  const person = await company.person();
  const { body, status } = await company.admin.post('/timesheets', [
    regular(person, '2026-06-10T09:04:00-06:00', '2026-06-10T15:57:00-06:00', { notes: 'Belt "3" ☕' }),
  ]);
  assert.equal(status, 200);
  const row = body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  assert.deepEqual(Object.keys(row), [
    '_status_code',
    '_status_message',
    'id',
    'user_id',
    'jobcode_id',
    'start',
    'end',
    'duration',
    'date',
    'tz',
    'tz_str',
    'type',
    'location',
    'on_the_clock',
    'locked',
    'notes',
    'customfields',
    'attached_files',
    'last_modified',
    'created_by_user_id',
  ]);
  const { id, last_modified, ...rest } = row;
  assert.ok(Number.isInteger(id));
  assert.match(String(last_modified), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    user_id: person.userId,
    jobcode_id: job,
    start: '2026-06-10T09:04:00-06:00',
    end: '2026-06-10T15:57:00-06:00',
    duration: 24_780,
    date: '2026-06-10',
    tz: -6,
    tz_str: 'America/Denver',
    type: 'regular',
    location: '',
    on_the_clock: false,
    locked: 0,
    notes: 'Belt "3" ☕',
    customfields: {},
    attached_files: [],
    created_by_user_id: company.admin.userId,
  });
  assert.ok(body.supplemental_data?.users?.[String(person.userId)]);
  assert.ok(body.supplemental_data?.jobcodes?.[String(job)]);
});

test('a manual timesheet keeps hundredths of hours and has no start or end', async () => {
  const person = await company.person();
  const { body } = await company.admin.post('/timesheets', [
    { user_id: String(person.userId), jobcode_id: String(job), type: 'manual', date: '2026-06-10', duration: '10000' },
  ]);
  const row = body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  assert.deepEqual(
    [row.start, row.end, row.duration, row.date, row.type, row.on_the_clock, row.tz],
    ['', '', 10_008, '2026-06-10', 'manual', false, -6],
  );
});

test('clocking in and out', async () => {
  const person = await company.person();
  const clockedIn = await person.post('/timesheets', [regular(person, '2026-06-15T11:59:30-06:00', '')]);
  const open = clockedIn.body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  assert.deepEqual([open._status_code, open.end, open.duration, open.on_the_clock], [200, '', 0, true]);
  const working = await company.admin.get('/timesheets', {
    on_the_clock: 'yes',
    start_date: '2026-06-08',
    user_ids: person.userId,
  });
  assert.deepEqual(Object.keys(working.body.results?.timesheets ?? {}), [String(open.id)]);
  const again = await person.post('/timesheets', [regular(person, '2026-06-15T12:00:00-06:00', '')]);
  assert.equal(again.body.results?.timesheets?.['1']?._status_code as unknown, 406);
  assert.match(
    String(again.body.results?.timesheets?.['1']?._status_extra),
    new RegExp(`timesheet ${open.id} is open`),
  );
  const clockedOut = await person.put('/timesheets', [
    { id: open.id, end: '2026-06-15T18:00:00+00:00', origin_hint_end: 'phone' },
  ]);
  const closed = clockedOut.body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  assert.deepEqual(
    [closed._status_code, closed.end, closed.duration, closed.on_the_clock],
    [200, '2026-06-15T12:00:00-06:00', 30, false],
  );
});

const refusals: [string, object, number, RegExp][] = [
  [
    'an end before the start',
    { start: '2026-06-10T09:00:00-06:00', end: '2026-06-10T08:00:00-06:00' },
    417,
    /end may not be before/,
  ],
  [
    'more than 7 days',
    { start: '2026-06-01T09:00:00-06:00', end: '2026-06-09T08:00:00-06:00' },
    417,
    /longer than 7 days/,
  ],
  ['a start more than a day ahead', { start: '2026-06-17T09:00:00-06:00', end: '' }, 417, /24 hours ahead/],
  ['no start', { end: '2026-06-10T08:00:00-06:00' }, 417, /Missing required params: start/],
  [
    'a date that is derived',
    { start: '2026-06-10T09:00:00-06:00', end: '2026-06-10T10:00:00-06:00', date: '2026-06-10' },
    417,
    /^Invalid params: date$/,
  ],
  [
    'an unknown property',
    { start: '2026-06-10T09:00:00-06:00', end: '2026-06-10T10:00:00-06:00', locked: 1, colour: 'red' },
    417,
    /^Invalid params: locked,colour$/,
  ],
  ['no type', { type: null, start: '2026-06-10T09:00:00-06:00' }, 417, /Missing required params: type/],
  [
    'a type of another kind',
    { type: 'irregular', start: '2026-06-10T09:00:00-06:00' },
    417,
    /type must be one of regular, manual/,
  ],
  ['a time without offset', { start: '2026-06-10T09:00:00', end: '' }, 417, /start must be a date and time/],
  [
    'an unknown jobcode',
    { jobcode_id: 999_999, start: '2026-06-10T09:00:00-06:00', end: '' },
    417,
    /jobcode_id 999999 does not exist/,
  ],
  [
    'an unknown user',
    { user_id: 999_999, start: '2026-06-10T09:00:00-06:00', end: '' },
    417,
    /user_id 999999 does not exist/,
  ],
  [
    'an id that overflows',
    { user_id: 99_999_999_999, start: '2026-06-10T09:00:00-06:00', end: '' },
    417,
    /user_id must be an id/,
  ],
  [
    'a file that does not exist',
    { start: '2026-06-10T09:00:00-06:00', end: '2026-06-10T10:00:00-06:00', attached_files: [7] },
    417,
    /attached_files 7/,
  ],
  [
    'a custom field that does not exist',
    { start: '2026-06-10T09:00:00-06:00', end: '2026-06-10T10:00:00-06:00', customfields: { 77: 'x' } },
    417,
    /custom field/,
  ],
];

for (const [what, item, code, extra] of refusals) {
  test(`${what} is refused`, async () => {
    const person = await company.person();
    const { body, status } = await company.admin.post('/timesheets', [
      { user_id: person.userId, jobcode_id: job, type: 'regular', ...item },
    ]);
    assert.equal(status, 200);
    assert.equal(body.results?.timesheets?.['1']?._status_code as unknown, code);
    assert.match(String(body.results?.timesheets?.['1']?._status_extra), extra);
    const listed = await company.admin.get('/timesheets', {
      start_date: '2026-01-01',
      user_ids: person.userId,
      on_the_clock: 'both',
    });
    assert.deepEqual(listed.body.results?.timesheets, {});
  });
}

test('overlap: touching is allowed, one second of overlap is not, and a batch sees its own items', async () => {
  const person = await company.person();
  const { body } = await company.admin.post('/timesheets', [
    regular(person, '2026-06-10T09:00:00-06:00', '2026-06-10T12:00:00-06:00'),
    regular(person, '2026-06-10T12:00:00-06:00', '2026-06-10T13:00:00-06:00'),
    regular(person, '2026-06-10T08:00:00-06:00', '2026-06-10T09:00:01-06:00'),
    regular(person, '2026-06-10T08:00:00-06:00', '2026-06-10T09:00:00-06:00'),
  ]);
  const items = Object.values(body.results?.timesheets ?? {});
  assert.deepEqual(
    items.map((item) => item._status_code as unknown),
    [200, 200, 406, 200],
  );
  assert.match(String(items[2]?._status_extra), /Overlaps item 1 of this request/);
  const late = await company.admin.post('/timesheets', [
    regular(person, '2026-06-10T11:00:00-06:00', '2026-06-10T11:30:00-06:00'),
  ]);
  assert.match(
    String(late.body.results?.timesheets?.['1']?._status_extra),
    new RegExp(`Overlaps timesheet ${items[0]?.id}`),
  );
  const moved = await company.admin.put('/timesheets', [{ id: items[1]?.id, start: '2026-06-10T11:59:59-06:00' }]);
  const answer = moved.body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  assert.deepEqual([answer._status_code, answer.start], [409, '2026-06-10T12:00:00-06:00']);
});

test('a break inside a timesheet splits it: 201, the shortened original and the tail in supplemental data', async () => {
  const person = await company.person();
  const lunch = await company.jobcode({ type: 'unpaid_break' });
  const work = await company.admin.post('/timesheets', [
    regular(person, '2026-06-09T09:00:00-06:00', '2026-06-09T17:00:00-06:00', { notes: 'day' }),
  ]);
  const id = String(work.body.results?.timesheets?.['1']?.id);
  const { body } = await company.admin.post('/timesheets', [
    regular(person, '2026-06-09T12:00:00-06:00', '2026-06-09T12:30:00-06:00', { jobcode_id: lunch }),
    regular(person, '2026-06-09T15:00:00-06:00', '2026-06-09T15:15:00-06:00', { jobcode_id: lunch }),
  ]);
  const items = Object.values(body.results?.timesheets ?? {});
  assert.deepEqual(
    items.map((item) => item._status_code as unknown),
    [201, 201],
  );
  const others = Object.values(body.supplemental_data?.timesheets ?? {}).map((row) => [
    String(row.start),
    String(row.end),
  ]);
  assert.deepEqual(others.sort(), [
    ['2026-06-09T09:00:00-06:00', '2026-06-09T12:00:00-06:00'],
    ['2026-06-09T12:30:00-06:00', '2026-06-09T15:00:00-06:00'],
    ['2026-06-09T15:15:00-06:00', '2026-06-09T17:00:00-06:00'],
  ]);
  const listed = await company.admin.get('/timesheets', {
    start_date: '2026-06-09',
    end_date: '2026-06-09',
    user_ids: person.userId,
  });
  const rows = Object.values(listed.body.results?.timesheets ?? {});
  assert.equal(rows.length, 5);
  assert.equal(
    rows.reduce((sum, row) => sum + Number(row.duration), 0),
    8 * 3600,
  );
  assert.equal(String(listed.body.results?.timesheets?.[id]?.end), '2026-06-09T12:00:00-06:00');
});

test('a user who may not track time gets 403 TS-1006', async () => {
  const person = await company.person({ tracksTime: false });
  const { body } = await company.admin.post('/timesheets', [regular(person, '2026-06-10T09:00:00-06:00', '')]);
  assert.equal(body.results?.timesheets?.['1']?._status_code as unknown, 403);
  assert.match(String(body.results?.timesheets?.['1']?._status_extra), /TS-1006/);
});

test('without manage_my_timesheets a person clocks in and out now, and enters nothing else', async () => {
  const person = await company.person();
  const cases: [object, number][] = [
    [regular(person, '2026-06-10T09:00:00-06:00', '2026-06-10T10:00:00-06:00'), 417],
    [regular(person, '2026-06-15T09:00:00-06:00', ''), 417],
    [{ user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-06-10', duration: 3600 }, 417],
    [regular(company.admin, '2026-06-15T12:00:00-06:00', ''), 417],
    [regular(person, '2026-06-15T12:00:00-06:00', ''), 200],
  ];
  for (const [item, code] of cases) {
    const { body } = await person.post('/timesheets', [item]);
    assert.equal(body.results?.timesheets?.['1']?._status_code as unknown, code, JSON.stringify(body));
  }
  const own = await person.get('/timesheets', { on_the_clock: 'both', start_date: '2026-06-01' });
  const [id = ''] = Object.keys(own.body.results?.timesheets ?? {});
  const changes: [object, number][] = [
    [{ id, start: '2026-06-15T09:00:00-06:00' }, 417],
    [{ id, notes: 'Line 2' }, 200],
    [{ id, end: '2026-06-15T16:00:00-06:00' }, 417],
    [{ id, end: '2026-06-15T12:00:00-06:00' }, 200],
    [{ id, end: '' }, 417],
  ];
  for (const [item, code] of changes) {
    const { body } = await person.put('/timesheets', [item]);
    assert.equal(body.results?.timesheets?.['1']?._status_code as unknown, code, JSON.stringify([item, body.results]));
  }
  const gone = await person.delete('/timesheets', [id]);
  assert.match(String(gone.body.results?.timesheets?.[id]?._status_extra), /^Oops! You don't have permission/);
});

test('without manage_my_timesheets nothing but notes changes on a closed timesheet, custom fields included', async () => {
  const made = await company.admin.post('/customfields', [{ name: 'Van', type: 'free-form', applies_to: 'timesheet' }]);
  const field = String(made.body.results?.customfields?.['1']?.id);
  const person = await company.person();
  const item = regular(person, '2026-06-10T09:00:00-06:00', '2026-06-10T10:00:00-06:00', {
    customfields: { [field]: 'A' },
  });
  const posted = await company.admin.post('/timesheets', [item]);
  const id = posted.body.results?.timesheets?.['1']?.id;
  const cases: [object, number][] = [
    [{ id, customfields: { [field]: 'B' } }, 417],
    [{ id, customfields: { [field]: 'A' }, notes: 'Same van' }, 200],
  ];
  for (const [change, code] of cases) {
    const { body } = await person.put('/timesheets', [change]);
    assert.equal(body.results?.timesheets?.['1']?._status_code as unknown, code, JSON.stringify(body.results));
  }
});

test('a timesheet of an archived user can still be noted on, its user sent back with it', async () => {
  const person = await company.person();
  const item = regular(person, '2026-06-10T09:00:00-06:00', '2026-06-10T10:00:00-06:00');
  const posted = await company.admin.post('/timesheets', [item]);
  const id = posted.body.results?.timesheets?.['1']?.id;
  await company.admin.put('/users', [{ id: person.userId, active: false }]);
  const noted = await company.admin.put('/timesheets', [{ id, user_id: person.userId, notes: 'Left in June' }]);
  assert.equal(noted.body.results?.timesheets?.['1']?._status_code as unknown, 200, noted.text);
});

test('deleting moves a timesheet to timesheets_deleted', async () => {
  const person = await company.person();
  const made = await company.admin.post('/timesheets', [
    regular(person, '2026-06-10T09:00:00-06:00', '2026-06-10T10:00:00-06:00'),
  ]);
  const id = String(made.body.results?.timesheets?.['1']?.id);
  const gone = await company.admin.delete('/timesheets', [id, 999_999]);
  assert.deepEqual(gone.body.results?.timesheets?.[id] as unknown, {
    _status_code: 200,
    _status_message: 'OK, deleted',
    id,
  });
  assert.equal(gone.body.results?.timesheets?.['999999']?._status_code as unknown, 404);
  const listed = await company.admin.get('/timesheets', { ids: id });
  assert.deepEqual(listed.body.results?.timesheets, {});
  const deleted = await company.admin.get('/timesheets_deleted', { ids: id });
  assert.equal(deleted.body.results?.timesheets_deleted?.[id]?.duration as unknown, 3600);
  const twice = await company.admin.delete('/timesheets', [id]);
  assert.equal(twice.body.results?.timesheets?.[id]?._status_code as unknown, 404);
});

test('approved time is changed only by those who may approve, and locked time by nobody', async () => {
  const person = await company.person({ permissions: ['manage_my_timesheets'] });
  const clerk = await company.person({ permissions: ['manage_timesheets'] });
  const made = await person.post('/timesheets', [
    regular(person, '2026-06-10T09:00:00-06:00', '2026-06-10T10:00:00-06:00'),
  ]);
  const id = made.body.results?.timesheets?.['1']?.id;
  await company.admin.put('/users', [{ id: person.userId, approved_to: '2026-06-12' }]);
  const cases: [Person, number][] = [
    [person, 417],
    [clerk, 417],
    [company.admin, 200],
  ];
  for (const [who, code] of cases) {
    const { body } = await who.put('/timesheets', [{ id, notes: `by ${who.userId}` }]);
    assert.equal(body.results?.timesheets?.['1']?._status_code as unknown, code, JSON.stringify(body));
  }
});
