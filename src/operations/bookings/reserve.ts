import type { Ctx } from '../../engine/context.ts';
import { inTransaction } from '../../engine/turns.ts';
import { DomainError } from '../../lib/errors.ts';
import {
  extendReservation,
  findReservation,
  insertReservation,
  type Reservation,
  type Slot,
  takePersonTurns,
} from '../../resources/bookings/holds.ts';
import { isUuid } from '../../resources/bookings/queries.ts';
import { demandActive, type Place } from './create.ts';
import { demandFree } from './terms.ts';

/** Keeps a slot for so many seconds for somebody who is about to book it. Throws the DomainError that refuses it. */
export function reserve(
  ctx: Ctx,
  { appId, hours }: Place,
  {
    seconds,
    ...slot
  }: Slot & { readonly pageId: number | null; readonly ignoreAllDay: boolean; readonly seconds: number },
): Promise<Reservation> {
  return inTransaction(ctx, async (inside) => {
    await takePersonTurns(inside, [slot.userId]);
    await demandActive(inside, slot.userId);
    await demandFree(inside, slot, { ...slot, appId, allowDouble: false, email: undefined, hours });
    return insertReservation(inside, appId, { ...slot, expiresAt: ctx.now + seconds });
  });
}

/** Keeps a reservation for so many seconds from now. Throws DomainError for one that is gone. */
export function extend(ctx: Ctx, appId: number, uuid: string, seconds: number): Promise<Reservation> {
  return inTransaction(ctx, async (inside) => {
    const known = isUuid(uuid) ? await findReservation(inside, appId, uuid) : undefined;
    if (known !== undefined) await takePersonTurns(inside, [known.userId]);
    const kept = known === undefined ? undefined : await extendReservation(inside, appId, uuid, ctx.now + seconds);
    if (kept !== undefined) return kept;
    throw new DomainError('not-found', 'The reservation does not exist, or has expired', { code: 'no-reservation' });
  });
}
