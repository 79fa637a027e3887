import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { itemOf, type Row, rowsOf } from './users-support.ts';

// Tuesday noon in Denver (-06:00), 3 in the morning of Wednesday in Tokyo.
const noon = Date.parse('2026-03-10T12:00:00-06:00') / 1000;
const path = '/reports/current_totals';

let world: World;
let company: Company;
let crew: number;
const jobs: Record<'work' | 'other' | 'lunch' | 'rest' | 'vacation', number> = {
  work: 0,
  other: 0,
  lunch: 0,
  rest: 0,
  vacation: 0,
};
const people: Record<'ann' | 'bob' | 'cid' | 'dee' | 'eve', Person> = {} as never;

before(async () => {
  world = await openWorld({ shared: true, now: noon });
  company = await world.company();
  jobs.work = await company.jobcode();
  jobs.other = await company.jobcode({ parentId: jobs.work });
  jobs.lunch = await company.jobcode({ type: 'unpaid_break' });
  jobs.rest = await company.jobcode({ type: 'paid_break' });
  jobs.vacation = await company.jobcode({ type: 'pto' });
  people.dee = await company.person();
  crew = await company.group([people.dee]);
  people.ann = await company.person({ groupId: crew });
  people.bob = await company.person({ groupId: crew });
  people.cid = await company.person();
  people.eve = await company.person({ timeZone: 'Asia/Tokyo' });
  const { ann, bob, cid, eve } = people;
  await clock(ann, jobs.work, '2026-03-10T07:00:00-06:00', '2026-03-10T09:00:00-06:00');
  // Half a minute later: the same shift, with an unpaid and a paid break.
  await clock(ann, jobs.lunch, '2026-03-10T09:00:30-06:00', '2026-03-10T09:30:00-06:00');
  await clock(ann, jobs.rest, '2026-03-10T09:30:00-06:00', '2026-03-10T09:45:00-06:00');
  await clock(ann, jobs.other, '2026-03-10T09:45:00-06:00');
  // Before a gap of a minute.
  await clock(ann, jobs.work, '2026-03-10T05:00:00-06:00', '2026-03-10T06:59:00-06:00');
  // A night that began yesterday, and is on an unpaid break now.
  await clock(bob, jobs.work, '2026-03-09T22:00:00-06:00', '2026-03-10T02:00:00-06:00');
  await clock(bob, jobs.lunch, '2026-03-10T02:00:00-06:00');
  await clock(cid, jobs.work, '2026-03-10T08:00:00-06:00', '2026-03-10T08:10:00-06:00');
  await manual(cid, jobs.vacation, '2026-03-10', 7_200);
  await manual(cid, jobs.lunch, '2026-03-10', 600);
  await manual(cid, jobs.work, '2026-03-09', 3_600);
  // It is Wednesday there since 09:00 in Denver.
  await clock(eve, jobs.work, '2026-03-10T23:00:00+09:00');
  world.clock.set(noon - 60);
  await sent(
    ann.post('/geolocations', [
      {
        user_id: ann.userId,
        latitude: 43.6,
        longitude: -116.2,
        accuracy: 10,
        altitude: 800,
        created: '2026-03-10T11:00:00-06:00',
      },
    ]),
    'geolocations',
  );
  world.clock.set(noon);
});
after(() => world.close());

async function sent(answer: Promise<Answer>, name: string): Promise<void> {
  const item = itemOf(await answer, name);
  assert.equal(item._status_code, 200, JSON.stringify(item));
}

function clock({ userId }: Person, jobcode: number, start: string, end = ''): Promise<void> {
  const sheet = { user_id: userId, type: 'regular', jobcode_id: jobcode, start, end };
  return sent(company.admin.post('/timesheets', [sheet]), 'timesheets');
}

