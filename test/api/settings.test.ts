import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setSettings } from '../../src/resources/effective-settings/queries.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { instant, type Row } from './users-support.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company({ timeZone: 'America/Denver' });
});
after(() => world.close());

type Sections = Readonly<Record<string, { readonly settings: Row; readonly last_modified: string } | undefined>>;

async function settingsOf(by: Person, query: Record<string, string | number> = {}): Promise<Sections> {
  const answer = await by.get('/effective_settings', query);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.body), ['results']);
  return (answer.body.results as unknown as Record<string, unknown>).effective_settings as Sections;
}

const set = (
  ...[scope, id, section, values]: [Parameters<typeof setSettings>[2], number, string, Row]
): Promise<void> =>
  setSettings(
    { db: world.services.database.forCompany(company.id), cache: world.services.cache },
    company.id,
    scope,
    id,
    section,
    values,
  );

const never = '2001-01-01T12:00:00+00:00';

/** Sections, keys, order and types of the reference's object (07-effective-settings.md): n is a number, t a text. */
const reference: Readonly<Record<string, string>> = {
  general:
    't calculate_overtime, n clockout_override, n clockout_override_hours, n clockout_override_notify_admin, ' +
    'n clockout_override_notify_mgrs, t daily_doubletime, t daily_overtime, n daily_regular_hours, t date_locale, ' +
    'n emp_panel, t emp_panel_email, t emp_panel_passwd, t emp_panel_tz, n employee_pto_entry, t enable_timesheet_notes, ' +
    't hide_working_time, t jc_label, n lunch_deduct, n lunch_length, n lunch_threshold, t max_customfielditems, ' +
    't max_jobcodes, n parent_clockin_display, t payroll_end_date, t payroll_first_end_day, t payroll_last_end_day, ' +
    't payroll_month_end_day, t payroll_type, n pto_entry, n pto_overtime, n simple_clockin, n time_format, ' +
    't timecard_fields, t timeclock_label, n timesheet_edit_notes_for_all_users, n timesheet_notes_notify_admin, ' +
    'n timesheet_notes_notify_mgrs, n timesheet_notes_required, t tz, n week_start, t weekly_regular_hours',
  alerts: 'n installed',
  approvals: 't installed',
  breaks: 'n hide_pre_clockout_option',
  dcaa: 'n installed',
  dialin: 'n installed',
  files: 't installed, t files_addon_app_discovery_notification',
  invoicing: 'n installed',
  location_aware: 'n installed, t show_location',
  mobile_app_integrations: 'n installed, t apps',
  mobile_app_settings: 't installed, t location_tracking, t mandatory_location_services',
  reminders: 'n installed',
  projects: 'n installed',
  quickbooks: 't installed, t connector, t connector_type, n two_way_sync_enabled_for_user',
  restapi: 't installed',
  rounding: 'n installed',
  schedule:
    't installed, t business_hours_end, t business_hours_start, t drafted_first_schedule_event_occurred, ' +
    't manage_schedule_permission, t published_first_schedule_event_occurred, t trial_expiration_date, ' +
    't view_schedule_permission, t learning_step, t employee_view, t manager_view',
  sms: 'n installed',
  sounds: 'n installed',
  customfields: 'n maximum_allowed_timesheet_custom_fields, t installed',
  time_entry:
    'n installed, t time_entry_method, t mtc_format_time_display, n time_entry, n timecard, n weekly_timecard, ' +
    'n timecard_daily, n timesheet_edit, n timesheet_map, n pto_entry, t timesheet_list_date_range_selection, ' +
    'n timesheet_list_show_days_with_no_time, n timesheet_list_wrap_text, t timesheet_list_column_selection, ' +
    'n timesheet_list_bottomless_scroll, t mtc_combine_regular_timesheets',
  toodledo: 'n installed',
  twitter: 'n installed',
  xero: 'n installed',
  zenpayroll: 'n installed',
};

