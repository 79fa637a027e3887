import { defineResource } from '../../engine/definition.ts';
import { followEvents, whyBookingsStay } from '../bookings/schedule.ts';
import { manages, managesSome, sees } from './authority.ts';
import { colors } from './colors.ts';
import { details } from './details.ts';
import { type EventFacts, eventFacts } from './facts.ts';
import { endsBy, ofActiveUsers, ofUsers, oncePerEvent } from './filters.ts';
import { follow } from './follow.ts';
import { noticesDue, sendNotices } from './notices.ts';
import { acceptPlan, eachManaged, planEvent } from './plan.ts';

/** Planned work. An event of several users is a row for each of them; see plan.ts. Reference: 30-schedule-events.md. */
export const scheduleEvents = defineResource<EventFacts>({
  name: 'schedule_events',
  singular: 'schedule event',
  says: 'Work that is planned: when, on which jobcode, and who does it.',
  spec: '30-schedule-events.md',
  table: 'schedule_events',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the event.' },
    user_id: {
      type: 'reference',
      mode: 'read-only',
      sql: 'coalesce(t.assignee_id, t.created_by_user_id)',
      says: 'User whose event it is; who made it, where nobody is assigned.',
    },
    unassigned: { type: 'boolean', mode: 'read-only', sql: '(t.assignee_id IS NULL)', says: 'Nobody is assigned.' },
    schedule_calendar_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'schedule_calendars',
      required: true,
      says: 'Calendar that holds the event.',
    },
    jobcode_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'jobcodes',
      says: 'Jobcode of the work; 0 for none. It need not be assigned to the users yet.',
    },
    start: {
      type: 'local-instant',
      mode: 'read-write',
      column: 'start_at',
      offset: 'start_offset',
      required: true,
      says: 'Start, in the time zone of the event.',
    },
    end: {
      type: 'local-instant',
      mode: 'read-write',
      column: 'end_at',
      offset: 'end_offset',
      says: 'End, in the time zone of the event. Must be given unless the event is all day.',
    },
    timezone: {
      type: 'text',
      mode: 'read-write',
      longest: 64,
      says: "IANA time zone; the first assigned user's when not given, or the one of who makes the event.",
    },
    notes: { type: 'text', mode: 'read-write', longest: 10_000, says: 'Notes.' },
    all_day: {
      type: 'boolean',
      mode: 'read-write',
      says: 'The event takes the day that start belongs to, from its first to its last second.',
    },
    assigned_user_ids: {
      type: 'ids',
      mode: 'read-write',
      references: 'users',
      says: 'Everybody who is assigned to the event; empty for nobody.',
    },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an event that was removed.' },
    draft: { type: 'boolean', mode: 'read-write', says: 'True until it is published to its users.' },
    title: { type: 'text', mode: 'read-write', says: 'Title.' },
    location: { type: 'text', mode: 'read-write', says: 'Where it takes place, as text.' },
    color: {
      type: 'text',
      mode: 'read-write',
      pattern: { test: new RegExp(`^(${colors.join('|')})$`, 'i'), says: `must be one of ${colors.join(', ')}` },
      says: 'Colour, one of those that the reference lists, in any case.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the event was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the event was created.' },
    customfields: { type: 'map', mode: 'read-write', says: 'Values of timesheet custom fields, by custom field id.' },
  },
  columns: {
    uuid: 'text',
    assignee_id: 'reference',
    created_by_user_id: 'reference',
    team: 'text',
    start_offset: 'offset-hours',
    end_offset: 'offset-hours',
  },
  madeWithOneOf: ['end', 'all_day'],
  filters: {
    ids: { kind: 'ids', column: 'id' },
    users_ids: { kind: 'ids-sql', says: 'Only events of these users; the same as user_ids.', where: ofUsers },
    // What the reference means by users_ids.
    user_ids: { kind: 'ids-sql', says: 'Only events of these users.', where: ofUsers },
    schedule_calendar_ids: { kind: 'ids', column: 'schedule_calendar_id' },
    jobcode_ids: { kind: 'ids', column: 'jobcode_id', zeroIsNull: true },
    start: { kind: 'since', column: 'start_at' },
    end: { kind: 'text-sql', holds: 'moment', says: 'Only events that end at this moment or before.', where: endsBy },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'both' },
    active_users: {
      kind: 'choice-sql',
      says: 'Only events of active people (1), of archived ones (0), or all (-1). Those of nobody are always there.',
      values: ['0', '1'],
      everything: '-1',
      byDefault: '1',
      where: ofActiveUsers,
    },
    draft: { kind: 'yes-no-both', column: 'draft', byDefault: 'no' },
    team_events: {
      kind: 'choice-sql',
      says: '`base`: an event of several people once. `instance`: once for each of them.',
      values: ['base'],
      everything: 'instance',
      byDefault: 'instance',
      where: oncePerEvent,
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  needs: ['schedule_calendar_ids'],
  needsOneOf: ['ids', 'start', 'modified_before', 'modified_since'],
  options: {
    team_events: {
      values: ['base', 'instance'],
      byDefault: 'instance',
      says: 'Whether answers give an event of several users once, or once for each of them.',
    },
  },
  sort: [
    { sql: 't.start_at', type: 'timestamptz' },
    { sql: 't.id', type: 'integer' },
  ],
  follow,
  busy: true,
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: sees, create: managesSome, update: managesSome, remove: 'nobody' },
  denied: {
    create: 'create schedule events for that user',
    update: 'edit that schedule event',
    remove: 'delete schedule events',
  },
  hooks: {
    facts: eventFacts,
    prepare: (candidate, facts, ctx) => details(candidate, facts, ctx) ?? planEvent(candidate, facts, ctx),
    check: [(candidate, facts, ctx) => eachManaged(manages, candidate, facts, ctx)],
    accept: acceptPlan,
    together: whyBookingsStay,
    derives: noticesDue,
    after: async (ctx, written, facts) => {
      await followEvents(
        ctx,
        written.map(({ candidate }) => candidate),
      );
      return sendNotices(ctx, written, facts);
    },
  },
});
