import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, idsOf, itemsOf, type Row, read, statementsDuring, statusesOf } from './jobs-support.ts';

let world: World;
let company: Company;
let admin: Person;
let number = 0;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

/** A line of jobcodes, each below the one before. */
async function line(length: number): Promise<number[]> {
  const ids: number[] = [];
  for (let level = 0; level < length; level += 1) {
    number += 1;
    ids.push(await create(admin, 'jobcodes', { name: `Job ${number}`, parent_id: ids.at(-1) ?? 0 }));
  }
  return ids;
}

const put = async (...items: object[]): Promise<Row[]> => itemsOf(await admin.put('/jobcodes', items), 'jobcodes');
const states = (ids: readonly number[], property = 'active'): Promise<unknown[]> =>
  Promise.all(ids.map(async (id) => (await read(admin, 'jobcodes', id))[property]));

/** Active assignments as 'user:jobcode', user 0 being everyone. */
async function assigned(jobcodes: readonly number[]): Promise<string[]> {
  const answer = await admin.get('/jobcode_assignments', { jobcode_id: jobcodes.join(), active: 'yes', type: 'all' });
  return Object.values(answer.body.results?.jobcode_assignments ?? {})
    .map((row) => `${row.user_id}:${jobcodes.indexOf(Number(row.jobcode_id))}`)
    .toSorted();
}

test('archiving takes all below along and ends their assignments; restoring takes all above along', async () => {
  const person = await company.person();
  const ids = await line(4);
  const [top = 0, second = 0, third = 0, fourth = 0] = ids;
  const [everyone] = await line(1);
  await put({ id: everyone, parent_id: third, assigned_to_all: true });
  await admin.post('/jobcode_assignments', [{ user_id: person.userId, jobcode_id: second }]);
  const all = [...ids, everyone ?? 0];
  const before = [
    `0:4`,
    `${person.userId}:1`,
    `${person.userId}:2`,
    `${person.userId}:3`,
    `${person.userId}:4`,
  ].toSorted();
  assert.deepEqual(await assigned(all), before);

  const archive = await admin.put('/jobcodes', [{ id: second, active: false }]);
  assert.deepEqual(statusesOf(archive, 'jobcodes'), [200]);
  assert.equal(itemsOf(archive, 'jobcodes')[0]?.has_children, false);
  const touched = idsOf(archive, 'jobcodes', 'supplemental_data');
  assert.deepEqual(touched, [top, third, fourth, everyone]);
  assert.deepEqual(await states(all), [true, false, false, false, false]);
  assert.deepEqual(await states(all, 'has_children'), [false, false, false, false, false]);
  assert.deepEqual(await states(all, 'assigned_to_all'), [false, false, false, false, true]);
  assert.deepEqual(await assigned(all), []);

  const restore = await admin.put('/jobcodes', [{ id: everyone, active: 'yes' }]);
  assert.deepEqual(idsOf(restore, 'jobcodes', 'supplemental_data'), [top, second, third]);
  assert.deepEqual(await states(all), [true, true, true, false, true]);
  assert.deepEqual(await states(all, 'has_children'), [true, true, true, false, false]);
  assert.deepEqual(await assigned(all), ['0:4'], 'the assignments of single users stay ended');
});

test('an archived jobcode can be edited', async () => {
  const [id = 0] = await line(1);
  await put({ id, active: false });
  const [edited] = await put({ id, name: 'Edited in the archive', active: false });
  assert.deepEqual([edited?._status_code, edited?.active, edited?.name], [200, false, 'Edited in the archive']);
});

test('moving keeps has_children of both parents, and refuses circles', async () => {
  const [left = 0, child = 0, grandchild = 0] = await line(3);
  const [right = 0] = await line(1);
  const move = await admin.put('/jobcodes', [{ id: child, parent_id: right }]);
  assert.deepEqual(itemsOf(move, 'jobcodes')[0]?.parent_id, right);
  assert.deepEqual(idsOf(move, 'jobcodes', 'supplemental_data'), [left, right]);
  assert.deepEqual(await states([left, right, child], 'has_children'), [false, true, true]);
  const refused = await put(
    { id: right, parent_id: grandchild },
    { id: right, parent_id: right },
    { id: child, parent_id: 0 },
  );
  assert.deepEqual(
    refused.map((row) => row._status_extra),
    ['A jobcode can not be moved below itself', 'A jobcode can not be moved below itself', undefined],
  );
  assert.deepEqual(await states([left, right, child], 'has_children'), [false, false, true]);
});