test('an admin sees every section and key of the reference, in its order and types', async () => {
  const sections = await settingsOf(company.admin);
  assert.deepEqual(Object.keys(sections), Object.keys(reference));
  for (const [name, section] of Object.entries(sections)) {
    assert.deepEqual(Object.keys(section ?? {}), ['settings', 'last_modified'], name);
    const shape = Object.entries(section?.settings ?? {}).map(
      ([key, value]) => `${typeof value === 'number' ? 'n' : 't'} ${key}`,
    );
    assert.equal(shape.join(', '), reference[name], name);
    assert.match(section?.last_modified ?? '', instant);
    if (name !== 'general') assert.equal(section?.last_modified, never, name);
  }
  assert.equal(sections.general?.settings.tz, 'America/Denver');
  assert.notEqual(sections.general?.last_modified, never);
});

test('others see less', async () => {
  const person = await company.person();
  const sections = await settingsOf(person);
  const hidden = ['dcaa', 'quickbooks', 'restapi', 'toodledo', 'twitter', 'xero', 'zenpayroll'];
  assert.deepEqual(
    Object.keys(sections),
    Object.keys(reference).filter((name) => !hidden.includes(name)),
  );
  for (const key of [
    'max_jobcodes',
    'max_customfielditems',
    'timesheet_notes_notify_admin',
    'clockout_override_notify_mgrs',
  ]) {
    assert.ok(!(key in (sections.general?.settings ?? {})), key);
  }
  assert.ok(!('trial_expiration_date' in (sections.schedule?.settings ?? {})));
  assert.equal(sections.general?.settings.tz, 'America/Denver');
});

test('company, group and user settings cascade, and each section tells its newest change', async () => {
  const group = await company.group();
  const [alone, member, special] = [
    await company.person(),
    await company.person({ groupId: group }),
    await company.person({ groupId: group }),
  ];
  const tz = async (person: Person): Promise<unknown> =>
    (await settingsOf(company.admin, { user_id: person.userId })).general?.settings.tz;
  await set('group', group, 'general', { tz: 'America/New_York', week_start: '1', calculate_overtime: 0 });
  await set('user', special.userId, 'general', { tz: 'europe/paris' });
  assert.deepEqual(
    [await tz(alone), await tz(member), await tz(special)],
    ['America/Denver', 'America/New_York', 'Europe/Paris'],
  );
  const general = (await settingsOf(special)).general?.settings;
  assert.deepEqual([general?.week_start, general?.calculate_overtime], [1, '0']);
  const changed = async (person: Person): Promise<string> => (await settingsOf(person)).approvals?.last_modified ?? '';
  assert.equal(await changed(member), never);
  await set('group', group, 'approvals', { employee_approval: true });
  assert.equal(await changed(alone), never);
  assert.match(await changed(member), instant);
  assert.notEqual(await changed(member), never);
  assert.deepEqual((await settingsOf(member)).approvals?.settings, { installed: '1', employee_approval: 1 });
  // Taken back, the earlier value holds again.
  await set('user', special.userId, 'general', { tz: null });
  assert.equal(await tz(special), 'America/New_York');
  // The group that a user belongs to counts, not the one he left.
  await company.admin.put('/users', [{ id: member.userId, group_id: 0 }]);
  assert.equal(await tz(member), 'America/Denver');
});

