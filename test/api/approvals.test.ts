import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { statementCounter } from '../conformance/counting.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { put } from './users-support.ts';

/** Noon in Denver on 15 June 2026, a Monday. */
const now = Date.UTC(2026, 5, 15, 18) / 1000;

const counter = statementCounter();
let world: World;
let company: Company;
let job: number;
let chief: Person;
let approver: Person;
let group: number;

before(async () => {
  world = await openWorld({ now, decorate: counter.decorate });
  company = await world.company();
  job = await company.jobcode();
  chief = await company.person();
  group = await company.group([chief]);
  approver = await company.person({ permissions: ['approve_timesheets'] });
});
after(() => world.close());

const never = '2000-01-01';
/** Two weeks; the first may be approved, the second submitted. */
const [first, second] = ['2026-06-07', '2026-06-14'];

async function database(statement: ReturnType<typeof sql>): Promise<(readonly (string | null)[])[]> {
  const rows = await world.services.database.forCompany(company.id).rows(statement);
  world.services.cache.forget(company.id);
  return rows;
}

/** Sets the dates of people as if they had always been so. */
async function dates(people: readonly Person[], submitted: string, approved: string): Promise<void> {
  await database(sql`UPDATE users SET submitted_to = ${submitted}, approved_to = ${approved}
    WHERE company_id = ${company.id} AND id = ANY(${people.map(({ userId }) => userId)}::int[])`);
}

/** Posts one item; gives it, and what became of each person. */
async function move(by: Person, item: Row): Promise<{ item: Row; users: Record<string, Row> }> {
  const [result = {}] = rowsIn(await by.post('/approvals', [item]), 'approvals');
  return { item: result, users: result.users as Record<string, Row> };
}

/** Posts one item about one person; gives the dates afterwards, or the sentence that refuses. */
async function moveOne(by: Person, person: Person, action: string, to?: string, reason?: string): Promise<unknown> {
  const order = { action, user_ids: [person.userId], to: to ?? '', reason: reason ?? '' };
  const { item, users } = await move(by, order);
  const one = users[person.userId];
  if (one === undefined) return item._status_extra;
  assert.equal(item._status_code, one._status_code);
  if (one._status_code === 200) return [one.submitted_to, one.approved_to];
  assert.deepEqual([one._status_code, one._status_message], [417, 'Expectation Failed']);
  return one._status_extra;
}

/** Who was told what by mail since the last call, in order of being sent. */
async function told(): Promise<[userId: number, subject: string, text: string][]> {
  const rows = await world.services.database.system.rows(
    sql`WITH gone AS (DELETE FROM jobs WHERE company_id = ${company.id} AND name = 'message' RETURNING id, payload)
        SELECT payload FROM gone ORDER BY id`,
  );
  const messages = rows.map(([payload]) => JSON.parse(String(payload)) as Record<string, string>);
  const mails = messages.filter(({ method }) => method === 'email');
  return mails.map(({ userId, subject = '', text = '' }) => [Number(userId), subject, text]);
}

const name = (person: Person): string => (person.username === 'admin' ? 'Ada Min' : `Pat ${person.username}`);

