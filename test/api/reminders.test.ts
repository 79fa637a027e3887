import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { assertDenied, idsIn, instant, itemOf, type Row, rowsOf } from './users-support.ts';

let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

/** The properties in the order of the reference's example. */
const keys = [
  'id',
  'reminder_type',
  'due_time',
  'due_days_of_week',
  'distribution_methods',
  'active',
  'enabled',
  'last_modified',
  'created',
  'user_id',
];

function clockIn(userId: number | string, more: Row = {}): Row {
  return {
    user_id: userId,
    reminder_type: 'clock-in',
    due_time: '08:10:00',
    due_days_of_week: 'Mon,Tue,Sat,Sun',
    distribution_methods: 'Push,SMS,Email',
    active: true,
    enabled: true,
    ...more,
  };
}

const clockOut = (userId: number | string, more: Row = {}): Row =>
  clockIn(userId, { reminder_type: 'clock-out', due_time: '18:20:00', enabled: false, ...more });

async function post(by: Person, item: Row): Promise<Row> {
  return itemOf(await by.post('/reminders', [item]), 'reminders');
}

async function put(by: Person, item: Row): Promise<Row> {
  return itemOf(await by.put('/reminders', [item]), 'reminders');
}

/** What comes back without what the database gave. */
function plain({ id: _, created: __, last_modified: ___, ...rest }: Row): Row {
  return rest;
}

test('reminders are created, and read, as in the reference', async () => {
  const { userId } = await company.person();
  const made = await admin.post('/reminders', [clockIn(userId), clockOut(userId)]);
  const [one, two] = [itemOf(made, 'reminders', 1), itemOf(made, 'reminders', 2)];
  assert.deepEqual(Object.keys(one), ['_status_code', '_status_message', ...keys]);
  assert.deepEqual(plain(one), { _status_code: 200, _status_message: 'Created', ...clockIn(userId) });
  assert.deepEqual(plain(two), { _status_code: 200, _status_message: 'Created', ...clockOut(userId) });
  const read = await admin.get('/reminders', { user_ids: `0,${userId}`, reminder_types: 'clock-in,clock-out' });
  assert.deepEqual(idsIn(read, 'reminders'), [one.id, two.id]);
  const row = rowsOf(read, 'reminders')[String(one.id)] ?? {};
  assert.deepEqual(Object.keys(row), keys);
  assert.match(String(row.created), instant);
  assert.match(String(row.last_modified), instant);
  assert.deepEqual(plain(row), clockIn(userId));
  assert.deepEqual(Object.keys(rowsOf(read, 'users', 'supplemental_data')), [String(userId)]);
  assert.ok(
    !('supplemental_data' in (await admin.get('/reminders', { user_ids: userId, supplemental_data: 'no' })).body),
  );
});

test('every filter', async () => {
  const place = await world.company();
  const [one, two] = [await place.person(), await place.person()];
  const made = await place.admin.post('/reminders', [
    clockIn(0),
    clockOut(0, { active: false }),
    clockIn(one.userId),
    clockOut(two.userId),
  ]);
  const [shared = 0, silent = 0, first = 0, second = 0] = idsIn(made, 'reminders');
  const everyone = `0,${one.userId},${two.userId}`;
  const cases: [Record<string, string | number>, number[]][] = [
    [{ user_ids: everyone }, [shared, silent, first, second]],
    [{ user_ids: 0 }, [shared, silent]],
    [{ user_ids: one.userId }, [first]],
    [{ user_ids: `${two.userId}, 0` }, [shared, silent, second]],
    [{ user_ids: 99_999_999 }, []],
    [{ user_ids: everyone, reminder_types: 'clock-in' }, [shared, first]],
    [{ user_ids: everyone, reminder_types: 'clock-in, clock-out' }, [shared, silent, first, second]],
    [{ user_ids: everyone, modified_since: '2020-01-01T00:00:00-06:00' }, [shared, silent, first, second]],
    [{ user_ids: everyone, modified_since: '2099-01-01T00:00:00 00:00' }, []],
    [{ user_ids: everyone, limit: 1, page: 3 }, [first]],
  ];
  for (const [query, expected] of cases) {
    assert.deepEqual(idsIn(await place.admin.get('/reminders', query), 'reminders'), expected, JSON.stringify(query));
  }
  const wrong = [{}, { reminder_types: 'clock-in' }, { user_ids: 'x' }, { user_ids: 0, reminder_types: 'lunch' }];
  for (const query of wrong) {
    const answer = await place.admin.get('/reminders', query as Record<string, string>);
    assert.equal(answer.status, 417, JSON.stringify(query));
    assert.match(answer.text, 'reminder_types' in query && 'user_ids' in query ? /reminder_types/ : /user_ids/);
  }
});