test('modified_since and modified_before choose sections', async () => {
  const person = await company.person();
  await set('user', person.userId, 'sms', { mobile_number: '2087231456' });
  const sections = await settingsOf(person);
  assert.equal(sections.sms?.settings.mobile_number, '2087231456');
  const moment = sections.sms?.last_modified ?? '';
  const since = Object.keys(await settingsOf(person, { modified_since: moment }));
  assert.ok(since.includes('sms') && !since.includes('alerts'), since.join());
  const before = Object.keys(await settingsOf(person, { modified_before: '2001-01-01T12:00:01+00:00' }));
  assert.ok(before.includes('alerts') && !before.includes('sms') && !before.includes('general'));
  assert.deepEqual(await settingsOf(person, { modified_before: '2001-01-01T12:00:00+00:00' }), {});
  assert.deepEqual(await settingsOf(person, { modified_since: '2099-01-01' }), {});
  assert.ok('alerts' in (await settingsOf(person, { modified_since: '2001-01-01T05:00:00-0700' })));
  for (const query of [{ modified_since: 'x' }, { modified_before: 'x' }, { user_id: 'x' }]) {
    assert.equal((await person.get('/effective_settings', query)).status, 417, JSON.stringify(query));
  }
});

test("settings of others are for those who see them, and 'page' does no harm", async () => {
  const chief = await company.person();
  const member = await company.person({ groupId: await company.group([chief]) });
  const other = await world.company();
  await settingsOf(chief, { user_id: member.userId, page: 1 });
  for (const [by, id] of [
    [member, chief.userId],
    [company.admin, other.admin.userId],
    [company.admin, 99_999_999],
  ] as const) {
    const answer = await by.get('/effective_settings', { user_id: id });
    assert.equal(answer.status, 417);
    assert.match(answer.text, /user_id \d+ does not exist/);
  }
  assert.equal((await company.admin.put('/effective_settings', [])).status, 405);
});

test('settings that can not be are refused', async () => {
  const cases: [Parameters<typeof set>, RegExp][] = [
    [['company', 0, 'general', { colour: 'red' }], /no setting general.colour/],
    [['company', 0, 'nothing', { tz: 'UTC' }], /no setting nothing.tz/],
    [['company', 0, '__proto__', { tz: 'UTC' }], /no setting/],
    [['company', 0, 'general', { tz: 'Mars/Olympus' }], /general.tz must be a time zone/],
    [['company', 0, 'general', { week_start: 7 }], /general.week_start must be one of 0, 1/],
    [['company', 0, 'general', { lunch_length: 'long' }], /general.lunch_length must be a number/],
    [['company', 0, 'general', { jc_label: ['x'] }], /general.jc_label must be a text/],
    [['company', 0, 'general', { emp_panel_email: 2 }], /general.emp_panel_email must be one of 0, 1/],
    [['company', 0, 'general', { max_jobcodes: 'many' }], /general.max_jobcodes must be a whole number, or -1/],
    [['company', 0, 'general', { clockout_override_hours: 169 }], /must be a number from 0 to 168/],
    [['company', 0, 'general', { payroll_end_date: '2018-02-30' }], /must be a date such as/],
    [['company', 0, 'general', { payroll_first_end_day: 32 }], /must be a day of the month/],
    [['company', 0, 'schedule', { business_hours_end: '25:00:00' }], /must be a time of day/],
    [['company', 0, 'mobile_app_settings', { location_tracking: 'maybe' }], /must be one of off, optional, required/],
    [['company', 0, 'customfields', { maximum_allowed_timesheet_custom_fields: 7 }], /must be one of 0, 1, 2, 3/],
    [['company', 0, 'bookings', { working_hours: 'nine to five' }], /must be constraints as JSON, or blank/],
    [
      ['company', 0, 'bookings', { working_hours: '[{"allow_day": {}}]' }],
      /bookings.working_hours: Entry 1 \(allow_day\) must/,
    ],
    [['company', 0, 'bookings', { working_hours: '{}' }], /bookings.working_hours: Must be a list of constraints/],
    [['company', 5, 'general', { tz: 'UTC' }], /There is no company 5/],
    [['group', 99_999_999, 'general', { tz: 'UTC' }], /There is no group/],
    [['user', 99_999_999, 'general', { tz: 'UTC' }], /There is no user/],
  ];
  for (const [input, message] of cases) await assert.rejects(() => set(...input), message);
  assert.equal((await settingsOf(company.admin)).general?.settings.tz, 'America/Denver');
});
