import type { Actor } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { companyToken, randomKey, secretHash } from '../lib/secrets.ts';
import { insertAccessToken } from '../resources/access-tokens/queries.ts';
import { revokeTrial } from '../resources/access-tokens/sessions.ts';
import { bookingAppOfSlug } from '../resources/booking-apps/queries.ts';
import { bindSession } from '../resources/legacy-sessions/queries.ts';
import { startSession } from './legacy-sessions.ts';
import type { TokenServices } from './tokens.ts';
import type { WebSession } from './web-sessions.ts';

/** The APIs that can be tried. */
export type TrialDoor = 'tsheets-rest' | 'tsheets-legacy' | 'timestation' | 'timekit';

/** A token to try an API with, in clear. */
export interface Trial {
  readonly token: string;
  /** The API key that a legacy session was opened with. */
  readonly apiKey?: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

const trialSeconds = 3_600;

/**
 * Gives whoever has signed in a token that acts as himself, for an hour; it takes the place of the one of this session and API before,
 * and ends with the session. For Timekit it is an app token, so only for administrators. Throws DomainError.
 */
export async function startTrial(
  services: TokenServices,
  actor: Actor,
  session: WebSession,
  asked: { door: TrialDoor; bookingApp: string | undefined },
  now: number,
): Promise<Trial> {
  const { door } = asked;
  const { companyId, userId, family } = session;
  const bookingAppId = door === 'timekit' ? await trialApp(services, actor, asked.bookingApp) : null;
  const key = newKey(door, companyId);
  const expiresAt = Math.min(now + trialSeconds, session.expiresAt);
  await services.database.system.transaction(async (db) => {
    await revokeTrial(db, family, door, now);
    const owner = { companyId, userId, clientId: null, family };
    const row = { ...owner, hash: secretHash(key), label: 'Trial', expiresAt, door, bookingAppId };
    await insertAccessToken(db, row, now);
  });
  services.cache.forget(companyId);
  if (door !== 'tsheets-legacy') return { token: key, expiresAt };
  // The legacy API takes no key but to open a session, in which he is signed in already.
  const token = await startSession(services, { actor, tokenHash: secretHash(key) }, now);
  await bindSession(services.database.system, secretHash(token), { companyId, userId }, now);
  return { token, apiKey: key, expiresAt };
}

function newKey(door: TrialDoor, companyId: number): string {
  if (door === 'tsheets-rest') return companyToken(companyId);
  return randomKey(door === 'timekit' ? 'live_api_key_' : '');
}

async function trialApp(services: TokenServices, actor: Actor, slug: string | undefined): Promise<number> {
  if (!actor.permissions.has('admin')) {
    throw new DomainError('forbidden', 'Only administrators can try the Timekit API, with an application.');
  }
  const app = slug === undefined ? undefined : await bookingAppOfSlug(services.database.system, slug);
  if (app?.companyId === actor.companyId) return app.id;
  throw new DomainError(slug === undefined ? 'missing' : 'invalid', 'Choose one of your active Timekit applications.', {
    field: 'bookingApp',
  });
}
