import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld();
  company = await world.company();
});
after(() => world.close());

async function put(endpoint: string, item: Row): Promise<Row> {
  return rowsIn(await company.admin.put(`/${endpoint}`, [item]), endpoint)[0] ?? {};
}

async function post(endpoint: string, item: Row): Promise<Row> {
  return rowsIn(await company.admin.post(`/${endpoint}`, [item]), endpoint)[0] ?? {};
}

test('changes of different properties of one user at the same moment are all kept', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { userId } = await company.person();
    const changes: Row[] = [
      { first_name: `First${round}` },
      { last_name: `Last${round}` },
      { email: `a${round}@example.com` },
      { mobile_number: `${round}` },
      { employee_number: 100 + round },
      { salaried: true },
    ];
    const answers = await Promise.all(changes.map((change) => put('users', { id: userId, ...change })));
    // Whoever meets too many others may be told to try again, but success means kept.
    const kept: Row = Object.assign({}, ...changes.filter((_, index) => answers[index]?._status_code === 200));
    const [row = {}] = rowsIn(await company.admin.get('/users', { ids: userId }), 'users');
    assert.ok(Object.keys(kept).length >= 3, JSON.stringify(answers.map(({ _status_extra }) => _status_extra)));
    for (const [property, value] of Object.entries(kept)) assert.equal(row[property], value, property);
  }
});

test('permissions that different requests give to one user at the same moment are all kept', async () => {
  const { userId } = await company.person();
  const names = ['reports', 'manage_timesheets', 'status_box', 'manage_jobcodes'];
  const answers = await Promise.all(names.map((name) => put('users', { id: userId, permissions: { [name]: true } })));
  const [row] = rowsIn(await company.admin.get('/users', { ids: userId }), 'users');
  const held = row?.permissions as Readonly<Record<string, boolean>>;
  names.forEach((name, index) => {
    if (answers[index]?._status_code === 200) assert.equal(held[name], true, name);
  });
});

test('of twenty users with one username at the same moment one is made', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      post('users', { username: index % 2 === 0 ? 'twin' : 'TWIN', first_name: 'T', last_name: String(index) }),
    ),
  );
  const codes = answers.map(({ _status_code: code }) => code);
  assert.deepEqual([codes.filter((code) => code === 200).length, codes.filter((code) => code === 417).length], [1, 19]);
});

test('of twenty jobcodes with one name at the same moment one is made, the others are that one', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => post('jobcodes', { name: 'Same Name' })));
  const codes = answers.map(({ _status_code: code }) => code);
  assert.deepEqual([codes.filter((code) => code === 200).length, codes.filter((code) => code === 202).length], [1, 19]);
  assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
});

test('a jobcode never stands active below an archived one, whoever archives and creates at the same moment', async () => {
  const parents = await Promise.all(
    Array.from({ length: 8 }, (_, index) => post('jobcodes', { name: `Parent${index}` })),
  );
  await Promise.all(
    parents.flatMap(({ id }) => [
      put('jobcodes', { id, active: false }),
      ...[1, 2, 3].map((n) => post('jobcodes', { name: `Child${n}`, parent_id: id })),
    ]),
  );
  const wrong = await world.services.database.system.rows(sql`
    SELECT c.id FROM jobcodes c JOIN jobcodes p ON p.company_id = c.company_id AND p.id = c.parent_id
    WHERE c.active AND NOT p.active`);
  assert.deepEqual(wrong, []);
  const flags = await world.services.database.system.rows(sql`
    SELECT p.id FROM jobcodes p WHERE p.has_children <> EXISTS (
      SELECT FROM jobcodes c WHERE c.company_id = p.company_id AND c.parent_id = p.id AND c.active)`);
  assert.deepEqual(flags, [], 'has_children says what is true');
});

test('jobcodes that are moved below each other at the same moment never form a ring', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [a, b] = await Promise.all(['A', 'B'].map((word) => post('jobcodes', { name: `${word}${round}` })));
    const answers = await Promise.all([
      put('jobcodes', { id: a?.id, parent_id: b?.id }),
      put('jobcodes', { id: b?.id, parent_id: a?.id }),
    ]);
    assert.deepEqual(answers.map(({ _status_code: code }) => code).toSorted(), [200, 417]);
  }
});

test('of seven custom fields made at the same moment six are active', async () => {
  const answers = await Promise.all(
    Array.from({ length: 7 }, (_, index) => post('customfields', { name: `Field${index}`, type: 'free-form' })),
  );
  const codes = answers.map(({ _status_code: code }) => code);
  assert.deepEqual([codes.filter((code) => code === 200).length, codes.filter((code) => code === 417).length], [6, 1]);
});

test('of two admins who demote each other at the same moment one stays', async () => {
  const other = await company.person({ permissions: ['admin'] });
  const demote = (id: number): Row => ({ id, permissions: { admin: false } });
  const answers = await Promise.all([
    company.admin.put('/users', [demote(other.userId)]),
    other.put('/users', [demote(company.admin.userId)]),
  ]);
  assert.ok(
    answers.every(({ status }) => status < 500),
    answers.map(({ text }) => text).join(),
  );
  const rows = await world.services.database.system.rows(sql`
    SELECT id FROM users WHERE company_id = ${company.id} AND active AND permissions @> ARRAY['admin']`);
  assert.ok(rows.length >= 1);
});
