import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { linksIn } from '../../engine/links.ts';
import { lookup } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';
import {
  type Address,
  addressLine,
  addressParts,
  formattedAddress,
  sameAddress,
} from '../../rules/postal-addresses.ts';

/** What the rules know about a batch of locations. */
export interface LocationFacts {
  /** Jobcodes among the new links that are archived. */
  archivedJobcodes: ReadonlySet<number>;
  /** Candidates whose coordinates are to be looked up. */
  toLookUp: Set<Candidate>;
}

/** The jobcodes that a row is linked to. */
export function jobcodesOf(row: Values | undefined): readonly number[] {
  return linksIn(row?.linked_objects, 'jobcodes');
}

function newJobcodes({ before, values }: Candidate): number[] {
  const known = jobcodesOf(before);
  return jobcodesOf(values).filter((id) => !known.includes(id));
}

/** Which of the jobcodes that are newly linked are archived. */
export async function locationFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<LocationFacts> {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const activeAt = layoutOf(jobcodes).at('active');
  const rows = await lookup(ctx, jobcodes, candidates.flatMap(newJobcodes));
  const archived = [...rows].flatMap(([id, cells]) => (cells[activeAt] === 't' ? [] : [id]));
  return { archivedJobcodes: new Set(archived), toLookUp: new Set() };
}

/** The address of a row. */
export function addressOf(row: Values): Address {
  const part = (name: keyof Address): string => String(row[name] ?? '');
  return {
    addr1: part('addr1'),
    addr2: part('addr2'),
    city: part('city'),
    state: part('state'),
    zip: part('zip'),
    country: part('country'),
  };
}

/** Derives label, formatted address and what becomes of the position. */
export function prepareLocation(candidate: Candidate, facts: LocationFacts): undefined {
  const { values, before } = candidate;
  const moved = before === undefined || !sameAddress(addressOf(before), addressOf(values));
  const renamed = before === undefined || values.label !== before.label;
  if (renamed) values.named = values.label !== '';
  if (values.named !== true && (moved || renamed)) values.label = addressLine(addressOf(values)).slice(0, 255);
  values.formatted_address = formattedAddress(addressOf(values), String(values.label));
  positionOf(candidate, moved, facts);
}

/**
 * Coordinates that a person gave stay until a person changes them; 0 and 0 give them up. Others belong to the address: they
 * are looked up when it is new, and again when it changes.
 */
function positionOf(candidate: Candidate, moved: boolean, { toLookUp }: LocationFacts): void {
  const { values, before } = candidate;
  const placedAnew = values.latitude !== (before?.latitude ?? 0) || values.longitude !== (before?.longitude ?? 0);
  if (placedAnew) values.placed = values.latitude !== 0 || values.longitude !== 0;
  if (placedAnew || (moved && values.placed !== true)) {
    values.place_id_hash = '';
    values.geocoding_status = 'none';
  }
  if (values.placed === true || !(placedAnew || moved)) return;
  values.latitude = 0;
  values.longitude = 0;
  toLookUp.add(candidate);
}

/** Some part of the address must be known. */
export function addressGiven({ values }: Candidate): DomainError | undefined {
  if (addressParts.some((part) => String(values[part]).trim() !== '')) return undefined;
  return new DomainError('missing', `At least one of ${addressParts.join(', ')} must be given`, { field: 'addr1' });
}

/** A new location has both coordinates or none: half a position would lie on the equator or on the prime meridian. */
export function coordinatesInPairs({ given, before }: Candidate): DomainError | undefined {
  if (before !== undefined || given.has('latitude') === given.has('longitude')) return undefined;
  const [one, other] = given.has('latitude') ? ['latitude', 'longitude'] : ['longitude', 'latitude'];
  return new DomainError('missing', `${other} must be given together with ${one}`, { field: other });
}

/** Archived jobcodes are not newly linked. */
export function nothingArchived(candidate: Candidate, { archivedJobcodes }: LocationFacts): DomainError | undefined {
  const archived = newJobcodes(candidate).find((id) => archivedJobcodes.has(id));
  if (archived === undefined) return undefined;
  return new DomainError('invalid', `linked_objects.jobcodes ${archived} is archived`, { field: 'linked_objects' });
}
