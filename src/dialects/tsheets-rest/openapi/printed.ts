import type { Schema } from '../../../http/openapi/types.ts';
import { fieldWriters } from '../quirks.ts';
import { byId } from './names.ts';

const idTexts: Schema = { type: 'array', items: { type: 'string', pattern: '^\\d+$' } };
const midnight: Schema = { type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2}T00:00:00\\+00:00)?$' };
const textsOrBlank: Schema = { anyOf: [byId({ type: 'string' }), { const: '' }] };

const shapes: Readonly<Record<string, Schema>> = {
  'groups.manager_ids': idTexts,
  'managed_clients.id': { type: 'string', pattern: '^\\d+$' },
  'projects.start_date': midnight,
  'projects.due_date': midnight,
  'projects.completed_date': midnight,
  'files.meta_data': {
    type: 'object',
    properties: {
      file_description: { type: 'string' },
      // A text, but in answers to writes a number.
      image_rotation: { type: ['string', 'integer'], enum: ['0', '90', '180', '270', 0, 90, 180, 270] },
    },
    additionalProperties: false,
  },
  'jobcodes.filtered_customfielditems': {
    anyOf: [byId({ type: 'array', items: { type: 'integer' } }), { const: '' }],
  },
  'schedule_events.assigned_user_ids': idTexts,
  'users.customfields': textsOrBlank,
  'schedule_events.customfields': textsOrBlank,
  'locations.geofence_config_id': { type: ['integer', 'null'] },
};

/** The schema of a field that quirks.ts prints otherwise than its type says; undefined for all others. */
export function printedOtherwise(key: string): Schema | undefined {
  if (fieldWriters[key] === undefined) return undefined;
  const shape = shapes[key];
  if (shape === undefined) throw new Error(`openapi/printed.ts must say how ${key} prints`);
  return shape;
}
