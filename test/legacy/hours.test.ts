import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Json } from '../support/api.ts';
import { type Legacy, type LegacyParams, legacyOf } from '../support/legacy.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;
let admin: Legacy;
let one: Person;
let two: Person;
let groupId: number;
/** Top with a child that has one itself; another one at the top. */
let top: number;
let child: number;
let leaf: number;
let other: number;

const now = Date.parse('2024-03-01T04:00:00Z') / 1_000;
const hour = 3_600;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company({ timeZone: 'America/Denver' });
  admin = await legacyOf(world, company, company.admin);
  groupId = await company.group([]);
  one = await company.person({ groupId });
  two = await company.person();
  top = await company.jobcode();
  child = await company.jobcode({ parentId: top });
  leaf = await company.jobcode({ parentId: child });
  other = await company.jobcode();
  await enter(one, top, '2024-02-29', 1);
  await enter(one, child, '2024-02-28', 2);
  await enter(two, leaf, '2020-01-02', 4);
  await enter(two, other, '2014-02-28', 8);
  await enter(two, other, '2014-02-27', 16);
  await enter(two, 0, '2024-02-01', 0.25);
  const start = '2024-03-01T03:00:00+00:00';
  await company.admin.post('/timesheets', [{ user_id: two.userId, type: 'regular', jobcode_id: top, start, end: '' }]);
});
after(() => world.close());

async function enter(person: Person, jobcode: number, date: string, hours: number): Promise<void> {
  const item = { user_id: person.userId, type: 'manual', jobcode_id: jobcode, date, duration: hours * hour };
  const { text, body } = await company.admin.post('/timesheets', [item]);
  assert.equal(body.results?.timesheets?.['1']?._status_code, 200, text);
}

const totalsOf = ({ data }: Json): unknown => data?.totals;

test('everything of ten years, by jobcodes at the top, users and groups', async () => {
  const answer = await admin.ok('get_project_hours');
  assert.equal(answer.message, 'Successfully retrieved hours');
  assert.deepEqual(Object.keys(answer), ['status', 'message', 'data']);
  // The day is that of Denver, and the same day ten years ago is not in the calendar.
  assert.deepEqual(answer.data, {
    filters: { start_date: '2014-02-28', end_date: '2024-02-29', job_code_id: 0, user_ids: [], group_ids: [] },
    totals: {
      jobcodes: { '0': 0.25, [top]: 7, [other]: 8 },
      users: { [one.userId]: 3, [two.userId]: 12.25 },
      groups: { '0': 12.25, [groupId]: 3 },
    },
  });
});

test('every filter', async () => {
  const cases: [LegacyParams, unknown, unknown][] = [
    [{ job_code_id: top }, { [top]: 7, [child]: 6 }, { [one.userId]: 3, [two.userId]: 4 }],
    [{ job_code_id: child }, { [child]: 6, [leaf]: 4 }, { [one.userId]: 2, [two.userId]: 4 }],
    [{ job_code_id: leaf }, { [leaf]: 4 }, { [two.userId]: 4 }],
    [{ job_code_id: 0, user_ids: one.userId }, { [top]: 3 }, { [one.userId]: 3 }],
    [
      { user_ids: `${one.userId}, ${two.userId}`, start_date: '2020-01-01' },
      { '0': 0.25, [top]: 7 },
      { [one.userId]: 3, [two.userId]: 4.25 },
    ],
    [{ group_ids: groupId }, { [top]: 3 }, { [one.userId]: 3 }],
    [{ group_ids: `0,${groupId}`, start_date: '2024-02-29' }, { [top]: 1 }, { [one.userId]: 1 }],
    [{ start_date: '2024-02-28', end_date: '2024-02-28' }, { [top]: 2 }, { [one.userId]: 2 }],
    [{ start_date: '2014-02-27', end_date: '2014-02-28' }, { [other]: 24 }, { [two.userId]: 24 }],
    [{ start_date: '2000-01-01', end_date: '2000-01-02' }, {}, {}],
  ];
  for (const [params, jobcodes, users] of cases) {
    const totals = totalsOf(await admin.ok('get_project_hours', params)) as Json;
    assert.deepEqual([totals.jobcodes, totals.users], [jobcodes, users], JSON.stringify(params));
  }
  const { data } = await admin.ok('get_project_hours', { job_code_id: top, group_ids: groupId, user_ids: one.userId });
  assert.deepEqual(
    [data?.filters?.job_code_id, data?.filters?.user_ids, data?.filters?.group_ids],
    [top, [one.userId], [groupId]],
  );
});

test('XML says the same', async () => {
  const { body, text } = await admin.call('get_project_hours', { job_code_id: top, output_format: 'xml' });
  assert.equal(body.status, 'ok', text);
  assert.deepEqual(body.data?.totals?.jobcodes, { [top]: '7', [child]: '6' });
});

test('everybody sees the hours of those whose time he sees', async () => {
  const chiefPerson = await company.person();
  const member = await company.person({ groupId: await company.group([chiefPerson]) });
  await enter(member, other, '2024-02-20', 3);
  const cases: [string, Person, unknown][] = [
    ['an employee', one, { [one.userId]: 3 }],
    ['a manager', chiefPerson, { [member.userId]: 3 }],
    [
      'reports',
      await company.person({ permissions: ['reports'] }),
      { [one.userId]: 3, [two.userId]: 12.25, [member.userId]: 3 },
    ],
  ];
  for (const [what, person, users] of cases) {
    const who = await legacyOf(world, company, person);
    assert.deepEqual((totalsOf(await who.ok('get_project_hours')) as Json).users, users, what);
  }
  const plain = await legacyOf(world, company, one);
  await plain.fails('get_project_hours', { user_ids: two.userId }, 7020);
});

test('what is refused', async () => {
  const foreign = await world.company();
  const theirs = [await foreign.jobcode(), (await foreign.person()).userId, await foreign.group()];
  const cases: [LegacyParams, number, RegExp][] = [
    [{ start_date: '2024-02-30' }, 7011, /^start_date /],
    [{ end_date: 'today' }, 7011, /^end_date /],
    [{ start_date: '2024-02-02', end_date: '2024-02-01' }, 7011, /^end_date /],
    [{ start_date: '2030-01-01' }, 7011, /^end_date /],
    [{ job_code_id: 'x' }, 7011, /^job_code_id /],
    [{ job_code_id: 999_999 }, 7020, /job_code_id .*999999/],
    [{ user_ids: 'a,b' }, 7011, /^user_ids /],
    [{ user_ids: 999_999 }, 7020, /user_ids .*999999/],
    [{ group_ids: '1;2' }, 7011, /^group_ids /],
    [{ group_ids: 999_999 }, 7020, /group_ids .*999999/],
    [{ job_code_id: theirs[0] ?? 0 }, 7020, /job_code_id/],
    [{ user_ids: theirs[1] ?? 0 }, 7020, /user_ids/],
    [{ group_ids: theirs[2] ?? 0 }, 7020, /group_ids/],
  ];
  for (const [params, code, says] of cases) assert.match(await admin.fails('get_project_hours', params, code), says);
});
