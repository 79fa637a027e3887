import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import type { Answer } from '../support/api.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, itemsOf, type Row } from './jobs-support.ts';

const resource = 'customfielditem_filters';
const byJobcode = 'customfielditem_jobcode_filters';
const byUser = 'customfielditem_user_filters';
let world: World;
let company: Company;
let admin: Person;
let colour: number;
let size: number;
let red: number;
let blue: number;
let small: number;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
  colour = await create(admin, 'customfields', { name: 'Colour', type: 'managed-list' });
  size = await create(admin, 'customfields', { name: 'Size', type: 'managed-list' });
  red = await create(admin, 'customfielditems', { customfield_id: colour, name: 'red' });
  blue = await create(admin, 'customfielditems', { customfield_id: colour, name: 'blue' });
  small = await create(admin, 'customfielditems', { customfield_id: size, name: 'small' });
});
after(() => world.close());

async function limit(applies_to: string, applies_to_id: number, ...items: number[]): Promise<number[]> {
  const rows = items.map((id) => ({
    customfield_id: id === small ? size : colour,
    customfielditem_id: id,
    applies_to,
    applies_to_id,
  }));
  const made = itemsOf(await admin.post(`/${resource}`, rows), resource);
  for (const row of made) assert.equal(row._status_code, 200, JSON.stringify(row));
  return made.map(({ id }) => Number(id));
}

async function lift(...ids: number[]): Promise<void> {
  await admin.put(
    `/${resource}`,
    ids.map((id) => ({ id, active: false })),
  );
}

const list = (by: Person, name: string, query: Record<string, string | number> = {}): Promise<Answer> =>
  by.get(`/${name}`, query);
async function rows(by: Person, name: string, query: Record<string, string | number> = {}): Promise<Row[]> {
  const answer = await list(by, name, query);
  assert.equal(answer.status, 200, answer.text);
  return Object.values(answer.body.results?.[name] ?? {}) as unknown as Row[];
}

test('jobcode filters: item ids as texts by field; an empty list where the limit was lifted', async () => {
  const [one, two] = [await company.jobcode(), await company.jobcode()];
  const [, ofBlue = 0, ofSmall = 0] = await limit('jobcodes', one, red, blue, small);
  await limit('jobcodes', two, blue);
  const answer = await list(admin, byJobcode, { jobcode_ids: `${one},${two}` });
  assert.deepEqual(Object.keys(answer.body), ['results', 'more', 'supplemental_data']);
  const [first, second, ...others] = Object.entries(answer.body.results?.[byJobcode] ?? {}) as unknown as [
    string,
    Row,
  ][];
  assert.equal(others.length, 0);
  assert.deepEqual(first?.[0], String(one));
  assert.deepEqual(Object.keys(first?.[1] ?? {}), ['id', 'last_modified', 'filtered_customfielditems']);
  assert.equal(first?.[1].id, one);
  assert.deepEqual(first?.[1].filtered_customfielditems, { [colour]: [`${red}`, `${blue}`], [size]: [`${small}`] });
  assert.deepEqual(second?.[1].filtered_customfielditems, { [colour]: [`${blue}`] });
  await lift(ofBlue, ofSmall);
  const [after] = await rows(admin, byJobcode, { jobcode_ids: one });
  assert.deepEqual(after?.filtered_customfielditems, { [colour]: [`${red}`], [size]: [] });
});

test('jobcode filters: modified with the newest change of a filter, also of one that moved away', async () => {
  const [one, two, three] = [await company.jobcode(), await company.jobcode(), await company.jobcode()];
  const [ofRed = 0] = await limit('jobcodes', one, red, blue);
  await limit('jobcodes', three, red);
  const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_050));
  await tick();
  await admin.put(`/${resource}`, [{ id: ofRed, applies_to_id: two }]);
  const [moved] = itemsOf(await admin.get(`/${resource}`, { ids: ofRed }), resource);
  const since = String(moved?.last_modified);
  const ids = async (query: Record<string, string | number>): Promise<unknown[]> =>
    (await rows(admin, byJobcode, { jobcode_ids: `${one},${two},${three}`, ...query })).map(({ id }) => id);
  assert.deepEqual((await ids({ modified_since: since })).sort(), [one, two].sort());
  assert.deepEqual(await ids({ modified_before: since }), [three]);
  const [left] = await rows(admin, byJobcode, { jobcode_ids: one });
  assert.deepEqual(left?.filtered_customfielditems, { [colour]: [`${blue}`] });
  assert.ok(String(left?.last_modified) >= since);
  const [stamp] = Object.values(
    (await admin.get('/last_modified_timestamps', { endpoints: byJobcode })).body.results?.last_modified_timestamps ??
      {},
  );
  assert.ok(String(stamp) >= since);
});

