import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { seedDemo } from '../../src/commands/seed/index.ts';
import type { Services } from '../../src/http/services.ts';
import { DomainError } from '../../src/lib/errors.ts';
import { checkPassword } from '../../src/operations/sign-in.ts';
import { anyCompany } from '../../src/resources/companies/exists.ts';
import type { Cells, Db } from '../../src/store/db.ts';
import { type Sql, sql } from '../../src/store/sql.ts';
import { type Api, apiOf } from '../support/api.ts';
import { openWorld } from '../support/world.ts';
import { at, closeWorld, contentOf, type DemoWorld, demoIn, openDemo, overlaps } from './support.ts';

const wednesday = at('2026-06-17T14:20:00-04:00');
const today = '2026-06-17';

let demo: DemoWorld;
before(async () => {
  demo = await openDemo(wednesday);
});
after(() => closeWorld(demo.world));

const one = async (statement: Sql): Promise<Cells> => (await demo.rows(statement))[0] ?? [];
const digestOf = async (made: DemoWorld): Promise<string> =>
  createHash('sha256')
    .update(JSON.stringify(await contentOf(made)))
    .digest('hex');

test('people have groups, managers, roles and numbers', async () => {
  const groups = sql`SELECT g.name, count(*), min(cardinality(g.manager_ids)) FROM groups g
    JOIN users u ON u.group_id = g.id GROUP BY g.name ORDER BY g.name`;
  assert.deepEqual(await demo.rows(groups), [
    ['Field service', '5', '1'],
    ['Night crew', '3', '1'],
    ['Office', '4', '1'],
  ]);
  const people = sql`SELECT count(*), count(*) FILTER (WHERE 'admin' = ANY(permissions)),
    count(*) FILTER (WHERE NOT active AND term_date IS NOT NULL), count(*) FILTER (WHERE exempt AND salaried),
    count(*) FILTER (WHERE 'time_tracking' = ANY(permissions)), count(DISTINCT payroll_id),
    count(DISTINCT employee_number), count(hire_date), count(*) FILTER (WHERE require_password_change AND active)
    FROM users`;
  assert.deepEqual(await one(people), ['12', '1', '1', '1', '12', '12', '12', '12', '0']);
  const approvals = sql`SELECT count(*) FILTER (WHERE approved_to BETWEEN ${today}::date - 28 AND ${today}::date - 14),
    count(*) FILTER (WHERE submitted_to BETWEEN approved_to AND ${today}::date - 14) FROM users`;
  assert.deepEqual(await one(approvals), ['10', '12']);
});

test('jobs stand in a tree, with time off, breaks and two custom fields', async () => {
  const tree = sql`SELECT count(*), count(*) FILTER (WHERE NOT active), count(*) FILTER (WHERE parent_id IS NULL),
    count(*) FILTER (WHERE billable AND billable_rate > 0) FROM jobcodes WHERE type = 'regular'`;
  assert.deepEqual(await one(tree), ['25', '2', '8', '12']);
  const types = sql`SELECT type, count(*) FROM jobcodes WHERE type <> 'regular' GROUP BY type ORDER BY type`;
  assert.deepEqual(await demo.rows(types), [
    ['paid_break', '1'],
    ['pto', '3'],
    ['unpaid_break', '1'],
  ]);
  assert.deepEqual(await demo.rows(sql`SELECT type, required, show_to_all FROM customfields ORDER BY type`), [
    ['free-form', 'f', 't'],
    ['managed-list', 'f', 't'],
  ]);
});

test('there is a year of time without overlaps, none of it ahead but approved time off', async () => {
  const kinds = sql`SELECT count(*), count(*) FILTER (WHERE type = 'manual'), count(*) FILTER (WHERE notes <> ''),
    count(*) FILTER (WHERE customfields::text <> '{}'), count(DISTINCT tz_str) FROM timesheets`;
  const [sheets, off, noted, valued, zones] = (await one(kinds)).map(Number);
  assert.ok(Number(sheets) > 2_300 && Number(sheets) < 3_000, `${sheets} timesheets`);
  assert.ok(Number(off) > 80 && Number(noted) > 200 && Number(valued) > 500, `${off} ${noted} ${valued}`);
  assert.equal(zones, 2);
  assert.deepEqual(await demo.rows(overlaps(wednesday)), []);
  const ahead = sql`SELECT id FROM timesheets
    WHERE (coalesce(end_at, start_at) > to_timestamp(${wednesday}) OR date > ${today}) AND time_off_request_entry_id IS NULL`;
  assert.deepEqual(await demo.rows(ahead), []);
  assert.deepEqual(await demo.rows(sql`SELECT DISTINCT via FROM history`), [['demo']]);
});

