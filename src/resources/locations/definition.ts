import { defineResource, type Field } from '../../engine/definition.ts';
import { linksIn } from '../../engine/links.ts';
import { addressParts } from '../../rules/postal-addresses.ts';
import { sql } from '../../store/sql.ts';
import { geocodingStatuses, locationsOfAssigned } from './filters.ts';
import { followLocations, hasFollowers } from './follow.ts';
import {
  addressGiven,
  coordinatesInPairs,
  type LocationFacts,
  locationFacts,
  nothingArchived,
  prepareLocation,
} from './rules.ts';

const fields: Record<string, Field> = {
  id: { type: 'integer', mode: 'read-only', says: 'Id of the location.' },
  addr1: { type: 'text', mode: 'read-write', says: 'First line of the street.' },
  addr2: { type: 'text', mode: 'read-write', says: 'Second line of the street.' },
  city: { type: 'text', mode: 'read-write', says: 'City.' },
  state: { type: 'text', mode: 'read-write', says: 'State.' },
  zip: { type: 'text', mode: 'read-write', says: 'Postal code.' },
  country: { type: 'text', mode: 'read-write', says: 'Country.' },
  formatted_address: {
    type: 'text',
    mode: 'read-write',
    longest: 2_000,
    says: 'The address in one line, or the label where neither street nor city is known. What clients send is not stored.',
  },
  active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived location.' },
  latitude: {
    type: 'decimal',
    mode: 'read-write',
    least: -90,
    most: 90,
    says: 'Signed degrees. With longitude 0 it means that the position is not known.',
  },
  longitude: { type: 'decimal', mode: 'read-write', least: -180, most: 180, says: 'Signed degrees.' },
  place_id: { type: 'text', mode: 'read-only', sql: "''", says: 'Always blank; see place_id_hash.' },
  place_id_hash: {
    type: 'text',
    mode: 'read-only',
    says: "MD5 of the geocoder's id of the place; blank where it was not looked up.",
  },
  label: {
    type: 'text',
    mode: 'read-write',
    says: 'What people call it; without that what the geocoder calls it; without that the address in one line.',
  },
  notes: { type: 'text', mode: 'read-write', longest: 10_000, says: 'Notes.' },
  geocoding_status: {
    type: 'choice',
    mode: 'read-only',
    values: geocodingStatuses,
    byDefault: 'none',
    says: 'How far the look-up of the coordinates is; none where they were given or nothing looks them up.',
  },
  created: { type: 'instant', mode: 'read-only', says: 'When the location was created.' },
  last_modified: { type: 'instant', mode: 'read-only', says: 'When the location was changed last.' },
  linked_objects: {
    type: 'links',
    mode: 'read-write',
    values: ['jobcodes'],
    says: 'Ids of the jobcodes that the location belongs to.',
  },
  geofence_config_id: { type: 'reference', mode: 'read-only', says: 'Id of the active geofence around the location.' },
};

/** Places of work. Reference: 18-locations.md. */
export const locations = defineResource<LocationFacts>({
  name: 'locations',
  singular: 'location',
  says: 'A place with an address or coordinates, which jobcodes can be bound to.',
  spec: '18-locations.md',
  table: 'locations',
  fields,
  columns: { placed: 'boolean', named: 'boolean' },
  madeWithOneOf: addressParts,
  filters: {
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    geocoding_status: {
      kind: 'texts-sql',
      says: 'Only locations whose address is looked up this far.',
      values: geocodingStatuses,
      where: (statuses) => sql`t.geocoding_status = ANY(${statuses}::text[])`,
    },
    by_jobcode_assignment: {
      kind: 'yes-no-both-sql',
      says: 'Only locations of jobcodes that are assigned to the caller; `no` keeps all.',
      byDefault: 'both',
      where: locationsOfAssigned('t.id'),
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'jobcodes',
      ids: (rows, at) => rows.flatMap((cells) => linksIn(cells[at('linked_objects')], 'jobcodes')),
    },
    {
      resource: 'geofence_configs',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('geofence_config_id')] ?? 0)),
    },
  ],
  cached: true,
  // What a jobcode's locations are depends on many rows at once.
  turns: 'jobcodes',
  touches: ['jobcodes'],
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: 'everyone', create: { has: 'manage_jobcodes' }, update: { has: 'manage_jobcodes' }, remove: 'nobody' },
  denied: { create: 'create locations', update: 'edit locations', remove: 'delete locations' },
  hooks: {
    facts: locationFacts,
    prepare: prepareLocation,
    check: [addressGiven, coordinatesInPairs, nothingArchived],
    derives: hasFollowers,
    after: followLocations,
  },
});
