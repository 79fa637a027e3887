import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { ask, change, entriesOf, manual, now, only, regular, requestOf } from './time-off-support.ts';

let world: World;
let company: Company;
let person: Person;
let leave: number;
let unpaid: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  person = await company.person();
  [leave, unpaid] = [await company.jobcode({ type: 'pto' }), await company.jobcode({ type: 'unpaid_time_off' })];
});
after(() => world.close());

const codes = (rows: readonly Row[]): unknown[] => rows.map(({ _status_code }) => _status_code);

test('a request is made with notes and entries, for oneself when nobody is named', async () => {
  const answer = await person.post('/time_off_requests', [
    {
      time_off_request_notes: [{ note: 'A long weekend.' }, { note: 'Guy fills in.' }],
      time_off_request_entries: [manual(leave, '2026-07-02'), manual(unpaid, '2026-07-03', 14_400)],
    },
  ]);
  const made = only(answer, 'time_off_requests');
  const { id, time_off_request_notes: notes, time_off_request_entries: entries } = made;
  assert.deepEqual(
    [made._status_code, made._status_message, made.user_id, made.status, made.active],
    [200, 'Created', person.userId, 'pending', true],
  );
  const beside = answer.body.supplemental_data ?? {};
  assert.deepEqual(Object.keys(beside), ['users', 'time_off_request_notes', 'time_off_request_entries']);
  assert.deepEqual(Object.keys(beside.users ?? {}), [String(person.userId)]);
  assert.deepEqual(Object.keys(beside.time_off_request_notes ?? {}), (notes as number[]).map(String));
  assert.deepEqual(Object.keys(beside.time_off_request_entries ?? {}), (entries as number[]).map(String));
  const [first] = Object.values(beside.time_off_request_notes ?? {}) as unknown as Row[];
  assert.deepEqual(
    [first?.time_off_request_id, first?.user_id, first?.note, first?.active],
    [id, person.userId, 'A long weekend.', true],
  );
  const read = await entriesOf(person, id);
  assert.deepEqual(
    read.map((row) => [row.time_off_request_id, row.user_id, row.jobcode_id, row.duration, row.status]),
    [
      [id, person.userId, leave, 28_800, 'pending'],
      [id, person.userId, unpaid, 14_400, 'pending'],
    ],
  );
});

const refused: [string, () => Row, RegExp][] = [
  ['no entries', () => ({}), /^Missing required params: time_off_request_entries$/],
  ['an empty list', () => ({ time_off_request_entries: [] }), /must not be empty/],
  ['a text for entries', () => ({ time_off_request_entries: '2026-07-01' }), /must be a list of objects/],
  ['an unknown id for an entry', () => ({ time_off_request_entries: [7] }), /holds 7, which does not belong to it/],
  ['a list in the list', () => ({ time_off_request_entries: [[]] }), /must be a list of objects/],
  [
    'an unknown property of an entry',
    () => ({ time_off_request_entries: [{ ...manual(leave, '2026-07-01'), colour: 1 }] }),
    /^item 1 of time_off_request_entries: Invalid params: colour$/,
  ],
  [
    'an entry that names a request',
    () => ({ time_off_request_entries: [{ ...manual(leave, '2026-07-01'), time_off_request_id: 1 }] }),
    /Invalid params: time_off_request_id/,
  ],
  [
    'a second entry without duration',
    () => ({
      time_off_request_entries: [
        manual(leave, '2026-07-01'),
        { date: '2026-07-02', entry_method: 'manual', jobcode_id: leave },
      ],
    }),
    /^item 2 of time_off_request_entries: Missing required params: duration$/,
  ],
  [
    'an entry of another user than the request',
    () => ({ time_off_request_entries: [{ ...manual(leave, '2026-07-01'), user_id: company.admin.userId }] }),
    /user_id \d+ does not exist|must be the user of the request/,
  ],
  [
    'a blank note',
    () => ({
      time_off_request_entries: [manual(leave, '2026-07-01')],
      time_off_request_notes: [{ note: 'fine' }, { note: '  ' }],
    }),
    /^item 2 of time_off_request_notes: note must not be blank$/,
  ],
  [
    "a note in somebody else's name",
    () => ({
      time_off_request_entries: [manual(leave, '2026-07-01')],
      time_off_request_notes: [{ note: 'x', user_id: company.admin.userId }],
    }),
    /Invalid params: user_id/,
  ],
  [
    'a hundred and one entries',
    () => ({ time_off_request_entries: Array.from({ length: 101 }, () => manual(leave, '2026-07-01')) }),
    /must not hold more than 100/,
  ],
  [
    'an unknown status',
    () => ({ time_off_request_entries: [manual(leave, '2026-07-01')], status: 'maybe' }),
    /status must be one of pending, approved, denied, canceled/,
  ],
];

