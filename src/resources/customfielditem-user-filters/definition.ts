import { defineResource } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { seesLimitsOf } from '../customfielditem-filters/definition.ts';

/** The items that users and groups are limited to, one row each. Reference: 06-custom-field-item-user-filters.md. */
export const customfielditemUserFilters = defineResource({
  name: 'customfielditem_user_filters',
  singular: 'user filter',
  says: 'The values of custom fields that a user or the people of a group may choose, summed up by user and group.',
  spec: '06-custom-field-item-user-filters.md',
  table: 'customfielditem_user_filters',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the user or of the group.' },
    type: { type: 'choice', mode: 'read-only', values: ['user', 'group'], says: 'user or group.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When one of the filters was changed last.' },
    filtered_customfielditems: {
      type: 'json',
      holds: 'ids as texts',
      mode: 'read-only',
      says: 'Ids of the items that may be chosen, by custom field; empty where the limit was lifted.',
    },
  },
  columns: { user_id: 'reference', group_id: 'reference' },
  filters: {
    user_id: {
      kind: 'ids-sql',
      says: 'Only summaries of these users.',
      where: (ids, companyId, { says }) => sql`(t.user_id = ANY(${ids}::int[])
        OR (${says('include_user_group')} AND t.group_id IN (
          SELECT u.group_id FROM users u WHERE u.company_id = ${companyId} AND u.id = ANY(${ids}::int[]))))`,
    },
    group_id: { kind: 'ids', column: 'group_id' },
    include_user_group: { kind: 'flag', says: 'With user_id: those of the groups of these users too.' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  // Users and groups have ids of their own each, so that the id alone is no total order.
  sort: [
    { sql: "(t.type = 'group')::int", type: 'integer' },
    { sql: 't.id', type: 'integer' },
  ],
  changeSort: [
    { sql: 't.last_modified', type: 'timestamptz' },
    { sql: "(t.type = 'group')::int", type: 'integer' },
    { sql: 't.id', type: 'integer' },
  ],
  follow: [],
  verbs: new Set(['list']),
  allow: { view: seesLimitsOf, create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});
