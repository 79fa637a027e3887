import type { Schema } from '../../../http/openapi/types.ts';
import { actions } from '../../../rules/bookings/graphs.ts';
import { answered, flag, free, id, listOf, moment, orNull, ref, said, stamps, whole, word } from '../openapi/words.ts';
import { confidential } from './show.ts';

const bare: Readonly<Record<string, Schema>> = {
  id: id('By which it is known.'),
  state: ref('State'),
  graph: { ...ref('Graph'), 'x-access': 'write-once' },
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

const related: Readonly<Record<string, Schema>> = {
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
  meta: { ...free('Keys and values that were given with it.'), 'x-access': 'write-once' },
  available_actions: possible,
  possible_actions: { ...possible, description: 'The same, by an older name.' },
  owner_booking: orNull(answered({ ...bare, attributes }, {}, 'Of a seat: the booking of its group.')),
  bulked_bookings: listOf(answered(bare), 'The bookings that were made in bulk with it and share its actions.'),
};

/** What `include` adds. */
const includes: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries(related).map(([name, schema]) => [
    name,
    confidential.has(name) ? { ...schema, 'x-permission': 'Not with keys that web pages carry.' } : schema,
  ]),
);
const { attributes: _, resource, ...ofGroup } = includes;

/** Bookings as they are answered. */
export const shown: Readonly<Record<string, Schema>> = {
  Booking: answered(bare, includes, 'Somebody’s time, agreed with a customer or still to be agreed.'),
  GroupBooking: answered(
    { ...bare, attributes, resource: resource ?? {} },
    ofGroup,
    'A booking of a group, with its time, seats and resource.',
  ),
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
};
