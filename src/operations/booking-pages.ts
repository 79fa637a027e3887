import { type Ctx, may } from '../engine/context.ts';
import { inTransaction } from '../engine/turns.ts';
import { originOf } from '../engine/writing.ts';
import { DomainError } from '../lib/errors.ts';
import * as pages from '../resources/booking-pages/queries.ts';
import type { Database } from '../store/db.ts';
import { constraintCode } from '../store/pg-errors.ts';
import { originStatement } from '../store/write.ts';
import { type BookingApp, slugOf, slugsFor } from './booking-apps.ts';

export type { BookingPage, PageContent } from '../resources/booking-pages/queries.ts';

const taken = (): DomainError => new DomainError('conflict', 'The slug has already been taken.', { field: 'slug' });

/**
 * Makes a page on which customers book; an empty slug is made from the name. Gives its UUID. Throws DomainError. Reference:
 * (c) Projects.
 */
export async function createPage(ctx: Ctx, app: BookingApp, content: pages.PageContent): Promise<string> {
  demandKeeper(ctx);
  return inTransaction(ctx, async (inside) => {
    await inside.db.rows(originStatement(originOf(inside)));
    const slugs = content.slug === '' ? slugsFor(slugOf(content.name, 'page')) : [content.slug];
    for (const slug of slugs) {
      const uuid = await pages.insertPage(inside.db, app, { ...content, slug });
      if (uuid !== undefined) return uuid;
    }
    throw taken();
  });
}

/** Changes a page; `change` gives what of the page as it is now becomes what. Throws DomainError. */
export async function updatePage(
  ctx: Ctx,
  page: pages.BookingPage,
  change: (now: pages.BookingPage) => Partial<pages.PageContent>,
): Promise<void> {
  demandKeeper(ctx);
  try {
    await inTransaction(ctx, async (inside) => {
      await inside.db.rows(originStatement(originOf(inside)));
      const now = await pages.lockedPage(inside.db, page);
      if (now === undefined) throw new DomainError('not-found', 'The booking page does not exist.');
      await pages.updatePage(inside.db, now, { ...now, ...change(now) });
    });
  } catch (error) {
    if (error instanceof DomainError && error.code === constraintCode('booking_pages_slug')) throw taken();
    throw error;
  }
}

/** Switches a page off: nobody books on it any more, and its slug is free. */
export async function removePage(ctx: Ctx, page: pages.BookingPage): Promise<void> {
  demandKeeper(ctx);
  await inTransaction(ctx, async (inside) => {
    await inside.db.rows(originStatement(originOf(inside)));
    await pages.removePage(inside.db, page);
  });
}

/** The active page of a slug, for whoever opens it, in whichever company. */
export function pageOfSlug({ database }: { readonly database: Database }, slug: string) {
  return pages.pageBySlug(database.system, slug);
}

/** Pages are an application's; whoever administers the company keeps them. */
function demandKeeper({ actor }: Ctx): void {
  if (!may(actor, 'admin')) throw new DomainError('forbidden', 'Only administrators keep booking pages.');
}
