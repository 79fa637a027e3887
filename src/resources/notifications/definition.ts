import { randomBytes } from 'node:crypto';
import type { Ctx } from '../../engine/context.ts';
import { defineResource, type Rule } from '../../engine/definition.ts';
import { instantIn } from '../../engine/filters.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { archivedUsers } from '../users/archived.ts';
import { removeNotifications, scheduleDelivery } from './queries.ts';

/** Everyone leaves messages for himself; for others those do who manage them. A new one without a user is for oneself. */
const whoDecides: Rule = {
  any: [{ unset: 'user_id' }, { self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_users' }],
};

/** Messages that a person gets at a moment to come. Reference: 21-notifications.md. */
export const notifications = defineResource<ReadonlySet<number>>({
  name: 'notifications',
  singular: 'notification',
  says: 'A message to a person that waits for its moment. It ceases to exist when it is sent.',
  spec: '21-notifications.md',
  table: 'notifications',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the notification.' },
    msg_tracking_id: { type: 'text', mode: 'read-only', says: 'Random text that names the notification.' },
    user_id: { type: 'reference', mode: 'read-write', references: 'users', says: 'Who gets it; oneself by default.' },
    message: { type: 'text', mode: 'read-write', required: true, longest: 2_000, says: 'What it says.' },
    method: {
      type: 'choice',
      mode: 'read-write',
      values: ['push', 'email', 'dashboard'],
      byDefault: 'push',
      says: 'How it reaches the user: push, email or dashboard.',
    },
    delivery_time: { type: 'instant', mode: 'read-write', says: 'When it is delivered; now by default.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the notification was created.' },
    precheck: {
      type: 'choice',
      mode: 'read-write',
      values: ['none', 'on_the_clock', 'off_the_clock'],
      byDefault: 'none',
      says: 'What must hold of the user at delivery, or it is discarded; off the clock also means not on time off.',
    },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    delivery_before: { kind: 'before', column: 'delivery_time' },
    delivery_after: {
      kind: 'text-sql',
      holds: 'moment',
      says: 'Only those that are due after this moment.',
      where: (text) => sql`t.delivery_time > ${instantIn('delivery_after', text)}::timestamptz`,
    },
    user_id: { kind: 'ids', column: 'user_id' },
    msg_tracking_id: { kind: 'texts', column: 'msg_tracking_id' },
  },
  ownUnlessFiltered: { column: 'user_id' },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')])) }],
  verbs: new Set(['list', 'create', 'remove']),
  allow: { view: whoDecides, create: whoDecides, update: 'nobody', remove: whoDecides },
  denied: {
    create: 'notify that user',
    update: 'edit notifications',
    remove: 'delete notifications of that user',
  },
  hooks: {
    facts: (ctx, candidates) =>
      archivedUsers(
        ctx,
        candidates.map(({ values }) => Number(values.user_id ?? 0)),
      ),
    prepare: ({ values }, _facts, ctx: Ctx) => {
      values.user_id ??= ctx.actor.userId;
      values.delivery_time ??= ctx.now;
      values.msg_tracking_id = randomBytes(8).toString('hex');
      return undefined;
    },
    check: [
      ({ values }, archived) =>
        archived.has(Number(values.user_id))
          ? new DomainError('invalid', `User ${values.user_id} is archived`, { field: 'user_id' })
          : undefined,
    ],
    after: scheduleDelivery,
  },
  removal: { facts: async () => undefined, remove: removeNotifications },
});
