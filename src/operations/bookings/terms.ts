import type { Ctx } from '../../engine/context.ts';
import { DomainError } from '../../lib/errors.ts';
import { whyNotFree } from '../../reports/availability/free.ts';
import type { Slot } from '../../resources/bookings/holds.ts';
import { longestEvent } from '../../rules/event-times.ts';

/** Says that a slot can not be had: `code` of the refusals of whatever takes a person's time. */
export const slotTaken = 'slot-taken';

/** What decides whether a slot can be had. */
export interface Asked {
  readonly pageId: number | null;
  /** Beside other bookings and events. */
  readonly allowDouble: boolean;
  /** Only within working hours. */
  readonly hours: boolean;
  /** The booking that has the slot, or has another one now. */
  readonly exceptBooking?: number;
}

/** The refusal of a slot. */
export function taken(sentence: string): DomainError {
  return new DomainError('conflict', sentence, { field: 'event', code: slotTaken });
}

/**
 * Throws the DomainError for a slot that can not be had: in the past, longer than an event may be, or not free. To be called
 * in the person's turn.
 */
export async function demandFree(ctx: Ctx, slot: Slot, asked: Asked): Promise<void> {
  const { start, end } = slot;
  if (end <= start) throw new DomainError('invalid', 'The end must be after the start.', { field: 'end' });
  if (end - start > longestEvent)
    throw new DomainError('invalid', 'A booking must not be longer than a year.', { field: 'end' });
  if (start < ctx.now) throw new DomainError('invalid', 'The start must not be in the past.', { field: 'start' });
  await demandUntaken(ctx, slot, asked);
}

/** Throws the DomainError for a slot that is not free, whenever it is. */
export async function demandUntaken(ctx: Ctx, { userId, start, end }: Slot, asked: Asked): Promise<void> {
  const { pageId, exceptBooking, hours, allowDouble } = asked;
  const why = await whyNotFree(ctx, {
    userId,
    start,
    end,
    hours,
    beside: allowDouble,
    ...(pageId === null ? {} : { pageId }),
    ...(exceptBooking === undefined ? {} : { exceptBooking }),
  });
  if (why !== undefined) throw taken(why);
}