for (const [what, item, reason] of refused) {
  test(`a request with ${what} is refused, and nothing of it is kept`, async () => {
    const count = async (): Promise<number[]> => [
      rowsIn(await company.admin.get('/time_off_requests'), 'time_off_requests').length,
      rowsIn(await company.admin.get('/time_off_request_entries', { status: 'all' }), 'time_off_request_entries')
        .length,
    ];
    const before = await count();
    const good = { time_off_request_entries: [manual(leave, '2026-08-01')] };
    const items = rowsIn(await person.post('/time_off_requests', [good, item()]), 'time_off_requests');
    assert.deepEqual(codes(items), [200, 417], JSON.stringify(items));
    assert.match(String(items[1]?._status_extra), reason);
    assert.deepEqual(
      await count(),
      before.map((n) => n + 1),
    );
  });
}

test('notes are added, the request counts as changed, and ids sent back stay', async () => {
  const { id } = await ask(person, [manual(leave, '2026-07-06')], { time_off_request_notes: [{ note: 'one' }] });
  const before = await requestOf(person, id);
  const answer = await company.admin.put('/time_off_requests', [
    { id, time_off_request_notes: [...(before.time_off_request_notes as number[]), { note: 'two' }] },
  ]);
  const after = only(answer, 'time_off_requests');
  assert.deepEqual([after._status_code, after.status], [200, 'pending']);
  const notes = Object.values(answer.body.supplemental_data?.time_off_request_notes ?? {}) as unknown as Row[];
  assert.deepEqual(
    notes.map(({ note, user_id }) => [note, user_id]),
    [
      ['one', person.userId],
      ['two', company.admin.userId],
    ],
  );
  assert.deepEqual(
    after.time_off_request_notes,
    notes.map((row) => row.id),
  );
  const unchanged = await change(person, id, { ...(await requestOf(person, id)) });
  assert.deepEqual([unchanged._status_code, unchanged.time_off_request_notes], [200, after.time_off_request_notes]);
  const foreign = await change(person, id, { time_off_request_notes: [2_000_000_000] });
  assert.match(String(foreign._status_extra), /holds 2000000000, which does not belong to it/);
});

test('entries are added to a request by naming new ones', async () => {
  const { id } = await ask(person, [manual(leave, '2026-07-06')]);
  const more = await change(person, id, { time_off_request_entries: [manual(leave, '2026-07-07')] });
  assert.deepEqual([more._status_code, (more.time_off_request_entries as number[]).length], [200, 2]);
  const wrong = await change(person, id, { time_off_request_entries: [manual(leave, 'tomorrow')] });
  assert.match(String(wrong._status_extra), /^item 1 of time_off_request_entries: date must be a date/);
});

test('who and when the request was made stays', async () => {
  const other = await company.person();
  const { id } = await ask(person, [manual(leave, '2026-07-06')]);
  for (const [name, value] of Object.entries({ user_id: other.userId, created: '2020-01-01T00:00:00+00:00' })) {
    const answer = await change(company.admin, id, { [name]: value });
    assert.deepEqual([answer._status_code, answer._status_extra], [417, `Invalid params: ${name}`]);
  }
});

test('canceling takes all entries along, but leaves one that was canceled before when it is asked for again', async () => {
  const { id } = await ask(person, [manual(leave, '2026-07-06'), manual(leave, '2026-07-07')]);
  const [one] = await entriesOf(person, id);
  await person.put('/time_off_request_entries', [{ id: one?.id, status: 'canceled' }]);
  assert.equal((await requestOf(person, id)).status, 'pending', 'the other entry still waits');
  assert.equal((await change(person, id, { status: 'canceled' })).status, 'canceled');
  assert.deepEqual(
    (await entriesOf(person, id)).map(({ status }) => status),
    ['canceled', 'canceled'],
  );
  assert.equal((await change(person, id, { status: 'pending' })).status, 'pending');
  assert.deepEqual(
    (await entriesOf(person, id)).map(({ status }) => status),
    ['pending', 'pending'],
  );
});

