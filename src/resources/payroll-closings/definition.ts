import { defineResource } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import { sql } from '../../store/sql.ts';

/** Closed pay periods, made and opened again by operations. An addition to the reference. */
export const payrollExports = defineResource({
  name: 'payroll_exports',
  singular: 'payroll export',
  says: 'Days that are closed to payroll. Their time is not changed any more until somebody opens them again. An addition of this server.',
  spec: 'an addition to the reference',
  table: 'payroll_closings',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the export.' },
    start_date: { type: 'day', mode: 'read-only', says: 'First day that is closed.' },
    end_date: { type: 'day', mode: 'read-only', says: 'Last day that is closed.' },
    active: { type: 'boolean', mode: 'read-only', says: 'False once the days were opened again.' },
    everyone: { type: 'boolean', mode: 'read-only', says: 'Whether the days are closed for everyone.' },
    user_ids: { type: 'ids', mode: 'read-only', references: 'users', says: 'Users whom the request named.' },
    group_ids: { type: 'ids', mode: 'read-only', references: 'groups', says: 'Groups that the request named.' },
    people: {
      type: 'integer',
      mode: 'read-only',
      sql: '(SELECT count(*) FROM payroll_closing_people p WHERE p.company_id = t.company_id AND p.closing_id = t.id)',
      says: 'How many people are concerned.',
    },
    require_approval: { type: 'boolean', mode: 'read-only', says: 'Whether all of the time had to be approved.' },
    created_by_user_id: {
      type: 'reference',
      mode: 'read-only',
      references: 'users',
      says: 'User who closed the days.',
    },
    reopened: { type: 'instant', mode: 'read-only', says: 'When the days were opened again; blank while closed.' },
    reopened_by_user_id: {
      type: 'reference',
      mode: 'read-only',
      references: 'users',
      says: 'User who opened the days again; 0 while they are closed.',
    },
    reason: { type: 'text', mode: 'read-only', says: 'Why the days were opened again.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the days were closed.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the export was changed last.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    start_date: { kind: 'day-from', column: 'end_date' },
    end_date: { kind: 'day-to', column: 'start_date' },
    user_ids: {
      kind: 'ids-sql',
      says: 'Only exports with days of these users.',
      where: (ids) => sql`EXISTS (SELECT FROM payroll_closing_people p
        WHERE p.company_id = t.company_id AND p.closing_id = t.id AND p.user_id = ANY(${ids}::int[]))`,
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'users',
      ids: (rows, at) =>
        rows.flatMap((cells) => [
          Number(cells[at('created_by_user_id')]),
          Number(cells[at('reopened_by_user_id')] ?? 0),
          ...idsOf(cells[at('user_ids')]),
        ]),
    },
    { resource: 'groups', ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('group_ids')])) },
  ],
  verbs: new Set(['list']),
  allow: { view: { has: 'admin' }, create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});
