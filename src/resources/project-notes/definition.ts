import { defineResource } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import { seesProject } from '../projects/definition.ts';
import { type NoteFacts, noteFacts } from './facts.ts';
import { aboutOpenProject, filesAttachable, mentionsTeam } from './rules.ts';
import { followNotes, makeActivities } from './writes.ts';

/** What people write about projects. Reference: 26-project-notes.md. */
export const projectNotes = defineResource<NoteFacts>({
  name: 'project_notes',
  singular: 'project note',
  says: 'A note that somebody wrote in a project, with mentions and files.',
  spec: '26-project-notes.md',
  table: 'project_notes',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the note.' },
    project_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'projects',
      required: true,
      says: 'Project that the note is about.',
    },
    user_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'users',
      ownByDefault: true,
      says: 'User who wrote the note; somebody else only with manage_projects.',
    },
    note: { type: 'text', mode: 'read-write', required: true, longest: 10_000, says: 'What was written.' },
    active: {
      type: 'boolean',
      mode: 'read-write',
      byDefault: true,
      says: 'False for an archived note, whose activity is archived too.',
    },
    created: { type: 'instant', mode: 'read-only', says: 'When the note was written.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the note was changed last.' },
    mentions: {
      type: 'ids',
      mode: 'read-write',
      most: 200,
      says: 'Users who see the project and are told of the note; they follow its activity.',
    },
    files: { type: 'ids', mode: 'read-write', references: 'files', says: 'Ids of attached files.' },
    linked_objects: {
      type: 'json',
      holds: { idsOf: ['project_activities'] },
      mode: 'read-only',
      sql: `('{"project_activities":[' || t.project_activity_id || ']}')`,
      says: 'project_activities: the activity that tells of the note.',
    },
  },
  columns: { project_activity_id: 'integer' },
  filters: {
    project_id: { kind: 'ids', column: 'project_id' },
    ids: { kind: 'ids', column: 'id' },
    user_ids: { kind: 'ids', column: 'user_id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  needs: ['project_id'],
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'users',
      ids: (rows, at) => rows.flatMap((cells) => [Number(cells[at('user_id')]), ...idsOf(cells[at('mentions')])]),
    },
    { resource: 'projects', ids: (rows, at) => rows.map((cells) => Number(cells[at('project_id')])) },
    {
      resource: 'project_activities',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('project_activity_id')])),
    },
    { resource: 'files', ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('files')])) },
  ],
  busy: true,
  verbs: new Set(['list', 'create', 'update']),
  allow: {
    view: seesProject('project_id'),
    create: { any: [{ self: 'user_id' }, { has: 'manage_projects' }] },
    update: { any: [{ self: 'user_id' }, { has: 'manage_projects' }] },
    remove: 'nobody',
  },
  denied: {
    create: 'add project notes for somebody else',
    update: "edit somebody else's project notes",
    remove: 'delete project notes',
  },
  hooks: {
    facts: noteFacts,
    check: [aboutOpenProject, filesAttachable, mentionsTeam],
    prior: makeActivities,
    after: followNotes,
  },
});
