import { defineResource } from '../../engine/definition.ts';

/** The items that jobcodes are limited to, one row a jobcode. Reference: 05-custom-field-item-jobcode-filters.md. */
export const customfielditemJobcodeFilters = defineResource({
  name: 'customfielditem_jobcode_filters',
  singular: 'jobcode filter',
  says: 'The values of custom fields that may be chosen on a jobcode, summed up by jobcode.',
  spec: '05-custom-field-item-jobcode-filters.md',
  table: 'customfielditem_jobcode_filters',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the jobcode.' },
    last_modified: { type: 'instant', mode: 'read-only', says: "When one of the jobcode's filters was changed last." },
    filtered_customfielditems: {
      type: 'json',
      holds: 'ids as texts',
      mode: 'read-only',
      says: 'Ids of the items that may be chosen, by custom field; empty where the limit was lifted.',
    },
  },
  filters: {
    jobcode_ids: { kind: 'ids', column: 'id' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [],
  verbs: new Set(['list']),
  allow: { view: 'everyone', create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});
