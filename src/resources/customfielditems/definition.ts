import { defineResource } from '../../engine/definition.ts';
import { endFilters, isArchived } from './archive.ts';
import { fitsField, type ItemFacts, itemFacts, note, uniqueAmongActive, withinLimit } from './facts.ts';

/** Values that a custom field offers. Reference: 03-custom-field-items.md. */
export const customfielditems = defineResource<ItemFacts>({
  name: 'customfielditems',
  singular: 'custom field item',
  says: 'A value that may be chosen for a custom field of the type managed-list.',
  spec: '03-custom-field-items.md',
  table: 'customfielditems',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the item.' },
    customfield_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'customfields',
      required: true,
      says: 'Id of the custom field that offers the item.',
    },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived item.' },
    short_code: {
      type: 'text',
      mode: 'read-write',
      longest: 64,
      pattern: { test: /^[\p{L}\p{N}]*$/u, says: 'may only consist of letters and numbers' },
      says: 'Alias of letters and digits, unique among the active items of the company.',
    },
    name: {
      type: 'text',
      mode: 'read-write',
      required: true,
      says: 'Name, unique among the active items of its field.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the item was changed last.' },
    required_customfields: {
      type: 'ids',
      mode: 'read-only',
      says: 'Ids of custom fields to show when the item is selected.',
    },
  },
  filters: {
    customfield_id: { kind: 'ids', column: 'customfield_id' },
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    name: { kind: 'wildcard', column: 'name' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  needs: ['customfield_id'],
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'customfields', ids: (rows, at) => rows.map((cells) => Number(cells[at('customfield_id')])) }],
  cached: true,
  turns: 'customfields',
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: 'everyone', create: { has: 'manage_jobcodes' }, update: { has: 'manage_jobcodes' }, remove: 'nobody' },
  refusals: { conflict: 'The name or the short code is taken in the custom field.' },
  denied: {
    create: 'create custom field items',
    update: 'edit custom field items',
    remove: 'delete custom field items',
  },
  hooks: {
    facts: itemFacts,
    check: [fitsField, uniqueAmongActive, withinLimit],
    accept: note,
    derives: isArchived,
    after: endFilters,
  },
});