test('user filters: of a user, of his group with include_user_group, of a group', async () => {
  const team = await company.group();
  const member = await company.person({ groupId: team });
  await limit('users', member.userId, red);
  await limit('groups', team, blue, small);
  const shown = async (query: Record<string, string | number>): Promise<unknown[]> =>
    (await rows(admin, byUser, query))
      .toSorted((a, b) => (String(a.type) < String(b.type) ? 1 : -1))
      .map(({ type, id, filtered_customfielditems: items }) => [type, id, items]);
  const user = ['user', member.userId, { [colour]: [`${red}`] }];
  const group = ['group', team, { [colour]: [`${blue}`], [size]: [`${small}`] }];
  assert.deepEqual(await shown({ user_id: member.userId }), [user]);
  assert.deepEqual(await shown({ user_id: member.userId, include_user_group: 'true' }), [user, group]);
  assert.deepEqual(await shown({ user_id: member.userId, include_user_group: 'no' }), [user]);
  assert.deepEqual(await shown({ group_id: team }), [group]);
  assert.deepEqual(await shown({ group_id: team, modified_since: '2100-01-01' }), []);
  assert.deepEqual(await shown({ group_id: team, modified_before: '2018-01-01' }), []);
  assert.equal((await list(admin, byUser, { include_user_group: 'perhaps' })).status, 417);
  const [row = {}] = await rows(admin, byUser, { user_id: member.userId });
  assert.deepEqual(Object.keys(row), ['id', 'type', 'last_modified', 'filtered_customfielditems']);
});

test('user filters: a user and a group of the same id are both there, and pages visit each once', async () => {
  const place = await world.company();
  const db = world.services.database.forCompany(place.id);
  const ids = [900_001, 900_002, 900_003];
  await db.rows(sql`
    WITH u AS (
      INSERT INTO users (company_id, id, username, first_name, last_name)
      SELECT ${place.id}, id, 'twin' || id, 'T', 'W' FROM unnest(${ids}::int[]) AS id
    ) INSERT INTO groups (company_id, id, name) SELECT ${place.id}, id, 'twin' || id FROM unnest(${ids}::int[]) AS id`);
  world.services.cache.forget(place.id);
  const field = await create(place.admin, 'customfields', { name: 'Colour', type: 'managed-list' });
  const item = await create(place.admin, 'customfielditems', { customfield_id: field, name: 'red' });
  const items = ['users', 'groups'].flatMap((applies_to) =>
    ids.map((applies_to_id) => ({ customfield_id: field, customfielditem_id: item, applies_to, applies_to_id })),
  );
  await place.admin.post(`/${resource}`, items);
  const answer = await list(place.admin, byUser);
  const found = Object.entries(answer.body.results?.[byUser] ?? {}) as unknown as [string, Row][];
  assert.deepEqual(
    found.map(([key, { id, type }]) => [key, id, type]).sort(),
    ids.flatMap((id) => [
      [`${id}`, id, 'user'],
      [`${id}_group`, id, 'group'],
    ]),
  );
  // Even where all were changed at the same moment.
  await db.transaction(async (inside) => {
    await inside.rows(sql`ALTER TABLE customfielditem_filters DISABLE TRIGGER touch`);
    await inside.rows(sql`UPDATE customfielditem_filters SET last_modified = now() WHERE company_id = ${place.id}`);
    await inside.rows(sql`ALTER TABLE customfielditem_filters ENABLE TRIGGER touch`);
  });
  for (const order of [{}, { modified_since: '2018-01-01' }] as Record<string, string>[]) {
    const visited: string[] = [];
    for (let page = 1; page <= 6; page += 1) {
      const [row = {}] = await rows(place.admin, byUser, { ...order, limit: 1, page });
      visited.push(`${row.type} ${row.id}`);
    }
    assert.deepEqual(visited, [...ids.map((id) => `user ${id}`), ...ids.map((id) => `group ${id}`)]);
  }
});

test('user filters: groups are for everyone to see, users for themselves and for those above them', async () => {
  const chief = await company.person();
  const team = await company.group([chief]);
  const [member, stranger] = [await company.person({ groupId: team }), await company.person()];
  await limit('users', member.userId, red);
  await limit('groups', team, red);
  const count = async (by: Person): Promise<number> =>
    (await rows(by, byUser, { user_id: member.userId, include_user_group: 'true' })).length;
  assert.deepEqual([await count(member), await count(chief), await count(admin), await count(stranger)], [2, 2, 2, 1]);
  const other = await world.company();
  assert.deepEqual(await rows(other.admin, byUser), []);
  assert.deepEqual(await rows(other.admin, byJobcode), []);
});

test('the summaries are read only', async () => {
  for (const name of [byJobcode, byUser])
    for (const method of ['POST', 'PUT', 'DELETE'])
      assert.equal(
        (await admin.send(method, `/${name}?ids=1`, method === 'DELETE' ? undefined : '{"data":[]}')).status,
        405,
      );
});
