import { defineResource } from '../../engine/definition.ts';
import { seesProject } from '../projects/definition.ts';
import { belong, type EstimateItemFacts, estimateItemFacts, ofActiveEstimate, tellProject, typeFits } from './rules.ts';

/** The longest time that can be estimated: a hundred thousand hours. */
const mostSeconds = 360_000_000;

/** Parts of an estimate. Reference: 08-estimate-items.md. */
export const estimateItems = defineResource<EstimateItemFacts>({
  name: 'estimate_items',
  singular: 'estimate item',
  says: 'One part of the budget of a project.',
  spec: '08-estimate-items.md',
  table: 'estimate_items',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the item.' },
    estimated_seconds: {
      type: 'integer',
      mode: 'read-write',
      least: 0,
      most: mostSeconds,
      says: 'Time that is estimated, in seconds.',
    },
    estimate_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'estimates',
      required: true,
      says: 'Estimate that the item is a part of.',
    },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived item.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the item was created.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the item was changed last.' },
    type: {
      type: 'choice',
      mode: 'read-write',
      values: ['none', 'tag_clouds'],
      // The reference says that this is what it should be called.
      alsoCalled: { customfields: 'tag_clouds' },
      required: true,
      says: 'none for the project as a whole, tag_clouds for an item of a custom field.',
    },
    type_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'customfielditems',
      says: 'Item of the custom field that is estimated by; 0 when type is none.',
    },
  },
  columns: { project_id: 'integer' },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    estimate_ids: { kind: 'ids', column: 'estimate_id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'estimates', ids: (rows, at) => rows.map((cells) => Number(cells[at('estimate_id')])) }],
  turns: 'jobcodes',
  verbs: new Set(['list', 'create', 'update']),
  allow: {
    view: seesProject('project_id'),
    create: { has: 'manage_projects' },
    update: { has: 'manage_projects' },
    remove: 'nobody',
  },
  denied: { create: 'create estimate items', update: 'edit estimate items', remove: 'delete estimate items' },
  hooks: {
    facts: estimateItemFacts,
    prepare: belong,
    check: [ofActiveEstimate, typeFits],
    after: tellProject,
  },
});
