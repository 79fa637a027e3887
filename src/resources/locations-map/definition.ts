import { defineResource } from '../../engine/definition.ts';
import { mappedToAssigned } from '../locations/filters.ts';

/** Which location belongs to which jobcode; written through linked_objects of locations. Reference: 19-locations-maps.md. */
export const locationsMap = defineResource({
  name: 'locations_map',
  singular: 'locations map',
  says: 'Which location belongs to which jobcode. It is written through `linked_objects` of locations.',
  spec: '19-locations-maps.md',
  table: 'locations_map',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the locations map.' },
    x_table: {
      type: 'text',
      mode: 'read-only',
      sql: "'job_codes'",
      says: 'What the location is mapped to; always job_codes.',
    },
    x_id: { type: 'integer', mode: 'read-only', column: 'jobcode_id', says: 'Id of the jobcode.' },
    location_id: { type: 'integer', mode: 'read-only', says: 'Id of the location.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the map was created.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the map was changed last.' },
  },
  // False when the location was unlinked, or archived.
  columns: { active: 'boolean' },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    by_jobcode_assignment: {
      kind: 'yes-no-both-sql',
      says: 'Only those of jobcodes that are assigned to the caller; `no` keeps all.',
      byDefault: 'both',
      where: mappedToAssigned,
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'locations', ids: (rows, at) => rows.map((cells) => Number(cells[at('location_id')])) }],
  verbs: new Set(['list']),
  allow: { view: 'everyone', create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});
