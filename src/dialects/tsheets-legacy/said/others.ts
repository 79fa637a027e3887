import type { Said } from '../action.ts';
import { params, seconds, text, username } from './parts.ts';

export const gpsLogSaid: Said = {
  tag: 'Locations',
  summary: 'Record a position',
  description: 'Records where a user is, or was.',
  parameters: params(
    {
      latitude: { type: 'number', minimum: -90, maximum: 90, description: 'Degrees north, up to six decimals.' },
      longitude: { type: 'number', minimum: -180, maximum: 180, description: 'Degrees east, up to six decimals.' },
      accuracy: { type: 'number', default: 3_000, description: 'Metres within which it is right.' },
      altitude: { type: 'number', default: 0, description: 'Metres above the sea.' },
      activity: {
        type: 'string',
        enum: ['ci', 'co', 'notes', 'switch', 'none'],
        default: 'none',
        description: 'What is asked for besides: clocking in or out, notes, a switch, or nothing. It is not kept.',
      },
      seconds,
      username,
    },
    ['latitude', 'longitude'],
  ),
  examples: [
    {
      summary: 'Hannah at Harbor Point',
      params: { latitude: 40.701385, longitude: -74.01152, accuracy: 12, activity: 'switch', username: 'hannah' },
      message: 'Location recorded successfully',
    },
  ],
};

export const logFailedRequestSaid: Said = {
  tag: 'Failed requests',
  summary: 'Log a failed request',
  description: 'Writes to the server’s log what a client could not do, without tokens, keys and passwords.',
  reads: true,
  parameters: params({ data: text('The action with its parameters, of which 2,000 characters are kept.') }, ['data']),
  examples: [
    {
      summary: 'A clock-in that was refused later',
      params: { data: 'action=clock_in&job_code_id=72' },
      message: 'Request logged successfully',
    },
  ],
};
