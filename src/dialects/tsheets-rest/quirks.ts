import type { Item } from '../../engine/candidates.ts';
import type { Field } from '../../engine/definition.ts';
import type { DomainError, ErrorKind } from '../../lib/errors.ts';
import type { Cell } from '../../store/db.ts';

/** Where this dialect departs from its own rules; each entry names the page of the reference that says so. */

type Verb = 'create' | 'update' | 'remove';

const itemStatus: Record<ErrorKind, number> = {
  invalid: 417,
  missing: 417,
  forbidden: 417,
  'not-found': 417,
  conflict: 417,
  locked: 417,
  'too-many': 417,
  unsupported: 501,
  unauthenticated: 401,
  unavailable: 503,
};

type Statuses = Partial<Record<ErrorKind, Partial<Record<Verb, number>>>>;

/** 33-time-off-requests.md and 34-time-off-request-entries.md, Status Codes. */
const timeOffStatus: Statuses = {
  forbidden: { create: 403, update: 403 },
  'not-found': { update: 404 },
};

/**
 * 24-project-activity-read-times.md, 25-project-activity-replies.md and 26-project-notes.md, Status Codes, where every failure
 * is a 400. They call a success 201, but their examples print the 200 that clients expect.
 */
const badRequest: Statuses = Object.fromEntries(
  (['invalid', 'missing', 'forbidden', 'not-found', 'conflict'] as const).map((kind) => [
    kind,
    { create: 400, update: 400 },
  ]),
);

/** Resources whose items answer with more than 200 and 417. */
const specialStatus: Readonly<Record<string, Statuses>> = {
  // 31-timesheets.md, Status Codes.
  timesheets: { conflict: { create: 406, update: 409, remove: 409 }, 'not-found': { update: 404, remove: 404 } },
  // 10-files.md, Update Files and Delete Files.
  files: { 'not-found': { update: 404, remove: 404 } },
  time_off_requests: timeOffStatus,
  time_off_request_entries: timeOffStatus,
  project_activity_read_times: badRequest,
  project_activity_replies: badRequest,
  project_notes: badRequest,
  // 27-reminders.md
  reminders: { conflict: { create: 406, update: 406 } },
  // 21-notifications.md
  notifications: { 'not-found': { remove: 404 } },
  // 30-schedule-events.md, Status Codes.
  schedule_events: { forbidden: { create: 403, update: 403 } },
};

/** 31-timesheets.md, Status Codes: time of somebody who does not track time. */
export const notTrackingTime = { code: 'not-tracking-time', resource: 'timesheets', status: 403 } as const;

/** `_status_code` of an item that failed. */
export function itemStatusOf(resource: string, verb: Verb, error: DomainError): number {
  if (error.code === notTrackingTime.code) return notTrackingTime.status;
  const special = specialStatus[resource]?.[error.kind]?.[verb];
  return special ?? itemStatus[error.kind];
}

/** Statuses that items of a resource may fail with, each with the kinds of failures that it stands for. */
export function failureStatuses(resource: string, verb: Verb): ReadonlyMap<number, readonly ErrorKind[]> {
  const statuses = Map.groupBy(itemFailures, (kind) => specialStatus[resource]?.[kind]?.[verb] ?? itemStatus[kind]);
  if (resource === notTrackingTime.resource && verb !== 'remove') statuses.set(notTrackingTime.status, []);
  return new Map([...statuses].sort(([a], [b]) => a - b));
}

const itemFailures: readonly ErrorKind[] = ['missing', 'invalid', 'forbidden', 'not-found', 'conflict', 'locked'];

/**
 * `_status_extra` of an item that failed. 16-jobcode-assignments.md, Delete, has its own sentence for an unknown id, and
 * 04-custom-field-item-filters.md, Create, one for a wrong applies_to.
 */
export function itemExtraOf(resource: string, verb: Verb, error: DomainError): string {
  if (resource === 'jobcode_assignments' && verb === 'remove' && error.kind === 'not-found') {
    return 'That id is not found in the database';
  }
  if (resource === 'customfielditem_filters' && error.kind === 'invalid' && error.field === 'applies_to') {
    return 'The applies_to value must be one of the following: jobcodes, users, groups.';
  }
  return error.detail;
}

/** `_status_message` of an item that failed: these pages call a 403 so, 31-timesheets.md calls it Forbidden. */
export function itemReason(resource: string, status: number, reason: string): string {
  return status === 403 && specialStatus[resource]?.forbidden !== undefined ? 'Permission Denied' : reason;
}

/** `_status_message` of an item that was written. 10-files.md, Upload Files, calls it "Uploaded". */
export function writtenReason(resource: string, verb: 'create' | 'update'): string {
  if (verb === 'update') return 'Updated';
  return resource === 'files' ? 'Uploaded' : 'Created';
}

/** Resources whose answers to PUT (10-files.md) or to POST and PUT (33 and 34) are keyed by ids in the reference's examples. */
const keyedByIds: Readonly<Record<string, readonly Verb[]>> = {
  files: ['update'],
  time_off_requests: ['create', 'update'],
  time_off_request_entries: ['create', 'update'],
};

/**
 * Keys of the results of a POST or PUT: positions from 1, or ids of the rows where the reference has these; where an id is
 * missing or repeated, positions as usual. `written` holds the ids of new rows, undefined for those that failed.
 */
export function itemKeys(
  resource: string,
  verb: 'create' | 'update',
  items: readonly unknown[],
  written: readonly (number | undefined)[],
): readonly string[] {
  const positions = items.map((_, index) => String(index + 1));
  if (keyedByIds[resource]?.includes(verb) !== true) return positions;
  const ids = items.map((item, index) => {
    const id = written[index] ?? (verb === 'update' ? (item as { id?: unknown } | null)?.id : undefined);
    // An object may bring a toString of its own, which is no function.
    return typeof id === 'object' ? '' : String(id);
  });
  const usable = ids.every((id) => /^[1-9]\d{0,9}$/.test(id)) && new Set(ids).size === ids.length;
  return usable ? ids : positions;
}

