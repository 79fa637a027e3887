import type { Permission } from '../../src/rules/permissions.ts';

/** Whose row it is, seen from the one who asks: his own, of a member of the group he manages, or of somebody else. */
export type Subject = 'own' | 'member' | 'other';
type Who = readonly Subject[];

/** What a role may do with the rows of these subjects; 'all' where rows belong to nobody in particular. */
export interface Expected {
  view: Who;
  create: Who;
  update: Who;
  remove: Who;
}

/** Roles of the reference: 35-users.md, User Permissions, and the managers of groups. */
export const roles = {
  admin: ['admin'],
  'plain employee': [],
  'group manager': [],
  manage_users: ['manage_users'],
  manage_jobcodes: ['manage_jobcodes'],
  manage_timesheets: ['manage_timesheets'],
  approve_timesheets: ['approve_timesheets'],
  reports: ['reports'],
  manage_my_timesheets: ['manage_my_timesheets'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof roles;

const everyone: Who = ['own', 'member', 'other'];
const reach: Who = ['own', 'member'];
const own: Who = ['own'];
const none: Who = [];

/** Each user's own rows, whoever he is. */
function personal(create: Who, update: Who, remove: Who): Table {
  const of = may(own, create, update, remove);
  return Object.fromEntries((Object.keys(roles) as Role[]).map((role) => [role, of])) as Record<Role, Expected>;
}

function may(view: Who, create: Who = none, update: Who = create, remove: Who = none): Expected {
  return { view, create, update, remove };
}

type Table = Readonly<Record<Role, Expected>>;

/** Read by all, written by an admin and these roles; the row belongs to nobody, so every subject stands for it. */
function shared(...writers: readonly Role[]): Table {
  const of = (role: Role): Expected =>
    role === 'admin' || writers.includes(role) ? may(everyone, everyone) : may(everyone);
  return Object.fromEntries((Object.keys(roles) as Role[]).map((role) => [role, of(role)])) as Record<Role, Expected>;
}

/** For resources that only an admin, or the holder of a permission that is no role here, may see. */
function nothingFor(): Table {
  return Object.fromEntries((Object.keys(roles) as Role[]).map((role) => [role, may(none)])) as Record<Role, Expected>;
}

const onlyViewing = (table: Table): Table =>
  Object.fromEntries(Object.entries(table).map(([role, { view }]) => [role, may(view)])) as Record<Role, Expected>;
/** Everybody sees what is his, and changes nothing. */
function noneManaged(): Table {
  return Object.fromEntries((Object.keys(roles) as Role[]).map((role) => [role, may(own)])) as Record<Role, Expected>;
}

/** Read and written by an admin; none of the roles here has to do with it. */
const adminOnly = Object.fromEntries(
  (Object.keys(roles) as Role[]).map((role) => [role, role === 'admin' ? may(everyone, everyone) : may(none)]),
) as Record<Role, Expected>;

/** Read by all; everyone writes his own, an admin those of others too. */
const ownOfAll = Object.fromEntries(
  (Object.keys(roles) as Role[]).map((role) => [role, may(everyone, role === 'admin' ? everyone : own)]),
) as Record<Role, Expected>;

/** 31-timesheets.md and decisions.md, Permissions: own time is entered with manage_my_timesheets only. */
const timesheets: Table = {
  admin: may(everyone, everyone, everyone, everyone),
  'plain employee': may(own),
  'group manager': may(reach, ['member'], ['member'], ['member']),
  manage_users: may(own),
  manage_jobcodes: may(own),
  manage_timesheets: may(everyone, everyone, everyone, everyone),
  approve_timesheets: may(everyone),
  reports: may(everyone),
  manage_my_timesheets: may(own, own, own, own),
};

/**
 * 33-time-off-requests.md: "Only administrators or group managers may add time off requests for users other than
 * themselves"; whoever manages or approves everybody's time decides about everybody's time off.
 */
const timeOff: Table = {
  admin: may(everyone, everyone),
  'plain employee': may(own, own),
  'group manager': may(reach, reach),
  manage_users: may(own, own),
  manage_jobcodes: may(own, own),
  manage_timesheets: may(everyone, everyone),
  approve_timesheets: may(everyone, own, everyone),
  reports: may(own, own),
  manage_my_timesheets: may(own, own),
};

/**
 * What each role may do, by resource, written from decisions.md (Permissions) and the pages of the reference, not from the
 * definitions. A resource that is not here fails the battery.
 */
export const permissionTable: Readonly<Record<string, Table>> = {
  // "manage_users: create/edit/delete users, groups, and managers"; a manager manages the members, not the group.
  groups: shared('manage_users'),
  // Whoever sees or writes everybody's time, or assigns jobcodes to everybody, sees everybody. Of himself everyone may
  // change what is harmless, such as the last name.
  users: {
    admin: may(everyone, everyone),
    'plain employee': may(own, none, own),
    'group manager': may(reach, ['member'], reach),
    manage_users: may(everyone, everyone),
    manage_jobcodes: may(everyone, none, own),
    manage_timesheets: may(everyone, none, own),
    approve_timesheets: may(everyone, none, own),
    reports: may(everyone, none, own),
    manage_my_timesheets: may(own, none, own),
  },
  // "manage_jobcodes: create/edit/delete jobcodes and custom field items".
  jobcodes: shared('manage_jobcodes'),
  customfielditems: shared('manage_jobcodes'),
  // They are about items, so whoever manages these manages the filters.
  customfielditem_filters: shared('manage_jobcodes'),
  customfielditem_jobcode_filters: onlyViewing(shared()),
  // What limits a user is seen by himself, by his managers, and by those who manage people or items.
  customfielditem_user_filters: {
    admin: may(everyone),
    'plain employee': may(own),
    'group manager': may(reach),
    manage_users: may(everyone),
    manage_jobcodes: may(everyone),
    manage_timesheets: may(own),
    approve_timesheets: may(own),
    reports: may(own),
    manage_my_timesheets: may(own),
  },
  // No flag names custom fields: admin, "can perform any changes on the account".
  customfields: shared(),
  // 16-jobcode-assignments.md, user_ids: "for users other than yourself you must be an admin or a group manager or have
  // the manage_users permission or the manage_jobcodes permission".
  jobcode_assignments: {
    admin: may(everyone, everyone, none, everyone),
    'plain employee': may(own),
    'group manager': may(reach, ['member'], none, ['member']),
    manage_users: may(everyone, everyone, none, everyone),
    manage_jobcodes: may(everyone, everyone, none, everyone),
    manage_timesheets: may(own),
    approve_timesheets: may(own),
    reports: may(own),
    manage_my_timesheets: may(own),
  },
  // 20-managed-clients.md: external_access; none of these roles but the admin has it.
  managed_clients: { ...nothingFor(), admin: may(everyone) },
  // Where someone is may be seen by whoever may see his time, and told by whoever may enter it; a device tells its own.
  geolocations: {
    admin: may(everyone, everyone),
    'plain employee': may(own, own),
    'group manager': may(reach, reach),
    manage_users: may(own, own),
    manage_jobcodes: may(own, own),
    manage_timesheets: may(everyone, everyone),
    approve_timesheets: may(everyone, own),
    reports: may(everyone, own),
    manage_my_timesheets: may(own, own),
  },
  // Places belong to jobcodes, so whoever manages these manages them.
  locations: shared('manage_jobcodes'),
  geofence_configs: shared('manage_jobcodes'),
  locations_map: onlyViewing(shared()),
  // 23-project-activities.md, permissions of its example: manage_projects and view_projects; without them a person sees the
  // projects whose jobcode is assigned to him, and here is none. test/api/projects-permissions.test.ts has those.
  projects: adminOnly,
  estimates: adminOnly,
  estimate_items: adminOnly,
  project_activities: adminOnly,
  // 24-project-activity-read-times.md: "Only the current user id is allowed".
  project_activity_read_times: Object.fromEntries(
    (Object.keys(roles) as Role[]).map((role) => [role, may(own, own)]),
  ) as Record<Role, Expected>,
  // Whoever sees the project, as everyone does here, writes for himself.
  project_activity_replies: ownOfAll,
  project_notes: ownOfAll,
  schedule_calendars: shared(),
  // 35-users.md: flags of their own decide, see test/api/schedule-permissions.test.ts; a manager sees his members.
  schedule_events: {
    ...noneManaged(),
    admin: may(everyone, everyone),
    'group manager': may(reach),
  },
  timesheets,
  timesheets_deleted: onlyViewing(timesheets),
  time_off_requests: timeOff,
  time_off_request_entries: timeOff,
  // 27-reminders.md names no permission: everyone for himself, those who manage people for them; see the decisions in the
  // dialect's README. The same for notifications.
  reminders: {
    admin: may(everyone, everyone),
    'plain employee': may(own, own),
    'group manager': may(reach, reach),
    manage_users: may(everyone, everyone),
    manage_jobcodes: may(own, own),
    manage_timesheets: may(own, own),
    approve_timesheets: may(own, own),
    reports: may(own, own),
    manage_my_timesheets: may(own, own),
  },
  notifications: {
    admin: may(everyone, everyone, none, everyone),
    'plain employee': may(own, own, none, own),
    'group manager': may(reach, reach, none, reach),
    manage_users: may(everyone, everyone, none, everyone),
    manage_jobcodes: may(own, own, none, own),
    manage_timesheets: may(own, own, none, own),
    approve_timesheets: may(own, own, none, own),
    reports: may(own, own, none, own),
    manage_my_timesheets: may(own, own, none, own),
  },
  // Everybody uploads, for himself; who manages someone manages his files. Files that are attached to time: files-links.
  files: {
    admin: may(everyone, everyone, everyone, everyone),
    'plain employee': may(own, everyone, own, own),
    'group manager': may(reach, everyone, reach, reach),
    manage_users: may(own, everyone, own, own),
    manage_jobcodes: may(own, everyone, own, own),
    manage_timesheets: may(own, everyone, own, own),
    approve_timesheets: may(own, everyone, own, own),
    reports: may(own, everyone, own, own),
    manage_my_timesheets: may(own, everyone, own, own),
  },
  // Additions of ours: nobody reads what somebody else was told, nor registers devices for him, not even an admin.
  // Additions of ours. Policies are the company's; whoever sees time sees what was entered about time off.
  pto_policies: shared(),
  pto_adjustments: {
    admin: may(everyone, everyone),
    'plain employee': may(own),
    'group manager': may(reach, ['member']),
    manage_users: may(everyone, ['member', 'other']),
    manage_jobcodes: may(own),
    manage_timesheets: may(everyone),
    approve_timesheets: may(everyone),
    reports: may(everyone),
    manage_my_timesheets: may(own),
  },
  webhooks: { ...nothingFor(), admin: may(everyone, everyone, everyone, everyone) },
  webhook_deliveries: { ...nothingFor(), admin: may(everyone) },
  push_subscriptions: personal(own, none, own),
  payroll_exports: { ...nothingFor(), admin: may(everyone) },
  dashboard_notifications: personal(none, own, none),
  // What was done to somebody's time is seen by himself and by whoever has a say in it; POST is test/api/approvals.
  approvals: {
    ...noneManaged(),
    admin: may(everyone),
    'group manager': may(reach),
    manage_timesheets: may(everyone),
    approve_timesheets: may(everyone),
  },
};
