import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { actions } from '../../src/dialects/tsheets-legacy/actions/index.ts';
import { properties } from '../../src/dialects/tsheets-legacy/properties/index.ts';
import { hostileText } from '../fuzz/values.ts';
import { type Legacy, legacyOf, sendLegacy } from '../support/legacy.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const count = 120;
const seed = Number(process.env.OPENPUNCH_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const now = Date.UTC(2026, 5, 15, 18) / 1000;
let world: World;
let company: Company;
let worker: Person;
let sessions: readonly Legacy[];
let job: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  job = await company.jobcode();
  worker = await company.person({ permissions: ['manage_my_timesheets'] });
  sessions = [await legacyOf(world, company, company.admin), await legacyOf(world, company, worker)];
});
after(() => world.close());

/** Parameters that the actions know, with values that they take. */
const usual = (): Readonly<Record<string, string>> => ({
  job_code_id: String(job),
  notes: 'noted',
  seconds: '60',
  username: worker.username,
  append: '1',
  date: '2026-06-14',
  hours: '1.5',
  id: '1',
  latitude: '43.6',
  longitude: '-116.2',
  accuracy: '10',
  altitude: '800',
  activity: 'ci',
  property: Object.keys(properties).join('|'),
  assigned_to: worker.username,
  ids: String(job),
  parent_ids: '0',
  active: 'both',
  type: 'all',
  modified_since: '2020-01-01 00:00:00',
  modified_before: '2030-01-01 00:00:00',
  per_page: '10',
  page: '1',
  job_code_name: 'Named',
  job_code_type: 'regular',
  new_job_code_type: 'regular',
  parent_id: '0',
  global: '1',
  assign_all: '1',
  billable: '1',
  alias: 'nm',
  copy_id: String(job),
  duplicate_name: 'Copied',
  fname: 'Fay',
  lname: 'Lee',
  new_username: 'fay',
  passwd: 'correct horse 77',
  group_id: '0',
  email: 'fay@example.com',
  employee_id: '77',
  payrate: '12.5',
  timeframe: 'hour',
  permission: 'mobile',
  perm_value: '1',
  start_date: '2026-06-01',
  end_date: '2026-06-30',
  user_ids: String(worker.userId),
  group_ids: '0',
  users: String(worker.userId),
  data: 'action=clock_in',
  output_format: 'xml',
});

test('whatever is sent, the answer is well-formed and is no fault of the server', async () => {
  const names = Object.keys(usual());
  const shots = fc.sample(
    fc.record({
      action: fc.constantFrom(...Object.keys(actions)),
      by: fc.nat(1),
      wrong: fc.dictionary(fc.constantFrom(...names), hostileText, { maxKeys: 4 }),
      left: fc.subarray(names),
      json: fc.boolean(),
    }),
    { numRuns: count, seed },
  );
  const report: string[] = [];
  const refused = new Set<number>();
  const shoot = async ({ action, by, wrong, left, json }: (typeof shots)[number]): Promise<void> => {
    const known = usual();
    const kept = Object.fromEntries(left.map((name) => [name, known[name] ?? '']));
    const params = { ...kept, output_format: json ? 'json' : 'xml', ...wrong };
    const body = new URLSearchParams({ action, token: sessions[by]?.token ?? '', ...params });
    const answer = await sendLegacy(world, {}, { method: 'POST', body });
    const { status, text } = answer;
    const code = Number(answer.body.error_code ?? 0);
    refused.add(code);
    const good = ['ok', 'fail'].includes(String(answer.body.status)) && status === 200 && code !== 9999;
    if (!good) report.push(`${action} ${JSON.stringify(params)}\n${status} ${text}`);
  };
  const queue = shots.values();
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (const shot of queue) await shoot(shot);
    }),
  );
  assert.deepEqual(report, [], `OPENPUNCH_FUZZ_SEED=${seed}`);
  assert.ok(refused.has(0) && refused.has(7010) && refused.has(7011), 'some succeed and some do not');
});
