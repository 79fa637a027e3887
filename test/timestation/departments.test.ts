import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { idOf } from '../../src/dialects/timestation/ids.ts';
import { sql } from '../../src/store/sql.ts';
import type { Json } from '../support/api.ts';
import { timestationOf } from '../support/timestation.ts';
import { openWorld } from '../support/world.ts';
import { assertRefused } from './shifts-support.ts';

const world = await openWorld({ shared: true });
after(() => world.close());
const company = await world.company();
const api = await timestationOf(world, company);
const db = world.services.database.forCompany(company.id);

const list = async (): Promise<Json[]> => (await api.get('/departments')).body.departments as unknown as Json[];

async function open(name: string): Promise<string> {
  const answer = await api.post('/departments', { name });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.body.department ?? {}), ['department_id']);
  return String(answer.body.department?.department_id);
}

test('the samples of the reference come out, key by key', async () => {
  assert.deepEqual(await list(), [], 'time off is no department');
  const accounting = await open('Accounting');
  const sales = await open('Sales');
  for (const name of ['Alex Mahone', 'Angela Martin']) await api.post('/employees', { name, department_name: 'Sales' });
  const both = await api.post('/employees', { name: 'Oscar Martinez', department_id: sales });
  const path = `/employees/${both.body.employee?.employee_id}`;
  await api.put(path, { name: 'Oscar Martinez', department_id: accounting }, { convert_primary_department: 'true' });
  const expected = [
    [accounting, 'Accounting', '1', '1', '0'],
    [sales, 'Sales', '3', '2', '0'],
  ].map(([department_id, name, employees_total, employees_primary, employees_in]) => ({
    department_id,
    name,
    type: 'Department',
    employees_total,
    employees_primary,
    employees_in,
  }));
  assert.equal((await api.get('/departments')).text, JSON.stringify({ departments: expected }));
  assert.equal((await api.get(`/departments/${sales}`)).text, JSON.stringify({ department: expected[1] }));
});

test('a department is renamed, closed while it is nobody’s primary one, and begins anew', async () => {
  const id = await open('Garden');
  assert.equal(
    (await api.put(`/departments/${id}`, { name: 'Gardens' })).text,
    JSON.stringify({ department: { department_id: id } }),
  );
  const made = await api.post('/employees', { name: 'Creed Bratton', department_id: id });
  const path = `/employees/${made.body.employee?.employee_id}`;
  assertRefused(await api.delete(`/departments/${id}`), 402, /primary department of employees \(1\)/, 'in use');
  await api.put(path, { name: 'Creed Bratton', department_name: 'Sales' }, { convert_primary_department: 'TRUE' });
  assert.equal((await api.get(`/departments/${id}`)).body.department?.employees_total, '1');
  assert.equal((await api.delete(`/departments/${id}`)).text, JSON.stringify({ department: { department_id: id } }));
  for (const answer of [
    await api.get(`/departments/${id}`),
    await api.put(`/departments/${id}`, { name: 'X' }),
    await api.delete(`/departments/${id}`),
    await api.post('/employees', { name: 'X', department_id: id }),
  ])
    assertRefused(answer, 404, /^The department does not exist$/, 'closed');
  assert.ok(!(await list()).some(({ name }) => String(name) === 'Gardens'));
  assert.equal(await open('gardens'), id, 'the same one, as it is spelt now');
  const { name, employees_total } = (await api.get(`/departments/${id}`)).body.department ?? {};
  assert.deepEqual([name, employees_total], ['gardens', '0'], 'without the people that it had');
  await api.delete(`/departments/${id}`);
  await api.put(path, { name: 'Creed Bratton', department_name: 'Gardens' });
  assert.equal((await api.get(path)).body.employee?.primary_department_id, id);
});

test('a department that can not be is refused', async () => {
  const id = await open('Warehouse');
  const parent = Number(
    (await db.rows(sql`SELECT id FROM jobcodes WHERE company_id = ${company.id} AND name = 'Warehouse'`))[0]?.[0],
  );
  const child = idOf('dpt', await company.jobcode({ name: 'Loading', parentId: parent }));
  const pto = idOf('dpt', await company.jobcode({ name: 'Leave', type: 'pto' }));
  const before = await db.rows(sql`SELECT t.*::text FROM jobcodes t ORDER BY id`);
  for (const [name, status, says] of [
    ['', 400, /^name is required$/],
    [' ', 400, /^name is required$/],
    ['x'.repeat(65), 400, /^name must not be longer than 64 characters$/],
    ['Sales', 402, /^A department .*already exists|^A department of that name exists already$/],
    ['sALES', 402, /exists/],
    ['Leave', 402, /time off|already exists/],
  ] as const) {
    assertRefused(await api.post('/departments', { name }), status, says, `POST ${name}`);
    assertRefused(await api.put(`/departments/${id}`, { name }), status, says, `PUT ${name}`);
  }
  for (const unknown of [child, pto, idOf('dpt', 999_999), idOf('emp', 1), 'dpt_nonsense00', 'dpt_']) {
    const path = `/departments/${unknown}`;
    for (const answer of [await api.get(path), await api.put(path, { name: 'X' }), await api.delete(path)])
      assertRefused(answer, 404, /^The department does not exist$/, path);
  }
  assert.deepEqual(await db.rows(sql`SELECT t.*::text FROM jobcodes t ORDER BY id`), before);
});

test('everyone sees departments, counts only whom he sees, and changes them with the right to', async () => {
  const worker = await company.person();
  const theirs = await timestationOf(world, company, worker);
  const planner = await timestationOf(world, company, await company.person({ permissions: ['manage_jobcodes'] }));
  const seen = (await theirs.get('/departments')).body.departments as unknown as Json[];
  assert.deepEqual(
    seen.map(({ name }) => name),
    (await list()).map(({ name }) => name),
  );
  assert.ok(seen.every(({ employees_total }) => String(employees_total) === '0'));
  const id = String(seen[0]?.department_id);
  for (const answer of [
    await theirs.post('/departments', { name: 'Mine' }),
    await theirs.put(`/departments/${id}`, { name: 'Mine' }),
    await theirs.post('/employees', { name: 'X', department_name: 'Mine' }),
  ])
    assertRefused(answer, 403, /permission/, 'a worker');
  const made = await planner.post('/departments', { name: 'Planned' });
  assert.equal(made.status, 200, made.text);
  const path = `/departments/${made.body.department?.department_id}`;
  assertRefused(await theirs.delete(path), 403, /permission/, 'a worker');
  assert.equal((await planner.delete(path)).status, 200);
});

test('of two requests at once with one new name one makes the department', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => api.post('/departments', { name: 'Rush' })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 402, 402, 402]);
  const mixed = await Promise.all([
    company.admin.post('/jobcodes', [{ name: 'Rush 2' }]),
    api.post('/departments', { name: 'Rush 2' }),
    api.post('/employees', { name: 'Rush Two', department_name: 'Rush 2' }),
  ]);
  assert.ok(
    mixed.every(({ status }) => status < 500),
    mixed.map(({ text }) => text).join('\n'),
  );
  assert.equal((await list()).filter(({ name }) => String(name) === 'Rush 2').length, 1);
});
