import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { Answer, Json } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { itemOf, type Row, rowsOf } from './users-support.ts';

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const path = '/reports/project';
const march = { start_date: '2026-03-02', end_date: '2026-03-15' };

let world: World;
let company: Company;
let ann: Person;
let bob: Person;
let lead: Person;
const ids = { crew: 0, site: 0, roof: 0, yard: 0, lunch: 0, vacation: 0, phase: 0, north: 0, south: 0, note: 0 };

before(async () => {
  world = await openWorld({ shared: true, now: Date.parse('2026-03-20T12:00:00Z') / 1000 });
  company = await world.company();
  lead = await company.person();
  ids.crew = await company.group([lead]);
  ann = await company.person({ groupId: ids.crew });
  bob = await company.person();
  ids.site = await company.jobcode({ name: '=Site, "A"' });
  ids.roof = await company.jobcode({ parentId: ids.site });
  ids.yard = await company.jobcode();
  ids.lunch = await company.jobcode({ type: 'unpaid_break' });
  ids.vacation = await company.jobcode({ type: 'pto' });
  ids.phase = await made('customfields', field('Phase', 'managed-list'));
  ids.north = await made('customfielditems', { customfield_id: ids.phase, name: 'North, left' });
  ids.south = await made('customfielditems', { customfield_id: ids.phase, name: 'South' });
  ids.note = await made('customfields', field('Note', 'free-form'));
  const north = { [ids.phase]: 'North, left' };
  await manual(ann, ids.roof, '2026-03-02', 270, north);
  await manual(ann, ids.yard, '2026-03-15', 7_200, { [ids.phase]: 'South', [ids.note]: 'rain' });
  await manual(bob, ids.roof, '2026-03-10', 3_600, north);
  await manual(bob, 0, '2026-03-10', 1_800);
  await manual(bob, ids.lunch, '2026-03-10', 1_800);
  await manual(bob, ids.vacation, '2026-03-11', 28_800);
  await manual(bob, ids.roof, '2026-03-01', 36_000);
  await manual(bob, ids.roof, '2026-03-16', 36_000);
  const open = {
    user_id: bob.userId,
    type: 'regular',
    jobcode_id: ids.roof,
    start: '2026-03-15T08:00:00-06:00',
    end: '',
  };
  await made('timesheets', open);
});
after(() => world.close());

function field(name: string, type: string): object {
  return { name, type, applies_to: 'timesheet', required: false, show_to_all: true };
}

async function made(name: string, item: object): Promise<number> {
  const result = itemOf(await company.admin.post(`/${name}`, [item]), name);
  assert.equal(result._status_code, 200, JSON.stringify(result));
  return Number(result.id);
}

function manual({ userId }: Person, jobcode: number, date: string, duration: number, values = {}): Promise<number> {
  const sheet = { user_id: userId, type: 'manual', jobcode_id: jobcode, date, duration, customfields: values };
  return made('timesheets', sheet);
}

function totalsOf(answer: Answer): Record<string, Json> {
  assert.equal(answer.status, 200, answer.text);
  return (answer.body.results?.project_report?.totals ?? {}) as unknown as Record<string, Json>;
}

test('hours stand under people, groups, jobcodes and items, as in the reference', async () => {
  const answer = await company.admin.post(path, march);
  assert.deepEqual(totalsOf(answer), {
    users: { [ann.userId]: '2.08', [bob.userId]: '10.00' },
    // Only groups have numbers.
    groups: { 0: 10, [ids.crew]: 2.08 },
    jobcodes: { 0: '0.50', [ids.roof]: '1.08', [ids.yard]: '2.00', [ids.lunch]: '0.50', [ids.vacation]: '8.00' },
    customfields: {
      [ids.phase]: { 0: '9.00', [ids.north]: '1.08', [ids.south]: '2.00' },
      [ids.note]: { 0: '10.08', [await itemOfNote()]: '2.00' },
    },
  });
  // Clients take the first key for the report.
  assert.deepEqual(Object.keys(answer.body.results ?? {}), ['project_report', 'filters']);
  const report = answer.body.results?.project_report ?? {};
  assert.deepEqual(Object.keys(report), ['start_date', 'end_date', 'totals']);
  assert.deepEqual([report.start_date, report.end_date] as unknown, [march.start_date, march.end_date]);
  assert.deepEqual(answer.body.results?.filters as unknown, {
    user_ids: [],
    group_ids: [],
    jobcode_type: 'both',
    customfielditems: {},
    jobcode_ids: [],
  });
  const carried = Object.entries(answer.body.supplemental_data ?? {}).map(([name, rows]) => [name, Object.keys(rows)]);
  assert.deepEqual(Object.fromEntries(carried), {
    users: [ann, bob].map(({ userId }) => String(userId)),
    jobcodes: [ids.roof, ids.yard, ids.lunch, ids.vacation].map(String),
    customfields: [ids.phase, ids.note].map(String),
    customfielditems: [ids.north, ids.south, await itemOfNote()].map(String),
  });
  const without = await company.admin.post(path, { ...march, supplemental_data: 'no' });
  assert.deepEqual(Object.keys(without.body), ['results']);
});

