import { defineResource, type Field, type Filter } from '../../engine/definition.ts';
import { MOST_DEDUCTED } from '../../rules/deductions.ts';
import { changesTimeOff, followTimesheets } from '../time-off-request-entries/links.ts';
import { changesApproved, removeAndTell, tellOfApproved } from './approved-time.ts';
import { withinFilters } from './choices.ts';
import { type TimesheetFacts, timesheetFacts } from './facts.ts';
import { ofGroups, ofPayrollIds, onJobcodes, onTheClock } from './filters.ts';
import { followFiles, followUsersJobcodesAndFields } from './follow.ts';
import { entersNewValues, keepNewValues } from './new-values.ts';
import { checkNotes, tellOfNotes, tellsOfNotes } from './notes.ts';
import { clocksOnProject, tellProjects } from './project-clock.ts';
import { type RemovalFacts, removable, removalFacts } from './removal.ts';
import {
  approvedByOthers,
  mayTrackTime,
  notLocked,
  ownTimeByTheClock,
  ownTimeOff,
  prepareTimesheet,
  remember,
} from './rules.ts';
import { checkTime } from './time-rules.ts';

const byType = { regular: 'read-write', manual: 'read-only' } as const;
const byTypeOther = { regular: 'read-only', manual: 'read-write' } as const;

/** The properties that timesheets and deleted timesheets have in common. */
export const sharedFields = {
  id: { type: 'integer', mode: 'read-only', says: 'Id of the timesheet.' },
  user_id: {
    type: 'reference',
    mode: 'read-write',
    references: 'users',
    required: true,
    says: 'User whose time it is.',
  },
  jobcode_id: {
    type: 'reference',
    mode: 'read-write',
    references: 'jobcodes',
    required: true,
    orNone: true,
    says: 'Jobcode that the time is recorded against; 0 for none.',
  },
  start: {
    type: 'local-instant',
    mode: byType,
    column: 'start_at',
    offset: 'start_offset',
    required: ['regular'],
    says: 'Start, in the offset that the user had then. Blank for manual timesheets.',
  },
  end: {
    type: 'local-instant',
    mode: byType,
    column: 'end_at',
    offset: 'end_offset',
    says: 'End, in the offset that the user had then. Blank while on the clock, and for manual timesheets.',
  },
  duration: {
    type: 'integer',
    mode: byTypeOther,
    required: ['manual'],
    least: 0,
    says: 'Seconds; 0 while on the clock. Manual durations that are set here are kept in hundredths of an hour.',
  },
  date: { type: 'day', mode: byTypeOther, required: ['manual'], says: 'Local calendar day of the start.' },
  tz: { type: 'offset-hours', mode: 'read-only', column: 'start_offset', says: 'Hours east of UTC at the start.' },
  tz_str: { type: 'text', mode: 'read-only', says: 'IANA time zone that the user was in.' },
  type: {
    type: 'choice',
    mode: 'read-write',
    values: ['regular', 'manual'],
    required: true,
    says: 'regular has a start and an end, manual a date and a duration.',
  },
  location: { type: 'text', mode: 'read-only', says: 'Where the time was recorded, as text.' },
} as const satisfies Record<string, Field>;

/** The filters that timesheets and deleted timesheets have in common. */
export const sharedFilters = {
  ids: { kind: 'ids', column: 'id' },
  start_date: { kind: 'day-from', column: 'date' },
  end_date: { kind: 'day-to', column: 'date' },
  jobcode_ids: {
    kind: 'ids-sql',
    says: 'Only time on these jobcodes and on those below them; 0 for time on none.',
    where: onJobcodes,
  },
  user_ids: { kind: 'ids', column: 'user_id' },
  group_ids: {
    kind: 'ids-sql',
    says: 'Only time of people who are in these groups now; 0 for those without a group.',
    where: ofGroups,
  },
  jobcode_type: {
    kind: 'choice',
    column: '(SELECT j.type FROM jobcodes j WHERE j.company_id = t.company_id AND j.id = t.jobcode_id)',
    values: ['regular', 'pto', 'paid_break', 'unpaid_break', 'unpaid_time_off'],
    everything: 'all',
    byDefault: 'all',
  },
  modified_before: { kind: 'before', column: 'last_modified' },
  modified_since: { kind: 'since', column: 'last_modified' },
} as const satisfies Record<string, Filter>;

