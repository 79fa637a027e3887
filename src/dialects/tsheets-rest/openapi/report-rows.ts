import type { Schema } from '../../../http/openapi/types.ts';
import { projectStatuses } from '../../../resources/projects/definition.ts';
import { byId, closed, schemaRef } from './names.ts';

const day: Schema = { type: 'string', format: 'date' };
const dayOrBlank: Schema = { type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' };
const moment: Schema = { type: 'string', format: 'date-time' };
const momentOrBlank: Schema = { type: 'string', anyOf: [{ format: 'date-time' }, { const: '' }] };
const integer: Schema = { type: 'integer' };
const ids: Schema = { type: 'array', items: integer };
const seconds = (description: string): Schema => ({ type: 'integer', description });
const byRate = (description: string): Schema => ({ ...byId(integer, '^\\d+(\\.\\d+)?$'), description });

const totals: Readonly<Record<string, Schema>> = {
  total_re_seconds: seconds('Regular time.'),
  total_ot_seconds: seconds('Overtime at 1.5 times the rate; only in the standard layout.'),
  total_dt_seconds: seconds('Time at twice the rate; only in the standard layout.'),
  total_pto_seconds: seconds('Paid time off.'),
  total_work_seconds: seconds('All paid time.'),
};
const rates: Readonly<Record<string, Schema>> = {
  overtime_seconds: byRate('Overtime by the multiple of the rate; only in the advanced layout.'),
  fixed_rate_seconds: byRate('Overtime by the amount that is added to an hour; only in the advanced layout.'),
};
const byLayout = ['total_ot_seconds', 'total_dt_seconds', ...Object.keys(rates)];

/** What one person is paid. */
export const payrollRow: Schema = closed(
  {
    user_id: integer,
    client_id: { type: 'string', description: 'The id of the company.' },
    start_date: day,
    end_date: day,
    ...totals,
    pto_seconds: { ...byId(integer), description: 'Paid time off by jobcode.' },
    ...rates,
  },
  byLayout,
);

/** Time on one jobcode. */
export const jobcodeTotals: Schema = closed({ jobcode_id: integer, ...totals, ...rates }, byLayout);

/** Time on one jobcode and day. */
export const jobcodeTotalsOfDay: Schema = closed(
  { jobcode_id: integer, ...totals, total_unpaid_seconds: seconds('Unpaid time.'), ...rates },
  byLayout,
);

/** Why time is paid as it is. */
export const explained: Schema = closed(
  {
    timesheet_id: integer,
    jobcode_id: integer,
    date: { ...day, description: 'The workday.' },
    start: { ...momentOrBlank, description: 'Blank for time without hours.' },
    end: momentOrBlank,
    seconds: integer,
    class: { type: 'string', enum: ['regular', 'overtime', 'pto', 'unpaid', 'deducted'] },
    multiplier: { type: 'number', description: 'Of overtime that is paid at a multiple of the rate.' },
    fixed: { type: 'number', description: 'Of overtime with an amount added to the hour.' },
    rule: {
      type: 'string',
      enum: [
        'straight',
        'weekly',
        'daily',
        'seventh_day',
        'consecutive',
        'automatic_break',
        'deduction',
        'pto',
        'unpaid',
        'exempt',
      ],
      description: 'The part of the rules that decided.',
    },
    threshold: seconds('After how much time it does so.'),
    day_seconds: seconds('What counted in the workday before this.'),
    week_seconds: seconds('What counted in the week before this.'),
  },
  ['multiplier', 'fixed'],
);

const tracked: Readonly<Record<string, Schema>> = {
  total_clocked_in_seconds: seconds('Time of those who are on the clock.'),
  total_clocked_out_seconds: seconds('Closed time.'),
  total_tracked_seconds: seconds('Both together.'),
};
const onTheClock: Schema = { type: 'boolean', description: 'Whether somebody is on the clock.' };
/** How much of an estimate is used. */
export const progress: Schema = {
  type: ['number', 'null'],
  description: 'Tracked by estimated time in hundredths; null where nothing is estimated.',
};

const project: Readonly<Record<string, Schema>> = {
  id: integer,
  jobcode_id: integer,
  parent_jobcode_id: integer,
  name: { type: 'string' },
  status: { type: 'string', enum: projectStatuses },
  description: { type: 'string' },
  start_date: dayOrBlank,
  due_date: dayOrBlank,
  completed_date: dayOrBlank,
  active: { type: 'integer', enum: [0, 1] },
  last_modified: moment,
  created: moment,
  estimate_id: { ...integer, description: '0 for none.' },
  estimate_by: { type: ['string', 'null'] },
  estimate_by__id: { ...integer, description: 'The custom field whose values are estimated; 0 for none.' },
  ...tracked,
  total_estimated_seconds: integer,
  total_note_count: integer,
  unread_posts_count: { ...integer, description: 'Notes and replies that the caller has not read.' },
  unread_replies_count: integer,
  budget_progress: progress,
  clocked_in_user_ids: ids,
};

/** A project in the summary. */
export const estimateRow: Schema = closed(project);

const { unread_replies_count: _, ...projectInDetail } = project;
/** Tracked time of something. */
export const trackedTime: Readonly<Record<string, Schema>> = { ...tracked, on_the_clock: onTheClock };
const byUsers = { users: byId(schemaRef('TrackedTime')) };
const itemTime = closed({ ...trackedTime, ...byUsers });
const orEmptyList = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'array', maxItems: 0, items: {} }] });

