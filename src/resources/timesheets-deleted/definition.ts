import { defineResource, type Field, type SortKey } from '../../engine/definition.ts';
import { sharedFields, sharedFilters, timesheets } from '../timesheets/definition.ts';
import { ofUsername } from '../timesheets/filters.ts';
import { followUsersJobcodesAndFields } from '../timesheets/follow.ts';

/** Every property of a deleted timesheet is as it was, for good. */
function frozen(fields: Readonly<Record<string, Field>>): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { required: _, ...field }]) => [name, { ...field, mode: 'read-only' as const }]),
  );
}

const byDate: readonly SortKey[] = [
  { sql: 't.date', type: 'date' },
  { sql: 't.id', type: 'integer' },
];

function byUser(column: string): readonly SortKey[] {
  const sql = `(SELECT lower(u.${column}) FROM users u WHERE u.company_id = t.company_id AND u.id = t.user_id)`;
  return [{ sql, type: 'text' }, ...byDate];
}

/** Timesheets as they were when they were deleted; last_modified is the moment of the deletion. Reference: 32-timesheets-deleted.md. */
export const timesheetsDeleted = defineResource({
  name: 'timesheets_deleted',
  singular: 'deleted timesheet',
  says: 'A timesheet that was deleted, as it was then; clients that keep copies learn of it here.',
  spec: '32-timesheets-deleted.md',
  table: 'timesheets_deleted',
  fields: {
    ...frozen(sharedFields),
    // The page does not describe it, but every one of its examples shows it.
    active: { type: 'text', mode: 'read-only', sql: "'0'", says: 'Always 0.' },
    locked: { type: 'integer', mode: 'read-only', says: 'Greater than 0 when it had been exported.' },
    notes: { type: 'text', mode: 'read-only', says: 'Notes.' },
    customfields: { type: 'map', mode: 'read-only', says: 'Values by custom field id.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the timesheet was created.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the timesheet was deleted.' },
  },
  columns: { end_offset: 'offset-hours' },
  filters: {
    ...sharedFilters,
    username: { kind: 'text-sql', says: 'Only time of the person of this username.', where: ofUsername },
    type: { kind: 'choice', column: 'type', values: ['regular', 'manual'], everything: 'both', byDefault: 'both' },
  },
  overrides: { username: ['user_ids', 'group_ids'] },
  needsOneOf: ['ids', 'start_date', 'end_date', 'modified_since', 'modified_before'],
  sort: byDate,
  sorts: { date: byDate, fname: byUser('first_name'), lname: byUser('last_name'), username: byUser('username') },
  follow: followUsersJobcodesAndFields,
  busy: true,
  verbs: new Set(['list']),
  allow: { view: timesheets.allow.view, create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});
