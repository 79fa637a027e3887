import { deletePositions } from '../resources/geolocations/retention.ts';
import type { Job } from './job.ts';

const atOnce = 5_000;
const daySeconds = 86_400;

/** Deletes raw positions when the time is over for which they are kept. */
export const deleteOldPositions: Job = {
  name: 'delete-positions',
  means: 'deletes positions of devices that are older than OPENPUNCH_LOCATION_DAYS',
  every: daySeconds,
  run: async ({ services, now, signal }) => {
    const { config, database } = services;
    if (config.locationDays === undefined) return;
    await deletePositions(database.system, now - config.locationDays * daySeconds, atOnce, signal);
  },
};