test('what each action does, the events that stay, and who is told', async () => {
  const person = await company.person({ groupId: group });
  await company.setting('approvals', 'employee_approval', 1, { userId: person.userId });
  await told();
  const id = person.userId;
  const reason = 'Friday has no lunch.';
  type News = [Person, subject: string, text: string];
  const steps: [by: Person, action: string, to: string | undefined, expected: string[], news: News[]][] = [
    [
      person,
      'submit',
      second,
      [second, never],
      [
        [chief, `Time of ${name(person)} was submitted`, `${name(person)} submitted time to ${second}.`],
        [approver, `Time of ${name(person)} was submitted`, `${name(person)} submitted time to ${second}.`],
      ],
    ],
    [person, 'submit', first, [second, never], []],
    [
      chief,
      'approve',
      first,
      [second, first],
      [[person, 'Your time was approved', `${name(chief)} approved your time to ${first}.`]],
    ],
    [chief, 'approve', first, [second, first], []],
    [
      person,
      'unsubmit',
      '2026-06-10',
      ['2026-06-10', first],
      [
        [chief, `Time of ${name(person)} is no longer submitted`, `${name(person)} took back time after 2026-06-10.`],
        [
          approver,
          `Time of ${name(person)} is no longer submitted`,
          `${name(person)} took back time after 2026-06-10.`,
        ],
      ],
    ],
    [
      chief,
      'submit',
      second,
      [second, first],
      [
        [
          approver,
          `Time of ${name(person)} was submitted`,
          `${name(chief)} submitted the time of ${name(person)} to ${second}.`,
        ],
        [person, 'Your time was submitted', `${name(chief)} submitted your time to ${second} for you.`],
      ],
    ],
    [
      chief,
      'reject',
      undefined,
      [first, first],
      [
        [
          person,
          'Your time was rejected',
          `${name(chief)} rejected your time of 2026-06-08 to ${second}. Please correct it and submit it again.\n\n${reason}`,
        ],
      ],
    ],
    [
      approver,
      'approve',
      second,
      [second, second],
      [[person, 'Your time was approved', `${name(approver)} approved your time to ${second}.`]],
    ],
    [
      approver,
      'unapprove',
      '2026-06-13',
      [second, '2026-06-13'],
      [
        [
          person,
          'Your time is no longer approved',
          `${name(approver)} took back the approval of your time of ${second}.`,
        ],
      ],
    ],
  ];
  for (const [by, action, to, expected, news] of steps) {
    const result = await moveOne(by, person, action, to, action === 'reject' ? reason : '');
    assert.deepEqual(result, expected, `${action} ${to}`);
    const messages = news.map(([{ userId }, ...rest]) => [userId, ...rest]);
    assert.deepEqual(await told(), messages, `${action} ${to}`);
    const [row] = rowsIn(await company.admin.get('/users', { ids: id }), 'users');
    assert.deepEqual([row?.submitted_to, row?.approved_to], expected);
  }
  const events = rowsIn(await person.get('/approvals', { user_ids: id }), 'approvals');
  assert.deepEqual(
    events.map(({ actor_user_id: actor, action, reason: why }) => [actor, action, why]),
    [
      [id, 'submit', ''],
      [chief.userId, 'approve', ''],
      [id, 'unsubmit', ''],
      [chief.userId, 'submit', ''],
      [chief.userId, 'reject', reason],
      [approver.userId, 'approve', ''],
      [approver.userId, 'unapprove', ''],
    ],
  );
  const { id: eventId, created, last_modified: modified, ...rejection } = events[4] ?? {};
  assert.ok(Number(eventId) > 0 && String(modified) !== '');
  assert.deepEqual(rejection, {
    user_id: id,
    actor_user_id: chief.userId,
    action: 'reject',
    submitted_from: second,
    submitted_to: first,
    approved_from: first,
    approved_to: first,
    reason,
  });
  assert.equal(created, '2026-06-15T18:00:00+00:00');
  const history = await database(sql`
    SELECT actor_user_id, after ->> 'submitted_to', after ->> 'approved_to' FROM history
    WHERE company_id = ${company.id} AND resource = 'users' AND row_id = ${id} AND before IS NOT NULL ORDER BY id`);
  assert.equal(history.length, 7);
  assert.deepEqual(history[4], [String(chief.userId), first, first]);
});

