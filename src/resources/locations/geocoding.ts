import { type Address, formattedAddress } from '../../rules/postal-addresses.ts';
import type { Db } from '../../store/db.ts';
import { enqueueAcross } from '../../store/queue.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { type Origin, originStatement } from '../../store/write.ts';
import { geocodeJob } from './follow.ts';

/** A location whose coordinates are being looked up. */
export interface SoughtLocation {
  readonly companyId: number;
  readonly id: number;
  readonly address: Address;
}

/** What a geocoder knows of an address. */
export interface FoundPlace {
  readonly latitude: number;
  readonly longitude: number;
  /** How the geocoder calls it. */
  readonly name: string;
  /** MD5 of the geocoder's id of the place; '' when it has none. */
  readonly idHash: string;
}

const open = sql`NOT placed AND geocoding_status IN ('none', 'in_progress', 'retry')`;

/**
 * Whether this transaction is the one that may ask the geocoder, in all processes together. It is until it ends; another
 * one that is told no has to come back later.
 */
export async function mayAskGeocoder(db: Db): Promise<boolean> {
  const [row] = await db.rows(sql`SELECT pg_try_advisory_xact_lock(hashtext('geocoder'), 0)`);
  return row?.[0] === 't';
}

/** Says that a location is being looked up; undefined when that is no longer wanted. */
export async function beginGeocoding(
  db: Db,
  companyId: number,
  id: number,
  origin: Origin,
): Promise<SoughtLocation | undefined> {
  const [cells] = await change(
    db,
    origin,
    sql`
    UPDATE locations SET geocoding_status = 'in_progress' WHERE company_id = ${companyId} AND id = ${id} AND ${open}
    RETURNING addr1, addr2, city, state, zip, country`,
  );
  if (cells === undefined) return undefined;
  const [addr1 = '', addr2 = '', city = '', state = '', zip = '', country = ''] = cells.map(String);
  return { companyId, id, address: { addr1, addr2, city, state, zip, country } };
}

/** Keeps what was found (undefined: nothing), unless the address or the position was changed meanwhile. */
export async function finishGeocoding(
  db: Db,
  { companyId, id, address }: SoughtLocation,
  place: FoundPlace | undefined,
  origin: Origin,
): Promise<void> {
  const { addr1, addr2, city, state, zip, country } = address;
  const found =
    place === undefined
      ? sql`geocoding_status = 'error'`
      : sql`geocoding_status = 'complete', latitude = ${place.latitude}::numeric, longitude = ${place.longitude}::numeric,
          place_id_hash = ${place.idHash}, label = CASE WHEN named THEN label ELSE ${place.name} END,
          formatted_address = CASE WHEN named THEN formatted_address ELSE ${formattedAddress(address, place.name)} END`;
  await change(
    db,
    origin,
    sql`
    UPDATE locations SET ${found}
    WHERE company_id = ${companyId} AND id = ${id} AND ${open}
      AND (addr1, addr2, city, state, zip, country) = (${addr1}, ${addr2}, ${city}, ${state}, ${zip}, ${country})`,
  );
}

/** Marks locations whose look-up failed: to be tried again, or given up. */
export async function failGeocoding(
  db: Db,
  companyId: number,
  ids: readonly number[],
  status: 'retry' | 'error',
  origin: Origin,
): Promise<void> {
  await change(
    db,
    origin,
    sql`
    UPDATE locations SET geocoding_status = ${status}
    WHERE company_id = ${companyId} AND id = ANY(${ids}::int[]) AND ${open} AND geocoding_status <> ${status}`,
  );
}

async function change(db: Db, origin: Origin, statement: Sql): Promise<(readonly (string | null)[])[]> {
  const [, rows = []] = await db.pipeline([originStatement(origin), statement], { atomic: true });
  return rows;
}

/** Enqueues the look-up of every location that nobody looked up: those from before there was a geocoder. */
export async function enqueueForgotten(db: Db, now: number, most: number): Promise<void> {
  const rows = await db.rows(sql`
    SELECT company_id, id FROM locations WHERE geocoding_status = 'none' AND NOT placed ORDER BY company_id, id`);
  const companies = Map.groupBy(rows, ([companyId]) => Number(companyId));
  const jobs = [...companies].flatMap(([companyId, cells]) => {
    const ids = cells.map(([, id]) => Number(id));
    const parts = Array.from({ length: Math.ceil(ids.length / most) }, (_, n) => ids.slice(n * most, (n + 1) * most));
    return parts.map((part) => ({ companyId, name: geocodeJob, payload: { ids: part }, due: now }));
  });
  await enqueueAcross(db, jobs);
}
