import { listOf } from '../../../engine/filters.ts';
import { isoUtc } from '../../../lib/time.ts';
import { lastModified } from '../../../resources/last-modified-timestamps/queries.ts';
import { documentedEndpoints } from '../endpoints.ts';
import { type Handler, queryOf } from '../handlers.ts';
import { aliases } from '../quirks.ts';
import { paramsOf } from '../read.ts';

/** The list of the reference for a request that names no endpoints, in its order. */
const byDefault = [
  'current_user',
  'customfields',
  'customfielditems',
  'effective_settings',
  'geolocations',
  'jobcodes',
  'jobcode_assignments',
  'timesheets',
  'timesheets_deleted',
  'users',
  'reminders',
  'locations',
  'geofence_configs',
];
const itself = 'last_modified_timestamps';

/**
 * GET /last_modified_timestamps: when something of each endpoint was changed last. Names that are no endpoint are left
 * out; an endpoint that is not built yet has not changed since the company was made. Reference: 17-last-modified-timestamps.md.
 */
export const lastModifiedTimestamps: Handler = async (ctx, request) => {
  const asked = listOf(paramsOf(queryOf(request)), 'endpoints').map((name) => aliases[name] ?? name);
  const names = asked.length === 0 ? byDefault : [...new Set(asked)].filter(isEndpoint);
  const moments = await lastModified(ctx, names);
  const timestamps = Object.fromEntries([...moments].map(([name, moment]) => [name, isoUtc(moment)]));
  return JSON.stringify({ results: { last_modified_timestamps: timestamps } });
};

function isEndpoint(name: string): boolean {
  return name !== itself && documentedEndpoints.includes(name);
}
