import type { Schema } from '../../../http/openapi/types.ts';
import { permissionCatalog } from '../../../rules/permissions.ts';
import type { Said } from '../action.ts';
import { shownPermissions } from '../properties/time.ts';
import { access, flag, id, params, text, username, whole } from './parts.ts';

/** What is said of a property that `get` may be asked for. */
interface SaidProperty {
  readonly says: string;
  /** The fields that an answer has for it. */
  readonly fields: Readonly<Record<string, Schema>>;
}

const hours = (description: string): Schema => ({
  type: 'string',
  pattern: '^\\d+:[0-5]\\d$',
  description: `${description} Hours and minutes, such as \`1:17\`.`,
});

const total = (name: string, description: string): Readonly<Record<string, Schema>> => ({
  [name]: hours(description),
  [`${name}_seconds`]: { type: 'integer', minimum: 0, description: `${description} In seconds.` },
});

const ofOne = (name: string, description: string): SaidProperty => ({
  says: description,
  fields: { [name]: text(description) },
});

const day = total('day_total', 'Time of today, with what runs.');
const jobcode: Readonly<Record<string, Schema>> = {
  current_jobcode: {
    type: ['integer', 'string'],
    description: 'Id of the job code that the user works on, 0 for none; empty off the clock.',
  },
  current_jobcode_name: text('Its name; empty for none.'),
};

const means = new Map(permissionCatalog.map(({ name, means: words }) => [name, words]));

const working: Schema = {
  ...whole({
    user_id: id('Id of the user.'),
    username: text('User name.'),
    fname: text('First name.'),
    lname: text('Last name.'),
    working: flag('Whether the user is on the clock.'),
    job_code_id: { type: ['integer', 'string'], description: 'Job code, of those on the clock.' },
    job_code_name: text('Its name.'),
    ...day,
  }),
  required: ['user_id', 'username', 'fname', 'lname', 'working'],
};

/** What is said of each property, by its name. */
export const propertiesSaid: Readonly<Record<string, SaidProperty>> = {
  username: ofOne('username', 'User name.'),
  fname: ofOne('fname', 'First name.'),
  lname: ofOne('lname', 'Last name.'),
  company_name: ofOne('company_name', 'Name of the company.'),
  account_type: {
    says: 'Kind of the account.',
    fields: { account_type: { const: 'business', description: 'Always `business`.' } },
  },
  client_url: ofOne('client_url', 'Address of the company.'),
  settings: {
    says: 'Settings that apply to the one who asks.',
    fields: {
      settings: whole({
        timesheet_notes: flag('Whether notes may be written on timesheets.'),
        hide_working_time: flag('1 where employees see how long they and others have worked, despite the name.'),
        time_format: text('`12` or `24` hours.'),
        tz: text('Time zone, such as `America/New_York`.'),
        week_start: text('First day of the week, such as `sunday`.'),
      }),
    },
  },
  logged_in: {
    says: 'Whether the user has logged in; it may be asked before login, alone.',
    fields: { logged_in: flag('Whether the user has logged in.') },
  },
  clocked_in: {
    says: 'Whether the user is on the clock, and if so on which job code.',
    fields: { clocked_in: flag('Whether the user is on the clock.'), ...jobcode },
  },
  day_total: { says: 'Time of today.', fields: day },
  week_total: {
    says: 'Time of the shift, of today and of the week.',
    fields: {
      ...total('shift_total', 'Time of the run of timesheets up to the open one.'),
      ...day,
      ...total('week_total', 'Time of the week, with what runs.'),
    },
  },
  notes: {
    says: 'Notes on the timesheet that is under way.',
    fields: { notes: text('The notes; empty off the clock.') },
  },
  current_jobcode: { says: 'Job code that the user works on.', fields: jobcode },
  clocked_in_for: {
    says: 'How long the user has been on this job code.',
    fields: { clocked_in_for: hours('Time since the open timesheet began.') },
  },
  perms: {
    says: 'What the user may do.',
    fields: {
      perms: whole(
        Object.fromEntries(
          shownPermissions.map((name) => [name, flag(`Whether the user ${means.get(name) ?? name}.`)]),
        ),
      ),
    },
  },
  who_is_working: {
    says: 'Everyone, who is on the clock, and how long those worked who did so today.',
    fields: { who_is_working: { type: 'array', items: working, description: 'Active people.' } },
  },
};

/** What `get` may answer: what was asked for. */
export const propertiesSchema: Schema = {
  type: 'object',
  description: 'Properties of a user, of the company and of the time: what was asked for.',
  properties: access('read-only', Object.assign({}, ...Object.values(propertiesSaid).map(({ fields }) => fields))),
  additionalProperties: false,
};

const list = Object.entries(propertiesSaid).map(([name, { says }]) => `| \`${name}\` | ${says} |`);

export const getSaid: Said = {
  tag: 'Properties',
  summary: 'Get properties',
  description: `Answers the properties that are asked for.\n\n| property | gives |\n| --- | --- |\n${list.join('\n')}`,
  reads: true,
  parameters: params(
    {
      property: text('Names of properties, with `|` between them.'),
      username: {
        ...username,
        description: `${username.description} It is about time and permissions only, not about the account.`,
      },
    },
    ['property'],
  ),
  fields: propertiesSchema,
  examples: [
    {
      summary: 'What Hannah is doing',
      params: { property: 'clocked_in|clocked_in_for|day_total', username: 'hannah' },
      message: 'successfully retrieved properties: [clocked_in|clocked_in_for|day_total]',
      fields: {
        ...{ clocked_in: 1, current_jobcode: 74, current_jobcode_name: 'HVAC inspection', clocked_in_for: '0:30' },
        ...{ day_total: '1:00', day_total_seconds: 3_600 },
      },
    },
    {
      summary: 'Who is working',
      params: { property: 'who_is_working' },
      message: 'successfully retrieved properties: [who_is_working]',
      fields: {
        who_is_working: [
          { user_id: 11, username: 'dana', fname: 'Dana', lname: 'Whitfield', working: 0 },
          {
            ...{ user_id: 12, username: 'hannah', fname: 'Hannah', lname: 'Lindqvist', working: 1 },
            ...{ job_code_id: 74, job_code_name: 'HVAC inspection', day_total: '1:00', day_total_seconds: 3_600 },
          },
        ],
      },
    },
  ],
};
