import { defineResource } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { locationsOfAssigned } from '../locations/filters.ts';
import {
  followGeofences,
  type GeofenceFacts,
  geofenceFacts,
  oneALocation,
  prepareGeofence,
  remember,
} from './rules.ts';

/** Both names of the one type are in the reference. */
const types = ['locations', 'location'];

/** Fences around locations. Reference: 11-geofence-configs.md. */
export const geofenceConfigs = defineResource<GeofenceFacts>({
  name: 'geofence_configs',
  singular: 'geofence config',
  says: 'A circle around a location; apps remind people who enter or leave it.',
  spec: '11-geofence-configs.md',
  table: 'geofence_configs',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the geofence config.' },
    type: {
      type: 'choice',
      mode: 'read-write',
      values: types,
      byDefault: 'locations',
      says: 'What the fence stands around: locations.',
    },
    type_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'locations',
      required: true,
      says: 'Id of the location; each has one fence at most.',
    },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived fence.' },
    enabled: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'Whether the fence counts.' },
    radius: {
      type: 'integer',
      mode: 'read-write',
      least: 1,
      most: 100_000,
      byDefault: 150,
      says: 'Metres around the position of the location.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the geofence config was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the geofence config was created.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    type: {
      kind: 'texts-sql',
      says: 'Only geofences around objects of these kinds; all are around `locations`.',
      where: (texts) => (texts.some((text) => types.includes(text)) ? sql`TRUE` : sql`FALSE`),
    },
    type_ids: { kind: 'ids', column: 'type_id' },
    enabled: { kind: 'yes-no-both', column: 'enabled', byDefault: 'both' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    by_jobcode_assignment: {
      kind: 'yes-no-both-sql',
      says: 'Only geofences around locations of jobcodes that are assigned to the caller; `no` keeps all.',
      byDefault: 'both',
      where: locationsOfAssigned('t.type_id'),
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'locations', ids: (rows, at) => rows.map((cells) => Number(cells[at('type_id')])) }],
  cached: true,
  // The locations and jobcodes around which a fence stands change with it.
  turns: 'jobcodes',
  touches: ['locations', 'jobcodes'],
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: 'everyone', create: { has: 'manage_jobcodes' }, update: { has: 'manage_jobcodes' }, remove: 'nobody' },
  refusals: { conflict: 'The location has a geofence already.' },
  denied: { create: 'create geofence configs', update: 'edit geofence configs', remove: 'delete geofence configs' },
  hooks: {
    facts: geofenceFacts,
    prepare: prepareGeofence,
    check: [oneALocation],
    accept: remember,
    after: followGeofences,
  },
});