function manual({ userId }: Person, jobcode: number, date: string, duration: number): Promise<void> {
  const sheet = { user_id: userId, type: 'manual', jobcode_id: jobcode, date, duration };
  return sent(company.admin.post('/timesheets', [sheet]), 'timesheets');
}

/** Ids of the people in the order of the text. */
function order({ text }: Answer): number[] {
  return [...text.matchAll(/"(\d+)":\{"user_id":\1,/g)].map(([, id]) => Number(id));
}

async function total(person: Person): Promise<Row> {
  const answer = await company.admin.post(path, { user_ids: person.userId, on_the_clock: 'both' });
  return rowsOf(answer, 'current_totals')[person.userId] ?? {};
}

test('the answer has the keys of the reference, in its order, with what belongs to it', async () => {
  const answer = await company.admin.post(path, { on_the_clock: 'both' });
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json; charset=utf-8/);
  assert.deepEqual(Object.keys(answer.body), ['results', 'more', 'supplemental_data']);
  assert.deepEqual(Object.keys(answer.body.results ?? {}), ['current_totals']);
  assert.equal(answer.body.more as unknown, false);
  const { ann, bob, cid, dee, eve } = people;
  const totals = rowsOf(answer, 'current_totals');
  assert.deepEqual(
    order(answer),
    [company.admin, dee, ann, bob, cid, eve].map(({ userId }) => userId),
  );
  const { timesheet_id: openId, ...working } = totals[ann.userId] ?? {};
  assert.deepEqual(Object.keys(totals[ann.userId] ?? {}), [
    'user_id',
    'on_the_clock',
    'timesheet_id',
    'jobcode_id',
    'group_id',
    'shift_geolocations_available',
    'shift_seconds',
    'day_seconds',
  ]);
  // 2 h of work, 15 min of rest, and 2 h 15 min until now; the day has 1 h 59 min more.
  assert.deepEqual(working, {
    user_id: ann.userId,
    on_the_clock: true,
    jobcode_id: jobs.other,
    group_id: crew,
    shift_geolocations_available: true,
    shift_seconds: 16_200,
    day_seconds: 23_340,
  });
  assert.deepEqual(totals[cid.userId], {
    user_id: cid.userId,
    on_the_clock: false,
    timesheet_id: null,
    jobcode_id: null,
    group_id: 0,
    shift_geolocations_available: false,
    shift_seconds: 0,
    day_seconds: 7_800,
  });
  const carried = (name: string): Record<string, Row> => rowsOf(answer, name, 'supplemental_data');
  assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}), ['users', 'groups', 'timesheets', 'jobcodes']);
  assert.equal(Object.keys(carried('users')).length, 6);
  assert.deepEqual(Object.keys(carried('groups')), ['0', String(crew)]);
  const { last_modified: modified, created, ...none } = carried('groups')['0'] ?? {};
  assert.deepEqual(none, { id: 0, name: '-' });
  for (const moment of [modified, created]) assert.match(String(moment), /^\d{4}-\d\d-\d\dT[\d:]{8}\+00:00$/);
  assert.equal(Object.keys(carried('timesheets')).length, 3);
  assert.equal(carried('timesheets')[String(openId)]?.user_id, ann.userId);
  assert.deepEqual(Object.keys(carried('jobcodes')), [jobs.work, jobs.other, jobs.lunch].map(String));
});

test('unpaid breaks do not count, and a day is the local one', async () => {
  const night = await total(people.bob);
  assert.deepEqual(
    [night.on_the_clock, night.jobcode_id, night.shift_seconds, night.day_seconds],
    [true, jobs.lunch, 14_400, 7_200],
  );
  const abroad = await total(people.eve);
  assert.deepEqual([abroad.shift_seconds, abroad.day_seconds], [14_400, 10_800]);
  assert.deepEqual([abroad.shift_geolocations_available, abroad.group_id], [false, 0]);
});