/** A project in detail, and its parts. */
export const estimateDetail: Readonly<Record<string, Schema>> = {
  TrackedTime: closed(trackedTime),
  ProjectEstimateDetail: closed({
    ...projectInDetail,
    tracked_time: closed({
      ...byUsers,
      groups: byId(closed(byUsers)),
      jobcodes: byId(itemTime),
      customfields: orEmptyList(byId(closed({ customfielditems: byId(itemTime) }))),
    }),
    estimate_items: orEmptyList(byId(schemaRef('EstimateItemProgress'))),
    on_the_clock: onTheClock,
    customfielditem_id: integer,
    assigned_to_all: { type: 'boolean' },
    preview_assigned_user_ids: ids,
    total_assigned_users: integer,
  }),
};

/** The filters of the project estimate report as they were understood. */
export const projectFilters: Schema = closed({
  page: integer,
  limit: integer,
  project_ids: ids,
  statuses: { type: 'array', items: { type: 'string' } },
  parent_jobcode_id: { anyOf: [integer, { const: '' }] },
  jobcode_ids: { anyOf: [ids, { const: '' }] },
  active: { anyOf: [{ type: 'boolean' }, { const: 'both' }] },
  search: orEmptyList(closed({ name: { type: 'string' } })),
  has_time_tracked: { type: 'boolean' },
  time_tracked_start_date: { type: ['string', 'null'] },
  time_tracked_end_date: { type: ['string', 'null'] },
});

/** The group of those who are in none. */
export const noGroup: Schema = closed({
  id: { const: 0 },
  name: { const: '-' },
  last_modified: moment,
  created: moment,
});

/** Somebody's current time. */
export const totalsRow: Schema = closed({
  user_id: integer,
  on_the_clock: { type: 'boolean' },
  timesheet_id: { type: ['integer', 'null'], description: 'The open timesheet.' },
  jobcode_id: { type: ['integer', 'null'], description: '0 on the clock without a jobcode.' },
  group_id: integer,
  shift_geolocations_available: { type: 'boolean' },
  shift_seconds: integer,
  day_seconds: integer,
});

const hoursText: Schema = { type: 'string', pattern: '^-?\\d+\\.\\d{2}$' };

/** The project report. */
export const projectTotals: Schema = closed({
  project_report: closed({
    start_date: day,
    end_date: day,
    totals: closed({
      users: { ...byId(hoursText), description: 'Hours by user.' },
      groups: { ...byId({ type: 'number' }), description: 'Hours by group.' },
      jobcodes: { ...byId(hoursText), description: 'Hours by jobcode.' },
      customfields: {
        ...byId(byId(hoursText)),
        description: 'Hours by custom field and item; 0 for time without one.',
      },
    }),
  }),
  filters: closed({
    user_ids: ids,
    group_ids: ids,
    jobcode_type: { type: 'string' },
    customfielditems: byId({ type: 'array', items: { type: 'string' } }),
    jobcode_ids: { type: 'array', items: { type: 'string' } },
  }),
});

/** What rounding made of punches. */
export const roundingTotals: Readonly<Record<string, Schema>> = {
  punches: integer,
  start_won_seconds: seconds('Paid beyond the punches, at starts.'),
  start_lost_seconds: seconds('Not paid though punched, at starts.'),
  end_won_seconds: seconds('Paid beyond the punches, at ends.'),
  end_lost_seconds: seconds('Not paid though punched, at ends.'),
  net_seconds: seconds('Won less lost.'),
  net_minutes: { type: 'number' },
};

/** A workday without its break. */
export const breakDay: Schema = closed({
  date: day,
  state: { type: 'string', enum: ['missed', 'short'] },
  worked_seconds: integer,
  due_seconds: integer,
  taken_seconds: integer,
  deducted_seconds: integer,
});
