import type { Schema } from '../../../http/openapi/types.ts';
import { graphs } from '../../../rules/bookings/graphs.ts';
import { longestOffset, mostReminders, reminderUnits } from '../../../rules/bookings/reminders.ts';
import { terms } from '../availability/schemas.ts';
import { bookingOptions } from '../bookings/input.ts';
import { answered, flag, free, given, id, listOf, ref, said, stamps, text, whole, word } from '../openapi/words.ts';
import { formats, mostResources, week } from './read.ts';

const customerField = given(
  {
    title: text('What the form calls it.'),
    format: word('How it is asked for.', formats),
    enum: listOf({}, 'What may be chosen.'),
    required: flag('Without it the form is not sent.'),
    readonly: flag('It can not be changed.'),
    split_name: flag('First and last name are asked for apart; of `name` only.'),
  },
  [],
  'A field of the form. Other keys are kept.',
);

const input: Readonly<Record<string, Schema>> = {
  name: text('What it is called.'),
  slug: text('Its name in addresses, unique on this server. Made from the name where it is not given.', {
    maxLength: 100,
    pattern: '^([A-Za-z0-9]+([-_][A-Za-z0-9]+)*)?$',
  }),
  resources: listOf({ type: 'string' }, 'Ids of those who can be booked, in the order in which they are asked.', {
    maxItems: mostResources,
  }),
  availability: given(terms, [], 'What a search for its free times says, where the request does not.'),
  booking: given(
    { ...bookingOptions, invite: flag('Taken; nobody is invited.') },
    [],
    'What its bookings say, where the request does not.',
  ),
  availability_constraints: listOf(ref('Constraint'), 'They hold besides the working hours of its resources.'),
  customer_fields: {
    type: 'object',
    description: 'Fields of the form besides name and email, which may be changed here.',
    additionalProperties: customerField,
  },
  ui: given(
    { localization: free('Texts of the widget, by their names.') },
    [],
    'How the widget looks. Other keys are kept.',
  ),
  reminders: listOf(ref('Reminder'), 'Mails about its bookings.', { maxItems: mostReminders }),
  meta: free('Keys and values to keep.'),
  allow_double_bookings: flag('Its bookings stand beside others.', { default: false }),
  reservation_time: whole('Seconds that a reservation lasts.', { minimum: 1, maximum: week, default: 300 }),
};

const own: Readonly<Record<string, Schema>> = {
  id: id('By which it is known.'),
  slug: said('Its name in addresses.'),
  name: said('What it is called.'),
  reminders: listOf({ type: 'object', additionalProperties: true }, 'Mails about its bookings, as they were given.'),
  meta: free('Keys and values that the company keeps there.'),
  allow_double_bookings: flag('Its bookings stand beside others.'),
  reservation_time: whole('Seconds that a reservation lasts.', { minimum: 1 }),
  ...stamps,
};

const asGiven = (what: string): Schema => free(`${what}, as it was given: see TimekitProjectInput.`);
const filled = (required: readonly string[], description: string): Schema => ({ ...free(description), required });

export const schemas: Readonly<Record<string, Schema>> = {
  Reminder: given(
    {
      type: word('How it is sent; `webhook` is refused.', ['email']),
      settings: given(
        {
          recipient: word('Who gets it: whoever is booked, or the customer.', ['owner', 'customer']),
          subject: text('Subject of the mail.'),
        },
        ['recipient'],
      ),
      when: given(
        {
          type: word('Before or after the beginning.', ['before', 'after']),
          unit: word('Unit of `time`.', Object.keys(reminderUnits)),
          time: whole(`How many of them, at most ${longestOffset / 86_400} days.`, { minimum: 0 }),
        },
        ['type', 'unit', 'time'],
      ),
    },
    ['type', 'settings', 'when'],
    'A mail so long before or after a booking begins.',
  ),
  Project: answered(
    {
      ...own,
      resources: listOf(id('A resource.'), 'Who can be booked.'),
      availability: asGiven('What a search for its free times says'),
      availability_constraints: listOf(ref('Constraint'), 'They hold besides the working hours of its resources.'),
      booking: asGiven('What its bookings say'),
      customer_fields: asGiven('Fields of the form'),
      ui: asGiven('How the widget looks'),
    },
    {},
    'A page on which people are booked: who, when, how, and what the form asks for. It is no project of the time tracking.',
  ),
  EmbeddedProject: answered(
    {
      ...own,
      app_key: said('The widget key of the application.'),
      booking: {
        ...filled(['graph'], 'What is set of it; the widget lays it over its bookings.'),
        properties: { graph: word('The workflow of its bookings.', graphs) },
      },
      customer_fields: filled(['name', 'email'], 'Fields of the form, by name.'),
      ui: {
        ...filled(
          ['display_name', 'avatar', 'show_credits', 'show_timezone_helper', 'availability_view', 'time_date_format'],
          'How the widget looks, with a standard for all that it needs.',
        ),
        properties: {
          localization: filled(
            [
              ...['submit_button', 'allocated_resource_prefix', 'success_message'],
              ...['reschedule_submit_button', 'reschedule_success_message'],
            ],
            'Texts of the widget.',
          ),
        },
      },
    },
    {},
    'A project as a web page gets it. It holds neither resources nor availability, which the server knows by its id.',
  ),
  ProjectInput: given(input, ['name', 'resources', 'availability', 'booking'], 'A new project.'),
  ProjectChange: given(input, [], 'What is changed of a project; each field is replaced whole.'),
  ProjectResource: given({ resource_id: text('Who is added at the end.') }, ['resource_id']),
  ProjectResources: listOf({ type: 'string' }, 'Ids of all who can be booked, in their order.', {
    maxItems: mostResources,
  }),
};