test('what is refused, in words', async () => {
  const person = await company.person({ groupId: group });
  const archived = await company.person({ groupId: group });
  const working = await company.person({ groupId: group });
  const { admin } = company;
  await admin.put('/users', [{ id: archived.userId, active: false }]);
  const [open] = rowsIn(
    await admin.post('/timesheets', [
      { user_id: working.userId, jobcode_id: job, type: 'regular', start: '2026-06-14T22:00:00-06:00', end: '' },
    ]),
    'timesheets',
  );
  await dates([person], second, first);
  await told();
  const denied = (what: string): string => `Oops! You don't have permission to ${what}`;
  const cases: [by: Person, Person, action: string, to: string | undefined, expected: string, reason?: string][] = [
    [admin, person, 'reject', undefined, 'reason is missing: say what must be corrected.'],
    [admin, person, 'reject', '2026-06-01', `The time is approved to ${first}; take the approval back first.`, 'x'],
    [admin, person, 'reject', '2026-06-20', `There is nothing to reject: time is submitted to ${second}.`, 'x'],
    [admin, working, 'reject', undefined, 'There is nothing to reject: nothing was submitted.', 'x'],
    [admin, person, 'approve', undefined, 'to is missing: the last day to approve.'],
    [admin, person, 'approve', 'soon', 'to must be a date in the form YYYY-MM-DD'],
    [admin, person, 'approve', '1999-01-01', 'to must not be before 2000-01-01.'],
    [admin, person, 'approve', '2027-06-17', 'Time can not be approved more than a year ahead.'],
    [admin, person, 'submit', '2027-06-17', 'Time can not be submitted more than a year ahead.'],
    [admin, person, 'bless', first, 'action must be one of submit, unsubmit, approve, unapprove, reject'],
    [admin, archived, 'approve', first, `User ${archived.userId} is archived.`],
    [
      admin,
      working,
      'approve',
      second,
      `Timesheet ${open?.id} of ${second} is still on the clock; clock out first, then approve.`,
    ],
    [
      admin,
      working,
      'submit',
      second,
      `Timesheet ${open?.id} of ${second} is still on the clock; clock out first, then submit.`,
    ],
    [person, person, 'submit', second, denied('submit time')],
    [person, person, 'unsubmit', undefined, denied('submit time')],
    [person, person, 'approve', second, denied('approve time')],
    [person, person, 'reject', undefined, denied('approve time'), 'x'],
    [chief, approver, 'approve', first, `user_id ${approver.userId} does not exist`],
    [admin, { ...person, userId: 999_999 }, 'approve', first, 'user_id 999999 does not exist'],
  ];
  for (const [by, of, action, to, expected, reason] of cases)
    assert.equal(await moveOne(by, of, action, to, reason), expected, `${action} ${to}`);
  assert.deepEqual(await told(), []);
  assert.deepEqual(await moveOne(admin, working, 'approve', '2026-06-13'), ['2026-06-13', '2026-06-13']);

  const whole: [Row, string][] = [
    [{ action: 'approve', to: first }, 'Say whose time: give one of user_ids, group_ids and everyone.'],
    [
      { action: 'approve', to: first, everyone: true, user_ids: [1] },
      'Say whose time: give one of user_ids, group_ids and everyone.',
    ],
    [{ action: 'approve', to: first, group_ids: [999_999] }, 'group_id 999999 does not exist'],
    [{ to: first, everyone: true }, 'Missing required params: action'],
    [{ action: 'approve', to: first, everyone: true, until: 'x' }, 'Invalid params: until'],
    [{ action: 'approve', to: first, user_ids: 'x' }, 'user_ids must be a list of ids'],
  ];
  for (const [item, expected] of whole) {
    const result = (await move(admin, item)).item;
    assert.deepEqual([result._status_code, result._status_extra, result.users], [417, expected, {}]);
  }
  assert.equal(
    (await move(person, { action: 'submit', to: first, everyone: true })).item._status_extra,
    denied('submit the time of anybody but yourself'),
  );
  const items = rowsIn(await admin.post('/approvals', ['x']), 'approvals');
  assert.equal(items[0]?._status_extra, 'Each item of data must be an object');
  assert.equal((await admin.post('/approvals', Array(51).fill({}))).status, 413);
  assert.equal((await admin.put('/approvals', [])).status, 501);
});

