import type { Parameter } from '../../../http/openapi/types.ts';
import { bookingOrders, searchKeys } from '../../../resources/bookings/list.ts';
import { actions } from '../../../rules/bookings/graphs.ts';
import type { About } from '../openapi/about.ts';
import { searchBy, timeAsked } from '../openapi/parameters.ts';
import { id, listOf, ref, word } from '../openapi/words.ts';
import { includeNames } from './show.ts';

const tag = 'Bookings';
const include = includeNames;

const order = (name: string, description: string, words: readonly string[], standard: string): Parameter => {
  const { description: _, ...schema } = word('', words, { default: standard });
  return { name, in: 'query', description, schema };
};

const query: readonly Parameter[] = [
  searchBy(
    'What ends with a dot has a name of your own behind it, such as `customer.email` or `meta.shop`. `customer.name` may have `*` at either end; case does not count in what a customer is. Keys that web pages carry do not search by customers or `meta`.',
    searchKeys,
    'state:confirmed;customer.name:maria*',
  ),
  timeAsked('start', 'Bookings that end after this moment.'),
  timeAsked('end', 'Bookings that begin before this moment.'),
  order('orderBy', 'What they are sorted by.', bookingOrders, 'created_at'),
  order('sortedBy', 'Which way.', ['asc', 'desc'], 'asc'),
];
const listing = { tag, query, include, paged: true, readsTimes: true } as const;

export const listBookings: About = {
  ...listing,
  name: 'listBookings',
  summary: 'List bookings',
  text: 'Bookings of the application; with a server-token those of its resource.',
  data: listOf(ref('Booking')),
};

export const createBooking: About = {
  name: 'createBooking',
  tag,
  summary: 'Create a booking',
  text: 'Takes the time, or is refused: of two that ask for the same one gets it. Keys that web pages carry book only within working hours, and what they may not decide the project says.',
  include,
  body: ref('BookingInput'),
  data: ref('Booking'),
  creates: true,
  readsTimes: true,
  names: true,
};

export const getBooking: About = { name: 'getBooking', tag, summary: 'Get a booking', include, data: ref('Booking') };

export const deleteBooking: About = {
  name: 'deleteBooking',
  tag,
  summary: 'Delete a booking',
  text: 'Only one that is over. Its history stays.',
};

export const takeAction: About = {
  name: 'updateBooking',
  tag,
  summary: 'Take an action',
  text: 'Brings a booking to its next state; which actions are open depends on its graph and state. What is said may also stand below the name of the action.',
  params: { id: id('Id of the booking.'), action: word('What is done.', actions) },
  include,
  body: ref('BookingStep'),
  bodyOptional: true,
  data: ref('Booking'),
};

export const reschedule: About = {
  name: 'rescheduleBooking',
  tag,
  summary: 'Reschedule a booking',
  text: 'Gives a confirmed booking of the graph `instant` another time or resource; it keeps its id.',
  include,
  body: ref('RescheduleInput'),
  data: ref('Booking'),
  readsTimes: true,
};

export const listGroups: About = {
  ...listing,
  name: 'listGroupBookings',
  summary: 'List group bookings',
  text: 'Groups that stand, the soonest first; with keys that web pages carry those in which a seat can be taken now.',
  query: query.map((one) =>
    one.name === 'orderBy' ? { ...one, schema: { ...one.schema, default: 'event.start' } } : one,
  ),
  data: listOf(ref('GroupBooking')),
};

export const getGroup: About = {
  name: 'getGroupBooking',
  tag,
  summary: 'Get a group booking',
  include,
  data: ref('GroupBooking'),
};

export const createBulk: About = {
  name: 'createBookingsBulk',
  tag,
  summary: 'Create bookings in bulk',
  text: 'Each by itself and in order. What is refused is said in `errors`, as `bookings.0.start`, beside `data`; 422 where nothing was made.',
  include,
  body: ref('BookingBulk'),
  data: listOf(ref('Booking')),
  beside: { errors: ref('Errors') },
  creates: true,
  readsTimes: true,
};

export const updateBulk: About = {
  name: 'updateBookingsBulk',
  tag,
  summary: 'Take actions in bulk',
  text: 'Each by itself and in order. What is refused is said in `errors`, as `bookings.0.action`, beside `data`; 422 where nothing was done.',
  include,
  body: ref('BookingBulkSteps'),
  data: listOf(ref('Booking')),
  beside: { errors: ref('Errors') },
};

export const reserve: About = {
  name: 'reserveBooking',
  tag,
  summary: 'Reserve a time',
  text: 'Keeps a time for somebody who is about to book it, with `reservation_id`.',
  body: ref('ReservationInput'),
  data: ref('Reservation'),
  creates: true,
  readsTimes: true,
  names: true,
};

export const extend: About = {
  name: 'extendReservedBooking',
  tag,
  summary: 'Extend a reservation',
  text: 'It lasts so long from now.',
  body: ref('ReservationExtension'),
  data: ref('Reservation'),
  names: true,
};
