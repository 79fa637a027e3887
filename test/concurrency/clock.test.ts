import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { overlapsOf, sheetsOf } from './overlaps.ts';

const now = Date.UTC(2026, 5, 15, 18) / 1000;
let world: World;
let company: Company;
let job: number;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  job = await company.jobcode();
});
after(() => world.close());

const regular = (person: Person, start: string, end: string): Row => ({
  user_id: person.userId,
  jobcode_id: job,
  type: 'regular',
  start,
  end,
});

function iso(epoch: number): string {
  return new Date(epoch * 1000).toISOString().replace('.000Z', '+00:00');
}

async function postOne(by: Person, item: Row): Promise<Row> {
  return rowsIn(await by.post('/timesheets', [item]), 'timesheets')[0] ?? {};
}

/** How many answers have each status. */
function countByStatus(items: readonly Row[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { _status_code: code } of items) counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return counts;
}

test('of fifty clock-ins of one person at the same moment exactly one succeeds', async () => {
  const person = await company.person();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => postOne(person, regular(person, iso(now - (index % 3)), ''))),
  );
  assert.deepEqual(countByStatus(answers), { 200: 1, 406: 49 });
  for (const answer of answers) {
    if (answer._status_code === 406) assert.match(String(answer._status_extra), /\d/);
  }
  const open = await sheetsOf(world, person.userId);
  assert.deepEqual(
    open.map(({ end }) => end),
    [null],
  );
});

test('of ten clock-outs of one timesheet all agree about its end', async () => {
  const person = await company.person();
  const { id } = await postOne(person, regular(person, iso(now - 600), ''));
  const ends = Array.from({ length: 10 }, (_, index) => iso(now - index));
  const answers = await Promise.all(
    ends.map(async (end) => rowsIn(await person.put('/timesheets', [{ id, end }]), 'timesheets')[0] ?? {}),
  );
  const [stored] = await sheetsOf(world, person.userId);
  assert.ok(answers.some(({ _status_code: code }) => code === 200));
  for (const answer of answers)
    assert.ok([200, 409, 417].includes(Number(answer._status_code)), JSON.stringify(answer));
  assert.ok(stored?.end !== null && stored?.end !== undefined && stored.end > now - 11, 'it is ended');
  assert.equal((await sheetsOf(world, person.userId)).length, 1);
});

test('two hundred timesheets of one person at random times never overlap, and every success has its row', async () => {
  const person = await company.person();
  const span = 5 * 86_400;
  const random = (most: number): number => Math.floor(Math.random() * most);
  const items = Array.from({ length: 200 }, () => {
    const start = now - span - 86_400 + random(span);
    return regular(person, iso(start), iso(start + 60 + random(3 * 3600)));
  });
  const answers = await Promise.all(items.map((item) => postOne(company.admin, item)));
  const stored = new Map((await sheetsOf(world, person.userId)).map((sheet) => [sheet.id, sheet]));
  assert.deepEqual(await overlapsOf(world, company.id), []);
  const made = answers.filter(({ _status_code: code }) => code === 200);
  assert.equal(made.length, stored.size);
  assert.ok(made.length > 10);
  for (const row of made) assert.equal(stored.get(Number(row.id))?.start, Date.parse(String(row.start)) / 1000);
  assert.deepEqual(Object.keys(countByStatus(answers)), ['200', '406']);
});

test('two batches of fifty that collide leave each range once, and tell the truth about every item', async () => {
  const person = await company.person();
  const items = Array.from({ length: 50 }, (_, index) => {
    const start = now - 20 * 86_400 + index * 3600;
    return regular(person, iso(start), iso(start + 3600));
  });
  const answers = await Promise.all([
    company.admin.post('/timesheets', items),
    company.admin.post('/timesheets', items.toReversed()),
  ]);
  const [forth = [], back = []] = answers.map((answer) => rowsIn(answer, 'timesheets'));
  const stored = await sheetsOf(world, person.userId);
  assert.equal(stored.length, 50);
  forth.forEach((item, index) => {
    const codes = [item._status_code, back.at(-1 - index)?._status_code];
    assert.deepEqual(codes.toSorted(), [200, 406], `hour ${index}`);
  });
  const ids = [...forth, ...back].flatMap(({ id, _status_code: code }) => (code === 200 ? [Number(id)] : []));
  assert.deepEqual(
    ids.toSorted((a, b) => a - b),
    stored.map(({ id }) => id).toSorted((a, b) => a - b),
  );
});

test('a timesheet that is moved while another takes its place keeps to one of the two', async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await company.person();
    const start = now - 10 * 86_400;
    const { id } = await postOne(company.admin, regular(person, iso(start), iso(start + 3600)));
    const [moved, taken] = await Promise.all([
      company.admin.put('/timesheets', [{ id, start: iso(start + 7200), end: iso(start + 10_800) }]),
      postOne(company.admin, regular(person, iso(start + 7200), iso(start + 9000))),
    ]);
    const codes = [rowsIn(moved, 'timesheets')[0]?._status_code, taken._status_code];
    assert.ok(JSON.stringify(codes) === '[200,406]' || JSON.stringify(codes) === '[409,200]', JSON.stringify(codes));
    assert.deepEqual(await overlapsOf(world, company.id), []);
  }
});

test('time is posted for a jobcode that is archived at the same moment: both or neither way the rows are sound', async () => {
  const person = await company.person();
  const target = await company.jobcode();
  const start = now - 40 * 86_400;
  const posts = Array.from({ length: 10 }, (_, index) => ({
    ...regular(person, iso(start + index * 60), iso(start + index * 60 + 60)),
    jobcode_id: target,
  }));
  const [archived, ...answers] = await Promise.all([
    company.admin.put('/jobcodes', [{ id: target, active: false }]),
    ...posts.map((item) => postOne(company.admin, item)),
  ]);
  assert.equal(rowsIn(archived, 'jobcodes')[0]?._status_code, 200);
  for (const { _status_code: code } of answers) assert.ok([200, 417].includes(Number(code)), String(code));
  const [row] = await world.services.database.system.rows(
    sql`SELECT count(*) FROM timesheets WHERE user_id = ${person.userId}`,
  );
  assert.equal(Number(row?.[0]), answers.filter(({ _status_code: code }) => code === 200).length);
});
