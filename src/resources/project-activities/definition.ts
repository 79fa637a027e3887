import { defineResource } from '../../engine/definition.ts';
import { linksIn } from '../../engine/links.ts';
import { sql } from '../../store/sql.ts';
import { seesProject } from '../projects/definition.ts';
import { activityTypes } from './record.ts';
import { following, linkedNames, linkedObjects, unreadReplies } from './replies.ts';

/** What happened on projects, newest first, written by the server. Reference: 23-project-activities.md. */
export const projectActivities = defineResource({
  name: 'project_activities',
  singular: 'project activity',
  says: 'Something that happened in a project: the stream that people read. The server writes it.',
  spec: '23-project-activities.md',
  table: 'project_activities',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the activity.' },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived activity.' },
    user_id: { type: 'reference', mode: 'read-only', says: 'User whom it is about; 0 for the server itself.' },
    project_id: { type: 'reference', mode: 'read-only', says: 'Project that it happened on.' },
    activity_type: { type: 'choice', mode: 'read-only', values: activityTypes, says: 'What happened.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the activity was changed last.' },
    unread_replies_count: {
      type: 'integer',
      mode: 'read-only',
      sql: unreadReplies,
      personal: true,
      says: 'Replies of others that the one who asks has not read.',
    },
    following: {
      type: 'boolean',
      mode: 'read-only',
      sql: following,
      personal: true,
      says: 'Whether the one who asks is told about replies.',
    },
    created: { type: 'instant', mode: 'read-only', says: 'When it happened.' },
    project_activity_metadata: { type: 'ids', mode: 'read-only', sql: "'{}'", says: 'Always empty.' },
    linked_objects: {
      type: 'json',
      holds: { idsOf: linkedNames },
      mode: 'read-only',
      sql: linkedObjects,
      says: 'Ids of the rows that it is about, by resource, with its note and its replies.',
    },
  },
  filters: {
    project_id: { kind: 'ids', column: 'project_id' },
    ids: { kind: 'ids', column: 'id' },
    activity_types: {
      kind: 'texts-sql',
      values: activityTypes,
      says: 'Only activities of these types.',
      where: (types) => sql`t.activity_type = ANY(${types}::text[])`,
    },
    // Not in the reference, where nothing says how to find what was archived.
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
    max_id: {
      kind: 'ids-sql',
      says: 'Only activities with this id or a lower one: for reading on into the past.',
      where: (ids) => sql`t.id <= ${Math.min(...ids)}`,
    },
  },
  needsOneOf: ['project_id', 'ids'],
  sort: [{ sql: 't.id', type: 'integer', descending: true }],
  follow: [
    { resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')] ?? 0)) },
    { resource: 'projects', ids: (rows, at) => rows.map((cells) => Number(cells[at('project_id')])) },
    {
      resource: 'project_notes',
      ids: (rows, at) => rows.flatMap((cells) => linksIn(cells[at('linked_objects')], 'project_notes')),
    },
  ],
  busy: true,
  verbs: new Set(['list', 'update']),
  allow: {
    view: seesProject('project_id'),
    create: 'nobody',
    update: { has: 'manage_projects' },
    remove: 'nobody',
  },
  denied: { create: 'create activities', update: 'edit project activities', remove: 'delete activities' },
});
