/** How a value of the reference's examples looks. */
export type Shape =
  | 'integer'
  | 'number'
  | 'boolean'
  | 'text'
  | 'blank'
  | 'day'
  | 'unset day'
  | 'moment'
  | 'local moment'
  | 'moment or blank'
  | 'ids'
  | 'ids as texts'
  | 'ids by name or {}'
  | 'integer or null'
  | 'seconds by id'
  | 'texts by id'
  | 'texts by id or {}'
  | 'texts of ids by id'
  | 'ids by id or blank'
  | 'flags'
  | 'ids by name'
  | 'ids by resource'
  | 'texts by key'
  | readonly string[];

const moment = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d';
const patterns: Partial<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
  text: /^".*"$/s,
  blank: /^""$/,
  day: /^"\d{4}-\d\d-\d\d"$/,
  'unset day': /^"0000-00-00"$/,
  moment: new RegExp(`^"${moment}\\+00:00"$`),
  'local moment': new RegExp(`^"${moment}[+-]\\d\\d:\\d\\d"$`),
  'moment or blank': new RegExp(`^("${moment}\\+00:00"|"")$`),
  ids: /^\[(\d+(,\d+)*)?\]$/,
  'ids as texts': /^\[("\d+"(,"\d+")*)?\]$/,
  'ids by name or {}': /^\{("[a-z]+":\[\d+(,\d+)*\])?\}$/,
  'integer or null': /^(\d+|null)$/,
  'seconds by id': /^\{("\d+":\d+(,"\d+":\d+)*)?\}$/,
  'texts by id': /^\{"\d+":".*"\}$/,
  'texts by id or {}': /^\{("\d+":".*")?\}$/,
  'texts of ids by id': /^\{"\d+":\[("\d+"(,"\d+")*)?\](,"\d+":\[("\d+"(,"\d+")*)?\])*\}$/,
  'ids by id or blank': /^(""|\{"\d+":\[\d+(,\d+)*\](,"\d+":\[\d+(,\d+)*\])*\})$/,
  'ids by name': /^\{("[a-z_]+":\[(\d+(,\d+)*)?\],?)*\}$/,
  'ids by resource': /^\{("[a-z_]+":\["\d+"(,"\d+")*\](,(?="))?)*\}$/,
  'texts by key': /^\{("[a-z_]+":"[^"]*"(,(?="))?)*\}$/,
  flags: /^\{"admin":(true|false)(,"[a-z_]+":(true|false))+\}$/,
};

/** Whether a parsed value has a shape; a list of texts means one of them. */
export function hasShape(value: unknown, shape: Shape): boolean {
  if (typeof shape !== 'string') return shape.includes(String(value));
  return patterns[shape]?.test(JSON.stringify(value)) === true;
}

type Shapes = Readonly<Record<string, Shape>>;

const timeOffStatuses = ['pending', 'approved', 'denied', 'canceled'];
const jobcodeTypes = ['regular', 'pto', 'paid_break', 'unpaid_break', 'unpaid_time_off'];

const user: Shapes = {
  id: 'integer',
  first_name: 'text',
  last_name: 'text',
  group_id: 'integer',
  active: 'boolean',
  employee_number: 'integer',
  salaried: 'boolean',
  exempt: 'boolean',
  username: 'text',
  email: 'text',
  email_verified: 'boolean',
  payroll_id: 'text',
  mobile_number: 'text',
  hire_date: 'unset day',
  term_date: 'unset day',
  last_modified: 'moment',
  last_active: 'moment or blank',
  created: 'moment',
  client_url: 'text',
  company_name: 'text',
  profile_image_url: 'text',
  display_name: 'text',
  pto_balances: 'seconds by id',
  submitted_to: 'day',
  approved_to: 'day',
  manager_of_group_ids: 'ids',
  require_password_change: 'boolean',
  pay_rate: 'number',
  pay_interval: ['hour', 'year'],
  permissions: 'flags',
  customfields: 'blank',
};

const calendar: Shapes = { id: 'integer', name: 'text', last_modified: 'moment', created: 'moment' };

