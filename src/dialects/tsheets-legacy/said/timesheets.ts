import type { Schema } from '../../../http/openapi/types.ts';
import type { Said } from '../action.ts';
import { access, day, flag, id, ids, moment, named, notes, params, text, username, whole } from './parts.ts';

/** A timesheet in an answer. */
export const timesheetSchema: Schema = whole(
  access('read-only', {
    ts_id: id('Id of the timesheet.'),
    user_id: id('Whose time it is.'),
    username: text('User name of that user.'),
    clocked_in: { const: 0, description: 'Always 0: only completed time is listed.' },
    start_time: moment('Beginning; empty for manual time.', 'in the user’s zone'),
    end_time: moment('End; empty for manual time.', 'in the user’s zone'),
    start_time_gmt: moment('Beginning; empty for manual time.'),
    end_time_gmt: moment('End; empty for manual time.'),
    tz: { type: 'number', description: 'Hours by which the user’s zone was ahead of UTC.' },
    total_seconds: { type: 'integer', description: 'Length in seconds.' },
    total_hours: { type: 'number', description: 'Length in hours, with two decimals.' },
    ip_in: { const: '', description: 'Always empty: addresses are not kept.' },
    ip_out: { enum: ['', '0.0.0.0'], description: '`0.0.0.0` for manual time.' },
    location: text('Where it was recorded from, in words.'),
    locked: flag('Whether it was exported or closed, or lies before the company’s lock date.'),
    exported: flag('Whether it was exported to payroll.'),
    jobcode_id: id('Job code; 0 for none.'),
    jobcode: text('Name of the job code.'),
    custom_fields: {
      type: 'object',
      description: 'Values of custom fields, by the id of the field.',
      propertyNames: { pattern: '^\\d+$' },
      additionalProperties: { type: 'string' },
    },
    notes: text('Notes; `replace_notes` writes them while the timesheet is under way.'),
  }),
  { description: 'A piece of time that somebody worked or took off.' },
);

/** Hours by id. */
const totals = (description: string): Schema => ({
  type: 'object',
  description,
  propertyNames: { pattern: '^\\d+$' },
  additionalProperties: { type: 'number' },
});

/** What get_project_hours answers. */
export const projectHoursSchema: Schema = whole(
  access('read-only', {
    filters: whole({
      start_date: day('First day.'),
      end_date: day('Last day.'),
      job_code_id: id('Job code that was asked for; 0 for all.'),
      user_ids: { type: 'array', items: { type: 'integer' }, description: 'Users that were asked for.' },
      group_ids: { type: 'array', items: { type: 'integer' }, description: 'Groups that were asked for.' },
    }),
    totals: whole({
      jobcodes: totals('Hours by job code, all below it included; 0 stands for none.'),
      users: totals('Hours by user.'),
      groups: totals('Hours by group of now; 0 stands for none.'),
    }),
  }),
  { description: 'Hours by job code, user and group.' },
);

const hannah = { user_id: 12, username: 'hannah', clocked_in: 0 };
const asEver = { location: '', locked: 0, exported: 0 };

const friday = {
  ...{ ts_id: 503, ...hannah, start_time: '', end_time: '', start_time_gmt: '', end_time_gmt: '', tz: -4 },
  ...{ total_seconds: 27_000, total_hours: 7.5, ip_in: '', ip_out: '0.0.0.0', ...asEver },
  ...{ jobcode_id: 72, jobcode: 'HVAC inspection', custom_fields: {}, notes: 'From the paper sheet' },
};

