import type { Schema } from '../../../http/openapi/types.ts';
import { actions, graphs, states } from '../../../rules/bookings/graphs.ts';
import {
  answered,
  flag,
  given,
  id,
  listOf,
  moment,
  orNull,
  ref,
  said,
  stamps,
  text,
  time,
  whole,
  word,
} from '../openapi/words.ts';
import { bookingOptions } from './input.ts';
import { steps } from './read.ts';
import { mostSeconds } from './reserve.ts';

const bare: Readonly<Record<string, Schema>> = {
  id: id('By which it is known.'),
  state: ref('State'),
  graph: ref('Graph'),
  completed: flag('It is over, whatever became of it.'),
  ...stamps,
};

const named = (what: string): Schema => orNull(answered({ id: id('Its id.'), name: said('Its name.') }, {}, what));
const open: readonly string[] = actions.filter((action) => action !== 'timeout');
const possible = listOf({ type: 'string', enum: open }, 'Actions that are open to a client now.');
const attributes = answered(
  {
    event_info: answered({
      start: moment('When it begins.'),
      end: moment('When it ends.'),
      what: said('Title.'),
      where: said('Place.'),
      description: said('Notes.'),
      calendar_id: orNull(id('The calendar in which its event stands.')),
      participants: listOf({}, 'Who takes part; empty with keys that web pages carry.'),
    }),
  },
  {
    group_booking: answered(
      {
        max_seats: orNull(whole('How many seats there are; null for any number.')),
        current_seats: whole('How many are taken.'),
      },
      {},
      'Of a group.',
    ),
  },
  'When and what it is.',
);

/** What `include` adds. Those that say who the customers are, nobody gets with a key that web pages carry. */
const includes: Readonly<Record<string, Schema>> = {
  attributes,
  customers: listOf(
    {
      type: 'object',
      properties: {
        id: id('The booking’s id.'),
        name: { description: 'Name.' },
        email: { description: 'Email address.' },
      },
      required: ['id'],
      additionalProperties: true,
    },
    'The customer, with whatever the booking says of him. Empty for a group.',
  ),
  calendar: named('The calendar in which its event stands.'),
  event: orNull(
    answered(
      {
        id: id('Its id.'),
        what: said('Title.'),
        where: said('Place.'),
        start: moment('When it begins.'),
        end: moment('When it ends.'),
      },
      {},
      'The event in the schedule; null where there is none, or none any more.',
    ),
  ),
  provider_event: { type: 'null', description: 'Always null.' },
  user: named('Who is booked.'),
  resource: named('Who is booked.'),
  project: orNull(
    answered(
      { id: id('Its id.'), name: said('Its name.'), slug: said('Its slug.') },
      {},
      'The project it was made on.',
    ),
  ),
  logs: listOf(
    answered({
      action: word('What was done.', ['create', ...actions, 'reschedule', 'delete']),
      from_state: orNull(said('State before it; null of what was made.')),
      state: ref('State'),
      message: said('What was said with it.'),
      created_at: moment('When it was done.'),
    }),
    'What happened to it, oldest first.',
  ),
  meta: { type: 'object', description: 'Keys and values that were given with it.', additionalProperties: true },
  available_actions: possible,
  possible_actions: { ...possible, description: 'The same, by an older name.' },
  owner_booking: orNull(answered({ ...bare, attributes }, {}, 'Of a seat: the booking of its group.')),
  bulked_bookings: listOf(answered(bare), 'The bookings that were made in bulk with it and share its actions.'),
};

const { attributes: _, resource: __, ...ofGroup } = includes;

const slot: Readonly<Record<string, Schema>> = {
  resource_id: text('Who is booked.'),
  start: time('When it begins.'),
  end: time('When it ends.'),
};
const reservation_time = whole('Seconds that it lasts; else as the project says, or 300.', {
  minimum: 1,
  maximum: mostSeconds,
});

