/** What a user may be allowed to do: name, whether new users have it, and what it means. Reference: users, User Permissions. */
export const permissionCatalog = [
  { name: 'admin', byDefault: false, means: 'may do everything in the company' },
  { name: 'mobile', byDefault: true, means: 'may record time on mobile devices' },
  { name: 'status_box', byDefault: false, means: 'sees who is working' },
  { name: 'reports', byDefault: false, means: 'sees all reports of the company' },
  { name: 'manage_timesheets', byDefault: false, means: 'manages the timesheets of everyone' },
  { name: 'manage_authorization', byDefault: false, means: 'manages the computers that may be used' },
  { name: 'manage_users', byDefault: false, means: 'manages users, groups and managers' },
  { name: 'manage_my_timesheets', byDefault: false, means: 'manages the own timesheets' },
  { name: 'manage_jobcodes', byDefault: false, means: 'manages jobcodes and custom field items' },
  { name: 'pin_login', byDefault: false, means: 'may sign in by PIN' },
  { name: 'approve_timesheets', byDefault: false, means: 'approves the time of everyone' },
  { name: 'manage_schedules', byDefault: false, means: 'manages the schedule of the groups that he manages' },
  { name: 'external_access', byDefault: false, means: 'may act in the companies of managed clients' },
  { name: 'manage_my_schedule', byDefault: false, means: 'manages the own schedule' },
  { name: 'manage_company_schedules', byDefault: false, means: 'manages the schedule of everyone' },
  { name: 'view_company_schedules', byDefault: false, means: 'sees the published schedule of everyone' },
  { name: 'view_group_schedules', byDefault: false, means: 'sees the published schedule of the own group' },
  { name: 'manage_no_schedules', byDefault: false, means: 'manages no schedule' },
  { name: 'view_my_schedules', byDefault: false, means: 'sees the own published schedule' },
  // 23-project-activities.md, 25 and 26 show these two; the page of users does not.
  { name: 'view_projects', byDefault: false, means: 'sees every project' },
  { name: 'manage_projects', byDefault: false, means: 'manages projects and their estimates' },
  { name: 'time_tracking', byDefault: false, means: 'tracks time' },
] as const;

export type Permission = (typeof permissionCatalog)[number]['name'];

export const permissionNames: readonly Permission[] = permissionCatalog.map(({ name }) => name);

/** What a new user may do when nothing else is said. */
export const defaultPermissions: readonly Permission[] = permissionCatalog
  .filter(({ byDefault }) => byDefault)
  .map(({ name }) => name);