const monday = [
  {
    ...{ ts_id: 501, ...hannah, start_time: '2026-06-15 13:00:00', end_time: '2026-06-15 13:30:00' },
    ...{ start_time_gmt: '2026-06-15 17:00:00', end_time_gmt: '2026-06-15 17:30:00', tz: -4 },
    ...{ total_seconds: 1_800, total_hours: 0.5, ip_in: '', ip_out: '', ...asEver },
    ...{ jobcode_id: 72, jobcode: 'HVAC inspection', custom_fields: {}, notes: 'Filters on the second floor' },
  },
  {
    ...{ ts_id: 502, ...hannah, start_time: '2026-06-15 13:30:00', end_time: '2026-06-15 14:00:00' },
    ...{ start_time_gmt: '2026-06-15 17:30:00', end_time_gmt: '2026-06-15 18:00:00', tz: -4 },
    ...{ total_seconds: 1_800, total_hours: 0.5, ip_in: '', ip_out: '', ...asEver },
    ...{ jobcode_id: 74, jobcode: 'HVAC inspection', custom_fields: {}, notes: 'Valve replaced' },
  },
];

export const timesheetsSaid = {
  addManualTime: {
    tag: 'Timesheets',
    summary: 'Add manual time',
    description: 'Records hours of a day that have no beginning and no end.',
    parameters: params(
      {
        date: day('The day.'),
        hours: { type: 'number', minimum: 0, maximum: 24, description: 'Hours; they become whole seconds.' },
        job_code_id: id('Job code; 0 for none.'),
        notes: notes('Notes on the timesheet.'),
        username,
      },
      ['date', 'hours', 'job_code_id'],
    ),
    examples: [
      {
        summary: 'Seven and a half hours on Friday',
        params: { date: '2026-06-12', hours: 7.5, job_code_id: 72, notes: 'From the paper sheet', username: 'hannah' },
        message: 'Manual time added successfully',
      },
    ],
  },
  deleteTimesheet: {
    tag: 'Timesheets',
    summary: 'Delete a timesheet',
    parameters: params({ id: id('Id of the timesheet (`ts_id`).') }, ['id']),
    examples: [{ summary: 'One timesheet', params: { id: 503 }, message: 'Timesheet deleted successfully' }],
  },
  getTimesheets: {
    tag: 'Timesheets',
    summary: 'List timesheets',
    description:
      'Completed time in the order of days: one’s own, that of the groups one manages, or everyone’s with reports, ' +
      'manage_timesheets or approve_timesheets. The list has no pages; it is sent while it is read.',
    reads: true,
    parameters: params(
      {
        start_date: day('First day.'),
        end_date: day('Last day; 375 days at most, both counted.'),
        job_code_id: id('Only time on this very job code; 0 for time on none.'),
        users: ids('Only time of these users, 200 at most.'),
      },
      ['start_date', 'end_date'],
    ),
    fields: whole({ data: { type: 'array', items: named('LegacyTimesheet'), description: 'The timesheets.' } }),
    examples: [
      {
        summary: 'Hannah’s time since Friday',
        params: { start_date: '2026-06-12', end_date: '2026-06-15', users: '12' },
        message: 'Successfully retrieved timesheets',
        fields: { data: [friday, ...monday] },
      },
    ],
  },
} as const satisfies Readonly<Record<string, Said>>;

export const projectHoursSaid: Said = {
  tag: 'Project hours',
  summary: 'Sum up hours',
  description: 'Hours of completed time by job code, user and group, of the time that one may see.',
  reads: true,
  parameters: params({
    start_date: day('First day; ten years ago when it is not given.'),
    end_date: day('Last day; today when it is not given.'),
    job_code_id: id('Only this job code and what is below it; 0 for all.'),
    user_ids: ids('Only time of these users.'),
    group_ids: ids('Only time of users in these groups; 0 for those in none.'),
  }),
  fields: whole({ data: named('LegacyProjectHours') }),
  examples: [
    {
      summary: 'June so far',
      params: { start_date: '2026-06-01', end_date: '2026-06-15' },
      message: 'Successfully retrieved hours',
      fields: {
        data: {
          filters: { start_date: '2026-06-01', end_date: '2026-06-15', job_code_id: 0, user_ids: [], group_ids: [] },
          totals: { jobcodes: { 71: 8, 73: 0.5 }, users: { 12: 8.5 }, groups: { 0: 8.5 } },
        },
      },
    },
  ],
};
