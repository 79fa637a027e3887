import type { Schema } from '../../../http/openapi/types.ts';
import { graphs } from '../../../rules/bookings/graphs.ts';
import { mostReminders } from '../../../rules/bookings/reminders.ts';
import { flag, free, given, listOf, ref, text, whole, word } from '../openapi/words.ts';
import { longestDescription, mostSeats } from './read.ts';

const lengthOfTime = (description: string): Schema => text(description, { examples: ['2 hours'] });

/** What a booking says of itself, and a project of its bookings. */
export const bookingOptions: Readonly<Record<string, Schema>> = {
  graph: word('The workflow.', graphs, { default: 'instant' }),
  what: text('Title.'),
  where: text('Place.'),
  description: text('Notes.', { maxLength: longestDescription }),
  calendar_id: text(
    'Id of the calendar in which the event stands, of the resource or the company; the one that bookings of the resource go to where none is named.',
  ),
  participants: listOf({}, 'Who takes part; kept, and nobody is invited.'),
  meta: free('Keys and values to keep.'),
  settings: given(
    {
      allow_double_bookings: flag('It stands beside others; those that do not allow it are still kept away.', {
        default: false,
      }),
      ignore_all_day_events: flag('It stands beside events that take a whole day.', { default: false }),
      max_seats: whole('Of a group: how many seats it has; any number where it is not given.', {
        minimum: 1,
        maximum: mostSeats,
      }),
      min_booking_time: lengthOfTime('Of a group: seats are taken at least so long before it begins.'),
      max_booking_time: lengthOfTime('Of a group: seats are taken at most so long before it begins.'),
      min_cancel_time: lengthOfTime('Of a group: customers cancel at least so long before it begins.'),
    },
    [],
    'Terms of the booking. Other keys are kept.',
  ),
  timeout: given(
    {
      time: whole('How many of them.', { minimum: 1 }),
      unit: text('Seconds, minutes, hours, days, weeks or months.', { examples: ['minutes'] }),
    },
    ['time', 'unit'],
    'How long a payment is awaited; 5 minutes where it is not given.',
  ),
  notify_customer_by_email: given({
    enabled: flag('The customer gets mail about the booking.', { default: true }),
  }),
  reminders: listOf(ref('Reminder'), 'Mails before or after it begins.', { maxItems: mostReminders }),
  event: free('The older form: what is described beside it may stand in it.'),
};
