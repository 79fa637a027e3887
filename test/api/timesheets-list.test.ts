import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const now = Date.UTC(2026, 5, 15, 18) / 1000;
let world: World;
let company: Company;
let anna: Person;
let bert: Person;
let folder: number;
let job: number;
let task: number;
let rest: number;
let group: number;
const id: Record<string, number> = {};

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  group = await company.group();
  anna = await company.person({ groupId: group });
  bert = await company.person();
  await company.admin.put('/users', [
    { id: anna.userId, first_name: 'Anna', last_name: 'Zander', payroll_id: 'P-1' },
    { id: bert.userId, first_name: 'Bert', last_name: 'Adler', payroll_id: 'P-2' },
  ]);
  folder = await company.jobcode({ name: 'Folder' });
  job = await company.jobcode({ name: 'Job', parentId: folder });
  task = await company.jobcode({ name: 'Task', parentId: job });
  rest = await company.jobcode({ name: 'Rest', type: 'paid_break' });
  const regular = (person: Person, day: string, hour: string, jobcode: number) => ({
    user_id: person.userId,
    jobcode_id: jobcode,
    type: 'regular',
    start: `${day}T${hour}:00:00-06:00`,
    end: `${day}T${hour}:50:00-06:00`,
  });
  const { body } = await company.admin.post('/timesheets', [
    regular(anna, '2026-06-01', '09', job),
    regular(anna, '2026-06-02', '09', task),
    regular(bert, '2026-06-03', '09', rest),
    { user_id: bert.userId, jobcode_id: 0, type: 'manual', date: '2026-06-04', duration: 3600 },
    { user_id: bert.userId, jobcode_id: job, type: 'regular', start: '2026-06-15T10:00:00-06:00', end: '' },
  ]);
  Object.values(body.results?.timesheets ?? {}).forEach((row, index) => {
    assert.equal(row._status_code as unknown, 200, JSON.stringify(row));
    id[['job', 'task', 'rest', 'manual', 'open'][index] ?? ''] = Number(row.id);
  });
});
after(() => world.close());

function idsOf(answer: Answer, key = 'timesheets'): number[] {
  assert.equal(answer.status, 200, answer.text);
  return [...answer.text.matchAll(/"id":(\d+),"user_id"/g)]
    .map(([, number]) => Number(number))
    .filter((number) => answer.body.results?.[key]?.[number]);
}

const filters: [string, () => Record<string, string | number>, string[]][] = [
  ['a start date, without those on the clock', () => ({ start_date: '2026-06-01' }), ['job', 'task', 'rest', 'manual']],
  [
    'both on and off the clock',
    () => ({ start_date: '2026-06-01', on_the_clock: 'both' }),
    ['job', 'task', 'rest', 'manual', 'open'],
  ],
  ['on the clock', () => ({ start_date: '2026-06-01', on_the_clock: 'True' }), ['open']],
  ['a range of days', () => ({ start_date: '2026-06-02', end_date: '2026-06-03' }), ['task', 'rest']],
  ['a jobcode and those below it', () => ({ start_date: '2026-06-01', jobcode_ids: folder }), ['job', 'task']],
  ['a jobcode at the end of the tree', () => ({ start_date: '2026-06-01', jobcode_ids: task }), ['task']],
  ['no jobcode', () => ({ start_date: '2026-06-01', jobcode_ids: 0 }), ['manual']],
  ['a type of jobcode', () => ({ start_date: '2026-06-01', jobcode_type: 'paid_break' }), ['rest']],
  ['payroll ids', () => ({ start_date: '2026-06-01', payroll_ids: 'P-1, P-9' }), ['job', 'task']],
  ['users', () => ({ start_date: '2026-06-01', user_ids: bert.userId }), ['rest', 'manual']],
  ['groups', () => ({ start_date: '2026-06-01', group_ids: group }), ['job', 'task']],
  ['ids', () => ({ ids: `${id.task}, ${id.job}` }), ['job', 'task']],
  ['modified since', () => ({ modified_since: '2020-01-01T00:00:00 00:00' }), ['job', 'task', 'rest', 'manual']],
  ['modified before', () => ({ modified_before: '2020-01-01T00:00:00Z' }), []],
];

