import { defineResource } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { byEndpoint, checkDevice, findExisting, type KnownDevices, keepKeys, removeDevices } from './rules.ts';

/** Devices that take push messages, each user's own. An addition to the reference. */
export const pushSubscriptions = defineResource<KnownDevices>({
  name: 'push_subscriptions',
  singular: 'push subscription',
  says: 'A browser of the caller that takes push messages of this server. An addition of this server.',
  spec: 'none',
  table: 'push_subscriptions',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the subscription.' },
    user_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'users',
      required: true,
      says: 'Whose device it is: the own user.',
    },
    endpoint: {
      type: 'text',
      mode: 'write-once',
      required: true,
      longest: 2000,
      says: "URL at the browser's push service.",
    },
    p256dh: { type: 'secret', mode: 'write-only', required: true, says: "The device's public key, base64url." },
    auth: { type: 'secret', mode: 'write-only', required: true, says: "The device's secret, base64url." },
    user_agent: { type: 'text', mode: 'write-once', longest: 500, says: 'What the device calls itself.' },
    created: { type: 'instant', mode: 'read-only', says: 'When it was registered.' },
    last_used: {
      type: 'instant',
      mode: 'read-only',
      sql: `(SELECT k.last_used FROM push_keys k WHERE k.company_id = t.company_id AND k.subscription_id = t.id)`,
      says: 'When a message was sent to it last; blank when none was.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When it was changed last.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    endpoint: {
      kind: 'text-sql',
      says: 'Only the subscription of this endpoint.',
      where: (text) => sql`t.endpoint = ${text}`,
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [],
  busy: true,
  verbs: new Set(['list', 'create', 'remove']),
  allow: {
    view: { onlySelf: 'user_id' },
    create: { onlySelf: 'user_id' },
    update: 'nobody',
    remove: { onlySelf: 'user_id' },
  },
  denied: {
    create: 'register devices of somebody else',
    update: 'change devices',
    remove: 'remove devices of somebody else',
  },
  hooks: { facts: byEndpoint, prepare: findExisting, check: [checkDevice], after: keepKeys },
  removal: { facts: async () => undefined, remove: removeDevices },
});
