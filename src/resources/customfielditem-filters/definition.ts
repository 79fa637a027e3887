import { defineResource, type Rule } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { type FilterFacts, filterFacts, targetKinds } from './facts.ts';
import { findExisting, fitsItem, note, nothingArchived, once, prepareTarget } from './rules.ts';
import { followTargets, turns } from './targets.ts';

/** What limits one user is his own and his superiors' business; limits of jobcodes and groups are for everyone to see. */
export const seesLimitsOf: Rule = {
  any: [
    { unset: 'user_id' },
    { self: 'user_id' },
    { manages: 'user_id' },
    { has: 'manage_users' },
    { has: 'manage_jobcodes' },
  ],
};

/**
 * Which items of a custom field may be chosen on a jobcode, by a user, or by the users of a group. Where there are none,
 * all items may. Reference: 04-custom-field-item-filters.md.
 */
export const customfielditemFilters = defineResource<FilterFacts>({
  name: 'customfielditem_filters',
  singular: 'custom field item filter',
  says: 'Limits a value of a custom field to a jobcode, a user or a group.',
  spec: '04-custom-field-item-filters.md',
  table: 'customfielditem_filters',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the filter.' },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for a filter that was removed.' },
    applies_to: {
      type: 'choice',
      mode: 'read-write',
      values: targetKinds,
      required: true,
      says: 'Kind of what the filter applies to: jobcodes, users or groups.',
    },
    applies_to_id: {
      type: 'integer',
      mode: 'read-write',
      least: 1,
      required: true,
      says: 'Id of the jobcode, user or group.',
    },
    customfielditem_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'customfielditems',
      required: true,
      says: 'Id of the item that may be chosen.',
    },
    customfield_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'customfields',
      required: true,
      says: 'Id of the custom field that the item belongs to.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the filter was changed last.' },
  },
  columns: { jobcode_id: 'reference', user_id: 'reference', group_id: 'reference' },
  filters: {
    jobcode_id: { kind: 'ids', column: 'jobcode_id' },
    user_id: {
      kind: 'ids-sql',
      says: 'Only filters of these users.',
      where: (ids, companyId, { says }) => sql`(t.user_id = ANY(${ids}::int[])
        OR (${says('include_user_group')} AND t.group_id IN (
          SELECT u.group_id FROM users u WHERE u.company_id = ${companyId} AND u.id = ANY(${ids}::int[])))
        OR (${says('include_jobcode_filters')} AND t.jobcode_id IS NOT NULL))`,
    },
    group_id: { kind: 'ids', column: 'group_id' },
    include_user_group: { kind: 'flag', says: 'With user_id: filters of the groups of these users too.' },
    include_jobcode_filters: { kind: 'flag', says: 'With user_id or group_id: filters of jobcodes too.' },
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    { resource: 'jobcodes', ids: (rows, at) => rows.map((cells) => Number(cells[at('jobcode_id')] ?? 0)) },
    { resource: 'customfields', ids: (rows, at) => rows.map((cells) => Number(cells[at('customfield_id')])) },
    { resource: 'customfielditems', ids: (rows, at) => rows.map((cells) => Number(cells[at('customfielditem_id')])) },
    { resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')] ?? 0)) },
    { resource: 'groups', ids: (rows, at) => rows.map((cells) => Number(cells[at('group_id')] ?? 0)) },
  ],
  turns,
  verbs: new Set(['list', 'create', 'update']),
  allow: {
    view: seesLimitsOf,
    create: { has: 'manage_jobcodes' },
    update: { has: 'manage_jobcodes' },
    remove: 'nobody',
  },
  refusals: { conflict: 'There is such a filter already.' },
  denied: {
    create: 'create custom field item filters',
    update: 'edit custom field item filters',
    remove: 'delete custom field item filters',
  },
  hooks: {
    facts: filterFacts,
    prepare: (candidate, facts) => {
      prepareTarget(candidate);
      return findExisting(candidate, facts);
    },
    check: [fitsItem, nothingArchived, once],
    accept: note,
    after: followTargets,
  },
});
