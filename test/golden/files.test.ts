import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataUri, pngOf } from '../support/images.ts';
import { rowsIn } from '../support/rows.ts';
import { demandItem, exampleStage, updated } from './examples.ts';
import { hasShape, objects } from './shapes.ts';

const stage = exampleStage();
const uploaded = { _status_code: 200, _status_message: 'Uploaded' };

test('files: one is uploaded, changed, attached, listed, downloaded and deleted as in the examples', async () => {
  const { worker } = stage();
  const image = pngOf();
  const made = await worker.post('/files', [
    {
      file_data: dataUri(image),
      file_name: 'invisible_minion.png',
      meta_data: { file_description: 'Ba-ba-ba-ba-ba-nana', image_rotation: 0 },
    },
  ]);
  const [file] = rowsIn(made, 'files');
  demandItem(file, 'files', uploaded, {
    uploaded_by_user_id: worker.userId,
    file_name: 'invisible_minion.png',
    active: true,
    size: image.length,
    linked_objects: {},
    meta_data: { file_description: 'Ba-ba-ba-ba-ba-nana', image_rotation: 0 },
  });
  assert.deepEqual(Object.keys(made.body.results?.files ?? {}), ['1']);
  assert.deepEqual(Object.keys(made.body.supplemental_data?.users ?? {}), [String(worker.userId)]);

  const id = String(file?.id);
  const meta_data = { file_description: 'Testing PUT request', image_rotation: 180 };
  const changed = await worker.put('/files', [{ id, meta_data }]);
  assert.deepEqual(Object.keys(changed.body.results?.files ?? {}), [id], 'keyed by the id of the file');
  demandItem(rowsIn(changed, 'files')[0], 'files', updated, { meta_data, file_name: 'invisible_minion.png' });

  const attached = await worker.post('/timesheets', [
    {
      user_id: worker.userId,
      jobcode_id: stage().job,
      type: 'manual',
      date: '2018-08-01',
      duration: 60,
      attached_files: [id],
    },
  ]);
  const [timesheet] = rowsIn(attached, 'timesheets');
  assert.deepEqual(timesheet?.attached_files, [Number(id)]);
  assert.deepEqual(Object.keys(attached.body.supplemental_data?.files ?? {}), [id]);

  const listed = await worker.get('/files');
  const [row = {}] = rowsIn(listed, 'files');
  assert.deepEqual(row.linked_objects, { timesheets: [String(timesheet?.id)] });
  assert.deepEqual(row.meta_data, { file_description: 'Testing PUT request', image_rotation: '180' });
  for (const [property, shape] of Object.entries(objects.files ?? {}))
    assert.ok(hasShape(row[property], shape), property);
  assert.deepEqual(Object.keys(listed.body.supplemental_data ?? {}), ['users', 'timesheets']);

  const raw = await worker.send('GET', `/files/raw?id=${id}`);
  assert.equal(raw.status, 200);
  assert.equal(raw.headers.get('content-type'), 'application/octet-stream');
  assert.equal(raw.headers.get('content-length'), String(image.length));
  assert.equal(raw.headers.get('content-disposition'), 'attachment; filename="invisible_minion.png"');
  assert.match(String(raw.headers.get('cache-control')), /\bmax-age=86400\b/);

  const deleted = await worker.delete('/files', [id, 2_000_000_000]);
  assert.deepEqual(deleted.body.results?.files as unknown, {
    [id]: { _status_code: 200, _status_message: 'OK, deleted', id },
    2000000000: {
      _status_code: 404,
      _status_message: 'File not found!',
      _status_extra: 'The file does not exist or was deleted before',
      id: '2000000000',
    },
  });
});
