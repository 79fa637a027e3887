import { defineResource } from '../../engine/definition.ts';
import { ofGroups } from '../timesheets/filters.ts';
import { showsArrival, tellArrivals } from './arrivals.ts';
import { type GeolocationFacts, geolocationFacts } from './facts.ts';
import { fromDay, toDay } from './filters.ts';
import { notAhead, prepareGeolocation } from './rules.ts';

/** Positions that devices report. Reference: 12-geolocations.md. */
export const geolocations = defineResource<GeolocationFacts>({
  name: 'geolocations',
  singular: 'geolocation',
  says: 'Where somebody was at a moment, as his device recorded it.',
  spec: '12-geolocations.md',
  table: 'geolocations',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the geolocation.' },
    user_id: {
      type: 'reference',
      mode: 'read-write',
      references: 'users',
      required: true,
      says: 'User whose position it is.',
    },
    accuracy: { type: 'decimal', mode: 'read-write', required: true, least: 0, says: 'Radius of accuracy in metres.' },
    altitude: {
      type: 'decimal',
      mode: 'read-write',
      required: true,
      says: 'Metres above the sea; 0 when it is not known.',
    },
    latitude: { type: 'decimal', mode: 'read-write', required: true, least: -90, most: 90, says: 'Signed degrees.' },
    longitude: {
      type: 'decimal',
      mode: 'read-write',
      required: true,
      least: -180,
      most: 180,
      says: 'Signed degrees.',
    },
    device_identifier: { type: 'text', mode: 'read-write', says: 'What tells the device from others of the company.' },
    source: {
      type: 'choice',
      mode: 'read-write',
      values: ['gps', 'wifi', 'cell'],
      says: 'How the position was found; blank when it is not known.',
    },
    heading: {
      type: 'integer',
      mode: 'read-write',
      least: -1,
      most: 360,
      says: 'Degrees; devices report -1 when it is not known.',
    },
    speed: {
      type: 'decimal',
      mode: 'read-write',
      least: -1,
      says: 'Metres a second; devices report -1 when it is not known.',
    },
    created: {
      type: 'instant',
      mode: 'read-write',
      column: 'recorded_at',
      required: true,
      says: 'When the device was there.',
    },
  },
  columns: {
    last_modified: 'instant',
    timesheet_id: 'reference',
    geofence_config_id: 'reference',
    geofence_distance: 'decimal',
    inside_geofence: 'boolean',
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
    user_ids: { kind: 'ids', column: 'user_id' },
    group_ids: {
      kind: 'ids-sql',
      says: 'Only positions of people who are in these groups now; 0 for those without a group.',
      where: ofGroups,
    },
    // Not in the reference; clients send them.
    start_date: { kind: 'text-sql', holds: 'day', says: 'Only positions from this day of UTC on.', where: fromDay },
    end_date: {
      kind: 'text-sql',
      holds: 'day',
      says: 'Only positions up to this day of UTC; with start_date.',
      where: toDay,
    },
  },
  needsOneOf: ['ids', 'modified_before', 'modified_since', 'start_date'],
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')])) }],
  busy: true,
  verbs: new Set(['list', 'create']),
  allow: {
    view: {
      any: [
        { self: 'user_id' },
        { manages: 'user_id' },
        { has: 'manage_timesheets' },
        { has: 'approve_timesheets' },
        { has: 'reports' },
      ],
    },
    create: { any: [{ self: 'user_id' }, { manages: 'user_id' }, { has: 'manage_timesheets' }] },
    update: 'nobody',
    remove: 'nobody',
  },
  duplicates: true,
  denied: { create: 'report positions of that user', update: '', remove: '' },
  hooks: {
    facts: geolocationFacts,
    prepare: prepareGeolocation,
    check: [notAhead],
    derives: showsArrival,
    after: tellArrivals,
  },
});
