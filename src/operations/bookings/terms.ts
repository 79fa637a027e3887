import type { Ctx } from '../../engine/context.ts';
import { DomainError } from '../../lib/errors.ts';
import { whyNotFree } from '../../reports/availability/free.ts';
import type { Booking } from '../../resources/bookings/booking.ts';
import type { Slot } from '../../resources/bookings/holds.ts';
import { longestEvent } from '../../rules/event-times.ts';
import { type Beginning, emailOf, whyTooMany } from './rates.ts';

/** Says that a slot can not be had: `code` of the refusals of whatever takes a person's time. */
export const slotTaken = 'slot-taken';

/** What decides whether a slot can be had. */
export interface Asked {
  readonly appId: number;
  readonly pageId: number | null;
  /** Beside other bookings and events. */
  readonly allowDouble: boolean;
  /** Beside events that take whole days. */
  readonly ignoreAllDay: boolean;
  /** Of whoever it is for; undefined: of nobody yet. */
  readonly email: string | undefined;
  /** Only within working hours. */
  readonly hours: boolean;
  /** The booking that has the slot, or has another one now. */
  readonly exceptBooking?: number;
}

/** What a booking itself says of that. */
export function askedBy({
  pageId,
  allowDouble,
  settings,
  ...booking
}: Pick<Booking, 'pageId' | 'allowDouble' | 'settings' | 'graph' | 'customer'>): Omit<Asked, 'appId' | 'hours'> {
  const ignoreAllDay = /^(1|true)$/.test(String(settings.ignore_all_day_events));
  return { pageId, allowDouble, ignoreAllDay, email: emailOf(booking) };
}

/** The refusal of a slot. */
function taken(sentence: string): DomainError {
  return new DomainError('conflict', sentence, { field: 'event', code: slotTaken });
}

/**
 * Throws the DomainError for a slot that can not be had: in the past, longer than an event may be, not free, or beyond the
 * rates of the application. To be called in the turns of the person and the customer.
 */
export async function demandFree(ctx: Ctx, slot: Slot, asked: Asked): Promise<void> {
  const { start, end } = slot;
  if (end <= start) throw new DomainError('invalid', 'The end must be after the start.', { field: 'end' });
  if (end - start > longestEvent)
    throw new DomainError('invalid', 'A booking must not be longer than a year.', { field: 'end' });
  if (start < ctx.now) throw new DomainError('invalid', 'The start must not be in the past.', { field: 'start' });
  await demandUntaken(ctx, slot, asked);
}

/** Throws the DomainError for a slot that is not free, or beyond the rates, whenever it is. */
export async function demandUntaken(ctx: Ctx, { userId, start, end }: Slot, asked: Asked): Promise<void> {
  const { appId, pageId, exceptBooking, hours, allowDouble, ignoreAllDay, email } = asked;
  const why = await whyNotFree(ctx, {
    userId,
    start,
    end,
    hours,
    beside: allowDouble,
    ignoreAllDay,
    ...(pageId === null ? {} : { pageId }),
    ...(exceptBooking === undefined ? {} : { exceptBooking }),
  });
  if (why !== undefined) throw taken(why);
  await demandUnderRates(ctx, { appId, userId, start, email, exceptBooking });
}

/** Throws the DomainError for one booking more than the rates of the application allow. */
export async function demandUnderRates(ctx: Ctx, beginning: Beginning): Promise<void> {
  const why = await whyTooMany(ctx, beginning);
  if (why !== undefined) throw taken(why);
}
