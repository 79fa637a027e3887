import { defineResource } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import { DomainError } from '../../lib/errors.ts';
import { archivedStatus, type TimeOffStatus, timeOffStatuses } from '../../rules/time-off.ts';
import { timeOffTurns } from '../time-off-request-entries/links.ts';
import { mayAsk, mayTakePart } from '../time-off-request-entries/rules.ts';
import { judgeParts, type RequestFacts, requestFacts, writeParts } from './parts.ts';

/** Time off that somebody asks for, day by day in its entries. Reference: 33-time-off-requests.md. */
export const timeOffRequests = defineResource<RequestFacts>({
  name: 'time_off_requests',
  singular: 'time off request',
  says: "Somebody's wish for time off: its days stand in entries, what was said about it in notes.",
  spec: '33-time-off-requests.md',
  table: 'time_off_requests',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the request.' },
    user_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'users',
      ownByDefault: true,
      says: 'User whose time off it is; who asks when not given.',
    },
    time_off_request_notes: {
      type: 'rows',
      mode: 'read-write',
      references: 'time_off_request_notes',
      by: 'time_off_request_id',
      most: 100,
      sql: `ARRAY(SELECT n.id FROM time_off_request_notes n
        WHERE n.company_id = t.company_id AND n.time_off_request_id = t.id ORDER BY n.id)`,
      says: 'Notes; those given are added.',
    },
    time_off_request_entries: {
      type: 'rows',
      mode: 'read-write',
      references: 'time_off_request_entries',
      by: 'time_off_request_id',
      required: true,
      most: 100,
      sql: `ARRAY(SELECT e.id FROM time_off_request_entries e WHERE e.company_id = t.company_id
        AND e.time_off_request_id = t.id AND (e.active OR NOT t.active) ORDER BY e.id)`,
      says: 'Entries; those given are added. An archived entry is left out unless the request is archived itself.',
    },
    status: {
      type: 'choice',
      mode: 'read-write',
      values: timeOffStatuses,
      byDefault: 'pending',
      says: 'What became of it; the entries follow. Pending while any entry is.',
    },
    active: {
      type: 'boolean',
      mode: 'read-write',
      byDefault: true,
      says: 'False for an archived request. Archiving takes entries and notes along and cancels what is not denied.',
    },
    created: { type: 'instant', mode: 'read-only', says: 'When the request was made.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the request was changed last.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    user_ids: { kind: 'ids', column: 'user_id' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    { resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')])) },
    {
      resource: 'time_off_request_notes',
      ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('time_off_request_notes')])),
    },
    {
      resource: 'time_off_request_entries',
      ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('time_off_request_entries')])),
    },
    {
      resource: 'users',
      through: 'time_off_request_entries',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('approver_user_id')] ?? 0)),
    },
  ],
  turns: timeOffTurns,
  busy: true,
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: mayTakePart, create: mayAsk, update: mayTakePart, remove: 'nobody' },
  denied: {
    create: 'request time off for that user',
    update: 'edit time off of that user',
    remove: 'delete time off',
  },
  hooks: {
    facts: requestFacts,
    prepare: ({ values, before, nested, given }) => {
      const archived = values.active === false;
      if (archived && before?.active === false && Object.values(nested).some(({ length }) => length > 0))
        return new DomainError('invalid', 'The request is archived.', { field: 'active' });
      if (archived && before?.active === false && given.has('status') && values.status !== before.status)
        return new DomainError('invalid', 'The request is archived.', { field: 'active' });
      if (archived && before?.active !== false) values.status = archivedStatus(values.status as TimeOffStatus);
      return undefined;
    },
    together: judgeParts,
    after: writeParts,
  },
});