test('every filter and every order', async () => {
  const { ann, bob, cid, dee, eve } = people;
  const boss = company.admin;
  const off = [boss, dee, cid];
  const both = { on_the_clock: 'both', user_ids: [ann, bob, cid, eve].map(({ userId }) => userId) };
  const byName = [ann, bob, cid, eve].toSorted((a, b) => (a.username < b.username ? -1 : 1));
  const cases: [unknown, Person[]][] = [
    [{}, off],
    [0, off],
    [null, off],
    ['', off],
    [[], off],
    [{ on_the_clock: 'no', page: 0, anything: 'else' }, off],
    [{ on_the_clock: 'yes' }, [ann, bob, eve]],
    [{ on_the_clock: true }, [ann, bob, eve]],
    [{ on_the_clock: 'YES', user_ids: `${ann.userId}, ${cid.userId},` }, [ann]],
    [{ ...both, user_ids: String(cid.userId) }, [cid]],
    [{ ...both, user_ids: [String(cid.userId), ann.userId] }, [ann, cid]],
    [{ ...both, group_ids: crew }, [ann, bob]],
    [{ ...both, group_ids: [0] }, [cid, eve]],
    [{ ...both, group_ids: `0,${crew}`, user_ids: '' }, [boss, dee, ann, bob, cid, eve]],
    [{ ...both, order_by: 'username' }, byName],
    [{ ...both, order_by: 'last_name', order_desc: 'true' }, byName.toReversed()],
    [{ ...both, order_by: 'first_name' }, [ann, bob, cid, eve]],
    [{ ...both, order_by: 'group_name' }, [cid, eve, ann, bob]],
    [{ ...both, order_by: 'group_id', order_desc: true }, [ann, bob, cid, eve]],
    [{ ...both, order_by: 'shift_seconds' }, [cid, bob, eve, ann]],
    [{ ...both, order_by: 'day_seconds', order_desc: 1 }, [ann, eve, cid, bob]],
    [{ ...both, order_by: 'day_seconds', limit: 2, page: '2' }, [eve, ann]],
    [{ ...both, per_page: '3' }, [ann, bob, cid]],
  ];
  for (const [data, expected] of cases) {
    const answer = await boss.post(path, data);
    assert.equal(answer.status, 200, `${JSON.stringify(data)}: ${answer.text}`);
    const found = order(answer).map((id) => [boss, ...Object.values(people)].find(({ userId }) => userId === id));
    assert.deepEqual(
      found.map((person) => person?.username),
      expected.map(({ username }) => username),
      JSON.stringify(data),
    );
    assert.equal(answer.body.more as unknown, /per_page/.test(JSON.stringify(data)), JSON.stringify(data));
  }
  const empty = await boss.post(path, { user_ids: dee.userId, on_the_clock: 'yes' });
  assert.equal(empty.text, '{"results":{"current_totals":{}},"more":false,"supplemental_data":{}}');
});

test('the custom fields of open timesheets come along', async () => {
  const { admin, jobcode, person } = await world.company();
  const worker = await person();
  const job = await jobcode();
  const fields = ['Phase', 'Unused'].map((name) => ({
    name,
    type: 'free-form',
    applies_to: 'timesheet',
    required: false,
    show_to_all: true,
  }));
  const [phase] = Object.values(rowsOf(await admin.post('/customfields', fields), 'customfields'));
  const sheet = {
    user_id: worker.userId,
    type: 'regular',
    jobcode_id: job,
    start: '2026-03-10T08:00:00-06:00',
    end: '',
  };
  await sent(admin.post('/timesheets', [{ ...sheet, customfields: { [Number(phase?.id)]: 'Walls' } }]), 'timesheets');
  const { supplemental_data: carried } = (await admin.post(path, { on_the_clock: 'yes' })).body;
  assert.deepEqual(Object.keys(carried ?? {}), ['users', 'groups', 'timesheets', 'jobcodes', 'customfields']);
  assert.deepEqual(Object.keys(carried?.customfields ?? {}), [String(phase?.id)]);
});

