import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../support/api.ts';
import { dataUri, pngOf } from '../support/images.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { created, demandItem, exampleStage, updated } from './examples.ts';
import { hasShape, objects } from './shapes.ts';

const stage = exampleStage();

/** Rows beside an answer's results, each with the properties of the reference in its order. */
function beside(answer: Answer, name: string): Row[] {
  const rows = Object.values(answer.body.supplemental_data?.[name] ?? {}) as unknown as Row[];
  const shapes = objects[name] ?? {};
  for (const row of rows) {
    assert.deepEqual(Object.keys(row), Object.keys(shapes));
    for (const [property, value] of Object.entries(row))
      assert.ok(hasShape(value, shapes[property] ?? 'blank'), `${name}.${property}: ${JSON.stringify(value)}`);
  }
  return rows;
}

/** Linked objects of rows beside an answer, in its order. */
function linksBeside(answer: Answer, name: string): unknown[] {
  return beside(answer, name).map(({ linked_objects }) => linked_objects);
}

async function files(count: number): Promise<number[]> {
  const items = Array.from({ length: count }, (_, index) => ({
    file_name: `test_${index}.png`,
    file_data: dataUri(pngOf()),
  }));
  return rowsIn(await stage().admin.post('/files', items), 'files').map(({ id }) => Number(id));
}

test('26-project-notes.md: two notes are created, listed, edited and deleted as in the examples', async () => {
  const { admin, project } = stage();
  const common = { project_id: project, user_id: admin.userId, mentions: [] };
  const [six = [], one = []] = [await files(3), await files(3)];
  const made = await admin.post('/project_notes', [
    { note: 'note 1', project_id: project, files: six },
    { note: 'note 2', project_id: project, files: one },
  ]);
  const [first, second] = rowsIn(made, 'project_notes');
  demandItem(first, 'project_notes', created, { ...common, note: 'note 1', active: true, files: six });
  demandItem(second, 'project_notes', created, { ...common, note: 'note 2', active: true, files: one });
  const sections = ['users', 'projects', 'project_activities', 'files'];
  assert.deepEqual(Object.keys(made.body.supplemental_data ?? {}), sections);
  assert.deepEqual(linksBeside(made, 'project_activities'), [
    { project_notes: [first?.id] },
    { project_notes: [second?.id] },
  ]);
  assert.deepEqual(linksBeside(made, 'projects'), [{ notes_read_times: [] }]);

  const listed = await admin.get('/project_notes', { project_id: project });
  assert.deepEqual(Object.keys(listed.body), ['results', 'more', 'supplemental_data']);
  for (const row of rowsIn(listed, 'project_notes')) demandItem(row, 'project_notes', {}, common);
  assert.deepEqual(Object.keys(listed.body.supplemental_data ?? {}), sections);
  for (const [index, row] of beside(listed, 'files').entries()) {
    const note = index < 3 ? first : second;
    assert.deepEqual(row.linked_objects, { projects: [String(project)], project_notes: [String(note?.id)] });
  }

  const put = await admin.put('/project_notes', [
    { id: first?.id, note: 'note 1 - edited', files: [six[0], ...one.slice(0, 2)] },
    { id: second?.id, note: 'note 2 - deleted', files: [], active: false },
  ]);
  const [edited, deleted] = rowsIn(put, 'project_notes');
  const { linked_objects } = first ?? {};
  demandItem(edited, 'project_notes', updated, { ...common, note: 'note 1 - edited', active: true, linked_objects });
  assert.deepEqual(edited?.files, [six[0], ...one.slice(0, 2)]);
  demandItem(deleted, 'project_notes', updated, { ...common, note: 'note 2 - deleted', active: false, files: [] });
  assert.equal(Object.keys(put.body.supplemental_data?.files ?? {}).length, 3);

  const feed = await admin.get('/project_activities', { project_id: project, activity_types: 'note' });
  assert.deepEqual(Object.keys(feed.body.supplemental_data ?? {}), ['users', 'projects', 'project_notes']);
  assert.deepEqual(
    rowsIn(feed, 'project_activities').map((row) => [row.activity_type, row.linked_objects]),
    [['note', { project_notes: [first?.id] }]],
  );
  assert.deepEqual(linksBeside(feed, 'project_notes'), [linked_objects]);
});

test('25-project-activity-replies.md: two replies are created, listed, edited and deleted as in the examples', async () => {
  const { admin, project } = stage();
  const [note] = rowsIn(await admin.post('/project_notes', [{ note: 'x', project_id: project }]), 'project_notes');
  assert.ok(note);
  const { project_activities: [project_activity_id] = [] } = note.linked_objects as Record<string, number[]>;
  const common = {
    project_activity_id,
    user_id: admin.userId,
    mentions: [],
    linked_objects: { project_activities: [project_activity_id] },
  };
  const made = await admin.post('/project_activity_replies', [
    { note: 'note 1', project_activity_id },
    { note: 'note 2', project_activity_id },
  ]);
  const [first, second] = rowsIn(made, 'project_activity_replies');
  demandItem(first, 'project_activity_replies', created, { ...common, note: 'note 1', active: true });
  demandItem(second, 'project_activity_replies', created, { ...common, note: 'note 2', active: true });
  const listed = await admin.get('/project_activity_replies', { project_activity_id: Number(project_activity_id) });
  assert.equal(rowsIn(listed, 'project_activity_replies').length, 2);
  for (const answer of [made, listed]) {
    assert.deepEqual(Object.keys(answer.body.supplemental_data ?? {}), ['users', 'project_activities']);
    const [row = {}] = beside(answer, 'project_activities');
    assert.deepEqual([row.unread_replies_count, row.following, row.project_activity_metadata], [0, true, []]);
    assert.deepEqual(row.linked_objects, {
      project_notes: [note?.id],
      project_activity_replies: [first?.id, second?.id],
    });
  }
  const put = await admin.put('/project_activity_replies', [
    { id: first?.id, note: 'note 1 - edited' },
    { id: second?.id, note: 'note 2 - deleted', active: false },
  ]);
  const [edited, deleted] = rowsIn(put, 'project_activity_replies');
  demandItem(edited, 'project_activity_replies', updated, { ...common, note: 'note 1 - edited', active: true });
  demandItem(deleted, 'project_activity_replies', updated, { ...common, note: 'note 2 - deleted', active: false });
  assert.deepEqual(linksBeside(put, 'project_activities'), [
    { project_notes: [note?.id], project_activity_replies: [first?.id] },
  ]);
});
