import { defineResource } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import {
  type CustomFieldFacts,
  customFieldFacts,
  giveShortCode,
  note,
  shownToAll,
  timesheetFieldsOnly,
  uniqueAmongActive,
  withinLimit,
} from './facts.ts';

const kinds = ['managed-list', 'free-form'];
const subjects = ['timesheet', 'user', 'jobcode'];

/** Fields that extend what a timesheet, user or jobcode holds. Reference: 02-custom-fields.md. */
export const customfields = defineResource<CustomFieldFacts>({
  name: 'customfields',
  singular: 'custom field',
  says: "A field of the company's own, which timesheets, users or jobcodes have besides the usual ones.",
  spec: '02-custom-fields.md',
  table: 'customfields',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the custom field.' },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived field.' },
    required: { type: 'boolean', mode: 'read-write', says: 'Whether a timesheet must have a value for it.' },
    applies_to: {
      type: 'choice',
      mode: 'write-once',
      values: subjects,
      given: ['timesheet'],
      byDefault: 'timesheet',
      says: 'What the field describes. Over this API only timesheet fields are made.',
    },
    type: {
      type: 'choice',
      mode: 'write-once',
      values: kinds,
      required: true,
      says: 'managed-list: one of its items is chosen. free-form: any text, which becomes an item.',
    },
    short_code: {
      type: 'text',
      mode: 'read-write',
      longest: 64,
      pattern: { test: /^[\p{L}\p{N}]*$/u, says: 'may only consist of letters and numbers' },
      says: 'Alias of letters and digits, unique among active fields; made from the name when it is not given.',
    },
    regex_filter: {
      type: 'text',
      mode: 'read-only',
      says: 'Regular expression that new values and items must match; an empty text allows all.',
    },
    name: {
      type: 'text',
      mode: 'read-write',
      required: true,
      says: 'Name, unique among active fields of what they describe.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the field was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the field was created.' },
    ui_preference: {
      type: 'text',
      mode: 'read-only',
      sql: "CASE t.type WHEN 'managed-list' THEN 'drop_down' ELSE 'text_box_with_suggest' END",
      says: 'How the field should be shown: drop_down or text_box_with_suggest.',
    },
    required_customfields: {
      type: 'ids',
      mode: 'read-only',
      says: 'Ids of custom fields to show where this one is shown.',
    },
    show_to_all: {
      type: 'boolean',
      mode: 'read-write',
      says: 'False shows the field only with jobcodes that it is associated with; for timesheet fields only.',
    },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    applies_to: {
      kind: 'choice',
      column: 'applies_to',
      values: subjects,
      everything: 'all',
      byDefault: 'timesheet',
    },
    value_type: { kind: 'choice', column: 'type', values: kinds, everything: 'both', byDefault: 'both' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'customfields',
      ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('required_customfields')])),
    },
  ],
  cached: true,
  turns: 'customfields',
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: 'everyone', create: { has: 'admin' }, update: { has: 'admin' }, remove: 'nobody' },
  refusals: { conflict: 'The name or the short code is taken.' },
  denied: { create: 'create custom fields', update: 'edit custom fields', remove: 'delete custom fields' },
  hooks: {
    facts: customFieldFacts,
    prepare: giveShortCode,
    check: [timesheetFieldsOnly, shownToAll, uniqueAmongActive, withinLimit],
    accept: note,
  },
});