test('two moves of one batch, or of two requests at once, make no circle', async () => {
  const [a = 0] = await line(1);
  const [b = 0] = await line(1);
  const batch = await put({ id: a, parent_id: b }, { id: b, parent_id: a });
  assert.deepEqual(
    batch.map((row) => row._status_code),
    [200, 417],
  );
  for (let round = 0; round < 5; round += 1) {
    const [c = 0] = await line(1);
    const [d = 0] = await line(1);
    const answers = await Promise.all([
      admin.put('/jobcodes', [{ id: c, parent_id: d }]),
      admin.put('/jobcodes', [{ id: d, parent_id: c }]),
    ]);
    const statuses = answers.flatMap((answer) => statusesOf(answer, 'jobcodes'));
    assert.deepEqual(statuses.toSorted(), [200, 417]);
  }
});

test('a move takes names and short codes to the new parent', async () => {
  const [left = 0] = await line(1);
  const [right = 0] = await line(1);
  const moving = await create(admin, 'jobcodes', { name: 'Mopping', short_code: 'mop', parent_id: left });
  await create(admin, 'jobcodes', { name: 'Other', short_code: 'mop', parent_id: right });
  const [code] = await put({ id: moving, parent_id: right });
  assert.equal(code?._status_extra, 'Oops! That Short Code is already in use');
  await create(admin, 'jobcodes', { name: 'mopping', parent_id: right });
  const [name] = await put({ id: moving, parent_id: right, short_code: '' });
  assert.equal(name?._status_extra, 'Oops! A jobcode with that name already exists under the same parent');
});

test('nothing active stands below an archived jobcode', async () => {
  const [top = 0, child = 0] = await line(2);
  const [other = 0] = await line(1);
  await put({ id: top, active: false });
  const [made, archived] = itemsOf(
    await admin.post('/jobcodes', [
      { name: 'Active below', parent_id: top },
      { name: 'Archived below', parent_id: top, active: false },
    ]),
    'jobcodes',
  );
  assert.deepEqual([made?._status_code, made?._status_extra], [417, `parent_id ${top} is archived`]);
  assert.equal(archived?._status_code, 200);
  const [move] = await put({ id: other, parent_id: top });
  assert.equal(move?._status_extra, `parent_id ${top} is archived`);
  const [sameBatch, after] = await put({ id: other, active: false }, { id: other, parent_id: top });
  assert.deepEqual([sameBatch?._status_code, after?._status_code, after?.active], [200, 200, false]);
  const [restored] = await put({ id: child, active: true });
  assert.equal(restored?.active, true);
  assert.deepEqual(await states([top, child, other]), [true, true, false]);
});

test('items of one batch count in their order', async () => {
  const [top = 0, child = 0] = await line(2);
  const [first, second] = await put({ id: top, active: false }, { id: child, active: true });
  assert.deepEqual([first?.active, second?._status_code], [true, 200]);
  assert.deepEqual(await states([top, child]), [true, true]);
  const [third, fourth] = await put({ id: child, billable: true }, { id: top, active: false });
  assert.deepEqual([third?.billable, third?.active, fourth?.active], [true, false, false]);
  const refused = await put({ id: top, active: true }, { id: top, active: false }, { id: child, parent_id: 0 });
  assert.deepEqual(
    refused.map((row) => row._status_code),
    [200, 200, 200],
  );
  assert.deepEqual(await states([top, child]), [false, false]);
});

test('assigned_to_all and the assignment of everyone are one thing, and children follow', async () => {
  const ids = await line(3);
  const [top = 0, middle = 0] = ids;
  const change = await admin.put('/jobcodes', [{ id: top, assigned_to_all: 'yes' }]);
  assert.deepEqual(idsOf(change, 'jobcodes', 'supplemental_data'), ids.slice(1));
  assert.deepEqual(await assigned(ids), ['0:0', '0:1', '0:2']);
  await put({ id: middle, assigned_to_all: false });
  assert.deepEqual(await assigned(ids), ['0:0']);
  assert.deepEqual(await states(ids, 'assigned_to_all'), [true, false, false]);
  const inherits = await create(admin, 'jobcodes', { name: 'Inherits', parent_id: top });
  const refuses = await create(admin, 'jobcodes', { name: 'Refuses', parent_id: top, assigned_to_all: 'no' });
  assert.deepEqual(await states([inherits, refuses], 'assigned_to_all'), [true, false]);
  assert.deepEqual(await assigned([inherits, refuses]), ['0:0']);
  const [ended, own] = await put({ id: top, assigned_to_all: false }, { id: refuses, assigned_to_all: true });
  assert.deepEqual([ended?.assigned_to_all, own?.assigned_to_all], [false, true]);
  assert.deepEqual(await assigned([top, inherits, refuses]), ['0:2']);
});

