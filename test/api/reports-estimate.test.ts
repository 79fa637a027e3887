import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, type Row, statementsDuring } from './jobs-support.ts';
import { newSite, type Site } from './project-activities-support.ts';

const path = '/reports/project_estimate';
const noon = Date.parse('2024-03-06T12:00:00Z') / 1000;

let world: World;
let company: Company;
let admin: Person;
/** Works in the manager's group, so that he sees her time; Bob is in no group. */
let ann: Person;
let bob: Person;
let manager: Person;
/** Is assigned to nothing at first. */
let member: Person;
let customer = 0;
let region = 0;
/** Below the region, with an estimate of 25 hours by two items; Ann tracked 12327 seconds. */
let alpha: Site;
/** Not estimated; Ann is on the clock since an hour, Bob since ten minutes. */
let beta: Site;
/** Below the customer, with an estimate of two hours that is spent. */
let alphabet: Site;
let archived: Site;
let complete: Site;

const work = (person: Person, { jobcode: jobcode_id }: Site, start: string, end: string): Promise<number> =>
  create(admin, 'timesheets', { user_id: person.userId, type: 'regular', jobcode_id, start, end });

const byHand = (person: Person, { jobcode: jobcode_id }: Site, date: string, duration: number): Promise<number> =>
  create(admin, 'timesheets', { user_id: person.userId, type: 'manual', jobcode_id, date, duration });

before(async () => {
  world = await openWorld({ shared: true, now: noon });
  company = await world.company({ timeZone: 'UTC' });
  admin = company.admin;
  manager = await company.person({ permissions: ['view_projects'] });
  ann = await company.person({ groupId: await company.group([manager]) });
  bob = await company.person();
  member = await company.person();
  customer = await company.jobcode({ name: 'Customer', assignedToAll: false });
  region = await company.jobcode({ name: 'Region', parentId: customer, assignedToAll: false });
  const dates = { start_date: '2024-03-03', due_date: '2024-06-01' };
  alpha = await newSite(company, { name: 'Alpha', parent_jobcode_id: region, status: 'in_progress', ...dates });
  beta = await newSite(company, { name: 'beta, 100%' });
  alphabet = await newSite(company, { name: 'Alphabet', parent_jobcode_id: customer, due_date: '2024-05-01' });
  archived = await newSite(company, { name: 'Old' });
  complete = await newSite(company, { name: 'Zenith', parent_jobcode_id: customer });
  for (const { jobcode } of [alpha, beta, alphabet, archived, complete])
    for (const { userId } of [ann, bob, admin])
      await create(admin, 'jobcode_assignments', { user_id: userId, jobcode_id: jobcode });
  await estimate(alpha, [60_000, 30_000], [5_000]);
  await estimate(alphabet, [7_200]);
  await work(ann, alpha, '2024-03-04T08:00:00Z', '2024-03-04T11:25:27Z');
  await work(ann, beta, '2024-03-06T11:00:00Z', '');
  await work(bob, beta, '2024-03-06T11:50:00Z', '');
  await byHand(bob, alphabet, '2024-02-01', 3_600);
  await work(ann, alphabet, '2024-02-29T08:00:00Z', '2024-02-29T09:00:01Z');
  await byHand(bob, archived, '2024-01-01', 1_800);
  await byHand(bob, complete, '2024-01-02', 900);
  await admin.put('/projects', [
    { id: archived.id, active: false },
    { id: complete.id, status: 'complete' },
  ]);
});
after(() => world.close());

/** Estimates a project as a whole, with these items and some that were deleted. */
async function estimate({ id: project_id }: Site, items: readonly number[], deleted: readonly number[] = []) {
  const estimate_id = await create(admin, 'estimates', { project_id, estimate_by: 'none' });
  for (const estimated_seconds of items)
    await create(admin, 'estimate_items', { estimate_id, type: 'none', estimated_seconds });
  for (const estimated_seconds of deleted) {
    const id = await create(admin, 'estimate_items', { estimate_id, type: 'none', estimated_seconds });
    await admin.put('/estimate_items', [{ id, active: false }]);
  }
  return estimate_id;
}

