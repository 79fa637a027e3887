import type { Schema } from '../../../http/openapi/types.ts';
import { jobcodeTypes } from '../../../resources/jobcodes/definition.ts';
import type { Said } from '../action.ts';
import { access, flag, id, ids, moment, named, params, text, whole } from './parts.ts';

/** A job code in an answer. */
export const jobcodeSchema: Schema = whole(
  {
    ...access('read-only', { id: id('Id of the job code.') }),
    ...access('read-write', {
      parent_id: id('Job code above it; 0 at the top level.'),
      name: text('Name; no two under the same parent share one.'),
      type: { enum: jobcodeTypes, description: 'Work, time off or a break.' },
      alias: text('Short code; no two under the same parent share one.'),
      billable: flag('Whether it is billable.'),
    }),
    ...access('read-only', { billable_rate: { type: 'number', description: 'Amount charged for an hour.' } }),
    ...access('read-write', { global: flag('Whether everyone may use it, those who come later too.') }),
    ...access('read-only', {
      active: flag('0 when it was deleted.'),
      has_children: flag('Whether active job codes stand below it.'),
      created: moment('When it was made.'),
      last_modified: moment('When it was changed last.'),
    }),
  },
  { description: 'What time is recorded on; job codes stand in a tree.' },
);

const answer = whole({ jobcode: named('LegacyJobCode') });
const manage = 'It takes manage_jobcodes.';

const tree = {
  parent_id: id('Job code above it; 0 at the top level.'),
  alias: text('Short code, also for clocking in by text message.'),
  global: flag('1 lets everyone use it, those who come later too.'),
  billable: flag('1 makes it billable.'),
};

const username: Schema = text('User name, id or email address; yourself when it is not given.');

const moments = '2026-06-15 18:00:00';

const harbor = {
  id: 71,
  parent_id: 0,
  name: 'Harbor Point Hotel',
  type: 'regular',
  alias: 'HPH',
  billable: 1,
  billable_rate: 0,
  global: 0,
  active: 1,
  has_children: 0,
  created: moments,
  last_modified: moments,
};
const inspection = { ...harbor, id: 72, parent_id: 71, name: 'Inspection', alias: '10', billable: 0 };
const edited = { ...inspection, name: 'HVAC inspection', billable: 1 };
const pine = { ...harbor, id: 73, name: 'Pine Street Apartments', alias: 'PSA', has_children: 1 };