test('what real clients send is understood', async () => {
  const { userId } = await company.person();
  const sent = clockIn(String(userId), {
    due_days_of_week: 'Fri, Mon, Tue',
    distribution_methods: 'email, Push',
    active: 'true',
    enabled: 'no',
  });
  assert.deepEqual(plain(await post(admin, sent)), {
    _status_code: 200,
    _status_message: 'Created',
    ...clockIn(userId),
    due_days_of_week: 'Mon,Tue,Fri',
    distribution_methods: 'Push,Email',
    enabled: false,
  });
  const shared = await post(admin, clockIn('0', { due_time: '00:00:00' }));
  assert.deepEqual([shared._status_code, shared.user_id], [200, 0]);
});

test('each has one reminder of a type: the same again is accepted, another one is a duplicate', async () => {
  const { userId } = await company.person();
  const made = await post(admin, clockIn(userId));
  const again = await post(admin, clockIn(userId, { due_days_of_week: 'Sun, Sat,Tue,Mon' }));
  assert.deepEqual([again._status_code, again._status_message, again.id], [202, 'Accepted', made.id]);
  const other = await post(admin, clockIn(userId, { due_time: '08:15:00' }));
  assert.deepEqual([other._status_code, other._status_message], [406, 'Not Acceptable']);
  assert.equal(other._status_extra, `Duplicate entry: User ${userId} has a clock-in reminder already`);
  assert.equal(other.due_time, '08:15:00', 'what was sent comes back');
  const out = await post(admin, clockOut(userId));
  const turned = await put(admin, { id: out.id, reminder_type: 'clock-in' });
  assert.equal(turned._status_code, 406);
  // Within one request, too.
  const fresh = await company.person();
  const items = [clockIn(fresh.userId), clockIn(fresh.userId), clockIn(fresh.userId, { enabled: false })];
  const answer = await admin.post('/reminders', items);
  const codes = [1, 2, 3].map((position) => itemOf(answer, 'reminders', position)._status_code);
  assert.deepEqual(codes, [200, 202, 406]);
  assert.equal(idsIn(await admin.get('/reminders', { user_ids: fresh.userId }), 'reminders').length, 1);
});

test('of many who create one reminder at the same moment, one makes it and the others find it', async () => {
  const { userId } = await company.person();
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(admin, clockIn(userId))));
  assert.deepEqual(answers.map(({ _status_code }) => _status_code).sort(), [200, 202, 202, 202, 202, 202]);
  assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
});

test('a reminder is edited by its id, or by its user and type', async () => {
  const { userId } = await company.person();
  const made = await post(admin, clockIn(userId));
  const byId = await put(admin, { id: made.id, due_time: '09:00:00' });
  assert.deepEqual([byId._status_code, byId._status_message, byId.due_time], [200, 'Updated', '09:00:00']);
  const byKey = await put(admin, clockIn(String(userId), { enabled: false }));
  assert.deepEqual(plain(byKey), {
    _status_code: 200,
    _status_message: 'Updated',
    ...clockIn(userId, { enabled: false }),
  });
  assert.equal(byKey.id, made.id);
  const type = await put(admin, { id: made.id, reminder_type: 'clock-out' });
  assert.equal(type.reminder_type, 'clock-out');
  const unknown = await put(admin, clockIn(userId));
  assert.deepEqual([unknown._status_code, unknown._status_extra], [417, 'The reminder does not exist']);
  const nobody = await put(admin, { reminder_type: 'clock-in', due_time: '09:00:00' });
  assert.equal(nobody._status_extra, 'Missing required params: id');
  const moved = await put(admin, { id: made.id, user_id: admin.userId });
  assert.equal(moved._status_extra, 'Invalid params: user_id');
  const same = await put(admin, { id: made.id, user_id: userId, due_days_of_week: 'Sun,Sat,Tue,Mon' });
  assert.equal(same.last_modified, type.last_modified);
});

test('the reminders of the company are named by user 0', async () => {
  const place = await world.company();
  const made = await post(place.admin, clockIn(0));
  const edited = await put(place.admin, { user_id: 0, reminder_type: 'clock-in', due_time: '10:00:00' });
  assert.deepEqual([edited._status_code, edited.id, edited.due_time], [200, made.id, '10:00:00']);
});