test('supplemental data is left out on demand', async () => {
  const asked = { supplemental_data: 'no' };
  for (const answer of [
    await company.admin.post(path, asked),
    await company.admin.post(`${path}?supplemental_data=no`, {}),
  ])
    assert.deepEqual(Object.keys(answer.body), ['results', 'more']);
  const data = await company.admin.post(`${path}?supplemental_data=no`, { supplemental_data: 'yes' });
  assert.ok('supplemental_data' in data.body);
});

test('everybody gets what he may see of timesheets', async () => {
  const { ann, bob, dee } = people;
  const reporter = await company.person({ permissions: ['reports'], tracksTime: false });
  const both = { on_the_clock: 'both' };
  assert.deepEqual(order(await ann.post(path, both)), [ann.userId]);
  assert.deepEqual(order(await dee.post(path, both)), [dee.userId, ann.userId, bob.userId]);
  assert.equal(order(await reporter.post(path, both)).length, 7);
  const refused = await dee.post(path, { user_ids: `${ann.userId},${people.eve.userId}` });
  assert.equal(refused.status, 417);
  assert.match(refused.text, new RegExp(`user_ids names users that do not exist: ${people.eve.userId}"`));
  const elsewhere = await world.company();
  assert.deepEqual(order(await elsewhere.admin.post(path, both)), [elsewhere.admin.userId]);
  assert.equal((await elsewhere.admin.post(path, { user_ids: ann.userId })).status, 417);
  assert.equal((await elsewhere.admin.post(path, { group_ids: crew })).status, 417);
  await company.admin.put('/users', [{ id: reporter.userId, active: false }]);
  assert.equal(order(await company.admin.post(path, both)).length, 6);
});

test('what makes no sense is refused in a sentence', async () => {
  const refusals: [unknown, RegExp][] = [
    [5, /data must be an object of filters/],
    ['user_ids=1', /data must be an object/],
    [[1], /data must be an object/],
    [{ user_ids: 'x' }, /user_ids must be a list of ids/],
    [{ user_ids: { a: 1 } }, /user_ids must be a list/],
    [{ user_ids: [[1]] }, /user_ids must be a list of single values/],
    [{ user_ids: 2_147_483_647 }, /user_ids names users that do not exist: 2147483647/],
    [{ group_ids: [2_147_483_647, -1] }, /group_ids names groups that do not exist: 2147483647, -1/],
    [{ on_the_clock: 'maybe' }, /on_the_clock must be one of yes, no, both/],
    [{ on_the_clock: {} }, /on_the_clock must be one of/],
    [{ order_by: 'height' }, /order_by must be one of/],
    [{ order_desc: 'both' }, /order_desc must be one of yes, no/],
    [{ limit: 0 }, /limit must be a whole number from 1 to 200/],
    [{ limit: 201 }, /limit/],
    [{ page: {} }, /page|must be/],
    [{ page: -1 }, /page must be/],
    [{ supplemental_data: 'x' }, /supplemental_data must be/],
  ];
  for (const [data, message] of refusals) {
    const answer = await company.admin.post(path, data);
    assert.equal(answer.status, 417, `${JSON.stringify(data)}: ${answer.text}`);
    assert.match(String(answer.body.error?.message), message);
  }
  for (const body of ['[]', '7', '"x"']) assert.equal((await company.admin.send('POST', path, body)).status, 417);
  for (const body of ['', '{}', 'null']) assert.equal((await company.admin.send('POST', path, body)).status, 200, body);
  assert.equal((await company.admin.send('POST', path, '{')).status, 400);
  for (const method of ['GET', 'PUT', 'DELETE']) assert.equal((await company.admin.send(method, path)).status, 501);
  assert.equal((await company.admin.send('PATCH', path, '{}')).status, 405);
  assert.equal((await fetch(`${world.url}/api/v1${path}`, { method: 'POST' })).status, 401);
});
