import { setTimeout as sleep } from 'node:timers/promises';
import { geocodeJob } from '../resources/locations/follow.ts';
import {
  beginGeocoding,
  enqueueForgotten,
  failGeocoding,
  finishGeocoding,
  mayAskGeocoder,
} from '../resources/locations/geocoding.ts';
import { enqueue } from '../store/queue.ts';
import type { Job, JobRun } from './job.ts';
import { findPlace, type Geocoder } from './nominatim.ts';

/** A run ends before the runner would end it; what is left is enqueued again. */
const longestRun = 40_000;
/** After so many failures the others of a run are not tried. */
const mostFailures = 3;
const secondsUntilFree = 10;
const origin = `|job ${geocodeJob}|`;

/** Looks up the coordinates of locations. What is found is kept at once, so that others see how far each one is. */
export const geocode: Job = {
  name: geocodeJob,
  means: 'looks up the coordinates of new and moved locations',
  run: async (run) => {
    const { geocoder } = run.services.config;
    if (geocoder === undefined) return;
    const { ids } = run.payload as { ids: readonly number[] };
    if (await mayAskGeocoder(run.db)) return lookUp(run, geocoder, ids);
    await enqueueAgain(run, ids, secondsUntilFree);
  },
};

/** Locations that were made while there was no geocoder. */
export const geocodeForgotten: Job = {
  name: 'geocode-forgotten',
  means: 'looks up the locations from before a geocoder was configured',
  every: 86_400,
  run: async ({ db, now, services }) => {
    if (services.config.geocoder !== undefined) await enqueueForgotten(db, now, 50);
  },
};

function enqueueAgain({ db, companyId, now }: JobRun, ids: readonly number[], seconds: number): Promise<void> {
  return enqueue(db, companyId, [{ name: geocodeJob, payload: { ids }, due: now + seconds }]);
}

async function lookUp(run: JobRun, geocoder: Geocoder, ids: readonly number[]): Promise<void> {
  const enough = AbortSignal.any([run.signal, AbortSignal.timeout(longestRun)]);
  const failed: number[] = [];
  let failure: Error | undefined;
  for (const [index, id] of ids.entries()) {
    const error = failed.length < mostFailures ? await lookUpOne(run, geocoder, id, enough) : failure;
    if (enough.aborted) {
      await enqueueAgain(run, ids.slice(index), 0);
      break;
    }
    if (error === undefined) continue;
    failure = error;
    failed.push(id);
  }
  if (failure === undefined) return;
  const { database, cache, log } = run.services;
  await failGeocoding(database.forCompany(run.companyId), run.companyId, failed, run.last ? 'error' : 'retry', origin);
  cache.forget(run.companyId);
  if (!run.last) throw failure;
  const { message } = failure;
  log.event({ level: 'error', message: 'Locations were not found', companyId: run.companyId, error: message });
}

/** Looks one location up and keeps what is found; gives what went wrong. */
async function lookUpOne(
  { companyId, services }: JobRun,
  geocoder: Geocoder,
  id: number,
  enough: AbortSignal,
): Promise<Error | undefined> {
  const db = services.database.forCompany(companyId);
  const location = await beginGeocoding(db, companyId, id, origin);
  if (location === undefined) return undefined;
  services.cache.forget(companyId);
  try {
    // Before each request: whoever asked last, here or in another process, did so longer ago than this.
    await sleep(geocoder.pauseMilliseconds, undefined, { signal: enough });
    const place = await findPlace(geocoder, location.address, enough);
    await finishGeocoding(db, location, place, origin);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    services.cache.forget(companyId);
  }
}