export const jobcodesSaid = {
  getJobcodes: {
    tag: 'Job codes',
    summary: 'List job codes',
    description:
      'Job codes under some parents, or some by their ids: all of them for those with manage_jobcodes, for others those that ' +
      'they are assigned. `more` says whether there is another page.',
    reads: true,
    parameters: params({
      assigned_to: {
        type: 'string',
        description: 'Only those that this user is assigned: user name, id or email address.',
        'x-permission': 'Oneself, and those who may assign the user job codes.',
      },
      ids: ids('Only these, 200 at most, whatever their parents.'),
      parent_ids: { ...ids('Only those under these, 200 at most.'), default: '0' },
      active: { type: 'string', enum: ['yes', 'no', 'both'], default: 'yes', description: 'Active or deleted ones.' },
      type: { type: 'string', enum: ['all', ...jobcodeTypes], default: 'all', description: 'Only those of this type.' },
      modified_since: text('Only those changed after this moment, in the order of change. `YYYY-MM-DD hh:mm:ss`, UTC.'),
      modified_before: text('Only those changed before this moment. `YYYY-MM-DD hh:mm:ss`, UTC.'),
      per_page: { type: 'integer', minimum: 1, default: 50, description: 'How many a page has, 1,000 at most.' },
      page: { type: 'integer', minimum: 1, default: 1, description: 'Which page.' },
    }),
    fields: whole({
      jobcodes: { type: 'array', items: named('LegacyJobCode'), description: 'The job codes.' },
      more: flag('Whether there is another page.'),
    }),
    examples: [
      {
        summary: 'What stands below one',
        params: { parent_ids: '71' },
        message: 'Successfully retrieved jobcodes',
        fields: { jobcodes: [edited], more: 0 },
      },
    ],
  },
  jobcodeAdd: {
    tag: 'Job codes',
    summary: 'Add a job code',
    description: `Without \`global\` it is for everyone where its parent is. ${manage}`,
    parameters: params(
      {
        job_code_name: text('Name.'),
        job_code_type: {
          type: 'string',
          enum: ['regular', 'pto'],
          default: 'regular',
          description: 'Work or time off.',
        },
        ...tree,
        assign_all: flag('1 assigns it to each user of now.'),
      },
      ['job_code_name'],
    ),
    fields: answer,
    examples: [
      {
        summary: 'A customer',
        params: { job_code_name: 'Harbor Point Hotel', alias: 'HPH', billable: 1, assign_all: 1 },
        message: 'Jobcode added successfully',
        fields: { jobcode: harbor },
      },
      {
        summary: 'Work at the customer',
        params: { job_code_name: 'Inspection', parent_id: 71, alias: '10' },
        message: 'Jobcode added successfully',
        fields: { jobcode: inspection },
      },
    ],
  },
  jobcodeEdit: {
    tag: 'Job codes',
    summary: 'Edit a job code',
    description: `What is not given stays. The type changes as long as nothing was recorded on the job code. ${manage}`,
    parameters: params(
      {
        job_code_id: id('The job code.'),
        job_code_name: text('Another name.'),
        new_job_code_type: { type: 'string', enum: ['regular', 'pto'], description: 'Another type.' },
        ...tree,
      },
      ['job_code_id'],
      // Inside of allOf, since generators of clients take a bare anyOf for other shapes of the whole.
      { allOf: [{ anyOf: [{ required: ['job_code_name'] }, { required: ['new_job_code_type'] }] }] },
    ),
    fields: answer,
    examples: [
      {
        summary: 'Another name',
        params: { job_code_id: 72, job_code_name: 'HVAC inspection', billable: 1 },
        message: 'Jobcode edited successfully',
        fields: { jobcode: edited },
      },
    ],
  },
  jobcodeDelete: {
    tag: 'Job codes',
    summary: 'Delete a job code',
    description: `Archives it with all below it; time on it stays. ${manage}`,
    parameters: params({ job_code_id: id('The job code.') }, ['job_code_id']),
    fields: answer,
    examples: [
      {
        summary: 'A customer who left',
        params: { job_code_id: 73 },
        message: 'Jobcode deleted successfully',
        fields: { jobcode: { ...pine, active: 0, has_children: 0 } },
      },
    ],
  },
  jobcodeDuplicate: {
    tag: 'Job codes',
    summary: 'Duplicate a job code',
    description:
      'Copies an active job code with all active ones below it, 1,000 at most. Assignments of single users and projects are ' +
      `not copied. ${manage}`,
    parameters: params(
      {
        copy_id: id('The job code to copy.'),
        duplicate_name: text('Name of the copy.'),
        parent_id: id('Job code above the copy; 0 at the top level.'),
        alias: text('Short code of the copy.'),
      },
      ['copy_id', 'duplicate_name', 'parent_id'],
    ),
    fields: answer,
    examples: [
      {
        summary: 'A customer like another',
        params: { copy_id: 71, duplicate_name: 'Pine Street Apartments', parent_id: 0, alias: 'PSA' },
        message: 'Jobcode duplicated successfully',
        fields: { jobcode: pine },
      },
    ],
  },
  jobcodeAssign: {
    tag: 'Job codes',
    summary: 'Assign a job code',
    description:
      'Assigns it, with all below it, to a user. It takes manage_jobcodes, manage_users, or managing the group.',
    parameters: params({ job_code_id: id('The job code.'), username }, ['job_code_id']),
    examples: [
      {
        summary: 'To Hannah',
        params: { job_code_id: 73, username: 'hannah' },
        message: 'Jobcode assigned successfully',
      },
    ],
  },
  jobcodeUnassign: {
    tag: 'Job codes',
    summary: 'Unassign a job code',
    description: 'Takes it, with all below it, from a user. It takes what assigning takes.',
    parameters: params({ job_code_id: id('The job code.'), username }, ['job_code_id']),
    examples: [
      {
        summary: 'From Hannah',
        params: { job_code_id: 73, username: 'hannah' },
        message: 'Jobcode unassigned successfully',
      },
    ],
  },
} as const satisfies Readonly<Record<string, Said>>;
