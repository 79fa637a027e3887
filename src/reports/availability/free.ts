import type { Ctx } from '../../engine/context.ts';
import { pagesByIds } from '../../resources/booking-pages/queries.ts';
import { workingHoursOf } from '../../resources/working-hours/queries.ts';
import { allowedTimes } from '../../rules/availability/allowed.ts';
import { contains, overlaps, type Range } from '../../rules/ranges.ts';
import { busyTimes } from './busy.ts';
import { type PageTerms, termsOfPage } from './pages.ts';

/** A time that somebody wants of a person. */
export interface Wish extends Range {
  readonly userId: number;
  /** The booking page that it is wanted through: its terms hold. */
  readonly pageId?: number;
  /** A booking whose own time does not count. */
  readonly exceptBooking?: number;
  /** It may be somebody's else at the same time. */
  readonly beside?: boolean;
  /** Events that take whole days do not stand in its way; nor do they where the page says so. */
  readonly ignoreAllDay?: boolean;
  /** Whether it must lie in the working hours and keep the page's buffer; else it must only be nobody's. */
  readonly hours: boolean;
}

/**
 * Why a person can not be booked for a time, as a sentence; undefined when he can. Asked in the transaction that takes the
 * time, after it took the person's turn. Four statements at most. That the person is active, the caller looks after.
 */
export async function whyNotFree(ctx: Ctx, wish: Wish): Promise<string | undefined> {
  const page = wish.pageId === undefined ? undefined : await pageTerms(ctx, wish.pageId);
  if (wish.beside !== true && (await isTaken(ctx, wish, page)))
    return 'The resource is already booked or busy at that time.';
  if (wish.hours && !(await isOpen(ctx, wish, page))) return 'The resource is not available at that time.';
  return undefined;
}

async function pageTerms({ db, actor }: Ctx, id: number): Promise<PageTerms | undefined> {
  const page = (await pagesByIds(db, actor.companyId, [id])).get(id);
  return page === undefined ? undefined : termsOfPage(page);
}

async function isTaken(
  ctx: Ctx,
  { userId, start, end, hours, exceptBooking, ignoreAllDay = false }: Wish,
  page?: PageTerms,
): Promise<boolean> {
  const buffer = hours ? (page?.terms.buffer ?? 0) : 0;
  const wanted = { start: start - buffer, end: end + buffer };
  const busy = (await busyTimes(ctx, [userId], wanted.start, wanted.end)).get(userId) ?? [];
  const allDaysCount = !ignoreAllDay && page?.terms.ignoreAllDay !== true;
  const counts = busy.filter(
    ({ allDay, bookingId }) =>
      (allDaysCount || !allDay) && (exceptBooking === undefined || bookingId !== exceptBooking),
  );
  return counts.some((taken) => overlaps(taken, wanted));
}

async function isOpen(ctx: Ctx, { userId, start, end }: Wish, page?: PageTerms): Promise<boolean> {
  const hours = (await workingHoursOf(ctx, [userId])).get(userId);
  if (hours === undefined) return false;
  const lists = [hours.constraints, ...(page?.lists ?? [])];
  return lists.every((list) =>
    allowedTimes(list, hours.zone, { start, end }).some((range) => contains(range, { start, end })),
  );
}