/** Recorded time. Reference: 31-timesheets.md. */
export const timesheets = defineResource<TimesheetFacts, RemovalFacts>({
  name: 'timesheets',
  singular: 'timesheet',
  says: 'Time of one person on one jobcode. A regular timesheet has a start and an end (none while its user is on the clock), a manual one a day and a duration.',
  spec: '31-timesheets.md',
  table: 'timesheets',
  variant: 'type',
  fields: {
    ...sharedFields,
    on_the_clock: {
      type: 'boolean',
      mode: 'read-only',
      sql: "(t.type = 'regular' AND t.end_at IS NULL)",
      says: 'Whether the user is working on it now.',
    },
    locked: { type: 'integer', mode: 'read-only', says: 'Greater than 0 when it was exported and can not be changed.' },
    notes: { type: 'text', mode: 'read-write', longest: 10_000, says: 'Notes.' },
    customfields: { type: 'map', mode: 'read-write', says: 'Values by custom field id.' },
    attached_files: { type: 'ids', mode: 'read-write', references: 'files', says: 'Ids of attached files.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the timesheet was changed last.' },
    created_by_user_id: { type: 'reference', mode: 'read-only', says: 'User who made the timesheet.' },
    raw_start: {
      type: 'local-instant',
      mode: 'read-only',
      column: 'raw_start_at',
      offset: 'start_offset',
      onRequest: 'punches',
      says: 'When the user clocked in, before rounding. Blank where the start was entered.',
    },
    raw_end: {
      type: 'local-instant',
      mode: 'read-only',
      column: 'raw_end_at',
      offset: 'end_offset',
      onRequest: 'punches',
      says: 'When the user clocked out, before rounding. Blank where the end was entered.',
    },
    deduction_minutes: {
      type: 'integer',
      mode: 'read-write',
      nullable: true,
      least: 0,
      most: MOST_DEDUCTED,
      onRequest: 'punches',
      says: 'Minutes that payroll takes off, in place of an automatic break. Blank where its rules decide.',
    },
    origin_hint: { type: 'secret', mode: 'write-only', says: 'Kept in the history of a clock-in, clock-out or entry.' },
    origin_hint_start: { type: 'text', mode: 'write-only', says: 'Kept in the history of the start.' },
    origin_hint_end: { type: 'text', mode: 'write-only', says: 'Kept in the history of the end.' },
  },
  columns: {
    end_offset: 'offset-hours',
    time_off_request_entry_id: 'reference',
    start_by_hand: 'boolean',
    end_by_hand: 'boolean',
  },
  filters: {
    ...sharedFilters,
    payroll_ids: { kind: 'texts-sql', says: 'Only time of people with these payroll ids.', where: ofPayrollIds },
    on_the_clock: {
      kind: 'yes-no-both-sql',
      says: 'Whether people are still on the clock: yes for open timesheets, no for closed ones, both.',
      byDefault: 'no',
      where: onTheClock,
    },
    punches: { kind: 'show' },
  },
  needsOneOf: ['ids', 'start_date', 'modified_since', 'modified_before'],
  sort: [
    { sql: 't.date', type: 'date' },
    { sql: 't.id', type: 'integer' },
  ],
  follow: [...followUsersJobcodesAndFields, followFiles],
  busy: true,
  verbs: new Set(['list', 'create', 'update', 'remove']),
  allow: {
    view: {
      any: [
        { self: 'user_id' },
        { manages: 'user_id' },
        { has: 'manage_timesheets' },
        { has: 'approve_timesheets' },
        { has: 'reports' },
      ],
    },
    create: { any: [{ self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_timesheets' }] },
    update: { any: [{ self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_timesheets' }] },
    remove: { any: [{ self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_timesheets' }] },
  },
  refusals: {
    conflict:
      'It overlaps other time of the user, or he is on the clock already. The item shows the stored timesheet where another change came first.',
    locked: 'The time is approved, exported, locked or closed to payroll.',
  },
  denied: {
    create: 'create timesheets for that user',
    update: 'edit timesheets for that user',
    remove: 'delete timesheets for that user',
  },
  hooks: {
    facts: timesheetFacts,
    prepare: prepareTimesheet,
    check: [
      mayTrackTime,
      ownTimeOff,
      ownTimeByTheClock,
      approvedByOthers,
      notLocked,
      checkTime,
      withinFilters,
      checkNotes,
    ],
    accept: remember,
    derives: (candidate, facts) =>
      entersNewValues(candidate, facts) ||
      clocksOnProject(candidate, facts) ||
      changesTimeOff(candidate) ||
      changesApproved(candidate, facts) ||
      tellsOfNotes(candidate, facts),
    after: async (ctx, written, facts) => {
      await keepNewValues(ctx, written, facts);
      await followTimesheets(ctx, written);
      await tellProjects(ctx, written, facts);
      await tellOfNotes(ctx, written, facts);
      await tellOfApproved(ctx, written, facts);
      return new Map();
    },
  },
  removal: { facts: removalFacts, check: removable, remove: removeAndTell },
});
