import { defineResource } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import { seesProject } from '../projects/definition.ts';
import { type ReplyFacts, replyFacts } from './facts.ts';
import { mentionsTeam, toOpenActivity } from './rules.ts';
import { changeActivities, tellFollowers } from './writes.ts';

/** What people reply to activities of projects. Reference: 25-project-activity-replies.md. */
export const projectActivityReplies = defineResource<ReplyFacts>({
  name: 'project_activity_replies',
  singular: 'project activity reply',
  says: 'A reply to something that happened in a project.',
  spec: '25-project-activity-replies.md',
  table: 'project_activity_replies',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the reply.' },
    project_activity_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'project_activities',
      required: true,
      says: 'Activity that is replied to.',
    },
    user_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'users',
      ownByDefault: true,
      says: 'User who replied; somebody else only with manage_projects.',
    },
    note: { type: 'text', mode: 'read-write', required: true, longest: 10_000, says: 'What was replied.' },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived reply.' },
    created: { type: 'instant', mode: 'read-only', says: 'When it was replied.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the reply was changed last.' },
    mentions: {
      type: 'ids',
      mode: 'read-write',
      most: 200,
      says: 'Users who see the project and are told of the reply; they follow its activity.',
    },
    linked_objects: {
      type: 'json',
      holds: { idsOf: ['project_activities'] },
      mode: 'read-only',
      sql: `('{"project_activities":[' || t.project_activity_id || ']}')`,
      says: 'project_activities: the activity that is replied to.',
    },
  },
  columns: { project_id: 'integer' },
  filters: {
    project_activity_id: { kind: 'ids', column: 'project_activity_id' },
    ids: { kind: 'ids', column: 'id' },
    user_ids: { kind: 'ids', column: 'user_id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  needs: ['project_activity_id'],
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'users',
      ids: (rows, at) => rows.flatMap((cells) => [Number(cells[at('user_id')]), ...idsOf(cells[at('mentions')])]),
    },
    {
      resource: 'project_activities',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('project_activity_id')])),
    },
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
    create: 'reply for somebody else',
    update: "edit somebody else's replies",
    remove: 'delete replies',
  },
  hooks: {
    facts: replyFacts,
    prepare: toOpenActivity,
    check: [mentionsTeam],
    prior: changeActivities,
    after: tellFollowers,
  },
});
