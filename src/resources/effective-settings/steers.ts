/** What each setting steers, by 'section.key'. A setting that is not here is kept and shown, and steers nothing yet. */
export const steers: Readonly<Record<string, string>> = {
  'approvals.employee_approval': 'whether people submit their own time',
  'customfields.maximum_allowed_timesheet_custom_fields': 'how many custom fields of timesheets may be active',
  'general.emp_panel': 'whether people change anything of their own user',
  'general.emp_panel_email': 'whether people change their own email address',
  'general.emp_panel_passwd': 'whether people change their own password, unless they must',
  'general.employee_pto_entry': 'whether people without manage_my_timesheets enter their own time off on timesheets',
  'general.enable_timesheet_notes': 'whether timesheets take notes',
  'general.max_customfielditems': 'how many custom field items may be active; -1 for any number',
  'general.max_jobcodes': 'how many jobcodes may be active; -1 for any number',
  'general.pto_entry': 'whether people enter their own time off on timesheets',
  'general.timesheet_notes_notify_admin': 'whether administrators get a mail about new notes',
  'general.timesheet_notes_notify_mgrs': "whether the managers of the user's group get a mail about new notes",
  'general.timesheet_notes_required': 'whether work needs notes when it ends or is entered as done',
  'general.tz': 'the time zone of new timesheets, and of days',
};
