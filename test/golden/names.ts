/** 35-users.md, the order of the flags, and where 23-project-activities.md has those of projects. */
export const permissionFlags =
  'admin mobile status_box reports manage_timesheets manage_authorization manage_users manage_my_timesheets manage_jobcodes pin_login approve_timesheets manage_schedules external_access manage_my_schedule manage_company_schedules view_company_schedules view_group_schedules manage_no_schedules view_my_schedules view_projects manage_projects time_tracking'.split(
    ' ',
  );

/** 07-effective-settings.md, sections of the example. */
export const settingSections =
  'general alerts approvals breaks dcaa dialin files invoicing location_aware mobile_app_integrations mobile_app_settings reminders projects quickbooks restapi rounding schedule sms sounds'.split(
    ' ',
  );

/** 07-effective-settings.md, settings of the section general. */
export const generalSettings =
  'calculate_overtime clockout_override clockout_override_hours clockout_override_notify_admin clockout_override_notify_mgrs daily_doubletime daily_overtime daily_regular_hours date_locale emp_panel emp_panel_email emp_panel_passwd emp_panel_tz employee_pto_entry enable_timesheet_notes hide_working_time jc_label lunch_deduct lunch_length lunch_threshold max_customfielditems max_jobcodes parent_clockin_display payroll_end_date payroll_first_end_day payroll_last_end_day payroll_month_end_day payroll_type pto_entry pto_overtime simple_clockin time_format timecard_fields timeclock_label timesheet_edit_notes_for_all_users timesheet_notes_notify_admin timesheet_notes_notify_mgrs timesheet_notes_required tz week_start weekly_regular_hours'.split(
    ' ',
  );

/** 17-last-modified-timestamps.md, the default list in its order. */
export const defaultTimestamps =
  'current_user customfields customfielditems effective_settings geolocations jobcodes jobcode_assignments timesheets timesheets_deleted users reminders locations geofence_configs'.split(
    ' ',
  );
