import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { create } from '../api/jobs-support.ts';
import { newSite, type Site } from '../api/project-activities-support.ts';
import { activityOf, noted, notes, post, put, replies, takeMessages } from '../api/project-notes-support.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;
let site: Site;
let people: Person[];

before(async () => {
  world = await openWorld();
  company = await world.company();
  site = await newSite(company);
  people = await Promise.all(Array.from({ length: 6 }, () => company.person({ permissions: ['view_projects'] })));
});
after(() => world.close());

/** Replies, or rows of notes, that came into being after what they belong to was archived. */
async function demandNoneLate(): Promise<void> {
  const late = await world.services.database.system.rows(sql`
    SELECT 'reply', r.id FROM project_activity_replies r
    JOIN history h ON h.company_id = r.company_id AND h.resource = 'project_activities' AND h.row_id = r.project_activity_id
      AND (h.after->>'active')::boolean = false
    JOIN history own ON own.company_id = r.company_id AND own.resource = 'project_activity_replies'
      AND own.row_id = r.id AND own.before IS NULL
    WHERE r.company_id = ${company.id} AND own.id > h.id
    UNION ALL
    SELECT 'note', n.id FROM project_notes n
    JOIN history h ON h.company_id = n.company_id AND h.resource = 'projects' AND h.row_id = n.project_id
      AND (h.after->>'active')::boolean = false
    JOIN history own ON own.company_id = n.company_id AND own.resource = 'project_notes'
      AND own.row_id = n.id AND own.before IS NULL
    WHERE n.company_id = ${company.id} AND own.id > h.id`);
  assert.deepEqual(late, []);
}

test('of an archived note and replies at the same moment, no reply comes after', async () => {
  for (let round = 0; round < 6; round += 1) {
    const note = await post(company.admin, notes, { project_id: site.id, note: 'x' });
    const project_activity_id = await activityOf(company.admin, note);
    const asked = people.map((person) => post(person, replies, { project_activity_id, note: 'an answer' }));
    const archived = await put(company.admin, notes, { id: note.id, active: false });
    assert.equal(archived._status_code, 200, JSON.stringify(archived));
    for (const reply of await Promise.all(asked)) {
      if (reply._status_code === 200) continue;
      assert.deepEqual(
        [reply._status_code, reply._status_extra],
        [400, `project_activity_id ${project_activity_id} is archived`],
      );
    }
    const [row] = await world.services.database.system.rows(
      sql`SELECT active FROM project_activities WHERE id = ${project_activity_id}`,
    );
    assert.deepEqual(row, ['f']);
  }
  await demandNoneLate();
});

test('of an archived project and notes at the same moment, no note comes after, and each note has one activity', async () => {
  for (let round = 0; round < 4; round += 1) {
    const here = await newSite(company);
    const asked = people.map((person) => post(person, notes, { project_id: here.id, note: 'x' }));
    const archived = await put(company.admin, 'projects', { id: here.id, active: false });
    assert.equal(archived._status_code, 200, JSON.stringify(archived));
    const made = (await Promise.all(asked)).filter(({ _status_code }) => _status_code === 200);
    const [counts] = await world.services.database.system.rows(sql`
      SELECT count(*), (SELECT count(*) FROM project_notes WHERE project_id = ${here.id})
      FROM project_activities WHERE project_id = ${here.id} AND activity_type = 'note'`);
    assert.deepEqual(counts, [String(made.length), String(made.length)]);
  }
  await demandNoneLate();
});

test('batches of replies to the same activities in other orders all come through, and tell each follower once', async () => {
  const ids: number[] = [];
  for (let index = 0; index < 5; index += 1) ids.push(await noted(company.admin, site.id));
  await takeMessages(world, company);
  const answers = await Promise.all(
    people.map((person, index) => {
      const order = index % 2 === 0 ? ids : ids.toReversed();
      return person.post(
        '/project_activity_replies',
        order.map((project_activity_id) => ({ project_activity_id, note: 'x' })),
      );
    }),
  );
  for (const answer of answers) {
    const rows = Object.values(answer.body.results?.[replies] ?? {}) as unknown as { _status_code: number }[];
    assert.deepEqual(
      rows.map(({ _status_code }) => _status_code),
      ids.map(() => 200),
    );
  }
  const told = (await takeMessages(world, company)).filter((text) =>
    text.startsWith(`${company.admin.userId} dashboard`),
  );
  assert.equal(told.length, people.length * ids.length, 'who wrote the notes hears of every reply once');
});

test('two edits of one note at the same moment both happen, and mention each person once', async () => {
  const [one, two] = people.map(({ userId }) => userId);
  const id = await create(company.admin, notes, { project_id: site.id, note: 'x' });
  await takeMessages(world, company);
  const edits = Array.from({ length: 6 }, (_, index) =>
    put(company.admin, notes, { id, note: `edit ${index}`, mentions: [one, two] }),
  );
  for (const edit of await Promise.all(edits))
    assert.ok([200, 400].includes(Number(edit._status_code)), JSON.stringify(edit));
  const told = (await takeMessages(world, company)).map((message) => message.split(':')[0]).sort();
  assert.deepEqual(told, [`${one} dashboard`, `${one} push`, `${two} dashboard`, `${two} push`].sort());
});
