import { defineResource } from '../../engine/definition.ts';
import { approvalActions } from '../../rules/approvals.ts';

/**
 * What was done to the time of people, newest last: who submitted, approved or rejected it, to which day and why. Whoever
 * sees somebody's time as its user, manager or approver sees it. An addition to the reference; it is written by record.ts.
 */
export const approvals = defineResource({
  name: 'approvals',
  singular: 'approval',
  says: 'Something that was done to the time of a person: submitted, approved, rejected or taken back. An addition of this server.',
  spec: 'none',
  table: 'approval_events',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the event.' },
    user_id: { type: 'reference', mode: 'read-only', references: 'users', says: 'User whose time it is about.' },
    actor_user_id: {
      type: 'reference',
      mode: 'read-only',
      references: 'users',
      says: 'User who did it; 0 for the server itself.',
    },
    action: { type: 'choice', mode: 'read-only', values: approvalActions, says: 'What was done.' },
    submitted_from: { type: 'day', mode: 'read-only', says: 'Last submitted day before.' },
    submitted_to: { type: 'day', mode: 'read-only', says: 'Last submitted day afterwards.' },
    approved_from: { type: 'day', mode: 'read-only', says: 'Last approved day before.' },
    approved_to: { type: 'day', mode: 'read-only', says: 'Last approved day afterwards.' },
    reason: { type: 'text', mode: 'read-only', says: 'Why; never blank for a rejection.' },
    created: { type: 'instant', mode: 'read-only', says: 'When it was done.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the event was written.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    user_ids: { kind: 'ids', column: 'user_id' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'users',
      ids: (rows, at) => {
        const [user, actor] = [at('user_id'), at('actor_user_id')];
        return rows.flatMap((cells) => [Number(cells[user]), Number(cells[actor] ?? 0)]);
      },
    },
  ],
  busy: true,
  verbs: new Set(['list']),
  allow: {
    view: {
      any: [{ self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_timesheets' }, { has: 'approve_timesheets' }],
    },
    create: 'nobody',
    update: 'nobody',
    remove: 'nobody',
  },
  denied: { create: 'create approvals', update: 'edit approvals', remove: 'delete approvals' },
});
