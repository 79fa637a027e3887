import { defineResource } from '../../engine/definition.ts';

/**
 * What people write about a request for time off; added with the request and never changed. It has no endpoint: whoever
 * sees the request sees its notes beside it. Reference: 33-time-off-requests.md, The Time Off Request Note Object.
 */
export const timeOffRequestNotes = defineResource({
  name: 'time_off_request_notes',
  singular: 'note',
  says: 'A remark about a request for time off. It is written and read with the request.',
  spec: '33-time-off-requests.md',
  table: 'time_off_request_notes',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the note.' },
    time_off_request_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'time_off_requests',
      required: true,
      says: 'Request that the note is about.',
    },
    user_id: { type: 'reference', mode: 'read-only', ownByDefault: true, says: 'User who wrote the note.' },
    active: {
      type: 'boolean',
      mode: 'read-only',
      byDefault: true,
      says: 'False for a note of an archived request.',
    },
    note: { type: 'text', mode: 'read-write', required: true, longest: 10_000, says: 'What was written.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the note was written.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the note was changed last.' },
  },
  filters: {},
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [],
  verbs: new Set(),
  allow: { view: 'everyone', create: 'everyone', update: 'nobody', remove: 'nobody' },
  denied: { create: 'add notes', update: 'change notes', remove: 'delete notes' },
});
