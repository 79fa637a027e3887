import { defineResource } from '../../engine/definition.ts';
import { eventActions } from '../history/eventful.ts';

/** What webhooks were to deliver, and what came of it; kept for 30 days. An addition to the reference. */
export const webhookDeliveries = defineResource({
  name: 'webhook_deliveries',
  singular: 'webhook delivery',
  spec: 'none',
  table: 'webhook_deliveries',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the delivery.' },
    webhook_id: { type: 'reference', mode: 'read-only', references: 'webhooks', says: 'Webhook that delivers.' },
    message_id: { type: 'text', mode: 'read-only', says: 'Header webhook-id, the same in every attempt.' },
    event_id: { type: 'text', mode: 'read-only', sql: 't.event_id::text', says: 'Id of the event.' },
    resource: { type: 'text', mode: 'read-only', says: 'Resource that changed.' },
    action: { type: 'choice', mode: 'read-only', values: eventActions, says: 'What happened to it.' },
    object_id: { type: 'integer', mode: 'read-only', says: 'Id of what changed.' },
    status: {
      type: 'choice',
      mode: 'read-only',
      values: ['waiting', 'delivered', 'failed'],
      says: 'waiting: for its first attempt or the next. failed: given up.',
    },
    attempts: { type: 'integer', mode: 'read-only', says: 'Attempts made.' },
    next_attempt: {
      type: 'instant',
      mode: 'read-only',
      column: 'due',
      says: 'When it is tried next; blank when done.',
    },
    last_attempt: { type: 'instant', mode: 'read-only', says: 'When it was tried last; blank before.' },
    last_status_code: {
      type: 'integer',
      mode: 'read-only',
      nullable: true,
      says: 'HTTP status of the last answer; blank where there was none.',
    },
    error: { type: 'text', mode: 'read-only', says: 'Why the last attempt failed; blank when it did not.' },
    response: { type: 'text', mode: 'read-only', says: 'Beginning of the last answer.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the delivery was planned.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When it was changed last.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    webhook_ids: { kind: 'ids', column: 'webhook_id' },
    object_ids: { kind: 'ids', column: 'object_id' },
    resources: { kind: 'texts', column: 'resource' },
    status: {
      kind: 'choice',
      column: 'status',
      values: ['waiting', 'delivered', 'failed'],
      everything: 'all',
      byDefault: 'all',
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'webhooks', ids: (rows, at) => rows.map((cells) => Number(cells[at('webhook_id')])) }],
  busy: true,
  verbs: new Set(['list']),
  allow: { view: { has: 'admin' }, create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});