async function itemOfNote(): Promise<number> {
  const answer = await company.admin.get('/customfielditems', { customfield_id: ids.note });
  const [item] = Object.values(rowsOf(answer, 'customfielditems')) as Row[];
  return Number(item?.id);
}

test('every filter', async () => {
  const all = { ann: '2.08', bob: '10.00' };
  const cases: [Record<string, unknown>, Partial<typeof all>][] = [
    [{}, all],
    [{ user_ids: ann.userId }, { ann: '2.08' }],
    [{ user_ids: `${ann.userId},${bob.userId}` }, all],
    [{ group_ids: [ids.crew] }, { ann: '2.08' }],
    [{ group_ids: '0' }, { bob: '10.00' }],
    [{ jobcode_ids: [String(ids.site)] }, { ann: '0.08', bob: '1.00' }],
    [{ jobcode_ids: `0,${ids.yard}` }, { ann: '2.00', bob: '0.50' }],
    [{ jobcode_type: 'regular' }, { ann: '2.08', bob: '1.00' }],
    [{ jobcode_type: 'pto' }, { bob: '8.00' }],
    [{ jobcode_type: 'unpaid_break' }, { bob: '0.50' }],
    [{ jobcode_type: 'paid_break' }, {}],
    [{ jobcode_type: 'unpaid_time_off' }, {}],
    [{ jobcode_type: 'all' }, all],
    [{ customfielditems: { [ids.phase]: ['NORTH, LEFT'] } }, { ann: '0.08', bob: '1.00' }],
    [{ customfielditems: { [ids.phase]: 'North, left' } }, { ann: '0.08', bob: '1.00' }],
    [{ customfielditems: { [ids.phase]: ['South', 'North, left'] } }, { ann: '2.08', bob: '1.00' }],
    [{ customfielditems: { [ids.phase]: ['South'], [ids.note]: ['rain'] } }, { ann: '2.00' }],
    [{ customfielditems: { [ids.phase]: ['North, left'], [ids.note]: ['rain'] } }, {}],
    [{ customfielditems: { [ids.phase]: [] } }, all],
    [{ customfielditems: [] }, all],
    [{ start_date: '2026-03-01', end_date: '2026-03-01' }, { bob: '10.00' }],
    [{ end_date: '03-02-2026', page: 1, project_ids: '4' }, { ann: '0.08' }],
  ];
  for (const [filters, expected] of cases) {
    const answer = await company.admin.post(path, { ...march, ...filters });
    const users = totalsOf(answer).users as unknown as Record<string, string>;
    const named = Object.entries(users).map(([id, hours]) => [Number(id) === ann.userId ? 'ann' : 'bob', hours]);
    assert.deepEqual(Object.fromEntries(named), expected, JSON.stringify(filters));
  }
  const echoed = await company.admin.post(path, {
    ...march,
    user_ids: String(ann.userId),
    group_ids: ids.crew,
    jobcode_ids: `${ids.site}`,
    jobcode_type: 'regular',
    customfielditems: { [ids.phase]: ['South'] },
  });
  assert.deepEqual(echoed.body.results as unknown, {
    project_report: { ...march, totals: { users: {}, groups: {}, jobcodes: {}, customfields: {} } },
    filters: {
      user_ids: [ann.userId],
      group_ids: [ids.crew],
      jobcode_type: 'regular',
      customfielditems: { [ids.phase]: ['South'] },
      jobcode_ids: [String(ids.site)],
    },
  });
  assert.match(echoed.text, /"totals":\{"users":\{\},"groups":\{\},"jobcodes":\{\},"customfields":\{\}\}/);
});

test('everybody gets the time that he may see', async () => {
  const reporter = await company.person({ permissions: ['reports'] });
  const cases: [Person, Person[]][] = [
    [ann, [ann]],
    [bob, [bob]],
    [lead, [ann]],
    [reporter, [ann, bob]],
    [(await world.company()).admin, []],
  ];
  for (const [person, seen] of cases) {
    const users = Object.keys(totalsOf(await person.post(path, march)).users ?? {});
    assert.deepEqual(
      users,
      seen.map(({ userId }) => String(userId)),
    );
  }
  assert.match((await lead.post(path, { ...march, user_ids: bob.userId })).text, /users that do not exist/);
});

