import { defineResource, type Field } from '../../engine/definition.ts';
import { idsOf, mapOf } from '../../engine/layout.ts';
import { cascade } from './cascades.ts';
import { type JobcodeFacts, jobcodeFacts } from './facts.ts';
import { findExisting, noBreaks, note, rightPlace, uniqueUnderParent, withinLimit } from './rules.ts';

/** Kinds of jobcodes. */
export const jobcodeTypes = ['regular', 'pto', 'paid_break', 'unpaid_break', 'unpaid_time_off'] as const;

/** The items that active filters limit the jobcode to, by custom field; null where there are none. */
const filteredItems = `(
  SELECT '{' || string_agg('"' || f.customfield_id || '":[' || f.items || ']', ',' ORDER BY f.customfield_id) || '}'
  FROM (SELECT i.customfield_id, string_agg(i.customfielditem_id::text, ',' ORDER BY i.customfielditem_id) AS items
        FROM customfielditem_filters i
        WHERE i.company_id = t.company_id AND i.jobcode_id = t.id AND i.active GROUP BY i.customfield_id) f)`;

const fields: Record<string, Field> = {
  id: { type: 'integer', mode: 'read-only', says: 'Id of the jobcode.' },
  parent_id: {
    type: 'reference',
    mode: 'read-write',
    references: 'jobcodes',
    says: "Id of the jobcode's parent; 0 at the top level.",
  },
  assigned_to_all: { type: 'boolean', mode: 'read-write', says: 'Whether everyone may use the jobcode.' },
  billable: { type: 'boolean', mode: 'read-write', says: 'Whether the jobcode is billable.' },
  active: {
    type: 'boolean',
    mode: 'read-write',
    byDefault: true,
    says: 'False for an archived jobcode. Archiving takes all below along, restoring takes all above along.',
  },
  type: {
    type: 'choice',
    mode: 'write-once',
    values: jobcodeTypes,
    given: ['regular', 'pto', 'unpaid_time_off'],
    byDefault: 'regular',
    says: 'Kind of the jobcode. Time off stands at the top level; breaks belong to the settings of breaks.',
  },
  has_children: { type: 'boolean', mode: 'read-only', says: 'Whether active jobcodes stand below this one.' },
  billable_rate: {
    type: 'decimal',
    mode: 'read-write',
    least: 0,
    says: 'Amount charged for an hour; counts if the jobcode is billable.',
  },
  short_code: {
    type: 'text',
    mode: 'read-write',
    longest: 64,
    pattern: { test: /^[\p{L}\p{N}]*$/u, says: 'may only consist of letters and numbers' },
    says: 'Alias of letters and digits, unique under one parent.',
  },
  name: { type: 'text', mode: 'read-write', required: true, longest: 64, says: 'Name, unique under one parent.' },
  last_modified: { type: 'instant', mode: 'read-only', says: 'When the jobcode was changed last.' },
  created: { type: 'instant', mode: 'read-only', says: 'When the jobcode was created.' },
  project_id: {
    type: 'integer',
    mode: 'read-only',
    sql: '(SELECT p.id FROM projects p WHERE p.company_id = t.company_id AND p.jobcode_id = t.id)',
    says: "Id of the jobcode's project; 0 for none.",
  },
  filtered_customfielditems: {
    type: 'json',
    holds: 'ids',
    mode: 'read-only',
    sql: filteredItems,
    says: 'Ids of the custom field items to show with the jobcode, by custom field; an empty text for none.',
  },
  required_customfields: {
    type: 'ids',
    mode: 'read-only',
    says: 'Ids of custom fields to show when the jobcode is selected.',
  },
  locations: { type: 'ids', mode: 'read-only', says: "Ids of the jobcode's active locations." },
  geofence_config_id: {
    type: 'reference',
    mode: 'read-only',
    says: "Id of the first active geofence around one of the jobcode's locations; 0 for none.",
  },
  customfields: {
    type: 'map',
    mode: 'read-only',
    onRequest: 'customfields',
    says: 'Values of custom fields that describe jobcodes, by id; shown with customfields=true.',
  },
  connect_with_quickbooks: {
    type: 'boolean',
    mode: 'write-only',
    says: 'Accepted and kept, never shown: two-way sync with QuickBooks is not offered.',
  },
};

/** What time is tracked on, in a tree. Reference: 15-jobcodes.md. */
export const jobcodes = defineResource<JobcodeFacts>({
  name: 'jobcodes',
  singular: 'jobcode',
  says: 'What time is spent on: work, paid time off, breaks. Jobcodes form a tree.',
  spec: '15-jobcodes.md',
  table: 'jobcodes',
  fields,
  filters: {
    ids: { kind: 'ids', column: 'id' },
    parent_ids: { kind: 'ids', column: 'parent_id', zeroIsNull: true, anything: -1 },
    name: { kind: 'wildcard', column: 'name' },
    type: { kind: 'choice', column: 'type', values: jobcodeTypes, everything: 'all', byDefault: 'regular' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    // Not in the reference; clients send it.
    has_children: { kind: 'yes-no-both', column: 'has_children', byDefault: 'both' },
    customfields: { kind: 'show' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'jobcodes',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('parent_id')] ?? 0)),
      ancestors: 'parent_id',
    },
    { resource: 'locations', ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('locations')])), family: true },
    {
      resource: 'customfields',
      ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('required_customfields')])),
    },
    {
      resource: 'customfields',
      ids: (rows, at) => rows.flatMap((cells) => [...mapOf(cells[at('customfields')]).keys()]),
      onRequest: 'customfields',
    },
  ],
  cached: true,
  turns: 'jobcodes',
  touches: ['jobcodes'],
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: 'everyone', create: { has: 'manage_jobcodes' }, update: { has: 'manage_jobcodes' }, remove: 'nobody' },
  refusals: { conflict: 'The name is taken below the same parent, or the short code is taken.' },
  duplicates: true,
  denied: { create: 'create jobcodes', update: 'edit jobcodes', remove: 'delete jobcodes' },
  hooks: {
    facts: jobcodeFacts,
    prepare: findExisting,
    check: [noBreaks, rightPlace, uniqueUnderParent, withinLimit],
    accept: note,
    after: cascade,
  },
});
