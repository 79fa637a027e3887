import type { Schema } from '../../../http/openapi/types.ts';
import { answered, flag, given, id, listOf, moment, said, stamps, text, time } from '../openapi/words.ts';

const input: Readonly<Record<string, Schema>> = {
  calendar_id: text('The calendar in which it stands, which names the resource, too.'),
  start: time('When it begins; of an all-day event the day.'),
  end: time('When it ends. An all-day event takes one day.'),
  what: text('Title.'),
  where: text('Place.'),
  description: text('Notes.', { maxLength: 10_000 }),
  participants: listOf(
    { anyOf: [{ type: 'string' }, { type: 'object', properties: { email: { type: 'string' } }, required: ['email'] }] },
    'Email addresses of those who take part, also as objects with an `email`. They are kept; nobody gets mail.',
    { maxItems: 200 },
  ),
  invite: flag('Taken; nobody is invited.', { default: false }),
  my_rsvp: text('What the resource answered to an invitation; kept.', { maxLength: 32, default: 'accepted' }),
  all_day: flag('Takes a whole day.', { default: false }),
  allDay: flag('The same as `all_day`.'),
};

export const schemas: Readonly<Record<string, Schema>> = {
  Event: answered(
    {
      id: id('By which it is known.'),
      calendar_id: id('The calendar in which it stands.'),
      resource_id: id('Whose time it takes.'),
      start: moment('When it begins.'),
      end: moment('When it ends; of an all-day event the midnight after it.'),
      what: said('Title.'),
      where: said('Place.'),
      description: said('Notes.'),
      participants: listOf({ type: 'string' }, 'Email addresses of those who take part.'),
      rsvp: said('What the resource answered to the invitation.'),
      my_rsvp: said('The same.'),
      all_day: flag('Takes a whole day.'),
      allDay: flag('The same.'),
      ...stamps,
    },
    {},
    'An event of the schedule that takes time of a resource.',
  ),
  EventInput: given(
    {
      ...input,
      resource_id: text('Whose time it takes; needed where the calendar is the company’s and the key an app token.'),
    },
    ['calendar_id', 'start', 'end', 'what'],
    'A new event.',
  ),
  EventChange: given(input, [], 'What is changed of an event. Only a calendar of the same resource may be named.'),
};
