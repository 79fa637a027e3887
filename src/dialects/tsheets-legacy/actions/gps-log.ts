import { resourceOf } from '../../../engine/context.ts';
import { createOne } from '../../../engine/values.ts';
import { isoLocal } from '../../../lib/time.ts';
import type { Action } from '../action.ts';
import { subjectOf } from '../people.ts';
import { given, invalid, momentOf, required } from '../read.ts';

/** What may have been asked for together with a position. */
const activities: readonly string[] = ['ci', 'co', 'notes', 'switch', 'none'];
/** Metres that a position is accurate to when the client does not say. */
const accuracyByDefault = '3000';

/** gps_log: where a user is, or was. */
export const gpsLog: Action = async (call) => {
  const { ctx, params } = call;
  const [latitude, longitude] = [required(params, 'latitude'), required(params, 'longitude')];
  const activity = given(params, 'activity')?.toLowerCase() ?? 'none';
  if (!activities.includes(activity)) throw invalid('activity', `one of ${activities.join(', ')}`);
  const at = momentOf(call);
  await createOne(ctx, resourceOf(ctx, 'geolocations'), {
    user_id: await subjectOf(call),
    latitude,
    longitude,
    accuracy: given(params, 'accuracy') ?? accuracyByDefault,
    altitude: given(params, 'altitude') ?? '0',
    created: isoLocal(at, 0),
  });
  return { message: 'Location recorded successfully' };
};
