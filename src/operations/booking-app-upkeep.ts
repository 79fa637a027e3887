import { DomainError } from '../lib/errors.ts';
import { type BookingApp, everyBookingApp } from '../resources/booking-apps/queries.ts';
import { type BookingAppUse, bookingAppUses, deleteBookingApp } from '../resources/booking-apps/registered.ts';
import { constraintCode } from '../store/pg-errors.ts';
import { originStatement } from '../store/write.ts';
import type { Origin } from './booking-apps.ts';
import type { TokenServices } from './tokens.ts';

/** An application with what is known of its use. */
export interface UsedBookingApp {
  readonly app: BookingApp;
  readonly use: BookingAppUse;
}

/** The applications of a company, newest first, also those that were switched off. */
export async function everyAppWithUse({ database }: TokenServices, companyId: number): Promise<UsedBookingApp[]> {
  const db = database.forCompany(companyId);
  const [apps, uses] = await Promise.all([everyBookingApp(db, companyId), bookingAppUses(db, companyId)]);
  const byId = new Map(uses.map((use) => [use.id, use]));
  return apps.flatMap((app) => {
    const use = byId.get(app.id);
    return use === undefined ? [] : [{ app, use }];
  });
}

/** The one of a slug. Throws DomainError ('not-found'). */
export async function appWithUse(services: TokenServices, companyId: number, slug: string): Promise<UsedBookingApp> {
  const all = await everyAppWithUse(services, companyId);
  const found = all.find(({ app }) => app.slug.toLowerCase() === slug.toLowerCase());
  if (found === undefined) throw new DomainError('not-found', 'There is no such application.');
  return found;
}

/** Deletes an application with its keys. Throws DomainError ('conflict') while it has projects or bookings. */
export async function removeBookingApp(
  services: TokenServices,
  { companyId, id }: BookingApp,
  { via, requestId, userId }: Origin,
): Promise<void> {
  const db = services.database.forCompany(companyId);
  await db
    .transaction(async (inside) => {
      await inside.rows(originStatement(`${userId ?? ''}|${via}|${requestId}`));
      await deleteBookingApp(inside, companyId, id);
    })
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || !error.code?.startsWith(constraintCode(''))) throw error;
      throw new DomainError('conflict', 'This application has projects or bookings. Switch it off instead.');
    });
  services.cache.forget(companyId);
}