const booking: Readonly<Record<string, Schema>> = {
  ...slot,
  project_id: text('The project whose `booking` says what the request does not.'),
  ...bookingOptions,
  action: word('`confirm` takes the first step at once.', steps, { default: 'create' }),
  customer: {
    ...given(
      {
        name: text('Name.'),
        email: text('Email address; mail about the booking goes there.', { format: 'email' }),
        timezone: { type: 'string', description: 'IANA time zone in which mails tell the time.' },
      },
      ['name', 'email'],
      'Who it is for; not of a group. Other keys, such as `phone`, are kept.',
    ),
    additionalProperties: true,
  },
  related: given({ owner_booking_id: text('Id of the booking of the group.') }, [], 'Of a seat: its group.'),
  reservation_id: text('The reservation whose place it takes.'),
  auto_complete_one_hour_after_booking_ends: given({
    enabled: flag('It completes by itself an hour after its end.', { default: true }),
  }),
};

const said_with_step: Readonly<Record<string, Schema>> = {
  message: text('What is said with it; kept in the log.', { maxLength: 10_000 }),
  payment_id: text('Of `pay`: what the payment is called elsewhere.'),
  apply_to_bulked_bookings: flag('Do the same to the bookings that it was made in bulk with.', { default: true }),
};
const below = Object.fromEntries(
  actions.map((action) => [action, given(said_with_step, [], 'What stands beside it.')]),
);

export const schemas: Readonly<Record<string, Schema>> = {
  Graph: word('The workflow.', graphs),
  State: word('Where in its workflow it is.', states),
  Booking: answered(bare, includes, 'Somebody’s time, agreed with a customer or still to be agreed.'),
  Bookings: listOf(ref('Booking')),
  GroupBooking: answered(
    { ...bare, attributes, resource: includes.resource ?? {} },
    ofGroup,
    'A booking of a group, with its time, seats and resource.',
  ),
  GroupBookings: listOf(ref('GroupBooking')),
  BookingInput: given(
    booking,
    [],
    'A new booking. It needs a resource, a start, an end, a title and a customer, from the request or its project; a group has no customer, and a seat has the time and title of its group, which `related` names.',
  ),
  BookingStep: given({ ...said_with_step, ...below }),
  RescheduleInput: given(
    { ...slot, message: said_with_step.message ?? {} },
    ['resource_id', 'start', 'end'],
    'The new time.',
  ),
  BookingBulk: given(
    {
      bookings: listOf(ref('BookingInput'), 'What is made, in this order.', { minItems: 1, maxItems: 100 }),
      delete_all_on_error: flag('Makes all of them or none.', { default: false }),
      stop_on_first_error: flag('Makes none after one that is refused.', { default: false }),
      relate_bookings: flag('They share their later actions.', { default: false }),
    },
    ['bookings'],
  ),
  BookingSteps: listOf(
    given(
      {
        id: text('Id of the booking.'),
        action: word('What is done.', actions),
        ...said_with_step,
        ...below,
      },
      ['id', 'action'],
    ),
    undefined,
    { minItems: 1, maxItems: 100 },
  ),
  BookingBulkSteps: {
    description: 'A list of steps, or an object with that list.',
    anyOf: [ref('BookingSteps'), given({ bookings: ref('BookingSteps') }, ['bookings'])],
  },
  Reservation: answered(
    {
      id: id('By which it is known.'),
      start: moment('When the time begins.'),
      end: moment('When the time ends.'),
      expires_at: moment('Until when it is kept.'),
    },
    {},
    'Time of a resource that is kept for somebody who is about to book it.',
  ),
  ReservationInput: given(
    {
      ...slot,
      project_id: text('The project that it is for.'),
      reservation_time,
      settings: given({ ignore_all_day_events: flag('It stands beside events that take a whole day.') }),
    },
    ['resource_id', 'start', 'end'],
  ),
  ReservationExtension: given(
    {
      reservation_id: text('Id of the reservation.'),
      id: text('The same, where that is not given.'),
      reservation_time,
    },
    [],
  ),
};
