/** The value of a setting: text or number as the reference prints it; only `mobile_app_integrations.apps` holds more. */
export type SettingValue = string | number | Readonly<Record<string, unknown>>;

/** One section of the effective settings. */
export interface Section {
  readonly says: string;
  /** What applies where nobody set anything, in the reference's order and types. */
  readonly values: Readonly<Record<string, SettingValue>>;
  /** Keys that are left out of answers until somebody sets them; the value applies all the same. */
  readonly untilSet?: Readonly<Record<string, SettingValue>>;
  /** Shown to admins only: all of it, or these keys. */
  readonly adminsOnly?: true | readonly string[];
}

const off = { installed: 0 } as const;

/** Every section and key that exists, with its default. Reference: 07-effective-settings.md. */
export const sections: Readonly<Record<string, Section>> = {
  general: {
    says: 'General application settings.',
    values: {
      calculate_overtime: '1',
      clockout_override: 1,
      clockout_override_hours: 10,
      clockout_override_notify_admin: 1,
      clockout_override_notify_mgrs: 0,
      daily_doubletime: '0',
      daily_overtime: '0',
      daily_regular_hours: 8,
      date_locale: 'us',
      emp_panel: 1,
      // The reference's example has both off; people keep their own address and password unless they are told not to.
      emp_panel_email: '1',
      emp_panel_passwd: '1',
      emp_panel_tz: '0',
      employee_pto_entry: 0,
      enable_timesheet_notes: '1',
      hide_working_time: '0',
      jc_label: 'Job',
      lunch_deduct: 0,
      lunch_length: 1,
      lunch_threshold: 9,
      max_customfielditems: '-1',
      max_jobcodes: '-1',
      parent_clockin_display: 0,
      payroll_end_date: '2018-09-28',
      payroll_first_end_day: '1',
      payroll_last_end_day: '16',
      payroll_month_end_day: '1',
      payroll_type: 'biweekly',
      pto_entry: 1,
      pto_overtime: 0,
      simple_clockin: 0,
      time_format: 12,
      timecard_fields: 'JOBCODE',
      timeclock_label: 'Time Clock',
      timesheet_edit_notes_for_all_users: 0,
      timesheet_notes_notify_admin: 0,
      timesheet_notes_notify_mgrs: 0,
      timesheet_notes_required: 0,
      // Signing up stores the company's own zone.
      tz: 'UTC',
      week_start: 0,
      weekly_regular_hours: '40',
    },
    untilSet: { payroll_custom_days: '14' },
    adminsOnly: [
      'clockout_override_notify_admin',
      'clockout_override_notify_mgrs',
      'max_customfielditems',
      'max_jobcodes',
      'timesheet_notes_notify_admin',
      'timesheet_notes_notify_mgrs',
    ],
  },
  alerts: { says: 'Overtime and missing-time alerts.', values: off },
  approvals: {
    says: 'Submitting and approving time.',
    values: { installed: '1' },
    untilSet: { employee_approval: 0 },
  },
  breaks: { says: 'Breaks.', values: { hide_pre_clockout_option: 0 } },
  dcaa: { says: 'DCAA compliance.', values: off, adminsOnly: true },
  dialin: { says: 'Clocking in by telephone.', values: off },
  files: {
    says: 'Attached files.',
    values: { installed: '1', files_addon_app_discovery_notification: '1' },
    adminsOnly: ['files_addon_app_discovery_notification'],
  },
  invoicing: { says: 'Invoicing.', values: off },
  location_aware: { says: 'Locations of timesheets.', values: { installed: 1, show_location: '1' } },
  mobile_app_integrations: { says: 'Other apps that mobile apps open.', values: { installed: 0, apps: '' } },
  mobile_app_settings: {
    says: 'Mobile apps.',
    values: { installed: '1', location_tracking: 'off', mandatory_location_services: '0' },
  },
  reminders: { says: 'Reminders to clock in and out.', values: { installed: 1 } },
  bookings: {
    says: 'Bookings of customers.',
    values: {},
    untilSet: { working_hours: '' },
  },
  overtime: {
    says: 'Overtime rules beyond the general settings.',
    values: {},
    untilSet: { pack: '', rules: '' },
  },
  payroll: {
    says: 'Files for payroll programs.',
    values: {},
    untilSet: {
      adp_codes: '',
      adp_company_code: '',
      csv_columns: '',
      quickbooks_company: '',
      quickbooks_create_time: '',
      quickbooks_names: 'first_last',
      quickbooks_payroll_items: '',
      quickbooks_service_item: '',
    },
    adminsOnly: true,
  },
  projects: { says: 'Projects.', values: off },
  quickbooks: {
    says: 'The connection to QuickBooks.',
    values: { installed: '0', connector: '', connector_type: '', two_way_sync_enabled_for_user: 0 },
    adminsOnly: true,
  },
  restapi: { says: 'This API.', values: { installed: '1' }, adminsOnly: true },
  rounding: {
    says: 'Rounding of punches.',
    values: off,
    untilSet: { clock_in: 'nearest', clock_out: 'nearest', minutes: 15 },
  },
  schedule: {
    says: 'The schedule.',
    values: {
      installed: '1',
      business_hours_end: '17:00:00',
      business_hours_start: '08:00:00',
      drafted_first_schedule_event_occurred: '0',
      manage_schedule_permission: 'company',
      published_first_schedule_event_occurred: '0',
      trial_expiration_date: '',
      view_schedule_permission: 'company',
      learning_step: '0',
      employee_view: 'company',
      manager_view: 'company',
    },
    untilSet: { event_notify_email: '1', event_notify_push: '1' },
    adminsOnly: [
      'drafted_first_schedule_event_occurred',
      'published_first_schedule_event_occurred',
      'trial_expiration_date',
      'learning_step',
    ],
  },
  sms: {
    says: 'Text messages.',
    values: off,
    untilSet: { email_notify: '1', mobile_number: '', sms_notify: '1' },
  },
  sounds: { says: 'Sounds.', values: off },
  customfields: {
    says: 'Custom fields.',
    values: { maximum_allowed_timesheet_custom_fields: 6, installed: '1' },
  },
  time_entry: {
    says: 'How time is entered.',
    values: {
      installed: 1,
      time_entry_method: 'timecard',
      mtc_format_time_display: 'hhmm',
      time_entry: 0,
      timecard: 1,
      weekly_timecard: 1,
      timecard_daily: 0,
      timesheet_edit: 0,
      timesheet_map: 1,
      pto_entry: 1,
      timesheet_list_date_range_selection: 'month',
      timesheet_list_show_days_with_no_time: 0,
      timesheet_list_wrap_text: 0,
      timesheet_list_column_selection: 'time,job,location,kiosk,attachments,notes',
      timesheet_list_bottomless_scroll: 1,
      mtc_combine_regular_timesheets: '0',
    },
  },
  toodledo: { says: 'Toodledo.', values: off, adminsOnly: true },
  twitter: { says: 'Twitter.', values: off, adminsOnly: true },
  xero: { says: 'The connection to Xero.', values: off, adminsOnly: true },
  zenpayroll: { says: 'The connection to ZenPayroll.', values: off, adminsOnly: true },
};

/** The default of a setting; undefined when there is no such setting. */
export function defaultOf(section: string, key: string): SettingValue | undefined {
  const known = Object.hasOwn(sections, section) ? sections[section] : undefined;
  if (known === undefined) return undefined;
  if (Object.hasOwn(known.values, key)) return known.values[key];
  return known.untilSet !== undefined && Object.hasOwn(known.untilSet, key) ? known.untilSet[key] : undefined;
}
