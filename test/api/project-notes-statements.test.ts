import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statementCounter } from '../conformance/counting.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { newSite, type Site } from './project-activities-support.ts';
import { activities, notes, replies, upload } from './project-notes-support.ts';

const counter = statementCounter();
let world: World;
let company: Company;
let site: Site;
let people: Person[];
let file: number;

before(async () => {
  world = await openWorld({ shared: true, decorate: counter.decorate });
  company = await world.company();
  site = await newSite(company);
  people = await Promise.all(Array.from({ length: 20 }, () => company.person({ permissions: ['view_projects'] })));
  file = await upload(company.admin);
});
after(() => world.close());

async function statementsOf(request: () => Promise<unknown>): Promise<number> {
  await company.admin.get('/project_notes', { project_id: site.id, limit: 1 });
  counter.take();
  await request();
  return counter.take();
}

/** Writes notes that mention everybody, replies to each, and archives all. */
async function life(count: number): Promise<Record<string, number>> {
  const mentions = people.map(({ userId }) => userId);
  let written: Row[] = [];
  const ask = (method: 'post' | 'put', resource: string, items: object[]) => async () => {
    written = rowsIn(await company.admin[method](`/${resource}`, items), resource);
    assert.equal(written.length, count);
    for (const row of written) assert.equal(row._status_code, 200, JSON.stringify(row));
  };
  const all = (item: (index: number) => object): object[] => Array.from({ length: count }, (_, index) => item(index));
  const noted = await statementsOf(
    ask(
      'post',
      notes,
      all(() => ({ project_id: site.id, note: 'x', mentions, files: [file] })),
    ),
  );
  const made = written;
  const activityOf = (index: number): number | undefined =>
    (made[index]?.linked_objects as Record<string, number[]> | undefined)?.project_activities?.[0];
  const replied = await statementsOf(
    ask(
      'post',
      replies,
      all((index) => ({ project_activity_id: activityOf(index), note: 'x', mentions })),
    ),
  );
  const answered = written;
  return {
    noted,
    replied,
    repliesEdited: await statementsOf(
      ask(
        'put',
        replies,
        all((index) => ({ id: answered[index]?.id, note: 'y', mentions: mentions.slice(1), active: false })),
      ),
    ),
    archived: await statementsOf(
      ask(
        'put',
        notes,
        all((index) => ({ id: made[index]?.id, active: false, files: [], mentions: [] })),
      ),
    ),
    restored: await statementsOf(
      ask(
        'put',
        notes,
        all((index) => ({ id: made[index]?.id, active: true, mentions })),
      ),
    ),
  };
}

test('fifty notes, each with mentions, files and replies, cost as many statements as one', async () => {
  await life(1);
  const [one, fifty] = [await life(1), await life(50)];
  for (const [step, count] of Object.entries(one)) {
    assert.ok(Number(fifty[step]) <= count + 12, `${step}: ${count} for one, ${fifty[step]} for fifty`);
    assert.ok(count < 40, `${step}: ${count}`);
  }
});

test('a page of activities with notes, replies and read times costs as many statements as one activity', async () => {
  const page = (limit: number) => async () => {
    const answer = await people[0]?.get('/project_activities', { project_id: site.id, activity_types: 'note', limit });
    assert.ok(answer);
    const rows = rowsIn(answer, activities);
    assert.equal(rows.length, limit);
    for (const row of rows) assert.equal(row.following, true);
  };
  await page(1)();
  const [one, fifty] = [await statementsOf(page(1)), await statementsOf(page(50))];
  assert.ok(fifty <= one + 2, `${one} for one, ${fifty} for fifty`);
  assert.ok(fifty <= 6, `${fifty}`);
});
