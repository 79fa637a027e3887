import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Row, rowsIn } from '../support/rows.ts';
import { created, demandItem, exampleStage, updated } from './examples.ts';

const stage = exampleStage();
const name = 'schedule_events';

test('schedule calendars: all of them, and those modified since', async () => {
  const { admin, calendar } = stage();
  for (const query of [{}, { modified_since: '2018-07-15T19:32:00-06:00' }]) {
    const answer = await admin.get('/schedule_calendars', query);
    assert.deepEqual(Object.keys(answer.body.results?.schedule_calendars ?? {}), [String(calendar)]);
    const [row] = rowsIn(answer, 'schedule_calendars');
    assert.deepEqual(Object.keys(row ?? {}), ['id', 'name', 'last_modified', 'created']);
  }
});

test('schedule events: one unassigned, one for two users as base, then a changed title, and the list', async () => {
  const { admin, worker, calendar } = stage();
  const joni = await stage().company.person();
  const send = (method: string, data: readonly Row[]) =>
    admin.send(method, '/schedule_events', JSON.stringify({ data, team_events: 'base' }));
  const common = {
    schedule_calendar_id: calendar,
    start: '2018-12-05T16:00:00+00:00',
    end: '2018-12-05T18:00:00+00:00',
    draft: true,
    active: true,
  };
  const answer = await send('POST', [
    { ...common, assigned_user_ids: '', title: 'unassigned event' },
    { ...common, assigned_user_ids: [joni.userId, worker.userId], title: 'assigned to multiple' },
  ]);
  const [nobodys, several] = rowsIn(answer, name);
  const values = {
    schedule_calendar_id: calendar,
    jobcode_id: 0,
    all_day: false,
    // The company of these examples is in Denver; the reference's was in UTC.
    start: '2018-12-05T09:00:00-07:00',
    end: '2018-12-05T11:00:00-07:00',
    timezone: 'America/Denver',
    active: true,
    draft: true,
    notes: '',
    color: '#888888',
    customfields: '',
    location: '',
  };
  demandItem(nobodys, name, created, {
    ...values,
    user_id: admin.userId,
    unassigned: true,
    assigned_user_ids: [],
    title: 'unassigned event',
  });
  const both = [String(joni.userId), String(worker.userId)];
  const team = { ...values, user_id: joni.userId, unassigned: false, assigned_user_ids: both };
  demandItem(several, name, created, { ...team, title: 'assigned to multiple' });
  assert.deepEqual(Object.keys(answer.body), ['results', 'supplemental_data', 'calendars']);
  assert.ok(answer.body.supplemental_data?.users?.[String(joni.userId)]);
  assert.equal(answer.body.calendars?.[String(calendar)]?.id as unknown, calendar);

  const change = { schedule_calendar_id: calendar, id: several?.id, title: 'changed title' };
  const changed = await send('PUT', [change]);
  demandItem(rowsIn(changed, name)[0], name, updated, { ...team, id: several?.id, title: 'changed title' });
  assert.deepEqual(Object.keys(changed.body), ['results', 'supplemental_data', 'calendars']);

  const query = { schedule_calendar_ids: calendar, modified_since: '2018-01-01T13:00:00-06:00' };
  assert.deepEqual(rowsIn(await admin.get('/schedule_events', query), name), [], 'drafts are asked for');
  const base = await admin.get('/schedule_events', { ...query, draft: 'both', team_events: 'base' });
  assert.deepEqual(
    rowsIn(base, name).map(({ id }) => id),
    [nobodys?.id, several?.id],
  );
});
