import { hash } from 'node:crypto';
import type { Config } from '../config.ts';
import { version } from '../http/version.ts';
import type { FoundPlace } from '../resources/locations/geocoding.ts';
import type { Address } from '../rules/postal-addresses.ts';

/** Where and how addresses are looked up. */
export type Geocoder = NonNullable<Config['geocoder']>;

const longestWait = 10_000;
const mostBytes = 256 * 1024;
const longestName = 255;

/**
 * Looks an address up at a server that speaks Nominatim's search API; undefined when it knows no such place. Throws an Error
 * when it does not answer properly within 10 seconds; neither the address asked for nor the server's is in its message.
 */
export async function findPlace(
  geocoder: Geocoder,
  address: Address,
  signal: AbortSignal,
): Promise<FoundPlace | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestWait)]);
  const headers = { accept: 'application/json', 'user-agent': geocoder.userAgent ?? `OpenPunch/${version}` };
  let text: string;
  try {
    // The address of a place is told to the server that the operator chose, and to no other.
    const answer = await fetch(searchUrl(geocoder, address), { headers, redirect: 'manual', signal: limit });
    text = await textOf(answer);
    if (answer.status !== 200) throw new Unusable(`answered ${answer.status}`);
  } catch (error) {
    if (error instanceof Unusable) throw new Error(`The geocoder ${error.message}`);
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    throw new Error(`The geocoder can not be reached: ${cause?.code ?? name ?? 'unknown'}`);
  }
  const place = placeIn(text);
  if (place === 'garbage') throw new Error('The geocoder answered something that is no list of places');
  return place;
}

class Unusable extends Error {}

function searchUrl({ url, email }: Geocoder, { addr1, addr2, city, state, zip, country }: Address): URL {
  const search = new URL(url);
  search.pathname = `${search.pathname.replace(/\/+$/, '')}/search`;
  // Suites and floors are in no map: the second line counts only without a first one.
  const street = addr1.trim() === '' ? addr2 : addr1;
  const asked = { street, city, state, postalcode: zip, country, email: email ?? '' };
  for (const [name, value] of Object.entries(asked))
    if (value.trim() !== '') search.searchParams.set(name, value.trim());
  search.searchParams.set('format', 'jsonv2');
  search.searchParams.set('limit', '1');
  return search;
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Unusable('answered too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function placeIn(text: string): FoundPlace | undefined | 'garbage' {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return 'garbage';
  }
  if (!Array.isArray(answer)) return 'garbage';
  if (answer.length === 0) return undefined;
  const place = (answer[0] ?? {}) as Readonly<Record<string, unknown>>;
  const [latitude, longitude] = [degreesIn(place.lat, 90), degreesIn(place.lon, 180)];
  const name =
    typeof place.display_name === 'string' ? place.display_name.replaceAll('\0', '').toWellFormed().trim() : '';
  if (latitude === undefined || longitude === undefined || name === '') return 'garbage';
  return { latitude, longitude, name: [...name].slice(0, longestName).join(''), idHash: idHashOf(place) };
}

function degreesIn(raw: unknown, most: number): number | undefined {
  if ((typeof raw !== 'string' && typeof raw !== 'number') || String(raw).trim() === '') return undefined;
  const degrees = Number(raw);
  return Math.abs(degrees) <= most ? degrees : undefined;
}

/** A place of OpenStreetMap keeps its type and number; the server's own place_id changes when its data is imported anew. */
function idHashOf({ osm_type: type, osm_id: number, place_id: id }: Readonly<Record<string, unknown>>): string {
  const known = typeof type === 'string' && number !== undefined ? `${type}/${String(number)}` : String(id ?? '');
  return known === '' ? '' : hash('md5', known);
}
