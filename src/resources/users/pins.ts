import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Written } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import type { UserFacts } from './facts.ts';

/**
 * Everyone has one PIN. Given as `pin` it is 4 digits, readable and nobody else's; given as `login_pin` it is readable where
 * it can be: 4 digits that nobody else has.
 */

type Secrets = Candidate['secrets'];
const none = 'none';

/** The PIN to sign in with that is set; undefined where none is. */
export function loginPinOf({ pin, login_pin: loginPin }: Secrets): string | undefined {
  return pin === undefined ? loginPin : pin === none ? undefined : pin;
}

/** The same where it can be readable. */
export function newPinOf(secrets: Secrets): string | undefined {
  const pin = loginPinOf(secrets);
  return pin !== undefined && /^\d{4}$/.test(pin) ? pin : undefined;
}

const ownerOf = ({ id, index }: Candidate): number => id ?? -1 - index;

/** A readable PIN belongs to one person. */
export function pinIsFree(candidate: Candidate, { pins }: UserFacts): DomainError | undefined {
  const { pin } = candidate.secrets;
  const owner = pin === undefined ? undefined : pins.get(pin);
  if (owner === undefined || owner === ownerOf(candidate)) return undefined;
  return new DomainError('conflict', 'Oops! That pin is already in use', { field: 'pin' });
}

/** Lets later items of the batch see whose a PIN is now. */
export function rememberPin(candidate: Candidate, { pins }: UserFacts): void {
  const pin = newPinOf(candidate.secrets);
  if (pin !== undefined && !pins.has(pin)) pins.set(pin, ownerOf(candidate));
}

/** Stores readable PINs, takes them from those whose new PIN is not, and from the archived with the right to sign in by it. */
export async function storePins({ db, actor }: Ctx, written: readonly Written[], { pins }: UserFacts): Promise<void> {
  const news = written.flatMap(({ id, candidate }) => {
    const { secrets } = candidate;
    if (secrets.pin === undefined && secrets.login_pin === undefined) return [];
    const pin = newPinOf(secrets);
    return [{ id, pin: pin !== undefined && pins.get(pin) === ownerOf(candidate) ? pin : null }];
  });
  const without = written.flatMap(({ id, candidate: { secrets } }) => (secrets.pin === none ? [id] : []));
  const archived = written.flatMap(({ id, candidate: { before, values } }) =>
    before?.active === true && values.active === false ? [id] : [],
  );
  if (news.length > 0)
    await db.rows(sql`
      UPDATE kiosk_access k SET pin = n.pin
      FROM unnest(${news.map(({ id }) => id)}::int[], ${news.map(({ pin }) => pin)}::text[]) AS n (id, pin)
      WHERE k.company_id = ${actor.companyId} AND k.user_id = n.id AND k.pin IS DISTINCT FROM n.pin`);
  if (without.length + archived.length > 0)
    await db.rows(sql`
      WITH freed AS (
        UPDATE kiosk_access SET pin = NULL
        WHERE company_id = ${actor.companyId} AND user_id = ANY(${archived}::int[]) AND pin IS NOT NULL RETURNING user_id
      )
      UPDATE credentials SET login_pin_hash = NULL
      WHERE company_id = ${actor.companyId} AND (user_id = ANY(${without}::int[]) OR user_id IN (SELECT user_id FROM freed))`);
}
