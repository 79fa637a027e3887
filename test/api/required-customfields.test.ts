import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Requirer, requireFields } from '../../src/resources/customfields/dependencies.ts';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import type { Db } from '../../src/store/db.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { create, idsOf, itemOf, read } from './jobs-support.ts';

let world: World;
let company: Company;
let db: Db;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  db = world.services.database.forCompany(company.id);
});
after(() => world.close());

const set = async (by: Requirer, id: number, fields: readonly number[]): Promise<void> => {
  await requireFields(db, company.id, by, id, fields);
  world.services.cache.forget(company.id);
};

test('fields that show with a jobcode, a field or an item are read with it, and only read', async () => {
  const { admin } = company;
  const first = await create(admin, 'customfields', { name: 'First', type: 'managed-list' });
  const second = await create(admin, 'customfields', { name: 'Second', type: 'free-form' });
  const item = await create(admin, 'customfielditems', { customfield_id: first, name: 'one' });
  const job = await company.jobcode();
  const rows: [Requirer, number][] = [
    ['jobcodes', job],
    ['customfields', first],
    ['customfielditems', item],
  ];
  for (const [by, id] of rows) {
    const query: Record<string, string> = by === 'customfielditems' ? { customfield_id: String(first) } : {};
    const before = await read(admin, by, id, query);
    assert.deepEqual(before.required_customfields, []);
    await set(by, id, [second]);
    const row = await read(admin, by, id, query);
    assert.deepEqual(row.required_customfields, [second], by);
    const refused = itemOf(await admin.put(`/${by}`, [{ id, required_customfields: [first] }]), by);
    assert.equal(refused._status_extra, 'Invalid params: required_customfields');
    const kept = itemOf(await admin.put(`/${by}`, [row]), by);
    assert.deepEqual([kept._status_code, kept.required_customfields], [200, [second]]);
  }
  const answer = await admin.get('/jobcodes', { ids: job });
  assert.deepEqual(idsOf(answer, 'customfields', 'supplemental_data'), [second]);
  await admin.put('/jobcodes', [{ id: job, active: false }]);
  assert.deepEqual((await read(admin, 'jobcodes', job)).required_customfields, [], 'archiving removes dependencies');
});

test('only other active fields of timesheets of the company can be required', async () => {
  const { admin } = company;
  const field = await create(admin, 'customfields', { name: 'Third', type: 'free-form' });
  const old = await create(admin, 'customfields', { name: 'Old', type: 'free-form', active: false });
  const [ofUsers = 0] = await insertFields(db, company.id, [{ name: 'Size', appliesTo: 'user', type: 'free-form' }]);
  const other = await world.company();
  const foreign = await create(other.admin, 'customfields', { name: 'Theirs', type: 'free-form' });
  for (const wrong of [field, old, ofUsers, foreign, 2_000_000_000])
    await assert.rejects(set('customfields', field, [wrong]), new RegExp(`^\\w*Error: ${wrong} is not another active`));
  await assert.rejects(set('customfields', foreign, []), /There is no customfield/);
  await assert.rejects(set('jobcodes', 2_000_000_000, []), /There is no jobcode/);
});
