import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { documentedEndpoints } from '../../src/dialects/tsheets-rest/endpoints.ts';
import { resources } from '../../src/resources/index.ts';
import { sql } from '../../src/store/sql.ts';
import { listAll, makeRows } from '../support/samples.ts';
import { openStage } from '../support/stage.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { instant, itemOf, rowsOf } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld();
  company = await world.company();
});
after(() => world.close());

async function timestamps(by: Person, endpoints?: string): Promise<Record<string, string>> {
  const answer = await by.get('/last_modified_timestamps', endpoints === undefined ? {} : { endpoints });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.body), ['results']);
  return rowsOf(answer, 'last_modified_timestamps') as unknown as Record<string, string>;
}

test('the default list of the reference, in its order, every value a moment', async () => {
  const moments = await timestamps(company.admin);
  assert.deepEqual(Object.keys(moments), [
    'current_user',
    'customfields',
    'customfielditems',
    'effective_settings',
    'geolocations',
    'jobcodes',
    'jobcode_assignments',
    'timesheets',
    'timesheets_deleted',
    'users',
    'reminders',
    'locations',
    'geofence_configs',
  ]);
  for (const moment of Object.values(moments)) assert.match(moment, instant);
});

test('any endpoint can be asked for; unknown names are left out', async () => {
  assert.deepEqual(Object.keys(await timestamps(company.admin, 'timesheets,groups')), ['timesheets', 'groups']);
  assert.deepEqual(Object.keys(await timestamps(company.admin, ' groups , nonsense,users,groups,__proto__')), [
    'groups',
    'users',
  ]);
  assert.deepEqual(await timestamps(company.admin, 'nonsense'), {});
  const all = documentedEndpoints.filter((name) => name !== 'last_modified_timestamps');
  const moments = await timestamps(company.admin, documentedEndpoints.join());
  assert.deepEqual(Object.keys(moments), all);
  for (const moment of Object.values(moments)) assert.match(moment, instant);
  assert.equal((await company.admin.post('/last_modified_timestamps', [])).status, 405);
});

test('what has no rows changed last when the company was made', async () => {
  const [row] = await world.services.database.system.rows(
    sql`SELECT to_char(created, 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"') FROM companies WHERE id = ${company.id}`,
  );
  const { timesheets, reminders, estimates } = await timestamps(company.admin, 'timesheets,reminders,estimates');
  assert.deepEqual([timesheets, reminders, estimates], [row?.[0], row?.[0], row?.[0]]);
});

test('each value follows the changes of its endpoint, of this company alone', async () => {
  const person = await company.person();
  const other = await world.company();
  const first = await timestamps(company.admin, 'users,groups,current_user,effective_settings');
  const foreign = await timestamps(other.admin, 'users,groups');
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const changed = itemOf(await company.admin.put('/users', [{ id: person.userId, first_name: 'New' }]), 'users');
  const second = await timestamps(company.admin, 'users,groups,current_user,effective_settings');
  assert.equal(second.users, changed.last_modified);
  assert.ok(String(second.users) > String(first.users));
  assert.deepEqual([second.groups, second.current_user], [first.groups, first.current_user]);
  assert.equal((await timestamps(person, 'current_user')).current_user, changed.last_modified);
  assert.deepEqual(await timestamps(other.admin, 'users,groups'), foreign);
  await company.setting('general', 'time_format', 24, { userId: person.userId });
  assert.ok(
    String((await timestamps(person, 'effective_settings')).effective_settings) > String(first.effective_settings),
  );
  assert.equal((await timestamps(company.admin, 'effective_settings')).effective_settings, first.effective_settings);
});

test('a change that is on its way is waited for', async () => {
  const db = world.services.database.forCompany(company.id);
  let told: Record<string, string> | undefined;
  let asking: Promise<void> | undefined;
  await db.transaction(async (inside) => {
    await inside.rows(sql`INSERT INTO groups (company_id, name) VALUES (${company.id}, 'On its way')`);
    asking = timestamps(company.admin, 'groups').then((answer) => {
      told = answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(told, undefined);
  });
  await asking;
  const groups = rowsOf(await company.admin.get('/groups', { name: 'On its way' }), 'groups');
  assert.equal(told?.groups, Object.values(groups)[0]?.last_modified);
});

test('new rows of every resource that shows last_modified move its value', async () => {
  const stage = await openStage(world);
  const shown = documentedEndpoints.flatMap((name) => {
    const definition = resources.get(name);
    return definition?.fields.last_modified === undefined ? [] : [definition];
  });
  const names = shown.map(({ name }) => name).join();
  const first = await timestamps(stage.admin, names);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  for (const definition of shown) {
    const { name } = definition;
    await makeRows(stage, definition, 1);
    // At once: rows of other resources bring rows of this one with them, some where its sample does not list.
    const second = await timestamps(stage.admin, name);
    assert.ok(String(second[name]) > String(first[name]), name);
    const newest = (await listAll(stage, definition))
      .map((row) => String(row.last_modified))
      .sort()
      .at(-1);
    assert.equal(second[name], newest, name);
  }
  assert.ok(shown.length > 20);
});
