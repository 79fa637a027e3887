import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, itemOf, itemsOf, type Row } from './jobs-support.ts';

/** Noon in Denver on 15 June 2026. */
const now = Date.UTC(2026, 5, 15, 18) / 1000;
let world: World;

before(async () => {
  world = await openWorld({ now });
});
after(() => world.close());

const clock = (minutes: number): string =>
  new Date((now + minutes * 60) * 1000).toISOString().replace('.000Z', '+00:00');
const put = async (by: Person, resource: string, change: Row): Promise<Row> =>
  itemOf(await by.put(`/${resource}`, [change]), resource);
const post = async (by: Person, resource: string, item: Row): Promise<Row> =>
  itemOf(await by.post(`/${resource}`, [item]), resource);
const said = (row: Row): unknown[] => [row._status_code, row._status_extra];
const fine = [200, undefined];

/** Users, jobcodes and timesheets of one person with a time of his own. */
async function place(
  settings: Readonly<Record<string, unknown>>,
): Promise<{ company: Company; job: number; person: Person }> {
  const company = await world.company();
  for (const [name, value] of Object.entries(settings)) {
    const [section = '', key = ''] = name.split('.');
    await company.setting(section, key, value);
  }
  return {
    company,
    job: await company.jobcode(),
    person: await company.person({ permissions: ['manage_my_timesheets'] }),
  };
}

const worked = ({ userId }: Person, job: number, hour: number, more: Row = {}): Row => ({
  user_id: userId,
  jobcode_id: job,
  type: 'regular',
  start: `2026-06-0${hour}T08:00:00-06:00`,
  end: `2026-06-0${hour}T09:00:00-06:00`,
  ...more,
});

