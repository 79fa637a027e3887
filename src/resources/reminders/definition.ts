import { defineResource, type Rule } from '../../engine/definition.ts';
import { reminderTypes } from '../../rules/reminders.ts';
import { sql } from '../../store/sql.ts';
import { notArchived, prepareReminder, type ReminderFacts, remember, reminderFacts } from './rules.ts';

/** Everyone decides for himself when he is reminded; of the company's reminders only those who manage its people do. */
const whoDecides: Rule = { any: [{ self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_users' }] };

/** When people are reminded to clock in and out; user 0 is everyone. Reference: 27-reminders.md. */
export const reminders = defineResource<ReminderFacts>({
  name: 'reminders',
  singular: 'reminder',
  says: 'A reminder to clock in or out, of one person or, without a user, of everyone who has none of his own.',
  spec: '27-reminders.md',
  table: 'reminders',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the reminder.' },
    reminder_type: {
      type: 'choice',
      mode: 'read-write',
      values: reminderTypes,
      required: true,
      says: 'What it reminds of: clock-in or clock-out.',
    },
    due_time: {
      type: 'text',
      mode: 'read-write',
      required: true,
      pattern: {
        test: /^([01]\d|2[0-3]):[0-5][05]:00$/,
        says: 'must be a time of day as hh:mm:ss, in steps of 5 minutes, such as 08:10:00',
      },
      says: 'Local time of the person at which it is sent, on the grid of five minutes.',
    },
    due_days_of_week: {
      type: 'text',
      mode: 'read-write',
      listed: true,
      required: true,
      says: 'Days on which it is sent: some of Mon, Tue, Wed, Thu, Fri, Sat, Sun.',
    },
    distribution_methods: {
      type: 'text',
      mode: 'read-write',
      listed: true,
      required: true,
      says: 'How it is sent: some of Push, SMS, Email.',
    },
    active: {
      type: 'boolean',
      mode: 'read-write',
      required: true,
      says: 'False: as if it did not exist. A personal reminder that is active counts instead of the one of the company.',
    },
    enabled: { type: 'boolean', mode: 'read-write', required: true, says: 'False: nothing is sent.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the reminder was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the reminder was created.' },
    user_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'users',
      required: true,
      orNone: true,
      says: 'Whom it reminds; 0 for everyone in the company.',
    },
  },
  filters: {
    user_ids: {
      kind: 'ids',
      column: 'user_id',
      zeroIsNull: true,
      says: 'Only reminders of these users; 0 for those of everyone.',
    },
    reminder_types: {
      kind: 'texts-sql',
      values: reminderTypes,
      says: 'Only reminders of these types.',
      where: (types) => sql`t.reminder_type = ANY(${types}::text[])`,
    },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  needs: ['user_ids'],
  alternateKey: ['user_id', 'reminder_type'],
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')] ?? 0)) }],
  verbs: new Set(['list', 'create', 'update']),
  allow: {
    view: { any: [{ unset: 'user_id' }, whoDecides] },
    create: whoDecides,
    update: whoDecides,
    remove: 'nobody',
  },
  refusals: { conflict: 'The person has a reminder of this type already.' },
  duplicates: true,
  denied: { create: 'set reminders for that user', update: 'edit that reminder', remove: 'delete reminders' },
  hooks: {
    facts: reminderFacts,
    prepare: prepareReminder,
    check: [notArchived],
    accept: remember,
  },
});
