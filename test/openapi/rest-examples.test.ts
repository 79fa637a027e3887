import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { chapterFile, chapters, type Step, stepsOf } from '../../src/dialects/tsheets-rest/openapi/examples.ts';
import { describeTsheetsRest } from '../../src/dialects/tsheets-rest/openapi/index.ts';
import type { Method } from '../../src/http/openapi/types.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { manageClient } from '../../src/operations/managed-clients.ts';
import { createCompany } from '../../src/operations/sign-up.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import { raw, sql } from '../../src/store/sql.ts';
import { apiOf, type Json } from '../support/api.ts';
import { openWorld } from '../support/world.ts';
import { makeFirm, momentOfExamples } from './firm.ts';

/** Where each table begins to count, so that the ids in the examples tell one object from another. */
const firstIds: Readonly<Record<string, number>> = {
  users: 12,
  groups: 31,
  customfields: 41,
  projects: 61,
  jobcodes: 71,
  pto_policies: 201,
  pto_adjustments: 211,
  time_off_requests: 231,
  time_off_request_notes: 241,
  time_off_request_entries: 251,
  locations: 301,
  locations_map: 331,
  geofence_configs: 351,
  schedule_events: 401,
  customfielditems: 421,
  customfielditem_filters: 451,
  estimates: 611,
  estimate_items: 641,
  project_notes: 661,
  project_activity_replies: 671,
  project_activities: 681,
  project_activity_read_times: 691,
  jobcode_assignments: 801,
  files: 901,
  geolocations: 921,
  approval_events: 931,
  notifications: 951,
  reminders: 961,
  push_subscriptions: 971,
  webhooks: 711,
  webhook_deliveries: 721,
  dashboard_messages: 981,
  payroll_closings: 991,
};

/** Writes the answers into the examples instead of demanding them: after a change of what the server answers. */
const record = process.env.OPENPUNCH_RECORD_EXAMPLES === '1';

const { paths } = describeTsheetsRest();
const routes = new Map(
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => [operationId, { path, method: method as Method }] as const),
  ),
);

const world = await openWorld({ now: momentOfExamples });
after(() => world.close());
const { companyId, dana } = await makeFirm(world);
const { system } = world.services.database;
await addManagedClient();
for (const [table, first] of Object.entries(firstIds)) {
  await system.rows(sql`ALTER TABLE ${raw(table)} ALTER COLUMN id RESTART WITH ${raw(String(first))}`);
}
const token = await issueToken(world.services, { companyId, userId: dana.userId, label: 'test' }, systemClock.now());
const api = apiOf(`${world.url}`, token);

/** A company that the firm looks after. */
async function addManagedClient(): Promise<void> {
  const admin = {
    username: 'omar',
    firstName: 'Omar',
    lastName: 'Haddad',
    email: '',
    password: 'correct horse battery 7',
  };
  await system.rows(sql`ALTER TABLE users ALTER COLUMN id RESTART WITH 21`);
  const client = await createCompany(
    world.services,
    { name: 'Hudson Elevators', clientUrl: 'hudson-elevators', timeZone: 'America/New_York', admin },
    { via: 'test', requestId: '' },
  );
  await manageClient(world.services, { companyId, clientId: client.companyId, active: true });
}

/** A message that the webhook of the examples delivered. */
async function addDelivery(): Promise<void> {
  await system.rows(sql`
    INSERT INTO webhook_deliveries (company_id, webhook_id, event_id, resource, action, object_id, message_id, status, due, attempts,
      last_attempt, last_status_code, response, created)
    SELECT ${companyId}, 711, 5021, 'timesheets', 'updated', 503, 'msg_5021_711', 'delivered', NULL, 1, now(), 204, '', now()`);
}

async function send(step: Step): Promise<Json> {
  const route = routes.get(step.operation);
  assert.ok(route, `${step.operation} is no operation`);
  if (step.at !== undefined) world.clock.set(Date.parse(step.at) / 1000);
  if (step.operation === 'listWebhookDeliveries') await addDelivery();
  // Nothing outside is posted to: the deliveries of webhooks wait.
  if (!/webhook/i.test(step.operation)) await world.runJobs();
  const query = step.query === undefined ? '' : `?${new URLSearchParams(step.query)}`;
  const body = step.body === undefined ? undefined : JSON.stringify(step.body);
  const answer = await api.send(route.method.toUpperCase(), `${route.path}${query}`, body);
  assert.equal(answer.status, 200, `${step.operation}: ${answer.text}`);
  for (const item of itemsIn(answer.body)) {
    const { _status_code: status } = item;
    assert.ok(status === undefined || Number(status) < 300, `${step.operation}: ${JSON.stringify(item)}`);
  }
  return answer.body;
}

function itemsIn({ results }: Json): Json[] {
  return Object.values(results ?? {}).flatMap((section) => (typeof section === 'object' ? Object.values(section) : []));
}

const began = systemClock.now();

/**
 * An answer as the examples show it: the database stamps rows by its own clock, so the moments of this run are those of the
 * story; and what is random is named so.
 */
function shown(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (random[key] !== undefined) return random[key];
    const seconds = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) / 1000 : Number.NaN;
    return Math.abs(seconds - began) < 600 ? '2026-06-15T18:00:00+00:00' : value;
  });
  return JSON.parse(text);
}

const random: Readonly<Record<string, string>> = {
  secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  msg_tracking_id: '7c2f1f0e-5d0b-4f5e-9a55-6f6f1a9d2b11',
  public_key: 'BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U',
};

for (const chapter of chapters) {
  test(`the examples of ${chapter} succeed, and answer what they show`, async () => {
    const steps = stepsOf(chapter);
    const told: Step[] = [];
    for (const step of steps) {
      const answer = await send(step);
      if (record) told.push({ ...step, answer: shown(answer) });
      else assert.deepEqual(shown(answer), step.answer, step.operation);
    }
    if (record) await writeFile(chapterFile(chapter), `${JSON.stringify(told, null, 2)}\n`);
  });
}