test('what makes no sense is refused in a sentence', async () => {
  const nobody = 2_147_483_647;
  const refusals: [Record<string, unknown>, RegExp][] = [
    [{ start_date: undefined }, /start_date must be given/],
    [{ end_date: '' }, /end_date must be given/],
    [{ start_date: '2026-02-30' }, /start_date must be a date in the form YYYY-MM-DD/],
    [{ end_date: 20_260_302 }, /end_date must be a date/],
    [{ end_date: '2026-03-01' }, /end_date 2026-03-01 lies before start_date 2026-03-02/],
    [{ end_date: '2027-03-12' }, /end_date lies 376 days after start_date/],
    [{ user_ids: nobody }, /user_ids names users that do not exist/],
    [{ group_ids: nobody }, /group_ids names groups that do not exist/],
    [{ jobcode_ids: nobody }, /jobcode_ids names jobcodes that do not exist/],
    [{ jobcode_type: 'work' }, /jobcode_type must be one of/],
    [{ customfielditems: 'x' }, /customfielditems must be an object/],
    [{ customfielditems: { x: ['a'] } }, /customfielditems names customfields that do not exist: x/],
    [{ customfielditems: { [nobody]: ['a'] } }, /customfields that do not exist: 2147483647/],
    [{ customfielditems: { [ids.phase]: { a: 1 } } }, /must be a list of single values/],
    [{ customfielditems: { [ids.phase]: ['\0'] } }, /must be valid text/],
  ];
  for (const [filters, message] of refusals) {
    const answer = await company.admin.post(path, { ...march, ...filters });
    assert.equal(answer.status, 417, `${JSON.stringify(filters)}: ${answer.text}`);
    assert.match(String(answer.body.error?.message), message);
  }
  assert.equal((await company.admin.post(path, { ...march, end_date: '2027-03-11' })).status, 200);
  const many = Array.from({ length: 10_001 }, (_, index) => index);
  assert.equal((await company.admin.post(path, { ...march, user_ids: many })).status, 413);
});

test('the same as CSV or XLSX, for who asks for it', async () => {
  const body = JSON.stringify({ data: { ...march, jobcode_type: 'regular', jobcode_ids: ids.roof } });
  const send = (query: string, accept: string): Promise<Answer> =>
    company.admin.send('POST', `${path}${query}`, body, { accept });
  const cases: [query: string, accept: string, type: RegExp][] = [
    ['', '*/*', /^application\/json/],
    ['', 'text/csv', /^text\/csv; charset=utf-8$/],
    ['', 'application/json, text/csv', /^application\/json/],
    ['', 'text/csv;q=0.5, */*', /^application\/json/],
    ['', 'text/csv, */*;q=0.1', /^text\/csv/],
    ['', sheet, /^application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet$/],
    ['?format=xlsx', 'text/csv', /spreadsheetml/],
    ['', 'text/html, image/png', /^application\/json/],
    ['', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', /^application\/json/],
    ['?format=csv', 'application/json', /^text\/csv/],
    ['?format=JSON', 'text/csv', /^application\/json/],
  ];
  for (const [query, accept, type] of cases) {
    const answer = await send(query, accept);
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers.get('content-type') ?? '', type, `${query} ${accept}`);
  }
  const csv = await send('?format=csv', '*/*');
  assert.equal(csv.headers.get('content-disposition'), 'attachment; filename="project-2026-03-02-2026-03-15.csv"');
  const lines = csv.text.split('\r\n');
  assert.equal(lines[0], 'total_of,id,name,customfielditem_id,customfielditem,hours');
  assert.deepEqual(lines.slice(1, 4), [
    `user,${ann.userId},Pat ${ann.username},,,0.08`,
    `user,${bob.userId},Pat ${bob.username},,,1`,
    'group,0,,,,1',
  ]);
  assert.ok(lines.includes(`customfield,${ids.phase},Phase,${ids.north},"North, left",1.08`));
  assert.equal(lines.at(-1), '');
  const headers = { authorization: `Bearer ${company.admin.token}`, accept: sheet };
  const workbook = await fetch(`${world.url}/api/v1${path}`, { method: 'POST', headers, body });
  assert.equal(
    workbook.headers.get('content-disposition'),
    'attachment; filename="project-2026-03-02-2026-03-15.xlsx"',
  );
  const parts = unzipSync(new Uint8Array(await workbook.arrayBuffer()));
  const rows = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array()).match(/<row .*?<\/row>/g) ?? [];
  assert.equal(rows.length, lines.length - 1);
  assert.match(rows[2] ?? '', new RegExp(`<v>${bob.userId}</v>.*Pat ${bob.username}<.*<v>1</v></c></row>`));
  const wrong = await send('?format=pdf', '*/*');
  assert.equal(wrong.status, 417);
  assert.match(wrong.text, /format must be one of json, csv, xlsx/);
  const failed = await company.admin.send('POST', `${path}?format=csv`, '{}');
  assert.deepEqual([failed.status, failed.headers.get('content-type')], [417, 'application/json; charset=utf-8']);
});
