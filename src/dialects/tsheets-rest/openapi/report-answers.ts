import type { Schema } from '../../../http/openapi/types.ts';
import { byId, closed, schemaRef } from './names.ts';
import { roundingSchema } from './report-filters.ts';
import {
  breakDay,
  estimateDetail,
  estimateRow,
  explained,
  jobcodeTotals,
  jobcodeTotalsOfDay,
  noGroup,
  payrollRow,
  projectFilters,
  projectTotals,
  roundingTotals,
  totalsRow,
} from './report-rows.ts';

/** What is said of a report. */
export interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** The name of the schema of its answer. */
  readonly schema: string;
  readonly filters: readonly string[];
  readonly required: readonly string[];
  /** The answer but for supplemental_data, and which of it may be missing. */
  readonly properties: Readonly<Record<string, Schema>>;
  readonly optional?: readonly string[];
  /** Schemas that the answer names. */
  readonly parts?: Readonly<Record<string, Schema>>;
  /** Sections of supplemental_data. */
  readonly carries: readonly string[];
  /** Rows of sections that may be otherwise than their schema says. */
  readonly rows?: Readonly<Record<string, Schema>>;
  readonly explains?: true;
}

const day: Schema = { type: 'string', format: 'date' };
const idTexts: Schema = { type: 'array', items: { type: 'string' } };
const time = ['start_date', 'end_date', 'user_ids', 'group_ids', 'rules'];
const range = ['start_date', 'end_date'];
const explain = {
  explain: {
    ...byId({ type: 'array', items: schemaRef('ExplainedSegment') }),
    description: 'By user, with `explain`.',
  },
};

