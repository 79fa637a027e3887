import type { Field } from '../../engine/definition.ts';
import { timeOffStatuses } from '../../rules/time-off.ts';

const byMethod = { manual: 'read-only', regular: 'read-write' } as const;
const byMethodOther = { manual: 'read-write', regular: 'read-only' } as const;

/** Properties in the order of the reference's example. */
export const fields: Readonly<Record<string, Field>> = {
  id: { type: 'integer', mode: 'read-only', says: 'Id of the entry.' },
  time_off_request_id: {
    type: 'reference',
    mode: 'write-once',
    references: 'time_off_requests',
    required: true,
    says: 'Request that the entry belongs to.',
  },
  status: {
    type: 'choice',
    mode: 'read-write',
    values: timeOffStatuses,
    byDefault: 'pending',
    says: 'What became of it. An approved entry is a timesheet.',
  },
  approver_user_id: {
    type: 'reference',
    mode: 'read-only',
    says: 'User who approved or denied the entry; 0 for nobody.',
  },
  date: { type: 'day', mode: byMethodOther, required: ['manual'], says: 'Local calendar day.' },
  entry_method: {
    type: 'choice',
    mode: 'read-write',
    values: ['manual', 'regular'],
    required: true,
    says: 'manual has a date and a duration, regular a start and an end.',
  },
  duration: {
    type: 'integer',
    mode: 'read-write',
    required: ['manual'],
    least: 0,
    says: 'Seconds; from start to end where the entry method is regular, otherwise kept in hundredths of an hour.',
  },
  start_time: {
    type: 'local-instant',
    mode: byMethod,
    column: 'start_at',
    offset: 'start_offset',
    required: ['regular'],
    says: 'Start; the first second of the day where the entry method is manual.',
  },
  end_time: {
    type: 'local-instant',
    mode: byMethod,
    column: 'end_at',
    offset: 'end_offset',
    required: ['regular'],
    says: 'End; the last second of the day where the entry method is manual.',
  },
  tz_string: { type: 'text', mode: 'read-only', says: "IANA time zone of the user when the entry's time was given." },
  jobcode_id: {
    type: 'reference',
    mode: 'read-write',
    references: 'jobcodes',
    required: true,
    says: 'Jobcode of paid or unpaid time off.',
  },
  user_id: {
    type: 'reference',
    mode: 'write-once',
    references: 'users',
    says: 'User whose time off it is: the one of the request.',
  },
  approved_timesheet_id: {
    type: 'integer',
    mode: 'read-only',
    sql: `coalesce((SELECT s.id FROM timesheets s
      WHERE s.company_id = t.company_id AND s.time_off_request_entry_id = t.id), 0)`,
    says: 'Timesheet that the approved entry became; 0 for none.',
  },
  active: {
    type: 'boolean',
    mode: 'read-write',
    byDefault: true,
    says: 'False for an archived entry. Archiving cancels what is pending or approved.',
  },
  created: { type: 'instant', mode: 'read-only', says: 'When the entry was made.' },
  last_modified: { type: 'instant', mode: 'read-only', says: 'When the entry was changed last.' },
};