/** Clients of old call a 201 a failure, so only the resources that document it answer with it. */
export function touchedStatus(resource: string): 200 | 201 {
  return resource === 'timesheets' || resource === 'schedule_events' ? 201 : 200;
}

/** The name of a resource's section in supplemental data. Clients know calendars by a shorter one (wire facts). */
export function sectionOf(resource: string): string {
  return resource === 'schedule_calendars' ? 'calendars' : resource;
}

/** 30-schedule-events.md: answers to writes carry the calendars beside supplemental_data too. */
export function sectionBeside(resource: string): string | undefined {
  return resource === 'schedule_events' ? 'schedule_calendars' : undefined;
}

/** Most samples print the id of a deleted row as text; 16-jobcode-assignments.md prints a number where it succeeded. */
export function deletedId(resource: string, id: number | '', ok: boolean): string {
  return resource === 'jobcode_assignments' && ok ? String(id) : `"${id}"`;
}

/** `_status_message` of an id that was not deleted: 16-jobcode-assignments.md and 10-files.md, Delete, have an exclamation mark. */
export function removalReason(resource: string, reason: string): string {
  if (resource === 'files' && reason === 'Not Found') return 'File not found!';
  return resource === 'jobcode_assignments' ? `${reason}!` : reason;
}

/** 16-jobcode-assignments.md, Delete, answers a blank in the list of ids as an id that is not found. */
export function answersBlankIds(resource: string): boolean {
  return resource === 'jobcode_assignments';
}

// 22-projects.md: its examples print the days of a project as midnights, its table calls them YYYY-MM-DD.
const dayAsMidnight = (cell: Cell): string => (cell === null ? '""' : `"${cell}T00:00:00+00:00"`);

const idsAsTexts = (cell: Cell): string =>
  cell === null || cell === '{}' ? '[]' : `["${cell.slice(1, -1).replaceAll(',', '","')}"]`;

const mapOrBlank = (cell: Cell): string => (cell === null || cell === '{}' ? '""' : cell);

/** Fields that print otherwise than their type says, by 'resource.field'. */
export const fieldWriters: Readonly<Record<string, (cell: Cell, field: Field) => string>> = {
  // 13-groups.md: ids of managers are texts.
  'groups.manager_ids': idsAsTexts,
  // 20-managed-clients.md: ids are texts.
  'managed_clients.id': (cell) => `"${cell}"`,
  'projects.start_date': dayAsMidnight,
  'projects.due_date': dayAsMidnight,
  'projects.completed_date': dayAsMidnight,
  // 10-files.md, The File Object, and the wire facts: values of meta_data are texts.
  'files.meta_data': (cell) => (cell ?? '{}').replace(/("image_rotation":)(\d+)/, '$1"$2"'),
  // 15-jobcodes.md, filtered_customfielditems: "If none, an empty string is returned."
  'jobcodes.filtered_customfielditems': (cell) => cell ?? '""',
  // 30-schedule-events.md: ids of users are texts.
  'schedule_events.assigned_user_ids': idsAsTexts,
  // 35-users.md and 30-schedule-events.md: no custom fields print as an empty text; timesheets print {} (wire facts).
  'users.customfields': mapOrBlank,
  'schedule_events.customfields': mapOrBlank,
  // 18-locations.md: a location without a fence prints null, a jobcode 0 (15-jobcodes.md).
  'locations.geofence_config_id': (cell) => cell ?? 'null',
};

/** 24-project-activity-read-times.md: a PUT does what a POST does, and names no row. */
export function putsAsPosts(resource: string): boolean {
  return resource === 'project_activity_read_times';
}

/**
 * Properties that clients send with new rows though the server gives them. The wire facts: positions carry ids of the device;
 * 24-project-activity-read-times.md: a PUT does what a POST does, so that whole rows come back.
 */
const unheeded: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  geolocations: { POST: ['id'] },
  project_activity_read_times: { PUT: ['id', 'latest_read_time'] },
};

/** An item as the client sent it, without what is not heeded. */
export function heeded(resource: string, method: string, item: Item): Item {
  const names = unheeded[resource]?.[method];
  if (names === undefined) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

/** The wire facts: PUT /files?id= names the one row of the body that has no id of its own. */
export function idFromQuery(resource: string): boolean {
  return resource === 'files';
}

/**
 * Rows that print otherwise in the answer to a POST or PUT. 10-files.md: image_rotation is a number there, and a text in the
 * file object; within texts quotes are escaped, so only the key itself is found.
 */
export const itemWriters: Readonly<Record<string, (text: string) => string>> = {
  files: (text) => text.replace(/("image_rotation":)"(\d+)"/, '$1$2'),
};

const megabyte = 1_048_576;

/** Bytes of a request's body where they may be more than usual. 10-files.md: a file of 20 MB in base64, with line breaks. */
export const bodyLimits: Readonly<Record<string, number>> = { files: 30 * megabyte };

/** Other names under which an endpoint answers. */
export const aliases: Readonly<Record<string, string>> = {
  customfielditemfilters: 'customfielditem_filters',
};

/**
 * Resources whose rows are told apart by this column besides the id. 06-custom-field-item-user-filters.md prints a user and
 * a group of the same id under the same key, of which every reader of JSON would lose one: the second key gets the type.
 */
export const keySuffixes: Readonly<Record<string, string>> = { customfielditem_user_filters: 'type' };