test('there is some of everything that the API knows', async () => {
  const api = apiOf(`${demo.world.url}/api/v1`, demo.access.token);
  const count = async (name: string, query: Record<string, string | number> = {}): Promise<number> => {
    const answer = await api.get(`/${name}`, query);
    assert.equal(answer.status, 200, `${name}: ${answer.text}`);
    return Object.keys(answer.body.results?.[name] ?? {}).length;
  };
  const [calendar] = Object.keys((await api.get('/schedule_calendars')).body.results?.schedule_calendars ?? {});
  const [project = ''] = Object.keys((await api.get('/projects')).body.results?.projects ?? {});
  const counts: readonly [string, Record<string, string | number>, number][] = [
    ['locations', {}, 3],
    ['locations_map', {}, 3],
    ['geofence_configs', {}, 3],
    ['geolocations', { modified_since: '2000-01-01' }, 2],
    ['customfielditem_filters', {}, 2],
    ['customfielditem_user_filters', {}, 1],
    ['projects', {}, 2],
    ['estimates', {}, 1],
    ['estimate_items', {}, 2],
    ['files', {}, 1],
    ['project_notes', { project_id: project }, 2],
    ['schedule_events', { schedule_calendar_ids: calendar ?? '', start: '2026-06-01', draft: 'both' }, 14],
    ['reminders', { user_ids: await ids(api) }, 3],
    ['notifications', {}, 1],
    ['time_off_requests', {}, 3],
    ['time_off_request_entries', { status: 'all' }, 4],
  ];
  for (const [name, query, expected] of counts) assert.equal(await count(name, query), expected, name);
  assert.ok((await count('project_activities', { project_id: project })) >= 4);
});

/** Everybody's id, and 0 for the company. */
async function ids(api: Api): Promise<string> {
  const users = (await api.get('/users')).body.results?.users ?? {};
  return ['0', ...Object.keys(users)].join(',');
}

test('two people are on the clock since today, and not the administrator', async () => {
  const open = sql`SELECT 'admin' = ANY(u.permissions), t.date FROM timesheets t JOIN users u ON u.id = t.user_id
    WHERE t.end_at IS NULL AND t.type = 'regular'`;
  assert.deepEqual(await demo.rows(open), [
    ['f', today],
    ['f', today],
  ]);
});

test('the nights on which clocks change last as long as they really did', async () => {
  const nights = sql`
    SELECT t.date, u.username, t.duration = extract(epoch FROM t.end_at - t.start_at),
      t.duration - extract(epoch FROM (t.end_at + make_interval(mins => t.end_offset))
                                    - (t.start_at + make_interval(mins => t.start_offset)))::int
    FROM timesheets t JOIN users u ON u.id = t.user_id
    WHERE t.end_at IS NOT NULL AND t.start_offset <> t.end_offset ORDER BY 1, 2`;
  assert.deepEqual(await demo.rows(nights), [
    ['2025-11-01', 'grace', 't', '3600'],
    ['2025-11-01', 'yuki', 't', '3600'],
    ['2026-03-07', 'grace', 't', '-3600'],
    ['2026-03-07', 'yuki', 't', '-3600'],
  ]);
});

test('everybody who is there signs in with the printed password', async () => {
  const { access, world } = demo;
  assert.equal(access.signIns.length, 11);
  assert.equal(access.signIns[0]?.role, 'administrator');
  for (const { username, password } of access.signIns) {
    const input = { companyUrl: access.companyUrl, username, password, address: '127.0.0.1', now: wednesday };
    assert.equal((await checkPassword(world.services, input)).username, username);
  }
});

/** Services whose transactions lose the database at a statement. */
function brokenAt(services: Services, statement: number): Services {
  let count = 0;
  const breaking = (db: Db): Db => ({
    rows: (text) => {
      count += 1;
      if (count === statement) throw new DomainError('unavailable', 'The database went away.');
      return db.rows(text);
    },
    pipeline: (texts, options) => db.pipeline(texts, options),
    transaction: (work) => db.transaction((inside) => work(breaking(inside))),
  });
  const { system, forCompany, waiting, close } = services.database;
  return { ...services, database: { system: breaking(system), forCompany, waiting, close } };
}

test('a demo that breaks off leaves nothing; the next one is the same, with the token that is asked for', async () => {
  const first = await digestOf(demo);
  const world = await openWorld({ now: wednesday, env: { OPENPUNCH_DEMO_TOKEN: 'open-sesame-2026' } });
  try {
    await assert.rejects(seedDemo(brokenAt(world.services, 60), { today }), /went away/);
    assert.equal(await anyCompany(world.services.database.system), false);
    assert.deepEqual(await world.services.database.system.rows(sql`SELECT id FROM users`), []);
    const access = await seedDemo(world.services, { today });
    assert.equal(await digestOf(demoIn(world, wednesday, access)), first);
    assert.equal(access.token, 'open-sesame-2026');
    assert.equal((await apiOf(`${world.url}/api/v1`, access.token).get('/current_user')).status, 200);
  } finally {
    await closeWorld(world);
  }
});

test('the administrator clocks in by the demo token, and out again', async () => {
  const { access, world } = demo;
  const api = apiOf(`${world.url}/api/v1`, access.token);
  const [user] = Object.values((await api.get('/current_user')).body.results?.users ?? {});
  const [job] = Object.values((await api.get('/jobcodes', { name: 'Office' })).body.results?.jobcodes ?? {});
  const sheet = {
    user_id: user?.id,
    jobcode_id: job?.id,
    type: 'regular',
    start: '2026-06-17T14:20:00-04:00',
    end: '',
  };
  const created = await api.post('/timesheets', [sheet]);
  const row = created.body.results?.timesheets?.['1'];
  assert.equal(Number(row?._status_code), 200, created.text);
  world.clock.set(wednesday + 60);
  const ended = await api.put('/timesheets', [{ id: row?.id, end: '2026-06-17T14:21:00-04:00' }]);
  assert.equal(Number(ended.body.results?.timesheets?.['1']?._status_code), 200, ended.text);
});
