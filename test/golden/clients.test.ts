import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataUri, pngOf } from '../support/images.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { created, demandItem, exampleStage, updated } from './examples.ts';

/** What clients do beyond the examples, as the reference allows it in words and real ones were seen to. */
const stage = exampleStage();

const types = [
  '',
  'json',
  'application / json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
];
for (const type of types) {
  test(`a body is JSON with the content type ${JSON.stringify(type)} too`, async () => {
    const { admin, word, next } = stage();
    const body = JSON.stringify({ data: [{ name: `${word}${next()}` }] });
    demandItem(
      rowsIn(await admin.send('POST', '/groups', body, { 'content-type': type }), 'groups')[0],
      'groups',
      created,
    );
  });
}

test('12-geolocations.md: the ids that devices give to positions are not heeded', async () => {
  const { worker } = stage();
  const common = { user_id: worker.userId, accuracy: 20.375, altitude: 0, latitude: 43.6, longitude: -116.3 };
  const answer = await worker.post('/geolocations', [
    { ...common, id: 2_000_000_000, created: '2018-08-08T11:30:09-06:00' },
    { ...common, id: null, created: '2018-08-08T12:38:56-06:00', source: null, heading: '', speed: null },
  ]);
  for (const row of rowsIn(answer, 'geolocations')) {
    demandItem(row, 'geolocations', created);
    assert.notEqual(row.id, 2_000_000_000);
  }
});

test('10-files.md: PUT /files?id= names the row', async () => {
  const { worker } = stage();
  const item = { file_name: 'a.png', file_data: dataUri(pngOf()) };
  const [one, other] = rowsIn(await worker.post('/files', [item, item]), 'files');
  const put = async (query: string, items: readonly Row[]): Promise<Row[]> =>
    rowsIn(await worker.send('PUT', `/files${query}`, JSON.stringify({ data: items })), 'files');
  const change = { meta_data: { file_description: 'Named by the query' } };
  demandItem((await put(`?id=${one?.id}`, [change]))[0], 'files', updated, { id: one?.id, ...change });
  const [own] = await put(`?id=${one?.id}`, [{ ...change, id: other?.id }]);
  assert.equal(own?.id, other?.id, 'an id in the body comes first');
  for (const items of [await put('', [change]), await put(`?id=${one?.id}`, [change, change])])
    for (const row of items) assert.equal(row._status_extra, 'Missing required params: id');
});

test('24-project-activity-read-times.md: a read time is sent back as it was listed', async () => {
  const { admin, project } = stage();
  const name = 'project_activity_read_times';
  const [read] = rowsIn(await admin.post(`/${name}`, [{ project_id: project }]), name);
  const [listed] = rowsIn(await admin.get(`/${name}`), name);
  demandItem(rowsIn(await admin.put(`/${name}`, [listed]), name)[0], name, created, { id: read?.id });
});

test('22-projects.md: days that are sent back as they were are not judged, and a reopened project is not completed', async () => {
  const { admin } = stage();
  const dates = { start_date: '2019-11-05', due_date: '2019-12-15' };
  const [made] = rowsIn(await admin.post('/projects', [{ name: 'Xmas Party 2019', ...dates }]), 'projects');
  const change = async (values: Row): Promise<Row | undefined> => {
    const [listed] = rowsIn(await admin.get('/projects', { ids: Number(made?.id), active: 'both' }), 'projects');
    return rowsIn(await admin.put('/projects', [{ ...listed, ...values }]), 'projects')[0];
  };
  // Completed before it starts, by the server's own date.
  const completed_date = '2018-08-09T00:00:00+00:00';
  demandItem(await change({ status: 'complete' }), 'projects', updated, { completed_date });
  demandItem(await change({ description: 'Done' }), 'projects', updated, { completed_date, description: 'Done' });
  demandItem(await change({ status: 'in_progress' }), 'projects', updated, { completed_date: '' });
  const [refused] = rowsIn(
    await admin.put('/projects', [{ id: made?.id, status: 'complete', completed_date: '2018-08-10' }]),
    'projects',
  );
  assert.equal(refused?._status_extra, 'completed_date must be after start_date');
});

test('27-reminders.md: days and methods may be arrays, as some helpers declare them', async () => {
  const { worker } = stage();
  const item = { reminder_type: 'clock-in', due_time: '08:10:00', active: 'true', enabled: '1' };
  const lists = { due_days_of_week: ['Mon', 'Tue'], distribution_methods: ['Push', 'Email'] };
  const texts = { due_days_of_week: 'Mon,Tue', distribution_methods: 'Push,Email' };
  const [made] = rowsIn(await worker.post('/reminders', [{ user_id: worker.userId, ...item, ...lists }]), 'reminders');
  demandItem(made, 'reminders', created, texts);
  const [put] = rowsIn(await worker.put('/reminders', [{ id: made?.id, due_days_of_week: [] }]), 'reminders');
  assert.equal(put?._status_extra, 'due_days_of_week must not be blank');
  const [wrong] = rowsIn(await worker.put('/reminders', [{ id: made?.id, distribution_methods: [7] }]), 'reminders');
  assert.equal(wrong?._status_extra, 'distribution_methods must be a text');
});

test('14-invitations.md: a blank id is no property that is not known', async () => {
  const { admin, worker } = stage();
  const item = { contact_method: 'email', contact_info: 'pat@example.com', user_id: String(worker.userId) };
  const answer = await admin.post('/invitations', [
    { ...item, id: null },
    { ...item, id: 5 },
  ]);
  const [made, refused] = rowsIn(answer, 'invites');
  assert.deepEqual(made, { _status_code: 201, _status_message: 'Created' });
  assert.deepEqual([refused?._status_code, refused?._status_extra], [400, 'Invalid params: id']);
});

test('a moment without an offset is one of UTC in every filter of moments', async () => {
  const { admin, calendar, word } = stage();
  const common = { schedule_calendar_id: calendar, end: '2018-12-05T18:00:00+00:00', title: word };
  const [event] = rowsIn(
    await admin.post('/schedule_events', [{ ...common, start: '2018-12-05T16:00:00+00:00' }]),
    'schedule_events',
  );
  const cases: [string, boolean][] = [
    ['2018-12-05T16:00:00', true],
    ['2018-12-05T16:00:00.123456', true],
    ['2018-12-05 16:00:01', false],
    ['2018-12-05T16:00', true],
    ['2018-12-05', true],
    ['12-06-2018', false],
  ];
  for (const [start, found] of cases) {
    const answer = await admin.get('/schedule_events', { schedule_calendar_ids: calendar, start });
    assert.equal(
      rowsIn(answer, 'schedule_events').some(({ id }) => id === event?.id),
      found,
      start,
    );
  }
});