test('closed books and exported time stay as they are, by both doors', async () => {
  const { admin } = company;
  const person = await company.person();
  const lock = (day: string | null) =>
    world.services.database.system.rows(sql`UPDATE companies SET lock_date = ${day} WHERE id = ${company.id}`);
  await admin.post('/timesheets', [
    { user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-06-05', duration: 3600 },
  ]);
  await database(sql`UPDATE timesheets SET locked = 1 WHERE company_id = ${company.id} AND user_id = ${person.userId}`);
  await dates([person], second, first);
  const exported = 'The time of 2026-06-05 was exported: it can not be taken back.';
  assert.equal(await moveOne(admin, person, 'unapprove', '2026-06-04'), exported);
  assert.equal((await put(admin, person.userId, { approved_to: '2026-06-04' }))._status_extra, exported);
  assert.deepEqual(await moveOne(admin, person, 'unapprove', '2026-06-05'), [second, '2026-06-05']);

  await dates([person], '2026-05-24', '2026-05-24');
  await lock('2026-05-31');
  const closed =
    "The company's books are closed to 2026-05-31: nothing of that day or before is submitted, approved or taken back.";
  assert.equal(await moveOne(admin, person, 'approve', '2026-05-31'), closed);
  assert.equal((await put(admin, person.userId, { approved_to: '2026-05-31' }))._status_extra, closed);
  assert.equal(await moveOne(admin, person, 'unapprove', '2026-05-17'), closed);
  assert.deepEqual(await moveOne(admin, person, 'approve', first), [first, first]);
  await lock(null);
});

test('PUT /users keeps the same rules, and tells the same people', async () => {
  const person = await company.person({ groupId: group });
  await company.setting('approvals', 'employee_approval', 1, { userId: person.userId });
  await told();
  assert.equal((await put(person, person.userId, { submitted_to: second }))._status_code, 200);
  assert.deepEqual(
    (await told()).map(([userId, subject]) => [userId, subject]),
    [chief, approver].map(({ userId }) => [userId, `Time of ${name(person)} was submitted`]),
  );
  assert.equal((await put(chief, person.userId, { approved_to: second }))._status_code, 200);
  assert.deepEqual(await told(), [
    [person.userId, 'Your time was approved', `${name(chief)} approved your time to ${second}.`],
  ]);
  await company.admin.post('/timesheets', [
    { user_id: person.userId, jobcode_id: job, type: 'regular', start: '2026-06-15T08:00:00-06:00', end: '' },
  ]);
  const refused = await put(chief, person.userId, { approved_to: '2026-06-15', last_name: 'Other' });
  assert.match(
    String(refused._status_extra),
    /^Timesheet \d+ of 2026-06-15 is still on the clock; clock out first, then approve\.$/,
  );
  const far = await put(chief, person.userId, { approved_to: '2030-01-01' });
  assert.equal(far._status_extra, 'Time can not be approved more than a year ahead.');
  const events = rowsIn(await chief.get('/approvals', { user_ids: person.userId }), 'approvals');
  assert.deepEqual(
    events.map(({ action, actor_user_id: actor }) => [action, actor]),
    [
      ['submit', person.userId],
      ['approve', chief.userId],
    ],
  );
});

test('a group, everyone, and several orders at once: each person by himself', async () => {
  const place = await world.company();
  const boss = await place.person();
  const team = await place.group([boss]);
  const members: Person[] = [];
  for (let n = 0; n < 3; n += 1) members.push(await place.person({ groupId: team }));
  const [ann, bob, gone] = members as [Person, Person, Person];
  const outsider = await place.person();
  const task = await place.jobcode();
  await place.admin.put('/users', [{ id: gone.userId, active: false }]);
  await place.admin.post('/timesheets', [
    { user_id: bob.userId, jobcode_id: task, type: 'regular', start: '2026-06-15T08:00:00-06:00', end: '' },
  ]);
  const ids = (...people: Person[]): string[] => people.map(({ userId }) => String(userId)).sort();

  const byGroup = await move(boss, { action: 'approve', group_ids: [team], to: '2026-06-15' });
  assert.deepEqual(Object.keys(byGroup.users), ids(ann, bob));
  assert.deepEqual([byGroup.item._status_code, byGroup.item._status_extra], [417, '1 of 2 refused; see users.']);
  assert.deepEqual(byGroup.users[ann.userId], {
    _status_code: 200,
    _status_message: 'Updated',
    user_id: ann.userId,
    submitted_to: '2026-06-15',
    approved_to: '2026-06-15',
  });
  assert.deepEqual([byGroup.users[bob.userId]?._status_code, byGroup.users[bob.userId]?.approved_to], [417, never]);
  const mine = await move(boss, { action: 'unapprove', everyone: true, to: first });
  assert.deepEqual([Object.keys(mine.users), mine.item._status_code], [ids(ann, bob), 200]);
  const all = await move(place.admin, { action: 'submit', everyone: true, to: first });
  assert.deepEqual(Object.keys(all.users), ids(place.admin, boss, ann, bob, outsider));

  // Of three orders about one person each sees those before it; a single item may stand without a list.
  const several = await place.admin.post('/approvals', [
    { action: 'approve', user_ids: `${outsider.userId}`, to: second },
    { action: 'unapprove', user_ids: [outsider.userId], to: first },
    { action: 'reject', user_ids: [outsider.userId], reason: 'Which job was it?' },
  ]);
  const states = rowsIn(several, 'approvals').map(({ users }) => {
    const one = (users as Record<string, Row>)[outsider.userId];
    return [one?.submitted_to, one?.approved_to];
  });
  assert.deepEqual(states, [
    [second, second],
    [second, first],
    [first, first],
  ]);
  const alone = await fetch(`${world.url}/api/v1/approvals`, { method: 'POST', body: '{"data":{"action":"x"}}' });
  assert.equal(alone.status, 401);
});

test('the number of statements does not grow with the number of people', async () => {
  const place = await world.company();
  const statements = async (to: string): Promise<number> => {
    await place.admin.get('/current_user');
    counter.take();
    const { item } = await move(place.admin, { action: 'submit', everyone: true, to });
    assert.equal(item._status_code, 200);
    return counter.take();
  };
  await place.person();
  await statements('2026-05-24');
  const few = await statements('2026-05-31');
  for (let n = 0; n < 12; n += 1) await place.person();
  const many = await statements(first);
  // Facts that an announcement made the server forget in between cost a few.
  assert.ok(few <= 20 && many <= few + 6, `two people cost ${few} statements, fourteen cost ${many}`);
  const rows = await world.services.database.system.rows(sql`
    SELECT (SELECT count(*) FROM approval_events WHERE company_id = ${place.id}),
      (SELECT count(*) FROM jobs WHERE company_id = ${place.id} AND name = 'message')`);
  // Everyone but the admin is told by mail and on the dashboard; nobody else stands above them.
  assert.deepEqual(rows, [['18', '30']]);
});

test('approved time is changed only by those who may approve it, through every door, and its owner is told', async () => {
  const { admin } = company;
  const person = await company.person({ groupId: group, permissions: ['manage_my_timesheets'] });
  const other = await company.person({ groupId: group });
  const keeper = await company.person({ permissions: ['manage_timesheets'] });
  const [leave, rest] = [await company.jobcode({ type: 'pto' }), await company.jobcode({ type: 'unpaid_break' })];
  const day = '2026-06-10';
  const manual = (more: Row = {}): Row => ({
    user_id: person.userId,
    jobcode_id: job,
    type: 'manual',
    date: day,
    duration: 3600,
    ...more,
  });
  const work = (start: string, end: string, more: Row = {}): Row => ({
    user_id: person.userId,
    jobcode_id: job,
    type: 'regular',
    start: `${start}-06:00`,
    end: `${end}-06:00`,
    ...more,
  });
  const made = rowsIn(
    await admin.post('/timesheets', [
      manual(),
      manual({ date: '2026-06-15' }),
      work('2026-06-14T20:00:00', '2026-06-15T04:00:00'),
      manual({ user_id: other.userId }),
    ]),
    'timesheets',
  );
  const [sheet, later, night, others] = made.map(({ id }) => Number(id));
  const asked = {
    user_id: person.userId,
    time_off_request_entries: [{ date: day, entry_method: 'manual', duration: 3600, jobcode_id: leave }],
  };
  const [request] = rowsIn(await admin.post('/time_off_requests', [asked]), 'time_off_requests');
  await dates([person], second, second);
  await told();

  const refusal = /^(entry 1: )?The time of 2026-06-1[04] is locked: it was approved to 2026-06-14\.$/;
  const doors: [what: string, (by: Person) => Promise<Row>][] = [
    ['create', async (by) => rowsIn(await by.post('/timesheets', [manual({ notes: 'new' })]), 'timesheets')[0] ?? {}],
    ['edit', async (by) => rowsIn(await by.put('/timesheets', [{ id: sheet, duration: 7200 }]), 'timesheets')[0] ?? {}],
    ['note', async (by) => rowsIn(await by.put('/timesheets', [{ id: sheet, notes: 'x' }]), 'timesheets')[0] ?? {}],
    [
      'move out',
      async (by) => rowsIn(await by.put('/timesheets', [{ id: sheet, date: '2026-06-15' }]), 'timesheets')[0] ?? {},
    ],
    ['move in', async (by) => rowsIn(await by.put('/timesheets', [{ id: later, date: day }]), 'timesheets')[0] ?? {}],
    [
      'shorten the night',
      async (by) =>
        rowsIn(await by.put('/timesheets', [{ id: night, end: '2026-06-15T03:00:00-06:00' }]), 'timesheets')[0] ?? {},
    ],
    [
      'split the night by a break of the day after',
      async (by) =>
        rowsIn(
          await by.post('/timesheets', [work('2026-06-15T01:00:00', '2026-06-15T01:30:00', { jobcode_id: rest })]),
          'timesheets',
        )[0] ?? {},
    ],
    ['delete', async (by) => rowsIn(await by.delete('/timesheets', [Number(sheet)]), 'timesheets')[0] ?? {}],
  ];
  for (const [what, door] of doors) {
    for (const by of [person, keeper]) {
      const item = await door(by);
      assert.equal(item._status_code, 417, `${what}: ${JSON.stringify(item)}`);
      assert.match(String(item._status_extra), refusal, what);
    }
  }
  const toHim = rowsIn(await keeper.put('/timesheets', [{ id: others, user_id: person.userId }]), 'timesheets')[0];
  assert.match(String(toHim?._status_extra), refusal, 'from somebody else');
  const off = rowsIn(
    await keeper.put('/time_off_requests', [{ id: request?.id, status: 'approved' }]),
    'time_off_requests',
  )[0];
  assert.match(String(off?._status_extra), refusal, 'time off');
  const batch = rowsIn(
    await keeper.post('/timesheets', [manual(), manual({ date: '2026-06-15', notes: 'free' })]),
    'timesheets',
  );
  assert.deepEqual(
    batch.map(({ _status_code: code }) => code),
    [417, 200],
    'a batch',
  );
  assert.deepEqual(await told(), []);

  // Whoever may approve changes it; it stays approved, and the owner is told once a request.
  for (const [what, door] of doors.filter(([name]) => name !== 'delete')) {
    const item = await door(chief);
    assert.ok([200, 201].includes(Number(item._status_code)), `${what}: ${JSON.stringify(item)}`);
    const messages = await told();
    assert.deepEqual(
      messages.map(([userId, subject]) => [userId, subject]),
      [[person.userId, 'Your approved time was changed']],
      what,
    );
  }
  const both = await chief.put('/timesheets', [
    { id: later, notes: 'one' },
    { id: night, notes: 'two' },
  ]);
  assert.equal(rowsIn(both, 'timesheets').length, 2);
  const [message, ...more] = await told();
  assert.deepEqual(more, []);
  assert.equal(message?.[2], `${name(chief)} changed approved time of yours: 2026-06-10 and 2026-06-14.`);
  await chief.delete('/timesheets', [Number(later), Number(night)]);
  assert.equal((await told())[0]?.[2], `${name(chief)} deleted approved time of yours: 2026-06-10 and 2026-06-14.`);
  const [row] = rowsIn(await admin.get('/users', { ids: person.userId }), 'users');
  assert.equal(row?.approved_to, second);
});

test('an approval between the rules and the write of a timesheet: the write is judged anew', async () => {
  const person = await company.person({ permissions: ['manage_my_timesheets'] });
  const [made] = rowsIn(
    await company.admin.post('/timesheets', [
      { user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-06-10', duration: 3600 },
    ]),
    'timesheets',
  );
  // What the server keeps of the user is older than the approval, as when another server has just approved.
  const stale = { jobcode_id: job, type: 'manual', date: '2026-06-11', duration: 3600, user_id: person.userId };
  await person.get('/timesheets', { ids: Number(made?.id) });
  await person.get('/users', { ids: person.userId });
  const locked = await world.services.database.forCompany(company.id).transaction(async (db) => {
    await db.rows(sql`UPDATE users SET submitted_to = ${second}, approved_to = ${second}
      WHERE company_id = ${company.id} AND id = ${person.userId}`);
    const writes = [
      person.put('/timesheets', [{ id: made?.id, duration: 7200 }]),
      person.post('/timesheets', [stale]),
      person.delete('/timesheets', [Number(made?.id)]),
    ];
    // They wait for the approval that is under way.
    await untilWaiting(writes.length);
    return { writes };
  });
  for (const answer of await Promise.all(locked.writes)) {
    const [item] = rowsIn(answer, 'timesheets');
    assert.equal(item?._status_code, 417, answer.text);
    assert.match(String(item?._status_extra), /it was approved to 2026-06-14/);
  }
});

test('a clock-in that is under way: both doors wait for it and refuse', async () => {
  const person = await company.person();
  const answers = await world.services.database.forCompany(company.id).transaction(async (db) => {
    await db.rows(sql`
      INSERT INTO timesheets (company_id, user_id, jobcode_id, type, start_at, start_offset, date, duration, tz_str,
        created_by_user_id)
      VALUES (${company.id}, ${person.userId}, ${job}, 'regular', '2026-06-15T14:00:00Z', -360, '2026-06-15', 0,
        'America/Denver', ${person.userId})`);
    const doors = [
      moveOne(company.admin, person, 'approve', '2026-06-15'),
      put(company.admin, person.userId, { approved_to: '2026-06-15' }).then((item) => item._status_extra),
    ];
    await untilWaiting(doors.length);
    return { doors };
  });
  for (const sentence of await Promise.all(answers.doors))
    assert.match(
      String(sentence),
      /^Timesheet \d+ of 2026-06-15 is still on the clock; clock out first, then approve\.$/,
    );
});

/** Until this many sessions wait for a lock in this database. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const [row] = await world.services.database.system.rows(
      sql`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (Number(row?.[0]) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
