import { defineResource } from '../../engine/definition.ts';
import { timeOffStatuses } from '../../rules/time-off.ts';
import { afterEntries } from './after.ts';
import { type EntryFacts, entryFacts } from './facts.ts';
import { fields } from './fields.ts';
import { onDay, startingFrom, startingUntil } from './filters.ts';
import { timeOffTurns } from './links.ts';
import {
  decidable,
  mayTakePart,
  prepareEntry,
  requestTakesEntries,
  timeOffOnly,
  unchangedWhenDecided,
} from './rules.ts';
import { judgeSheets } from './sheets.ts';

/** The days, or parts of days, of requests for time off. Reference: 34-time-off-request-entries.md. */
export const timeOffRequestEntries = defineResource<EntryFacts>({
  name: 'time_off_request_entries',
  singular: 'time off request entry',
  says: 'One day, or one span of time, of a request for time off. When it is approved, it becomes a timesheet.',
  spec: '34-time-off-request-entries.md',
  table: 'time_off_request_entries',
  variant: 'entry_method',
  fields,
  columns: { start_offset: 'offset-hours', end_offset: 'offset-hours' },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    time_off_request_ids: { kind: 'ids', column: 'time_off_request_id' },
    approver_user_ids: { kind: 'ids', column: 'approver_user_id', zeroIsNull: true },
    status: { kind: 'choice', column: 'status', values: timeOffStatuses, everything: 'all', byDefault: 'all' },
    date: { kind: 'text-sql', holds: 'day', says: 'Only entries of this day.', where: onDay },
    start_time: {
      kind: 'text-sql',
      holds: 'moment',
      says: 'Only entries that begin at this moment or later.',
      where: startingFrom,
    },
    end_time: {
      kind: 'text-sql',
      holds: 'moment',
      says: 'Only entries that begin at this moment or before.',
      where: startingUntil,
    },
    jobcode_ids: { kind: 'ids', column: 'jobcode_id' },
    user_ids: { kind: 'ids', column: 'user_id' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  needsOneOf: [
    'ids',
    'time_off_request_ids',
    'approver_user_ids',
    'status',
    'date',
    'start_time',
    'end_time',
    'jobcode_ids',
    'user_ids',
    'modified_before',
    'modified_since',
  ],
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'time_off_requests',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('time_off_request_id')])),
    },
    { resource: 'jobcodes', ids: (rows, at) => rows.map((cells) => Number(cells[at('jobcode_id')])) },
    {
      resource: 'users',
      ids: (rows, at) =>
        rows.flatMap((cells) => [Number(cells[at('user_id')]), Number(cells[at('approver_user_id')] ?? 0)]),
    },
  ],
  turns: timeOffTurns,
  busy: true,
  verbs: new Set(['list', 'create', 'update']),
  // Whose entry a new one is follows from its request: a rule asks for it.
  allow: { view: mayTakePart, create: 'everyone', update: mayTakePart, remove: 'nobody' },
  denied: {
    create: 'request time off for that user',
    update: 'edit time off of that user',
    remove: 'delete time off',
  },
  hooks: {
    facts: entryFacts,
    prepare: prepareEntry,
    check: [requestTakesEntries, decidable, unchangedWhenDecided, timeOffOnly],
    together: judgeSheets,
    after: afterEntries,
  },
});
