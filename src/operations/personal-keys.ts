import { type Ctx, resourceOf } from '../engine/context.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { valuesById } from '../engine/values.ts';
import { DomainError } from '../lib/errors.ts';
import * as tokens from '../resources/access-tokens/queries.ts';
import { emailOf } from '../resources/booking-apps/queries.ts';
import { mayLetIn } from '../resources/users/authority.ts';
import type { BookingApp } from './booking-apps.ts';
import { issueToken, type TokenServices } from './tokens.ts';

export type { PersonalKey } from '../resources/access-tokens/queries.ts';

/** 'timekit-server' reaches everything of one person, 'timekit-client' may be shown to browsers. */
export type PersonalDoor = 'timekit-server' | 'timekit-client';

/**
 * Makes a key with which somebody uses an application as himself; it goes with his email. Gives its text, which is not stored.
 * Throws DomainError where he has no email or is archived. Reference: (a) Authentication.
 */
export async function issuePersonalKey(
  services: TokenServices,
  { companyId, id }: BookingApp,
  { userId, door, label }: { userId: number; door: PersonalDoor; label: string },
  now: number,
): Promise<string> {
  if ((await emailOf(services.database.system, companyId, userId)) === '') {
    throw new DomainError('invalid', 'A key goes with an email, and this resource has none.', { field: 'resource_id' });
  }
  return issueToken(services, { companyId, userId, label, door, bookingAppId: id }, now);
}

/**
 * Throws the DomainError where the actor may not give somebody a key, or take one from him: everybody may his own, others'
 * whoever may let them in.
 */
export async function demandKeyHolder(ctx: Ctx, userId: number): Promise<void> {
  if (userId === ctx.actor.userId) return;
  const user = await valuesById(ctx, resourceOf(ctx, 'users'), userId);
  if (!mayLetIn(ctx, user)) throw denied('keep keys of that user');
}

/** The valid keys of this kind. */
export function personalKeysOf(services: TokenServices, { companyId, id }: BookingApp): Promise<tokens.PersonalKey[]> {
  return tokens.personalKeysOf(services.database.system, companyId, id);
}

/** Revokes one of them: it is refused at once. */
export async function revokePersonalKey(
  services: TokenServices,
  { companyId }: BookingApp,
  keyId: string,
  now: number,
): Promise<void> {
  await tokens.revokePersonalKey(services.database.system, companyId, keyId, now);
  services.cache.forget(companyId);
}