test('archiving cancels a request with its entries and notes, and restoring brings them back canceled', async () => {
  const { id } = await ask(person, [manual(leave, '2026-07-06'), manual(leave, '2026-07-07')], {
    time_off_request_notes: [{ note: 'one' }],
  });
  const answer = await person.put('/time_off_requests', [{ id, active: false }]);
  const archived = only(answer, 'time_off_requests');
  assert.deepEqual([archived.status, archived.active], ['canceled', false]);
  assert.equal((archived.time_off_request_entries as number[]).length, 2, 'they are still listed');
  for (const name of ['time_off_request_notes', 'time_off_request_entries']) {
    const rows = Object.values(answer.body.supplemental_data?.[name] ?? {}) as unknown as Row[];
    assert.ok(rows.length > 0 && rows.every(({ active }) => active === false), name);
  }
  assert.ok((await entriesOf(person, id)).every(({ status, active }) => status === 'canceled' && active === false));
  for (const values of [{ status: 'pending' }, { time_off_request_notes: [{ note: 'late' }] }])
    assert.match(String((await change(person, id, values))._status_extra), /archived/);
  const late = await person.post('/time_off_request_entries', [
    { time_off_request_id: id, ...manual(leave, '2026-07-08') },
  ]);
  assert.match(String(only(late, 'time_off_request_entries')._status_extra), /canceled|archived/);
  const restored = await change(person, id, { active: true, status: 'pending' });
  assert.deepEqual([restored._status_code, restored.status, restored.active], [200, 'pending', true]);
  assert.ok((await entriesOf(person, id)).every(({ status, active }) => status === 'pending' && active === true));
});

test('a request whose entries are all archived can not be approved', async () => {
  const { id } = await ask(person, [manual(leave, '2026-07-06')]);
  const [entry] = await entriesOf(person, id);
  await person.put('/time_off_request_entries', [{ id: entry?.id, active: false }]);
  const request = await requestOf(person, id);
  assert.deepEqual([request.status, request.time_off_request_entries], ['canceled', []]);
  const refusal = await change(company.admin, id, { status: 'approved' });
  assert.equal(refusal._status_extra, 'The request has no entry that could become approved.');
});

test('lists by id, by user and by time of change; the page says 404 for an unknown one', async () => {
  const place = await world.company();
  const code = await place.jobcode({ type: 'pto' });
  const [one, two] = [await place.person(), await place.person()];
  const first = await ask(one, [manual(code, '2026-07-06')]);
  const second = await ask(two, [regular(code, '2026-07-06T08:00:00-06:00', '2026-07-06T12:00:00-06:00')]);
  const ids = async (query: Record<string, string | number>, by = place.admin): Promise<unknown[]> =>
    rowsIn(await by.get('/time_off_requests', query), 'time_off_requests').map(({ id }) => id);
  assert.deepEqual(await ids({}), [first.id, second.id]);
  assert.deepEqual(await ids({ ids: Number(second.id) }), [second.id]);
  assert.deepEqual(await ids({ user_ids: one.userId }), [first.id]);
  assert.deepEqual(await ids({ modified_since: '2199-01-01T00:00:00+00:00' }), []);
  assert.deepEqual(await ids({ limit: 1, page: 2 }), [second.id]);
  assert.deepEqual(await ids({}, one), [first.id]);
  assert.deepEqual(await ids({ user_ids: two.userId }, one), []);
  // What a client of old sends besides is ignored.
  assert.deepEqual(await ids({ status: 'pending', start_date: '2026-01-01' }), [first.id, second.id]);
  const plain = await place.admin.get('/time_off_requests', { supplemental_data: 'no' });
  assert.ok(!('supplemental_data' in plain.body));
  const unknown = await change(place.admin, 2_000_000_000, { status: 'denied' });
  assert.deepEqual([unknown._status_code, unknown._status_message], [404, 'Not Found']);
  const hidden = await change(one, second.id, { status: 'canceled' });
  assert.deepEqual([hidden._status_code, hidden._status_extra], [404, 'The time off request does not exist']);
});

test("another company's jobcode, request and entries do not exist", async () => {
  const place = await world.company();
  const theirs = await place.jobcode({ type: 'pto' });
  const { id } = await ask(place.admin, [manual(theirs, '2026-07-06')]);
  const refusal = only(
    await person.post('/time_off_requests', [{ time_off_request_entries: [manual(theirs, '2026-07-06')] }]),
    'time_off_requests',
  );
  assert.equal(refusal._status_extra, `item 1 of time_off_request_entries: jobcode_id ${theirs} does not exist`);
  const entry = only(
    await company.admin.post('/time_off_request_entries', [
      { time_off_request_id: id, ...manual(leave, '2026-07-06') },
    ]),
    'time_off_request_entries',
  );
  assert.equal(entry._status_extra, `time_off_request_id ${id} does not exist`);
});
