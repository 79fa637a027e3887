import { defineResource } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { keepSecrets, removeWebhooks } from './queries.ts';
import { begins, checkWebhook, prepareWebhook, type WebhookFacts, webhookFacts } from './rules.ts';

/** Addresses that are told of changes. An addition to the reference. */
export const webhooks = defineResource<WebhookFacts>({
  name: 'webhooks',
  singular: 'webhook',
  says: 'An address that is told of changes as they happen, by signed messages. An addition of this server.',
  spec: 'none',
  table: 'webhooks',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the webhook.' },
    user_id: {
      type: 'reference',
      mode: 'read-only',
      references: 'users',
      says: 'Admin as whom it acts: who made it, or switched it on again. It is told of what he may see.',
    },
    client_id: {
      type: 'text',
      mode: 'write-once',
      says: "Client id of the OAuth application that it belongs to; blank for the company's own.",
    },
    description: { type: 'text', mode: 'read-write', says: 'What it is for.' },
    url: {
      type: 'text',
      mode: 'read-write',
      required: true,
      longest: 2000,
      says: 'Address that events are posted to, https.',
    },
    resources: {
      type: 'text',
      mode: 'read-write',
      listed: true,
      byDefault: '*',
      longest: 1000,
      says: 'Names of resources whose changes are sent, parted by commas; * for all.',
    },
    actions: {
      type: 'text',
      mode: 'read-write',
      listed: true,
      byDefault: '*',
      says: 'created, updated, deleted, or some of them, parted by commas; * for all.',
    },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False while it is switched off.' },
    status: {
      type: 'choice',
      mode: 'read-only',
      values: ['active', 'off', 'paused', 'stopped'],
      sql: `CASE WHEN t.active THEN t.state ELSE 'off' END`,
      says: 'paused: nothing could be delivered for two days. stopped: its user is archived or no admin any more, or its application was deleted. Set active to true to go on.',
    },
    secret: {
      type: 'secret',
      mode: 'write-only',
      says: 'What deliveries are signed with: whsec_ and 24 to 64 bytes in base64. Made by the server when not given, see POST /webhook_secrets.',
    },
    created: { type: 'instant', mode: 'read-only', says: 'When it was made.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When it was changed last.' },
  },
  columns: { state: 'text' },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'both' },
    client_ids: { kind: 'texts', column: 'client_id' },
    user_ids: { kind: 'ids', column: 'user_id' },
    status: {
      kind: 'choice-sql',
      values: ['active', 'off', 'paused', 'stopped'],
      everything: 'all',
      byDefault: 'all',
      says: 'Webhooks that are active, off, paused or stopped.',
      where: (status) => sql`CASE WHEN t.active THEN t.state ELSE 'off' END = ${status}`,
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')])) }],
  busy: true,
  verbs: new Set(['list', 'create', 'update', 'remove']),
  allow: {
    view: { has: 'admin' },
    create: { has: 'admin' },
    update: { has: 'admin' },
    remove: { has: 'admin' },
  },
  denied: { create: 'create webhooks', update: 'edit webhooks', remove: 'delete webhooks' },
  hooks: {
    facts: webhookFacts,
    prepare: prepareWebhook,
    check: [checkWebhook],
    derives: ({ before, secrets, values }) =>
      before === undefined || secrets.secret !== undefined || begins(before, values),
    after: keepSecrets,
  },
  removal: { facts: async () => undefined, remove: removeWebhooks },
});