/** The reports by endpoint. */
export const reportAnswers: Readonly<Record<string, Described>> = {
  'reports/payroll': {
    operationId: 'payrollReport',
    summary: 'Payroll report',
    description:
      'How the closed time of each person is paid: regular, overtime by the rules that apply to him, and paid time off. In seconds.',
    schema: 'PayrollReport',
    filters: [...time, 'include_zero_time', 'advanced_overtime', 'explain'],
    required: range,
    properties: {
      results: closed(
        { payroll_report: { ...byId(schemaRef('PayrollReportRow')), description: 'By user.' }, ...explain },
        ['explain'],
      ),
    },
    parts: { PayrollReportRow: payrollRow, ExplainedSegment: explained },
    carries: ['users', 'jobcodes'],
    explains: true,
  },
  'reports/payroll_by_jobcode': {
    operationId: 'payrollByJobcodeReport',
    summary: 'Payroll report by jobcode',
    description: 'The same time by jobcode, in all and by person, and for each person by day.',
    schema: 'PayrollByJobcodeReport',
    filters: [...time, 'advanced_overtime', 'explain'],
    required: range,
    properties: {
      results: closed(
        {
          payroll_by_jobcode_report: closed({
            totals: byId(schemaRef('JobcodeTotals')),
            by_user: byId(
              closed({
                user_id: { type: 'integer' },
                totals: byId(schemaRef('JobcodeTotals')),
                dates: byId(byId(schemaRef('JobcodeTotalsOfDay')), '^\\d{4}-\\d{2}-\\d{2}$'),
              }),
            ),
          }),
          filters: closed({ start_date: day, end_date: day, user_ids: idTexts, group_ids: idTexts }, [
            'user_ids',
            'group_ids',
          ]),
          ...explain,
        },
        ['explain'],
      ),
    },
    parts: { JobcodeTotals: jobcodeTotals, JobcodeTotalsOfDay: jobcodeTotalsOfDay },
    carries: ['users', 'jobcodes'],
    explains: true,
  },
  'reports/project_estimate': {
    operationId: 'projectEstimateReport',
    summary: 'Project estimate report',
    description: 'Projects with their budgets and what was used of them.',
    schema: 'ProjectEstimateReport',
    filters: [
      'project_ids',
      'statuses',
      'parent_jobcode_id',
      'jobcode_ids',
      'active',
      'search',
      'has_time_tracked',
      'time_tracked_start_date',
      'time_tracked_end_date',
      'sort_by',
      'results_as_array',
      'limit',
      'page',
    ],
    required: [],
    properties: {
      filters: projectFilters,
      more: { type: 'boolean', description: 'Whether there is another page.' },
      total_count: { type: 'integer', description: 'How many projects there are on all pages.' },
      results: rows('ProjectEstimateRow'),
    },
    parts: { ProjectEstimateRow: estimateRow },
    carries: ['users', 'jobcodes', 'customfields'],
  },
  'reports/project_estimate_detail': {
    operationId: 'projectEstimateDetailReport',
    summary: 'Project estimate detail report',
    description:
      'One project with its time by people, groups, jobcodes and values of custom fields, and by the items of its budget.',
    schema: 'ProjectEstimateDetailReport',
    filters: ['project_id', 'results_as_array'],
    required: ['project_id'],
    properties: { filters: closed({ project_id: { type: 'integer' } }), projects: rows('ProjectEstimateDetail') },
    parts: estimateDetail,
    carries: ['users', 'groups', 'jobcodes', 'customfields', 'customfielditems'],
  },
  'reports/current_totals': {
    operationId: 'currentTotalsReport',
    summary: 'Current totals report',
    description: 'Who works now, on what, and for how long: the running shift and the day, in seconds.',
    schema: 'CurrentTotalsReport',
    filters: ['user_ids', 'group_ids', 'on_the_clock', 'order_by', 'order_desc', 'limit', 'page'],
    required: [],
    properties: {
      results: closed({ current_totals: { ...byId(schemaRef('CurrentTotals')), description: 'By user.' } }),
      more: { type: 'boolean', description: 'Whether there is another page.' },
    },
    parts: { CurrentTotals: totalsRow },
    carries: ['users', 'groups', 'timesheets', 'jobcodes', 'customfields'],
    rows: { groups: { anyOf: [schemaRef('Group'), noGroup] } },
  },
  'reports/project': {
    operationId: 'projectReport',
    summary: 'Project report',
    description: 'Hours of closed time by people, groups, jobcodes and values of custom fields.',
    schema: 'ProjectReport',
    filters: [...range, 'user_ids', 'group_ids', 'jobcode_ids', 'jobcode_type', 'customfielditems'],
    required: range,
    properties: { results: projectTotals },
    carries: ['users', 'jobcodes', 'customfields', 'customfielditems'],
  },
  'reports/rounding': {
    operationId: 'roundingReport',
    summary: 'Rounding report',
    description:
      'The seconds that people won and lost by the rounding of their punches; with `rules`, what other rounding would make of the same punches. An addition of this server.',
    schema: 'RoundingReport',
    filters: time,
    required: range,
    properties: {
      results: closed({
        rounding_report: closed({
          start_date: day,
          end_date: day,
          what_if: { ...roundingSchema, description: 'The rounding that was tried out; null for that in force.' },
          total: closed(roundingTotals),
          users: byId(closed({ user_id: { type: 'integer' }, ...roundingTotals })),
        }),
      }),
    },
    carries: ['users'],
  },
  'reports/breaks': {
    operationId: 'breaksReport',
    summary: 'Breaks report',
    description:
      'The workdays on which the automatic break was due and nobody took it, or not for long enough. An addition of this server.',
    schema: 'BreaksReport',
    filters: time,
    required: range,
    properties: {
      results: closed({
        breaks_report: closed({
          start_date: day,
          end_date: day,
          total: closed(counts()),
          users: byId(
            closed({ user_id: { type: 'integer' }, ...counts(), workdays: { type: 'array', items: breakDay } }),
          ),
        }),
      }),
    },
    carries: ['users'],
  },
};

function counts(): Record<string, Schema> {
  return {
    missed: { type: 'integer', description: 'Workdays without the break.' },
    short: { type: 'integer', description: 'Workdays on which it was too short.' },
  };
}

/** By id, or an array in the order that was asked for. */
function rows(name: string): Schema {
  return { anyOf: [byId(schemaRef(name)), { type: 'array', items: schemaRef(name) }] };
}