/** Properties of each object in the order of the reference's example, and how their values look. */
export const objects: Readonly<Record<string, Shapes>> = {
  // 13-groups.md
  groups: {
    id: 'integer',
    active: 'boolean',
    name: 'text',
    last_modified: 'moment',
    created: 'moment',
    manager_ids: 'ids as texts',
  },
  // 35-users.md
  users: user,
  // 15-jobcodes.md, the example of GET /jobcodes?ids=11377903
  jobcodes: {
    id: 'integer',
    parent_id: 'integer',
    assigned_to_all: 'boolean',
    billable: 'boolean',
    active: 'boolean',
    type: jobcodeTypes,
    has_children: 'boolean',
    billable_rate: 'number',
    short_code: 'text',
    name: 'text',
    last_modified: 'moment',
    created: 'moment',
    project_id: 'integer',
    filtered_customfielditems: 'ids by id or blank',
    required_customfields: 'ids',
    locations: 'ids',
    geofence_config_id: 'integer',
  },
  // 12-geolocations.md
  geolocations: {
    id: 'integer',
    user_id: 'integer',
    accuracy: 'number',
    altitude: 'number',
    latitude: 'number',
    longitude: 'number',
    device_identifier: 'text',
    source: ['gps', 'wifi', 'cell', ''],
    heading: 'integer',
    speed: 'number',
    created: 'moment',
  },
  // 18-locations.md
  locations: {
    id: 'integer',
    addr1: 'text',
    addr2: 'text',
    city: 'text',
    state: 'text',
    zip: 'text',
    country: 'text',
    formatted_address: 'text',
    active: 'boolean',
    latitude: 'number',
    longitude: 'number',
    place_id: 'blank',
    place_id_hash: 'text',
    label: 'text',
    notes: 'text',
    geocoding_status: ['none', 'in_progress', 'retry', 'error', 'complete'],
    created: 'moment',
    last_modified: 'moment',
    linked_objects: 'ids by name or {}',
    geofence_config_id: 'integer or null',
  },
  // 19-locations-maps.md
  locations_map: {
    id: 'integer',
    x_table: ['job_codes'],
    x_id: 'integer',
    location_id: 'integer',
    created: 'moment',
    last_modified: 'moment',
  },
  // 11-geofence-configs.md; the object's own example says "location", every list "locations"
  geofence_configs: {
    id: 'integer',
    type: ['locations'],
    type_id: 'integer',
    active: 'boolean',
    enabled: 'boolean',
    radius: 'integer',
    last_modified: 'moment',
    created: 'moment',
  },
  // 16-jobcode-assignments.md
  jobcode_assignments: {
    id: 'integer',
    user_id: 'integer',
    jobcode_id: 'integer',
    active: 'boolean',
    last_modified: 'moment',
    created: 'moment',
  },
  // 02-custom-fields.md
  customfields: {
    id: 'integer',
    active: 'boolean',
    required: 'boolean',
    applies_to: ['timesheet', 'user', 'jobcode'],
    type: ['managed-list', 'free-form'],
    short_code: 'text',
    regex_filter: 'text',
    name: 'text',
    last_modified: 'moment',
    created: 'moment',
    ui_preference: ['drop_down', 'text_box_with_suggest'],
    required_customfields: 'ids',
    show_to_all: 'boolean',
  },
  // 03-custom-field-items.md
  customfielditems: {
    id: 'integer',
    customfield_id: 'integer',
    active: 'boolean',
    short_code: 'text',
    name: 'text',
    last_modified: 'moment',
    required_customfields: 'ids',
  },
  // 04-custom-field-item-filters.md
  customfielditem_filters: {
    id: 'integer',
    active: 'boolean',
    applies_to: ['jobcodes', 'users', 'groups'],
    applies_to_id: 'integer',
    customfielditem_id: 'integer',
    customfield_id: 'integer',
    last_modified: 'moment',
  },
  // 05-custom-field-item-jobcode-filters.md
  customfielditem_jobcode_filters: {
    id: 'integer',
    last_modified: 'moment',
    filtered_customfielditems: 'texts of ids by id',
  },
  // 06-custom-field-item-user-filters.md
  customfielditem_user_filters: {
    id: 'integer',
    type: ['user', 'group'],
    last_modified: 'moment',
    filtered_customfielditems: 'texts of ids by id',
  },
  // 22-projects.md
  projects: {
    id: 'integer',
    jobcode_id: 'integer',
    parent_jobcode_id: 'integer',
    name: 'text',
    status: ['not_started', 'in_progress', 'complete'],
    description: 'text',
    start_date: 'moment or blank',
    due_date: 'moment or blank',
    completed_date: 'moment or blank',
    active: 'boolean',
    last_modified: 'moment',
    created: 'moment',
    linked_objects: 'ids by name',
  },
  // 23-project-activities.md, the object
  project_activities: {
    id: 'integer',
    active: 'boolean',
    user_id: 'integer',
    project_id: 'integer',
    activity_type: 'text',
    last_modified: 'moment',
    unread_replies_count: 'integer',
    following: 'boolean',
    created: 'moment',
    project_activity_metadata: 'ids',
    linked_objects: 'ids by name',
  },
  // 25-project-activity-replies.md
  project_activity_replies: {
    id: 'integer',
    project_activity_id: 'integer',
    user_id: 'integer',
    note: 'text',
    active: 'boolean',
    created: 'moment',
    last_modified: 'moment',
    mentions: 'ids',
    linked_objects: 'ids by name',
  },
  // 26-project-notes.md
  project_notes: {
    id: 'integer',
    project_id: 'integer',
    user_id: 'integer',
    note: 'text',
    active: 'boolean',
    created: 'moment',
    last_modified: 'moment',
    mentions: 'ids',
    files: 'ids',
    linked_objects: 'ids by name',
  },
  // 24-project-activity-read-times.md, the object
  project_activity_read_times: {
    id: 'integer',
    user_id: 'integer',
    project_id: 'integer',
    latest_read_time: 'moment',
  },
  // 09-estimates.md
  estimates: {
    id: 'integer',
    project_id: 'integer',
    active: 'boolean',
    created: 'moment',
    last_modified: 'moment',
    estimate_by: ['none', 'customfields'],
    estimate_by__id: 'integer',
  },
  // 08-estimate-items.md
  estimate_items: {
    id: 'integer',
    estimated_seconds: 'integer',
    estimate_id: 'integer',
    active: 'boolean',
    created: 'moment',
    last_modified: 'moment',
    type: ['none', 'tag_clouds'],
    type_id: 'integer',
  },
  // 31-timesheets.md; created_by_user_id is in the list of properties only
  timesheets: {
    id: 'integer',
    user_id: 'integer',
    jobcode_id: 'integer',
    start: 'local moment',
    end: 'local moment',
    duration: 'integer',
    date: 'day',
    tz: 'number',
    tz_str: 'text',
    type: ['regular', 'manual'],
    location: 'text',
    on_the_clock: 'boolean',
    locked: 'integer',
    notes: 'text',
    customfields: 'texts by id or {}',
    attached_files: 'ids',
    last_modified: 'moment',
    created_by_user_id: 'integer',
  },
  // 29-schedule-calendars.md
  schedule_calendars: calendar,
  // 30-schedule-events.md, The Schedule Event Object
  schedule_events: {
    id: 'integer',
    user_id: 'integer',
    unassigned: 'boolean',
    schedule_calendar_id: 'integer',
    jobcode_id: 'integer',
    start: 'local moment',
    end: 'local moment',
    timezone: 'text',
    notes: 'text',
    all_day: 'boolean',
    assigned_user_ids: 'ids as texts',
    active: 'boolean',
    draft: 'boolean',
    title: 'text',
    location: 'text',
    color: 'text',
    last_modified: 'moment',
    created: 'moment',
    customfields: 'blank',
  },
  // 32-timesheets-deleted.md
  timesheets_deleted: {
    id: 'integer',
    user_id: 'integer',
    jobcode_id: 'integer',
    start: 'local moment',
    end: 'local moment',
    duration: 'integer',
    date: 'day',
    tz: 'number',
    tz_str: 'text',
    type: ['regular', 'manual'],
    location: 'text',
    active: ['0'],
    locked: 'integer',
    notes: 'text',
    customfields: 'texts by id or {}',
    created: 'moment',
    last_modified: 'moment',
  },
  // 33-time-off-requests.md
  time_off_requests: {
    id: 'integer',
    user_id: 'integer',
    time_off_request_notes: 'ids',
    time_off_request_entries: 'ids',
    status: timeOffStatuses,
    active: 'boolean',
    created: 'moment',
    last_modified: 'moment',
  },
  // 34-time-off-request-entries.md
  time_off_request_entries: {
    id: 'integer',
    time_off_request_id: 'integer',
    status: timeOffStatuses,
    approver_user_id: 'integer',
    date: 'day',
    entry_method: ['manual', 'regular'],
    duration: 'integer',
    start_time: 'local moment',
    end_time: 'local moment',
    tz_string: 'text',
    jobcode_id: 'integer',
    user_id: 'integer',
    approved_timesheet_id: 'integer',
    active: 'boolean',
    created: 'moment',
    last_modified: 'moment',
  },
  // 27-reminders.md
  reminders: {
    id: 'integer',
    reminder_type: ['clock-in', 'clock-out'],
    due_time: 'text',
    due_days_of_week: 'text',
    distribution_methods: 'text',
    active: 'boolean',
    enabled: 'boolean',
    last_modified: 'moment',
    created: 'moment',
    user_id: 'integer',
  },
  // 21-notifications.md
  notifications: {
    id: 'integer',
    msg_tracking_id: 'text',
    user_id: 'integer',
    message: 'text',
    method: ['push', 'email', 'dashboard'],
    delivery_time: 'moment',
    created: 'moment',
    precheck: ['none', 'on_the_clock', 'off_the_clock'],
  },
  // 10-files.md
  files: {
    id: 'integer',
    uploaded_by_user_id: 'integer',
    file_name: 'text',
    active: 'boolean',
    size: 'integer',
    last_modified: 'moment',
    created: 'moment',
    linked_objects: 'ids by resource',
    meta_data: 'texts by key',
  },
};

/** The same for objects that come beside others only, or under another name there. */
export const supplements: Readonly<Record<string, Shapes>> = {
  // 30-schedule-events.md
  calendars: calendar,
  // 33-time-off-requests.md, The Time Off Request Note Object
  time_off_request_notes: {
    id: 'integer',
    time_off_request_id: 'integer',
    user_id: 'integer',
    active: 'boolean',
    note: 'text',
    created: 'moment',
    last_modified: 'moment',
  },
};