for (const [what, query, expected] of filters) {
  test(`listing by ${what}`, async () => {
    assert.deepEqual(
      idsOf(await company.admin.get('/timesheets', query())),
      expected.map((name) => id[name]),
    );
  });
}

const refused: [string, Record<string, string>][] = [
  ['none of the required parameters', { user_ids: '1' }],
  ['only an end date', { end_date: '2026-06-01' }],
  ['a malformed date', { start_date: '2026-02-30' }],
  ['a malformed id', { ids: '1,x' }],
  ['a malformed jobcode type', { start_date: '2026-06-01', jobcode_type: 'irregular' }],
  ['a malformed moment', { modified_since: 'yesterday' }],
  ['a malformed on_the_clock', { start_date: '2026-06-01', on_the_clock: 'maybe' }],
];

for (const [what, query] of refused) {
  test(`${what}: 417`, async () => {
    const answer = await company.admin.get('/timesheets', query);
    assert.deepEqual([answer.status, answer.body.error?.code as unknown], [417, 417]);
    assert.match(String(answer.body.error?.message), /^Expectation Failed: /);
  });
}

test('supplemental data carries users, jobcodes up to the root, and can be left out', async () => {
  const full = await company.admin.get('/timesheets', { ids: String(id.task) });
  assert.deepEqual(Object.keys(full.body.supplemental_data?.users ?? {}), [String(anna.userId)]);
  assert.deepEqual(
    Object.keys(full.body.supplemental_data?.jobcodes ?? {})
      .map(Number)
      .sort(),
    [folder, job, task].sort(),
  );
  const bare = await company.admin.get('/timesheets', { ids: String(id.task), supplemental_data: 'no' });
  assert.deepEqual(Object.keys(bare.body), ['results', 'more']);
});

test('everyone sees the own timesheets; managers and those with the permission see more', async () => {
  const boss = await company.person();
  const led = await company.group([boss]);
  await company.admin.put('/users', [{ id: anna.userId, group_id: led }]);
  const query = { start_date: '2026-06-01' };
  assert.deepEqual(idsOf(await anna.get('/timesheets', query)), [id.job, id.task]);
  assert.deepEqual(idsOf(await boss.get('/timesheets', query)), [id.job, id.task]);
  for (const permission of ['manage_timesheets', 'approve_timesheets', 'reports'] as const) {
    const person = await company.person({ permissions: [permission] });
    assert.equal(idsOf(await person.get('/timesheets', query)).length, 4, permission);
  }
  const clerk = await company.person({ permissions: ['manage_jobcodes'] });
  assert.deepEqual(idsOf(await clerk.get('/timesheets', query)), []);
  await company.admin.put('/users', [{ id: anna.userId, group_id: group }]);
});

