import type { Ctx } from '../../engine/context.ts';
import { type Rates, ratesIn } from '../../rules/bookings/rates.ts';
import { bookingAppById } from './queries.ts';

/** How many bookings an application allows. Reference: (c) App. */
export interface AppRates {
  /** With any one person. */
  readonly resource: Rates;
  /** For any one customer. */
  readonly customer: Rates;
}

/** The rates of an application, from the company's cache. */
export function ratesOfApp({ actor, db, cache }: Pick<Ctx, 'actor' | 'db' | 'cache'>, id: number): Promise<AppRates> {
  return cache.remember(actor.companyId, 'booking rates', id, async () => {
    const { settings = {} } = (await bookingAppById(db, actor.companyId, id)) ?? {};
    return { resource: ratesIn(settings.resource_rate_limits), customer: ratesIn(settings.customer_rate_limits) };
  });
}
