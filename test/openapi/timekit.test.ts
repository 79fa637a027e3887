import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { endings } from '../../src/dialects/timekit/openapi/examples/endings.ts';
import { exchanges, exchangesOf } from '../../src/dialects/timekit/openapi/examples/index.ts';
import { describeTimekit } from '../../src/dialects/timekit/openapi/index.ts';
import { routes } from '../../src/dialects/timekit/routes.ts';
import type { Schema } from '../../src/http/openapi/types.ts';
import { actions } from '../../src/rules/bookings/graphs.ts';
import { openWorld } from '../support/world.ts';
import { momentOfExamples } from './firm.ts';
import { timekitFirm } from './timekit-firm.ts';
import { watchReads } from './timekit-reads.ts';

const { paths, schemas } = describeTimekit();
const calls = routes.map(({ about }) => about).filter(({ oldNameOf }) => oldNameOf === undefined);

const handlers = new Map(routes.map((route) => [route.about.name, route.handler]));
const reads = watchReads();
const world = await openWorld({ now: momentOfExamples });
after(() => world.close());
const firm = await timekitFirm(world);

test('every route is described, and nothing else', () => {
  const served = routes.map(({ method, path }) => `${method} /v2${path.replace(/:(\w+)/g, '{$1}')}`);
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(described.sort(), served.sort());
});

test('every call has an example, which gives the answer that it shows', async () => {
  assert.deepEqual(
    calls.filter(({ name }) => exchangesOf(name).length === 0),
    [],
  );
  for (const exchange of exchanges) if (!endings.includes(exchange)) await firm.replay(exchange);
});

test('the workflows of bookings are told as the rules have them', () => {
  const rows = describeTimekit()
    .groups.flatMap(({ tags }) => tags)
    .flatMap(({ name, description }) => (name === 'Bookings' ? description.split('\n') : []));
  for (const row of [
    '| `confirm_decline` | `tentative` | confirm → `confirmed`, decline → `declined` |',
    '| `group_owner` | `tentative` | cancel → `cancelled`, complete → `completed` |',
    '|  | `paid` | cancel → `cancelled`, complete → `completed` |',
  ])
    assert.ok(rows.includes(row), row);
});

test('an old name does what the name of today does', () => {
  for (const { name, oldNameOf, body, data, params } of routes.map(({ about }) => about)) {
    if (oldNameOf === undefined) continue;
    const today = calls.find((one) => one.name === oldNameOf) ?? assert.fail(name);
    assert.equal(handlers.get(name), handlers.get(oldNameOf));
    assert.deepEqual([body, data, params], [today.body, today.data, today.params]);
  }
});

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : { ...schemas[name] };
}

/** Constraints are read by rules, which have tests of their own. */
const isLeaf = ({ $ref }: Schema): boolean => $ref?.endsWith('/TimekitConstraint') === true;

/** The names of the fields below a schema; `*` for the items of a list, and for keys that a client makes up. */
function namesIn(schema: Schema, place = ''): string[] {
  if (isLeaf(schema)) return [];
  const { properties = {}, items, additionalProperties, anyOf = [] } = resolved(schema);
  const below = typeof additionalProperties === 'object' ? additionalProperties : items;
  return [
    ...Object.entries(properties).flatMap(([name, one]) => [place + name, ...namesIn(one, `${place}${name}.`)]),
    ...(below === undefined ? [] : namesIn(below, `${place}*.`)),
    ...anyOf.flatMap((one) => namesIn(one, place)),
  ];
}

/** A body with every key that a schema names, and nothing in it. */
function skeletonOf(schema: Schema): unknown {
  if (isLeaf(schema)) return {};
  const { properties, items, additionalProperties, anyOf } = resolved(schema);
  if (anyOf !== undefined) return skeletonOf(anyOf.at(-1) ?? {});
  if (properties !== undefined)
    return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, skeletonOf(one)]));
  if (items !== undefined) return [skeletonOf(items)];
  return typeof additionalProperties === 'object' ? { any: skeletonOf(additionalProperties) } : null;
}

/** The name of a field as `namesIn` gives it, without a bulk around it: its items are read by themselves, too. */
function spelled(name: string): string {
  return name
    .replace(/(^|\.)\d+(?=\.|$)/g, '$1*')
    .replace(/^customer_fields\.\w+/, 'customer_fields.*')
    .replace(/^(bookings\.)?\*\./, '');
}

/** What stands below the name of an action stands for what stands beside it. */
const belowAction = new RegExp(`^(${actions.join('|')})(\\.|$)`);

function isField(name: string): boolean {
  const isItem = /(^|\.)\*$/.test(name);
  // The time zone of a customer is read later, by whoever writes mails.
  return !isItem && !/\*\.(allow|block)_/.test(name) && !belowAction.test(name) && name !== 'customer.timezone';
}

/** A list that comes by itself, by the name that refusals give it. */
const listsAlone = ['resources'];

test('the fields of a body that are described are those that are read', async () => {
  for (const { name, body } of calls) {
    if (body === undefined) continue;
    const [example = assert.fail(name)] = exchangesOf(name);
    const { status, text } = await firm.send(example, skeletonOf(body));
    assert.ok(status < 500, `${name}: ${text}`);
    const described = new Set(namesIn(body).map(spelled).filter(isField));
    const read = new Set([...(reads.get(name)?.body ?? [])].map(spelled).filter(isField));
    if (resolved(body).type === 'array') for (const list of listsAlone) read.delete(list);
    assert.deepEqual([...read].sort(), [...described].sort(), name);
  }
});

test('the parameters that are described are those that are read', () => {
  const others = ['calendarId', 'resourceId'];
  for (const { name, query = [], paged } of calls) {
    const described = [...query.map((one) => one.name), ...(paged ? ['limit', 'page'] : [])];
    const { body = new Set<string>(), query: asked = new Set<string>() } = reads.get(name) ?? {};
    // Some are read with the same words as bodies are.
    const seen = [...asked, ...['orderBy', 'sortedBy'].filter((one) => body.has(one))];
    assert.deepEqual(seen.filter((one) => !others.includes(one)).sort(), described.sort(), name);
  }
});

test('so do those in which things are taken away in the end', async () => {
  for (const exchange of endings) await firm.replay(exchange);
});