test('timesheet_notes_required: work that is done needs notes, going on the clock does not', async () => {
  const { company, job, person } = await place({ 'general.timesheet_notes_required': 1 });
  const missing = [417, 'Oops! Notes are required on timesheets'];
  assert.deepEqual(said(await post(person, 'timesheets', worked(person, job, 1))), missing);
  assert.deepEqual(said(await post(person, 'timesheets', worked(person, job, 1, { notes: '  ' }))), missing);
  const noted = await post(person, 'timesheets', worked(person, job, 1, { notes: 'done' }));
  assert.deepEqual(said(noted), fine);
  assert.deepEqual(said(await put(person, 'timesheets', { id: noted.id, notes: '' })), missing);
  const manual = { user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-06-02', duration: 60 };
  assert.deepEqual(said(await post(person, 'timesheets', manual)), missing);
  const start = { user_id: person.userId, jobcode_id: job, type: 'regular', start: clock(-5), end: '' };
  const open = await post(person, 'timesheets', start);
  assert.deepEqual(said(open), fine);
  assert.deepEqual(said(await put(person, 'timesheets', { id: open.id, end: clock(0) })), missing);
  assert.deepEqual(said(await put(person, 'timesheets', { id: open.id, end: clock(0), notes: 'now' })), fine);
  // The server ends what somebody forgot, without notes.
  const forgetful = await company.person();
  const since = { user_id: forgetful.userId, jobcode_id: job, type: 'regular', start: clock(-5), end: '' };
  const forgotten = await post(forgetful, 'timesheets', since);
  assert.deepEqual(said(forgotten), fine);
  await world.runJobs(now + 11 * 3_600);
  world.clock.set(now);
  const [ended] = itemsOf(await company.admin.get('/timesheets', { ids: String(forgotten.id) }), 'timesheets');
  assert.equal(ended?.on_the_clock, false);
  // Time off and breaks are no work.
  const [pause, holiday] = [await company.jobcode({ type: 'unpaid_break' }), await company.jobcode({ type: 'pto' })];
  assert.deepEqual(said(await post(person, 'timesheets', worked(person, pause, 3))), fine);
  assert.deepEqual(said(await post(person, 'timesheets', { ...manual, jobcode_id: holiday })), fine);
  // Time from before the setting can still be changed otherwise.
  await company.setting('general', 'timesheet_notes_required', 0);
  const old = await post(person, 'timesheets', worked(person, job, 4));
  await company.setting('general', 'timesheet_notes_required', 1);
  const later = { id: old.id, end: '2026-06-04T09:30:00-06:00' };
  assert.deepEqual(said(await put(company.admin, 'timesheets', later)), fine);
});

test('enable_timesheet_notes: where notes are not in use none are taken, and none are required', async () => {
  const { company, job, person } = await place({});
  const before = await post(person, 'timesheets', worked(person, job, 1, { notes: 'of old' }));
  await company.setting('general', 'enable_timesheet_notes', '0');
  await company.setting('general', 'timesheet_notes_required', 1);
  const refused = [417, 'Oops! Notes are not in use on timesheets'];
  assert.deepEqual(said(await post(person, 'timesheets', worked(person, job, 2, { notes: 'new' }))), refused);
  assert.deepEqual(said(await post(person, 'timesheets', worked(person, job, 2))), fine);
  assert.deepEqual(said(await put(person, 'timesheets', { id: before.id, notes: 'changed' })), refused);
  assert.deepEqual(said(await put(person, 'timesheets', { id: before.id, notes: 'of old', jobcode_id: job })), fine);
  assert.deepEqual(said(await put(person, 'timesheets', { id: before.id, notes: '' })), fine);
});

test('timesheet_notes_notify_admin and _mgrs: who is told of new notes', async () => {
  const cases: [Row, told: ('admin' | 'chief')[]][] = [
    [{}, []],
    [{ 'general.timesheet_notes_notify_admin': 1 }, ['admin']],
    [{ 'general.timesheet_notes_notify_mgrs': 1 }, ['chief']],
    [{ 'general.timesheet_notes_notify_admin': 1, 'general.timesheet_notes_notify_mgrs': 1 }, ['admin', 'chief']],
  ];
  for (const [settings, told] of cases) {
    const { company, job } = await place(settings);
    const chief = await company.person();
    const other = await company.person();
    await company.group([other]);
    const group = await company.group([chief]);
    const person = await company.person({ groupId: group, permissions: ['manage_my_timesheets'] });
    const db = world.services.database.forCompany(company.id);
    const mails = async (): Promise<Row[]> => {
      const rows = await db.rows(
        sql`DELETE FROM jobs WHERE company_id = ${company.id} AND name = 'message' RETURNING payload`,
      );
      const messages = rows.map(([payload]) => JSON.parse(String(payload)) as Row);
      const mailed = messages.filter(({ method }) => method === 'email');
      assert.equal(messages.length, 2 * mailed.length, 'each by mail and on the dashboard');
      return mailed;
    };
    const made = await post(person, 'timesheets', worked(person, job, 1, { notes: 'The boiler leaks' }));
    assert.deepEqual(said(made), fine);
    const sent = await mails();
    const people = { admin: company.admin.userId, chief: chief.userId };
    assert.deepEqual(sent.map(({ userId }) => userId).sort(), told.map((who) => people[who]).sort());
    for (const { method, subject, text } of sent) {
      assert.deepEqual([method, subject], ['email', `Notes of Pat ${person.username}`]);
      assert.equal(text, `Pat ${person.username} noted on a timesheet of 2026-06-01:\n\nThe boiler leaks\n`);
    }
    await put(person, 'timesheets', { id: made.id, end: '2026-06-01T09:15:00-06:00', notes: 'The boiler leaks' });
    assert.deepEqual(await mails(), [], 'the same notes are no news');
    await put(person, 'timesheets', { id: made.id, notes: 'It leaks no more' });
    assert.equal((await mails()).length, told.length);
    await put(company.admin, 'timesheets', { id: made.id, notes: 'Good' });
    assert.deepEqual(
      (await mails()).map(({ userId }) => userId),
      told.includes('chief') ? [chief.userId] : [],
      'not the writer',
    );
  }
});

test('pto_entry and employee_pto_entry: who enters his own time off', async () => {
  const denied = [417, "Oops! You don't have permission to enter your own time off"];
  const byClock = [417, "Oops! You don't have permission to enter your own time; you can clock in and out"];
  const cases: [Row, owner: unknown[], employee: unknown[]][] = [
    [{}, fine, denied],
    [{ 'general.employee_pto_entry': 1 }, fine, fine],
    [{ 'general.pto_entry': 0, 'general.employee_pto_entry': 1 }, denied, denied],
  ];
  for (const [settings, owner, employee] of cases) {
    const { company, job, person } = await place(settings);
    const plain = await company.person();
    const holiday = await company.jobcode({ type: 'pto' });
    const off = (who: Person): Row => ({
      user_id: who.userId,
      jobcode_id: holiday,
      type: 'manual',
      date: '2026-06-02',
      duration: 28_800,
    });
    assert.deepEqual(said(await post(person, 'timesheets', off(person))), owner, JSON.stringify(settings));
    assert.deepEqual(said(await post(plain, 'timesheets', off(plain))), employee, JSON.stringify(settings));
    assert.deepEqual(
      said(await post(company.admin, 'timesheets', off(plain))),
      fine,
      'those above enter it in any case',
    );
    const work = { user_id: plain.userId, jobcode_id: job, type: 'manual', date: '2026-06-02', duration: 60 };
    assert.deepEqual(said(await post(plain, 'timesheets', work)), byClock, 'work stays a matter of the clock');
    const shift = await post(person, 'timesheets', worked(person, job, 3));
    assert.deepEqual(said(await put(person, 'timesheets', { id: shift.id, jobcode_id: holiday })), owner);
  }
});

test('emp_panel, emp_panel_email and emp_panel_passwd: what people change of themselves', async () => {
  const no = (what: string): unknown[] => [417, `Oops! You don't have permission to change ${what}`];
  const cases: [Row, name: unknown[], email: unknown[], password: unknown[]][] = [
    [{}, fine, fine, fine],
    [{ 'general.emp_panel_email': '0' }, fine, no('email'), fine],
    [{ 'general.emp_panel_passwd': '0' }, fine, fine, no('password')],
    [{ 'general.emp_panel': 0 }, no('first_name'), no('email'), no('password')],
  ];
  for (const [settings, name, email, password] of cases) {
    const { company, person } = await place(settings);
    const own = async (change: Row): Promise<unknown[]> =>
      said(await put(person, 'users', { id: person.userId, ...change }));
    assert.deepEqual(await own({ first_name: 'Robin' }), name, JSON.stringify(settings));
    assert.deepEqual(await own({ email: 'robin@example.com' }), email, JSON.stringify(settings));
    assert.deepEqual(await own({ password: 'a quite long one' }), password, JSON.stringify(settings));
    await put(company.admin, 'users', { id: person.userId, require_password_change: true });
    assert.deepEqual(await own({ password: 'another quite long one' }), fine, 'a password that must be changed');
    const keeper = await company.person({ permissions: ['manage_users'] });
    const theirs = { id: keeper.userId, email: 'keeper@example.com', password: 'a password of theirs' };
    assert.deepEqual(said(await put(keeper, 'users', theirs)), fine, 'manage_users stands above it');
  }
  const { company, person } = await place({});
  await company.setting('general', 'emp_panel_email', '0', { userId: person.userId });
  assert.deepEqual(said(await put(person, 'users', { id: person.userId, email: 'x@example.com' })), no('email'));
});

test('max_jobcodes: new ones and restored ones need room, and archived ones make it', async () => {
  const { company } = await place({});
  const { admin } = company;
  const full = 'Oops! No more jobcodes can be active';
  const active = itemsOf(await admin.get('/jobcodes', { type: 'all' }), 'jobcodes').length;
  await company.setting('general', 'max_jobcodes', String(active + 3));
  const made = itemsOf(
    await admin.post(
      '/jobcodes',
      ['A', 'B', 'C', 'D'].map((name) => ({ name })),
    ),
    'jobcodes',
  );
  assert.deepEqual(
    made.map(({ _status_extra }) => _status_extra),
    [undefined, undefined, undefined, full],
  );
  const [parent] = made;
  assert.deepEqual(
    said(await post(admin, 'jobcodes', { name: 'A' })),
    [202, undefined],
    'one that exists needs no room',
  );
  await put(admin, 'jobcodes', { id: made[1]?.id, active: false });
  const child = await create(admin, 'jobcodes', { name: 'child', parent_id: parent?.id });
  await put(admin, 'jobcodes', { id: parent?.id, active: false });
  await create(admin, 'jobcodes', { name: 'E' });
  assert.deepEqual(
    said(await put(admin, 'jobcodes', { id: child, active: true })),
    [417, full],
    'it takes its parent along',
  );
  const both = await admin.put('/jobcodes', [
    { id: made[2]?.id, active: false },
    { id: child, active: true },
  ]);
  assert.deepEqual(itemsOf(both, 'jobcodes').map(said), [fine, fine], 'the first makes room for the second');
  assert.deepEqual(
    said(await post(admin, 'jobcodes', { name: 'F', active: false })),
    fine,
    'archived ones do not count',
  );
});

test('max_customfielditems and the number of custom fields', async () => {
  const { company, job, person } = await place({
    'general.max_customfielditems': '2',
    'customfields.maximum_allowed_timesheet_custom_fields': 2,
  });
  const { admin } = company;
  const list = await create(admin, 'customfields', { name: 'List', type: 'managed-list' });
  const free = await create(admin, 'customfields', { name: 'Free', type: 'free-form' });
  const third = await post(admin, 'customfields', { name: 'Third', type: 'free-form' });
  assert.deepEqual(said(third), [417, 'Oops! No more than 2 custom fields can be active']);
  const items = ['a', 'b', 'c'].map((name) => ({ customfield_id: list, name }));
  const made = itemsOf(await admin.post('/customfielditems', items), 'customfielditems');
  const full = [417, 'Oops! No more custom field items can be active'];
  assert.deepEqual(made.map(said), [fine, fine, full]);
  // Values are taken, but make no items where there is no room.
  const entered = worked(person, job, 1, { customfields: { [free]: 'new value' } });
  assert.deepEqual(said(await post(person, 'timesheets', entered)), fine);
  const count = async (): Promise<number> =>
    itemsOf(await admin.get('/customfielditems', { customfield_id: free }), 'customfielditems').length;
  assert.equal(await count(), 0);
  await put(admin, 'customfielditems', { id: made[0]?.id, active: false });
  const more = worked(person, job, 2, { customfields: { [free]: 'another value' } });
  assert.deepEqual(said(await post(person, 'timesheets', more)), fine);
  assert.equal(await count(), 1);
  assert.deepEqual(said(await put(admin, 'customfielditems', { id: made[0]?.id, active: true })), full);
});
