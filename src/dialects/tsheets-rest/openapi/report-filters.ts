import type { Schema } from '../../../http/openapi/types.ts';
import { totalsOrders } from '../../../reports/current-totals/index.ts';
import { sortFields } from '../../../reports/project-estimate/query.ts';
import { projectStatuses } from '../../../resources/projects/definition.ts';
import { weekdays } from '../../../rules/pay/rule-set.ts';
import { jobcodeTypesOfReport } from '../reports/project.ts';
import { byId, closed } from './names.ts';

const day: Schema = { type: 'string', format: 'date' };
const ids: Schema = { type: 'array', items: { type: 'integer' }, maxItems: 10_000 };
const yesNo = (byDefault: 'yes' | 'no', description: string): Schema => ({
  type: 'string',
  enum: ['yes', 'no'],
  default: byDefault,
  description,
});

const mode: Schema = { type: 'string', enum: ['up', 'down', 'nearest', '7/8', 'none'], default: 'nearest' };

/** How punches are rounded; null for not at all. */
export const roundingSchema: Schema = {
  type: ['object', 'null'],
  properties: { minutes: { type: 'integer', minimum: 1, maximum: 30 }, in: mode, out: mode },
  required: ['minutes'],
  additionalProperties: false,
};

/** What reports can be asked, by name. */
export const reportFilters: Readonly<Record<string, Schema>> = {
  start_date: { ...day, description: 'The first day.' },
  end_date: { ...day, description: 'The last day, at most 375 days in all.' },
  user_ids: { ...ids, description: 'Only these people.' },
  group_ids: { ...ids, description: 'Only the people of these groups; 0 for those without one.' },
  jobcode_ids: { ...ids, description: 'Only time on these jobcodes and those below them; 0 for time on none.' },
  jobcode_type: {
    type: 'string',
    enum: jobcodeTypesOfReport,
    default: 'both',
    description: 'Only time on jobcodes of this type; `both` and `all` for every type.',
  },
  customfielditems: {
    ...byId({ type: 'array', items: { type: 'string' } }),
    description:
      'Only time with one of these values, by custom field, in any case; those of several fields must all match.',
  },
  include_zero_time: yesNo('no', 'Whether people without any time are listed.'),
  advanced_overtime: {
    type: 'string',
    enum: ['yes', 'no'],
    description:
      'Whether overtime is told by rate. When not given: no for applications registered before 2017-10-25, yes for all others. `no` is refused where rules know other rates than 1.5 and 2.',
  },
  explain: yesNo('no', 'Adds why every segment of time is paid as it is.'),
  rules: {
    ...rules(),
    description: 'Rules to be tried out instead of those in force; nothing of it is kept. For admins.',
  },
  supplemental_data: yesNo('yes', 'Whether the rows that the report refers to come along.'),
  on_the_clock: {
    type: 'string',
    enum: ['yes', 'no', 'both'],
    default: 'no',
    description: 'Whether people are listed who are on the clock, who are not, or both.',
  },
  order_by: { type: 'string', enum: totalsOrders, default: 'user_id', description: 'The order.' },
  order_desc: yesNo('no', 'Whether the order is descending.'),
  limit: { type: 'integer', minimum: 1, maximum: 200, default: 200, description: 'How many rows a page holds.' },
  page: { type: 'integer', minimum: 1, default: 1, description: 'Which page, counted from 1.' },
  project_id: { type: 'integer', minimum: 1, description: 'The project.' },
  project_ids: { ...ids, description: 'Only these projects.' },
  statuses: {
    type: 'array',
    items: { type: 'string', enum: projectStatuses },
    description: 'Only projects with one of these statuses.',
  },
  parent_jobcode_id: { type: 'integer', description: 'Only projects right below this jobcode.' },
  active: {
    type: 'string',
    enum: ['yes', 'no', 'both'],
    default: 'yes',
    description: 'Active projects, archived ones, or both.',
  },
  search: {
    ...closed({ name: { type: 'string', description: '`*` stands for any text.' } }),
    description: 'Only projects with such a name.',
  },
  has_time_tracked: yesNo(
    'no',
    'Whether only projects are listed that have time, in the days of the next two filters where they are given.',
  ),
  time_tracked_start_date: { ...day, description: 'With has_time_tracked: from this day on.' },
  time_tracked_end_date: { ...day, description: 'With has_time_tracked: up to this day.' },
  sort_by: {
    type: 'array',
    items: { type: 'string', pattern: `^[+-]?(${sortFields.join('|')})$` },
    description: `The order: ${sortFields.join(', ')}, each with + or - before it.`,
  },
  results_as_array: yesNo(
    'no',
    'Whether the rows come as an array in their order, instead of an object by id. Always with sort_by.',
  ),
};

/** A rule set as src/rules/pay reads it. */
function rules(): Schema {
  const after: Schema = { type: 'integer', minimum: 0, description: 'Seconds after which the step begins.' };
  const steps: Schema = {
    type: 'array',
    maxItems: 10,
    items: {
      oneOf: [
        closed({ after, multiplier: { type: 'number', exclusiveMinimum: 1, maximum: 10 } }),
        closed({ after, fixed: { type: 'number', exclusiveMinimum: 0, maximum: 10_000 } }),
      ],
    },
  };
  const parts: Record<string, Schema> = {
    time_zone: {
      type: ['string', 'null'],
      description: 'Whose calendar decides; null for the zone of each timesheet.',
    },
    week_start: { type: 'string', enum: weekdays, default: 'sunday' },
    workday_start: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', default: '00:00' },
    overnight: { type: 'string', enum: ['start_date', 'split'], default: 'start_date' },
    weekly: steps,
    daily: steps,
    seventh_day: steps,
    consecutive: steps,
    pto_counts: { type: 'boolean', default: false },
    exempt: { type: 'string', enum: ['none', 'salaried', 'all'], default: 'none' },
    automatic_break: {
      type: ['object', 'null'],
      properties: { after, deduct: { type: 'integer', minimum: 1 } },
      required: ['after', 'deduct'],
      additionalProperties: false,
    },
    rounding: roundingSchema,
  };
  return closed(parts, Object.keys(parts));
}
