import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { endpoints } from '../../src/dialects/timestation/endpoints.ts';
import type { Endpoint } from '../../src/dialects/timestation/handler.ts';
import { firm } from '../../src/dialects/timestation/openapi/firm.ts';
import { describeTimeStation } from '../../src/dialects/timestation/openapi/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { clientOf, type Form, type TimeStation } from '../support/timestation.ts';
import { openWorld } from '../support/world.ts';
import { makeFirm, momentOfExamples, recorded } from './firm.ts';

const { paths } = describeTimeStation();
const read = new Map(endpoints.map(({ said }) => [said.name, new Set<string>()]));
// The servers of this file tell which fields their handlers read.
for (const endpoint of endpoints) {
  const { handler, said } = endpoint;
  const names = read.get(said.name) ?? new Set();
  const handlerThatTells: Endpoint['handler'] = (call) =>
    handler({ ...call, query: recorded(call.query, names), body: recorded(call.body, names) });
  Object.assign(endpoint, { handler: handlerThatTells });
}

const world = await openWorld({ now: momentOfExamples });
after(() => world.close());
const { companyId, dana } = await makeFirm(world);
await insertFields(world.services.database.forCompany(companyId), companyId, [
  { name: 'Phone Number', appliesTo: 'user', type: 'free-form' },
]);
const owner = { companyId, userId: dana.userId, label: 'test', door: 'timestation' } as const;
const key = await issueToken(world.services, owner, systemClock.now());
const [api, newer] = [clientOf(`${world.url}/v1`, key), clientOf(`${world.url}/v1.1`, key)];

test('every endpoint of both versions is described, and nothing else', () => {
  const routes = ['/v1', '/v1.1'].flatMap((prefix) =>
    endpoints.map(({ method, path }) => `${method} ${prefix}${path.replace(/:(\w+)/g, '{$1}')}`),
  );
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(described.sort(), routes.sort());
  for (const [path, item] of Object.entries(paths)) {
    const created = path.startsWith('/v1.1/') ? '201' : '200';
    if (item.post !== undefined) assert.ok(created in item.post.responses, path);
  }
});

/** Writes a body as a form does. */
function formOf(body: object): Form {
  const pairs = Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, inner]) => [`${name}[${key}]`, String(inner)])
      : [[name, String(value)]],
  );
  return Object.fromEntries(pairs) as Form;
}

const replayed = new Map<string, number>();

type Options = { as?: 'form' | 'json'; by?: TimeStation; params?: Readonly<Record<string, string>> };

/** Sends an example, and demands the answer that it shows; with other `params`, only a success. */
async function replay(name: string, index = 0, { as = 'form', by = api, params }: Options = {}): Promise<void> {
  const endpoint = endpoints.find(({ said }) => said.name === name);
  const example = endpoint?.said.examples[index];
  assert.ok(endpoint !== undefined && example !== undefined, `${name} ${index}`);
  const { body, query = {}, answer } = example;
  const inPath = { ...example.params, ...params };
  const path = endpoint.path.replace(/:(\w+)/g, (_, word: string) => inPath[word] ?? '');
  const json = as === 'json';
  const text = json ? JSON.stringify(body) : String(new URLSearchParams(formOf(body ?? {})));
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
  const target = `${path}?${new URLSearchParams(query)}`;
  const sent = await by.send(endpoint.method, target, body && text, body && { 'content-type': type });
  assert.ok(sent.status < 300, `${name}: ${sent.text}`);
  replayed.set(name, (replayed.get(name) ?? 0) + 1);
  if (params === undefined) assert.equal(withoutLots(sent.body), withoutLots(answer), name);
}

/** An answer in its order, without QR codes, which are drawn by lot. */
function withoutLots(answer: object): string {
  return JSON.stringify(answer, null, 1).replace(/("card_qr_code": ")\d{31}/g, '$1');
}

/** Checks Hannah in. */
async function checkIn(time_in: string, by = api): Promise<string> {
  const place = { employee_id: firm.hannah, department_id: firm.fieldService };
  const { text, body } = await by.post('/shifts', { ...place, time_in });
  return String(body.shift?.shift_id ?? assert.fail(text));
}

test('every example gives the answer that it shows, as a form and as JSON', async () => {
  await replay('createDepartment');
  await replay('createEmployee');
  await replay('createEmployee', 1, { as: 'json' });
  await replay('updateDepartment', 0, { as: 'json' });
  await replay('createShift', 0);
  await replay('createShift', 1, { as: 'json' });
  for (const name of ['listEmployees', 'getEmployee', 'listDepartments', 'getDepartment']) await replay(name);
  await replay('closeShift');
  await replay('updateShift', 0, { as: 'json' });
  for (const name of ['getShift', 'listShifts']) await replay(name);
  const afternoon = await checkIn('2026-06-15T12:15-04:00');
  await replay('checkOutEmployee', 0, { as: 'json' });

  // The same once more by POST, which the newer version answers in its own way.
  for (const shift of [firm.monday, afternoon]) await api.delete(`/shifts/${shift}`);
  const morning = await checkIn('2026-06-15T07:30-04:00', newer);
  await replay('closeShiftByPost', 0, { by: newer, params: { shift_id: morning } });
  await checkIn('2026-06-15T12:15-04:00', newer);
  await replay('checkOutEmployeeByPost', 0, { by: newer, as: 'json' });

  await replay('updateEmployee');
  await replay('updateEmployee', 1, { as: 'json' });
  await replay('deleteShift', 0, { by: newer });
  await replay('deleteEmployee');
  await replay('deleteDepartment');
  for (const { said } of endpoints)
    assert.ok(replayed.get(said.name) === said.examples.length, `${said.name} was sent`);
});

test('the fields that are described are those that the handlers read', () => {
  for (const { said } of endpoints) {
    const described = [said.query, said.body].flatMap((fields) => Object.keys(fields?.properties ?? {}));
    assert.deepEqual([...(read.get(said.name) ?? [])].sort(), [...new Set(described)].sort(), said.name);
  }
});
