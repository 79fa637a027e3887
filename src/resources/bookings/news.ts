import type { Ctx } from '../../engine/context.ts';
import { calendarFile } from '../../rules/bookings/calendar-file.ts';
import { newsLetter, titleOf } from '../../rules/bookings/letters.ts';
import { isAgreed, type News, newsOf } from '../../rules/bookings/news.ts';
import { type Letter, sendLetters } from '../../store/messages.ts';
import { type LogEntry, logEvents } from './queries.ts';
import { keepReminders } from './reminders.ts';
import { type Told, toldOf } from './said.ts';

/**
 * Writes down what happened to bookings, as they are stored by now; tells their customers, and lets the reminders follow.
 * To be called in the transaction that changed them. The number of statements does not grow with the bookings.
 */
export async function noteEvents(ctx: Ctx, entries: readonly LogEntry[]): Promise<void> {
  await logEvents(ctx, entries);
  const worthTelling = entries.filter(({ action }) => action !== 'delete' && action !== 'timeout');
  if (worthTelling.length === 0) return;
  const moved = worthTelling.filter(({ action }) => action === 'reschedule').map(({ bookingId }) => bookingId);
  const ids = worthTelling.map(({ bookingId }) => bookingId);
  const all = await toldOf(ctx, ids, moved);
  const letters = ctx.quiet === true ? [] : lettersOf(ctx, worthTelling, all);
  await sendLetters(ctx.db, ctx.actor.companyId, letters, ctx.now);
  await keepReminders(ctx, all);
}

/**
 * So many moves of a booking are told within a day. Whoever sees a booking page can make a booking with somebody else's
 * address, and move it again and again.
 */
const mostMoves = 20;

/** The mails to the customers who have one coming: not about the past, nor where none are wanted. */
function lettersOf(ctx: Ctx, entries: readonly LogEntry[], all: readonly Told[]): Letter[] {
  const happened = new Map(entries.map((entry) => [entry.bookingId, entry]));
  return all.flatMap((told) => {
    const { booking, customerAddress } = told;
    // What has no entry of its own is a seat, which moved with its group.
    const { action, from } = happened.get(booking.id) ?? { action: 'reschedule', from: booking.state };
    const news = newsOf(action, booking.state);
    if (news === undefined || !booking.notifyCustomer || booking.end <= ctx.now) return [];
    if (customerAddress === undefined || (news === 'changed' && told.moves > mostMoves)) return [];
    const known = news === 'confirmed' || isAgreed(from);
    return [letterOf(ctx, told, customerAddress, news, known)];
  });
}

function letterOf(ctx: Ctx, told: Told, address: string, news: News, known: boolean): Letter {
  const { forCustomer, fromName, replyTo } = told;
  return {
    to: address,
    fromName,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...newsLetter(news, forCustomer),
    // Calendars are told of what they know, or shall know.
    ...(known ? { calendar: calendarOf(ctx, told, address, news) } : {}),
  };
}

function calendarOf(
  { now, config }: Ctx,
  { booking, sequence, forCustomer, fromName, replyTo }: Told,
  attendee: string,
  news: News,
): NonNullable<Letter['calendar']> {
  const method = news === 'cancelled' ? 'CANCEL' : 'REQUEST';
  const { start, end } = booking;
  const { location } = forCustomer;
  const organizer = { name: fromName, address: replyTo?.address ?? config.mailFrom.address };
  const title = titleOf(forCustomer);
  const { uuid: uid } = booking;
  return {
    method,
    content: calendarFile({ method, uid, sequence, now, start, end, title, location, organizer, attendee }),
  };
}