test('a bad item does not hinder the others of its batch', async () => {
  const gone = await company.person();
  await admin.put('/users', [{ id: gone.userId, active: false }]);
  const [one, two] = [await company.person(), await company.person()];
  const { due_time: _, ...timeless } = clockIn(one.userId);
  const { active: __, ...neither } = clockIn(one.userId);
  const cases: [Row, RegExp | 200][] = [
    [clockIn(one.userId), 200],
    [timeless, /^Missing required params: due_time$/],
    [neither, /^Missing required params: active$/],
    [{}, /^Missing required params: reminder_type,due_time,.*user_id$/],
    [clockOut(one.userId, { due_time: '18:21:00' }), /^due_time must be a time of day as hh:mm:ss, in steps of 5/],
    [clockOut(one.userId, { due_time: '18:20' }), /^due_time/],
    [clockOut(one.userId, { due_time: '24:00:00' }), /^due_time/],
    [clockOut(one.userId, { due_time: '18:20:05' }), /^due_time/],
    [clockOut(one.userId, { due_days_of_week: 'Monday' }), /^due_days_of_week must be some of Mon, Tue/],
    [clockOut(one.userId, { due_days_of_week: ', ' }), /^due_days_of_week/],
    [clockOut(one.userId, { distribution_methods: 'Push,Fax' }), /^distribution_methods must be some of Push, SMS/],
    [clockOut(one.userId, { reminder_type: 'lunch' }), /^reminder_type must be one of clock-in, clock-out$/],
    [clockOut(one.userId, { active: 'perhaps' }), /^active must be true or false$/],
    [clockOut(gone.userId), /^User \d+ is archived$/],
    [clockOut(99_999_999), /^user_id 99999999 does not exist$/],
    [clockOut(one.userId, { colour: 'red' }), /^Invalid params: colour$/],
    [clockIn(two.userId), 200],
  ];
  const answer = await admin.post(
    '/reminders',
    cases.map(([item]) => item),
  );
  cases.forEach(([sent, expected], index) => {
    const item = itemOf(answer, 'reminders', index + 1);
    assert.equal(item._status_code, expected === 200 ? 200 : 417, JSON.stringify({ sent, item }));
    if (expected !== 200) assert.match(String(item._status_extra), expected);
  });
});

test('everyone decides for himself, managers for their people, manage_users for all and for the company', async () => {
  const place = await world.company();
  const chief = await place.person();
  const group = await place.group([chief]);
  const member = await place.person({ groupId: group });
  const other = await place.person();
  const shared = await post(place.admin, clockOut(0));
  const cases: [string, Person, number, boolean][] = [
    ['oneself', other, other.userId, true],
    ['a colleague', other, member.userId, false],
    ['the company', other, 0, false],
    ['the manager for a member', chief, member.userId, true],
    ['the manager for somebody else', chief, other.userId, false],
    ['the manager for the company', chief, 0, false],
    ['manage_users for the company', await place.person({ permissions: ['manage_users'] }), 0, true],
    ['manage_timesheets', await place.person({ permissions: ['manage_timesheets'] }), member.userId, false],
  ];
  for (const [what, by, userId, allowed] of cases) {
    const item = await post(by, clockIn(userId));
    if (allowed) assert.equal(item._status_code, 200, `${what}: ${item._status_extra}`);
    else if (userId === 0) assertDenied(item, what);
    else assert.equal(item._status_code, 417, what);
  }
  // Everyone sees what concerns him: the company's and his own.
  const seen = rowsOf(await other.get('/reminders', { user_ids: `0,${other.userId},${member.userId}` }), 'reminders');
  assert.deepEqual(
    Object.values(seen).map(({ user_id }) => user_id),
    [0, other.userId, 0],
  );
  assertDenied(await put(other, { id: shared.id, enabled: true }), 'edit the one of the company');
  assert.equal((await place.admin.delete('/reminders', [Number(shared.id)])).status, 501);
});

test('another company is as if it did not exist', async () => {
  const stranger = await world.company();
  const person = await stranger.person();
  const theirs = await post(stranger.admin, clockIn(person.userId));
  assert.deepEqual(rowsOf(await admin.get('/reminders', { user_ids: person.userId }), 'reminders'), {});
  for (const item of [{ id: theirs.id, enabled: false }, clockIn(person.userId)])
    assert.equal((await put(admin, item))._status_extra, 'The reminder does not exist');
  assert.equal((await post(admin, clockIn(person.userId)))._status_extra, `user_id ${person.userId} does not exist`);
});