test('a new jobcode is assigned to the users of its parent', async () => {
  const person = await company.person();
  const [top = 0] = await line(1);
  await admin.post('/jobcode_assignments', [{ user_id: person.userId, jobcode_id: top }]);
  const child = await create(admin, 'jobcodes', { name: 'Follows', parent_id: top });
  assert.deepEqual(await assigned([child]), [`${person.userId}:0`]);
});

test('a cascade costs as many statements for fifty jobcodes as for one', async () => {
  const make = async (count: number): Promise<number[]> => {
    const [top = 0] = await line(1);
    const items = Array.from({ length: count }, (_, n) => ({ name: `Cost ${n}`, parent_id: top }));
    return itemsOf(await admin.post('/jobcodes', items), 'jobcodes').map((row) => Number(row.id));
  };
  const cost = (ids: readonly number[]): Promise<number> =>
    statementsDuring(() => put(...ids.map((id) => ({ id, active: false, assigned_to_all: true }))));
  const one = await cost(await make(1));
  const fifty = await cost(await make(50));
  // An announcement heard in between makes cached facts load afresh; one statement an item would be 49 more.
  assert.ok(fifty <= one + 12, `${one} statements for one, ${fifty} for fifty`);
});

test('the history names who archived a jobcode along with its parent', async () => {
  const [top = 0, child = 0] = await line(2);
  await put({ id: top, active: false });
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    SELECT actor_user_id, via, after->>'active' FROM history
    WHERE resource = 'jobcodes' AND row_id = ${child} ORDER BY id DESC LIMIT 1`);
  assert.deepEqual(row, [String(admin.userId), 'tsheets-rest', 'false']);
});

test('whatever is moved, archived, restored and assigned at the same time, the tree stays whole', async () => {
  const own = await world.company();
  const { post, put: update } = own.admin;
  const made = await post(
    '/jobcodes',
    Array.from({ length: 10 }, (_, n) => ({ name: `Node ${n}` })),
  );
  const ids = itemsOf(made, 'jobcodes').map((row) => Number(row.id));
  let seed = 20_260_615;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const change = (): object => {
    const id = ids[random(ids.length)];
    const kind = random(5);
    if (kind < 2) return { id, parent_id: [0, ...ids][random(ids.length + 1)] };
    if (kind === 2) return { id, active: false };
    return kind === 3 ? { id, active: true } : { id, assigned_to_all: random(2) === 0 };
  };
  for (let round = 0; round < 20; round += 1) {
    const batches = [0, 1, 2].map(() => Array.from({ length: 1 + random(5) }, change));
    const answers = await Promise.all(batches.map((batch) => update('/jobcodes', batch)));
    for (const answer of answers)
      assert.ok(
        statusesOf(answer, 'jobcodes').every((status) => status === 200 || status === 417),
        answer.text,
      );
  }
  const [found] = await world.services.database.forCompany(own.id).rows(sql`
    WITH RECURSIVE reached AS (
      SELECT id FROM jobcodes WHERE parent_id IS NULL
      UNION SELECT j.id FROM reached r JOIN jobcodes j ON j.parent_id = r.id
    )
    SELECT (SELECT count(*) FROM jobcodes WHERE id NOT IN (SELECT id FROM reached)),
      (SELECT count(*) FROM jobcodes j JOIN jobcodes p ON p.id = j.parent_id WHERE j.active AND NOT p.active),
      (SELECT count(*) FROM jobcodes p WHERE p.has_children <>
        EXISTS (SELECT FROM jobcodes j WHERE j.parent_id = p.id AND j.active)),
      (SELECT count(*) FROM jobcodes j WHERE (j.active AND j.assigned_to_all) <> EXISTS (
        SELECT FROM jobcode_assignments a WHERE a.jobcode_id = j.id AND a.user_id IS NULL AND a.active))`);
  assert.deepEqual(found, ['0', '0', '0', '0'], 'in a circle, active below archived, has_children, everyone');
});
