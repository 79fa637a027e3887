import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Entry } from '../../src/dialects/tsheets-legacy/action.ts';
import { actions } from '../../src/dialects/tsheets-legacy/actions/index.ts';
import { openActions } from '../../src/dialects/tsheets-legacy/authentication.ts';
import { describeLegacy } from '../../src/dialects/tsheets-legacy/openapi/index.ts';
import { properties } from '../../src/dialects/tsheets-legacy/properties/index.ts';
import { propertiesSaid } from '../../src/dialects/tsheets-legacy/said/get.ts';
import { xmlOf } from '../../src/dialects/tsheets-legacy/xml.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import type { Json } from '../support/api.ts';
import { sendLegacy } from '../support/legacy.ts';
import { openWorld } from '../support/world.ts';
import { makeFirm, momentOfExamples, recorded } from './firm.ts';

const entries = new Map(Object.entries<Entry<never>>({ ...openActions, ...actions }));
const read = new Map([...entries.keys()].map((name) => [name, new Set<string>()]));
// The server of this file tells which parameters its actions read.
for (const [name, entry] of entries) {
  const run = entry.run as (call: { params: ReadonlyMap<string, string> }) => ReturnType<Entry['run']>;
  const names = read.get(name) ?? new Set();
  Object.assign(entry, {
    run: (call: Parameters<typeof run>[0]) => run({ ...call, params: recorded(call.params, names) }),
  });
}

const world = await openWorld({ now: momentOfExamples });
after(() => world.close());
const { companyId, dana } = await makeFirm(world);
const owner = { companyId, userId: dana.userId, label: 'test', door: 'tsheets-legacy' } as const;
const key = await issueToken(world.services, owner, systemClock.now());

test('every action is described by GET and POST, and nothing else', () => {
  const { paths } = describeLegacy();
  const names = [...entries.keys()].map((name) => `/api.php/${name}`);
  assert.deepEqual(Object.keys(paths).sort(), ['/api.php', ...names].sort());
  for (const [path, item] of Object.entries(paths)) assert.deepEqual(Object.keys(item).sort(), ['get', 'post'], path);
});

const replayed = new Map<string, number>();
let token = '';

/** An answer in its order, without what can not be foreseen: tokens, and the moments at which the database writes. */
function foreseen(answer: object): string {
  const text = JSON.stringify(answer, null, 1);
  return text.replace(/("(?:token|created|last_modified)": ")[^"]*/g, '$1');
}

/** The same of a document, whose blanks between elements say nothing. */
function foreseenXml(document: string): string {
  return document.replace(/>\s+</g, '><').replace(/<(created|last_modified)>[^<]*/g, '<$1>');
}

/** Sends an example, and demands the answer that it shows. */
async function replay(name: string, index = 0): Promise<Json> {
  const entry = entries.get(name);
  const example = entry?.said.examples[index];
  assert.ok(entry !== undefined && example !== undefined, `${name} ${index}`);
  const params = { ...example.params, ...('api_key' in example.params ? { api_key: key } : { token }) };
  const query = { action: name, output_format: 'json' };
  const form = new URLSearchParams(Object.entries(params).map(([param, value]) => [param, String(value)]));
  const { status, body, text } = entry.said.reads
    ? await sendLegacy(world, { ...query, ...params })
    : await sendLegacy(world, query, { method: 'POST', body: form });
  assert.equal(status, 200, text);
  const shown = { status: 'ok', message: example.message, ...example.fields };
  assert.equal(foreseen(body), foreseen(shown), name);
  if (entry.said.reads) {
    const asXml = await sendLegacy(world, { action: name, ...params });
    assert.equal(foreseenXml(asXml.text), foreseenXml(xmlOf(shown)), name);
  }
  replayed.set(name, (replayed.get(name) ?? 0) + 1);
  return body;
}

test('every example gives the answer that it shows', async () => {
  token = String((await replay('get_token')).token);
  await replay('login');
  await replay('user_add');
  await replay('jobcode_add');
  await replay('jobcode_add', 1);
  for (const name of ['jobcode_edit', 'jobcode_duplicate', 'get_jobcodes', 'jobcode_assign']) await replay(name);
  for (const name of ['clock_in', 'job_code_switch', 'replace_notes', 'gps_log', 'get']) await replay(name);
  await replay('get', 1);
  for (const [name, { fields }] of Object.entries(propertiesSaid)) {
    const answer = await sendLegacy(world, {
      action: 'get',
      token,
      output_format: 'json',
      property: name,
      username: 'hannah',
    });
    assert.deepEqual(Object.keys(answer.body), ['status', 'message', ...Object.keys(fields)], name);
  }
  for (const name of ['clock_out', 'add_manual_time', 'get_timesheets', 'get_project_hours']) await replay(name);
  for (const name of ['delete_timesheet', 'jobcode_unassign', 'jobcode_delete', 'user_edit', 'user_delete'])
    await replay(name);
  for (const name of ['log_failed_request', 'logout']) await replay(name);
  for (const [name, { said }] of entries) assert.equal(replayed.get(name), said.examples.length, `${name} was sent`);
});

test('the parameters that are described are those that the actions read', () => {
  for (const [name, { said }] of entries) {
    const names = [...(read.get(name) ?? [])].filter((param) => param !== 'token');
    assert.deepEqual(names.sort(), Object.keys(said.parameters?.properties ?? {}).sort(), name);
  }
});

test('every property of get is described', () => {
  assert.deepEqual(Object.keys(propertiesSaid), Object.keys(properties));
});
