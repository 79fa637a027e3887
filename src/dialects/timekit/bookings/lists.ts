import { noBooking } from '../../../operations/bookings/act.ts';
import type { Booking } from '../../../resources/bookings/booking.ts';
import { type BookingQuestion, bookingOrders, listBookings, searchKeys } from '../../../resources/bookings/list.ts';
import { findBooking } from '../../../resources/bookings/queries.ts';
import { seatTerms, whyNotSeated } from '../../../rules/bookings/seats.ts';
import type { Call, Handler } from '../call.ts';
import { pageAsked, paged } from '../paging.ts';
import { searchOf } from '../search.ts';
import { Fields } from '../validation.ts';
import { scopeOf } from './one.ts';
import { isPublic } from './read.ts';
import { showBookings } from './show.ts';

/** A key that everybody can see does not tell who the customers are. */
const publicKeys = searchKeys.filter((key) => !key.endsWith('.'));

/** What a listing asks for. Throws Invalid. */
function questionOf(call: Call): Omit<BookingQuestion, 'limit' | 'page'> {
  const { query } = call;
  const moment = (name: string): number | undefined => {
    const text = query.get(name);
    return text === null || text === '' ? undefined : call.readTime(name, text);
  };
  const fields = new Fields(Object.fromEntries(query));
  const orderBy = fields.oneOf('orderBy', bookingOrders);
  const sortedBy = fields.oneOf('sortedBy', ['asc', 'desc']);
  fields.done();
  return {
    search: searchOf(query, isPublic(call) ? publicKeys : searchKeys),
    from: moment('start'),
    to: moment('end'),
    orderBy,
    descending: sortedBy === 'desc',
  };
}

export const getBookings: Handler = async (call) => {
  const asked = pageAsked(call.query);
  const { rows, total } = await listBookings(call.ctx, scopeOf(call), { ...questionOf(call), ...asked });
  return { data: await showBookings(call, rows), page: { ...asked, total } };
};

/** What a group shows without being asked. */
const ofGroups = ['attributes', 'resource'];
/** Far more than anybody offers at a time. */
const mostGroups = 1_000;

/** The groups that stand; to keys of web pages, only those that can be booked now. */
export const getGroups: Handler = async (call) => {
  const { search, ...question } = questionOf(call);
  const standing = new Map([...(search ?? []), ['graph', 'group_owner'], ['state', 'tentative']]);
  const asked = { ...question, search: standing };
  const found = await listBookings(call.ctx, scopeOf(call), {
    ...asked,
    orderBy: question.orderBy ?? 'event.start',
    limit: mostGroups,
    page: 1,
  });
  const bookable = isPublic(call) ? found.rows.filter((group) => isBookable(group, call.ctx.now)) : found.rows;
  const { rows, page } = paged(call.query, bookable);
  return { data: await showBookings(call, rows, ofGroups), page };
};

function isBookable({ settings, start, maxSeats, currentSeats }: Booking, now: number): boolean {
  const free = maxSeats === null || currentSeats < maxSeats;
  return free && whyNotSeated(seatTerms(settings), start, now) === undefined;
}

export const getGroup: Handler = async (call) => {
  const group = await findBooking(call.ctx, scopeOf(call), call.params.id ?? '');
  if (group?.graph !== 'group_owner') throw noBooking();
  const [data] = await showBookings(call, [group], ofGroups);
  return { data };
};
