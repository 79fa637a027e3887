import type { Schema } from '../../../http/openapi/types.ts';
import { actions, graphs, states } from '../../../rules/bookings/graphs.ts';
import { flag, given, listOf, ref, text, time, whole, word } from '../openapi/words.ts';
import { mostAtOnce } from './bulk.ts';
import { bookingOptions } from './input.ts';
import { steps } from './read.ts';
import { mostSeconds } from './reserve.ts';
import { shown } from './shown.ts';

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
  ...shown,
  BookingInput: given(
    booking,
    [],
    'A new booking. It needs a resource, a start, an end, a title and a customer, from the request or its project; a group needs no customer, and a seat, whose group `related` names, has the resource and time of that.',
  ),
  BookingStep: given({ ...said_with_step, ...below }),
  RescheduleInput: given(
    { ...slot, message: said_with_step.message ?? {} },
    ['resource_id', 'start', 'end'],
    'The new time.',
  ),
  BookingBulk: given(
    {
      bookings: listOf(ref('BookingInput'), 'What is made, in this order.', { minItems: 1, maxItems: mostAtOnce }),
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
    { minItems: 1, maxItems: mostAtOnce },
  ),
  BookingBulkSteps: {
    description: 'A list of steps, or an object with that list.',
    anyOf: [ref('BookingSteps'), given({ bookings: ref('BookingSteps') }, ['bookings'])],
  },
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
