import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { describeTsheetsRest } from '../../src/dialects/tsheets-rest/openapi/index.ts';
import type { Parameter, Reference, Schema } from '../../src/http/openapi/types.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

/** What the description says of parameters and required properties is what the server does. */
const { paths, parameters: shared, schemas } = describeTsheetsRest();
let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

const below = (path: string): string => path.replace('/api/v1', '');
const nameOf = ($ref: string): string => $ref.replace(/^.*\//, '');

function parameterOf(given: Parameter | Reference): Parameter {
  const found = '$ref' in given ? shared?.[nameOf(given.$ref)] : given;
  assert.ok(found);
  return found;
}

function schemaOf(given: Schema): Schema {
  return given.$ref === undefined ? given : schemaOf(schemas[nameOf(given.$ref)] ?? {});
}

/** Values that a schema allows, and some that it does not. */
function valuesOf({ enum: choices, type, format, items, minimum, maximum, maxItems = 0, maxLength = 0 }: Schema): {
  good: readonly unknown[];
  bad: readonly unknown[];
} {
  if (choices !== undefined) return { good: choices, bad: ['perhaps'] };
  if (format === 'date') return { good: ['2026-06-15'], bad: ['2026-02-30', 'soon'] };
  if (format === 'date-time') return { good: ['2026-06-15T10:00:00-04:00'], bad: ['soon'] };
  if (type === 'array') {
    const { good, bad } = valuesOf(items ?? {});
    return { good: [good.join()], bad: [...bad, Array.from({ length: maxItems + 1 }, () => good[0]).join()] };
  }
  if (type === 'integer') {
    // Some lists refuse people who do not exist.
    const good = maximum === undefined ? [company.admin.userId] : [minimum ?? 1, maximum];
    return { good, bad: ['many', ...(maximum === undefined ? [] : [maximum + 1])] };
  }
  return { good: ['a'], bad: maxLength === 0 ? [] : ['a'.repeat(maxLength + 1)] };
}

// Of these the description says that more, or less, is taken for something else.
const lenient = new Set(['per_page']);

for (const [path, { get }] of Object.entries(paths)) {
  if (get === undefined || !get.operationId.startsWith('list') || get.tags[0] === 'events') continue;
  test(`${get.operationId}: parameters are as described`, async () => {
    const parameters = (get.parameters ?? []).map(parameterOf).filter((parameter) => parameter.in === 'query');
    const needed = Object.fromEntries(
      parameters.filter(({ required }) => required).map(({ name, schema }) => [name, valuesOf(schema).good[0]]),
    );
    const oneOf = parameters.filter(({ description }) => description.includes('At least one of'));
    const ask = async (query: Readonly<Record<string, unknown>>): Promise<number> =>
      (await company.admin.get(below(path), query as Record<string, string>)).status;
    const first = oneOf[0] === undefined ? {} : { [oneOf[0].name]: valuesOf(oneOf[0].schema).good[0] };
    for (const name of Object.keys(needed)) {
      const { [name]: _, ...others } = { ...needed, ...first };
      assert.equal(await ask(others), 417, `without ${name}`);
    }
    if (oneOf.length > 0) assert.equal(await ask(needed), 417, 'without any that is needed');
    for (const { name, schema } of oneOf)
      assert.equal(await ask({ ...needed, [name]: valuesOf(schema).good[0] }), 200, `${name} will do`);
    for (const { name, schema } of parameters) {
      const { good, bad } = valuesOf(schema);
      for (const value of good)
        assert.equal(await ask({ ...needed, ...first, [name]: value }), 200, `${name}=${value}`);
      for (const value of lenient.has(name) ? bad.slice(0, 1) : bad) {
        const status = await ask({ ...needed, ...first, [name]: value });
        assert.ok(status === 417 || status === 413, `${name}=${String(value).slice(0, 40)} is answered with ${status}`);
      }
    }
  });
}

for (const [path, { post }] of Object.entries(paths)) {
  const body = post?.requestBody?.content['application/json']?.schema.properties?.data;
  if (post === undefined || body?.type !== 'array' || !post.operationId.startsWith('create')) continue;
  test(`${post.operationId}: what is required is missed`, async () => {
    const item = schemaOf(body.items ?? {});
    for (const variant of item.oneOf?.map(schemaOf) ?? [item]) {
      const { required = [], properties = {}, anyOf = [] } = variant;
      // Of several kinds the item says which it is, as that is required of all of them.
      const kind = Object.entries(properties).filter(
        ([name, { enum: values }]) => item.oneOf !== undefined && values?.length === 1 && required.includes(name),
      );
      const sent = Object.fromEntries(kind.map(([name, { enum: values = [] }]) => [name, values[0]]));
      const { body: answer } = await company.admin.post(below(path), [sent]);
      const [items = {}] = Object.values(answer.results ?? {});
      const said = String(Object.values(items)[0]?._status_extra ?? '');
      const missing = required.filter((name) => !(name in sent));
      const choices = [...new Set(anyOf.flatMap(({ required: names = [] }) => names))];
      if (missing.length > 0) {
        assert.match(said, /^Missing required params: /);
        const named = said.replace('Missing required params: ', '').split(/, ?/);
        assert.deepEqual(new Set(named), new Set(missing), `${variant.title}`);
      } else if (choices.length > 0) {
        assert.ok(
          choices.some((name) => said.includes(name)),
          `${variant.title}: ${said}`,
        );
      } else assert.doesNotMatch(said, /Missing/, `${variant.title}`);
    }
  });
}
