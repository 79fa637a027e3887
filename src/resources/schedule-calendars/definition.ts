import { defineResource } from '../../engine/definition.ts';

/** What events are planned on. Every company has one from its beginning. Reference: 29-schedule-calendars.md. */
export const scheduleCalendars = defineResource({
  name: 'schedule_calendars',
  singular: 'schedule calendar',
  says: 'A calendar that scheduled events stand in.',
  spec: '29-schedule-calendars.md',
  table: 'schedule_calendars',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the calendar.' },
    name: { type: 'text', mode: 'read-write', says: 'Name of the calendar.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the calendar was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the calendar was created.' },
  },
  columns: { uuid: 'text' },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [],
  cached: true,
  verbs: new Set(['list']),
  // Events need one, and its name tells nothing about them.
  allow: { view: 'everyone', create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: 'create calendars', update: 'edit calendars', remove: 'delete calendars' },
});
