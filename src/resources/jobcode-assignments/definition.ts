import { defineResource, type Rule } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { assignBelow, removeBelow } from './cascades.ts';
import { type AssignmentFacts, assignmentFacts, findExisting, note, nothingArchived } from './facts.ts';

const jobcodeTypes = ['regular', 'pto', 'paid_break', 'unpaid_break', 'unpaid_time_off'];

/** The jobcodes of which a condition over alias j is true. */
function jobcodesWhere(companyId: number, condition: Sql): Sql {
  return sql`(SELECT j.id FROM jobcodes j WHERE j.company_id = ${companyId} AND ${condition})`;
}

/** IS TRUE keeps the planner from a join: it reads assignments in order and looks each jobcode up in a hash table. */
function ofJobcodes(companyId: number, condition: Sql): Sql {
  return sql`(t.jobcode_id IN ${jobcodesWhere(companyId, condition)}) IS TRUE`;
}

/** Whoever may decide what a user tracks time on. */
const overseer: Rule = { any: [{ has: 'manage_users' }, { has: 'manage_jobcodes' }, { manages: 'user_id' }] };

/** Which users may track time on which jobcodes; user 0 is everyone. Reference: 16-jobcode-assignments.md. */
export const jobcodeAssignments = defineResource<AssignmentFacts>({
  name: 'jobcode_assignments',
  singular: 'jobcode assignment',
  says: 'Says that a user may record time on a jobcode. Without a user it stands for everyone.',
  spec: '16-jobcode-assignments.md',
  table: 'jobcode_assignments',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the assignment.' },
    user_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'users',
      required: true,
      orNone: true,
      says: 'Id of the user; 0 for everyone, which is the same as assigned_to_all of the jobcode.',
    },
    jobcode_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'jobcodes',
      required: true,
      says: 'Id of the jobcode. With a jobcode all active ones below it are assigned.',
    },
    active: {
      type: 'boolean',
      mode: 'read-write',
      byDefault: true,
      says: 'False for an assignment that was removed; a new one is always true.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the assignment was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the assignment was created.' },
  },
  filters: {
    user_ids: {
      kind: 'ids-sql',
      says: 'Only assignments to these users, and those to everyone.',
      where: (ids) => sql`(t.user_id = ANY(${ids}::int[]) OR t.user_id IS NULL)`,
    },
    type: {
      kind: 'choice-sql',
      says: 'Only assignments of jobcodes of this type.',
      values: jobcodeTypes,
      everything: 'all',
      byDefault: 'regular',
      where: (type, companyId) => ofJobcodes(companyId, sql`j.type = ${type}`),
    },
    jobcode_id: { kind: 'ids', column: 'jobcode_id' },
    jobcode_parent_id: {
      kind: 'ids-sql',
      says: 'Only assignments of jobcodes right below these; 0 for those at the top.',
      where: (ids, companyId) =>
        sql`t.jobcode_id IN ${jobcodesWhere(companyId, sql`coalesce(j.parent_id, 0) = ANY(${ids}::int[])`)}`,
    },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'both' },
    active_jobcodes: {
      kind: 'yes-no-both-sql',
      says: 'Only assignments of active (yes) or archived (no) jobcodes.',
      byDefault: 'both',
      where: (yes, companyId) => ofJobcodes(companyId, yes ? sql`j.active` : sql`NOT j.active`),
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    { resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')] ?? 0)) },
    { resource: 'jobcodes', ids: (rows, at) => rows.map((cells) => Number(cells[at('jobcode_id')])) },
  ],
  turns: 'jobcodes',
  touches: ['jobcode_assignments', 'jobcodes'],
  verbs: new Set(['list', 'create', 'remove']),
  allow: {
    view: { any: [{ unset: 'user_id' }, { self: 'user_id' }, overseer] },
    create: overseer,
    update: 'nobody',
    remove: overseer,
  },
  denied: {
    create: 'manage that user',
    update: 'edit jobcode assignments',
    remove: 'remove jobcodes for that user.',
  },
  hooks: {
    facts: assignmentFacts,
    prepare: findExisting,
    check: [nothingArchived],
    accept: note,
    after: assignBelow,
  },
  removal: {
    facts: async () => undefined,
    check: ({ active }) =>
      active === true ? undefined : new DomainError('not-found', 'The jobcode assignment was deleted before'),
    remove: removeBelow,
  },
});
