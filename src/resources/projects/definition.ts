import { defineResource, type Field, type Rule } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { assignedJobcodes } from '../jobcode-assignments/queries.ts';
import { type ProjectFacts, projectFacts } from './facts.ts';
import { adopt, completeOrReopen, datesInOrder, followsJobcodeRules, note } from './rules.ts';
import { afterProjects, writeJobcodes } from './writes.ts';

/** States of a project. */
export const projectStatuses = ['not_started', 'in_progress', 'complete'] as const;

/** Who sees a project and all that belongs to it: `column` holds its id. */
export function seesProject(column: string): Rule {
  return { any: [{ has: 'manage_projects' }, { has: 'view_projects' }, { memberOf: column }] };
}

const readTimes = `(SELECT '{"notes_read_times":[' || coalesce((
  SELECT r.id::text FROM project_activity_read_times r
  WHERE r.company_id = t.company_id AND r.user_id = viewer.id AND r.project_id = t.id), '') || ']}')`;

const day: Pick<Field, 'type' | 'mode' | 'withTime'> = { type: 'day', mode: 'read-write', withTime: true };

/** Work on one jobcode with dates and a status. Reference: 22-projects.md. */
export const projects = defineResource<ProjectFacts>({
  name: 'projects',
  singular: 'project',
  says: 'Work with a beginning, an end and a status. A project has a jobcode of its own, on which its time is recorded.',
  spec: '22-projects.md',
  table: 'projects',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the project.' },
    jobcode_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'jobcodes',
      says: 'Jobcode that time on the project is recorded against; one is made when none is given.',
    },
    parent_jobcode_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'jobcodes',
      says: "Parent of the project's jobcode; 0 at the top level.",
    },
    name: {
      type: 'text',
      mode: 'read-write',
      longest: 64,
      says: 'Name of the project and of its jobcode. A jobcode that is given on creation brings its own.',
    },
    status: {
      type: 'choice',
      mode: 'read-write',
      values: projectStatuses,
      byDefault: 'not_started',
      says: 'State of the work. The jobcode of a complete project is archived.',
    },
    description: { type: 'text', mode: 'read-write', longest: 300, says: 'Description.' },
    start_date: { ...day, says: 'Day on which the work starts, not after the due date.' },
    due_date: { ...day, says: 'Day on which the work is due, not before the start.' },
    completed_date: {
      ...day,
      says: 'Day on which the work was completed, not before the start; set when the status becomes complete, unless given.',
    },
    active: {
      type: 'boolean',
      mode: 'read-write',
      byDefault: true,
      says: 'False for an archived project, whose jobcode is archived too.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the project was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the project was created.' },
    linked_objects: {
      type: 'json',
      holds: { idsOf: ['notes_read_times'] },
      mode: 'read-only',
      sql: readTimes,
      personal: true,
      says: 'notes_read_times: id of the row of project_activity_read_times of the one who asks.',
    },
  },
  refusals: { conflict: 'The name is taken below the same parent, or the jobcode has a project already.' },
  madeWithOneOf: ['name', 'jobcode_id'],
  filters: {
    ids: { kind: 'ids', column: 'id' },
    jobcode_ids: { kind: 'ids', column: 'jobcode_id' },
    parent_jobcode_id: { kind: 'ids', column: 'parent_jobcode_id', zeroIsNull: true },
    name: { kind: 'wildcard', column: 'name' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    by_jobcode_assignment: {
      kind: 'yes-no-both-sql',
      says: 'Yes: only projects whose jobcode is assigned to the caller.',
      byDefault: 'no',
      where: (yes, companyId, { actor: { userId } }) =>
        yes ? sql`t.jobcode_id = ANY(ARRAY(${assignedJobcodes(companyId, userId)}))` : sql`TRUE`,
    },
    // Not in the reference; clients send it.
    status: { kind: 'texts', column: 'status' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'jobcodes',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('jobcode_id')])),
      ancestors: 'parent_id',
    },
  ],
  turns: 'jobcodes',
  verbs: new Set(['list', 'create', 'update']),
  allow: {
    view: seesProject('id'),
    create: { has: 'manage_projects' },
    update: { has: 'manage_projects' },
    remove: 'nobody',
  },
  denied: { create: 'create projects', update: 'edit projects', remove: 'delete projects' },
  hooks: {
    facts: projectFacts,
    prepare: adopt,
    check: [datesInOrder, completeOrReopen, followsJobcodeRules],
    accept: note,
    prior: writeJobcodes,
    after: afterProjects,
  },
});
