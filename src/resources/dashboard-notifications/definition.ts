import { defineResource } from '../../engine/definition.ts';

/** What waits for a user on the dashboard, each user's own. An addition to the reference. */
export const dashboardNotifications = defineResource<undefined>({
  name: 'dashboard_notifications',
  singular: 'dashboard notification',
  says: 'A message for the caller that is read in the web app. An addition of this server.',
  spec: 'none',
  table: 'dashboard_messages',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the notification.' },
    user_id: { type: 'reference', mode: 'read-only', references: 'users', says: 'User whom it tells something.' },
    subject: { type: 'text', mode: 'read-only', says: 'What it is about.' },
    text: { type: 'text', mode: 'read-only', says: 'What it says.' },
    path: { type: 'text', mode: 'read-only', says: 'Path on this server that it leads to; blank for none.' },
    read: { type: 'boolean', mode: 'read-write', says: 'Whether the user has read it.' },
    read_at: { type: 'instant', mode: 'read-only', says: 'When it was read; blank while it was not.' },
    created: { type: 'instant', mode: 'read-only', says: 'When it was sent.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When it was changed last.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    read: { kind: 'yes-no-both', column: 'read', byDefault: 'both' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [],
  busy: true,
  verbs: new Set(['list', 'update']),
  allow: { view: { onlySelf: 'user_id' }, create: 'nobody', update: { onlySelf: 'user_id' }, remove: 'nobody' },
  denied: { create: 'create notifications', update: 'edit that notification', remove: 'delete notifications' },
  hooks: {
    facts: async () => undefined,
    prepare: ({ values, before }, _, { now }) => {
      if (values.read !== before?.read) values.read_at = values.read === true ? now : null;
      return undefined;
    },
  },
});