test('deleted timesheets: every filter and every order', async () => {
  const day = '2026-05-0';
  const post = async (person: Person, date: string, type: 'regular' | 'manual') => {
    const times =
      type === 'manual' ? { date, duration: 60 } : { start: `${date}T09:00:00-06:00`, end: `${date}T10:00:00-06:00` };
    const { body } = await company.admin.post('/timesheets', [
      { user_id: person.userId, jobcode_id: task, type, ...times },
    ]);
    return Number(body.results?.timesheets?.['1']?.id);
  };
  const a = await post(anna, `${day}2`, 'regular');
  const b = await post(bert, `${day}1`, 'manual');
  const c = await post(anna, `${day}1`, 'manual');
  await company.admin.delete('/timesheets', [a, b, c]);
  const listed = async (query: Record<string, string | number>) =>
    idsOf(await company.admin.get('/timesheets_deleted', query), 'timesheets_deleted');
  const range = { start_date: '2026-05-01', end_date: '2026-05-31' };
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, [b, c, a]],
    [{ order_results_by: 'date', order_results_reverse: 1 }, [a, c, b]],
    [{ order_results_by: 'fname' }, [c, a, b]],
    [{ order_results_by: 'lname' }, [b, c, a]],
    [{ order_results_by: 'lname', order_results_reverse: 'true' }, [a, c, b]],
    [{ type: 'manual' }, [b, c]],
    [{ user_ids: bert.userId }, [b]],
    [{ group_ids: group }, [c, a]],
    [{ username: anna.username.toUpperCase(), user_ids: bert.userId }, [c, a]],
    [{ jobcode_ids: folder }, [b, c, a]],
    [{ jobcode_ids: rest }, []],
    [{ jobcode_type: 'pto' }, []],
    [{ ids: `${a},${c}` }, [c, a]],
    [{ modified_since: '2020-01-01T00:00:00Z' }, [b, c, a]],
    [{ modified_before: '2020-01-01T00:00:00Z' }, []],
    [{ limit: 1, page: 2 }, [c]],
  ];
  for (const [query, expected] of cases)
    assert.deepEqual(await listed({ ...range, ...query }), expected, JSON.stringify(query));
  const byUsername = await listed({ ...range, order_results_by: 'username' });
  assert.deepEqual(byUsername, anna.username < bert.username ? [c, a, b] : [b, c, a]);
  const { body } = await company.admin.get('/timesheets_deleted', { ids: a });
  assert.deepEqual(Object.keys(body.results?.timesheets_deleted?.[a] ?? {}), [
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
    'active',
    'locked',
    'notes',
    'customfields',
    'created',
    'last_modified',
  ]);
  const wrong = await company.admin.get('/timesheets_deleted', { ...range, order_results_by: 'age' });
  assert.equal(wrong.status, 417);
  const none = await company.admin.get('/timesheets_deleted', { user_ids: 1 });
  assert.equal(none.status, 417);
  const posted = await company.admin.post('/timesheets_deleted', []);
  assert.equal(posted.status, 405);
});

test('custom fields: items in any case, filters, merging, and new values of free-form fields', async () => {
  const made = await company.admin.post('/customfields', [
    { name: 'Truck', type: 'managed-list', applies_to: 'timesheet', show_to_all: true },
    { name: 'Mood', type: 'free-form', applies_to: 'timesheet', show_to_all: true },
  ]);
  const [truck = 0, mood = 0] = Object.values(made.body.results?.customfields ?? {}).map((row) => Number(row.id));
  await company.admin.post('/customfielditems', [{ customfield_id: truck, name: 'Red One' }]);
  const post = async (customfields: object) => {
    const person = await company.person();
    const { body } = await company.admin.post('/timesheets', [
      { user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-06-01', duration: 60, customfields },
    ]);
    return body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  };
  const good = await post({ [truck]: 'red one', [mood]: 'calm' });
  assert.deepEqual(good.customfields, { [truck]: 'Red One', [mood]: 'calm' });
  assert.deepEqual((await post({ [truck]: 'Blue' }))._status_code, 417);
  assert.deepEqual((await post({ 999: 'Blue' }))._status_code, 417);
  assert.deepEqual((await post({}))._status_code, 200);
  const items = await company.admin.get('/customfielditems', { customfield_id: mood });
  assert.deepEqual(
    Object.values(items.body.results?.customfielditems ?? {}).map((row) => String(row.name)),
    ['calm'],
  );
  const merged = await company.admin.put('/timesheets', [{ id: good.id, customfields: { [mood]: 'glad' } }]);
  assert.deepEqual(merged.body.results?.timesheets?.['1']?.customfields as unknown, {
    [truck]: 'Red One',
    [mood]: 'glad',
  });
  const listed = await company.admin.get('/timesheets', { ids: String(good.id) });
  assert.deepEqual(
    Object.keys(listed.body.supplemental_data?.customfields ?? {})
      .map(Number)
      .sort(),
    [truck, mood].sort(),
  );
});
