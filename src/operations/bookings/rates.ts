import type { Ctx } from '../../engine/context.ts';
import { ratesOfApp } from '../../resources/booking-apps/rates.ts';
import type { Booking } from '../../resources/bookings/booking.ts';
import { type Counted, fullForCustomer, fullPeriods, takeCustomerTurns } from '../../resources/bookings/rates.ts';
import { whyFull } from '../../rules/bookings/rates.ts';

/** By which customers are told apart; undefined for a group, which has none. */
export function emailOf({ graph, customer }: Pick<Booking, 'graph' | 'customer'>): string | undefined {
  return graph !== 'group_owner' && typeof customer.email === 'string' ? customer.email.trim() : undefined;
}

/** Takes the turns of those who are booked for, where the application limits what a customer books. */
export async function takeTurnsOfCustomers(
  ctx: Ctx,
  appId: number,
  bookings: readonly Pick<Booking, 'graph' | 'customer'>[],
): Promise<void> {
  const { customer } = await ratesOfApp(ctx, appId);
  if (Object.keys(customer).length === 0) return;
  const emails = bookings.flatMap((booking) => emailOf(booking) ?? []);
  await takeCustomerTurns(ctx, appId, emails);
}

/** What is to begin, of whom, and for whom. */
export interface Beginning extends Counted {
  readonly userId: number;
  readonly start: number;
  /** Of the customer. */
  readonly email: string | undefined;
  /** A seat takes nothing of the person's own limit: its group did. */
  readonly seat?: boolean;
}

/** Why the rates of the application allow no more, as a sentence. To be asked in the turns of the person and the customer. */
export async function whyTooMany(
  ctx: Ctx,
  { userId, start, email, seat = false, ...counted }: Beginning,
): Promise<string | undefined> {
  const rates = await ratesOfApp(ctx, counted.appId);
  if (!seat) {
    const full = await fullPeriods(ctx, counted, rates.resource, [userId], { start, end: start });
    const [limit] = full.get(userId) ?? [];
    if (limit !== undefined) return whyFull('resource', limit);
  }
  if (email === undefined) return undefined;
  const limit = await fullForCustomer(ctx, counted, rates.customer, { email, userId, start });
  return limit === undefined ? undefined : whyFull('customer', limit);
}
