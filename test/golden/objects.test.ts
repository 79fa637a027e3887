import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { definitions } from '../conformance/battery.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { makeRows, sampleOf } from '../support/samples.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import { defaultTimestamps, generalSettings, permissionFlags, settingSections } from './names.ts';
import { supplements as besides, hasShape, objects, type Shape } from './shapes.ts';

let world: World;
let stage: Stage;

before(async () => {
  world = await openWorld({ shared: true, now: Date.UTC(2026, 5, 15, 18) / 1000 });
  stage = await openStage(world);
  for (const definition of definitions) await makeRows(stage, definition, 2);
});
after(() => world.close());

function demandShapes(row: Row, shapes: Readonly<Record<string, Shape>>, name: string): void {
  assert.deepEqual(Object.keys(row), Object.keys(shapes), `${name}: properties in the order of the reference`);
  for (const [property, shape] of Object.entries(shapes))
    assert.ok(hasShape(row[property], shape), `${name}.${property} is ${JSON.stringify(row[property])}, not ${shape}`);
}

for (const [name, shapes] of Object.entries(objects)) {
  test(`${name}: an object has the properties of the reference in its order, in its formats`, async () => {
    const definition = definitions.find((one) => one.name === name);
    assert.ok(definition, `${name} is not served`);
    const answer = await stage.admin.get(`/${name}`, sampleOf(definition).all(stage));
    const rows = rowsIn(answer, name);
    assert.ok(rows.length > 0);
    for (const row of rows) demandShapes(row, shapes, name);
    for (const [section, supplements] of Object.entries(answer.body.supplemental_data ?? {})) {
      const theirs = objects[section] ?? besides[section];
      assert.ok(theirs, `${section} is no section that the reference knows`);
      for (const row of Object.values(supplements))
        demandShapes(row as unknown as Row, theirs, `supplemental ${section}`);
    }
  });
}

test('a user has every permission flag of the reference in its order', async () => {
  const [row] = rowsIn(await stage.admin.get('/users', { ids: stage.admin.userId }), 'users');
  assert.deepEqual(Object.keys(row?.permissions as object), permissionFlags);
});

test('pay is shown to admins only', async () => {
  const [row = {}] = rowsIn(await stage.worker.get('/users', { ids: stage.worker.userId }), 'users');
  const { pay_rate: _, pay_interval: __, ...rest } = objects.users ?? {};
  assert.deepEqual(Object.keys(row), Object.keys(rest));
});

test('jobcodes show custom fields only with customfields=true, at the end', async () => {
  const [row = {}] = rowsIn(await stage.admin.get('/jobcodes', { ids: stage.job, customfields: 'true' }), 'jobcodes');
  assert.deepEqual(Object.keys(row), [...Object.keys(objects.jobcodes ?? {}), 'customfields']);
});

test('a timesheet on the clock has a blank end, a manual one neither start nor end', async () => {
  const person = await stage.company.person();
  const common = { user_id: person.userId, jobcode_id: stage.job };
  const made = await stage.admin.post('/timesheets', [
    { ...common, type: 'regular', start: '2026-06-15T17:59:00+00:00', end: '' },
    { ...common, type: 'manual', date: '2026-06-14', duration: 60 },
  ]);
  const [open = {}, manual = {}] = rowsIn(made, 'timesheets');
  assert.deepEqual([open.end, open.duration, open.on_the_clock, open.type], ['', 0, true, 'regular']);
  assert.deepEqual([manual.start, manual.end, manual.on_the_clock, manual.type], ['', '', false, 'manual']);
});

test('current_user answers as users does, with exactly the one who asks', async () => {
  for (const person of [stage.admin, stage.worker]) {
    const answer = await person.get('/current_user', { page: 1 });
    const rows = rowsIn(answer, 'users');
    assert.deepEqual(Object.keys(answer.body.results ?? {}), ['users']);
    assert.deepEqual(
      rows.map(({ id }) => id),
      [person.userId],
    );
    assert.equal(answer.body.more as unknown, false);
  }
  const [own = {}] = rowsIn(await stage.admin.get('/current_user'), 'users');
  demandShapes(own, objects.users ?? {}, 'current_user');
});

test('effective_settings is an object of sections, each with settings and a moment', async () => {
  const answer = await stage.admin.get('/effective_settings', { page: 1 });
  assert.equal(answer.status, 200, answer.text);
  const sections = answer.body.results?.effective_settings ?? {};
  for (const name of settingSections) assert.ok(name in sections, `section ${name}`);
  for (const [name, section] of Object.entries(sections)) {
    assert.deepEqual(Object.keys(section), ['settings', 'last_modified'], name);
    assert.ok(hasShape(section.last_modified, 'moment'), `${name}.last_modified`);
    assert.ok(typeof section.settings === 'object' && !Array.isArray(section.settings), name);
  }
  const general = Object.keys(sections.general?.settings ?? {});
  assert.deepEqual(
    generalSettings.filter((name) => !general.includes(name)),
    [],
  );
});

test('last_modified_timestamps lists the default endpoints in their order, and those asked for', async () => {
  const answer = await stage.admin.get('/last_modified_timestamps');
  const stamps = answer.body.results?.last_modified_timestamps ?? {};
  assert.deepEqual(Object.keys(stamps), defaultTimestamps);
  for (const [name, stamp] of Object.entries(stamps)) assert.ok(hasShape(stamp, 'moment'), `${name}: ${String(stamp)}`);
  const two = await stage.admin.get('/last_modified_timestamps', { endpoints: 'timesheets, groups' });
  assert.deepEqual(Object.keys(two.body.results?.last_modified_timestamps ?? {}), ['timesheets', 'groups']);
});

test('rows print in the order asked for, though their keys look like numbers', async () => {
  const modified = rowsIn(await stage.admin.get('/groups'), 'groups').map(({ id }) => Number(id));
  const [oldest = 0, ...others] = modified;
  await stage.admin.put('/groups', [{ id: oldest, name: `${stage.word} changed last` }]);
  const answer = await stage.admin.get('/groups', { modified_since: '2020-01-01T00:00:00 00:00' });
  const printed = [...answer.text.matchAll(/"(\d+)":\{"id":\1,"active":true,"name"/g)].map(([, id]) => Number(id));
  assert.deepEqual(printed, [...others, oldest], 'a syncing client reads in the order of change');
});
