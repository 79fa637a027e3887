import { DomainError } from '../lib/errors.ts';
import { secretHash } from '../lib/secrets.ts';
import * as keys from '../resources/access-tokens/keys.ts';
import { type Door, issueToken, type TokenServices } from './tokens.ts';

export type { Key } from '../resources/access-tokens/keys.ts';

const longestLabel = 100;
const secondsADay = 86_400;

/** A key and its text, which is not stored. */
export interface MadeKey {
  readonly key: keys.Key;
  readonly secret: string;
}

/** The keys of a company that open these doors, newest first. */
export function keysOf({ database }: TokenServices, companyId: number, doors: readonly Door[]): Promise<keys.Key[]> {
  return keys.keysOf(database.forCompany(companyId), companyId, doors);
}

/** Makes a key that acts as its owner, for some days or for good. Throws DomainError. */
export async function makeKey(
  services: TokenServices,
  { companyId, userId }: { readonly companyId: number; readonly userId: number },
  { door, label: given, days }: { door: Door; label: string; days: number | undefined },
  now: number,
): Promise<MadeKey> {
  const label = given.trim();
  if (label === '' || label.length > longestLabel || /\p{Cc}/u.test(label)) {
    throw new DomainError('invalid', `Say in at most ${longestLabel} characters what it is for.`, { field: 'label' });
  }
  const expiry = days === undefined ? {} : { expiresAt: now + days * secondsADay };
  const secret = await issueToken(services, { companyId, userId, door, label, ...expiry }, now);
  const [key] = await keys.keysOf(services.database.forCompany(companyId), companyId, [door], idOf(secret));
  if (key === undefined) throw new DomainError('conflict', 'It was revoked at the same moment.');
  return { key, secret };
}

function idOf(secret: string): string {
  return secretHash(secret).slice(0, 32);
}

/** Revokes a key, which is refused at once. Throws DomainError ('not-found'). */
export async function revokeKey(
  services: TokenServices,
  companyId: number,
  doors: readonly Door[],
  id: string,
  now: number,
): Promise<void> {
  const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  if (!isUuid || !(await keys.revokeKey(services.database.forCompany(companyId), companyId, doors, id, now))) {
    throw new DomainError('not-found', 'There is no such key.');
  }
  services.cache.forget(companyId);
}