async function ask(who: Person, data: unknown = {}): Promise<Answer> {
  const answer = await who.post(path, data);
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

/** Names of the projects in the order of the answer's text. */
async function names(who: Person, data: object): Promise<unknown[]> {
  const answer = await ask(who, { results_as_array: 'yes', ...data });
  return (answer.body.results as unknown as Row[]).map(({ name }) => name);
}

async function rowOf(who: Person, { id }: Site): Promise<Row> {
  const row = (await ask(who, { project_ids: id, active: 'both' })).body.results?.[String(id)];
  assert.ok(row);
  return row as unknown as Row;
}

test('the example: keys, their order, and the numbers of a project with an estimate', async () => {
  const { body } = await ask(admin, {
    project_ids: [alpha.id, beta.id, alphabet.id],
    active: 'yes',
    page: 1,
    limit: 2,
    supplemental_data: 'no',
    results_as_array: 'no',
  });
  const { results, ...rest } = body;
  assert.deepEqual(Object.keys(body), ['filters', 'more', 'total_count', 'results']);
  assert.deepEqual(rest, {
    filters: {
      page: 1,
      limit: 2,
      project_ids: [alpha.id, beta.id, alphabet.id],
      statuses: [],
      parent_jobcode_id: '',
      jobcode_ids: '',
      active: true,
      search: [],
      has_time_tracked: false,
      time_tracked_start_date: null,
      time_tracked_end_date: null,
    },
    more: true,
    total_count: 3,
  });
  const row = results?.[String(alpha.id)] as unknown as Row;
  const { last_modified, created, estimate_id, ...shown } = row;
  assert.match(`${last_modified} ${created}`, /^\S+\+00:00 \S+\+00:00$/);
  assert.ok(Number(estimate_id) > 0);
  assert.deepEqual(Object.keys(row).slice(9, 15), [
    'active',
    'last_modified',
    'created',
    'estimate_id',
    'estimate_by',
    'estimate_by__id',
  ]);
  assert.deepEqual(Object.entries(shown), [
    ['id', alpha.id],
    ['jobcode_id', alpha.jobcode],
    ['parent_jobcode_id', region],
    ['name', 'Alpha'],
    ['status', 'in_progress'],
    ['description', ''],
    ['start_date', '2024-03-03'],
    ['due_date', '2024-06-01'],
    ['completed_date', ''],
    ['active', 1],
    ['estimate_by', 'none'],
    ['estimate_by__id', 0],
    ['total_clocked_in_seconds', 0],
    ['total_clocked_out_seconds', 12_327],
    ['total_tracked_seconds', 12_327],
    ['total_estimated_seconds', 90_000],
    ['total_note_count', 0],
    ['unread_posts_count', 0],
    ['unread_replies_count', 0],
    ['budget_progress', 0.14],
    ['clocked_in_user_ids', []],
  ]);
});

test('a project without an estimate, with two people on the clock until now', async () => {
  const seconds = async (): Promise<unknown[]> => {
    const row = await rowOf(admin, beta);
    return [row.total_clocked_in_seconds, row.total_clocked_out_seconds, row.total_tracked_seconds];
  };
  const { estimate_id, estimate_by, budget_progress, total_estimated_seconds, clocked_in_user_ids } = await rowOf(
    admin,
    beta,
  );
  assert.deepEqual([estimate_id, estimate_by, budget_progress, total_estimated_seconds], [0, null, null, 0]);
  assert.deepEqual(clocked_in_user_ids, [ann.userId, bob.userId]);
  assert.deepEqual(await seconds(), [4_200, 0, 4_200]);
  world.clock.set(noon + 60);
  assert.deepEqual(await seconds(), [4_320, 0, 4_320]);
  world.clock.set(noon - 1_200);
  assert.deepEqual(await seconds(), [2_400, 0, 2_400], 'what starts later than now counts nothing');
  world.clock.set(noon);
});

test('progress is rounded to hundredths, may pass the whole, and is null where nothing is estimated', async () => {
  const site = await newSite(company);
  await create(admin, 'jobcode_assignments', { user_id: admin.userId, jobcode_id: site.jobcode });
  await byHand(admin, site, '2024-03-01', 3_600);
  const progress = async (): Promise<unknown> => (await rowOf(admin, site)).budget_progress;
  const estimate_id = await estimate(site, [0]);
  assert.equal(await progress(), null);
  const id = await create(admin, 'estimate_items', { estimate_id, type: 'none', estimated_seconds: 1 });
  for (const [estimated_seconds, expected] of [
    [7_200, 0.5],
    [800_000, 0],
    [720_000, 0.01],
    [3_600, 1],
    [1_000, 3.6],
    [2_880, 1.25],
    [3_200, 1.13],
  ] as const) {
    await admin.put('/estimate_items', [{ id, estimated_seconds }]);
    assert.equal(await progress(), expected, String(estimated_seconds));
  }
  await admin.put('/projects', [{ id: site.id, active: false }]);
  const row = await rowOf(admin, site);
  assert.deepEqual([row.active, row.estimate_id, row.total_tracked_seconds], [0, 0, 3_600]);
});

test('each filter by itself, and several together', async () => {
  const all = ['Alpha', 'Alphabet', 'beta, 100%', 'Zenith'];
  const only = { project_ids: [alpha.id, beta.id, alphabet.id, archived.id, complete.id].join(',') };
  const cases: [object, string[]][] = [
    [{}, all],
    [{ project_ids: [String(beta.id), alpha.id] }, ['Alpha', 'beta, 100%']],
    [{ active: 'no' }, ['Old']],
    [{ active: 'both' }, ['Alpha', 'Alphabet', 'beta, 100%', 'Old', 'Zenith']],
    [{ parent_jobcode_id: customer }, ['Alpha', 'Alphabet', 'Zenith']],
    [{ parent_jobcode_id: region }, ['Alpha']],
    [{ parent_jobcode_id: alpha.jobcode }, []],
    [{ parent_jobcode_id: 0 }, all],
    [{ jobcode_ids: [alpha.jobcode, beta.jobcode] }, ['Alpha', 'beta, 100%']],
    [{ jobcode_ids: customer }, []],
    [{ statuses: ['in_progress', 'complete'] }, ['Alpha', 'Zenith']],
    [{ statuses: 'complete' }, ['Zenith']],
    [{ search: { name: 'alpha' } }, ['Alpha']],
    [{ search: { name: 'ALPHA*' } }, ['Alpha', 'Alphabet']],
    [{ search: { name: 'al*bet' } }, ['Alphabet']],
    [{ search: { name: 'lpha*' } }, []],
    [{ search: { name: '*a, 1*%' } }, ['beta, 100%']],
    [{ search: { name: 'a%' } }, []],
    [{ search: [] }, all],
    [{ search: {} }, all],
    [{ search: { name: '' } }, all],
    [{ has_time_tracked: 'yes' }, all],
    [{ has_time_tracked: 'yes', time_tracked_start_date: '2024-03-04' }, ['Alpha', 'beta, 100%']],
    [{ has_time_tracked: 'yes', time_tracked_end_date: '2024-02-01' }, ['Alphabet', 'Zenith']],
    [{ has_time_tracked: true, time_tracked_start_date: '2024-02-02', time_tracked_end_date: '2024-02-28' }, []],
    [{ has_time_tracked: 'no', time_tracked_start_date: '2024-03-04' }, all],
    [{ parent_jobcode_id: customer, statuses: 'not_started', search: { name: 'a*' } }, ['Alphabet']],
    [{ page: 2, per_page: 3 }, ['Zenith']],
    [{ page: 9, limit: 200 }, []],
    [{ something: 'else' }, all],
  ];
  for (const [data, expected] of cases)
    assert.deepEqual(await names(admin, { ...only, ...data }), expected, JSON.stringify(data));
  const { body } = await ask(admin, { ...only, page: 9, search: { name: '*' }, active: 'both', statuses: 'complete' });
  assert.deepEqual([body.total_count, body.more, body.results], [1, false, {}]);
  const { filters } = body;
  assert.deepEqual([filters?.search, filters?.active, filters?.statuses], [{ name: '*' }, 'both', ['complete']]);
});

test('sorting comes before paging, makes an array, puts nothing last and breaks ties by id', async () => {
  const only = { project_ids: [alpha.id, beta.id, alphabet.id, complete.id] };
  await admin.post('/project_notes', [{ project_id: alphabet.id, note: 'a' }]);
  const cases: [string | string[], string[]][] = [
    ['+name', ['Alpha', 'Alphabet', 'beta, 100%', 'Zenith']],
    [' name', ['Alpha', 'Alphabet', 'beta, 100%', 'Zenith']],
    ['-name', ['Zenith', 'beta, 100%', 'Alphabet', 'Alpha']],
    ['+due_date', ['Alphabet', 'Alpha', 'beta, 100%', 'Zenith']],
    ['-due_date,-name', ['Alpha', 'Alphabet', 'Zenith', 'beta, 100%']],
    ['+budget_progress', ['Alpha', 'Alphabet', 'beta, 100%', 'Zenith']],
    [
      ['-budget_progress', '-name'],
      ['Alphabet', 'Alpha', 'Zenith', 'beta, 100%'],
    ],
    ['-total_note_count, +name', ['Alphabet', 'Alpha', 'beta, 100%', 'Zenith']],
    ['-unread_posts_count,-due_date', ['Alpha', 'Alphabet', 'beta, 100%', 'Zenith']],
  ];
  for (const [sort_by, expected] of cases) {
    assert.deepEqual(await names(admin, { ...only, sort_by, results_as_array: 'no' }), expected, String(sort_by));
    const second = { ...only, sort_by, limit: 2, page: 2 };
    assert.deepEqual(await names(admin, second), expected.slice(2), String(sort_by));
  }
  const { text } = await ask(admin, only);
  const at = (site: Site): number => text.indexOf(`"${site.id}":{"id":`);
  assert.ok(at(alpha) < at(alphabet) && at(alphabet) < at(beta) && at(beta) < at(complete), 'by name');
});

test('notes and replies are unread until the one who asks has read, and never his own', async () => {
  const site = await newSite(company);
  const counts = async (who: Person): Promise<unknown[]> => {
    const row = await rowOf(who, site);
    return [row.total_note_count, row.unread_posts_count, row.unread_replies_count];
  };
  const note = await create(manager, 'project_notes', { project_id: site.id, note: 'one' });
  const gone = await create(manager, 'project_notes', { project_id: site.id, note: 'two' });
  await admin.put('/project_notes', [{ id: gone, active: false }]);
  const feed = await admin.get('/project_activities', { project_id: site.id, activity_types: 'note' });
  const activity = (Object.values(feed.body.results?.project_activities ?? {}) as unknown as Row[]).find(
    ({ linked_objects }) => JSON.stringify(linked_objects).includes(String(note)),
  );
  await create(manager, 'project_activity_replies', { project_activity_id: activity?.id, note: 'reply' });
  assert.deepEqual(await counts(admin), [1, 1, 1]);
  assert.deepEqual(await counts(manager), [1, 0, 0]);
  await create(admin, 'project_activity_read_times', { project_id: site.id });
  assert.deepEqual(await counts(admin), [1, 0, 0]);
  await create(manager, 'project_notes', { project_id: site.id, note: 'three' });
  assert.deepEqual(await counts(admin), [2, 1, 0]);
  assert.deepEqual(await names(admin, { project_ids: [site.id, alpha.id], sort_by: '-unread_posts_count' }), [
    (await rowOf(admin, site)).name,
    'Alpha',
  ]);
});

test('totals are of everybody, user ids only of those whose time one may see', async () => {
  const shown = async (who: Person): Promise<unknown[]> => {
    const row = await rowOf(who, beta);
    return [row.total_clocked_in_seconds, row.clocked_in_user_ids];
  };
  assert.deepEqual(await shown(admin), [4_200, [ann.userId, bob.userId]]);
  assert.deepEqual(await shown(manager), [4_200, [ann.userId]]);
  assert.deepEqual(await shown(bob), [4_200, [bob.userId]]);
  const { body } = await ask(manager, { project_ids: beta.id });
  assert.deepEqual(Object.keys(body.supplemental_data?.users ?? {}), [String(ann.userId)]);
});

test('one sees the projects that one sees anywhere, and no other company', async () => {
  await create(admin, 'jobcode_assignments', { user_id: member.userId, jobcode_id: alphabet.jobcode });
  const seen = async (who: Person): Promise<unknown[]> => names(who, { search: { name: '*e*' }, active: 'both' });
  assert.deepEqual(await seen(member), ['Alphabet']);
  const stranger = await world.company();
  assert.deepEqual(await seen(stranger.admin), []);
  const { body } = await ask(stranger.admin, 0);
  assert.deepEqual([body.total_count, body.results], [0, {}]);
  const says = (id: number): string => `Expectation Failed: project_ids names projects that do not exist: ${id}`;
  for (const [who, { id }] of [
    [member, beta],
    [stranger.admin, alpha],
  ] as const) {
    const answer = await who.post(path, { project_ids: [id] });
    assert.deepEqual([answer.status, answer.body.error?.message], [417, says(id)]);
  }
});

test('what comes along: users on the clock, jobcodes with those above them', async () => {
  const { body } = await ask(admin, { project_ids: [alpha.id, beta.id] });
  const keys = Object.entries(body.supplemental_data ?? {}).map(([name, rows]) => [
    name,
    Object.keys(rows).map(Number),
  ]);
  assert.deepEqual(keys, [
    ['users', [ann.userId, bob.userId]],
    ['jobcodes', [region, alpha.jobcode, beta.jobcode].sort((a, b) => a - b)],
  ]);
});

test('filters that make no sense are refused by name', async () => {
  const cases: [object, RegExp][] = [
    [{ project_ids: 'x' }, /project_ids must be/],
    [{ project_ids: [999_999] }, /project_ids names projects that do not exist: 999999/],
    [{ jobcode_ids: [999_999] }, /jobcode_ids names jobcodes that do not exist: 999999/],
    [{ parent_jobcode_id: 999_999 }, /parent_jobcode_id names jobcodes that do not exist: 999999/],
    [{ parent_jobcode_id: [1, 2] }, /parent_jobcode_id must be one id/],
    [{ statuses: ['done'] }, /statuses must be among not_started, in_progress, complete/],
    [{ active: 'maybe' }, /active must be one of yes, no, both/],
    [{ limit: 201 }, /limit must be/],
    [{ page: 'x' }, /page must be a whole number/],
    [{ results_as_array: 'maybe' }, /results_as_array must be/],
    [{ supplemental_data: 'maybe' }, /supplemental_data must be/],
    [{ sort_by: '+status' }, /sort_by must be a list of name, due_date/],
    [{ sort_by: '+name;DROP TABLE projects' }, /sort_by must be/],
    [{ search: 'Alpha' }, /search must be an object/],
    [{ search: { status: 'x' } }, /search can only be by name, not by status/],
    [{ search: { name: ['x'] } }, /search needs a text as name/],
    [{ search: { name: 'a\0' } }, /search must be valid text/],
    [{ has_time_tracked: 'both' }, /has_time_tracked must be/],
    [{ time_tracked_start_date: '2024-02-30' }, /time_tracked_start_date must be a date/],
    [
      { time_tracked_start_date: '2024-02-02', time_tracked_end_date: '2024-02-01' },
      /time_tracked_end_date 2024-02-01 lies before time_tracked_start_date 2024-02-02/,
    ],
  ];
  for (const [data, says] of cases) {
    const answer = await admin.post(path, data);
    assert.equal(answer.status, 417, `${JSON.stringify(data)}: ${answer.text}`);
    assert.match(String(answer.body.error?.message), says);
  }
});

test('as CSV: a heading and a row for each project', async () => {
  const body = JSON.stringify({ data: { project_ids: [alpha.id, beta.id] } });
  const answer = await admin.send('POST', `${path}?format=csv`, body);
  assert.equal(answer.status, 200, answer.text);
  const [head, first, second] = answer.text.split('\r\n');
  assert.match(String(head), /id,jobcode_id,parent_jobcode_id,name,.*,budget_progress,clocked_in_user_ids$/);
  assert.match(String(first), new RegExp(`^${alpha.id},.*,Alpha,in_progress,.*,12327,90000,0,0,0,0.14,$`));
  assert.match(String(second), new RegExp(`"beta, 100%".*,4200,0,0,0,0,,${ann.userId} ${bob.userId}$`));
});

test('a page of any size takes the same number of statements', async () => {
  const count = (limit: number): Promise<number> => statementsDuring(() => ask(admin, { limit, sort_by: '+name' }));
  await count(200);
  assert.equal(await count(200), await count(3));
});
